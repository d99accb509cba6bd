#include "widgets/hex/HexStyle.h"

#include "library/Settings.h"

#include <algorithm>

namespace sockeye {

namespace {

struct NotationRow
{
    /// In the settings, where it never changes.
    const char *name;
    int base;
    int digits;
};

// In the order of the values.
constexpr std::array notationRows{NotationRow{"hex", 16, 2}, NotationRow{"decimal", 10, 3}, NotationRow{"octal", 8, 3},
                                  NotationRow{"binary", 2, 8}};

const NotationRow &notationRow(HexStyle::Notation notation)
{
    return notationRows.at(static_cast<size_t>(notation));
}

// In the order of the values.
constexpr std::array coloringNames{"field", "class", "none"};

template<size_t Count>
int oneOf(const std::array<int, Count> &numbers, int number, int fallback)
{
    return std::ranges::find(numbers, number) == numbers.end() ? fallback : number;
}

} // namespace

int HexStyle::digitsPerByte() const
{
    return notationRow(notation).digits;
}

QString HexStyle::byteText(quint8 byte) const
{
    const NotationRow &row = notationRow(notation);
    // Zeros before a decimal number would make it look octal.
    const QChar fill = notation == Notation::Decimal ? u' ' : u'0';
    const QString text = QString::number(byte, row.base).rightJustified(row.digits, fill);
    return isUpperCase ? text.toUpper() : text;
}

QString HexStyle::offsetText(ByteOffset offset, int digits) const
{
    const QString text = QString::number(offset.value(), offsetBase()).rightJustified(digits, u'0');
    return isUpperCase ? text.toUpper() : text;
}

int HexStyle::digitsOf(ByteOffset offset) const
{
    // Layouts ask often, and have no time for a text.
    const qint64 base = offsetBase();
    int digits = 1;
    for (qint64 left = offset.value() / base; left > 0; left /= base)
        ++digits;
    return digits;
}

HexStyle HexStyle::load(const Settings &settings)
{
    using Key = Settings::Key;
    HexStyle style;
    style.bytesPerRow = oneOf(rowLengths, settings.value(Key::HexBytesPerRow).toInt(), style.bytesPerRow);
    style.groupSize = oneOf(groupSizes, settings.value(Key::HexGroupSize).toInt(), style.groupSize);
    const QString name = settings.value(Key::HexNotation).toString();
    for (size_t i = 0; i < notationRows.size(); ++i) {
        if (name == QLatin1StringView(notationRows.at(i).name))
            style.notation = Notation(i);
    }
    style.isUpperCase = settings.value(Key::HexUpperCase).toBool();
    style.hasDecimalOffsets = settings.value(Key::HexDecimalOffsets).toBool();
    const QString coloring = settings.value(Key::HexColoring).toString();
    for (size_t i = 0; i < coloringNames.size(); ++i) {
        if (coloring == QLatin1StringView(coloringNames.at(i)))
            style.coloring = Coloring(i);
    }
    return style;
}

void HexStyle::save(Settings &settings) const
{
    using Key = Settings::Key;
    settings.setValue(Key::HexBytesPerRow, bytesPerRow);
    settings.setValue(Key::HexGroupSize, groupSize);
    settings.setValue(Key::HexNotation, QString::fromLatin1(notationRow(notation).name));
    settings.setValue(Key::HexUpperCase, isUpperCase);
    settings.setValue(Key::HexDecimalOffsets, hasDecimalOffsets);
    settings.setValue(Key::HexColoring, QString::fromLatin1(coloringNames.at(static_cast<size_t>(coloring))));
}

} // namespace sockeye
