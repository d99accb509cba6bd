#include "wire/Handshake.h"

#include "wire/ClientBehaviour.h"
#include "wire/HandshakeRemarks.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QSet>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

struct DefaultField
{
    QByteArray name;
    /// None where there is nothing to say; the place is the user's all the same.
    std::optional<QByteArray> value;
};

template<typename Value>
std::optional<QByteArray> unlessEmpty(const Value &text)
{
    return text.isEmpty() ? std::nullopt : std::optional(QByteArray(text));
}

std::array<DefaultField, 8> defaultFields(const HandshakeRequest &request)
{
    return {{{"Host", request.host},
             {"Upgrade", "websocket"},
             {"Connection", "Upgrade"},
             {"Sec-WebSocket-Key", request.key},
             {"Sec-WebSocket-Version", "13"},
             {"Sec-WebSocket-Protocol", unlessEmpty(request.subprotocols.join(QStringLiteral(", ")).toUtf8())},
             {"Sec-WebSocket-Extensions", unlessEmpty(request.extensions)},
             {"User-Agent", "Sockeye/" SOCKEYE_VERSION}}};
}

bool isNamed(const HeaderField &field, const QByteArray &name)
{
    return field.name.compare(name, Qt::CaseInsensitive) == 0;
}

// The request's fields as they go on the wire: ours, each replaced by the user's of the same name, then the user's
// others.
HeaderFields requestFields(const HandshakeRequest &request)
{
    HeaderFields fields;
    HeaderFields others = request.headers;
    for (const DefaultField &ours : defaultFields(request)) {
        const auto isOther = [&ours](const HeaderField &field) { return !isNamed(field, ours.name); };
        const auto replacing = std::stable_partition(others.begin(), others.end(), isOther);
        if (replacing != others.end())
            std::copy(replacing, others.end(), std::back_inserter(fields));
        else if (ours.value)
            fields += HeaderField{ours.name, *ours.value};
        others.erase(replacing, others.end());
    }
    return fields + others;
}

// A peer's words inside of ours: readable whatever bytes it sent, and not a page of them.
QString quotedShort(QByteArrayView text)
{
    constexpr qsizetype maxShown = 120;
    const bool isLong = text.size() > maxShown;
    return QStringLiteral("“%1%2”").arg(QString::fromUtf8(isLong ? text.first(maxShown) : text),
                                        isLong ? QStringLiteral("…") : QString());
}

QString quotedList(const QList<QByteArray> &values)
{
    if (values.isEmpty())
        return QCoreApplication::translate("Handshake", "nothing");
    return quotedShort(values.join(", "));
}

bool containsNoCase(const QList<QByteArray> &tokens, QByteArrayView token)
{
    return std::any_of(tokens.begin(), tokens.end(), [token](const QByteArray &candidate) {
        return candidate.compare(token, Qt::CaseInsensitive) == 0;
    });
}

QByteArray extensionName(const QByteArray &extension)
{
    return extension.split(';').front().trimmed();
}

HandshakeCheck check(const char *rule, const char *section, bool passed, const QString &good, const QString &bad)
{
    return {QLatin1String(rule), QLatin1String(section), passed, passed ? good : bad};
}

HandshakeCheck checkStatus(const HttpHead &reply)
{
    return check("status", "RFC 6455 4.1", reply.status() == 101,
                 QCoreApplication::translate("Handshake", "The status is 101: the server switches protocols."),
                 QCoreApplication::translate("Handshake", "The server answered %1 instead of status 101.")
                     .arg(quotedShort(reply.startLine)));
}

HandshakeCheck checkVersion(const HttpHead &reply)
{
    const QByteArray version = reply.httpVersion();
    const QByteArrayView minor = version.startsWith("HTTP/1.") ? QByteArrayView(version).sliced(7) : QByteArrayView();
    const bool passed = minor.size() == 1 && minor.front() >= '0' && minor.front() <= '9';
    return check("http-version", "RFC 9110 2.5", passed,
                 QCoreApplication::translate("Handshake", "The reply is %1.").arg(QString::fromLatin1(version)),
                 QCoreApplication::translate("Handshake", "The reply must be HTTP/1.1, but it is %1.")
                     .arg(quotedShort(version)));
}

HandshakeCheck checkUpgrade(const HttpHead &reply)
{
    // Unlike Connection it is no list here: the whole value must match.
    const QList<QByteArray> upgrade = reply.values("Upgrade");
    const bool passed = !upgrade.isEmpty() && std::all_of(upgrade.begin(), upgrade.end(), [](const QByteArray &value) {
        return value.compare("websocket", Qt::CaseInsensitive) == 0;
    });
    return check("upgrade", "RFC 6455 4.1", passed, QCoreApplication::translate("Handshake", "Upgrade is websocket."),
                 withClientBehaviour(QCoreApplication::translate("Handshake",
                                                                 "Upgrade must be “websocket” and nothing else, but "
                                                                 "the server sent %1.")
                                         .arg(quotedList(upgrade)),
                                     containsNoCase(reply.tokens("Upgrade"), "websocket") ? u"upgrade.list" : u""));
}

HandshakeCheck checkConnection(const HttpHead &reply)
{
    const QList<QByteArray> connection = reply.tokens("Connection");
    return check("connection", "RFC 6455 4.1", containsNoCase(connection, "upgrade"),
                 QCoreApplication::translate("Handshake", "Connection lists Upgrade."),
                 QCoreApplication::translate("Handshake", "Connection must list “Upgrade”, but the server sent %1.")
                     .arg(quotedList(connection)));
}

HandshakeCheck checkAccept(const HttpHead &sent, const HttpHead &reply)
{
    const QByteArray expected = acceptFor(sent.value("Sec-WebSocket-Key").value_or(QByteArray()));
    const QList<QByteArray> received = reply.values("Sec-WebSocket-Accept");
    // One that is right, but stands twice, fails as that ("duplicates") and not as a wrong one.
    const bool passed = !received.isEmpty() && received.count(expected) == received.size();
    return check("accept", "RFC 6455 4.2.2", passed,
                 received.size() > 1
                     ? QCoreApplication::translate("Handshake", "Sec-WebSocket-Accept is the answer to our key each "
                                                                "time, but it stands %1 times.")
                           .arg(received.size())
                     : QCoreApplication::translate("Handshake", "Sec-WebSocket-Accept is the answer to our key."),
                 QCoreApplication::translate(
                     "Handshake", "Sec-WebSocket-Accept is not the answer to our key: expected %1, received %2.")
                     .arg(quotedShort(expected), quotedList(received)));
}

HandshakeCheck checkSubprotocol(const HttpHead &sent, const HttpHead &reply)
{
    const QList<QByteArray> offered = sent.tokens("Sec-WebSocket-Protocol");
    const QList<QByteArray> chosen = reply.values("Sec-WebSocket-Protocol");
    const bool passed = chosen.isEmpty() || (chosen.size() == 1 && offered.contains(chosen.front()));
    return check(
        "subprotocol", "RFC 6455 4.1", passed,
        chosen.isEmpty()
            ? QCoreApplication::translate("Handshake", "The server chose no subprotocol.")
            : QCoreApplication::translate("Handshake", "The subprotocol %1 was offered.").arg(quotedList(chosen)),
        withClientBehaviour(
            QCoreApplication::translate("Handshake",
                                        "The server must choose one of the subprotocols offered (%1), but it sent %2.")
                .arg(quotedList(offered), quotedList(chosen)),
            u"subprotocol.not-offered"));
}

/// Of extensions that were all offered. The user may offer what is not built in.
QString extensionsInUse(const QList<QByteArray> &answered)
{
    if (answered.isEmpty())
        return QCoreApplication::translate("Handshake", "No extension is in use.");
    const QString offered = QCoreApplication::translate("Handshake", "The extensions in use were offered.");
    QList<QByteArray> unknown = answered;
    unknown.removeIf([](const QByteArray &extension) { return extensionName(extension) == "permessage-deflate"; });
    if (unknown.isEmpty())
        return offered;
    return offered + u' ' +
           QCoreApplication::translate("Handshake",
                                       "Sockeye does not know %1: frames that it changes are shown as they are, and "
                                       "bits that it sets count as broken rules.")
               .arg(quotedList(unknown));
}

/// Writes what was agreed on to `deflate`.
HandshakeCheck checkExtensions(const HttpHead &sent, const HttpHead &reply, std::optional<DeflateParameters> &deflate)
{
    const QList<QByteArray> offered = sent.tokens("Sec-WebSocket-Extensions");
    const QList<QByteArray> answered = reply.tokens("Sec-WebSocket-Extensions");
    const auto isOffered = [&offered](const QByteArray &extension) {
        return std::any_of(offered.begin(), offered.end(), [&extension](const QByteArray &candidate) {
            return extensionName(candidate) == extensionName(extension);
        });
    };
    const Result<std::optional<DeflateParameters>> agreed = parseDeflateAnswer(offered, answered);
    const bool wereOffered = std::all_of(answered.begin(), answered.end(), isOffered);
    if (wereOffered && !agreed)
        return check("extensions", "RFC 7692 7.1", false, {}, agreed.message());
    if (agreed)
        deflate = agreed.value();
    return check("extensions", "RFC 6455 9.1", wereOffered, extensionsInUse(answered),
                 QCoreApplication::translate("Handshake",
                                             "The server uses an extension that was not offered: offered %1, "
                                             "received %2.")
                     .arg(quotedList(offered), quotedList(answered)));
}

HandshakeCheck checkDuplicates(const HttpHead &reply)
{
    QList<QByteArray> wrong;
    for (const QByteArray &name : {QByteArray("Sec-WebSocket-Accept"), QByteArray("Sec-WebSocket-Protocol")}) {
        if (reply.values(name).size() > 1)
            wrong += name;
    }
    return check("duplicates", "RFC 6455 11.3", wrong.isEmpty(),
                 QCoreApplication::translate("Handshake", "No header stands twice that may stand only once."),
                 withClientBehaviour(
                     QCoreApplication::translate("Handshake", "A header that must stand only once stands more than "
                                                              "once: %1.")
                         .arg(quotedList(wrong)),
                     wrong.startsWith("Sec-WebSocket-Accept") ? u"accept.repeated" : u"subprotocol.repeated"));
}

// One for each rule that lines of the head break; folding has its own.
QList<HandshakeCheck> checkLines(const Findings &lines)
{
    QList<HandshakeCheck> checks;
    for (const Finding &finding : lines) {
        const bool isKnown = std::any_of(checks.begin(), checks.end(), [&finding](const HandshakeCheck &known) {
            return known.rule == finding.rule;
        });
        if (finding.severity == Severity::Error && finding.rule != QStringLiteral("http.folded") && !isKnown)
            checks += HandshakeCheck{finding.rule, finding.section, false, finding.text};
    }
    return checks;
}

// The parser has unfolded the values already; only the bytes still tell.
HandshakeCheck checkFolding(const HttpHead &reply)
{
    const bool folded = reply.bytes.contains("\n ") || reply.bytes.contains("\n\t");
    return check("folding", "RFC 9112 5.2", !folded,
                 QCoreApplication::translate("Handshake", "Every header stands on one line."),
                 withClientBehaviour(QCoreApplication::translate("Handshake",
                                                                 "A header is folded over several lines, which a "
                                                                 "server must not send. It is read as one line; the "
                                                                 "connection goes on."),
                                     u"folding"));
}

} // namespace

Result<> checkHeaders(const HeaderFields &headers)
{
    const auto isSeparator = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    for (const HeaderField &field : headers) {
        if (!isHttpToken(field.name)) {
            return Error{QCoreApplication::translate("Handshake",
                                                     "The header name %1 cannot be sent. Use letters, digits and "
                                                     "!#$%&'*+-.^_`|~ only.")
                             .arg(quotedShort(field.name))};
        }
        if (std::any_of(field.value.begin(), field.value.end(), isSeparator)) {
            return Error{QCoreApplication::translate(
                             "Handshake", "The value of the header %1 holds a line break or a NUL, which would "
                                          "end the header early. Remove it.")
                             .arg(quotedShort(field.name))};
        }
    }
    return {};
}

Result<> checkSubprotocols(const QStringList &subprotocols)
{
    QSet<QString> seen;
    for (const QString &subprotocol : subprotocols) {
        if (!isHttpToken(subprotocol.toUtf8())) {
            return Error{QCoreApplication::translate("Handshake",
                                                     "The subprotocol %1 cannot be offered. Use letters, digits and "
                                                     "!#$%&'*+-.^_`|~ only.")
                             .arg(quotedShort(subprotocol.toUtf8()))};
        }
        if (seen.contains(subprotocol)) {
            return Error{QCoreApplication::translate("Handshake", "The subprotocol %1 is listed twice. Remove one.")
                             .arg(quotedShort(subprotocol.toUtf8()))};
        }
        seen.insert(subprotocol);
    }
    return {};
}

QByteArray composeRequest(const HandshakeRequest &request)
{
    QByteArray bytes = "GET " + request.target + " HTTP/1.1\r\n";
    for (const HeaderField &field : requestFields(request))
        bytes += field.name + ": " + field.value + "\r\n";
    return bytes += "\r\n";
}

QByteArray acceptFor(QByteArrayView key)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(key);
    hash.addData(QByteArrayView("258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
    return hash.result().toBase64();
}

bool HandshakeCheck::isFatal() const
{
    return !passed && rule != QStringLiteral("folding") && !rule.startsWith(QLatin1StringView("http.")) &&
           !rule.startsWith(QLatin1StringView("tls.")) && !isRemark();
}

bool HandshakeCheck::isRemark() const
{
    return !passed && isHandshakeRemark(rule);
}

bool HandshakeVerdict::accepted() const
{
    return !checks.isEmpty() && reason().isEmpty();
}

QString HandshakeVerdict::reason() const
{
    const auto failed = std::find_if(checks.begin(), checks.end(), [](const HandshakeCheck &c) { return c.isFatal(); });
    return failed == checks.end() ? QString() : failed->text;
}

HandshakeVerdict judgeReply(const HandshakeRequest &request, const HttpHead &reply, const Findings &lines)
{
    // Judged by what was sent: a user's header may have replaced the key or the offers.
    HttpHead sent;
    sent.fields = requestFields(request);
    std::optional<DeflateParameters> deflate;
    const HandshakeCheck extensions = checkExtensions(sent, reply, deflate);
    const QList<HandshakeCheck> checks{
        checkStatus(reply),       checkVersion(reply),           checkUpgrade(reply), checkConnection(reply),
        checkAccept(sent, reply), checkSubprotocol(sent, reply), extensions,          checkDuplicates(reply),
        checkFolding(reply)};
    return {.checks = checks + checkLines(lines) + handshakeRemarks(sent, reply, lines),
            .subprotocol = QString::fromUtf8(reply.value("Sec-WebSocket-Protocol").value_or(QByteArray())),
            .extensions = reply.values("Sec-WebSocket-Extensions").join(", "),
            .deflate = deflate};
}

} // namespace sockeye
