#pragma once

#include "document/MessageComparison.h"
#include "widgets/hex/MemoryBytes.h"
#include "widgets/hex/PagedBytes.h"

#include <QWidget>

#include <memory>

class QLabel;
class QSplitter;

namespace sockeye {

class HexView;
class IconButton;

/// Two messages side by side, byte by byte, or one above the other where there is no room for that: what differs is
/// marked in both, and they scroll together.
class ByteCompareView final : public QWidget
{
    Q_OBJECT

public:
    explicit ByteCompareView(QWidget *parent = nullptr);
    ~ByteCompareView() override;

    /// Both are read as they are looked at. `compared` has bytes; the loader outlives its use.
    void setCompared(CaptureLoader *loader, const Entry &entry, const ComparedMessage &compared);
    /// Shows nothing, and holds nothing.
    void clear();
    [[nodiscard]] HexView *before() const { return m_before.hex; }
    [[nodiscard]] HexView *now() const { return m_now.hex; }
    /// Selects the next change after what is selected, or the one before; of the last one the first.
    void step(bool isForward);

Q_SIGNALS:
    void notice(const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Side
    {
        QLabel *title = nullptr;
        HexView *hex = nullptr;
    };

    Side makeSide(const QString &name);
    void follow(const Side &side, const Side &other, bool isNow);
    void scrollAlong(const Side &side, const Side &other, bool isNow);
    void selectAlong(const Side &side, const Side &other, bool isNow);
    void select(const ByteDiff::Change &change);

    QSplitter *m_splitter;
    Side m_before;
    Side m_now;
    QLabel *m_place;
    IconButton *m_previous;
    IconButton *m_next;
    PagedBytes m_beforeBytes;
    MemoryBytes m_text;
    PagedBytes m_nowBytes;
    std::shared_ptr<const ByteDiff> m_diff;
    /// While one side follows the other.
    bool m_isFollowing = false;
};

} // namespace sockeye
