#include "cli/ExportCommand.h"

#include "base/Paths.h"
#include "cli/CliText.h"
#include "cli/Terminal.h"
#include "exchange/Exporter.h"
#include "filter/Filter.h"
#include "formats/FormatSet.h"
#include "profiles/ProfileStore.h"
#include "reading/CaptureCheck.h"
#include "reading/CaptureReader.h"
#include "requests/RequestDecoding.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

namespace sockeye::cli {

namespace {
QString formatNames()
{
    QStringList names;
    for (const Exporter *exporter : exporters())
        names += exporter->name();
    return names.join(u'|');
}

/// A time of day in a filter is one of the capture's first day. What is wrong with the file is told when it is read.
FilterContext contextOf(const QString &path)
{
    const auto capture = CaptureReader::open(path);
    if (!capture)
        return {};
    const auto span = capture.value()->timeline().timeSpan();
    return span && span.value() ? FilterContext{span.value()->first, span.value()->last} : FilterContext();
}

/// What a part of a capture holds is worth having, but must not be taken for all of it.
Result<> checkComplete(const QString &path)
{
    const auto capture = CaptureReader::open(path);
    return capture ? capture.value()->checkComplete() : capture.error();
}

/// Under any of its names: a socket cannot be opened by one.
bool isStdout(const QString &target)
{
    return target == u"-" || target == u"/dev/stdout" || target == u"/dev/fd/1" || target == u"/proc/self/fd/1";
}

/// What no recording writes is worth knowing, but no error: all that can be read has been written.
void tellRemarks(const QString &path)
{
    const auto check = CaptureCheck::run(path, CancelToken());
    if (check && !check->remarks.isEmpty())
        Terminal::error(check->summary(path));
}

Result<> exportToStdout(const QString &path, const Exporter &exporter, const ExportOptions &options)
{
    const auto capture = CaptureReader::open(path);
    if (!capture)
        return capture.error();
    QFile out;
    if (!out.open(stdout, QIODevice::WriteOnly))
        return Error{tr("Standard output cannot be written to: %1.").arg(out.errorString())};
    return exporter.write(*capture.value(), out, options, CancelToken(), {});
}

/// Those of a profile; the known ones without.
Result<std::shared_ptr<const FormatSet>> formatsOf(const QString &profileName)
{
    if (profileName.isEmpty())
        return FormatSet::standard();
    ProfileStore store(paths::profiles());
    store.load();
    if (const Profile *profile = store.findByName(profileName))
        return FormatSet::make(profile->decode);
    return Error{tr("There is no profile named “%1” in %2.").arg(profileName, store.directory())};
}
} // namespace

int runExport(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(tr("Writes a capture in another format."));
    parser.addPositionalArgument(QStringLiteral("FILE"), tr("The capture (.sockeye)."));
    const QCommandLineOption format(QStringLiteral("format"), tr("The format: %1.").arg(formatNames()),
                                    QStringLiteral("NAME"));
    const QCommandLineOption output(
        {QStringLiteral("o"), QStringLiteral("output")},
        tr("Write to OUT; “-”, the default, is standard output. A file is replaced once the export "
           "is complete; a device or a named pipe is written into."),
        QStringLiteral("OUT"), QStringLiteral("-"));
    const QCommandLineOption filter(QStringLiteral("filter"),
                                    tr("Only entries that match, written as in the window's filter line."),
                                    QStringLiteral("EXPR"));
    const QCommandLineOption profile(
        QStringLiteral("profile"),
        tr("Read the messages that the filter asks about by the formats of the saved profile of this name."),
        QStringLiteral("NAME"));
    const QCommandLineOption keepSecrets(
        QStringLiteral("keep-secrets"), tr("Write Authorization, Cookie, tokens in URLs and their like as they were."));
    const QCommandLineOption maskPayloads(
        QStringLiteral("mask-payloads"), tr("Mask what is named like a secret in the payloads of messages too: members "
                                            "of JSON, fields of forms."));
    const QCommandLineOption csvSafe(QStringLiteral("csv-safe"),
                                     tr("CSV that a spreadsheet can open: texts that it would take for formulas begin "
                                        "with an apostrophe, control characters are written as \\x1b."));
    const QCommandLineOption csvBom(QStringLiteral("csv-bom"),
                                    tr("CSV with a byte order mark, by which Excel knows UTF-8."));
    parser.addOptions({format, output, filter, profile, keepSecrets, maskPayloads, csvSafe, csvBom});
    if (const auto code = Terminal::parse(parser, QStringLiteral("export"), arguments))
        return *code;
    if (parser.positionalArguments().size() != 1) {
        Terminal::error(tr("export takes one capture file. “sockeye export --help” tells more."));
        return Usage;
    }
    const Exporter *exporter = findExporter(parser.value(format));
    if (!exporter) {
        Terminal::error(parser.isSet(format)
                            ? tr("“%1” is no format. Choose one of %2.").arg(parser.value(format), formatNames())
                            : tr("Say which format: --format %1.").arg(formatNames()));
        return Usage;
    }
    ExportOptions options;
    options.keepSecrets = parser.isSet(keepSecrets);
    options.maskPayloads = parser.isSet(maskPayloads);
    options.csvSafe = parser.isSet(csvSafe);
    options.csvByteOrderMark = parser.isSet(csvBom);
    const QString path = parser.positionalArguments().constFirst();
    const auto query = parseFilter(parser.value(filter), contextOf(path));
    if (const auto *wrong = std::get_if<FilterError>(&query)) {
        Terminal::error(tr("The filter is wrong at character %1: %2").arg(wrong->position + 1).arg(wrong->message));
        return Usage;
    }
    const auto formats = formatsOf(parser.value(profile));
    if (!formats) {
        Terminal::error(formats.message());
        return Usage;
    }
    options.query = withRequests(std::get<EntryQuery>(query), formats.value());

    const QString target = parser.value(output);
    const auto written = isStdout(target) ? exportToStdout(path, *exporter, options)
                                          : exportToFile(path, target, *exporter, options, CancelToken(), {});
    if (!written) {
        Terminal::error(written.message());
        return NotWritten;
    }
    if (const auto complete = checkComplete(path); !complete) {
        Terminal::error(complete.message());
        return NotWritten;
    }
    tellRemarks(path);
    return Success;
}

} // namespace sockeye::cli
