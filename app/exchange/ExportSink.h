#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QIODevice>

namespace sockeye {

/// Collects what an exporter writes and hands it to the device in large pieces. The error names the file, if it is one.
///
///     sink.buffer() += "...";                           // as often as needed
///     if (auto settled = sink.settle(); !settled) ...   // once per piece that may be large
class ExportSink final
{
public:
    explicit ExportSink(QIODevice &out)
        : m_out(out)
    {
    }
    ExportSink(const ExportSink &) = delete;
    ExportSink &operator=(const ExportSink &) = delete;

    [[nodiscard]] QByteArray &buffer() { return m_buffer; }
    /// What is not written out yet.
    [[nodiscard]] qsizetype buffered() const { return m_buffer.size(); }
    /// Writes the buffer out if much has come together.
    [[nodiscard]] Result<> settle();
    /// Writes out the rest.
    [[nodiscard]] Result<> finish();

private:
    [[nodiscard]] Result<> drain();
    [[nodiscard]] Error error() const;

    QIODevice &m_out;
    QByteArray m_buffer;
};

} // namespace sockeye
