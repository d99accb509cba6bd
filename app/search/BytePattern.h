#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace sockeye {

/// Bytes with wildcards, as "de??ad" or "8? 01": two hex digits a byte, '?' for any digit; spaces do not count.
class BytePattern final
{
public:
    /// Errors say what is wrong with the text; it holds a byte at least.
    [[nodiscard]] static Result<BytePattern> parse(QStringView text);

    [[nodiscard]] qsizetype size() const { return m_values.size(); }
    /// The offset of the first occurrence, or -1.
    [[nodiscard]] qsizetype indexIn(QByteArrayView haystack) const;
    [[nodiscard]] bool isIn(QByteArrayView haystack) const { return indexIn(haystack) >= 0; }

private:
    [[nodiscard]] bool matchesAt(const char *place) const;
    void findAnchor();

    /// The digits that are given, and which bits of each byte they are.
    QByteArray m_values;
    QByteArray m_masks;
    /// The longest run of bytes without a wildcard, which is what is looked for.
    qsizetype m_anchor = 0;
    qsizetype m_anchorSize = 0;
};

/// The same over a payload that comes in parts: a match may lie across their boundaries.
class PartedBytePattern final
{
public:
    explicit PartedBytePattern(const BytePattern &pattern)
        : m_pattern(pattern)
    {
    }

    /// Whether the pattern has been found by now.
    bool feed(QByteArrayView part);

private:
    const BytePattern &m_pattern;
    /// The end of what came so far, one byte shorter than the pattern.
    QByteArray m_tail;
};

} // namespace sockeye
