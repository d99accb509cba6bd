#pragma once

#include "wire/HttpChallenge.h"

namespace sockeye {

/// Who asks, for a server or a proxy that wants to know.
struct HttpCredentials
{
    QString user;
    QString password;

    [[nodiscard]] bool isEmpty() const { return user.isEmpty() && password.isEmpty(); }
    friend bool operator==(const HttpCredentials &, const HttpCredentials &) = default;
};

/// The request that an answer to a challenge is made for.
struct ChallengedRequest
{
    QByteArray method = "GET";
    /// As in the request line.
    QByteArray target = "/";
    /// Random, for Digest (RFC 7616 section 3.4); see newCnonce().
    QByteArray cnonce;
    /// The Authorization or Proxy-Authorization that the challenged request had; empty for none.
    QByteArray previous;
};

/// "Basic bWU6c2VjcmV0": an Authorization's value (RFC 7617 section 2, in UTF-8).
[[nodiscard]] QByteArray basicCredentials(const QString &user, const QString &password);
/// 128 random bits.
[[nodiscard]] QByteArray newCnonce();

/// The value of Authorization or Proxy-Authorization that answers the challenges: Digest (RFC 7616: SHA-256 and MD5,
/// their -sess forms, with and without qop), else Basic. nullopt if none of them can be answered, or if the answer
/// would only repeat what was refused already: after Digest, only a nonce that has become stale is another chance.
[[nodiscard]] std::optional<QByteArray> answerChallenges(const QList<HttpChallenge> &challenges,
                                                         const HttpCredentials &credentials,
                                                         const ChallengedRequest &request);
/// Whether one of them could be answered, given credentials.
[[nodiscard]] bool canAnswer(const QList<HttpChallenge> &challenges);

} // namespace sockeye
