#include "log/LogModel.h"

#include "formats/FormatSet.h"
#include "log/EntryPages.h"
#include "log/LogRows.h"
#include "log/MatchExcerpts.h"
#include "log/RowReader.h"
#include "reading/Annotations.h"
#include "reading/CaptureLoader.h"
#include "record/EntryText.h"
#include "requests/RequestDecoding.h"
#include "requests/RequestReader.h"

#include <QPointer>

#include <algorithm>

namespace sockeye {

namespace {

QList<int> columnsShownAtFirst()
{
    QList<int> columns;
    for (const LogColumnInfo &column : LogColumnInfo::all()) {
        if (column.isShown)
            columns += column.id;
    }
    return columns;
}

} // namespace

LogModel::LogModel(CaptureLoader &loader, QObject *parent)
    : QAbstractTableModel(parent)
    , m_pages(std::make_unique<EntryPages>(loader))
    , m_rows(std::make_unique<LogRows>(loader))
    , m_reader(std::make_unique<RowReader>(loader))
    , m_excerpts(std::make_unique<MatchExcerpts>(loader))
    , m_decoding(std::make_shared<RequestDecoding>(std::make_shared<RequestIndex>(FormatSet::standard())))
    , m_formats(FormatSet::standard())
    , m_copiedColumns(columnsShownAtFirst())
{
    connect(&loader, &CaptureLoader::opened, this, &LogModel::advanceTo);
    forwardRows();
    connect(m_pages.get(), &EntryPages::arrived, this, &LogModel::takeArrived);
    connect(m_pages.get(), &EntryPages::summariesForgotten, this, [this] {
        columnChanged(PreviewColumn);
        fieldsChanged();
    });
    connect(m_pages.get(), &EntryPages::failed, this, &LogModel::failed);
    connect(m_reader.get(), &RowReader::failed, this, &LogModel::failed);
    connect(m_excerpts.get(), &MatchExcerpts::arrived, this,
            [this](EntryId id) { entriesChanged(id, id, 0, {Qt::DisplayRole}); });
}

LogModel::~LogModel() = default;

void LogModel::forwardRows()
{
    const LogRows *rows = m_rows.get();
    connect(rows, &LogRows::inserting, this, [this](int first, int last) { beginInsertRows({}, first, last); });
    connect(rows, &LogRows::inserted, this, [this] { endInsertRows(); });
    connect(rows, &LogRows::resetting, this, [this] { beginResetModel(); });
    connect(rows, &LogRows::wasReset, this, [this] { endResetModel(); });
    connect(rows, &LogRows::marksChanged, this,
            [this](EntryId first, EntryId last) { entriesChanged(first, last, 0, {MatchedRole}); });
    connect(rows, &LogRows::searchChanged, this, &LogModel::searchChanged);
    connect(rows, &LogRows::failed, this, &LogModel::failed);
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows->count();
}

int LogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount + int(m_fields.count());
}

void LogModel::advanceTo(EntryId last)
{
    if (last <= lastEntry())
        return;
    m_pages->advanceTo(last);
    m_rows->advanceTo(last);
    readSpan();
}

EntryId LogModel::lastEntry() const
{
    return m_rows->lastEntry();
}

EntryId LogModel::entryAt(Row row) const
{
    return m_rows->entryAt(row);
}

Row LogModel::rowOf(EntryId id) const
{
    return m_rows->rowOf(id);
}

bool LogModel::isShown(EntryId id) const
{
    return m_rows->isShown(id);
}

const Entry *LogModel::entry(EntryId id) const
{
    return m_pages->find(id);
}

// Cells

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    return section < ColumnCount ? m_cells.header(section, role) : m_fields.header(section - ColumnCount, role);
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row row(index.row());
    const EntryId id = entryAt(row);
    if (index.column() >= ColumnCount && FieldCells::isCellRole(role))
        return fieldValue(id, index.column() - ColumnCount, role);
    // All else is about the entry, in whatever column.
    const int column = std::min(index.column(), ColumnCount - 1);
    switch (role) {
    case Qt::TextAlignmentRole:
        return m_cells.alignment(column);
    case Qt::AccessibleTextRole:
        return accessibleText(row, column);
    case EntryIdRole:
        return id.value();
    case MatchedRole:
        return m_rows->isMarked(id);
    case BookmarkedRole:
    case ColourRole:
    case NoteRole:
        return annotationValue(id, role);
    default:
        break;
    }
    if (!LogCells::needsEntry(column, role))
        return LogCells::withoutEntry(id, column, role);
    const Entry *entry = m_pages->find(id);
    if (!entry) {
        m_pages->request(id);
        return LogCells::withoutEntry(id, column, role);
    }
    if (role == Qt::DisplayRole && column == PreviewColumn)
        return preview(*entry).text;
    if (role == Qt::DisplayRole && column == LatencyColumn && entry->latency.count() < 0)
        return answerLatency(*entry);
    const bool needsOrigin =
        (role == Qt::DisplayRole || role == Qt::ToolTipRole) && LogColumnInfo::of(column).needsOriginFor(cellStyle());
    return m_cells.value(*entry, column, role, needsOrigin ? originTime(row) : std::nullopt);
}

QVariant LogModel::fieldValue(EntryId id, qsizetype place, int role) const
{
    if (role == Qt::TextAlignmentRole)
        return m_fields.alignment(place);
    if (role == Qt::AccessibleTextRole)
        return FieldCells::value(m_pages->fieldsNow(id).value(place), role);
    const QList<FieldText> *fields = m_pages->findFields(id);
    // What is there may not say all that is known by now.
    if (!fields || !m_pages->isSummarized(id))
        m_pages->request(id);
    return fields ? FieldCells::value(fields->value(place), role) : QVariant();
}

QVariant LogModel::annotationValue(EntryId id, int role) const
{
    static const Annotation none;
    const Annotation *found = m_annotations ? m_annotations->find(id) : nullptr;
    const Annotation &annotation = found ? *found : none;
    switch (role) {
    case BookmarkedRole:
        return annotation.bookmarked;
    case ColourRole:
        return annotation.colour;
    default:
        return annotation.note;
    }
}

QVariant LogModel::accessibleText(Row row, int column) const
{
    const EntryId id = entryAt(row);
    const bool needsOrigin = LogColumnInfo::of(column).needsOriginFor(cellStyle());
    if (needsOrigin && deltaOrigin(row).value() > 0)
        m_pages->readNow(deltaOrigin(row));
    if (id.value() > 0)
        m_pages->readNow(id);
    const Entry *entry = m_pages->find(id);
    if (!entry)
        return LogCells::withoutEntry(id, column, Qt::AccessibleTextRole);
    if (column == LatencyColumn && entry->latency.count() < 0)
        return answerLatency(*entry);
    return m_cells.value(*entry, column, Qt::AccessibleTextRole, needsOrigin ? originTime(row) : std::nullopt);
}

EntryId LogModel::deltaOrigin(Row row) const
{
    return deltaFrom() == DeltaFrom::Selected ? cellStyle().reference : entryAt(row - 1);
}

std::optional<Timestamp> LogModel::originTime(Row row) const
{
    const EntryId from = deltaOrigin(row);
    if (from.value() == 0)
        return std::nullopt;
    if (from == cellStyle().reference && cellStyle().referenceTime)
        return cellStyle().referenceTime;
    if (const Entry *origin = m_pages->find(from))
        return origin->time;
    m_pages->request(from);
    return std::nullopt;
}

// How cells look

void LogModel::setTimeFormat(TimeFormat format)
{
    if (!m_cells.set(&CellStyle::time, format))
        return;
    updateDates();
    columnChanged(TimeColumn);
    titleChanged(TimeColumn);
}

void LogModel::setSmartPreview(bool smart)
{
    if (smart == m_hasSmartPreview)
        return;
    m_hasSmartPreview = smart;
    m_pages->setSummarizing(smart || m_fields.count() > 0);
    columnChanged(PreviewColumn);
}

void LogModel::setDimsSame(bool dims)
{
    m_pages->setMarkingSame(dims);
}

void LogModel::setFieldColumns(const QList<FieldColumn> &fields)
{
    const QList<FieldColumn> before = m_fields.columns();
    if (fields == before)
        return;
    qsizetype same = 0;
    while (same < std::min(fields.size(), before.size()) && fields.at(same).path == before.at(same).path)
        ++same;
    QStringList paths;
    for (const FieldColumn &field : fields)
        paths += field.path;
    // First of all: what was read stands in other columns.
    m_pages->setFields(paths);
    m_pages->setSummarizing(m_hasSmartPreview || !fields.isEmpty());
    if (same < before.size()) {
        beginRemoveColumns({}, ColumnCount + int(same), ColumnCount + int(before.size()) - 1);
        m_fields.setColumns(before.first(same));
        endRemoveColumns();
    }
    if (same < fields.size()) {
        beginInsertColumns({}, ColumnCount + int(same), ColumnCount + int(fields.size()) - 1);
        m_fields.setColumns(fields);
        endInsertColumns();
    }
    m_fields.setColumns(fields);
    fieldsChanged();
}

void LogModel::setFormats(const std::shared_ptr<const FormatSet> &formats)
{
    m_fields.forget();
    m_pages->setFormats(formats);
    m_formats = formats;
    if (m_requests)
        m_requests->setFormats(formats);
    updateDecoding(formats);
}

/// What was read of requests is shared with the filter.
void LogModel::updateDecoding(const std::shared_ptr<const FormatSet> &formats)
{
    const bool isShared = m_requests && m_requests->index()->formats() == formats;
    m_decoding =
        std::make_shared<RequestDecoding>(isShared ? m_requests->index() : std::make_shared<RequestIndex>(formats));
    if (filter().usesMessages())
        setFilter(filter());
}

void LogModel::setRequests(RequestReader *requests)
{
    if (m_requests) {
        m_requests->disconnect(this);
        m_requests->setWanted(this, false);
    }
    m_requests = requests;
    if (!requests)
        return;
    connect(requests, &RequestReader::changed, this, &LogModel::takeRequests);
    updateDecoding(requests->index()->formats());
}

void LogModel::takeRequests()
{
    // Rows are asked anew when they are painted: some time after that nobody looks at the column any more.
    constexpr int TimesPainted = 8;
    m_timesUnasked = m_isLatencyAsked ? 0 : m_timesUnasked + 1;
    m_isLatencyAsked = false;
    if (m_timesUnasked >= TimesPainted)
        m_requests->setWanted(this, false);
    else
        columnChanged(LatencyColumn);
}

QString LogModel::answerLatency(const Entry &entry) const
{
    const bool isMessage = entry.kind == EntryKind::Text || entry.kind == EntryKind::Binary;
    if (!m_requests || !isMessage)
        return {};
    m_isLatencyAsked = true;
    m_requests->setWanted(this, true);
    const auto latency = m_requests->index()->latencyOf(entry.id);
    return latency ? durationText(*latency) : QString();
}

RequestReader *LogModel::requests() const
{
    return m_requests;
}

PreviewLine LogModel::preview(const Entry &entry) const
{
    if (m_hasSmartPreview) {
        const EntrySummary *summary = m_pages->findSummary(entry.id);
        if (!m_pages->isSummarized(entry.id))
            m_pages->request(entry.id);
        if (!summary)
            return {logtext::preview(entry), {}};
        if (!summary->line.isEmpty())
            return m_members.line(summary->line);
    }
    return {textPreview(entry), {}};
}

QString LogModel::textPreview(const Entry &entry) const
{
    const QString beginning = logtext::preview(entry);
    const bool isLong = entry.kind == EntryKind::Text && entry.size > PreviewChars;
    if (!isLong || m_matchMarks.marks().isEmpty() || !m_matchMarks.inText(beginning).isEmpty())
        return beginning;
    if (filterMode() == FilterMode::Mark && !m_rows->isMarked(entry.id))
        return beginning;
    const QString *excerpt = m_excerpts->find(entry);
    return excerpt && !excerpt->isEmpty() ? *excerpt : beginning;
}

void LogModel::takeArrived(EntryId first, EntryId last)
{
    bool hasChanged = false;
    bool haveFieldsChanged = false;
    for (EntryId id = first; (m_hasSmartPreview || m_fields.count() > 0) && id <= last; id = id + 1) {
        const EntrySummary *summary = m_pages->findSummary(id);
        if (summary && m_hasSmartPreview)
            hasChanged |= m_members.learn(summary->line);
        if (const QList<FieldText> *fields = m_pages->findFields(id))
            haveFieldsChanged |= m_fields.learn(*fields);
    }
    // The row after a page's last one shows the time that has passed since it.
    entriesChanged(first, last, 1, {});
    if (hasChanged)
        columnChanged(PreviewColumn);
    if (haveFieldsChanged)
        fieldsChanged();
}

/// Relative times are measured from the capture's first entry; with a second day times say their date. While a log
/// grows, it is read again whenever a day may have begun.
void LogModel::readSpan()
{
    if (m_isReadingSpan || lastEntry().value() == 0)
        return;
    const auto now = std::chrono::floor<QuarterHours>(std::chrono::system_clock::now());
    if (m_span && (cellStyle().showsDate || m_readQuarter == now))
        return;
    m_readQuarter = now;
    m_isReadingSpan = true;
    readTimeSpan(this, [this](const std::optional<TimeSpan> &span) { takeSpan(span); });
}

void LogModel::takeSpan(const std::optional<TimeSpan> &span)
{
    m_isReadingSpan = false;
    m_span = span;
    if (span && m_cells.set(&CellStyle::start, std::optional(span->first)) && timeFormat() == TimeFormat::Relative)
        columnChanged(TimeColumn);
    updateDates();
}

void LogModel::updateDates()
{
    const bool showsDate = m_span && !logtext::isSameDay(m_span->first, m_span->last, timeFormat());
    if (!m_cells.set(&CellStyle::showsDate, showsDate))
        return;
    columnChanged(TimeColumn);
    titleChanged(TimeColumn);
}

void LogModel::setDeltaFrom(DeltaFrom from)
{
    if (!m_cells.set(&CellStyle::deltaFrom, from))
        return;
    readReference();
    deltaChanged();
    titleChanged(DeltaColumn);
}

void LogModel::setDeltaReference(EntryId id)
{
    if (!m_cells.set(&CellStyle::reference, id))
        return;
    m_cells.set(&CellStyle::referenceTime, std::optional<Timestamp>());
    readReference();
    if (deltaFrom() == DeltaFrom::Selected)
        deltaChanged();
}

void LogModel::setDeltaMerged(bool merged)
{
    if (!m_cells.set(&CellStyle::mergesDelta, merged))
        return;
    columnChanged(SizeColumn);
    titleChanged(SizeColumn);
}

void LogModel::deltaChanged()
{
    columnChanged(cellStyle().mergesDelta ? SizeColumn : DeltaColumn);
}

void LogModel::readReference()
{
    const EntryId id = cellStyle().reference;
    if (deltaFrom() != DeltaFrom::Selected || id.value() == 0 || cellStyle().referenceTime)
        return;
    if (const Entry *entry = m_pages->find(id)) {
        m_cells.set(&CellStyle::referenceTime, std::optional(entry->time));
        return;
    }
    m_reader->readTime(id, this, [this, id](const Result<Timestamp> &time) {
        if (!time || id != cellStyle().reference)
            return;
        m_cells.set(&CellStyle::referenceTime, std::optional(time.value()));
        deltaChanged();
    });
}

void LogModel::setLanes(const QHash<ConnectionId, QString> &lanes)
{
    if (!m_cells.set(&CellStyle::lanes, lanes))
        return;
    columnChanged(ConnectionColumn);
    titleChanged(ConnectionColumn);
}

void LogModel::setEndSeverities(const QHash<ConnectionId, Severity> &ends)
{
    if (m_ends == ends)
        return;
    m_ends = ends;
    columnChanged(PreviewColumn);
}

std::optional<Severity> LogModel::endSeverity(ConnectionId id) const
{
    const auto found = m_ends.constFind(id);
    return found == m_ends.constEnd() ? std::nullopt : std::optional(*found);
}

void LogModel::setAnnotations(Annotations *annotations)
{
    if (m_annotations)
        disconnect(m_annotations, nullptr, this, nullptr);
    m_annotations = annotations;
    const QList<int> roles{BookmarkedRole, ColourRole, NoteRole};
    if (annotations) {
        connect(annotations, &Annotations::changed, this,
                [this, roles](EntryId first, EntryId last) { entriesChanged(first, last, 0, roles); });
        connect(annotations, &QObject::destroyed, this, [this] { setAnnotations(nullptr); });
    }
    m_rows->setAnnotations(annotations);
    entriesChanged(EntryId(1), lastEntry(), 0, roles);
}

void LogModel::entriesChanged(EntryId first, EntryId last, int after, const QList<int> &roles)
{
    const int top = std::max(rowOf(first).value(), 0);
    const int bottom = std::min(rowOf(last).value() + after, rowCount() - 1);
    if (bottom >= top)
        Q_EMIT dataChanged(index(top, 0), index(bottom, columnCount() - 1), roles);
}

void LogModel::columnsChanged(int first, int last)
{
    if (const int rows = rowCount(); rows > 0)
        Q_EMIT dataChanged(index(0, first), index(rows - 1, last));
}

void LogModel::fieldsChanged()
{
    if (m_fields.count() == 0)
        return;
    columnsChanged(ColumnCount, columnCount() - 1);
    Q_EMIT headerDataChanged(Qt::Horizontal, ColumnCount, columnCount() - 1);
}

void LogModel::titleChanged(int column)
{
    Q_EMIT headerDataChanged(Qt::Horizontal, column, column);
}

// What is shown

void LogModel::setFilter(const EntryQuery &query)
{
    const MatchMarks marks(query.condition);
    m_matchMarks.setMarks(marks);
    m_excerpts->setMarks(marks);
    EntryQuery decoding = query;
    decoding.decoding = query.usesMessages() ? m_decoding : nullptr;
    m_rows->setFilter(decoding);
}

const EntryQuery &LogModel::filter() const
{
    return m_rows->filter();
}

void LogModel::setFilterMode(FilterMode mode)
{
    m_rows->setMode(mode);
}

FilterMode LogModel::filterMode() const
{
    return m_rows->mode();
}

void LogModel::setQuiet(LogQuiet quiet)
{
    m_rows->setQuiet(quiet);
}

LogQuiet LogModel::quiet() const
{
    return m_rows->quiet();
}

bool LogModel::hidesEntries() const
{
    return m_rows->hidesEntries();
}

bool LogModel::isSearching() const
{
    return m_rows->isSearching();
}

EntryId LogModel::searchedTo() const
{
    return m_rows->searchedTo();
}

bool LogModel::isSearchSound() const
{
    return m_rows->isSearchSound();
}

void LogModel::cancelSearch()
{
    m_rows->cancelSearch();
}

qint64 LogModel::matchCount() const
{
    return m_rows->matchCount();
}

EntryId LogModel::nextMatch(EntryId from, bool forward) const
{
    return m_rows->nextMatch(from, forward);
}

qint64 LogModel::matchesUpTo(EntryId id) const
{
    return m_rows->matchesUpTo(id);
}

qint64 LogModel::hiddenCount() const
{
    return m_rows->hiddenCount();
}

// What rows hold

void LogModel::step(EntryId from, LogStep step, bool forward, QObject *context, std::function<void(EntryId)> done)
{
    m_reader->cancelStep();
    if (step != LogStep::Bookmark)
        return m_reader->step(m_rows->selected({{Row(0), Row(rowCount() - 1)}}), {from, step, forward}, context,
                              std::move(done));
    // Annotations are all in memory.
    EntryId next = from;
    do
        next = m_annotations ? m_annotations->next(next, forward) : EntryId();
    while (next.value() > 0 && !(m_annotations->find(next)->bookmarked && isShown(next)));
    done(next);
}

void LogModel::readTimeSpan(QObject *context, std::function<void(const std::optional<TimeSpan> &)> done) const
{
    m_reader->readTimeSpan(context, std::move(done));
}

void LogModel::rowAtTime(Timestamp time, QObject *context, std::function<void(Row)> done)
{
    m_reader->readEntryAt(time, context,
                          [this, guard = QPointer(this), done = std::move(done)](const Result<EntryId> &found) {
                              if (!guard)
                                  return;
                              if (!found)
                                  Q_EMIT failed(found.message());
                              const Row last(rowCount() - 1);
                              if (!found || found->value() == 0)
                                  return done(last);
                              const Row before = rowOf(found.value() - 1);
                              done(std::min(before + 1, last));
                          });
}

void LogModel::rowsInSpan(const TimeSpan &span, QObject *context, std::function<void(const RowRanges &)> done)
{
    // Answered in this order.
    const auto begin = std::make_shared<EntryId>();
    m_reader->readEntryAt(span.first, context,
                          [begin](const Result<EntryId> &found) { *begin = found ? found.value() : EntryId(); });
    const auto take = [this, guard = QPointer(this), begin, done = std::move(done)](const Result<EntryId> &found) {
        if (!guard)
            return;
        if (!found)
            Q_EMIT failed(found.message());
        if (!found || begin->value() == 0)
            return done({});
        const EntryId last = found->value() == 0 ? lastEntry() : found.value() - 1;
        const std::pair rows(rowOf(*begin - 1) + 1, rowOf(last));
        done(rows.first <= rows.second ? RowRanges{rows} : RowRanges());
    };
    m_reader->readEntryAt(span.last + Nanoseconds(1), context, take);
}

void LogModel::readSums(const RowRanges &ranges, QObject *context, std::function<void(const SelectionSums &)> done)
{
    m_reader->readSums(m_rows->selected(ranges), context, std::move(done));
}

void LogModel::readSeen(QObject *context, std::function<void(const FilterHints &)> done)
{
    m_reader->readSeen(m_formats, context, std::move(done));
}

EntryQuery LogModel::selectionQuery(const RowRanges &ranges) const
{
    return queryOf(m_rows->selected(ranges), m_rows->shownQuery());
}

void LogModel::readText(const RowRanges &ranges, CopyFormat format, QObject *context,
                        std::function<void(const CopiedRows &)> done)
{
    // What is narrow in the window need not be so in a copy.
    CellStyle cells = m_cells.style();
    cells.mergesDelta = false;
    m_reader->readText(m_rows->selected(ranges),
                       {.format = format,
                        .columns = m_copiedColumns,
                        .cells = cells,
                        .fields = m_fields.columns(),
                        .formats = m_pages->formats()},
                       context, std::move(done));
}

} // namespace sockeye
