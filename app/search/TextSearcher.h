#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <vector>

namespace sockeye {

/// Finds bytes in bytes (Horspool), with or without the case of ASCII letters; made once, used for many payloads
/// without allocating.
class TextSearcher final
{
public:
    TextSearcher(QByteArrayView needle, Qt::CaseSensitivity sensitivity);

    [[nodiscard]] qsizetype needleSize() const { return m_needle.size(); }
    /// The offset of the first occurrence, or -1. An empty needle occurs everywhere.
    [[nodiscard]] qsizetype indexIn(QByteArrayView haystack) const;
    [[nodiscard]] bool isIn(QByteArrayView haystack) const { return indexIn(haystack) >= 0; }

private:
    [[nodiscard]] qsizetype horspool(QByteArrayView haystack, qsizetype &at) const;
    [[nodiscard]] qsizetype knuthMorrisPratt(QByteArrayView haystack, qsizetype from) const;
    /// How many of the needle's first bytes stand there; stops at the first that does not.
    [[nodiscard]] qsizetype matchingAt(const char *place) const;

    Qt::CaseSensitivity m_sensitivity;
    QByteArray m_needle;
    /// By byte: how far the needle may move when that byte stands under its last one.
    std::array<qint32, 256> m_skip{};
    /// By the count of bytes that match: the longest proper prefix of the needle that ends there.
    std::vector<qint32> m_borders;
};

/// The same over a payload that comes in parts: a match may lie across their boundaries.
class PartedSearch final
{
public:
    explicit PartedSearch(const TextSearcher &searcher)
        : m_searcher(searcher)
    {
    }

    /// Whether the needle has been found by now.
    bool feed(QByteArrayView part);

private:
    const TextSearcher &m_searcher;
    /// The end of what came so far, one byte shorter than the needle.
    QByteArray m_tail;
};

} // namespace sockeye
