#include "exchange/TextExporter.h"

#include "base/Bytes.h"
#include "base/Units.h"
#include "exchange/EntryFields.h"
#include "exchange/ExportSink.h"
#include "exchange/ExportWalk.h"
#include "exchange/TextLayout.h"
#include "explain/HandshakeLines.h"
#include "record/EntryText.h"
#include "secrets/SecretMasker.h"
#include "wire/ChunkedBody.h"
#include "wire/CloseCode.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSet>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

constexpr int BodyIndent = 4;
constexpr int HeadIndent = 8;
constexpr int LabelWidth = 14;

struct ExportText
{
    Q_DECLARE_TR_FUNCTIONS(ExportText)
};

/// "2026-11-22 15:20:00.123456"
QByteArray dateAndTime(Timestamp time)
{
    return toIsoUtc(time).left(26).replace('T', ' ');
}

QString momentText(Timestamp time)
{
    return QString::fromLatin1(dateAndTime(time) + " UTC");
}

class ConnectionHeading final
{
public:
    ConnectionHeading(QByteArray &out, const ConnectionRecord &connection, bool keepSecrets)
        : m_out(out)
        , m_connection(connection)
        , m_keepSecrets(keepSecrets)
    {
    }

    void append()
    {
        const QString url = m_keepSecrets ? m_connection.url : maskSecretsInUrl(m_connection.url);
        m_out += '\n';
        appendLine(ExportText::tr("Connection %1: %2").arg(QString::number(m_connection.id.value()), url));
        appendField(ExportText::tr("Started"), momentText(m_connection.started));
        appendField(ExportText::tr("Peer"), m_connection.peerAddress);
        appendField(ExportText::tr("TLS"), tlsText());
        appendField(ExportText::tr("Subprotocol"),
                    m_keepSecrets ? m_connection.subprotocol : maskSecretsInSubprotocols(m_connection.subprotocol));
        if (m_connection.timings.total.count() >= 0)
            appendField(ExportText::tr("Handshake"), durationText(m_connection.timings.total));
        appendEnd();
        for (const ProxyStep &step : m_connection.proxySteps) {
            appendHead(ExportText::tr("Request to the proxy %1").arg(step.proxy), step.request);
            appendHead(ExportText::tr("Reply of the proxy"), step.reply);
            appendBody(ExportText::tr("Body of the proxy's reply"), step.reply, step.body);
        }
        appendHead(ExportText::tr("Request"), m_connection.requestHead);
        appendHead(ExportText::tr("Reply"), m_connection.responseHead);
        appendBody(ExportText::tr("Body"), m_connection.responseHead, m_connection.responseBody);
        m_out += '\n';
    }

private:
    [[nodiscard]] QString tlsText() const
    {
        const TlsFacts &tls = m_connection.tls;
        return tls.cipher.isEmpty() ? tls.version : QStringLiteral("%1, %2").arg(tls.version, tls.cipher);
    }

    void appendEnd()
    {
        if (!m_connection.hasEnded()) {
            appendField(ExportText::tr("Ended"), ExportText::tr("not yet, or not recorded"));
            return;
        }
        const QString text = m_keepSecrets ? m_connection.endText : maskSecretsInText(m_connection.endText);
        appendField(ExportText::tr("Ended"), momentText(m_connection.ended));
        appendField(ExportText::tr("How"), text);
    }

    void appendField(const QString &label, const QString &value)
    {
        if (!value.isEmpty())
            appendLine(QString(BodyIndent, u' ') + label.leftJustified(LabelWidth) + value);
    }

    void appendHead(const QString &label, const QByteArray &head)
    {
        appendBlock(label, m_keepSecrets ? head : maskSecrets(head));
    }

    void appendBlock(const QString &label, const QByteArray &text)
    {
        if (text.isEmpty())
            return;
        appendLine(QString(BodyIndent, u' ') + label);
        m_out.append(HeadIndent, ' ');
        appendIndented(text.trimmed());
        m_out += '\n';
    }

    /// What a server or a proxy that refused has said for itself.
    void appendBody(const QString &label, const QByteArray &head, const QByteArray &bytes)
    {
        const QByteArray body = bodyContent(recordedHead(head), bytes);
        if (body.isEmpty() || isValidUtf8(body)) {
            appendBlock(label, m_keepSecrets ? body : maskSecretsInBody(body));
            return;
        }
        m_out += QByteArray(BodyIndent, ' ') + label.toUtf8();
        HexDump dump(m_out, HeadIndent);
        dump.append(body);
        dump.end();
        m_out += '\n';
    }

    void appendLine(const QString &line)
    {
        appendIndented(line.toUtf8());
        m_out += '\n';
    }

    void appendIndented(const QByteArray &text)
    {
        IndentedText layout(m_out, HeadIndent);
        layout.append(text);
        layout.end();
    }

    QByteArray &m_out;
    const ConnectionRecord &m_connection;
    bool m_keepSecrets;
};

class LogWriter final
{
public:
    LogWriter(const ExportWalk &walk, ExportSink &sink, QList<ConnectionRecord> connections)
        : m_walk(walk)
        , m_sink(sink)
        , m_out(sink.buffer())
        , m_connections(std::move(connections))
    {
    }

    [[nodiscard]] Result<> write(const Entry &entry)
    {
        appendHeadingFor(entry);
        appendStart(entry);
        const auto written = entry.kind == EntryKind::Close ? writeClose(entry) : writePayload(entry);
        if (!written)
            return written;
        if (entry.size == 0)
            chopSpaces();
        if (auto found = writeFindings(entry); !found)
            return found;
        if (const Annotation *annotation = m_walk.annotation(entry.id))
            appendBelow(annotationLine(*annotation));
        m_out += '\n';
        return m_sink.settle();
    }

    /// The connections of which no entry was written.
    void appendRest()
    {
        for (const ConnectionRecord &connection : std::as_const(m_connections)) {
            if (!m_begun.contains(connection.id))
                ConnectionHeading(m_out, connection, m_walk.keepSecrets()).append();
        }
    }

private:
    void appendHeadingFor(const Entry &entry)
    {
        if (entry.connection == m_current)
            return;
        m_current = entry.connection;
        if (m_begun.contains(m_current)) {
            const QString line = ExportText::tr("Connection %1 goes on").arg(m_current.value());
            m_out += '\n' + line.toUtf8() + "\n\n";
            return;
        }
        m_begun.insert(m_current);
        m_day = QByteArray();
        for (const ConnectionRecord &connection : std::as_const(m_connections)) {
            if (connection.id == m_current)
                ConnectionHeading(m_out, connection, m_walk.keepSecrets()).append();
        }
    }

    void appendDayOf(QByteArrayView time)
    {
        const QByteArrayView day = time.first(10);
        if (day == m_day)
            return;
        m_day = day.toByteArray();
        m_out += m_day + '\n';
    }

    void appendStart(const Entry &entry)
    {
        const QByteArrayView time = m_times.at(entry.time);
        appendDayOf(time);
        m_out.append(time.sliced(11, 15));
        m_out += "  " + directionArrow(entry.direction).toUtf8() + "  ";
        const QLatin1StringView kind = kindName(entry.kind);
        m_out += QByteArray(kind.data(), kind.size()).leftJustified(6) + ' ';
        m_out += sizeText(entry.size).toUtf8().rightJustified(8) + "  ";
        if (entry.compressed)
            m_out += ExportText::tr("[deflated: %1]").arg(sizeText(entry.wireSize)).toUtf8() + ' ';
        if (!entry.complete)
            m_out += ExportText::tr("[broken off]").toUtf8() + ' ';
    }

    Result<> writeClose(const Entry &entry)
    {
        if (!isReadableClose(entry))
            return writeDump(entry);
        const CloseBody body = parseCloseBody(m_walk.closeBody(entry));
        m_out += QByteArray::number(body.code) + ' ' + closeCodeName(body.code).toUtf8();
        if (!body.reason.isEmpty()) {
            m_out += " · ";
            IndentedText layout(m_out, BodyIndent);
            layout.append(body.reason.toUtf8());
            layout.end();
        }
        return {};
    }

    Result<> writePayload(const Entry &entry)
    {
        PayloadParts payload(m_walk, entry);
        const auto isUtf8 = mayBeText(entry.kind) ? payload.isUtf8() : Result<bool>(false);
        if (!isUtf8)
            return isUtf8.error();
        if (!isUtf8.value())
            return writeDump(entry);
        IndentedText layout(m_out, BodyIndent);
        const auto written = payload.forEachText([&](QByteArrayView bytes) {
            layout.append(bytes);
            return m_sink.settle();
        });
        layout.end();
        return written;
    }

    Result<> writeDump(const Entry &entry)
    {
        chopSpaces();
        PayloadParts payload(m_walk, entry);
        HexDump dump(m_out, BodyIndent);
        const auto written = payload.forEach([&](QByteArrayView bytes) {
            dump.append(bytes);
            return m_sink.settle();
        });
        dump.end();
        return written;
    }

    /// Where nothing follows on the line.
    void chopSpaces()
    {
        while (m_out.endsWith(' '))
            m_out.chop(1);
    }

    Result<> writeFindings(const Entry &entry)
    {
        if (entry.findingCount == 0)
            return {};
        const auto findings = m_walk.capture().findings(entry.id);
        if (!findings)
            return findings.error();
        for (const Finding &finding : findings.value()) {
            appendBelow(QStringLiteral("! %1 %2: %3 (%4)")
                            .arg(severityName(finding.severity), finding.rule, finding.text, finding.section));
        }
        return {};
    }

    /// "# bookmark, colour 1: why this?"
    [[nodiscard]] static QString annotationLine(const Annotation &annotation)
    {
        QStringList marks;
        if (annotation.bookmarked)
            marks += ExportText::tr("bookmark");
        if (annotation.colour != 0)
            marks += ExportText::tr("colour %1").arg(annotation.colour);
        if (annotation.note.isEmpty())
            return u"# "_s + marks.join(u", "_s);
        marks += ExportText::tr("note");
        return u"# "_s + marks.join(u", "_s) + u": "_s + annotation.note;
    }

    void appendBelow(const QString &line)
    {
        m_out += '\n';
        m_out.append(BodyIndent, ' ');
        IndentedText layout(m_out, HeadIndent);
        layout.append(line.toUtf8());
        layout.end();
    }

    const ExportWalk &m_walk;
    ExportSink &m_sink;
    QByteArray &m_out;
    QList<ConnectionRecord> m_connections;
    QSet<ConnectionId> m_begun;
    ConnectionId m_current;
    QByteArray m_day;
    IsoTimes m_times;
};

} // namespace

QString TextExporter::name() const
{
    return QStringLiteral("text");
}

QString TextExporter::description() const
{
    return QCoreApplication::translate("Exporter", "Plain text (*.txt)");
}

QString TextExporter::suffix() const
{
    return QStringLiteral("txt");
}

Result<> TextExporter::write(const CaptureReader &capture, QIODevice &out, const ExportOptions &options,
                             const CancelToken &cancel, const ExportProgress &progress) const
{
    auto connections = capture.connections();
    if (!connections)
        return connections.error();
    ExportWalk walk(capture, options, cancel, progress);
    ExportSink sink(out);
    const QString title = ExportText::tr("Sockeye capture %1, times in UTC").arg(QFileInfo(capture.path()).fileName());
    sink.buffer() += title.toUtf8() + '\n';
    LogWriter writer(walk, sink, std::move(connections).value());
    if (auto walked = walk.all([&writer](const Entry &entry) { return writer.write(entry); }); !walked)
        return walked;
    writer.appendRest();
    return sink.finish();
}

} // namespace sockeye
