#pragma once

#include "requests/RequestTable.h"

#include <QAbstractTableModel>

namespace sockeye {

/// How requests of each method fared, a row for a method, in the order in which they first came.
class RequestMethodsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        MethodColumn,
        CountColumn,
        ErrorsColumn,
        UnansweredColumn,
        MedianColumn,
        P95Column,
        P99Column,
        MaxColumn,
        ColumnCount
    };
    /// What rows are sorted by: a number, or the method's name.
    static constexpr int SortRole = Qt::UserRole;

    explicit RequestMethodsModel(QObject *parent = nullptr);

    /// Of the same capture there are never fewer than before.
    void setMethods(const std::vector<RequestMethod> &methods);
    [[nodiscard]] const RequestMethod &method(int row) const { return m_methods[static_cast<size_t>(row)]; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<RequestMethod> m_methods;
};

} // namespace sockeye
