#include "widgets/filter/FilterMark.h"

#include "widgets/controls/StyleRole.h"
#include "widgets/style/Theme.h"

#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>

namespace sockeye {

namespace {

/// Where a character of the line stands, in the line edit's pixels, however far it is scrolled.
int xOf(const QLineEdit &edit, qsizetype position)
{
    const QRect cursor = edit.inputMethodQuery(Qt::ImCursorRectangle).toRect();
    const QFontMetrics metrics = edit.fontMetrics();
    const int before = metrics.horizontalAdvance(edit.text(), int(position));
    const int beforeCursor = metrics.horizontalAdvance(edit.text(), edit.cursorPosition());
    return cursor.center().x() + before - beforeCursor;
}

} // namespace

FilterMark::FilterMark(QLineEdit &edit, QWidget *parent)
    : QLabel(parent)
    , m_edit(edit)
{
    setProperty("error", true);
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setContentsMargins(theme::Gap, Height, theme::Gap, 0);
    hide();
    connect(&edit, &QLineEdit::cursorPositionChanged, this, &FilterMark::place);
}

void FilterMark::showError(const QString &message, qsizetype position)
{
    m_position = position;
    setText(message);
    show();
    setStyleRole(&m_edit, "error", true);
    place();
}

void FilterMark::clearError()
{
    hide();
    clear();
    setStyleRole(&m_edit, "error", false);
}

void FilterMark::place()
{
    if (isHidden())
        return;
    const int half = m_edit.fontMetrics().averageCharWidth() / 2;
    m_x = m_edit.mapTo(parentWidget(), QPoint(xOf(m_edit, m_position) + half, 0)).x() - x();
    update();
}

void FilterMark::paintEvent(QPaintEvent *event)
{
    QLabel::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double x = qBound(Height, m_x, qMax(Height, width() - Height));
    QPainterPath triangle;
    triangle.moveTo(x, 0);
    triangle.lineTo(x + Height, Height);
    triangle.lineTo(x - Height, Height);
    // The label is transparent, so its own palette does not tell light from dark.
    painter.fillPath(triangle, theme::colors(parentWidget()->palette()).error);
}

} // namespace sockeye
