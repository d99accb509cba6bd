#include "log/LogModel.h"

#include "base/Time.h"
#include "capture/CaptureReader.h"
#include "capture/EntryText.h"
#include "log/CaptureLoader.h"
#include "log/LogText.h"

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

/// Pages still wanted beyond this many were scrolled past long ago.
constexpr qsizetype MaxWanted = 256;
/// Pages read in one go: more than a screen of a sparsely filtered log shows, few enough to turn to newer wishes soon.
constexpr qsizetype PagesAtOnce = 64;

QVariant alignmentOf(int column)
{
    const bool isNumber =
        column == LogModel::EntryColumn || column == LogModel::DeltaColumn || column == LogModel::SizeColumn;
    return QVariant::fromValue(Qt::Alignment((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
}

int rowNumber(qint64 count)
{
    return int(std::min<qint64>(count, std::numeric_limits<int>::max()));
}

} // namespace

LogModel::LogModel(CaptureLoader &loader, QObject *parent)
    : QAbstractTableModel(parent)
    , m_loader(loader)
    , m_searchReader(std::make_shared<SearchReader>())
{
    connect(&m_loader, &CaptureLoader::opened, this, &LogModel::advanceTo);
    connect(&m_job, &JobRunner::finished, this, &LogModel::searchFinished);
}

LogModel::~LogModel() = default;

int LogModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    return rowNumber(isFiltered() ? qint64(m_matches.size()) : m_last.value());
}

int LogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    const bool spoken = role == Qt::AccessibleTextRole;
    switch (section) {
    case EntryColumn:
        return spoken ? tr("Number") : tr("#");
    case TimeColumn:
        return tr("Time");
    case DeltaColumn:
        return tr("Delta");
    case DirectionColumn:
        return spoken ? tr("Direction") : QString();
    case TypeColumn:
        return tr("Type");
    case SizeColumn:
        return tr("Size");
    default:
        return tr("Preview");
    }
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row row(index.row());
    const EntryId id = entryAt(row);
    switch (role) {
    case Qt::TextAlignmentRole:
        return alignmentOf(index.column());
    case EntryIdRole:
        return id.value();
    case Qt::AccessibleTextRole:
        return accessibleText(row, index.column());
    case Qt::DisplayRole:
    case LoadedRole:
    case DirectionRole:
    case KindRole:
    case EventRole:
    case SeverityRole:
    case FindingsRole:
        break;
    default:
        return {};
    }
    if (role == Qt::DisplayRole && index.column() == EntryColumn)
        return QString::number(id.value());
    if (const Entry *entry = m_cache.find(id))
        return cellValue(row, *entry, index.column(), role);
    request(id);
    return role == LoadedRole ? QVariant(false) : QVariant();
}

QVariant LogModel::cellValue(Row row, const Entry &entry, int column, int role) const
{
    switch (role) {
    case LoadedRole:
        return true;
    case DirectionRole:
        return int(entry.direction);
    case KindRole:
        return int(entry.kind);
    case EventRole:
        return int(entry.event);
    case SeverityRole:
        return entry.findingCount > 0 ? int(entry.severity) : -1;
    case FindingsRole:
        return logtext::findings(entry);
    default:
        break;
    }
    switch (column) {
    case EntryColumn:
        return QString::number(entry.id.value());
    case TimeColumn:
        return toLocalTimeOfDay(entry.time);
    case DeltaColumn:
        return deltaText(row, entry);
    case DirectionColumn:
        return directionArrow(entry.direction);
    case TypeColumn:
        return logtext::kind(entry.kind);
    case SizeColumn:
        return logtext::size(entry);
    default:
        return logtext::preview(entry);
    }
}

QString LogModel::deltaText(Row row, const Entry &entry) const
{
    if (row.value() == 0)
        return {};
    const EntryId before = entryAt(row - 1);
    if (const Entry *previous = m_cache.find(before))
        return logtext::delta(*previous, entry);
    request(before);
    return {};
}

QVariant LogModel::accessibleText(Row row, int column) const
{
    const EntryId id = entryAt(row);
    if (column == DeltaColumn && row.value() > 0 && !m_cache.find(entryAt(row - 1)))
        readNow(entryAt(row - 1));
    if (!m_cache.find(id))
        readNow(id);
    const Entry *entry = m_cache.find(id);
    if (!entry)
        return column == EntryColumn ? QVariant(QString::number(id.value())) : QVariant();
    return column == DirectionColumn ? logtext::direction(entry->direction)
                                     : cellValue(row, *entry, column, Qt::DisplayRole);
}

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

void LogModel::advanceTo(EntryId last)
{
    if (last <= m_last)
        return;
    if (!isFiltered()) {
        beginInsertRows({}, rowNumber(m_last.value()), rowNumber(last.value()) - 1);
        m_last = last;
        endInsertRows();
        return;
    }
    m_last = last;
    if (!m_job.isRunning() && !m_searchFailed)
        search(m_searched + 1);
    Q_EMIT searchChanged();
}

EntryId LogModel::entryAt(Row row) const
{
    if (row.value() < 0 || row.value() >= rowCount())
        return {};
    return isFiltered() ? m_matches[size_t(row.value())] : EntryId(row.value() + 1);
}

Row LogModel::rowOf(EntryId id) const
{
    if (!isFiltered())
        return Row(rowNumber(std::clamp<qint64>(id.value(), 0, m_last.value())) - 1);
    const auto after = std::upper_bound(m_matches.begin(), m_matches.end(), id);
    return Row(int(after - m_matches.begin()) - 1);
}

} // namespace sockeye
