#pragma once

#include "wire/HttpHead.h"

#include <QString>

#include <utility>

namespace sockeye {

/// One way in which a server or a proxy lets itself be shown who asks (RFC 9110 section 11.3): a challenge of
/// WWW-Authenticate or Proxy-Authenticate.
struct HttpChallenge
{
    /// "Basic", "Digest", "NTLM", ... as it was written; schemes compare without case.
    QByteArray scheme;
    /// Names in lower case, values without their quotes.
    QList<std::pair<QByteArray, QByteArray>> parameters;

    [[nodiscard]] bool is(QByteArrayView name) const { return scheme.compare(name, Qt::CaseInsensitive) == 0; }
    /// nullopt for one that is not there.
    [[nodiscard]] std::optional<QByteArray> parameter(QByteArrayView name) const;

    friend bool operator==(const HttpChallenge &, const HttpChallenge &) = default;
};

/// The challenges in all fields of that name, in order. What cannot be read as one is skipped.
[[nodiscard]] QList<HttpChallenge> challengesIn(const HttpHead &reply, QByteArrayView field);
/// "Digest (SHA-256, realm “cam”), NTLM": for people, cut short where it is long. Empty for none.
[[nodiscard]] QString challengesText(const QList<HttpChallenge> &challenges);

} // namespace sockeye
