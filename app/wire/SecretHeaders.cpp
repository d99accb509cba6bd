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

} // namespace sockeye
