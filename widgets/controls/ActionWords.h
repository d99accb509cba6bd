#pragma once

#include <QString>

namespace sockeye {

/// What an action or a menu is called, without the signs of its mnemonic ("&" before a letter; "&&" stands for an
/// ampersand) and without the dots that announce a dialog.
[[nodiscard]] inline QString actionWords(QString text)
{
    constexpr QChar Ampersand(1);
    return text.replace(QStringLiteral("&&"), Ampersand).remove(u'&').replace(Ampersand, u'&').remove(u'…');
}

} // namespace sockeye
