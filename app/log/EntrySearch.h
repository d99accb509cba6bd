#pragma once

#include "filter/EntryQuery.h"
#include "log/EntryIdList.h"
#include "reading/CaptureJob.h"

#include <memory>

namespace sockeye {

class Noise;

/// Finds in the background the entries that a query matches, from the log's first to its last, and goes on as the log
/// grows. Matches are reported once per frame of a screen, the first ones at once.
class EntrySearch final : public QObject
{
    Q_OBJECT

public:
    explicit EntrySearch(const QString &path, QObject *parent = nullptr);
    ~EntrySearch() override;

    /// Also searches for a query that matches all: for a capture whose entries' ids are not consecutive, so that only a
    /// search tells which there are. For the next start().
    void setFindsAll(bool findsAll) { m_findsAll = findsAll; }
    /// Forgets what was found, and searches up to `last`. A query that matches all is not searched for otherwise.
    void start(const EntryQuery &query, EntryId last);
    /// The log has grown to this entry.
    void advanceTo(EntryId last);
    /// Stops searching the entries that there are; entries that come later are searched all the same.
    void cancel();

    [[nodiscard]] const EntryQuery &query() const { return m_query; }
    [[nodiscard]] bool isActive() const { return m_findsAll || !m_query.matchesAll(); }
    /// Whether it still searches the entries that there were when it was started.
    [[nodiscard]] bool isSearching() const { return isActive() && m_searched < m_goal; }
    /// False once it was cancelled or has failed: something may be missing.
    [[nodiscard]] bool isSound() const { return m_sound; }
    /// The last entry that has been searched.
    [[nodiscard]] EntryId searchedTo() const { return m_searched; }
    [[nodiscard]] const EntryIdList &found() const { return m_found; }
    /// The number of entries that the query matched, but that were left out as noise.
    [[nodiscard]] qint64 hidden() const { return m_hidden; }

    /// For corrections of what was found.
    void setFound(const EntryIdList &found) { m_found = found; }

Q_SIGNALS:
    /// So many more entries have been found; found() holds them when grew() follows at once.
    void growing(qint64 count);
    void grew(sockeye::EntryId first, sockeye::EntryId last);
    /// The search began, went on or ended.
    void changed();
    void failed(const QString &message);

private:
    void search(EntryId first);
    void take(const QList<EntryId> &ids, qint64 hidden, EntryId searched);
    void fail(const QString &message);
    void finish();

    CaptureJob m_job;
    EntryQuery m_query;
    /// What the search has met so far. Used by the jobs, which run one after another.
    std::shared_ptr<Noise> m_noise;
    EntryIdList m_found;
    qint64 m_hidden = 0;
    EntryId m_last;
    EntryId m_searched;
    /// What isSearching() compares with: the log's end when it was started, not what came since.
    EntryId m_goal;
    bool m_findsAll = false;
    bool m_sound = true;
    bool m_failed = false;
};

} // namespace sockeye
