#include "widgets/shapes/ShapesModel.h"

#include "base/Units.h"
#include "record/Entry.h"
#include "widgets/controls/OutsideText.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

/// As one line, whatever a peer put into it.
QString shapeLine(const QString &text)
{
    QString line = QString::fromUtf8(withVisibleControls(withFewMarks(text).toUtf8()));
    return line.replace(u'\n', u' ').replace(u'\t', u' ');
}

QString percentText(double share)
{
    const double percent = share * 100;
    return u"%1 %"_s.arg(QLocale().toString(percent, 'f', percent < 10 ? 2 : 1));
}

} // namespace

QString ShapesModel::Row::filter() const
{
    QString filter;
    switch (shape->what) {
    case Shape::What::Decoded:
        filter = u"shape:"_s + shapeIdText(isKeySet ? shape->ids.keys : shape->ids.kind);
        if (!shape->formatId.isEmpty())
            filter.prepend(u"proto:\"%1\" "_s.arg(shape->formatId));
        break;
    case Shape::What::Text:
        filter = u"proto:none type:text"_s;
        break;
    case Shape::What::Binary:
        filter = u"proto:none type:binary"_s;
        break;
    case Shape::What::OtherKeys:
    case Shape::What::Other:
        // No term says what belongs to them.
        return {};
    }
    return shape->direction == Direction::None ? filter : filter + u" dir:"_s + directionName(shape->direction);
}

ShapesModel::ShapesModel(QObject *parent)
    : QAbstractItemModel(parent)
{
}

void ShapesModel::setCounts(const ShapeCounts &counts)
{
    if (counts.shapes.size() < m_shapes.size())
        clear();
    if (m_shapes.empty() && !counts.shapes.empty()) {
        beginResetModel();
        for (const Shape &shape : counts.shapes) {
            m_shapes.push_back(shape);
            if (static_cast<size_t>(shape.group) == m_groups.size())
                m_groups.emplace_back();
            m_groups[static_cast<size_t>(shape.group)].shapes.push_back(m_shapes.size() - 1);
        }
        takeSums(counts);
        endResetModel();
        return;
    }
    for (size_t i = m_shapes.size(); i < counts.shapes.size(); ++i)
        addShape(counts.shapes[i]);
    for (const int row : takeSums(counts)) {
        const QModelIndex first = index(row, 0);
        Q_EMIT dataChanged(first, first.siblingAtColumn(ColumnCount - 1));
        if (const int children = rowCount(first); children > 0)
            Q_EMIT dataChanged(index(0, 0, first), index(children - 1, ColumnCount - 1, first));
    }
}

/// Shapes of one kind share a row until there are two of them.
void ShapesModel::addShape(const Shape &shape)
{
    const auto group = static_cast<size_t>(shape.group);
    if (group == m_groups.size()) {
        const int row = static_cast<int>(group);
        beginInsertRows({}, row, row);
        m_shapes.push_back(shape);
        m_groups.push_back({{m_shapes.size() - 1}, shape.sums});
        endInsertRows();
        return;
    }
    const int before = static_cast<int>(m_groups[group].shapes.size());
    beginInsertRows(index(static_cast<int>(group), 0), before == 1 ? 0 : before, before);
    m_shapes.push_back(shape);
    m_groups[group].shapes.push_back(m_shapes.size() - 1);
    endInsertRows();
}

/// Returns the rows of the kinds whose sums have changed.
std::vector<int> ShapesModel::takeSums(const ShapeCounts &counts)
{
    std::vector<int> changed;
    m_sums = counts.sums;
    for (size_t g = 0; g < m_groups.size(); ++g) {
        Group &group = m_groups[g];
        ShapeSums sums;
        for (const size_t at : group.shapes) {
            m_shapes[at].sums = counts.shapes[at].sums;
            sums.add(m_shapes[at].sums);
        }
        if (sums == group.sums)
            continue;
        group.sums = sums;
        changed.push_back(static_cast<int>(g));
    }
    return changed;
}

void ShapesModel::clear()
{
    if (m_shapes.empty())
        return;
    beginResetModel();
    m_shapes.clear();
    m_groups.clear();
    m_sums = {};
    endResetModel();
}

void ShapesModel::setNewSince(std::optional<EntryId> entry)
{
    if (m_newSince == entry)
        return;
    m_newSince = entry;
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex group = index(row, NameColumn);
        Q_EMIT dataChanged(group, group);
        if (const int children = rowCount(group); children > 0)
            Q_EMIT dataChanged(index(0, NameColumn, group), index(children - 1, NameColumn, group));
    }
}

int ShapesModel::newCount() const
{
    qint64 count = 0;
    for (const Group &group : m_groups) {
        if (isNew(group.sums))
            ++count;
        else
            count += std::ranges::count_if(group.shapes, [this](size_t at) { return isNew(m_shapes[at].sums); });
    }
    return static_cast<int>(count);
}

bool ShapesModel::isNew(const ShapeSums &sums) const
{
    return m_newSince && sums.count > 0 && *m_newSince < sums.first;
}

ShapesModel::Row ShapesModel::row(const QModelIndex &index) const
{
    if (const auto parentRow = index.internalId(); parentRow > 0) {
        const Group &group = m_groups[static_cast<size_t>(parentRow - 1)];
        const Shape &shape = m_shapes[group.shapes[static_cast<size_t>(index.row())]];
        return {&shape, 1, true, shape.sums};
    }
    const Group &group = m_groups[static_cast<size_t>(index.row())];
    return {&m_shapes[group.shapes.front()], static_cast<int>(group.shapes.size()), false, group.sums};
}

QString ShapesModel::name(const Row &row) const
{
    const Shape &shape = *row.shape;
    switch (shape.what) {
    case Shape::What::Decoded:
        return shapeLine(row.isKeySet || shape.kind.isEmpty() ? shape.keys : shape.kind);
    case Shape::What::OtherKeys:
        return tr("Other sets of keys");
    case Shape::What::Other:
        return tr("Other shapes");
    case Shape::What::Text:
        return tr("Text without a format");
    case Shape::What::Binary:
        return tr("Binary without a format");
    }
    return {};
}

double ShapesModel::rate(const ShapeSums &sums) const
{
    const double seconds = std::chrono::duration<double>(m_sums.lastTime - m_sums.firstTime).count();
    return seconds > 0 ? static_cast<double>(sums.count) / seconds : 0;
}

QString ShapesModel::directionText(Direction direction)
{
    switch (direction) {
    case Direction::In:
        return tr("received");
    case Direction::Out:
        return tr("sent");
    case Direction::None:
        break;
    }
    return {};
}

QModelIndex ShapesModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || row >= rowCount(parent) || column < 0 || column >= ColumnCount)
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : quintptr(0));
}

QModelIndex ShapesModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(index.internalId() - 1), 0, quintptr(0));
}

int ShapesModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() > 0 || parent.column() > 0)
        return 0;
    const size_t shapes = m_groups[static_cast<size_t>(parent.row())].shapes.size();
    return shapes > 1 ? static_cast<int>(shapes) : 0;
}

int ShapesModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant ShapesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row shown = row(index);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == NameColumn ? markedName(index, shown) : text(shown, index.column());
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(shown, index.column()));
    case Qt::TextAlignmentRole:
        if (index.column() >= CountColumn && index.column() <= BytesColumn)
            return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
        return {};
    case SortRole:
        return sortValue(shown, index.column());
    case SearchRole:
        return QString(name(shown) + u'\n' + shown.shape->formatName + u'\n' + shown.shape->keys);
    case ShareRole:
        return m_sums.count > 0 ? double(shown.sums.count) / double(m_sums.count) : 0.0;
    default:
        return {};
    }
}

/// The sign and the words, for those who see no colours and those who see nothing.
QString ShapesModel::markedName(const QModelIndex &index, const Row &row) const
{
    const QString words = name(row);
    if (isNew(row.sums))
        return tr("● new: %1").arg(words);
    const bool hasNewKeys = index.internalId() == 0 && m_newSince &&
                            std::ranges::any_of(m_groups[static_cast<size_t>(index.row())].shapes,
                                                [this](size_t at) { return isNew(m_shapes[at].sums); });
    return hasNewKeys ? tr("● new keys: %1").arg(words) : words;
}

QString ShapesModel::text(const Row &row, int column) const
{
    const ShapeSums &sums = row.sums;
    switch (column) {
    case NameColumn:
        return name(row);
    case DirectionColumn:
        return directionText(row.shape->direction);
    case FormatColumn:
        return row.shape->formatName;
    case CountColumn:
        return countText(sums.count);
    case ShareColumn:
        return m_sums.count > 0 ? percentText(double(sums.count) / double(m_sums.count)) : QString();
    case RateColumn: {
        const double perSecond = rate(sums);
        return perSecond > 0 ? tr("%1/s").arg(QLocale().toString(perSecond, 'f', perSecond < 10 ? 2 : 0)) : QString();
    }
    case BytesColumn:
        return sizeText(sums.bytes);
    case SizesColumn:
        return sums.smallest == sums.largest ? sizeText(sums.largest)
                                             : tr("%1 – %2").arg(sizeText(sums.smallest), sizeText(sums.largest));
    case FirstColumn:
        return toLocalTimeOfDay(sums.firstTime);
    case LastColumn:
        return toLocalTimeOfDay(sums.lastTime);
    case KeysColumn:
        if (row.keySets > 1)
            return tr("%n sets of keys", nullptr, row.keySets);
        return row.isKeySet || row.shape->kind.isEmpty() ? QString() : shapeLine(row.shape->keys);
    default:
        return {};
    }
}

QString ShapesModel::toolTip(const Row &row, int column) const
{
    const ShapeSums &sums = row.sums;
    switch (column) {
    case NameColumn:
    case KeysColumn: {
        QStringList lines{name(row)};
        if (!row.shape->kind.isEmpty() && !row.isKeySet)
            lines += shapeLine(row.shape->keys);
        if (row.keySets > 1)
            lines += tr("and %n more sets of keys", nullptr, row.keySets - 1);
        lines.removeAll(QString());
        return lines.join(u'\n');
    }
    case RateColumn:
        return tr("Messages a second, over the whole time that was counted");
    case BytesColumn:
    case SizesColumn:
        return tr("%1 on average").arg(sizeText(sums.bytes / std::max<qint64>(sums.count, 1)));
    case FirstColumn:
        return tr("Entry %1").arg(countText(sums.first.value()));
    case LastColumn:
        return tr("Entry %1").arg(countText(sums.last.value()));
    default:
        return text(row, column);
    }
}

QVariant ShapesModel::sortValue(const Row &row, int column) const
{
    const ShapeSums &sums = row.sums;
    switch (column) {
    case CountColumn:
    case ShareColumn:
    case RateColumn:
        return sums.count;
    case BytesColumn:
        return sums.bytes;
    case SizesColumn:
        return sums.largest;
    case FirstColumn:
        return sums.first.value();
    case LastColumn:
        return sums.last.value();
    case KeysColumn:
        return row.keySets > 1 ? QString::number(row.keySets).rightJustified(9, u'0') : text(row, column).toLower();
    default:
        return text(row, column).toLower();
    }
}

QVariant ShapesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section >= CountColumn && section <= BytesColumn)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Shape");
    case DirectionColumn:
        return tr("Direction");
    case FormatColumn:
        return tr("Format");
    case CountColumn:
        return tr("Count");
    case ShareColumn:
        return tr("Share");
    case RateColumn:
        return tr("Rate");
    case BytesColumn:
        return tr("Bytes");
    case SizesColumn:
        return tr("Sizes");
    case FirstColumn:
        return tr("First");
    case LastColumn:
        return tr("Last");
    case KeysColumn:
        return tr("Keys");
    default:
        return {};
    }
}

} // namespace sockeye
