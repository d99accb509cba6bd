#include "widgets/analysis/AnalysisPanel.h"

#include "widgets/controls/IconButton.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/style/Theme.h"

#include <QFrame>
#include <QKeyEvent>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace sockeye {

AnalysisPanel::AnalysisPanel(QWidget *parent)
    : QDockWidget(tr("Analysis"), parent)
{
    setObjectName(u"analysisDock"_s);
    setAccessibleName(tr("Analysis"));
    setFeatures(QDockWidget::NoDockWidgetFeatures);
    setAllowedAreas(Qt::BottomDockWidgetArea);
    auto *noTitle = new QWidget(this);
    noTitle->setFixedHeight(0);
    setTitleBarWidget(noTitle);

    auto *body = new QWidget(this);
    auto *frame = new QFrame(body);
    frame->setProperty("panel", true);
    m_tabs = new QTabWidget(frame);
    m_tabs->setObjectName(u"pageTabs"_s);
    m_tabs->setAttribute(Qt::WA_StyledBackground);
    m_tabs->tabBar()->setAccessibleName(tr("Pages of the analysis"));
    auto *close = new IconButton(u"close"_s, tr("Hide the analysis"), m_tabs);
    m_tabs->setCornerWidget(close);
    auto *inner = new QVBoxLayout(frame);
    inner->setContentsMargins(1, 1, 1, 1);
    inner->addWidget(m_tabs);
    auto *layout = new QVBoxLayout(body);
    // Above it, the window's separator serves as the margin.
    layout->setContentsMargins(theme::Gap, 0, theme::Gap, theme::Gap);
    layout->addWidget(frame);
    // The row of tabs and some rows of a table, so that a small window still has room for its log.
    body->setMinimumHeight(theme::RowHeight * 6);
    setWidget(body);

    connect(close, &QToolButton::clicked, this, &AnalysisPanel::hideRequested);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] { Q_EMIT currentPageChanged(currentPage()); });
}

void AnalysisPanel::addPage(const QString &id, const QString &title, QWidget *page)
{
    m_ids += id;
    m_tabs->addTab(page, withoutMnemonic(title));
    connect(page, &QWidget::windowTitleChanged, this, [this, page, title](const QString &said) {
        m_tabs->setTabText(m_tabs->indexOf(page), withoutMnemonic(said.isEmpty() ? title : said));
    });
}

QString AnalysisPanel::currentPage() const
{
    return m_ids.value(m_tabs->currentIndex());
}

void AnalysisPanel::setCurrentPage(const QString &id)
{
    if (m_ids.contains(id))
        m_tabs->setCurrentIndex(static_cast<int>(m_ids.indexOf(id)));
}

void AnalysisPanel::focusPage(const QWidget *page)
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (m_tabs->widget(i) == page)
            m_tabs->setCurrentIndex(i);
    }
    focusPage();
}

/// A page says by its focus proxy where keys are to go; it may have nothing to show there.
void AnalysisPanel::focusPage()
{
    QWidget *page = m_tabs->currentWidget();
    QWidget *wanted = page ? page->focusProxy() : nullptr;
    QWidget *target = wanted && wanted->isVisible() && wanted->isEnabled() ? wanted : m_tabs->tabBar();
    target->setFocus(Qt::ShortcutFocusReason);
}

void AnalysisPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier)
        Q_EMIT leaveRequested();
    else
        QDockWidget::keyPressEvent(event);
}

} // namespace sockeye
