#include "encodings/ValueTexts.h"

#include "base/Bytes.h"
#include "decode/NodeTime.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <vector>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// Characters of a summary, and of a text in one.
constexpr qsizetype MaxSummaryLine = 120;
constexpr qsizetype MaxSummaryText = 40;
/// Bytes that stand in a summary as themselves.
constexpr qsizetype MaxSummaryBytes = 8;
/// Bytes of integers that are turned into decimals, which takes time with the square of their number.
constexpr qsizetype MaxDecimalBytes = 128;

/// The value in decimal, after `extra` was added to it.
QString decimalText(QByteArrayView bigEndian, quint32 extra)
{
    constexpr quint32 Billion = 1'000'000'000;
    // Digits to the base of a billion, the least first.
    std::vector<quint32> digits;
    const auto push = [&digits](quint64 factor, quint64 carry) {
        for (quint32 &digit : digits) {
            carry += digit * factor;
            digit = static_cast<quint32>(carry % Billion);
            carry /= Billion;
        }
        if (carry > 0)
            digits.push_back(static_cast<quint32>(carry));
    };
    for (const char byte : bigEndian)
        push(256, static_cast<uchar>(byte));
    push(1, extra);
    QString text = QString::number(digits.empty() ? 0 : digits.back());
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
        if (digit != digits.rbegin())
            text += QString::number(*digit).rightJustified(9, u'0');
    }
    return text;
}

QString hexInteger(QByteArrayView bigEndian)
{
    return u"0x"_s + QString::fromLatin1(bigEndian.toByteArray().toHex());
}

QString shortened(QStringView text, qsizetype characters)
{
    return text.size() > characters ? text.first(characters).toString() + u'…' : text.toString();
}

} // namespace

QString doubleText(double number)
{
    if (std::isnan(number))
        return u"NaN"_s;
    if (std::isinf(number))
        return number < 0 ? u"-Infinity"_s : u"Infinity"_s;
    if (number == 0)
        return std::signbit(number) ? u"-0"_s : u"0"_s;
    return QString::number(number, 'g', QLocale::FloatingPointShortest);
}

QString floatText(float number)
{
    if (number == 0 || !std::isfinite(number))
        return doubleText(static_cast<double>(number));
    // Nine digits always read back as the same float; the fewest that do are its shortest form.
    for (int digits = 1; digits < std::numeric_limits<float>::max_digits10; ++digits) {
        const QByteArray text = QByteArray::number(static_cast<double>(number), 'g', digits);
        float back = 0;
        std::from_chars(text.begin(), text.end(), back);
        if (back == number)
            return doubleText(text.toDouble());
    }
    return QString::number(static_cast<double>(number), 'g', std::numeric_limits<float>::max_digits10);
}

double doubleFromHalf(quint16 bits)
{
    const int exponent = bits >> 10 & 0x1f;
    const int fraction = bits & 0x3ff;
    double number = 0;
    if (exponent == 0)
        number = std::ldexp(fraction, -24);
    else if (exponent == 0x1f)
        number = fraction == 0 ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
    else
        number = std::ldexp(fraction + 1024, exponent - 25);
    return (bits & 0x8000) != 0 ? -number : number;
}

QString integerText(QByteArrayView bigEndian)
{
    return bigEndian.size() > MaxDecimalBytes ? hexInteger(bigEndian) : decimalText(bigEndian, 0);
}

QString negativeIntegerText(QByteArrayView bigEndian)
{
    return bigEndian.size() > MaxDecimalBytes ? u"-1 - "_s + hexInteger(bigEndian) : u'-' + decimalText(bigEndian, 1);
}

QString utcText(qint64 seconds, quint32 nanoseconds)
{
    // Years that RFC 3339 writes.
    constexpr qint64 First = -62'167'219'200;
    constexpr qint64 Last = 253'402'300'799;
    if (seconds < First || seconds > Last)
        return {};
    QString text = QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(u"yyyy-MM-ddTHH:mm:ss"_s);
    if (nanoseconds > 0) {
        text += u'.' + QString::number(nanoseconds).rightJustified(9, u'0');
        while (text.endsWith(u"000"))
            text.chop(3);
    }
    return text + u'Z';
}

QString localText(qint64 seconds, quint32 nanoseconds)
{
    constexpr qint64 Billion = 1'000'000'000;
    // With a day of room for the time zone.
    constexpr qint64 Most = std::numeric_limits<qint64>::max() / Billion - 86'400;
    if (seconds < -Most || seconds > Most)
        return utcText(seconds, nanoseconds);
    return momentText(timestampFromNs(seconds * Billion + nanoseconds));
}

QString faultyText(QByteArrayView bytes)
{
    const QString text = textFromUtf8(bytes.first(std::min(bytes.size(), MaxSummaryLine)));
    return bytes.size() > MaxSummaryLine ? text + u'…' : text;
}

QString recordKey(QByteArrayView utf8)
{
    constexpr qsizetype MaxKey = 128;
    return shortened(textFromUtf8(utf8.first(std::min(utf8.size(), MaxKey * 4))), MaxKey);
}

bool ValueSummary::isFull() const
{
    return !m_isWanted || m_line.size() > MaxSummaryLine;
}

void ValueSummary::separate()
{
    if (!m_isApart)
        m_line += u' ';
    m_isApart = false;
}

void ValueSummary::key(QStringView key)
{
    if (isFull())
        return;
    separate();
    m_line += shortened(key, MaxSummaryText) + u'=';
    m_isApart = true;
}

void ValueSummary::value(QStringView text)
{
    if (isFull())
        return;
    separate();
    m_line += shortened(text, MaxSummaryLine);
}

void ValueSummary::text(QStringView text)
{
    if (isFull())
        return;
    QString shown = shortened(text, MaxSummaryText);
    for (QChar &c : shown) {
        if (c < u' ' || c == QChar(0x7f))
            c = u' ';
    }
    value(u'"' + shown + u'"');
}

void ValueSummary::bytes(QByteArrayView bytes)
{
    if (isFull())
        return;
    if (bytes.size() <= MaxSummaryBytes)
        value(u"h'"_s + QString::fromLatin1(bytes.toByteArray().toHex()) + u'\'');
    else
        value(u"<%1 B>"_s.arg(bytes.size()));
}

void ValueSummary::begin(QChar bracket)
{
    if (isFull())
        return;
    separate();
    m_line += bracket;
    m_isApart = true;
}

void ValueSummary::end(QChar bracket)
{
    if (isFull())
        return;
    m_line += bracket;
    m_isApart = false;
}

QString ValueSummary::toString() const
{
    return shortened(m_line, MaxSummaryLine);
}

void FormatEvidence::addText(QByteArrayView utf8)
{
    if (!isValidUtf8(utf8)) {
        m_bits -= 10;
        return;
    }
    for (const char byte : utf8) {
        const auto c = static_cast<uchar>(byte);
        const bool isWord = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' ||
                            c == '-' || c == ' ' || c == '.' || c == '/';
        if (isWord)
            m_bits += 1.6;
        else if (c < 0x20 || c == 0x7f)
            m_bits -= 3.7;
        else if (c < 0x80)
            m_bits -= 0.2;
    }
}

void FormatEvidence::addDouble(quint64 bits)
{
    // Between 2^-16 and 2^47, and 0.
    const auto top = static_cast<int>(bits >> 56 & 0x7f);
    m_bits += top == 0x3f || (top >= 0x40 && top <= 0x42) || bits << 1 == 0 ? 4.5 : -4;
}

void FormatEvidence::addInteger(quint64 number)
{
    const auto top = static_cast<int>(number >> 56);
    m_bits += top == 0 || top == 0xff ? 5 : -2;
}

} // namespace sockeye
