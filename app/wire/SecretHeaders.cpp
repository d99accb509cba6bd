#include "wire/SecretHeaders.h"

#include <QByteArray>

#include <algorithm>
#include <array>

namespace sockeye {

bool isSecretHeader(QByteArrayView name)
{
    static constexpr std::array names{"authorization", "proxy-authorization", "cookie", "set-cookie"};
    static constexpr std::array parts{"token", "secret", "password", "api-key", "apikey"};
    const QByteArray lower = name.toByteArray().toLower();
    const auto isName = [&lower](const char *other) { return lower == other; };
    const auto isPart = [&lower](const char *part) { return lower.contains(part); };
    return std::any_of(names.begin(), names.end(), isName) || std::any_of(parts.begin(), parts.end(), isPart);
}

bool isSecretSubprotocol(QByteArrayView subprotocol)
{
    static constexpr std::array words{"token",  "secret", "password",      "api-key",
                                      "apikey", "bearer", "authorization", "jwt"};
    const QByteArray lower = subprotocol.toByteArray().toLower();
    if (std::any_of(words.begin(), words.end(), [&lower](const char *word) { return lower.contains(word); }))
        return true;
    // "eyJ" begins a JSON object in base64; no subprotocol that is registered has capitals and digits in so long a
    // name.
    constexpr qsizetype LongName = 20;
    if (subprotocol.size() < LongName)
        return false;
    const auto has = [subprotocol](char from, char to) {
        return std::any_of(subprotocol.begin(), subprotocol.end(), [=](char c) { return c >= from && c <= to; });
    };
    const auto isHex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return (has('0', '9') && has('A', 'Z') && has('a', 'z')) || std::all_of(lower.begin(), lower.end(), isHex);
}

} // namespace sockeye
