#include "explain/HeaderExplanations.h"

#include "explain/ExtensionExplanations.h"
#include "explain/StatusExplanations.h"

#include "base/Bytes.h"
#include "wire/Handshake.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

struct HeaderExplanationsWords
{
    Q_DECLARE_TR_FUNCTIONS(HeaderExplanations)
};

/// A value inside of a sentence: readable whatever it holds, and not a page of it.
QString quoted(const QByteArray &value)
{
    constexpr qsizetype maxShown = 80;
    const QString text = isValidUtf8(value) ? textFromUtf8(value) : QString::fromLatin1(value);
    return text.size() > maxShown ? u"“%1…”"_s.arg(text.first(maxShown)) : u"“%1”"_s.arg(text);
}

QString quotedList(const QList<QByteArray> &values)
{
    constexpr qsizetype maxShown = 8;
    QStringList texts;
    for (const QByteArray &value : values.first(std::min(values.size(), maxShown)))
        texts += quoted(value);
    if (values.size() > maxShown)
        texts += HeaderExplanationsWords::tr("%1 more").arg(values.size() - maxShown);
    return texts.join(u", "_s);
}

QList<QByteArray> tokensOf(const QByteArray &value)
{
    HttpHead head;
    head.fields = {{"x", value}};
    return head.tokens("x");
}

QByteArray firstWord(const QByteArray &value)
{
    return value.first(std::max<qsizetype>(0, value.indexOf(' ') < 0 ? value.size() : value.indexOf(' ')));
}

bool hasToken(const QByteArray &value, const char *token)
{
    const QList<QByteArray> tokens = tokensOf(value);
    return std::any_of(tokens.begin(), tokens.end(), [token](const QByteArray &candidate) {
        return candidate.compare(token, Qt::CaseInsensitive) == 0;
    });
}

Explanation upgrade(const QByteArray &value, const HeadContext &context)
{
    const bool good = hasToken(value, "websocket");
    // In a refusal (426) it is an offer.
    return {context.isReply
                ? HeaderExplanationsWords::tr("The protocol that the server changes to (in a refusal: that it wants).")
                : HeaderExplanationsWords::tr(
                      "Asks to change from HTTP to another protocol on this connection: WebSocket."),
            u"RFC 6455 4.1"_s, good ? QString() : HeaderExplanationsWords::tr("It must name “websocket”.")};
}

Explanation connection(const QByteArray &value, const HeadContext &)
{
    QStringList parts;
    for (const QByteArray &token : tokensOf(value)) {
        const QByteArray lower = token.toLower();
        if (lower == "upgrade")
            parts += HeaderExplanationsWords::tr("“%1”: the Upgrade header is meant for this hop")
                         .arg(QString::fromLatin1(token));
        else if (lower == "keep-alive")
            parts += HeaderExplanationsWords::tr("“%1”: leave TCP open, which goes without saying here")
                         .arg(QString::fromLatin1(token));
        else if (lower == "close")
            parts += HeaderExplanationsWords::tr("“%1”: TCP ends after this exchange").arg(QString::fromLatin1(token));
        else
            parts += HeaderExplanationsWords::tr("%1: a header of that name is meant for this hop").arg(quoted(token));
        if (parts.size() == 8)
            break;
    }
    return {parts.isEmpty()
                ? HeaderExplanationsWords::tr("Says what concerns this hop alone; it is empty.")
                : HeaderExplanationsWords::tr("Says what concerns this hop alone. %1.").arg(parts.join(u"; "_s)),
            u"RFC 9110 7.6.1"_s,
            {}};
}

Explanation key(const QByteArray &value, const HeadContext &)
{
    const auto decoded = QByteArray::fromBase64Encoding(value, QByteArray::AbortOnBase64DecodingErrors);
    const bool good = decoded && decoded.decoded.size() == 16;
    return {HeaderExplanationsWords::tr(
                "16 random bytes in Base64, new for every handshake. The server proves with %1 that it has read "
                "them.")
                .arg(quoted(acceptFor(value))),
            u"RFC 6455 4.1"_s, good ? QString() : HeaderExplanationsWords::tr("It must be 16 bytes in Base64.")};
}

Explanation accept(const QByteArray &value, const HeadContext &context)
{
    const auto sent = context.request.value("Sec-WebSocket-Key");
    const QByteArray expected = sent ? acceptFor(*sent) : QByteArray();
    return {HeaderExplanationsWords::tr(
                "The proof that the server has read this very request: SHA-1 over the key and a fixed GUID, in "
                "Base64."),
            u"RFC 6455 4.2.2"_s,
            !sent || value == expected
                ? QString()
                : HeaderExplanationsWords::tr("It is not the answer to our key; expected %1.").arg(quoted(expected))};
}

Explanation version(const QByteArray &value, const HeadContext &context)
{
    if (context.isReply) {
        return {HeaderExplanationsWords::tr("The versions of the protocol that the server speaks: %1.")
                    .arg(quotedList(tokensOf(value))),
                u"RFC 6455 4.4"_s,
                {}};
    }
    return {HeaderExplanationsWords::tr("The version of the protocol: 13 is RFC 6455, and the only one in use."),
            u"RFC 6455 4.1"_s, value == "13" ? QString() : HeaderExplanationsWords::tr("It must be 13.")};
}

Explanation subprotocol(const QByteArray &value, const HeadContext &context)
{
    if (!context.isReply) {
        return {HeaderExplanationsWords::tr(
                    "Offers what to speak inside of the messages, the most wanted first: %1. The server may "
                    "choose one.")
                    .arg(quotedList(tokensOf(value))),
                u"RFC 6455 1.9"_s,
                {}};
    }
    const bool offered = context.request.tokens("Sec-WebSocket-Protocol").contains(value);
    return {HeaderExplanationsWords::tr("The server chose to speak %1 inside of the messages.").arg(quoted(value)),
            u"RFC 6455 1.9"_s, offered ? QString() : HeaderExplanationsWords::tr("This was not offered.")};
}

Explanation extensions(const QByteArray &value, const HeadContext &context)
{
    const QList<QByteArray> tokens = tokensOf(value);
    const bool deflate = std::any_of(tokens.begin(), tokens.end(),
                                     [](const QByteArray &token) { return token.startsWith("permessage-deflate"); });
    return {extensionsExplanation(tokens, context.isReply), deflate ? u"RFC 7692 7.1"_s : u"RFC 6455 9.1"_s, {}};
}

Explanation cookie(const QByteArray &value, const HeadContext &)
{
    QList<QByteArray> names;
    for (const QByteArray &pair : value.split(';'))
        names += pair.first(pair.indexOf('=') < 0 ? pair.size() : pair.indexOf('=')).trimmed();
    return {HeaderExplanationsWords::tr("Gives cookies back to the server: %1.").arg(quotedList(names)),
            u"RFC 6265 4.2"_s,
            {}};
}

Explanation setCookie(const QByteArray &value, const HeadContext &)
{
    const QByteArray name = value.first(value.indexOf('=') < 0 ? value.size() : value.indexOf('='));
    return {HeaderExplanationsWords::tr("Asks the client to keep the cookie %1.").arg(quoted(name.trimmed())),
            u"RFC 6265 4.1"_s,
            {}};
}

Explanation authorization(const QByteArray &value, const HeadContext &)
{
    const QByteArray scheme = firstWord(value);
    if (scheme.compare("Basic", Qt::CaseInsensitive) == 0) {
        return {HeaderExplanationsWords::tr(
                    "Logs in with a name and password, which are merely written in Base64, not encrypted."),
                u"RFC 7617 2"_s,
                {}};
    }
    if (scheme.compare("Bearer", Qt::CaseInsensitive) == 0)
        return {
            HeaderExplanationsWords::tr("Logs in with a token: whoever bears it is let in."), u"RFC 6750 2.1"_s, {}};
    return {HeaderExplanationsWords::tr("Logs in by the scheme %1.").arg(quoted(scheme)), u"RFC 9110 11.6.2"_s, {}};
}

using Explain = Explanation (*)(const QByteArray &, const HeadContext &);

struct SpokenHeader
{
    const char *name;
    Explain explain;
};

/// Those whose value is interpreted.
constexpr std::array spokenHeaders{
    SpokenHeader{"upgrade", upgrade},
    SpokenHeader{"connection", connection},
    SpokenHeader{"sec-websocket-key", key},
    SpokenHeader{"sec-websocket-accept", accept},
    SpokenHeader{"sec-websocket-version", version},
    SpokenHeader{"sec-websocket-protocol", subprotocol},
    SpokenHeader{"sec-websocket-extensions", extensions},
    SpokenHeader{"cookie", cookie},
    SpokenHeader{"set-cookie", setCookie},
    SpokenHeader{"authorization", authorization},
};

struct PlainHeader
{
    const char *name;
    const char *text;
    const char *section;
};

/// Those of which one sentence says all; %1 is the value.
constexpr std::array plainHeaders{
    PlainHeader{"host",
                QT_TRANSLATE_NOOP("HeaderExplanations", "The server that is meant, as one address may serve many: %1."),
                "RFC 9110 7.2"},
    PlainHeader{"origin",
                QT_TRANSLATE_NOOP("HeaderExplanations",
                                  "The site on whose behalf this connects: %1. Browsers always say so, and "
                                  "servers refuse sites they do not know."),
                "RFC 6455 10.2"},
    PlainHeader{"user-agent", QT_TRANSLATE_NOOP("HeaderExplanations", "The program that asks: %1."), "RFC 9110 10.1.5"},
    PlainHeader{"server", QT_TRANSLATE_NOOP("HeaderExplanations", "The software that answered: %1."),
                "RFC 9110 10.2.4"},
    PlainHeader{"date", QT_TRANSLATE_NOOP("HeaderExplanations", "When the reply was made, by the server's clock."),
                "RFC 9110 6.6.1"},
    PlainHeader{"location", QT_TRANSLATE_NOOP("HeaderExplanations", "Where to go instead: %1."), "RFC 9110 10.2.2"},
    PlainHeader{"retry-after", QT_TRANSLATE_NOOP("HeaderExplanations", "When to try again: %1 (seconds, or a moment)."),
                "RFC 9110 10.2.3"},
    PlainHeader{"www-authenticate",
                QT_TRANSLATE_NOOP("HeaderExplanations", "How the server wants the client to log in: %1."),
                "RFC 9110 11.6.1"},
    PlainHeader{"proxy-authenticate",
                QT_TRANSLATE_NOOP("HeaderExplanations", "How the proxy wants the client to log in: %1."),
                "RFC 9110 11.7.1"},
    PlainHeader{"content-length", QT_TRANSLATE_NOOP("HeaderExplanations", "The body that follows is %1 bytes long."),
                "RFC 9110 8.6"},
    PlainHeader{"content-type", QT_TRANSLATE_NOOP("HeaderExplanations", "What the body is: %1."), "RFC 9110 8.3"},
    PlainHeader{"content-encoding", QT_TRANSLATE_NOOP("HeaderExplanations", "How the body is packed: %1."),
                "RFC 9110 8.4"},
    PlainHeader{"transfer-encoding", QT_TRANSLATE_NOOP("HeaderExplanations", "How the body is cut for its way: %1."),
                "RFC 9112 6.1"},
    PlainHeader{"cache-control",
                QT_TRANSLATE_NOOP("HeaderExplanations", "Whether the reply may be kept and used again: %1."),
                "RFC 9111 5.2"},
    PlainHeader{"pragma", QT_TRANSLATE_NOOP("HeaderExplanations", "The older way to forbid answers out of a cache."),
                "RFC 9111 5.4"},
    PlainHeader{"accept", QT_TRANSLATE_NOOP("HeaderExplanations", "Kinds of body that the client would take: %1."),
                "RFC 9110 12.5.1"},
    PlainHeader{"accept-encoding", QT_TRANSLATE_NOOP("HeaderExplanations", "How a body may be packed: %1."),
                "RFC 9110 12.5.3"},
    PlainHeader{"accept-language", QT_TRANSLATE_NOOP("HeaderExplanations", "Languages that the client prefers: %1."),
                "RFC 9110 12.5.4"},
    PlainHeader{"vary", QT_TRANSLATE_NOOP("HeaderExplanations", "What of the request the reply depends on: %1."),
                "RFC 9110 12.5.5"},
    PlainHeader{"via", QT_TRANSLATE_NOOP("HeaderExplanations", "The proxies that this passed: %1."), "RFC 9110 7.6.3"},
    PlainHeader{"allow", QT_TRANSLATE_NOOP("HeaderExplanations", "The methods that the resource knows: %1."),
                "RFC 9110 10.2.1"},
    PlainHeader{"strict-transport-security",
                QT_TRANSLATE_NOOP("HeaderExplanations", "Asks clients to come by TLS only from now on: %1."),
                "RFC 6797 6.1"},
    PlainHeader{"alt-svc", QT_TRANSLATE_NOOP("HeaderExplanations", "Other ways to reach the same service: %1."),
                "RFC 7838 3"},
};

struct SingleHeader
{
    const char *name;
    bool inRequest;
    bool inReply;
    const char *section;
};

constexpr std::array singleHeaders{
    SingleHeader{"host", true, true, "RFC 9112 3.2"},
    SingleHeader{"sec-websocket-key", true, true, "RFC 6455 11.3.1"},
    SingleHeader{"sec-websocket-accept", true, true, "RFC 6455 11.3.3"},
    SingleHeader{"sec-websocket-protocol", false, true, "RFC 6455 11.3.4"},
    SingleHeader{"sec-websocket-version", true, false, "RFC 6455 11.3.5"},
    SingleHeader{"origin", true, true, "RFC 6454 7.3"},
    SingleHeader{"content-length", true, true, "RFC 9110 8.6"},
    SingleHeader{"location", true, true, "RFC 9110 5.3"},
    SingleHeader{"date", true, true, "RFC 9110 5.3"},
};

} // namespace

Explanation headerExplanation(QByteArrayView name, const QByteArray &value, const HeadContext &context)
{
    const auto isIt = [name](const auto &header) { return name.compare(header.name, Qt::CaseInsensitive) == 0; };
    if (const auto *spoken = std::find_if(spokenHeaders.begin(), spokenHeaders.end(), isIt);
        spoken != spokenHeaders.end())
        return spoken->explain(value, context);
    if (const auto *plain = std::find_if(plainHeaders.begin(), plainHeaders.end(), isIt); plain != plainHeaders.end()) {
        QString text = QCoreApplication::translate("HeaderExplanations", plain->text);
        if (text.contains(u"%1"))
            text = text.arg(QByteArrayView(plain->name) == "content-length"
                                ? QString::fromLatin1(value.first(std::min<qsizetype>(value.size(), 20)))
                                : quoted(value));
        return {text, QLatin1String(plain->section), {}};
    }
    return {HeaderExplanationsWords::tr("Not part of the WebSocket handshake."), {}, {}};
}

Explanation startLineExplanation(const HttpHead &head, const HeadContext &context)
{
    if (context.isReply)
        return statusExplanation(head.status());
    const QList<QByteArray> words = head.startLine.split(' ');
    const QByteArray target = words.size() > 1 ? words[1] : QByteArray();
    return {HeaderExplanationsWords::tr("Asks for the resource %1. A WebSocket begins as a GET request of HTTP/1.1.")
                .arg(quoted(target)),
            u"RFC 6455 4.1"_s,
            words.front() == "GET" && head.startLine.endsWith(" HTTP/1.1")
                ? QString()
                : HeaderExplanationsWords::tr("It must be a GET of HTTP/1.1.")};
}

QString singleHeaderSection(QByteArrayView name, bool isReply)
{
    const auto *const found = std::find_if(singleHeaders.begin(), singleHeaders.end(), [&](const SingleHeader &header) {
        return (isReply ? header.inReply : header.inRequest) && name.compare(header.name, Qt::CaseInsensitive) == 0;
    });
    return found == singleHeaders.end() ? QString() : QString(QLatin1String(found->section));
}

} // namespace sockeye
