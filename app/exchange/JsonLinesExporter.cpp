#include "exchange/JsonLinesExporter.h"

#include "exchange/JsonLinesWriter.h"

#include <QCoreApplication>

namespace sockeye {

QString JsonLinesExporter::name() const
{
    return QStringLiteral("jsonl");
}

QString JsonLinesExporter::description() const
{
    return QCoreApplication::translate("Exporter", "JSON Lines (*.jsonl)");
}

QString JsonLinesExporter::suffix() const
{
    return QStringLiteral("jsonl");
}

Result<> JsonLinesExporter::write(const CaptureReader &capture, QIODevice &out, const ExportOptions &options,
                                  const CancelToken &cancel, const ExportProgress &progress) const
{
    ExportWalk walk(capture, options, cancel, progress);
    ExportSink sink(out);
    JsonLinesWriter writer(walk, sink);
    if (auto walked = walk.all([&writer](const Entry &entry) { return writer.write(entry); }); !walked)
        return walked;
    return sink.finish();
}

} // namespace sockeye
