#include "log/LogModel.h"

#include "reading/CaptureReader.h"
#include "reading/CaptureJob.h"
#include "reading/CaptureLoader.h"
#include "log/EntrySearch.h"

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

/// Pages still wanted beyond this many were scrolled past long ago.
constexpr qsizetype MaxWanted = 256;
/// Pages read in one go: more than a screen of a sparsely filtered log shows, few enough to turn to newer wishes soon.
constexpr qsizetype PagesAtOnce = 64;

int rowNumber(qint64 count)
{
    return int(std::min<qint64>(count, std::numeric_limits<int>::max()));
}

} // namespace

LogModel::LogModel(CaptureLoader &loader, QObject *parent)
    : QAbstractTableModel(parent)
    , m_loader(loader)
    , m_copiedColumns{EntryColumn, TimeColumn, DeltaColumn, DirectionColumn, TypeColumn, SizeColumn, PreviewColumn}
    , m_rows(std::make_unique<EntrySearch>(loader.path()))
    , m_marks(std::make_unique<EntrySearch>(loader.path()))
    , m_matcher(std::make_unique<AnnotationMatcher>(loader))
    , m_sums(std::make_unique<CaptureJob>(loader.path()))
    , m_steps(std::make_unique<CaptureJob>(loader.path()))
    , m_text(std::make_unique<CaptureJob>(loader.path()))
{
    connect(&m_loader, &CaptureLoader::opened, this, &LogModel::advanceTo);
    m_matcher->setQueries([this] { return annotationQueries(); }, [this](EntryId id) { return isSearchedFor(id); });
    connect(m_matcher.get(), &AnnotationMatcher::checked, this, &LogModel::takeChecked);
    connect(this, &LogModel::searchChanged, m_matcher.get(), &AnnotationMatcher::readinessChanged);
    watch(*m_rows);
    watch(*m_marks);
    for (const auto *job : {m_sums.get(), m_steps.get(), m_text.get()})
        connect(job, &CaptureJob::failed, this, &LogModel::failed);
}

LogModel::~LogModel() = default;

int LogModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    return rowNumber(hidesEntries() ? m_rows->found().size() : m_last.value());
}

int LogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

EntryId LogModel::entryAt(Row row) const
{
    if (row.value() < 0 || row.value() >= rowCount())
        return {};
    return hidesEntries() ? m_rows->found().at(row.value()) : EntryId(row.value() + 1);
}

Row LogModel::rowOf(EntryId id) const
{
    if (!hidesEntries())
        return Row(rowNumber(std::clamp<qint64>(id.value(), 0, m_last.value())) - 1);
    return Row(rowNumber(m_rows->found().countUpTo(id)) - 1);
}

bool LogModel::isShown(EntryId id) const
{
    const Row row = rowOf(id);
    return row.value() >= 0 && entryAt(row) == id;
}

void LogModel::advanceTo(EntryId last)
{
    if (last <= m_last)
        return;
    const bool shown = !hidesEntries();
    if (shown)
        beginInsertRows({}, rowNumber(m_last.value()), rowNumber(last.value()) - 1);
    m_last = last;
    m_short.clear();
    if (shown)
        endInsertRows();
    readStart();
    m_rows->advanceTo(last);
    m_marks->advanceTo(last);
}

// Pages

void LogModel::readNow(EntryId id) const
{
    if (!m_directReader) {
        auto opened = CaptureReader::open(m_loader.path());
        if (!opened)
            return;
        m_directReader = std::move(opened).value();
    }
    const EntryId start = EntryCache::pageStart(id);
    if (auto entries = m_directReader->entries(start, EntryCache::PageSize))
        m_cache.insert(start, std::move(entries).value());
}

void LogModel::request(EntryId id) const
{
    const qint64 start = EntryCache::pageStart(id).value();
    if (m_short.value(start) == m_last || (!m_wanted.isEmpty() && m_wanted.constLast() == start))
        return;
    m_wanted.removeOne(start);
    m_wanted.append(start);
    if (m_wanted.size() > MaxWanted)
        m_wanted.removeFirst();
    if (m_readPending)
        return;
    m_readPending = true;
    // Once the painting that asks is through, so that all its wishes go in one question.
    auto *self = const_cast<LogModel *>(this);
    QMetaObject::invokeMethod(self, &LogModel::readRequested, Qt::QueuedConnection);
}

void LogModel::readRequested()
{
    if (m_wanted.isEmpty()) {
        m_readPending = false;
        return;
    }
    const QList<qint64> starts = m_wanted.last(std::min(PagesAtOnce, m_wanted.size()));
    m_wanted.remove(m_wanted.size() - starts.size(), starts.size());
    const auto read = [starts](const CaptureReader &capture) {
        QList<Page> pages;
        for (const qint64 start : starts) {
            auto entries = capture.entries(EntryId(start), EntryCache::PageSize);
            Page page{EntryId(start), {}, entries.message()};
            if (entries)
                page.entries = std::move(entries).value();
            pages.append(std::move(page));
        }
        return pages;
    };
    m_loader.read(this, read, [this, last = m_last](const QList<Page> &pages) {
        takePages(pages, last);
        readRequested();
    });
}

void LogModel::takePages(const QList<Page> &pages, EntryId last)
{
    for (const Page &page : pages) {
        if (!page.problem.isEmpty())
            Q_EMIT failed(page.problem);
        m_wanted.removeOne(page.start.value());
        m_cache.insert(page.start, page.entries);
        const qint64 expected = std::min<qint64>(EntryCache::PageSize, last - page.start + 1);
        if (expected > 0 && !m_cache.find(page.start + (expected - 1)))
            m_short.insert(page.start.value(), last);
    }
    for (const Page &page : pages) {
        if (!page.entries.isEmpty())
            announce(page.start, page.start + (page.entries.size() - 1));
    }
}

void LogModel::announce(EntryId first, EntryId last)
{
    // The row after the page's last one shows the time that has passed since it.
    const int bottom = std::min(rowOf(last).value() + 1, rowCount() - 1);
    const int top = std::max(rowOf(first).value(), 0);
    if (bottom >= top)
        Q_EMIT dataChanged(index(top, 0), index(bottom, ColumnCount - 1));
}

} // namespace sockeye
