// The part of LogModel that decides what is shown and marked. Rows and pages are in LogModel.cpp.
#include "log/LogModel.h"

#include "log/EntrySearch.h"
#include "reading/CaptureLoader.h"
#include "reading/CaptureReader.h"

#include <algorithm>

namespace sockeye {

namespace {

/// What is found, now that of these entries exactly so many match; none if that changes nothing.
std::optional<EntryIdList> corrected(const EntryIdList &found, const QList<EntryId> &entries,
                                     const QList<EntryId> &matches)
{
    EntryIdList now = found;
    bool changed = false;
    for (const EntryId id : entries)
        changed |= matches.contains(id) ? now.insert(id) : now.remove(id);
    return changed ? std::optional(now) : std::nullopt;
}

} // namespace

void LogModel::watch(EntrySearch &search)
{
    connect(&search, &EntrySearch::growing, this, [this, &search](qint64 count) {
        if (&search == m_rows.get())
            beginInsertRows({}, rowCount(), rowCount() + int(count) - 1);
    });
    connect(&search, &EntrySearch::grew, this, [this, &search](EntryId first, EntryId last) {
        if (&search == m_rows.get())
            endInsertRows();
        else
            marksChanged(first, last);
    });
    connect(&search, &EntrySearch::changed, this, &LogModel::searchChanged);
    connect(&search, &EntrySearch::failed, this, &LogModel::failed);
}

void LogModel::setFilter(const EntryQuery &query)
{
    // Asked for again, a search that was cancelled or has failed begins anew.
    if (m_query == query) {
        for (EntrySearch *search : {m_rows.get(), m_marks.get()}) {
            if (!search->isSound())
                edit(*search, [this, search] { search->start(EntryQuery(search->query()), m_last); });
        }
    }
    m_query = query;
    search();
    marksChanged(EntryId(1), m_last);
}

void LogModel::setFilterMode(FilterMode mode)
{
    if (m_mode == mode)
        return;
    m_mode = mode;
    search();
}

void LogModel::setQuiet(Quiet quiet)
{
    if (m_quiet == quiet)
        return;
    m_quiet = quiet;
    search();
}

/// Brings both searches to what is wanted now; what has been found stays where it is of use.
void LogModel::search()
{
    const auto quieted = [this](EntryQuery query) {
        query.withoutControl = query.withoutControl || m_quiet.control;
        query.withoutRepeats = query.withoutRepeats || m_quiet.repeats;
        return query;
    };
    const bool hides = m_mode == FilterMode::Hide;
    const EntryQuery rows = quieted(hides ? m_query : EntryQuery());
    const EntryQuery marks = hides || !isFiltered() ? EntryQuery() : quieted(m_query);
    const auto restart = [this](EntrySearch &search, const EntryQuery &query) {
        if (search.query() != query)
            search.start(query, m_last);
    };
    if (rows != m_rows->query()) {
        beginResetModel();
        if (m_marks->query() == rows || m_rows->query() == marks)
            std::swap(m_rows, m_marks);
        restart(*m_rows, rows);
        restart(*m_marks, marks);
        endResetModel();
    } else if (marks != m_marks->query()) {
        m_marks->start(marks, m_last);
        marksChanged(EntryId(1), m_last);
    }
    Q_EMIT searchChanged();
}

void LogModel::marksChanged(EntryId first, EntryId last)
{
    const int top = std::max(rowOf(first).value(), 0);
    const int bottom = rowOf(last).value();
    if (m_mode == FilterMode::Mark && bottom >= top)
        Q_EMIT dataChanged(index(top, 0), index(bottom, ColumnCount - 1), {MatchedRole});
}

bool LogModel::hidesEntries() const
{
    return m_rows->isActive();
}

bool LogModel::isSearching() const
{
    return m_rows->isSearching() || m_marks->isSearching();
}

EntryId LogModel::searchedTo() const
{
    EntryId searched = m_last;
    for (const EntrySearch *search : {m_rows.get(), m_marks.get()}) {
        if (search->isSearching())
            searched = std::min(searched, search->searchedTo());
    }
    return searched;
}

bool LogModel::isSearchSound() const
{
    return m_rows->isSound() && m_marks->isSound();
}

void LogModel::cancelSearch()
{
    m_rows->cancel();
    m_marks->cancel();
}

const EntrySearch &LogModel::matches() const
{
    return m_mode == FilterMode::Hide ? *m_rows : *m_marks;
}

qint64 LogModel::matchCount() const
{
    return isFiltered() ? matches().found().size() : 0;
}

EntryId LogModel::nextMatch(EntryId from, bool forward) const
{
    if (!isFiltered())
        return {};
    EntryId next = matches().found().next(from, forward);
    while (next.value() > 0 && !isShown(next))
        next = matches().found().next(next, forward);
    return next;
}

qint64 LogModel::matchesUpTo(EntryId id) const
{
    return isFiltered() ? matches().found().countUpTo(id) : 0;
}

void LogModel::readTimeSpan(QObject *context, std::function<void(const std::optional<TimeSpan> &)> done) const
{
    m_loader.read(
        context,
        [](const CaptureReader &capture) {
            const auto span = capture.timeline().timeSpan();
            return span ? span.value() : std::nullopt;
        },
        std::move(done));
}

qint64 LogModel::hiddenCount() const
{
    return m_rows->hidden();
}

// Annotations that queries look at

QList<EntryQuery> LogModel::annotationQueries() const
{
    QList<EntryQuery> queries;
    for (const EntrySearch *search : {m_rows.get(), m_marks.get()}) {
        if (search->isActive() && search->query().usesAnnotations())
            queries.append(search->query());
    }
    return queries;
}

/// A search that has not come so far will see for itself; but what it has read may still be on its way.
bool LogModel::isSearchedFor(EntryId id) const
{
    const auto isPast = [id](const EntrySearch &search) {
        return !search.isActive() || !search.isSound() || search.searchedTo() >= id;
    };
    return isPast(*m_rows) && isPast(*m_marks);
}

void LogModel::takeChecked(const AnnotationMatcher::Checked &answer)
{
    // A search may have begun anew since that was asked.
    AnnotationMatcher::Checked checked = answer;
    QList<EntryId> early;
    checked.entries.removeIf([this, &early](EntryId id) {
        if (!isSearchedFor(id))
            early.append(id);
        return !isSearchedFor(id);
    });
    for (EntrySearch *search : {m_rows.get(), m_marks.get()}) {
        const qsizetype query = checked.queries.indexOf(search->query());
        if (!search->isActive() || query < 0)
            continue;
        if (checked.isTooMany)
            edit(*search, [this, search] { search->start(EntryQuery(search->query()), m_last); });
        else if (const auto found = corrected(search->found(), checked.entries, checked.matches.at(query)))
            edit(*search, [search, &found] { search->setFound(*found); });
        if (search == m_marks.get())
            marksChanged(EntryId(1), m_last);
    }
    Q_EMIT searchChanged();
    if (!early.isEmpty())
        m_matcher->add(early);
}

/// Rows that come and go anywhere are told as a reset, after which the view finds its place again.
void LogModel::edit(const EntrySearch &search, const std::function<void()> &change)
{
    const bool isRows = &search == m_rows.get();
    if (isRows)
        beginResetModel();
    change();
    if (isRows)
        endResetModel();
}

} // namespace sockeye
