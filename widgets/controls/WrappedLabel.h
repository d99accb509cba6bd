#pragma once

#include <QHash>
#include <QLabel>
#include <QTextLayout>

namespace sockeye {

/// A text to read and to copy that is never too wide: where a word has no room in a line (a token, a URL, a key), it
/// goes on in the next one, after any letter. It is plain text, selected with the mouse, or with Shift and the arrows
/// while it has the focus. What is copied is the text as it was given, without a trace of the lines.
class WrappedLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit WrappedLabel(QWidget *parent = nullptr);
    explicit WrappedLabel(const QString &text, QWidget *parent = nullptr);

    /// Shows a text from outside withFewMarks(). Who copies all of it gets all of it.
    void showText(const QString &text);
    /// What is selected, as it is copied; empty for nothing. QLabel's own selection is not used.
    [[nodiscard]] QString selection() const;
    [[nodiscard]] bool hasSelection() const;
    void selectAll();
    void copy() const;

    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    [[nodiscard]] QRect textRect() const;
    [[nodiscard]] QSize around() const;
    /// Forgets what is known of a text or a font that is not shown any more.
    void follow() const;
    void prepare(QTextLayout &layout) const;
    void layOut() const;
    [[nodiscard]] QPointF origin() const;
    [[nodiscard]] int positionAt(QPoint point) const;
    void select(int anchor, int cursor);
    [[nodiscard]] int steppedBy(int key) const;

    /// The whole text, if fewer marks of it are shown.
    QString m_exact;
    // In UTF-16 code units of text().
    mutable int m_anchor = 0;
    mutable int m_cursor = 0;
    // What is laid out, for which text, font and width.
    mutable QTextLayout m_layout;
    mutable QString m_layoutText;
    mutable QFont m_layoutFont;
    mutable int m_layoutWidth = -1;
    /// By width: layouts ask for the same few again and again.
    mutable QHash<int, int> m_heights;
};

} // namespace sockeye
