#include "widgets/controls/PageBar.h"

#include <QHBoxLayout>
#include <QTabBar>

namespace sockeye {

PageBar::PageBar(const QStringList &tabs, QWidget *parent)
    : QFrame(parent)
    , m_tabs(new QTabBar(this))
    , m_layout(new QHBoxLayout(this))
{
    setProperty("strip", QStringLiteral("plain"));
    m_tabs->setObjectName(QStringLiteral("subTabs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (const QString &tab : tabs)
        m_tabs->addTab(tab);
    // Where there is nothing to choose, what stands below does not jump.
    QSizePolicy policy = m_tabs->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_tabs->setSizePolicy(policy);
    m_layout->setContentsMargins(0, 0, 4, 0);
    m_layout->setSpacing(2);
    m_layout->addWidget(m_tabs, 0, Qt::AlignBottom);
    m_layout->addStretch();
}

void PageBar::setTabVisible(int tab, bool visible)
{
    if (m_tabs->isTabVisible(tab) == visible)
        return;
    m_tabs->setTabVisible(tab, visible);
    // The layout is not told that the bar needs less, and would leave it the room of the hidden tabs.
    int width = 0;
    bool areAll = true;
    for (int i = 0; i < m_tabs->count(); ++i) {
        areAll = areAll && m_tabs->isTabVisible(i);
        width += m_tabs->isTabVisible(i) ? m_tabs->tabRect(i).width() : 0;
    }
    m_tabs->setMaximumWidth(areAll ? QWIDGETSIZE_MAX : width);
}

void PageBar::addWidget(QWidget *widget)
{
    m_layout->addWidget(widget, 0, Qt::AlignVCenter);
}

} // namespace sockeye
