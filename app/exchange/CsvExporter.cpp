#include "exchange/CsvExporter.h"

#include "base/ControlCharacters.h"
#include "exchange/EntryFields.h"
#include "exchange/ExportSink.h"
#include "exchange/ExportWalk.h"
#include "exchange/JsonText.h"
#include "wire/CloseCode.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace sockeye {

namespace {

/// The inside of a quoted field: a quote is written twice, all else as it is, line breaks included.
void appendQuoted(QByteArray &out, QByteArrayView text)
{
    const char *run = text.begin();
    for (const char *at = run; at != text.end(); ++at) {
        if (*at != '"')
            continue;
        out.append(run, at + 1 - run);
        run = at;
    }
    out.append(run, text.end() - run);
}

/// Whether a spreadsheet takes the text for a formula, or looks for one behind a blank (OWASP, "CSV Injection"). The
/// wide forms of the signs count as the signs in some languages.
bool mayBeginFormula(QByteArrayView utf8)
{
    static constexpr QByteArrayView beginnings[] = {
        "=", "+", "-", "@", "\t", "\r", "\n", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};
    return std::any_of(std::begin(beginnings), std::end(beginnings),
                       [utf8](QByteArrayView beginning) { return utf8.startsWith(beginning); });
}

void appendLatin1(QByteArray &out, QLatin1StringView text)
{
    out.append(text.data(), text.size());
}

/// The inside of a quoted field, appended in parts of whole characters: as it is, or safe for a spreadsheet and a
/// terminal.
class CellText final
{
public:
    CellText(QByteArray &out, bool isSafe)
        : m_out(out)
        , m_isSafe(isSafe)
    {
    }

    void append(QByteArrayView utf8)
    {
        if (!m_isSafe || utf8.isEmpty()) {
            appendQuoted(m_out, utf8);
            return;
        }
        if (std::exchange(m_isAtStart, false) && mayBeginFormula(utf8))
            m_out += '\'';
        appendQuoted(m_out, withVisibleControls(utf8));
    }

private:
    QByteArray &m_out;
    bool m_isSafe;
    bool m_isAtStart = true;
};

class RecordWriter final
{
public:
    RecordWriter(const ExportWalk &walk, ExportSink &sink, bool isSafe)
        : m_walk(walk)
        , m_sink(sink)
        , m_out(sink.buffer())
        , m_isSafe(isSafe)
    {
    }

    [[nodiscard]] Result<> write(const Entry &entry)
    {
        appendMetadata(entry);
        PayloadParts payload(m_walk, entry);
        const auto written = entry.kind == EntryKind::Close ? writeClose(entry, payload) : writePayload(entry, payload);
        if (!written)
            return written;
        appendAnnotation(entry.id);
        m_out += "\r\n";
        return m_sink.settle();
    }

private:
    void appendMetadata(const Entry &entry)
    {
        appendNumber(m_out, entry.id.value());
        m_out += ',';
        appendNumber(m_out, entry.connection.value());
        m_out += ',';
        m_out.append(m_times.at(entry.time));
        m_out += ',';
        appendLatin1(m_out, directionName(entry.direction));
        m_out += ',';
        appendLatin1(m_out, kindName(entry.kind));
        m_out += ',';
        appendNumber(m_out, entry.size);
        m_out += ',';
        appendNumber(m_out, entry.wireSize);
        m_out += entry.compressed ? ",true," : ",false,";
    }

    void appendAnnotation(EntryId id)
    {
        const Annotation *annotation = m_walk.annotation(id);
        if (!annotation) {
            m_out += ",,,";
            return;
        }
        m_out += annotation->bookmarked ? ",true," : ",,";
        if (annotation->colour != 0)
            appendNumber(m_out, annotation->colour);
        m_out += ",\"";
        CellText(m_out, m_isSafe).append(annotation->note.toUtf8());
        m_out += '"';
    }

    Result<> writeClose(const Entry &entry, PayloadParts &payload)
    {
        const CloseBody body = parseCloseBody(m_walk.closeBody(entry));
        appendNumber(m_out, body.code);
        const bool readable = isReadableClose(entry);
        m_out += ",\"";
        if (readable)
            CellText(m_out, m_isSafe).append(body.reason.toUtf8());
        m_out += "\",";
        return readable ? Result<>() : writeBase64(payload);
    }

    Result<> writePayload(const Entry &entry, PayloadParts &payload)
    {
        const auto isUtf8 = mayBeText(entry.kind) ? payload.isUtf8() : Result<bool>(false);
        if (!isUtf8)
            return isUtf8.error();
        if (!isUtf8.value()) {
            m_out += ",,";
            return writeBase64(payload);
        }
        m_out += ",\"";
        CellText cell(m_out, m_isSafe);
        const auto written = payload.forEachText([this, &cell](QByteArrayView bytes) {
            cell.append(bytes);
            return m_sink.settle();
        });
        m_out += "\",";
        return written;
    }

    Result<> writeBase64(PayloadParts &payload)
    {
        return payload.forEach([this](QByteArrayView bytes) {
            appendBase64(m_out, bytes);
            return m_sink.settle();
        });
    }

    const ExportWalk &m_walk;
    ExportSink &m_sink;
    QByteArray &m_out;
    IsoTimes m_times;
    bool m_isSafe;
};

} // namespace

QString CsvExporter::name() const
{
    return QStringLiteral("csv");
}

QString CsvExporter::description() const
{
    return QCoreApplication::translate("Exporter", "Comma-separated values (*.csv)");
}

QString CsvExporter::suffix() const
{
    return QStringLiteral("csv");
}

Result<> CsvExporter::write(const CaptureReader &capture, QIODevice &out, const ExportOptions &options,
                            const CancelToken &cancel, const ExportProgress &progress) const
{
    ExportWalk walk(capture, options, cancel, progress);
    ExportSink sink(out);
    if (options.csvByteOrderMark)
        sink.buffer() += "\xef\xbb\xbf";
    sink.buffer() +=
        "entry,connection,time,direction,kind,size,wire_size,compressed,code,text,base64,bookmarked,colour,note\r\n";
    RecordWriter writer(walk, sink, options.csvSafe);
    if (auto walked = walk.all([&writer](const Entry &entry) { return writer.write(entry); }); !walked)
        return walked;
    return sink.finish();
}

} // namespace sockeye
