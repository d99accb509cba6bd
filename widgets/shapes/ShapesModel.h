#pragma once

#include "shapes/ShapeReader.h"

#include <QAbstractItemModel>

#include <optional>
#include <vector>

namespace sockeye {

/// The shapes of a capture's messages: a row for each kind in each direction and, where its messages have several sets
/// of keys, a row for each of these below it. Rows keep their place while more come.
class ShapesModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        DirectionColumn,
        FormatColumn,
        CountColumn,
        ShareColumn,
        RateColumn,
        BytesColumn,
        SizesColumn,
        FirstColumn,
        LastColumn,
        KeysColumn,
        ColumnCount
    };
    enum Role {
        SortRole = Qt::UserRole + 1, ///< what the column sorts by
        SearchRole,                  ///< QString: all that a search looks at
        ShareRole                    ///< double: the share of all messages, from 0 to 1
    };

    /// What a row stands for.
    struct Row
    {
        /// Of several sets of keys the first.
        const Shape *shape = nullptr;
        int keySets = 1;
        /// Whether it is one set of keys of several.
        bool isKeySet = false;
        ShapeSums sums;

        /// Finds its messages in the log; empty for those that no filter finds.
        [[nodiscard]] QString filter() const;
    };

    explicit ShapesModel(QObject *parent = nullptr);

    /// Shows these; a later state of the same count, or of one that began anew.
    void setCounts(const ShapeCounts &counts);
    void clear();
    /// Rows whose first message came behind this entry are new; nothing for none.
    void setNewSince(std::optional<EntryId> entry);
    [[nodiscard]] std::optional<EntryId> newSince() const { return m_newSince; }
    /// New kinds, and new sets of keys of kinds that were there.
    [[nodiscard]] int newCount() const;
    [[nodiscard]] const ShapeSums &sums() const { return m_sums; }
    [[nodiscard]] Row row(const QModelIndex &index) const;
    /// The row's first column without marks: as it is copied.
    [[nodiscard]] QString name(const Row &row) const;
    /// Messages a second over the time of all that were counted; 0 for no time.
    [[nodiscard]] double rate(const ShapeSums &sums) const;
    [[nodiscard]] static QString directionText(Direction direction);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    using QObject::parent;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    struct Group
    {
        /// Places in m_shapes.
        std::vector<size_t> shapes;
        ShapeSums sums;
    };

    void addShape(const Shape &shape);
    std::vector<int> takeSums(const ShapeCounts &counts);
    [[nodiscard]] bool isNew(const ShapeSums &sums) const;
    [[nodiscard]] QString text(const Row &row, int column) const;
    [[nodiscard]] QString markedName(const QModelIndex &index, const Row &row) const;
    [[nodiscard]] QString toolTip(const Row &row, int column) const;
    [[nodiscard]] QVariant sortValue(const Row &row, int column) const;

    std::vector<Shape> m_shapes;
    std::vector<Group> m_groups;
    ShapeSums m_sums;
    std::optional<EntryId> m_newSince;
};

} // namespace sockeye
