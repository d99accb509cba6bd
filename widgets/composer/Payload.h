#pragma once

#include "widgets/composer/Composer.h"

#include <optional>

namespace sockeye {

/// The bytes meant by what is written in a form, or what is wrong with it and where. Text and JSON are sent as typed.
[[nodiscard]] Result<QByteArray> payloadBytes(Composer::PayloadType type, const QString &text);
/// The bytes written in a form; nullopt if they cannot be, as with bytes that are no UTF-8 in a text.
[[nodiscard]] std::optional<QString> payloadText(Composer::PayloadType type, const QByteArray &bytes);
/// Whether the form is sent as a text message.
[[nodiscard]] bool isSentAsText(Composer::PayloadType type);

} // namespace sockeye
