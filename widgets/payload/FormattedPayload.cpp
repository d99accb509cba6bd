#include "widgets/payload/FormattedPayload.h"

#include "base/Bytes.h"
#include "explain/EnvelopeExplanations.h"
#include "search/EnvelopeSplitter.h"
#include "search/JsonStrings.h"
#include "widgets/payload/FormattedJson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace sockeye {

namespace {

using Kind = EnvelopePart::Kind;

struct FormattedPayloadWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::FormattedPayload)
};

/// Writes part by part what a payload is made of.
class Formatter final
{
public:
    Formatter(qsizetype maxChars, const GoOn &goOn)
        : m_maxChars(maxChars)
        , m_goOn(goOn)
    {
    }

    std::optional<QString> run(const QByteArray &payload)
    {
        if (!addParts(payload) || !m_hasContainer)
            return {};
        for (qsizetype i = 0; i < m_messages.size(); ++i)
            addMessage(i);
        return m_out.size() > m_maxChars ? std::nullopt : std::optional(m_out);
    }

private:
    bool addParts(const QByteArray &payload)
    {
        EnvelopeSplitter splitter(payload);
        Kind before = Kind::Text;
        bool isStomp = false;
        while (const auto part = splitter.next()) {
            const QByteArray bytes = splitter.bytes(*part).toByteArray();
            m_partBegin = part->begin;
            isStomp = isStomp || part->kind == Kind::StompHead;
            const bool isAdded = part->kind == Kind::Json   ? addJson(bytes, before == Kind::SockJs)
                                 : part->kind == Kind::Text ? addText(bytes, isStomp)
                                                            : addEnvelope(part->kind, bytes);
            if (!isAdded || m_out.size() > m_maxChars)
                return false;
            before = part->kind;
        }
        return true;
    }

    bool addJson(const QByteArray &json, bool isSockJs)
    {
        const GoOn goOn = [this](qsizetype done) { return !m_goOn || m_goOn(m_partBegin + done); };
        if (const std::optional<QString> indented = indentedJson(json, m_maxChars, goOn)) {
            m_hasContainer = true;
            addLine(*indented);
            if (isSockJs && m_messages.isEmpty())
                m_messages = jsonStrings(json);
            return true;
        }
        // A number, a string or a literal alone is JSON too.
        if (QJsonDocument::fromJson('[' + json + ']').array().size() != 1)
            return false;
        addLine(textFromUtf8(json).trimmed());
        return true;
    }

    /// Where there is text between JSON values it is no JSON, but a STOMP frame may hold any text.
    bool addText(const QByteArray &bytes, bool isStomp)
    {
        const QString text = textFromUtf8(bytes).trimmed();
        if (isStomp && !text.isEmpty())
            addMarked(text);
        return isStomp || text.isEmpty();
    }

    bool addEnvelope(Kind kind, const QByteArray &bytes)
    {
        const QString explanation = envelopeExplanation(kind, bytes);
        switch (kind) {
        case Kind::ByteOrderMark:
        case Kind::RecordSeparator:
        case Kind::Null:
            addMarked(explanation);
            break;
        case Kind::StompHead:
            addMarked(explanation + QStringLiteral(":\n") + textFromUtf8(bytes).remove(u'\r').trimmed());
            break;
        default:
            addMarked(FormattedPayloadWords::tr("%1 (%2)").arg(textFromUtf8(bytes), explanation));
        }
        return true;
    }

    /// One of the messages in a SockJS frame, itself perhaps in an envelope; one that is no JSON stands in the array.
    void addMessage(qsizetype index)
    {
        const std::optional<QString> formatted = Formatter(m_maxChars, m_goOn).runInner(m_messages[index]);
        if (!formatted)
            return;
        addMarked(FormattedPayloadWords::tr("message %1 of the frame:").arg(index + 1));
        addLine(*formatted);
    }

    /// A message in a SockJS frame is not looked into for further ones.
    std::optional<QString> runInner(const QByteArray &payload)
    {
        return addParts(payload) && m_hasContainer ? std::optional(m_out) : std::nullopt;
    }

    void addMarked(const QString &text)
    {
        const QStringList lines = text.split(u'\n');
        for (const QString &line : lines)
            addLine(EnvelopeMark + QStringLiteral(" ") + line);
    }

    void addLine(const QString &text)
    {
        if (!m_out.isEmpty())
            m_out += u'\n';
        m_out += text;
    }

    qsizetype m_maxChars;
    const GoOn &m_goOn;
    qsizetype m_partBegin = 0;
    QString m_out;
    QByteArrayList m_messages;
    bool m_hasContainer = false;
};

} // namespace

std::optional<QString> formattedPayload(const QByteArray &utf8, qsizetype maxChars, const GoOn &goOn)
{
    return Formatter(maxChars, goOn).run(utf8);
}

} // namespace sockeye
