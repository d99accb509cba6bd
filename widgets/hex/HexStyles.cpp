#include "widgets/hex/HexStyles.h"

#include "library/Settings.h"

#include <QCoreApplication>
#include <QPointer>

namespace sockeye {

HexStyles &HexStyles::shared()
{
    static QPointer<HexStyles> only;
    if (!only)
        only = new HexStyles(QCoreApplication::instance());
    return *only;
}

HexStyles::HexStyles(QObject *parent)
    : QObject(parent)
    , m_style(HexStyle::load(Settings()))
{
}

void HexStyles::setStyle(const HexStyle &style)
{
    if (style == m_style)
        return;
    m_style = style;
    Settings settings;
    style.save(settings);
    Q_EMIT changed();
}

} // namespace sockeye
