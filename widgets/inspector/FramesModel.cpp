#include "widgets/inspector/FramesModel.h"

#include "base/Bytes.h"
#include "base/Units.h"

#include <algorithm>

namespace sockeye {

namespace {

QString rsvText(quint8 rsv, bool compressed)
{
    QStringList set;
    if (rsv & Rsv1)
        set += compressed ? FramesModel::tr("1 compressed") : QStringLiteral("1");
    if (rsv & Rsv2)
        set += QStringLiteral("2");
    if (rsv & Rsv3)
        set += QStringLiteral("3");
    return set.isEmpty() ? QStringLiteral("–") : set.join(u' ');
}

QString maskText(const FrameHeader &frame)
{
    if (!frame.masked)
        return QStringLiteral("–");
    std::array<char, 4> key{};
    std::ranges::transform(frame.maskKey, key.begin(), [](quint8 byte) { return static_cast<char>(byte); });
    return hexText(QByteArrayView(key.data(), static_cast<qsizetype>(key.size())));
}

int alignmentOf(int column)
{
    const bool isNumber = column == FramesModel::NumberColumn || column == FramesModel::LengthColumn;
    return static_cast<int>(Qt::AlignVCenter) | static_cast<int>(isNumber ? Qt::AlignRight : Qt::AlignLeft);
}

} // namespace

FramesModel::FramesModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void FramesModel::setFrames(const FrameHeaders &frames, bool compressed)
{
    beginResetModel();
    m_compressed = compressed;
    const auto count = std::min<qsizetype>(frames.size(), MaxRows);
    m_frames = QList<FrameHeader>(frames.cbegin(), frames.cbegin() + count);
    endResetModel();
}

int FramesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_frames.size());
}

int FramesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString FramesModel::text(int row, int column) const
{
    const FrameHeader &frame = m_frames[row];
    switch (column) {
    case NumberColumn:
        return QString::number(row + 1);
    case FinColumn:
        return frame.fin ? tr("yes") : tr("no");
    case RsvColumn:
        return rsvText(frame.rsv, m_compressed);
    case OpcodeColumn:
        return QStringLiteral("%1 (%2)").arg(opcodeName(frame.opcode)).arg(static_cast<int>(frame.opcode));
    case MaskColumn:
        return maskText(frame);
    case LengthColumn:
        return countText(static_cast<qint64>(std::min<quint64>(frame.payloadSize, INT64_MAX)));
    case HeaderColumn:
        return hexText(frame.view());
    default:
        return {};
    }
}

QVariant FramesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::DisplayRole)
        return text(index.row(), index.column());
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(index.column());
    return {};
}

QVariant FramesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NumberColumn:
        return tr("#");
    case FinColumn:
        return tr("FIN");
    case RsvColumn:
        return tr("RSV");
    case OpcodeColumn:
        return tr("Opcode");
    case MaskColumn:
        return tr("Mask key");
    case LengthColumn:
        return tr("Length");
    case HeaderColumn:
        return tr("Header");
    default:
        return {};
    }
}

} // namespace sockeye
