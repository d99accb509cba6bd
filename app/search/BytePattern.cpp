#include "search/BytePattern.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

constexpr char16_t AnyDigit = u'?';

struct BytePatternWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::BytePattern)

public:
    static Error noDigit(QChar c)
    {
        return Error{tr("“%1” is no hex digit. Use 0 to 9, a to f, and ? for any digit.").arg(c)};
    }
    static Error oddDigits() { return Error{tr("A digit is missing: each byte has two.")}; }
    static Error empty() { return Error{tr("There are no bytes in it. Give two hex digits for each byte.")}; }
};

/// The value of a hex digit, or -1.
int digitValue(QChar c)
{
    const char16_t unit = c.unicode();
    if (unit >= u'0' && unit <= u'9')
        return unit - u'0';
    const char16_t lower = unit | 0x20;
    return lower >= u'a' && lower <= u'f' ? lower - u'a' + 10 : -1;
}

} // namespace

Result<BytePattern> BytePattern::parse(QStringView text)
{
    BytePattern pattern;
    int digits = 0;
    int value = 0;
    int mask = 0;
    for (const QChar c : text) {
        if (c.isSpace())
            continue;
        const int digit = digitValue(c);
        if (digit < 0 && c != AnyDigit)
            return BytePatternWords::noDigit(c);
        value = (value << 4 | std::max(digit, 0)) & 0xff;
        mask = (mask << 4 | (digit < 0 ? 0 : 0xf)) & 0xff;
        if (++digits % 2 == 0) {
            pattern.m_values.append(static_cast<char>(value));
            pattern.m_masks.append(static_cast<char>(mask));
        }
    }
    if (digits == 0)
        return BytePatternWords::empty();
    if (digits % 2 != 0)
        return BytePatternWords::oddDigits();
    pattern.findAnchor();
    return pattern;
}

void BytePattern::findAnchor()
{
    for (qsizetype begin = 0; begin < m_masks.size();) {
        const qsizetype end =
            std::find_if(m_masks.cbegin() + begin, m_masks.cend(), [](char mask) { return mask != '\xff'; }) -
            m_masks.cbegin();
        if (end - begin > m_anchorSize) {
            m_anchor = begin;
            m_anchorSize = end - begin;
        }
        begin = end + 1;
    }
}

qsizetype BytePattern::indexIn(QByteArrayView haystack) const
{
    const QByteArrayView anchor = QByteArrayView(m_values).sliced(m_anchor, m_anchorSize);
    const qsizetype last = haystack.size() - size();
    for (qsizetype at = 0; at <= last; ++at) {
        if (!anchor.isEmpty()) {
            const qsizetype found = haystack.first(last + m_anchor + m_anchorSize).indexOf(anchor, at + m_anchor);
            if (found < 0)
                return -1;
            at = found - m_anchor;
        }
        if (matchesAt(haystack.data() + at))
            return at;
    }
    return -1;
}

bool BytePattern::matchesAt(const char *place) const
{
    for (qsizetype i = 0; i < m_values.size(); ++i) {
        if (((place[i] ^ m_values[i]) & m_masks[i]) != 0)
            return false;
    }
    return true;
}

bool PartedBytePattern::feed(QByteArrayView part)
{
    const qsizetype overlap = m_pattern.size() - 1;
    QByteArray boundary = m_tail;
    boundary.append(part.first(std::min(overlap, part.size())));
    if (m_pattern.isIn(boundary) || m_pattern.isIn(part))
        return true;
    m_tail.append(part.last(std::min(overlap, part.size())));
    m_tail = m_tail.last(std::min(overlap, m_tail.size()));
    return false;
}

} // namespace sockeye
