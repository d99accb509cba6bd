#include "widgets/requests/RequestListModel.h"

#include "base/Bytes.h"
#include "base/Units.h"
#include "widgets/controls/OutsideText.h"

#include <algorithm>

namespace sockeye {

RequestListModel::RequestListModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

/// What was listed before stays where it is, as far as it is listed still: selections hold.
void RequestListModel::setRequests(const std::vector<Request> &requests)
{
    if (m_requests == requests)
        return;
    const auto isSame = [](const Request &a, const Request &b) { return a.asked == b.asked && a.method == b.method; };
    // Those that go are the first ones, or some of them in between.
    size_t kept = 0;
    while (kept < m_requests.size()) {
        if (kept < requests.size() && isSame(m_requests[kept], requests[kept])) {
            ++kept;
            continue;
        }
        const auto from = m_requests.begin() + static_cast<std::ptrdiff_t>(kept);
        const auto to =
            kept < requests.size()
                ? std::find_if(from, m_requests.end(), [&](const Request &one) { return isSame(one, requests[kept]); })
                : m_requests.end();
        beginRemoveRows({}, static_cast<int>(kept), static_cast<int>(to - m_requests.begin()) - 1);
        m_requests.erase(from, to);
        endRemoveRows();
    }
    const bool isChanged = !std::equal(m_requests.begin(), m_requests.end(), requests.begin());
    if (requests.size() > kept) {
        beginInsertRows({}, static_cast<int>(kept), static_cast<int>(requests.size()) - 1);
        m_requests = requests;
        endInsertRows();
    } else {
        m_requests = requests;
    }
    if (isChanged && kept > 0)
        Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(kept) - 1, ColumnCount - 1));
}

int RequestListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_requests.size());
}

int RequestListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RequestListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Request &request = this->request(index.row());
    if (role == Qt::TextAlignmentRole && (index.column() == EntryColumn || index.column() == LatencyColumn))
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole && index.column() == MethodColumn)
        return plainToolTip(textFromUtf8(request.method));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case EntryColumn:
        return countText(request.asked.value());
    case MethodColumn:
        return request.method.isEmpty() ? tr("(no name)") : withFewMarks(textFromUtf8(request.method));
    case LatencyColumn:
        return request.latency.count() < 0 ? QString() : durationText(request.latency);
    case StateColumn:
        return stateOf(request);
    default:
        return {};
    }
}

QString RequestListModel::stateOf(const Request &request)
{
    if (request.answered == EntryId())
        return request.isWaiting ? tr("waits") : tr("no answer");
    const QString entry = countText(request.answered.value());
    return request.hasFailed ? tr("error, entry %1").arg(entry) : tr("answer, entry %1").arg(entry);
}

QVariant RequestListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool isNumber = section == EntryColumn || section == LatencyColumn;
        return QVariant::fromValue((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case EntryColumn:
        return tr("Entry");
    case MethodColumn:
        return tr("Method");
    case LatencyColumn:
        return tr("Latency");
    case StateColumn:
        return tr("Answer");
    default:
        return {};
    }
}

} // namespace sockeye
