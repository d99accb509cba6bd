#pragma once

#include "record/Entry.h"
#include "record/TimelineBucket.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace sockeye {

class CancelToken;
class CaptureJob;
class CaptureReader;

/// An event of a connection: it opened, closed, broke, or could not be made.
struct TimelineMark
{
    Timestamp time;
    EventKind kind = EventKind::None;
    ConnectionId connection;
    /// Of an end: what it amounts to.
    Severity severity = Severity::Note;
    /// The event in a sentence.
    QString text;

    friend bool operator==(const TimelineMark &, const TimelineMark &) = default;
};

/// The buckets of one stretch of time, all of one width.
struct TimelineBuckets
{
    /// The buckets are complete for this stretch, up to the end of the session when they were read.
    TimeSpan covered;
    Nanoseconds width{0};
    QList<TimelineBucket> list;
    /// The end of the session when they were read.
    Timestamp readTo;

    friend bool operator==(const TimelineBuckets &, const TimelineBuckets &) = default;
};

/// What the timeline of a capture shows: buckets of the wanted width for the wanted range of time, the session's span
/// and the events of its connections. Read in the background with a reader of its own, because the log's pages must not
/// wait behind a scan; a newer request replaces a running one. It holds some hundred buckets, however long the capture
/// is. For a capture that cannot be read it is empty; the log says why.
///
/// Lives in the window's thread. A growing capture is read once per RefreshEvery at most, and only at its end.
class TimelineModel final : public QObject
{
    Q_OBJECT

public:
    static constexpr auto RefreshEvery = std::chrono::milliseconds(250);
    /// Buckets of less than a second are counted entry by entry. Where there are more entries than this, buckets are a
    /// whole second wide.
    static constexpr qint64 MaxCounted = 500'000;
    /// Older marks are left out.
    static constexpr qsizetype MaxMarks = 10'000;

    explicit TimelineModel(const QString &path, QObject *parent = nullptr);
    ~TimelineModel() override;

    /// The narrowest width that cuts the length into no more columns than this: 1, 2 or 5 times a power of ten in
    /// milliseconds, round parts of minutes, hours and days above.
    [[nodiscard]] static Nanoseconds widthFor(Nanoseconds length, int columns);

    /// The capture has grown to this entry.
    void advanceTo(EntryId last);
    /// A connection has begun, opened or ended.
    void connectionsChanged();
    /// Sets the range to show: from `from` to before `to`, in at most so many buckets. What is shown already is read
    /// again only where it may have changed.
    void show(TimeSpan range, int columns);

    /// None without entries.
    [[nodiscard]] std::optional<TimeSpan> session() const { return m_session; }
    /// Until the range that was set last has been read, the buckets are those of an earlier range.
    [[nodiscard]] const TimelineBuckets &buckets() const { return m_buckets; }
    /// In the order of time.
    [[nodiscard]] const QList<TimelineMark> &marks() const { return m_marks; }
    /// Whether everything that was requested has been read.
    [[nodiscard]] bool isUpToDate() const { return !m_due.any() && !m_running.any(); }

Q_SIGNALS:
    /// Emitted when the session's span, the buckets or the marks have changed.
    void changed();
    /// Emitted before that when the marks have changed.
    void marksChanged();

private:
    struct Wish
    {
        TimeSpan range;
        Nanoseconds width{0};

        friend bool operator==(const Wish &, const Wish &) = default;
    };
    /// What is to be read.
    struct Due
    {
        bool range = false;
        bool growth = false;
        bool marks = false;

        [[nodiscard]] bool any() const { return range || growth || marks; }
    };
    struct Answer;

    [[nodiscard]] static Answer read(const CaptureReader &capture, const Wish &wish, const TimelineBuckets &known,
                                     bool withMarks, const CancelToken &cancel);
    void start();
    void startSoon();
    void take(const Answer &answer);

    std::unique_ptr<CaptureJob> m_job;
    QTimer m_pause;
    Wish m_wish;
    Due m_due{false, true, true};
    /// What the running job reads; due again if the job is replaced.
    Due m_running;

    std::optional<TimeSpan> m_session;
    TimelineBuckets m_buckets;
    QList<TimelineMark> m_marks;
};

} // namespace sockeye
