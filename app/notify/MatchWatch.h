#pragma once

#include "base/Pace.h"
#include "filter/EntryQuery.h"
#include "reading/CaptureJob.h"
#include "record/Entry.h"

namespace sockeye {

/// Counts in the background the entries of a growing capture that a query matches, and that come from now on. Each
/// entry is looked at once, in batches some times a second, by a thread that neither records nor draws; nothing is kept
/// of what was found. Lives in the window's thread.
class MatchWatch final : public QObject
{
    Q_OBJECT

public:
    /// Entries up to `after` are left out. The capture's file need not be there before the first advanceTo().
    MatchWatch(const QString &path, const EntryQuery &query, EntryId after, QObject *parent = nullptr);
    ~MatchWatch() override;

    /// The capture has grown to this entry.
    void advanceTo(EntryId last);
    /// Likewise, but nothing up to there is to be told of, nor what is being searched.
    void skipTo(EntryId last);

Q_SIGNALS:
    /// So many more entries match, of which this is the first.
    void matched(qint64 count, const sockeye::Entry &first);
    /// The capture cannot be read; nothing is searched any more.
    void failed(const QString &message);

private:
    void search();
    void take(EntryId searched, qint64 count, const Entry &first);
    void fail(const QString &message);

    EntryQuery m_query;
    EntryId m_searched;
    EntryId m_last;
    bool m_hasFailed = false;
    Pace m_pace;
    /// The last member, and so the first to go: it reports to what stands above.
    CaptureJob m_job;
};

} // namespace sockeye
