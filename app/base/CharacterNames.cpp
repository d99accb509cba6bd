#include "base/CharacterNames.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace sockeye {
namespace {

struct CharacterNames
{
    Q_DECLARE_TR_FUNCTIONS(CharacterNames)
};

struct NamedCharacter
{
    char32_t c;
    const char *name;
};

constexpr std::array names{NamedCharacter{0x00, QT_TRANSLATE_NOOP("CharacterNames", "null")},
                           NamedCharacter{0x07, QT_TRANSLATE_NOOP("CharacterNames", "bell")},
                           NamedCharacter{0x08, QT_TRANSLATE_NOOP("CharacterNames", "backspace")},
                           NamedCharacter{0x09, QT_TRANSLATE_NOOP("CharacterNames", "tab")},
                           NamedCharacter{0x0a, QT_TRANSLATE_NOOP("CharacterNames", "line feed")},
                           NamedCharacter{0x0b, QT_TRANSLATE_NOOP("CharacterNames", "vertical tab")},
                           NamedCharacter{0x0c, QT_TRANSLATE_NOOP("CharacterNames", "form feed")},
                           NamedCharacter{0x0d, QT_TRANSLATE_NOOP("CharacterNames", "carriage return")},
                           NamedCharacter{0x1b, QT_TRANSLATE_NOOP("CharacterNames", "escape")},
                           NamedCharacter{0x1e, QT_TRANSLATE_NOOP("CharacterNames", "record separator")},
                           NamedCharacter{0x1f, QT_TRANSLATE_NOOP("CharacterNames", "unit separator")},
                           NamedCharacter{0x7f, QT_TRANSLATE_NOOP("CharacterNames", "delete")},
                           NamedCharacter{0x85, QT_TRANSLATE_NOOP("CharacterNames", "next line")},
                           NamedCharacter{0xa0, QT_TRANSLATE_NOOP("CharacterNames", "no-break space")},
                           NamedCharacter{0xad, QT_TRANSLATE_NOOP("CharacterNames", "soft hyphen")},
                           NamedCharacter{0x034f, QT_TRANSLATE_NOOP("CharacterNames", "combining grapheme joiner")},
                           NamedCharacter{0x061c, QT_TRANSLATE_NOOP("CharacterNames", "Arabic letter mark")},
                           NamedCharacter{0x115f, QT_TRANSLATE_NOOP("CharacterNames", "Hangul choseong filler")},
                           NamedCharacter{0x1160, QT_TRANSLATE_NOOP("CharacterNames", "Hangul jungseong filler")},
                           NamedCharacter{0x1680, QT_TRANSLATE_NOOP("CharacterNames", "Ogham space mark")},
                           NamedCharacter{0x180e, QT_TRANSLATE_NOOP("CharacterNames", "Mongolian vowel separator")},
                           NamedCharacter{0x2002, QT_TRANSLATE_NOOP("CharacterNames", "en space")},
                           NamedCharacter{0x2003, QT_TRANSLATE_NOOP("CharacterNames", "em space")},
                           NamedCharacter{0x2007, QT_TRANSLATE_NOOP("CharacterNames", "figure space")},
                           NamedCharacter{0x2009, QT_TRANSLATE_NOOP("CharacterNames", "thin space")},
                           NamedCharacter{0x200a, QT_TRANSLATE_NOOP("CharacterNames", "hair space")},
                           NamedCharacter{0x200b, QT_TRANSLATE_NOOP("CharacterNames", "zero width space")},
                           NamedCharacter{0x200c, QT_TRANSLATE_NOOP("CharacterNames", "zero width non-joiner")},
                           NamedCharacter{0x200d, QT_TRANSLATE_NOOP("CharacterNames", "zero width joiner")},
                           NamedCharacter{0x200e, QT_TRANSLATE_NOOP("CharacterNames", "left-to-right mark")},
                           NamedCharacter{0x200f, QT_TRANSLATE_NOOP("CharacterNames", "right-to-left mark")},
                           NamedCharacter{0x2028, QT_TRANSLATE_NOOP("CharacterNames", "line separator")},
                           NamedCharacter{0x2029, QT_TRANSLATE_NOOP("CharacterNames", "paragraph separator")},
                           NamedCharacter{0x202a, QT_TRANSLATE_NOOP("CharacterNames", "left-to-right embedding")},
                           NamedCharacter{0x202b, QT_TRANSLATE_NOOP("CharacterNames", "right-to-left embedding")},
                           NamedCharacter{0x202c, QT_TRANSLATE_NOOP("CharacterNames", "pop directional formatting")},
                           NamedCharacter{0x202d, QT_TRANSLATE_NOOP("CharacterNames", "left-to-right override")},
                           NamedCharacter{0x202e, QT_TRANSLATE_NOOP("CharacterNames", "right-to-left override")},
                           NamedCharacter{0x202f, QT_TRANSLATE_NOOP("CharacterNames", "narrow no-break space")},
                           NamedCharacter{0x2060, QT_TRANSLATE_NOOP("CharacterNames", "word joiner")},
                           NamedCharacter{0x2061, QT_TRANSLATE_NOOP("CharacterNames", "function application")},
                           NamedCharacter{0x2062, QT_TRANSLATE_NOOP("CharacterNames", "invisible times")},
                           NamedCharacter{0x2063, QT_TRANSLATE_NOOP("CharacterNames", "invisible separator")},
                           NamedCharacter{0x2064, QT_TRANSLATE_NOOP("CharacterNames", "invisible plus")},
                           NamedCharacter{0x2066, QT_TRANSLATE_NOOP("CharacterNames", "left-to-right isolate")},
                           NamedCharacter{0x2067, QT_TRANSLATE_NOOP("CharacterNames", "right-to-left isolate")},
                           NamedCharacter{0x2068, QT_TRANSLATE_NOOP("CharacterNames", "first strong isolate")},
                           NamedCharacter{0x2069, QT_TRANSLATE_NOOP("CharacterNames", "pop directional isolate")},
                           NamedCharacter{0x2800, QT_TRANSLATE_NOOP("CharacterNames", "braille pattern blank")},
                           NamedCharacter{0x3000, QT_TRANSLATE_NOOP("CharacterNames", "ideographic space")},
                           NamedCharacter{0x3164, QT_TRANSLATE_NOOP("CharacterNames", "Hangul filler")},
                           NamedCharacter{0xfeff, QT_TRANSLATE_NOOP("CharacterNames", "byte order mark")},
                           NamedCharacter{0xffa0, QT_TRANSLATE_NOOP("CharacterNames", "halfwidth Hangul filler")},
                           NamedCharacter{0xfffc, QT_TRANSLATE_NOOP("CharacterNames", "object replacement character")}};

bool isNonCharacter(char16_t c)
{
    return (c >= 0xfdd0 && c <= 0xfdef) || c >= 0xfffe;
}

} // namespace

QString characterName(char32_t c)
{
    const QString code = QStringLiteral("U+%1").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0')).toUpper();
    const auto *found = std::ranges::find(names, c, &NamedCharacter::c);
    if (found != names.end())
        return code + u' ' + CharacterNames::tr(found->name);
    if (c <= 0xffff && isNonCharacter(static_cast<char16_t>(c)))
        return CharacterNames::tr("%1, a noncharacter").arg(code);
    return QChar::isSurrogate(c) ? CharacterNames::tr("%1, half of a surrogate pair").arg(code) : code;
}

bool isLoneSurrogate(QStringView text, qsizetype at)
{
    if (text[at].isHighSurrogate())
        return at + 1 >= text.size() || !text[at + 1].isLowSurrogate();
    return text[at].isLowSurrogate() && (at == 0 || !text[at - 1].isHighSurrogate());
}

qsizetype findLoneSurrogate(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].isSurrogate() && isLoneSurrogate(text, i))
            return i;
    }
    return -1;
}

} // namespace sockeye
