#include "widgets/filter/FilterText.h"

#include "widgets/style/Theme.h"

#include <QEvent>

namespace sockeye {

FilterText::FilterText(const QString &text, QWidget *parent)
    : QLabel(text, parent)
{
    setTextFormat(Qt::PlainText);
    setFont(theme::dataFont());
    setProperty("dim", true);
    setWordWrap(true);
}

void FilterText::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        setFont(theme::dataFont());
}

} // namespace sockeye
