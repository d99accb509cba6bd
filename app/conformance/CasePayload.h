#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace sockeye::conformance {

/// What fills a message that is worth compressing. Made up, the same on every run, and different from message to
/// message so that a window has something to remember.
enum class Content : quint8 { Json, Bitmap, Prose, Html, Pdf };
/// Exactly `size` bytes; Json and Html are ASCII, so they may be cut anywhere.
[[nodiscard]] QByteArray makeContent(Content content, qsizetype size, int number);

/// A payload as a case writes it: parts that follow each other. Made into bytes only when it is sent, as some are
/// large.
///
///     "text in UTF-8"   hex:00ff   65536*"*"   4*hex:00ff   json:1024
class CasePayload final
{
public:
    /// Adds a part; false if the word makes no sense.
    [[nodiscard]] bool add(const QByteArray &word);
    void addBytes(const QByteArray &bytes) { m_parts += Part{bytes, 1, std::nullopt}; }

    /// `number` counts the messages of a connection; generated content depends on it.
    [[nodiscard]] QByteArray bytes(int number = 0) const;

private:
    struct Part
    {
        QByteArray pattern;
        /// How often the pattern comes, or how many bytes of content.
        qsizetype count = 1;
        std::optional<Content> content;
    };

    QList<Part> m_parts;
};

} // namespace sockeye::conformance
