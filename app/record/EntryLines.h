#pragma once

#include "record/EntryText.h"

namespace sockeye {

/// Composes entries as the lines that the command line prints, in UTF-8 and one after the other in one buffer:
///
///     15:20:00.123 456  ↓ text       19 B  {"type":"heartbeat"}
///
/// A line holds nothing that a terminal obeys. Text in ASCII, which most messages are, is copied as it is.
class EntryLines final
{
public:
    /// One line of what an entry holds, at most so many characters long.
    using Preview = QString (*)(const Entry &entry, int maxChars);

    explicit EntryLines(Preview preview = previewText)
        : m_preview(preview)
    {
    }

    void append(const Entry &entry);
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    /// Keeps its memory for the next lines.
    void clear() { m_bytes.resize(0); }

private:
    void appendTime(Timestamp time);
    void appendSize(const Entry &entry);
    void appendPreview(const Entry &entry);

    Preview m_preview;
    QByteArray m_bytes;
    /// What stands before and behind the fraction in all times of the second that came last.
    std::chrono::seconds m_second = std::chrono::seconds::min();
    QByteArray m_beforeFraction;
    QByteArray m_afterFraction;
    /// The size that came last, in words.
    qint64 m_size = -1;
    QByteArray m_sizeText;
};

} // namespace sockeye
