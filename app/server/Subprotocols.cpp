#include "server/Subprotocols.h"

#include "wire/HttpHead.h"

#include <algorithm>

namespace sockeye {

QByteArray chooseSubprotocol(const QList<QByteArray> &offered, const QList<QByteArray> &supported)
{
    const QList<QByteArray> &preferred = supported.isEmpty() ? offered : supported;
    const auto chosen = std::find_if(preferred.cbegin(), preferred.cend(), [&offered](const QByteArray &name) {
        return isHttpToken(name) && offered.contains(name);
    });
    return chosen == preferred.cend() ? QByteArray() : *chosen;
}

} // namespace sockeye
