#include "wire/HttpAuthentication.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {
using Algorithm = QCryptographicHash::Algorithm;

struct DigestAlgorithm
{
    const char *name;
    Algorithm hash;
    bool isSession;
};
/// The strongest first.
constexpr std::array DigestAlgorithms{
    DigestAlgorithm{"SHA-256", Algorithm::Sha256, false}, DigestAlgorithm{"SHA-256-sess", Algorithm::Sha256, true},
    DigestAlgorithm{"MD5", Algorithm::Md5, false}, DigestAlgorithm{"MD5-sess", Algorithm::Md5, true}};

/// Places in DigestAlgorithms; its size for one that is none of these.
std::size_t algorithmOf(const HttpChallenge &challenge)
{
    // RFC 7616 section 3.3: MD5 where none is named.
    const QByteArray name = challenge.parameter("algorithm").value_or("MD5");
    const auto *const found =
        std::find_if(DigestAlgorithms.begin(), DigestAlgorithms.end(), [&name](const DigestAlgorithm &algorithm) {
            return name.compare(algorithm.name, Qt::CaseInsensitive) == 0;
        });
    return static_cast<std::size_t>(found - DigestAlgorithms.begin());
}

/// What goes back into a head must not begin a line of its own there.
bool isPlain(QByteArrayView bytes)
{
    return std::none_of(bytes.begin(), bytes.end(), [](char c) {
        const auto byte = static_cast<quint8>(c);
        return byte < 0x20 || byte == 0x7f;
    });
}

/// "auth" if it is offered, else "auth-int", which for a request without a body is hardly more; empty for a challenge
/// without qop (RFC 2069); nullopt for one that offers nothing of the kind.
std::optional<QByteArray> qopOf(const HttpChallenge &challenge)
{
    const auto offered = challenge.parameter("qop");
    if (!offered)
        return QByteArray();
    QList<QByteArray> values = offered->toLower().split(',');
    for (QByteArray &value : values)
        value = value.trimmed();
    for (const char *known : {"auth", "auth-int"}) {
        if (values.contains(known))
            return QByteArray(known);
    }
    return std::nullopt;
}

bool canAnswerDigest(const HttpChallenge &challenge)
{
    return challenge.is("Digest") && challenge.parameter("nonce") && challenge.parameter("realm") &&
           algorithmOf(challenge) < DigestAlgorithms.size() && qopOf(challenge) &&
           std::all_of(challenge.parameters.begin(), challenge.parameters.end(),
                       [](const auto &parameter) { return isPlain(parameter.second); });
}

const HttpChallenge *strongestDigest(const QList<HttpChallenge> &challenges)
{
    const HttpChallenge *best = nullptr;
    for (const HttpChallenge &challenge : challenges) {
        if (canAnswerDigest(challenge) && (!best || algorithmOf(challenge) < algorithmOf(*best)))
            best = &challenge;
    }
    return best;
}

QByteArray quoted(QByteArrayView text)
{
    QByteArray out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

/// RFC 7616 section 3.4.
QByteArray digestAnswer(const HttpChallenge &challenge, const HttpCredentials &credentials,
                        const ChallengedRequest &request)
{
    const DigestAlgorithm &algorithm = DigestAlgorithms[algorithmOf(challenge)];
    const auto hash = [&algorithm](const QByteArray &text) {
        return QCryptographicHash::hash(text, algorithm.hash).toHex();
    };
    const QByteArray user = credentials.user.toUtf8();
    const QByteArray realm = challenge.parameter("realm").value_or(QByteArray());
    const QByteArray nonce = challenge.parameter("nonce").value_or(QByteArray());
    const QByteArray qop = qopOf(challenge).value_or(QByteArray());
    // A nonce is used once here: each request is made anew.
    const QByteArray count = "00000001";

    QByteArray first = hash(user + ':' + realm + ':' + credentials.password.toUtf8());
    if (algorithm.isSession)
        first = hash(first + ':' + nonce + ':' + request.cnonce);
    const QByteArray body = qop == "auth-int" ? ':' + hash({}) : QByteArray();
    const QByteArray second = hash(request.method + ':' + request.target + body);
    const QByteArray middle = qop.isEmpty() ? nonce : nonce + ':' + count + ':' + request.cnonce + ':' + qop;
    const QByteArray response = hash(first + ':' + middle + ':' + second);

    QByteArray value = "Digest username=" + quoted(user) + ", realm=" + quoted(realm) + ", nonce=" + quoted(nonce) +
                       ", uri=" + quoted(request.target);
    if (challenge.parameter("algorithm"))
        value += QByteArray(", algorithm=") + algorithm.name;
    value += ", response=\"" + response + '"';
    if (!qop.isEmpty())
        value += ", qop=" + qop + ", nc=" + count;
    if (!qop.isEmpty() || algorithm.isSession)
        value += ", cnonce=" + quoted(request.cnonce);
    if (const auto opaque = challenge.parameter("opaque"))
        value += ", opaque=" + quoted(*opaque);
    return value;
}

bool isStale(const HttpChallenge &challenge)
{
    return challenge.parameter("stale").value_or(QByteArray()).compare("true", Qt::CaseInsensitive) == 0;
}
} // namespace

QByteArray basicCredentials(const QString &user, const QString &password)
{
    return "Basic " + (user + u':' + password).toUtf8().toBase64();
}

QByteArray newCnonce()
{
    std::array<quint32, 4> bits{};
    QRandomGenerator::system()->fillRange(bits.data(), bits.size());
    return QByteArrayView(reinterpret_cast<const char *>(bits.data()), sizeof bits).toByteArray().toHex();
}

std::optional<QByteArray> answerChallenges(const QList<HttpChallenge> &challenges, const HttpCredentials &credentials,
                                           const ChallengedRequest &request)
{
    if (credentials.isEmpty())
        return std::nullopt;
    const bool wasDigest = request.previous.startsWith("Digest ");
    const bool wasBasic = request.previous.startsWith("Basic ");
    // Who refused Digest knows the user and another password: Basic would only give ours away.
    if (const HttpChallenge *digest = strongestDigest(challenges);
        digest && isPlain(credentials.user.toUtf8()) && (!wasDigest || isStale(*digest)))
        return digestAnswer(*digest, credentials, request);
    const bool offersBasic = std::any_of(challenges.begin(), challenges.end(),
                                         [](const HttpChallenge &challenge) { return challenge.is("Basic"); });
    // RFC 7617 section 2: the first colon ends the user.
    if (!offersBasic || wasBasic || wasDigest || credentials.user.contains(u':'))
        return std::nullopt;
    return basicCredentials(credentials.user, credentials.password);
}

bool canAnswer(const QList<HttpChallenge> &challenges)
{
    return std::any_of(challenges.begin(), challenges.end(), [](const HttpChallenge &challenge) {
        return challenge.is("Basic") || canAnswerDigest(challenge);
    });
}

} // namespace sockeye
