#pragma once

#include "decode/Node.h"

#include <optional>
#include <vector>

namespace sockeye {

/// Which digits of a text stand for which bytes, where bytes are written as digits with or without something between
/// them: Base64, hex. Costs a fraction of the text, which it is asked with and does not hold.
class DigitMap final
{
public:
    enum class Digits : quint8 { Hex, Base64 };

    [[nodiscard]] static bool isDigit(Digits digits, char c);

    /// Of the text from `begin` to `end`: what is no digit there stands for nothing.
    DigitMap(Digits digits, QByteArrayView text, qsizetype begin, qsizetype end);

    /// The text stands so many bytes further on from now on, in a longer one.
    void move(qsizetype bytes);
    /// Where these bytes are written, from the first digit that says something of them to the last.
    [[nodiscard]] Node::Range inText(QByteArrayView text, Node::Range bytes) const;
    /// The first byte of which the digit at this place says something; nothing if no digit stands there.
    [[nodiscard]] std::optional<qsizetype> byteAt(QByteArrayView text, qsizetype place) const;

private:
    [[nodiscard]] qsizetype bitsPerDigit() const { return m_digits == Digits::Hex ? 4 : 6; }
    [[nodiscard]] quint32 placeOf(QByteArrayView text, qsizetype digit) const;
    [[nodiscard]] bool isDense(size_t stretch) const;

    Digits m_digits;
    /// Where the first digit of each stretch stands, and behind them where the last digit of all ends.
    std::vector<quint32> m_places;
    qsizetype m_count = 0;
};

} // namespace sockeye
