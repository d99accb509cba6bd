// What a reply's status and extensions say, for HeaderWords.h.
#include "explain/HeaderWords.h"

#include "base/Bytes.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(HeaderWords)
};

struct StatusWords
{
    int status;
    const char *text;
    const char *section;
};

constexpr std::array statuses{
    StatusWords{101, QT_TRANSLATE_NOOP("HeaderWords", "The server changes the protocol: from here on it is WebSocket."),
                "RFC 6455 4.2.2"},
    StatusWords{200,
                QT_TRANSLATE_NOOP("HeaderWords", "The server answered as to a plain request: this address is no "
                                                 "WebSocket endpoint, or something on the way took Upgrade off."),
                "RFC 9110 15.3.1"},
    StatusWords{301, QT_TRANSLATE_NOOP("HeaderWords", "The endpoint has moved for good; Location says where to."),
                "RFC 9110 15.4.2"},
    StatusWords{302, QT_TRANSLATE_NOOP("HeaderWords", "The endpoint is elsewhere for now; Location says where."),
                "RFC 9110 15.4.3"},
    StatusWords{303, QT_TRANSLATE_NOOP("HeaderWords", "The answer is at another address; Location says where."),
                "RFC 9110 15.4.4"},
    StatusWords{307, QT_TRANSLATE_NOOP("HeaderWords", "The endpoint is elsewhere for now; Location says where."),
                "RFC 9110 15.4.8"},
    StatusWords{308, QT_TRANSLATE_NOOP("HeaderWords", "The endpoint has moved for good; Location says where to."),
                "RFC 9110 15.4.9"},
    StatusWords{400,
                QT_TRANSLATE_NOOP("HeaderWords", "The server did not understand the request, or lacks a header in "
                                                 "it."),
                "RFC 9110 15.5.1"},
    StatusWords{401, QT_TRANSLATE_NOOP("HeaderWords", "A log-in is wanted; WWW-Authenticate says how."),
                "RFC 9110 15.5.2"},
    StatusWords{403,
                QT_TRANSLATE_NOOP("HeaderWords", "The server understood and refuses; the Origin or the log-in may "
                                                 "not be what it allows."),
                "RFC 9110 15.5.4"},
    StatusWords{404, QT_TRANSLATE_NOOP("HeaderWords", "Nothing is at this path."), "RFC 9110 15.5.5"},
    StatusWords{405, QT_TRANSLATE_NOOP("HeaderWords", "The resource does not take GET, so it is no WebSocket."),
                "RFC 9110 15.5.6"},
    StatusWords{407, QT_TRANSLATE_NOOP("HeaderWords", "The proxy wants a log-in."), "RFC 9110 15.5.8"},
    StatusWords{408, QT_TRANSLATE_NOOP("HeaderWords", "The request took too long for the server."), "RFC 9110 15.5.9"},
    StatusWords{410, QT_TRANSLATE_NOOP("HeaderWords", "The endpoint is gone for good."), "RFC 9110 15.5.11"},
    StatusWords{421, QT_TRANSLATE_NOOP("HeaderWords", "This server does not serve the host that was asked for."),
                "RFC 9110 15.5.20"},
    StatusWords{426,
                QT_TRANSLATE_NOOP("HeaderWords", "Another protocol or version is wanted; Upgrade or "
                                                 "Sec-WebSocket-Version says which."),
                "RFC 6455 4.2.2"},
    StatusWords{429,
                QT_TRANSLATE_NOOP("HeaderWords", "Too many requests in a short time; Retry-After may say how long "
                                                 "to wait."),
                "RFC 6585 4"},
    StatusWords{431, QT_TRANSLATE_NOOP("HeaderWords", "The request's headers are too large for the server."),
                "RFC 6585 5"},
    StatusWords{500, QT_TRANSLATE_NOOP("HeaderWords", "The server failed within."), "RFC 9110 15.6.1"},
    StatusWords{501, QT_TRANSLATE_NOOP("HeaderWords", "The server cannot do what was asked."), "RFC 9110 15.6.2"},
    StatusWords{502,
                QT_TRANSLATE_NOOP("HeaderWords", "The proxy got no sensible answer from the server behind it; it "
                                                 "may not pass WebSocket on."),
                "RFC 9110 15.6.3"},
    StatusWords{503, QT_TRANSLATE_NOOP("HeaderWords", "The service is overloaded or down for now."), "RFC 9110 15.6.4"},
    StatusWords{504, QT_TRANSLATE_NOOP("HeaderWords", "The server behind the proxy did not answer in time."),
                "RFC 9110 15.6.5"},
};

QString statusClass(int status)
{
    switch (status / 100) {
    case 1:
        return Words::tr("An interim answer, which is not the change of protocol.");
    case 2:
        return Words::tr("The server answered as to a plain request, without WebSocket.");
    case 3:
        return Words::tr("The server points elsewhere.");
    case 4:
        return Words::tr("The server refuses: by its word the request is at fault.");
    case 5:
        return Words::tr("The server refuses: by its own word it is at fault.");
    default:
        return Words::tr("This status means nothing that is known.");
    }
}

QString parameterMeaning(const QByteArray &parameter, bool isReply)
{
    const qsizetype equals = parameter.indexOf('=');
    const QByteArray name = parameter.first(equals < 0 ? parameter.size() : equals).trimmed();
    QByteArray value = equals < 0 ? QByteArray() : parameter.sliced(equals + 1).trimmed();
    if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
        value = value.sliced(1, value.size() - 2);
    const QString bits = textFromUtf8(value.first(std::min<qsizetype>(value.size(), 20)));
    if (name == "server_no_context_takeover")
        return Words::tr("the server compresses each message by itself");
    if (name == "client_no_context_takeover")
        return Words::tr("the client compresses each message by itself");
    if (name == "server_max_window_bits")
        return Words::tr("the server looks back over 2^%1 bytes at most").arg(bits);
    if (name == "client_max_window_bits")
        return value.isEmpty() && !isReply ? Words::tr("the server may limit how far the client looks back")
                                           : Words::tr("the client looks back over 2^%1 bytes at most").arg(bits);
    return Words::tr("“%1”: not a parameter that is known")
        .arg(textFromUtf8(parameter.first(std::min<qsizetype>(parameter.size(), 60))));
}

QString extensionMeaning(const QByteArray &extension, bool isReply)
{
    const QList<QByteArray> parts = extension.split(';');
    const QString name = textFromUtf8(parts.front().trimmed());
    if (parts.front().trimmed() != "permessage-deflate")
        return Words::tr("“%1” is an extension that Sockeye does not know.").arg(name.left(60));
    QStringList parameters;
    for (const QByteArray &part : parts.sliced(1, std::min<qsizetype>(parts.size() - 1, 8)))
        parameters += parameterMeaning(part.trimmed(), isReply);
    const QString what = isReply ? Words::tr("messages may be compressed (permessage-deflate)")
                                 : Words::tr("offers to compress messages (permessage-deflate)");
    return parameters.isEmpty() ? what : u"%1: %2"_s.arg(what, parameters.join(u"; "_s));
}

} // namespace

HeaderMeaning statusMeaning(int status)
{
    const auto *const found = std::find_if(statuses.begin(), statuses.end(),
                                           [status](const StatusWords &words) { return words.status == status; });
    if (found != statuses.end()) {
        return {QCoreApplication::translate("HeaderWords", found->text), QLatin1String(found->section),
                status == 101 ? QString() : Words::tr("Only status 101 begins a WebSocket.")};
    }
    return {statusClass(status), u"RFC 9110 15"_s, Words::tr("Only status 101 begins a WebSocket.")};
}

QString extensionsMeaning(const QList<QByteArray> &extensions, bool isReply)
{
    QStringList sentences;
    for (const QByteArray &extension : extensions.first(std::min<qsizetype>(extensions.size(), 8))) {
        QString sentence = extensionMeaning(extension, isReply);
        sentence[0] = sentence[0].toUpper();
        sentences += sentence.endsWith(u'.') ? sentence : sentence + u'.';
    }
    return sentences.isEmpty() ? Words::tr("Names extensions; it is empty.") : sentences.join(u' ');
}

} // namespace sockeye
