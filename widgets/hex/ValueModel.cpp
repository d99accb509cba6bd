#include "widgets/hex/ValueModel.h"

#include "widgets/controls/OutsideText.h"

#include <algorithm>

namespace sockeye {

ValueModel::ValueModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_little(byteValues({}, ByteOrder::Little))
    , m_big(byteValues({}, ByteOrder::Big))
{
}

void ValueModel::setBytes(const QByteArray &bytes)
{
    QList<ByteValue> little = byteValues(bytes, ByteOrder::Little);
    QList<ByteValue> big = byteValues(bytes, ByteOrder::Big);
    if (little == m_little && big == m_big)
        return;
    m_little = std::move(little);
    m_big = std::move(big);
    // The rows are always the same ones: what is current in a view stays so.
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const ByteValue &ValueModel::valueAt(const QModelIndex &index) const
{
    return index.column() == BigColumn ? m_big[index.row()] : m_little[index.row()];
}

qsizetype ValueModel::sizeOf(const QModelIndex &index) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return 0;
    // The name stands for whichever there is.
    const qsizetype size = valueAt(index).size;
    return index.column() == NameColumn ? std::max(size, m_big[index.row()].size) : size;
}

int ValueModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_little.size());
}

int ValueModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ValueModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ByteValue &value = valueAt(index);
    const bool isName = index.column() == NameColumn;
    switch (role) {
    case Qt::DisplayRole:
        return isName ? value.name : withFewMarks(value.text);
    case Qt::ToolTipRole:
        if (isName || value.size == 0)
            return {};
        return plainToolTip(value.size == 1 ? tr("%1, of 1 byte").arg(value.text)
                                            : tr("%1, of %2 bytes").arg(value.text).arg(value.size));
    case Qt::AccessibleTextRole:
        // A screen reader that goes from value to value says whose it is.
        return isName ? value.name : value.name + u' ' + withFewMarks(value.text);
    default:
        return {};
    }
}

QVariant ValueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Type");
    case LittleColumn:
        return tr("Little endian");
    case BigColumn:
        return tr("Big endian");
    default:
        return {};
    }
}

} // namespace sockeye
