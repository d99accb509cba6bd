#include "widgets/controls/CharacterPictures.h"

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

} // namespace sockeye
