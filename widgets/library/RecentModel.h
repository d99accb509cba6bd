#pragma once

#include "library/RecentCaptures.h"

#include <QAbstractTableModel>

namespace sockeye {

/// The library's captures as a table, to be sorted and searched by a proxy. Rows keep their place while captures come
/// and go, so that a selection stays.
class RecentModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        TitleColumn,
        UrlColumn,
        StartedColumn,
        DurationColumn,
        EntriesColumn,
        SizeColumn,
        StateColumn,
        ColumnCount
    };
    enum Role {
        PathRole = Qt::UserRole + 1, ///< QString
        SortRole,                    ///< what the column sorts by
        SearchRole                   ///< QString: all that a search looks at
    };

    explicit RecentModel(QObject *parent = nullptr);

    void setCaptures(const QList<RecentCapture> &captures);
    [[nodiscard]] const RecentCapture &capture(int row) const { return m_captures[row]; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// Asks for a new title with renameRequested(); the row changes when the file has been renamed.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    void renameRequested(const QString &path, const QString &name);

private:
    [[nodiscard]] QVariant sortValue(const RecentCapture &capture, int column) const;
    [[nodiscard]] QString text(const RecentCapture &capture, int column) const;

    QList<RecentCapture> m_captures;
};

} // namespace sockeye
