#pragma once

#include "exchange/EntryFields.h"
#include "exchange/ExportSink.h"
#include "exchange/ExportWalk.h"

namespace sockeye {

/// Writes entries as JSON Lines, one after the other (the format is at JsonLinesExporter): for the exporter, and for a
/// copy of some rows of the log.
class JsonLinesWriter final
{
public:
    JsonLinesWriter(const ExportWalk &walk, ExportSink &sink);
    JsonLinesWriter(const JsonLinesWriter &) = delete;
    JsonLinesWriter &operator=(const JsonLinesWriter &) = delete;

    [[nodiscard]] Result<> write(const Entry &entry);

private:
    void appendStart(const Entry &entry);
    [[nodiscard]] Result<> writePayload(const Entry &entry);
    [[nodiscard]] Result<> writeFramesAndFindings(const Entry &entry);
    void appendEnd(const Entry &entry);
    void appendAnnotation(const Annotation &annotation);

    const ExportWalk &m_walk;
    ExportSink &m_sink;
    QByteArray &m_out;
    IsoTimes m_times;
};

} // namespace sockeye
