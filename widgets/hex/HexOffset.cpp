#include "widgets/hex/HexOffset.h"

#include "base/Units.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

struct HexOffsetWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::HexOffset)
};

} // namespace

Result<ByteOffset> parseOffset(const QString &text, qint64 size)
{
    QStringView digits = QStringView(text).trimmed();
    const bool isFromEnd = digits.startsWith(u'-');
    if (isFromEnd)
        digits = digits.sliced(1).trimmed();
    const bool isHex = digits.startsWith(u"0x", Qt::CaseInsensitive);
    if (isHex)
        digits = digits.sliced(2);
    const bool areDigits = std::ranges::all_of(digits, [isHex](QChar c) {
        return (c >= u'0' && c <= u'9') || (isHex && c.toLower() >= u'a' && c.toLower() <= u'f');
    });
    if (digits.isEmpty() || !areDigits)
        return Error{HexOffsetWords::tr("This is no offset: type 100, 0x64, or -1 for the last byte.")};
    if (size == 0)
        return Error{HexOffsetWords::tr("There are no bytes.")};
    bool fits = false;
    const qlonglong number = digits.toLongLong(&fits, isHex ? 16 : 10);
    const qint64 offset = isFromEnd ? size - number : number;
    if (!fits || offset < 0 || offset >= size)
        return Error{HexOffsetWords::tr("There is no such byte: the offsets go from 0 to %1 (0x%2).")
                         .arg(countText(size - 1), QString::number(size - 1, 16))};
    return ByteOffset(offset);
}

} // namespace sockeye
