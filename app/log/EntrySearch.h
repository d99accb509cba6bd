#pragma once

#include "filter/EntryQuery.h"
#include "reading/CaptureJob.h"
#include "log/EntryIdList.h"

namespace sockeye {

/// Finds in the background what a query matches, from the log's first entry to its last and on as it grows. What is
/// found comes a screen's frame at a time, the first at once.
class EntrySearch final : public QObject
{
    Q_OBJECT

public:
    explicit EntrySearch(const QString &path, QObject *parent = nullptr);
    ~EntrySearch() override;

    /// Searches for this up to `last`, forgetting what was found; a query that matches all is not searched for.
    void start(const EntryQuery &query, EntryId last);
    /// The log has grown to this entry.
    void advanceTo(EntryId last);
    /// Stops looking at what there is; entries that come later are searched all the same.
    void cancel();

    [[nodiscard]] const EntryQuery &query() const { return m_query; }
    [[nodiscard]] bool isActive() const { return !m_query.matchesAll(); }
    /// Whether it still looks at what there was when it was started.
    [[nodiscard]] bool isSearching() const { return isActive() && m_searched < m_goal; }
    /// False once it was cancelled or has failed: something may be missing.
    [[nodiscard]] bool isSound() const { return m_sound; }
    /// The last entry that it has looked at.
    [[nodiscard]] EntryId searchedTo() const { return m_searched; }
    [[nodiscard]] const EntryIdList &found() const { return m_found; }
    /// What the query matched and its noise conditions left out.
    [[nodiscard]] qint64 hidden() const { return m_hidden; }

    /// For changes in what is found already.
    void setFound(const EntryIdList &found) { m_found = found; }

Q_SIGNALS:
    /// So many more are found, and are there when grew() comes right after.
    void growing(qint64 count);
    void grew(sockeye::EntryId first, sockeye::EntryId last);
    /// It began, went on or ended.
    void changed();
    void failed(const QString &message);

private:
    void search(EntryId first);
    void take(const QList<EntryId> &ids, qint64 hidden, EntryId searched);
    void fail(const QString &message);
    void finish();

    CaptureJob m_job;
    EntryQuery m_query;
    EntryIdList m_found;
    qint64 m_hidden = 0;
    EntryId m_last;
    EntryId m_searched;
    /// What isSearching() compares with: the log's end when it was started, not what came since.
    EntryId m_goal;
    bool m_sound = true;
    bool m_failed = false;
};

} // namespace sockeye
