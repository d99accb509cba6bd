#include "widgets/style/DataFont.h"

#include "widgets/style/Theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QWidget>

namespace sockeye::theme {
namespace {

QString &chosenFamily()
{
    static QString family;
    return family;
}

} // namespace

QString dataFamily()
{
    return chosenFamily();
}

void setDataFamily(const QString &family)
{
    const QString before = dataFont().family();
    chosenFamily() = QFontDatabase::hasFamily(family) ? family : QString();
    const QString after = dataFont().family();
    if (after == before)
        return;
    const QWidgetList widgets = QApplication::allWidgets();
    for (QWidget *widget : widgets) {
        // Each has it by a setFont() of its own, some in another size.
        if (widget->testAttribute(Qt::WA_SetFont) && isDataFont(widget->font())) {
            QFont font = widget->font();
            font.setFamily(after);
            widget->setFont(font);
        }
        // Those that ask for the font when they measure or paint.
        QEvent change(QEvent::FontChange);
        QCoreApplication::sendEvent(widget, &change);
        widget->update();
    }
}

} // namespace sockeye::theme
