#pragma once

#include "decode/ByteValues.h"

#include <QAbstractTableModel>

namespace sockeye {

/// All values of the bytes at one place: a row for each kind, a column for each order of bytes.
class ValueModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column : quint8 { NameColumn, LittleColumn, BigColumn, ColumnCount };

    explicit ValueModel(QObject *parent = nullptr);

    /// Up to MaxValueBytes bytes from the place on.
    void setBytes(const QByteArray &bytes);
    /// Whether both orders say the same: such a value stands once, over both columns.
    [[nodiscard]] bool hasOrder(int row) const { return m_little[row].hasOrder; }
    /// How many bytes the value is made of; 0 for none.
    [[nodiscard]] qsizetype sizeOf(const QModelIndex &index) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] const ByteValue &valueAt(const QModelIndex &index) const;

    QList<ByteValue> m_little;
    QList<ByteValue> m_big;
};

} // namespace sockeye
