#include "wire/HttpChallenge.h"

#include "base/Bytes.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace sockeye {

namespace {
struct HttpChallengeWords
{
    Q_DECLARE_TR_FUNCTIONS(HttpChallenge)
};

/// Of the challenges of a head, and of a realm's characters, what a message shows.
constexpr qsizetype MaxShown = 8;
constexpr qsizetype MaxRealm = 60;

QByteArrayView skipBlanks(QByteArrayView text)
{
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    return text;
}

/// The word at the front, up to a blank or an equals sign.
QByteArrayView wordOf(QByteArrayView text)
{
    const auto *const end = std::find_if(text.begin(), text.end(), [](char c) { return isBlank(c) || c == '='; });
    return text.first(end - text.begin());
}

/// RFC 9110 section 5.6.4; a token is its own value.
QByteArray unquoted(QByteArrayView text)
{
    if (!text.startsWith('"'))
        return text.toByteArray();
    QByteArray value;
    for (qsizetype i = 1; i < text.size() && text[i] != '"'; ++i) {
        if (text[i] == '\\' && i + 1 < text.size())
            ++i;
        value += text[i];
    }
    return value;
}

/// "name = value" taken apart; nullopt for a text that is none, such as the token68 of Negotiate ("YII=").
std::optional<std::pair<QByteArray, QByteArray>> parameterIn(QByteArrayView text)
{
    const QByteArrayView name = wordOf(text);
    const QByteArrayView rest = skipBlanks(text.sliced(name.size()));
    if (!isHttpToken(name) || !rest.startsWith('='))
        return std::nullopt;
    const QByteArrayView value = skipBlanks(rest.sliced(1));
    if (value.isEmpty() || value.startsWith('='))
        return std::nullopt;
    return std::pair(name.toByteArray().toLower(), unquoted(value));
}

QString shownText(const HttpChallenge &challenge)
{
    QStringList details;
    if (challenge.is("Digest"))
        details += QString::fromLatin1(challenge.parameter("algorithm").value_or("MD5").left(20));
    if (const auto realm = challenge.parameter("realm"); realm && !realm->isEmpty()) {
        QString name = textFromUtf8(*realm).simplified();
        if (name.size() > MaxRealm)
            name = name.left(MaxRealm) + u'…';
        details += HttpChallengeWords::tr("realm “%1”").arg(name);
    }
    const QString scheme = QString::fromLatin1(challenge.scheme.left(40));
    return details.isEmpty() ? scheme : QStringLiteral("%1 (%2)").arg(scheme, details.join(QStringLiteral(", ")));
}
} // namespace

std::optional<QByteArray> HttpChallenge::parameter(QByteArrayView name) const
{
    for (const auto &[key, value] : parameters) {
        if (key == name)
            return value;
    }
    return std::nullopt;
}

QList<HttpChallenge> challengesIn(const HttpHead &reply, QByteArrayView field)
{
    QList<HttpChallenge> challenges;
    // Both the challenges and the parameters of each are separated by commas (RFC 9110 section 11.6.1): a part that
    // begins with "name=" belongs to the challenge before it.
    const QList<QByteArray> parts = reply.tokens(field);
    for (const QByteArray &part : parts) {
        const QByteArrayView word = wordOf(part);
        const QByteArrayView rest = skipBlanks(QByteArrayView(part).sliced(word.size()));
        if (rest.startsWith('=')) {
            if (const auto parameter = parameterIn(part); parameter && !challenges.isEmpty())
                challenges.last().parameters += *parameter;
            continue;
        }
        if (!isHttpToken(word))
            continue;
        challenges += HttpChallenge{word.toByteArray(), {}};
        if (const auto parameter = parameterIn(rest))
            challenges.last().parameters += *parameter;
    }
    return challenges;
}

QString challengesText(const QList<HttpChallenge> &challenges)
{
    QStringList shown;
    for (const HttpChallenge &challenge : challenges.first(std::min(challenges.size(), MaxShown)))
        shown += shownText(challenge);
    if (challenges.size() > MaxShown)
        shown += QStringLiteral("…");
    shown.removeDuplicates();
    return shown.join(QStringLiteral(", "));
}

} // namespace sockeye
