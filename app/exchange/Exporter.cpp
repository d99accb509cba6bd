#include "exchange/Exporter.h"

#include "base/OwnerOnly.h"
#include "exchange/CsvExporter.h"
#include "exchange/HarExporter.h"
#include "exchange/JsonLinesExporter.h"
#include "exchange/SpecialFile.h"
#include "exchange/TextExporter.h"
#include "reading/CaptureReaders.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

struct ExporterText
{
    Q_DECLARE_TR_FUNCTIONS(ExporterText)
};

/// The capture or what SQLite keeps beside it: writing there would destroy what is being read.
bool belongsToCapture(const QFileInfo &target, const QString &capture)
{
    static constexpr std::array suffixes{u"", u"-wal", u"-shm", u"-journal"};
    return std::any_of(suffixes.begin(), suffixes.end(), [&](const char16_t *suffix) {
        const QFileInfo file(capture + QStringView(suffix).toString());
        // Two files that do not exist compare as equal.
        return file.exists() ? target == file : target.absoluteFilePath() == file.absoluteFilePath();
    });
}

Error notWritten(const QString &target, const QString &reason)
{
    return Error{
        ExporterText::tr("The export could not be written to %1: %2. Choose another place, or see that you may "
                         "write there and that there is room.")
            .arg(QDir::toNativeSeparators(target), reason)};
}

/// Into what is there, for it cannot be replaced by a file of the export.
Result<> exportInto(SpecialFile &&file, const QString &target, const CaptureReader &capture, const Exporter &exporter,
                    const ExportOptions &options, const CancelToken &cancel, const ExportProgress &progress)
{
    const bool isOpen = file.openForWriting();
    if (!isOpen && !cancel.isCancelled())
        return notWritten(target, file.errorString());
    Result<> written;
    if (isOpen)
        written = exporter.write(capture, file, options, cancel, progress);
    return cancel.isCancelled() ? Error{ExporterText::tr("The export was cancelled.")} : written;
}

} // namespace

const QList<const Exporter *> &exporters()
{
    static const JsonLinesExporter jsonLines;
    static const HarExporter har;
    static const TextExporter text;
    static const CsvExporter csv;
    static const QList<const Exporter *> all{&jsonLines, &har, &text, &csv};
    return all;
}

const Exporter *findExporter(const QString &name)
{
    const QList<const Exporter *> &all = exporters();
    const auto it =
        std::find_if(all.begin(), all.end(), [&name](const Exporter *exporter) { return exporter->name() == name; });
    return it == all.end() ? nullptr : *it;
}

Result<> exportToFile(const QString &path, const QString &target, const Exporter &exporter,
                      const ExportOptions &options, const CancelToken &cancel, const ExportProgress &progress)
{
    const QFileInfo info(target);
    if (belongsToCapture(info, path)) {
        return Error{ExporterText::tr("%1 is the capture itself. Choose another name for the export.")
                         .arg(QDir::toNativeSeparators(target))};
    }
    if (!info.dir().exists()) {
        return Error{ExporterText::tr("The folder %1 does not exist. Make it, or choose another place for the export.")
                         .arg(QDir::toNativeSeparators(info.absolutePath()))};
    }
    const auto capture = CaptureReaders::of(path)->lend();
    if (!capture)
        return capture.error();

    if (SpecialFile::isAt(target))
        return exportInto(SpecialFile(target, cancel), target, *capture.value(), exporter, options, cancel, progress);
    QSaveFile file(target);
    if (!file.open(QIODevice::WriteOnly))
        return notWritten(target, file.errorString());
    // Payloads are written as they are, and may hold what is not for everybody on the machine. A file that is replaced
    // keeps its mode, unless it is to hold secrets from now on.
    if (options.keepSecrets || !info.exists())
        file.setPermissions(owneronly::FilePermissions);
    // A QSaveFile that is not committed takes its temporary file away and leaves the target alone.
    if (auto written = exporter.write(*capture.value(), file, options, cancel, progress); !written)
        return written;
    if (cancel.isCancelled())
        return Error{ExporterText::tr("The export was cancelled.")};
    if (!file.commit())
        return notWritten(target, file.errorString());
    return {};
}

} // namespace sockeye
