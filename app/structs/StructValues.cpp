#include "structs/StructValues.h"

#include "encodings/ValueTexts.h"

#include <QCoreApplication>
#include <QStringList>
#include <QtEndian>

#include <bit>
#include <cmath>

namespace sockeye {

namespace {

/// The number that a raw one stands for.
QString scaledText(const StructScale &scale, double raw)
{
    const double number = raw * scale.factor / scale.divisor + scale.added;
    // Beyond these a double does not hold each integer.
    constexpr double MostExact = 9'007'199'254'740'992;
    if (scale.decimals < 0 || std::abs(raw * scale.factor) > MostExact || !std::isfinite(number))
        return doubleText(number);
    QString text = QString::number(number, 'f', scale.decimals);
    if (text.contains(u'.')) {
        while (text.endsWith(u'0'))
            text.chop(1);
        if (text.endsWith(u'.'))
            text.chop(1);
    }
    return text == u"-0" ? QStringLiteral("0") : text;
}

/// So many units a second, from 1970 on.
QString momentNote(qint64 units, qint64 perSecond)
{
    qint64 seconds = units / perSecond;
    qint64 rest = units % perSecond;
    if (rest < 0) {
        rest += perSecond;
        --seconds;
    }
    constexpr qint64 Billion = 1'000'000'000;
    return localText(seconds, static_cast<quint32>(rest * (Billion / perSecond)));
}

constexpr qint64 perSecondOf(StructTime time)
{
    switch (time) {
    case StructTime::InMilliseconds:
        return 1'000;
    case StructTime::InMicroseconds:
        return 1'000'000;
    case StructTime::InNanoseconds:
        return 1'000'000'000;
    case StructTime::FileTime:
        return 10'000'000;
    default:
        return 1;
    }
}

QString structTimeNote(StructTime time, StructNumber number)
{
    constexpr qint64 From1601 = 11'644'473'600;
    const qint64 perSecond = perSecondOf(time);
    const auto most = StructNumber::fromSigned(std::numeric_limits<qint64>::max());
    if (number > most || number < most.negated())
        return {};
    const auto magnitude =
        static_cast<qint64>((number.isNegative() ? number.negated() : number).toUnsigned().value_or(0));
    const qint64 units = number.isNegative() ? -magnitude : magnitude;
    if (time != StructTime::FileTime)
        return momentNote(units, perSecond);
    // 0 stands for no time there.
    return units < From1601 * perSecond ? QString() : momentNote(units - From1601 * perSecond, perSecond);
}

QString inUnit(const QString &text, const QString &unit)
{
    return unit.isEmpty() ? text : unit == u"%" || unit == u"°" ? text + unit : text + u' ' + unit;
}

QString hexNote(StructNumber number)
{
    const QString digits =
        QString::number((number.isNegative() ? number.negated() : number).toUnsigned().value_or(0), 16);
    return (number.isNegative() ? QStringLiteral("-0x") : QStringLiteral("0x")) + digits.toUpper();
}

/// The note and the line's word of a number that is told as `text`.
void addMeaning(const StructField &field, double raw, QStringList &notes, StructValue &value)
{
    value.told = value.text;
    if (!field.scale && field.unit.isEmpty())
        return;
    const QString meant = inUnit(field.scale ? scaledText(*field.scale, raw) : value.text, field.unit);
    notes += field.scale ? meant : field.unit;
    value.told = meant;
}

} // namespace

quint64 structInteger(QByteArrayView bytes, ByteOrder order)
{
    quint64 number = 0;
    for (qsizetype n = 0; n < bytes.size(); ++n) {
        const qsizetype at = order == ByteOrder::Big ? n : bytes.size() - 1 - n;
        number = number << 8 | static_cast<uchar>(bytes[at]);
    }
    return number;
}

qint64 signedStructInteger(quint64 number, qsizetype size)
{
    const auto unused = static_cast<int>(64 - 8 * size);
    return static_cast<qint64>(number << unused) >> unused;
}

double structFloat(QByteArrayView bytes, const StructType &type)
{
    const quint64 bits = structInteger(bytes, type.order);
    if (type.kind == StructType::Kind::BrainFloat)
        return static_cast<double>(std::bit_cast<float>(static_cast<quint32>(bits << 16)));
    if (type.size == 2)
        return doubleFromHalf(static_cast<quint16>(bits));
    if (type.size == 4)
        return static_cast<double>(std::bit_cast<float>(static_cast<quint32>(bits)));
    return std::bit_cast<double>(bits);
}

QString enumText(const StructEnum &names, StructNumber number)
{
    const auto found = names.names.find(number);
    return found == names.names.end() ? QString() : found->second;
}

StructValue structValue(const StructField &field, StructNumber number)
{
    StructValue value;
    value.text = number.toString();
    QStringList notes;
    addMeaning(field, number.toDouble(), notes, value);
    if (field.type.names) {
        const QString name = enumText(*field.type.names, number);
        notes += name.isEmpty()
                     ? QCoreApplication::translate("sockeye::StructDecoder", "no value of %1")
                           .arg(field.type.names->name.isEmpty() ? QStringLiteral("enum") : field.type.names->name)
                     : name;
        value.told = name.isEmpty() ? value.text : name;
    }
    if (field.time != StructTime::None) {
        if (const QString moment = structTimeNote(field.time, number); !moment.isEmpty())
            notes += moment;
    }
    if (field.isHex) {
        notes += hexNote(number);
        value.told = hexNote(number);
    }
    value.note = notes.join(QStringLiteral(", "));
    return value;
}

StructValue structValue(const StructField &field, double number)
{
    StructValue value;
    value.text = field.type.size == 8 ? doubleText(number) : floatText(static_cast<float>(number));
    QStringList notes;
    addMeaning(field, number, notes, value);
    if (field.time != StructTime::None && std::isfinite(number)) {
        const auto perSecond = static_cast<double>(perSecondOf(field.time));
        const double seconds = std::floor(number / perSecond);
        // What is behind the seconds, in as many digits as a double has for it.
        constexpr double MostSeconds = 1e12;
        if (field.time != StructTime::FileTime && std::abs(seconds) < MostSeconds) {
            const auto micro = static_cast<quint32>(std::floor((number / perSecond - seconds) * 1e6));
            notes += localText(static_cast<qint64>(seconds), micro * 1'000);
        }
    }
    value.note = notes.join(QStringLiteral(", "));
    return value;
}

} // namespace sockeye
