#pragma once

#include <QByteArrayView>
#include <QList>

namespace sockeye {

/// The strings among the elements of a JSON array, as UTF-8: messages that SockJS carries inside of JSON strings. Empty
/// for what is no array, or no JSON.
[[nodiscard]] QByteArrayList jsonStrings(QByteArrayView array);

} // namespace sockeye
