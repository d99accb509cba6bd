#include "exchange/CsvExporter.h"

#include "exchange/EntryFields.h"
#include "exchange/ExportSink.h"
#include "exchange/ExportWalk.h"
#include "exchange/JsonText.h"
#include "wire/CloseCode.h"

#include <QCoreApplication>

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

void appendLatin1(QByteArray &out, QLatin1StringView text)
{
    out.append(text.data(), text.size());
}

class RecordWriter final
{
public:
    RecordWriter(const ExportWalk &walk, ExportSink &sink)
        : m_walk(walk)
        , m_sink(sink)
        , m_out(sink.buffer())
    {
    }

    [[nodiscard]] Result<> write(const Entry &entry)
    {
        appendMetadata(entry);
        PayloadParts payload(m_walk, entry);
        const auto written = entry.kind == EntryKind::Close ? writeClose(entry, payload) : writePayload(entry, payload);
        if (!written)
            return written;
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

    Result<> writeClose(const Entry &entry, PayloadParts &payload)
    {
        const CloseBody body = parseCloseBody(entry.head);
        appendNumber(m_out, body.code);
        const bool readable = isReadableClose(entry);
        m_out += ",\"";
        if (readable)
            appendQuoted(m_out, body.reason.toUtf8());
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
        const auto written = payload.forEach([this](QByteArrayView bytes) {
            appendQuoted(m_out, bytes);
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
    sink.buffer() += "entry,connection,time,direction,kind,size,wire_size,compressed,code,text,base64\r\n";
    RecordWriter writer(walk, sink);
    if (auto walked = walk.all([&writer](const Entry &entry) { return writer.write(entry); }); !walked)
        return walked;
    return sink.finish();
}

} // namespace sockeye
