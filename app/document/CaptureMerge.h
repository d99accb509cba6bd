#pragma once

#include "base/Clock.h"
#include "base/Job.h"
#include "capture/CaptureWriter.h"
#include "document/CaptureSource.h"

#include <QDateTime>
#include <QHash>
#include <QTimer>

namespace sockeye {

/// One of several captures that are to be seen together.
struct MergeLane
{
    QString path;
    /// What the lane is called in the log.
    QString name;
    /// Somebody still records into it.
    bool isLive = false;
};

/// Several captures as one, in the order of time: a capture of its own, into which all entries are copied with their
/// frames, findings and connections, and which grows as its lanes do. So whatever can be done with a capture can be
/// done with several together. The lanes are only read. What people put on entries of theirs is not copied, and what
/// they put on entries here stays here.
///
/// Copies in a thread of its own; memory is bounded by the writer's queue. Entries of a live lane are waited for a
/// moment (Lag), because they are written a little later than they crossed the wire; one that comes later still is
/// put in where the log is by then. Lives in the window's thread.
class CaptureMerge final : public CaptureSource
{
    Q_OBJECT

public:
    static constexpr auto Lag = std::chrono::milliseconds(250);
    static constexpr auto RefreshEvery = std::chrono::milliseconds(100);

    /// The capture is written to `target`, which must not exist, from start() on. The clock outlives the merge.
    CaptureMerge(const QString &target, const QList<MergeLane> &lanes, const Clock &clock, QObject *parent = nullptr);
    /// Ends where it is; the file is removed in the background.
    ~CaptureMerge() override;

    /// Where a merge may be written in this folder, which exists.
    [[nodiscard]] static QString newPath(const QString &folder);
    /// Removes merges from the folder that were last touched before, and that nobody has open: what was left by
    /// programs that died. Waits for the disk; any thread.
    static void removeLeftovers(const QString &folder, const QDateTime &before);

    void start();
    [[nodiscard]] QString path() const override;
    [[nodiscard]] bool isCreated() const override { return m_isCreated; }
    /// As long as it exists: whatever is recorded into a lane is copied.
    [[nodiscard]] bool isLive() const override { return true; }
    /// False, too, once the capture cannot be written any more.
    bool annotate(const AnnotationMap &annotations) override;
    [[nodiscard]] const QList<MergeLane> &lanes() const { return m_lanes; }
    /// The lane's name for each connection of the merged capture.
    [[nodiscard]] const QHash<ConnectionId, QString> &laneNames() const { return m_laneNames; }
    /// Copies what has come to the lanes; to be called when one of them has grown or a connection of it has changed.
    void refresh();
    /// Nobody records into this file any more.
    void setEnded(const QString &path);
    /// All that the lanes held when they were last looked at is here.
    [[nodiscard]] bool isCaughtUp() const { return m_caughtUp; }

Q_SIGNALS:
    // failed(): the capture cannot be written, or a lane cannot be read; the others go on.
    void caughtUpChanged(bool caughtUp);
    void laneNamesChanged();

private:
    class Copier;
    struct Round
    {
        /// Something waits for live lanes.
        bool heldBack = false;
        QStringList problems;
    };

    void copy();
    void take(const Round &round);
    void addLaneName(ConnectionId id, const QString &name);

    QList<MergeLane> m_lanes;
    const Clock &m_clock;
    std::shared_ptr<CaptureWriter> m_writer;
    QHash<ConnectionId, QString> m_laneNames;
    QTimer m_pause;
    bool m_isCreated = false;
    bool m_due = false;
    bool m_caughtUp = false;
    bool m_stopped = false;
    /// Passes from one job to the next, never used by two at once.
    std::shared_ptr<Copier> m_copier;
    // Last, so that it ends before what it uses.
    JobRunner m_job;
};

} // namespace sockeye
