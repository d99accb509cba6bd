#pragma once

#include "base/StrongId.h"

#include <QByteArrayView>
#include <QString>

#include <array>

namespace sockeye {

/// The forms in which bytes of the hex view can be copied.
enum class CopyForm : quint8 {
    Hex,
    Text,
    CArray,
    CppArray,
    Rust,
    Go,
    Python,
    Java,
    JavaScript,
    Base64,
    Hexdump,
    DataUrl
};

/// Hex: "68 65 61"; Text: as UTF-8; the languages: a variable named "data", 12 bytes a line; Hexdump: rows of 16 as
/// hexdump -C has them, the first of them at `offset`.
[[nodiscard]] QString copyText(QByteArrayView bytes, CopyForm form, ByteOffset offset = {});

/// The forms that a menu has besides Hex and Text.
inline constexpr std::array otherCopyForms{
    CopyForm::CArray, CopyForm::CppArray,   CopyForm::Rust,   CopyForm::Go,      CopyForm::Python,
    CopyForm::Java,   CopyForm::JavaScript, CopyForm::Base64, CopyForm::Hexdump, CopyForm::DataUrl};
/// What a menu calls it.
[[nodiscard]] QString copyFormName(CopyForm form);

} // namespace sockeye
