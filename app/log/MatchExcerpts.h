#pragma once

#include "filter/MatchMarks.h"
#include "record/Entry.h"

#include <QCache>
#include <QList>
#include <QObject>

namespace sockeye {

class CaptureLoader;
class CaptureReader;

/// Pieces of long texts around the first place that the filter looks for: a preview shows a text's beginning, which
/// need not hold it. They are read in the background, for entries as they are looked at, the latest first, and kept in
/// bounded number until the filter changes. Lives in one thread, and never waits.
class MatchExcerpts final : public QObject
{
    Q_OBJECT

public:
    /// Bytes of a payload that are searched at most: a log of long messages is not to wait for its rows.
    static constexpr qint64 MaxExamined = 1024 * 1024;
    /// Bytes before a match that its excerpt has, and bytes of an excerpt.
    static constexpr qint64 Before = 64;
    static constexpr qint64 Size = Entry::HeadSize;

    /// The loader outlives this object.
    explicit MatchExcerpts(CaptureLoader &loader, QObject *parent = nullptr);

    /// Forgets what was found of others.
    void setMarks(const MatchMarks &marks);
    /// The excerpt as a line, empty for a text in which nothing was found; null while that is not known, and then it is
    /// read. Valid until control returns to the event loop.
    [[nodiscard]] const QString *find(const Entry &entry);

    /// What setMarks() and find() have read in the background. Reads no more than MaxExamined.
    [[nodiscard]] static QString excerptOf(const CaptureReader &capture, const Entry &entry, const MatchMarks &marks);

Q_SIGNALS:
    /// The entry's excerpt is known.
    void arrived(sockeye::EntryId id);

private:
    struct Found
    {
        EntryId id;
        QString excerpt;
    };

    void request(const Entry &entry);
    void readWanted();
    void take(const QList<Found> &found);

    CaptureLoader &m_loader;
    MatchMarks m_marks;
    /// How many times the marks have changed: what was read for others is dropped.
    quint64 m_generation = 0;
    QCache<qint64, QString> m_excerpts;
    /// The one requested last at the end.
    QList<Entry> m_wanted;
    bool m_isReading = false;
};

} // namespace sockeye
