#include "decode/DigitMap.h"

#include <algorithm>

namespace sockeye {

namespace {

/// Digits between two places that are kept.
constexpr qsizetype Stretch = 256;
constexpr qsizetype BitsPerByte = 8;

} // namespace

bool DigitMap::isDigit(Digits digits, char c)
{
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9')
        return true;
    if (digits == Digits::Hex)
        return lower >= 'a' && lower <= 'f';
    return (lower >= 'a' && lower <= 'z') || c == '+' || c == '/' || c == '-' || c == '_';
}

DigitMap::DigitMap(Digits digits, QByteArrayView text, qsizetype begin, qsizetype end)
    : m_digits(digits)
{
    qsizetype last = begin;
    for (qsizetype at = begin; at < end; ++at) {
        if (!isDigit(digits, text[at]))
            continue;
        if (m_count % Stretch == 0)
            m_places.push_back(static_cast<quint32>(at));
        ++m_count;
        last = at + 1;
    }
    m_places.push_back(static_cast<quint32>(last));
}

void DigitMap::move(qsizetype bytes)
{
    for (quint32 &place : m_places)
        place += static_cast<quint32>(bytes);
}

/// Nothing but digits.
bool DigitMap::isDense(size_t stretch) const
{
    const bool isLast = stretch + 2 == m_places.size();
    const qsizetype digits = isLast ? m_count - static_cast<qsizetype>(stretch) * Stretch : Stretch;
    return m_places[stretch + 1] - m_places[stretch] == digits;
}

quint32 DigitMap::placeOf(QByteArrayView text, qsizetype digit) const
{
    const auto stretch = static_cast<size_t>(digit / Stretch);
    qsizetype left = digit % Stretch;
    quint32 place = m_places[stretch];
    if (isDense(stretch))
        return place + static_cast<quint32>(left);
    while (left > 0)
        left -= isDigit(m_digits, text[++place]) ? 1 : 0;
    return place;
}

Node::Range DigitMap::inText(QByteArrayView text, Node::Range bytes) const
{
    const qsizetype first = qsizetype(bytes.begin) * BitsPerByte / bitsPerDigit();
    if (first >= m_count)
        return {m_places.back(), 0};
    const quint32 begin = placeOf(text, first);
    if (bytes.size == 0)
        return {begin, 0};
    const qsizetype last = (qsizetype(bytes.end()) * BitsPerByte - 1) / bitsPerDigit();
    return {begin, placeOf(text, std::min(last, m_count - 1)) + 1 - begin};
}

std::optional<qsizetype> DigitMap::byteAt(QByteArrayView text, qsizetype place) const
{
    if (place < m_places.front() || place >= m_places.back() || !isDigit(m_digits, text[place]))
        return {};
    const auto after = std::ranges::upper_bound(m_places.begin(), m_places.end() - 1, place);
    const auto stretch = static_cast<size_t>(after - m_places.begin()) - 1;
    qsizetype digit = static_cast<qsizetype>(stretch) * Stretch;
    if (isDense(stretch)) {
        digit += place - m_places[stretch];
    } else {
        for (qsizetype at = m_places[stretch]; at < place; ++at)
            digit += isDigit(m_digits, text[at]) ? 1 : 0;
    }
    return digit * bitsPerDigit() / BitsPerByte;
}

} // namespace sockeye
