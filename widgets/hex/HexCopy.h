#pragma once

#include <QByteArrayView>
#include <QString>

namespace sockeye {

/// The forms in which bytes of the hex view can be copied.
enum class CopyForm : quint8 { Hex, Text, CArray, Base64 };

/// Hex: "68 65 61"; Text: as UTF-8; CArray: "unsigned char data[3] = {\n    0x68, 0x65, 0x61\n};", 12 a line.
[[nodiscard]] QString copyText(QByteArrayView bytes, CopyForm form);

} // namespace sockeye
