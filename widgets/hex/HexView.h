#pragma once

#include "widgets/controls/Seekable.h"
#include "widgets/hex/ByteSource.h"
#include "widgets/hex/HexCopy.h"
#include "widgets/hex/HexCursor.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QPointer>

#include <functional>

namespace sockeye {

class ByteBookmarks;
struct ByteBookmark;

/// A run of the payload that a decoder names, shown on one of the theme's field colours.
struct HexField
{
    ByteOffset offset;
    qint64 length = 0;
    int colorIndex = 0;
};

/// The bytes of a source as rows of offset, hex and text. Selecting in one column shows in both; a frame's header is
/// dimmed and underlined. Only what is painted is read, so the length of the bytes costs nothing.
class HexView final : public QAbstractScrollArea, public Seekable
{
    Q_OBJECT

public:
    /// The most bytes that are copied to the clipboard.
    static constexpr qint64 MaxCopy = 16 * 1024 * 1024;

    explicit HexView(QWidget *parent = nullptr);
    ~HexView() override;

    /// The bytes to show, not owned; null for none.
    void setSource(ByteSource *source);
    [[nodiscard]] ByteSource *source() const { return m_source; }
    /// In order and apart from each other; offsets are the payload's.
    void setFields(const QList<HexField> &fields);
    /// What a byte is, for its tool tip; empty for nothing to say. Offsets are the source's.
    using Describer = std::function<QString(ByteOffset)>;
    void setDescriber(Describer describer) { m_describer = std::move(describer); }
    /// Lets the user set bookmarks, and shows them; not owned, null for none. Their offsets are the payload's.
    void setBookmarks(ByteBookmarks *bookmarks);
    [[nodiscard]] ByteBookmarks *bookmarks() const;
    /// The one at the selection, or at the caret; null for none.
    [[nodiscard]] const ByteBookmark *bookmarkHere() const;
    /// Whether there are bytes of the payload to set one at.
    [[nodiscard]] bool canBookmark() const;
    /// Asks for the name of a bookmark for what is selected, or of the one that is there.
    void askForBookmark();
    void removeBookmark();
    /// Selects the next bookmark, or the one before.
    void stepBookmark(bool isForward);
    /// Runs of the source that were found; by their beginnings in order.
    void setMarks(const QList<HexRange> &marks);
    [[nodiscard]] const QList<HexRange> &marks() const { return m_marks; }

    /// Empty until something is selected.
    [[nodiscard]] HexRange selection() const { return m_cursor.selection(); }
    /// The moving end of the selection.
    [[nodiscard]] ByteOffset caret() const { return m_cursor.caret(); }
    void select(HexRange range);
    /// Selects bytes of the payload, wherever they are in the source.
    void selectPayload(HexRange range);
    void clearSelection();
    /// Asks for the offset of a byte, which is then selected.
    void openGoTo() override;
    [[nodiscard]] bool canGoTo() const override { return m_layout.size() > 0; }
    void copy(CopyForm form);

    [[nodiscard]] const HexLayout &hexLayout() const { return m_layout; }
    [[nodiscard]] qint64 topRow() const;
    /// The visible rows as text, as a screen reader reads them: "00000000  68 65 61  hea".
    [[nodiscard]] QString visibleText() const;

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void selectionChanged();
    /// What a copy or a read could not do, in a sentence for the status bar.
    void notice(const QString &text);
    /// The selection is to be saved as a file. Whoever can do that connects it; the menu offers it then.
    void saveWanted();

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    void reset();
    void updateMetrics();
    void updateStyle();
    /// For when the number of bytes in a row may change: the byte at the top stays there.
    void updateRows();
    void updateScrollBars();
    /// Shows and tells that the selection has changed, if it has.
    void updateSelection(bool hasChanged);
    void ensureVisible(ByteOffset offset);
    void dragTo(const QPoint &point);
    [[nodiscard]] bool copyByKey(const QKeyEvent &event);
    [[nodiscard]] bool bookmarkByKey(const QKeyEvent &event);
    /// What is selected, or the byte at the caret, as bytes of the payload; empty for a header's.
    [[nodiscard]] HexRange payloadHere() const;
    [[nodiscard]] HexLayout::Hit hit(const QPoint &point, std::optional<HexLayout::Area> within = {}) const;

    QPointer<ByteSource> m_source;
    HexLayout m_layout;
    Describer m_describer;
    QList<HexField> m_fields;
    QList<HexRange> m_marks;
    QPointer<ByteBookmarks> m_bookmarks;
    HexCursor m_cursor;
    /// The column that was clicked last: the selection is strong there and faint in the other.
    HexLayout::Area m_area = HexLayout::Area::Hex;
    bool m_dragging = false;
    QPoint m_dragPoint;
    QBasicTimer m_autoScroll;
};

} // namespace sockeye
