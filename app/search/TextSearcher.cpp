#include "search/TextSearcher.h"

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
    m_borders.assign(static_cast<size_t>(m_needle.size()) + 1, 0);
    qint32 border = 0;
    for (qsizetype i = 1; i < m_needle.size(); ++i) {
        while (border > 0 && m_needle[i] != m_needle[border])
            border = m_borders[static_cast<size_t>(border)];
        border += m_needle[i] == m_needle[border] ? 1 : 0;
        m_borders[static_cast<size_t>(i) + 1] = border;
    }
}

qsizetype TextSearcher::indexIn(QByteArrayView haystack) const
{
    if (m_needle.isEmpty())
        return 0;
    qsizetype at = 0;
    const qsizetype found = horspool(haystack, at);
    return found >= 0 || at > haystack.size() - m_needle.size() ? found : knuthMorrisPratt(haystack, at);
}

/// Gives up, with the place in `at`, when it has compared more than it could have skipped.
qsizetype TextSearcher::horspool(QByteArrayView haystack, qsizetype &at) const
{
    const qsizetype size = m_needle.size();
    const qsizetype last = haystack.size() - size;
    const char lastOfNeedle = m_needle.back();
    const bool exact = m_sensitivity == Qt::CaseSensitive;
    qsizetype budget = 2 * (haystack.size() + size);
    while (at <= last && budget > 0) {
        const char c = haystack[at + size - 1];
        if ((exact ? c : folded(c)) == lastOfNeedle) {
            const qsizetype matching = matchingAt(haystack.data() + at);
            if (matching == size)
                return at;
            budget -= matching;
        }
        at += m_skip[byteOf(c)];
    }
    return -1;
}

qsizetype TextSearcher::knuthMorrisPratt(QByteArrayView haystack, qsizetype from) const
{
    const bool exact = m_sensitivity == Qt::CaseSensitive;
    qsizetype matching = 0;
    for (qsizetype i = from; i < haystack.size(); ++i) {
        const char c = exact ? haystack[i] : folded(haystack[i]);
        while (matching > 0 && m_needle[matching] != c)
            matching = m_borders[static_cast<size_t>(matching)];
        if (m_needle[matching] == c && ++matching == m_needle.size())
            return i + 1 - matching;
    }
    return -1;
}

qsizetype TextSearcher::matchingAt(const char *place) const
{
    const char *needle = m_needle.constData();
    const char *end = needle + m_needle.size();
    if (m_sensitivity == Qt::CaseSensitive)
        return std::mismatch(needle, end, place).first - needle;
    return std::mismatch(needle, end, place, [](char n, char c) { return n == folded(c); }).first - needle;
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
