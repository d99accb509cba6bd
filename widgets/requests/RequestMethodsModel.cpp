#include "widgets/requests/RequestMethodsModel.h"

#include "base/Bytes.h"
#include "base/Units.h"
#include "widgets/controls/OutsideText.h"

#include <algorithm>

namespace sockeye {

RequestMethodsModel::RequestMethodsModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void RequestMethodsModel::setMethods(const std::vector<RequestMethod> &methods)
{
    const auto isSame = [](const RequestMethod &a, const RequestMethod &b) { return a.name == b.name; };
    const size_t former = m_methods.size();
    if (methods.size() < former || !std::equal(m_methods.begin(), m_methods.end(), methods.begin(), isSame)) {
        beginResetModel();
        m_methods = methods;
        endResetModel();
        return;
    }
    for (size_t i = 0; i < former; ++i) {
        if (m_methods[i] == methods[i])
            continue;
        m_methods[i] = methods[i];
        const int row = static_cast<int>(i);
        Q_EMIT dataChanged(index(row, CountColumn), index(row, MaxColumn));
    }
    if (methods.size() > former) {
        beginInsertRows({}, static_cast<int>(former), static_cast<int>(methods.size()) - 1);
        m_methods.insert(m_methods.end(), methods.begin() + static_cast<std::ptrdiff_t>(former), methods.end());
        endInsertRows();
    }
}

int RequestMethodsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_methods.size());
}

int RequestMethodsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RequestMethodsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RequestMethod &method = this->method(index.row());
    const auto count = [role](qint64 value) { return role == SortRole ? QVariant(value) : countText(value); };
    const auto duration = [role](const std::optional<Nanoseconds> &value) {
        if (role == SortRole)
            return QVariant(value ? qint64(value->count()) : qint64(-1));
        return QVariant(value ? durationText(*value) : QString());
    };
    if (role == Qt::TextAlignmentRole && index.column() != MethodColumn)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole && index.column() == MethodColumn)
        return plainToolTip(textFromUtf8(method.name));
    if (role != Qt::DisplayRole && role != SortRole)
        return {};
    switch (index.column()) {
    case MethodColumn:
        if (role == Qt::DisplayRole && method.name.isEmpty())
            return tr("(no name)");
        if (role == Qt::DisplayRole && method.name == RequestTable::OtherMethods)
            return tr("(others)");
        return withFewMarks(textFromUtf8(method.name));
    case CountColumn:
        return count(method.count);
    case ErrorsColumn:
        return count(method.errors);
    case UnansweredColumn:
        return count(method.unanswered);
    case MedianColumn:
        return duration(method.median);
    case P95Column:
        return duration(method.p95);
    case P99Column:
        return duration(method.p99);
    case MaxColumn:
        return duration(method.max);
    default:
        return {};
    }
}

QVariant RequestMethodsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const Qt::Alignment side = section == MethodColumn ? Qt::AlignLeft : Qt::AlignRight;
        return QVariant::fromValue(side | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case ErrorsColumn:
            return tr("Answered with an error");
        case UnansweredColumn:
            return tr("Without an answer, those that still wait for one included");
        case MedianColumn:
            return tr("Half of the answers took no longer, from the request to its first answer");
        case P95Column:
            return tr("95 of 100 answers took no longer");
        case P99Column:
            return tr("99 of 100 answers took no longer");
        case MaxColumn:
            return tr("The slowest answer");
        default:
            return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case MethodColumn:
        return tr("Method");
    case CountColumn:
        return tr("Count");
    case ErrorsColumn:
        return tr("Errors");
    case UnansweredColumn:
        return tr("Unanswered");
    case MedianColumn:
        return tr("p50");
    case P95Column:
        return tr("p95");
    case P99Column:
        return tr("p99");
    case MaxColumn:
        return tr("Max");
    default:
        return {};
    }
}

} // namespace sockeye
