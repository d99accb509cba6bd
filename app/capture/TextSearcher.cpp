#include "capture/TextSearcher.h"

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

constexpr std::array<unsigned char, 256> makeFold()
{
    std::array<unsigned char, 256> fold{};
    for (size_t i = 0; i < fold.size(); ++i)
        fold[i] = static_cast<unsigned char>(i >= 'A' && i <= 'Z' ? i + ('a' - 'A') : i);
    return fold;
}

constexpr std::array<unsigned char, 256> Fold = makeFold();

unsigned char byteOf(char c)
{
    return static_cast<unsigned char>(c);
}

char folded(char c)
{
    return static_cast<char>(Fold[byteOf(c)]);
}

} // namespace

TextSearcher::TextSearcher(QByteArrayView needle, Qt::CaseSensitivity sensitivity)
    : m_sensitivity(sensitivity)
    , m_needle(needle.toByteArray())
{
    if (sensitivity == Qt::CaseInsensitive)
        std::transform(m_needle.cbegin(), m_needle.cend(), m_needle.begin(), folded);
    constexpr qsizetype MaxSkip = std::numeric_limits<qint32>::max();
    m_skip.fill(static_cast<qint32>(std::min(m_needle.size(), MaxSkip)));
    for (qsizetype i = 0; i + 1 < m_needle.size(); ++i) {
        const auto distance = static_cast<qint32>(std::min(m_needle.size() - 1 - i, MaxSkip));
        const unsigned char byte = byteOf(m_needle[i]);
        m_skip[byte] = distance;
        if (sensitivity == Qt::CaseInsensitive && byte >= 'a' && byte <= 'z')
            m_skip[byte - ('a' - 'A')] = distance;
    }
}

qsizetype TextSearcher::indexIn(QByteArrayView haystack) const
{
    const qsizetype size = m_needle.size();
    if (size == 0)
        return 0;
    const qsizetype last = haystack.size() - size;
    for (qsizetype at = 0; at <= last;) {
        if (matchesAt(haystack.data() + at))
            return at;
        at += m_skip[byteOf(haystack[at + size - 1])];
    }
    return -1;
}

bool TextSearcher::matchesAt(const char *place) const
{
    const qsizetype size = m_needle.size();
    const char *needle = m_needle.constData();
    if (m_sensitivity == Qt::CaseSensitive)
        return place[size - 1] == needle[size - 1] && std::equal(needle, needle + size, place);
    if (folded(place[size - 1]) != needle[size - 1])
        return false;
    return std::equal(needle, needle + size, place, [](char n, char c) { return n == folded(c); });
}

bool PartedSearch::feed(QByteArrayView part)
{
    const qsizetype overlap = std::max<qsizetype>(m_searcher.needleSize() - 1, 0);
    QByteArray boundary = m_tail;
    boundary.append(part.first(std::min(overlap, part.size())));
    if (m_searcher.isIn(boundary) || m_searcher.isIn(part))
        return true;
    if (part.size() >= overlap) {
        m_tail = part.last(overlap).toByteArray();
    } else {
        m_tail.append(part);
        m_tail = m_tail.last(std::min(overlap, m_tail.size()));
    }
    return false;
}

} // namespace sockeye
