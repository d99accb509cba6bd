#pragma once

#include "requests/RequestTable.h"

#include <QAbstractTableModel>

namespace sockeye {

/// Requests, a row each, in the order in which they are given.
class RequestListModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { EntryColumn, MethodColumn, LatencyColumn, StateColumn, ColumnCount };

    explicit RequestListModel(QObject *parent = nullptr);

    void setRequests(const std::vector<Request> &requests);
    [[nodiscard]] const Request &request(int row) const { return m_requests[static_cast<size_t>(row)]; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] static QString stateOf(const Request &request);

    std::vector<Request> m_requests;
};

} // namespace sockeye
