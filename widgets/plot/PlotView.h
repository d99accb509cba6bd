#pragma once

#include "plot/PlotLayout.h"
#include "plot/PlotScene.h"

#include <QPixmap>
#include <QWidget>

#include <optional>

namespace sockeye {

/// A plot: lines over time, in lanes of one unit each. It paints what it is given, at a cost of its pixels; what is to
/// be drawn of another range it asks for. A cross follows the pointer or the arrow keys from value to value, and says
/// what stands there.
///
/// Keys: Left and Right go from value to value (Ctrl: in longer steps), Up and Down between the values of one time,
/// Return shows the value's entry, + and - zoom, Shift with the arrows pans, Home shows all, Escape takes the cross
/// away.
class PlotView final : public QWidget
{
    Q_OBJECT

public:
    explicit PlotView(QWidget *parent = nullptr);
    ~PlotView() override;

    /// `whole` is what can be shown; none without points.
    void setScene(const PlotScene &scene, const std::optional<TimeSpan> &whole);
    [[nodiscard]] const PlotScene &scene() const { return m_scene; }
    [[nodiscard]] const PlotLayout &plotLayout() const { return m_layout; }

    /// The range that was chosen; none for all.
    [[nodiscard]] const std::optional<TimeSpan> &range() const { return m_range; }
    /// As if the user had chosen it.
    void setRange(const std::optional<TimeSpan> &range);
    /// Columns that are worth asking for.
    [[nodiscard]] int columns() const;
    /// What is drawn, as a list, for a file.
    [[nodiscard]] PlotDrawing drawing() const;
    [[nodiscard]] QFont labelFont() const;

    /// A value that the cross stands on.
    struct Mark
    {
        size_t line = 0;
        int column = 0;
        PlotPoint point;
    };
    [[nodiscard]] const std::optional<Mark> &mark() const { return m_mark; }
    /// What stands beside the cross: the time, then a line for each line of the plot.
    [[nodiscard]] QStringList readOut() const;

    /// The columns in which something is drawn: the rows of the table that assistive programs read.
    [[nodiscard]] const std::vector<int> &drawnColumns() const { return m_drawnColumns; }
    [[nodiscard]] QString cellText(int column, size_t line) const;
    [[nodiscard]] QString timeText(int column) const;

    [[nodiscard]] QSize sizeHint() const override { return {480, 240}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 96}; }

Q_SIGNALS:
    /// Emitted when another range, or another number of columns, is to be shown.
    void sceneWanted();
    void entryActivated(sockeye::EntryId entry);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void layOut();
    [[nodiscard]] std::vector<Mark> marksIn(int column) const;
    void markNear(QPointF place);
    void setMark(const std::optional<Mark> &mark);
    void moveMark(bool forward, int columns);
    void moveMarkUp(bool up);
    [[nodiscard]] TimeSpan shown() const;
    void zoom(double factor, Timestamp about);
    void pan(double share);
    void activate();
    void paintMark(QPainter &painter) const;
    void paintReadOut(QPainter &painter) const;

    PlotScene m_scene;
    std::optional<TimeSpan> m_whole;
    std::optional<TimeSpan> m_range;
    PlotLayout m_layout;
    std::vector<int> m_drawnColumns;
    /// All but the cross and what belongs to it; null when it is to be painted anew.
    QPixmap m_picture;
    std::optional<Mark> m_mark;
    bool m_isMarkedByKeys = false;
    /// Where the left button went down, while it is.
    std::optional<QPointF> m_pressed;
    /// Where the pointer is, while a range is drawn with it.
    std::optional<double> m_draggedTo;
};

} // namespace sockeye
