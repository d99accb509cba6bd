#include "widgets/style/InterfaceFont.h"

#include "widgets/style/DataFont.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QWidget>

namespace sockeye::theme {
namespace {

/// As it was before this program chose any.
const QFont &systemFont()
{
    static const QFont font = QApplication::font();
    return font;
}

double pointsOf(const QFont &font)
{
    return font.pointSizeF() > 0 ? font.pointSizeF() : QFontInfo(font).pointSizeF();
}

/// For a widget that has a font by a setFont() of its own: data's, or the interface's in bold or in another size.
QFont followed(QFont font, const QFont &before, const QFont &now)
{
    if (!isDataFont(font))
        font.setFamily(now.family());
    const double ratio = pointsOf(now) / pointsOf(before);
    // To a tenth of a point, so that going to and fro ends where it began.
    if (font.pointSizeF() > 0)
        font.setPointSizeF(qRound(font.pointSizeF() * ratio * 10) / 10.0);
    else
        font.setPixelSize(qMax(1, qRound(font.pixelSize() * ratio)));
    return font;
}

} // namespace

void setInterfaceFont(const QString &family, int pointSize)
{
    const QFont before = QApplication::font();
    QFont now = systemFont();
    if (!family.isEmpty() && QFontDatabase::hasFamily(family))
        now.setFamily(family);
    if (pointSize >= SmallestInterfaceSize && pointSize <= LargestInterfaceSize)
        now.setPointSize(pointSize);
    if (now == before)
        return;
    QApplication::setFont(now);
    const QWidgetList widgets = QApplication::allWidgets();
    for (QWidget *widget : widgets) {
        // Under a style sheet one without a font of its own would keep what it has once got from its parent.
        widget->setFont(widget->testAttribute(Qt::WA_SetFont) ? followed(widget->font(), before, now) : QFont());
        // Those that ask for a font when they measure or paint.
        QEvent change(QEvent::FontChange);
        QCoreApplication::sendEvent(widget, &change);
        widget->updateGeometry();
        widget->update();
    }
}

} // namespace sockeye::theme
