#include "protocols/XmppDecoder.h"

#include "encodings/JsonShape.h"
#include "encodings/XmlDecoder.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// Of the first tag of a message.
constexpr qsizetype MaxXmppTag = 1024;

QByteArrayView firstXmppTag(QByteArrayView bytes)
{
    const QByteArrayView begun = bytes.first(std::min(bytes.size(), MaxXmppTag));
    return begun.startsWith('<') ? begun.first(begun.indexOf('>') + 1) : QByteArrayView();
}

} // namespace

Certainty XmppDecoder::probe(const DecodeInput &input) const
{
    if (input.subprotocol == "xmpp"_L1)
        return input.payload.isEmpty() ? Certainty::None : Certainty::Sure;
    const QByteArrayView tag = firstXmppTag(input.payload);
    const bool isXmpp = tag.contains("urn:ietf:params:xml:ns:xmpp-") || tag.contains("jabber:client") ||
                        tag.contains("jabber:server") || tag.contains("etherx.jabber.org/streams") ||
                        tag.contains("urn:xmpp:sm:");
    return isXmpp ? Certainty::Sure : Certainty::None;
}

namespace {

/// What an element of a stream says.
class XmppElement final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::XmppDecoder)

public:
    XmppElement(NodeBuilder &builder, qint32 root)
        : m_builder(builder)
        , m_root(builder.tree(), root)
        , m_name(builder.tree().name(root))
    {
    }

    void read()
    {
        m_builder.setSummary(cutSummary(line()));
        tellFacts();
        const QString note = noteOf();
        if (!note.isEmpty())
            m_builder.noteAt(m_root.index(), note);
    }

private:
    [[nodiscard]] QString attribute(QStringView name) const { return m_root.member(u'@' + name.toString()).text(); }

    /// The text of an element, which may have attributes.
    [[nodiscard]] QString textOf(QStringView element) const
    {
        const JsonView view = m_root.member(element);
        return view.isString() ? view.text() : view.member(u"#text").text();
    }

    /// The name of the first element in the one with this index.
    [[nodiscard]] QString firstElement(const JsonView &view, QStringView other = {}) const
    {
        const NodeTree &tree = m_builder.tree();
        for (JsonView child = view.element(0); child.exists(); child = child.next()) {
            const QString name = tree.name(child.index());
            if (!name.startsWith(u'@') && !name.startsWith(u'#') && name != other)
                return name;
        }
        return {};
    }

    /// The local part of an address, or its domain.
    [[nodiscard]] static QString shortJid(const QString &jid)
    {
        const QString bare = jid.section(u'/', 0, 0);
        return bare.contains(u'@') ? bare.section(u'@', 0, 0) : bare;
    }

    [[nodiscard]] QString route() const
    {
        const QString from = shortJid(attribute(u"from"));
        const QString to = shortJid(attribute(u"to"));
        if (to.isEmpty())
            return from;
        return from.isEmpty() ? u"-> "_s + to : from + u" -> "_s + to;
    }

    [[nodiscard]] static QString inQuotes(const QString &text)
    {
        constexpr qsizetype MaxText = 80;
        return text.isEmpty() ? QString() : u'"' + cutSummary(text.simplified(), MaxText) + u'"';
    }

    void tellFacts()
    {
        using Role = MessageFacts::Exchange::Role;
        const QByteArray kind = m_name.toUtf8();
        const QByteArray type = attribute(u"type").toUtf8();
        const QByteArray name = firstElement(m_root, u"error").toUtf8();
        m_builder.setMessage(kind, name);
        if (kind == "auth") {
            m_builder.addExchange(Role::Asks, kind, kind);
        } else if (kind == "success" || kind == "failure") {
            m_builder.addExchange(kind == "success" ? Role::Answers : Role::Fails, "auth");
        } else if (kind == "iq") {
            const QByteArray id = "iq " + attribute(u"id").toUtf8();
            if (type == "get" || type == "set")
                m_builder.addExchange(Role::Asks, id, (kind + ' ' + name).trimmed());
            else
                m_builder.addExchange(type == "error" ? Role::Fails : Role::Answers, id);
        }
    }

    [[nodiscard]] QString line() const
    {
        QStringList words{m_name};
        const QString type = attribute(u"type");
        const QString error = type == "error"_L1 ? firstElement(m_root.member(u"error")) : QString();
        if (m_name == "message"_L1) {
            const QString body = inQuotes(textOf(u"body"));
            const QString other = body.isEmpty() && error.isEmpty() ? firstElement(m_root) : QString();
            words << type << error << route() << other << body;
        } else if (m_name == "presence"_L1) {
            words << type << error << textOf(u"show") << route() << inQuotes(textOf(u"status"));
        } else if (m_name == "iq"_L1) {
            words << type << (error.isEmpty() ? firstElement(m_root, u"error") : error) << route();
            if (const QString id = attribute(u"id"); !id.isEmpty())
                words << u"#"_s + id;
        } else if (m_name == "open"_L1) {
            words << route();
        } else {
            words << attribute(u"mechanism") << firstElement(m_root);
        }
        words.removeAll(QString());
        return words.join(u' ');
    }

    [[nodiscard]] QString noteOf() const
    {
        if (m_name == "open"_L1)
            return tr("begins a stream");
        if (m_name == "close"_L1)
            return tr("ends the stream");
        if (m_name == "presence"_L1 && attribute(u"type").isEmpty())
            return tr("is available");
        return m_name == "message"_L1 && attribute(u"type").isEmpty() ? tr("type normal") : QString();
    }

    NodeBuilder &m_builder;
    const JsonView m_root;
    const QString m_name;
};

} // namespace

void XmppDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    const qint32 root = addXmlNodes(builder, input);
    if (root != Node::None && !builder.isStopped())
        XmppElement(builder, root).read();
}

} // namespace sockeye
