#include "widgets/controls/CharacterPictures.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace sockeye {
namespace {

constexpr char16_t Delete = 0x7f;
constexpr char16_t NextLine = 0x85;
constexpr char16_t ByteOrderMark = 0xfeff;
constexpr char16_t ObjectReplacement = 0xfffc;
constexpr char16_t ControlPictures = 0x2400;
constexpr char16_t DeletePicture = 0x2421;
constexpr char16_t NextLinePicture = 0x21b5;
constexpr char16_t LineSeparatorPicture = 0x2193;
constexpr char16_t ParagraphPicture = 0x00b6;
constexpr char16_t Box = 0x25a1;

struct CharacterPictures
{
    Q_DECLARE_TR_FUNCTIONS(CharacterPictures)
};

struct NamedCharacter
{
    char32_t c;
    const char *name;
};

constexpr std::array names{
    NamedCharacter{0x00, QT_TRANSLATE_NOOP("CharacterPictures", "null")},
    NamedCharacter{0x07, QT_TRANSLATE_NOOP("CharacterPictures", "bell")},
    NamedCharacter{0x08, QT_TRANSLATE_NOOP("CharacterPictures", "backspace")},
    NamedCharacter{0x09, QT_TRANSLATE_NOOP("CharacterPictures", "tab")},
    NamedCharacter{0x0a, QT_TRANSLATE_NOOP("CharacterPictures", "line feed")},
    NamedCharacter{0x0b, QT_TRANSLATE_NOOP("CharacterPictures", "vertical tab")},
    NamedCharacter{0x0c, QT_TRANSLATE_NOOP("CharacterPictures", "form feed")},
    NamedCharacter{0x0d, QT_TRANSLATE_NOOP("CharacterPictures", "carriage return")},
    NamedCharacter{0x1b, QT_TRANSLATE_NOOP("CharacterPictures", "escape")},
    NamedCharacter{0x1e, QT_TRANSLATE_NOOP("CharacterPictures", "record separator")},
    NamedCharacter{0x1f, QT_TRANSLATE_NOOP("CharacterPictures", "unit separator")},
    NamedCharacter{0x7f, QT_TRANSLATE_NOOP("CharacterPictures", "delete")},
    NamedCharacter{0x85, QT_TRANSLATE_NOOP("CharacterPictures", "next line")},
    NamedCharacter{0xa0, QT_TRANSLATE_NOOP("CharacterPictures", "no-break space")},
    NamedCharacter{0xad, QT_TRANSLATE_NOOP("CharacterPictures", "soft hyphen")},
    NamedCharacter{0x200b, QT_TRANSLATE_NOOP("CharacterPictures", "zero width space")},
    NamedCharacter{0x200c, QT_TRANSLATE_NOOP("CharacterPictures", "zero width non-joiner")},
    NamedCharacter{0x200d, QT_TRANSLATE_NOOP("CharacterPictures", "zero width joiner")},
    NamedCharacter{0x200e, QT_TRANSLATE_NOOP("CharacterPictures", "left-to-right mark")},
    NamedCharacter{0x200f, QT_TRANSLATE_NOOP("CharacterPictures", "right-to-left mark")},
    NamedCharacter{0x2028, QT_TRANSLATE_NOOP("CharacterPictures", "line separator")},
    NamedCharacter{0x2029, QT_TRANSLATE_NOOP("CharacterPictures", "paragraph separator")},
    NamedCharacter{0x202e, QT_TRANSLATE_NOOP("CharacterPictures", "right-to-left override")},
    NamedCharacter{0x2060, QT_TRANSLATE_NOOP("CharacterPictures", "word joiner")},
    NamedCharacter{0xfeff, QT_TRANSLATE_NOOP("CharacterPictures", "byte order mark")},
    NamedCharacter{0xfffc, QT_TRANSLATE_NOOP("CharacterPictures", "object replacement character")}};

bool isNonCharacter(char16_t c)
{
    return (c >= 0xfdd0 && c <= 0xfdef) || c >= 0xfffe;
}

} // namespace

bool needsPicture(QChar c)
{
    const char16_t unit = c.unicode();
    if (unit < 0x20)
        return unit != u'\t' && unit != u'\n' && unit != u'\r';
    return (unit >= Delete && unit < 0xa0) || unit == QChar::LineSeparator || unit == QChar::ParagraphSeparator ||
           unit == ByteOrderMark || unit == ObjectReplacement || c.isSurrogate() || isNonCharacter(unit);
}

QChar pictureOf(QChar c)
{
    switch (c.unicode()) {
    case Delete:
        return DeletePicture;
    case NextLine:
        return NextLinePicture;
    case QChar::LineSeparator:
        return LineSeparatorPicture;
    case QChar::ParagraphSeparator:
        return ParagraphPicture;
    default:
        return c.unicode() < 0x20 ? QChar(static_cast<char16_t>(ControlPictures + c.unicode())) : QChar(Box);
    }
}

bool isPicture(QChar c)
{
    const char16_t unit = c.unicode();
    return (unit >= ControlPictures && unit <= DeletePicture) || unit == NextLinePicture ||
           unit == LineSeparatorPicture || unit == ParagraphPicture || unit == Box;
}

QString characterName(char32_t c)
{
    const QString code = QStringLiteral("U+%1").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0')).toUpper();
    const auto *found = std::ranges::find(names, c, &NamedCharacter::c);
    if (found != names.end())
        return code + u' ' + CharacterPictures::tr(found->name);
    if (c <= 0xffff && isNonCharacter(static_cast<char16_t>(c)))
        return CharacterPictures::tr("%1, a noncharacter").arg(code);
    return QChar::isSurrogate(c) ? CharacterPictures::tr("%1, half of a surrogate pair").arg(code) : code;
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
