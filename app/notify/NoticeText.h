#pragma once

#include "notify/Notice.h"
#include "record/Entry.h"

#include <QList>

namespace sockeye {

/// A notice as it is shown: plain text of bounded length, without control characters.
struct NoticeText
{
    QString title;
    QString body;

    /// Of notices that are shown as one (NoticePace::take()), at least one. A line each; those that are too many are
    /// counted.
    [[nodiscard]] static NoticeText of(const QList<Notice> &notices, Timestamp now);
    /// An entry in one line, with its direction, the secrets masked.
    [[nodiscard]] static QString preview(const Entry &entry);
    /// For desktops that take the text for markup, or may: "<", ">" and "&" are characters there that look like them,
    /// and read the same on desktops that do not.
    [[nodiscard]] static QString withoutMarkup(QString text);

    friend bool operator==(const NoticeText &, const NoticeText &) = default;
};

} // namespace sockeye
