#pragma once

#include "wire/Frame.h"

#include <QAbstractTableModel>

namespace sockeye {

/// The frames of one entry, a row each.
class FramesModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// The most rows that are shown.
    static constexpr int MaxRows = 10'000;

    enum Column {
        NumberColumn,
        FinColumn,
        RsvColumn,
        OpcodeColumn,
        LengthColumn,
        HeaderColumn,
        MaskColumn,
        ColumnCount
    };

    explicit FramesModel(QObject *parent = nullptr);

    /// Of a compressed message RSV1 says just that (RFC 7692 section 6).
    void setFrames(const FrameHeaders &frames, bool compressed);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString text(int row, int column) const;

    QList<FrameHeader> m_frames;
    bool m_compressed = false;
};

} // namespace sockeye
