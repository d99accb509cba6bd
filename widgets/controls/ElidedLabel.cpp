#include "widgets/controls/ElidedLabel.h"

#include "base/CombiningMarks.h"
#include "widgets/controls/OutsideText.h"

#include <QPainter>

namespace sockeye {

ElidedLabel::ElidedLabel(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
}

void ElidedLabel::setTextColor(const QColor &color)
{
    if (m_color == color)
        return;
    m_color = color;
    update();
}

QSize ElidedLabel::minimumSizeHint() const
{
    const int few = fontMetrics().horizontalAdvance(QStringLiteral("MMMMMM…"));
    return QSize(qMin(few, sizeHint().width()), fontMetrics().height());
}

QSize ElidedLabel::sizeHint() const
{
    const QMargins around = contentsMargins();
    return QSize(fontMetrics().horizontalAdvance(withFewMarks(text())) + 1 + around.left() + around.right(),
                 fontMetrics().height());
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_color.isValid() ? m_color : palette().color(foregroundRole()));
    painter.drawText(contentsRect(), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     fontMetrics().elidedText(withFewMarks(text()), Qt::ElideRight, contentsRect().width()));
}

void ElidedLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    setToolTip(width() < sizeHint().width() ? plainToolTip(text()) : QString());
}

} // namespace sockeye
