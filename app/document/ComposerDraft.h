#pragma once

#include <QString>

namespace sockeye {

/// How a payload is written down: the form in which it is typed, or where it comes from.
enum class PayloadType : quint8 { Text, Json, Hex, Base64, File, Raw };

/// A message that has been written and not sent.
struct ComposerDraft
{
    PayloadType type = PayloadType::Text;
    /// The form of the text, also while a file or a raw frame is shown.
    PayloadType written = PayloadType::Text;
    QString text;
    /// The path of the file to send.
    QString file;

    friend bool operator==(const ComposerDraft &, const ComposerDraft &) = default;
};

} // namespace sockeye
