#pragma once

#include "base/Result.h"
#include "document/ComposerDraft.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace sockeye {

/// The bytes that a text stands for in a form, or what is wrong with it and where. Text and JSON are sent as
/// typed; half of a surrogate pair has no UTF-8 form, and is named.
[[nodiscard]] Result<QByteArray> payloadBytes(PayloadType type, const QString &text);
/// The bytes written in a form; nullopt if that is impossible, as for bytes that are not UTF-8 in a text.
[[nodiscard]] std::optional<QString> payloadText(PayloadType type, const QByteArray &bytes);
/// Whether the form is sent as a text message.
[[nodiscard]] bool isSentAsText(PayloadType type);

} // namespace sockeye
