#include "log/LogRows.h"

#include "log/EntrySearch.h"
#include "reading/Annotations.h"
#include "reading/CaptureJob.h"
#include "reading/CaptureLoader.h"
#include "reading/CaptureReader.h"

#include <QFileInfo>

#include <algorithm>
#include <limits>
#include <optional>

namespace sockeye {

namespace {

int rowNumber(qint64 count)
{
    return int(std::min<qint64>(count, std::numeric_limits<int>::max()));
}

/// No entry takes less room in a file.
constexpr qint64 LeastEntrySize = 16;
/// Below this, ids are not worth a look at the file's size.
constexpr qint64 ManyEntries = 1'000'000;

/// Whether the last id alone shows that there are gaps.
bool isBeyond(const QString &path, EntryId last)
{
    return last.value() > ManyEntries && last.value() > QFileInfo(path).size() / LeastEntrySize;
}

/// What is found if exactly `matches` of these entries match; none if that changes nothing.
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

LogRows::LogRows(CaptureLoader &loader, QObject *parent)
    : QObject(parent)
    , m_rows(std::make_unique<EntrySearch>(loader.path()))
    , m_marks(std::make_unique<EntrySearch>(loader.path()))
    , m_matcher(std::make_unique<AnnotationMatcher>(loader))
    , m_path(loader.path())
{
    m_matcher->setQueries([this] { return annotationQueries(); }, [this](EntryId id) { return isSearchedFor(id); });
    connect(m_matcher.get(), &AnnotationMatcher::checked, this, &LogRows::takeChecked);
    connect(this, &LogRows::searchChanged, m_matcher.get(), &AnnotationMatcher::readinessChanged);
    watch(*m_rows);
    watch(*m_marks);
}

LogRows::~LogRows() = default;

void LogRows::watch(EntrySearch &search)
{
    connect(&search, &EntrySearch::growing, this, [this, &search](qint64 more) {
        if (&search == m_rows.get())
            Q_EMIT inserting(count(), count() + int(more) - 1);
    });
    connect(&search, &EntrySearch::grew, this, [this, &search](EntryId first, EntryId last) {
        if (&search == m_rows.get())
            Q_EMIT inserted();
        else
            tellMarks(first, last);
    });
    connect(&search, &EntrySearch::changed, this, &LogRows::searchChanged);
    connect(&search, &EntrySearch::failed, this, &LogRows::failed);
}

void LogRows::advanceTo(EntryId last)
{
    if (last <= m_last)
        return;
    if (!m_isCounted)
        lookForGaps(last);
    const bool shown = !isListed();
    if (shown)
        Q_EMIT inserting(rowNumber(m_last.value()), rowNumber(last.value()) - 1);
    m_last = last;
    if (shown)
        Q_EMIT inserted();
    m_rows->advanceTo(last);
    m_marks->advanceTo(last);
}

/// What is recorded here has no gaps; a file that is opened is counted. Its rows are shown meanwhile, unless its last
/// id cannot be that of its last row.
void LogRows::lookForGaps(EntryId last)
{
    m_isCounted = true;
    if (isBeyond(m_path, last)) {
        m_rows->setFindsAll(true);
        m_marks->setFindsAll(true);
        return;
    }
    m_gapJob = std::make_unique<CaptureJob>(m_path);
    // It holds a reader.
    connect(m_gapJob.get(), &CaptureJob::finished, this, [this] { m_gapJob.release()->deleteLater(); });
    m_gapJob->start([this, last](const CaptureReader &capture, const JobContext &job) {
        qint64 entries = 0;
        const auto counted =
            capture.scanner().forEachSize(EntryId(1), last, job.token(), [&entries](const EntrySize &) { ++entries; });
        if (counted && !job.isCancelled() && entries != last.value())
            job.report([this] { listEntries(); });
    });
}

void LogRows::listEntries()
{
    for (EntrySearch *search : {m_rows.get(), m_marks.get()}) {
        search->setFindsAll(true);
        restart(*search);
    }
    Q_EMIT searchChanged();
}

void LogRows::setAnnotations(Annotations *annotations)
{
    m_matcher->setAnnotations(annotations);
}

// Rows

int LogRows::count() const
{
    return rowNumber(isListed() ? m_rows->found().size() : m_last.value());
}

EntryId LogRows::entryAt(Row row) const
{
    if (row.value() < 0 || row.value() >= count())
        return {};
    return isListed() ? m_rows->found().at(row.value()) : EntryId(row.value() + 1);
}

Row LogRows::rowOf(EntryId id) const
{
    if (!isListed())
        return Row(rowNumber(std::clamp<qint64>(id.value(), 0, m_last.value())) - 1);
    return Row(rowNumber(m_rows->found().countUpTo(id)) - 1);
}

bool LogRows::isShown(EntryId id) const
{
    const Row row = rowOf(id);
    return row.value() >= 0 && entryAt(row) == id;
}

SelectedRows LogRows::selected(const RowRanges &ranges) const
{
    return SelectedRows(isListed() ? std::optional(m_rows->found()) : std::nullopt, m_last, ranges);
}

// What decides about them

void LogRows::setFilter(const EntryQuery &query)
{
    // Setting the same filter starts a search anew that was cancelled or has failed.
    if (m_query == query) {
        for (EntrySearch *search : {m_rows.get(), m_marks.get()}) {
            if (!search->isSound())
                restart(*search);
        }
    }
    m_query = query;
    search();
    tellMarks(EntryId(1), m_last);
}

void LogRows::setMode(FilterMode mode)
{
    if (m_mode == mode)
        return;
    m_mode = mode;
    search();
}

void LogRows::setQuiet(LogQuiet quiet)
{
    if (m_quiet == quiet)
        return;
    m_quiet = quiet;
    search();
}

/// Brings both searches to what is wanted now; what has been found stays where it is of use.
void LogRows::search()
{
    const auto quieted = [this](EntryQuery query) {
        query.withoutControl = query.withoutControl || m_quiet.control;
        query.withoutRepeats = query.withoutRepeats || m_quiet.repeats;
        return query;
    };
    const bool hides = m_mode == FilterMode::Hide;
    const EntryQuery rows = quieted(hides ? m_query : EntryQuery());
    const EntryQuery marks = hides || !isFiltered() ? EntryQuery() : quieted(m_query);
    const auto bringTo = [this](EntrySearch &search, const EntryQuery &query) {
        if (search.query() != query)
            search.start(query, m_last);
    };
    if (rows != m_rows->query()) {
        Q_EMIT resetting();
        if (m_marks->query() == rows || m_rows->query() == marks)
            std::swap(m_rows, m_marks);
        bringTo(*m_rows, rows);
        bringTo(*m_marks, marks);
        Q_EMIT wasReset();
    } else if (marks != m_marks->query()) {
        m_marks->start(marks, m_last);
        tellMarks(EntryId(1), m_last);
    }
    Q_EMIT searchChanged();
}

void LogRows::tellMarks(EntryId first, EntryId last)
{
    if (m_mode == FilterMode::Mark)
        Q_EMIT marksChanged(first, last);
}

const EntryQuery &LogRows::shownQuery() const
{
    return m_rows->query();
}

bool LogRows::hidesEntries() const
{
    return !m_rows->query().matchesAll();
}

bool LogRows::isListed() const
{
    return m_rows->isActive();
}

// What was found

bool LogRows::isSearching() const
{
    return m_rows->isSearching() || m_marks->isSearching();
}

EntryId LogRows::searchedTo() const
{
    EntryId searched = m_last;
    for (const EntrySearch *search : {m_rows.get(), m_marks.get()}) {
        if (search->isSearching())
            searched = std::min(searched, search->searchedTo());
    }
    return searched;
}

bool LogRows::isSearchSound() const
{
    return m_rows->isSound() && m_marks->isSound();
}

void LogRows::cancelSearch()
{
    m_rows->cancel();
    m_marks->cancel();
}

const EntrySearch &LogRows::matches() const
{
    return m_mode == FilterMode::Hide ? *m_rows : *m_marks;
}

bool LogRows::isMarked(EntryId id) const
{
    return m_mode == FilterMode::Mark && m_marks->found().contains(id);
}

qint64 LogRows::matchCount() const
{
    return isFiltered() ? matches().found().size() : 0;
}

EntryId LogRows::nextMatch(EntryId from, bool forward) const
{
    if (!isFiltered())
        return {};
    EntryId next = matches().found().next(from, forward);
    while (next.value() > 0 && !isShown(next))
        next = matches().found().next(next, forward);
    return next;
}

qint64 LogRows::matchesUpTo(EntryId id) const
{
    return isFiltered() ? matches().found().countUpTo(id) : 0;
}

qint64 LogRows::hiddenCount() const
{
    return m_rows->hidden();
}

// Annotations that queries look at

QList<EntryQuery> LogRows::annotationQueries() const
{
    QList<EntryQuery> queries;
    for (const EntrySearch *search : {m_rows.get(), m_marks.get()}) {
        if (search->isActive() && search->query().usesAnnotations())
            queries.append(search->query());
    }
    return queries;
}

/// A search that has not come so far will see the annotation itself; but what it has read may still be on its way.
bool LogRows::isSearchedFor(EntryId id) const
{
    const auto isPast = [id](const EntrySearch &search) {
        return !search.isActive() || !search.isSound() || search.searchedTo() >= id;
    };
    return isPast(*m_rows) && isPast(*m_marks);
}

void LogRows::takeChecked(const AnnotationMatcher::Checked &answer)
{
    // A search may have begun anew since the question was asked.
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
            restart(*search);
        else if (const auto found = corrected(search->found(), checked.entries, checked.matches.at(query)))
            edit(*search, [search, &found] { search->setFound(*found); });
        if (search == m_marks.get())
            tellMarks(EntryId(1), m_last);
    }
    Q_EMIT searchChanged();
    if (!early.isEmpty())
        m_matcher->add(early);
}

void LogRows::restart(EntrySearch &search)
{
    edit(search, [this, &search] { search.start(EntryQuery(search.query()), m_last); });
}

/// Rows that come and go in the middle are told as a reset, after which the view finds its place again.
void LogRows::edit(const EntrySearch &search, const std::function<void()> &change)
{
    const bool isRows = &search == m_rows.get();
    if (isRows)
        Q_EMIT resetting();
    change();
    if (isRows)
        Q_EMIT wasReset();
}

} // namespace sockeye
