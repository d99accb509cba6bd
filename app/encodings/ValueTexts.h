#pragma once

#include <QByteArrayView>
#include <QString>

namespace sockeye {

/// The shortest decimal that reads back as the same number; "NaN", "Infinity", "-Infinity", "-0".
[[nodiscard]] QString doubleText(double number);
[[nodiscard]] QString floatText(float number);
/// IEEE 754 binary16, by its bits.
[[nodiscard]] double doubleFromHalf(quint16 bits);
/// An unsigned integer of any length in decimal, most significant byte first; in hex where that would take long.
[[nodiscard]] QString integerText(QByteArrayView bigEndian);
/// -1 - n for such an integer n.
[[nodiscard]] QString negativeIntegerText(QByteArrayView bigEndian);
/// "2023-11-14T22:13:20.123Z", with as many decimals as are not 0, in threes; empty for a moment beyond the year 9999
/// or before the year 0.
[[nodiscard]] QString utcText(qint64 seconds, quint32 nanoseconds = 0);
/// The local time of the same moment (momentText()), or utcText() beyond the years that a Timestamp counts.
[[nodiscard]] QString localText(qint64 seconds, quint32 nanoseconds = 0);
/// Text that is not UTF-8, as far as it can be read, for a note: its beginning with U+FFFD for each fault.
[[nodiscard]] QString faultyText(QByteArrayView bytes);
/// A key that stands once and names values again and again: cut where many long ones would take a lot of memory.
[[nodiscard]] QString recordKey(QByteArrayView utf8);

/// The line that says what a value holds, as it is read: `{a=1 b="x"}`, cut where it gets long.
class ValueSummary final
{
public:
    ValueSummary() = default;
    /// Takes nothing if nobody wants the line.
    explicit ValueSummary(bool isWanted)
        : m_isWanted(isWanted)
    {
    }

    void key(QStringView key);
    /// A number or word.
    void value(QStringView text);
    /// A text, in quotes.
    void text(QStringView text);
    /// A byte string.
    void bytes(QByteArrayView bytes);
    /// Begins and ends an object or array, with its bracket.
    void begin(QChar bracket);
    void end(QChar bracket);
    /// No more is taken.
    [[nodiscard]] bool isFull() const;
    [[nodiscard]] QString toString() const;

private:
    void separate();

    bool m_isWanted = true;
    QString m_line;
    bool m_isApart = true;
};

/// Weighs whether bytes are a format or noise: the logarithm (base 2) of how much more often a format's messages have
/// what is seen than random bytes do. Random bytes reach n bits less than once in 2^n.
class FormatEvidence final
{
public:
    void add(double bits) { m_bits += bits; }
    /// The characters of a text.
    void addText(QByteArrayView utf8);
    /// A double whose bits these are: most that are sent are neither huge nor tiny.
    void addDouble(quint64 bits);
    /// A 64-bit integer: most that are sent are small for that.
    void addInteger(quint64 number);
    [[nodiscard]] double bits() const { return m_bits; }
    /// So unlikely that nothing makes up for it.
    [[nodiscard]] bool isHopeless() const { return m_bits < -40; }

private:
    double m_bits = 0;
};

} // namespace sockeye
