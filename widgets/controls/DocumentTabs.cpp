#include "widgets/controls/DocumentTabs.h"

#include "base/CombiningMarks.h"
#include "widgets/controls/Banner.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/style/Icons.h"
#include "widgets/style/Theme.h"

#include <QContextMenuEvent>
#include <QEvent>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

/// A longer title gives way in its middle, in pixels.
constexpr int MaxTitleWidth = 240;

} // namespace

DocumentTabs::DocumentTabs(QWidget *empty, QWidget *parent)
    : QWidget(parent)
    , m_bar(new QTabBar(this))
    , m_new(new QToolButton(this))
    , m_strip(new QWidget(this))
    , m_stack(new QStackedWidget(this))
    , m_banner(new Banner(this))
    , m_empty(empty)
{
    m_bar->setObjectName(u"documentTabs"_s);
    m_bar->setAccessibleName(tr("Tabs"));
    m_bar->setMovable(true);
    m_bar->setExpanding(false);
    m_bar->setDrawBase(false);
    m_bar->setElideMode(Qt::ElideMiddle);
    m_bar->setUsesScrollButtons(true);
    m_bar->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_bar->installEventFilter(this);
    m_new->setAccessibleName(tr("New tab"));
    m_new->setToolTip(tr("New connection (Ctrl+T)"));

    auto *row = new QHBoxLayout(m_strip);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_bar);
    row->addSpacing(theme::Gap / 2);
    row->addWidget(m_new);
    row->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    // A line on the left separates the documents from the panel beside them.
    layout->setContentsMargins(1, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    layout->addWidget(m_strip);
    layout->addWidget(m_stack, 1);
    m_stack->addWidget(m_empty);
    m_strip->hide();
    updateIcons();

    connect(m_bar, &QTabBar::currentChanged, this, &DocumentTabs::showCurrent);
    connect(m_new, &QToolButton::clicked, this, &DocumentTabs::newTabRequested);
}

QWidget *DocumentTabs::pageParent() const
{
    return m_stack;
}

int DocumentTabs::addTab(QWidget *page, const QString &title)
{
    m_stack->addWidget(page);
    const int index = m_bar->addTab(title);
    m_bar->setTabData(index, QVariant::fromValue(page));
    m_bar->setTabButton(index, QTabBar::RightSide, makeCloseButton(page));
    m_strip->show();
    showCurrent();
    return index;
}

void DocumentTabs::removeTab(QWidget *page)
{
    const int index = indexOf(page);
    if (index < 0)
        return;
    page->hide();
    m_stack->removeWidget(page);
    m_bar->removeTab(index);
    m_strip->setVisible(count() > 0);
    showCurrent();
}

void DocumentTabs::moveTab(QWidget *page, QWidget *to)
{
    m_bar->moveTab(indexOf(page), indexOf(to));
}

int DocumentTabs::count() const
{
    return m_bar->count();
}

QWidget *DocumentTabs::page(int index) const
{
    return m_bar->tabData(index).value<QWidget *>();
}

QWidget *DocumentTabs::currentPage() const
{
    return page(m_bar->currentIndex());
}

void DocumentTabs::setCurrentPage(QWidget *page)
{
    m_bar->setCurrentIndex(indexOf(page));
}

void DocumentTabs::step(int by)
{
    if (count() > 0)
        m_bar->setCurrentIndex((m_bar->currentIndex() + by + count()) % count());
}

void DocumentTabs::setTitle(QWidget *page, const QString &shown, const QString &title, const QString &toolTip)
{
    const int index = indexOf(page);
    if (index < 0)
        return;
    const QString text = m_bar->fontMetrics().elidedText(withFewMarks(shown), Qt::ElideMiddle, MaxTitleWidth);
    // A tab that is given the text that it has would be laid out anew.
    if (const QString plain = withoutMnemonic(text); m_bar->tabText(index) != plain)
        m_bar->setTabText(index, plain);
    m_bar->setAccessibleTabName(index, title);
    m_bar->setTabToolTip(index, plainToolTip(toolTip));
    m_bar->tabButton(index, QTabBar::RightSide)->setAccessibleName(tr("Close %1").arg(shown));
}

void DocumentTabs::setIcon(QWidget *page, const QIcon &icon)
{
    if (const int index = indexOf(page); index >= 0)
        m_bar->setTabIcon(index, icon);
}

bool DocumentTabs::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_bar && event->type() == QEvent::ContextMenu) {
        requestMenu(*static_cast<QContextMenuEvent *>(event));
        return true;
    }
    if (object == m_bar && event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const int index = m_bar->tabAt(mouse->position().toPoint());
        if (mouse->button() == Qt::MiddleButton && index >= 0)
            Q_EMIT closeRequested(page(index));
    }
    return QWidget::eventFilter(object, event);
}

void DocumentTabs::requestMenu(const QContextMenuEvent &event)
{
    // By key it is the menu of the tab that has the focus.
    const bool byKey = event.reason() == QContextMenuEvent::Keyboard;
    const int index = byKey ? m_bar->currentIndex() : m_bar->tabAt(event.pos());
    if (index < 0)
        return;
    Q_EMIT menuRequested(page(index),
                         byKey ? m_bar->mapToGlobal(m_bar->tabRect(index).bottomLeft()) : event.globalPos());
}

void DocumentTabs::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        updateIcons();
    QWidget::changeEvent(event);
}

void DocumentTabs::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = theme::colors(palette());
    painter.fillRect(rect(), colors.window);
    painter.fillRect(m_stack->geometry(), colors.base);
    if (m_strip->isVisible())
        painter.fillRect(0, m_strip->geometry().bottom(), width(), 1, colors.line);
    painter.fillRect(0, 0, 1, height(), colors.line);
}

int DocumentTabs::indexOf(const QWidget *page) const
{
    for (int i = 0; i < m_bar->count(); ++i) {
        if (this->page(i) == page)
            return i;
    }
    return -1;
}

QToolButton *DocumentTabs::makeCloseButton(QWidget *page)
{
    auto *button = new QToolButton(m_bar);
    button->setObjectName(u"closeTab"_s);
    button->setIcon(icons::get(u"close"_s, palette()));
    constexpr int IconSize = 12;
    button->setIconSize(QSize(IconSize, IconSize));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::NoFocus);
    button->setAccessibleName(tr("Close tab"));
    button->setToolTip(tr("Close this tab (Ctrl+W)"));
    connect(button, &QToolButton::clicked, this, [this, page] { Q_EMIT closeRequested(page); });
    return button;
}

void DocumentTabs::showCurrent()
{
    QWidget *current = currentPage();
    m_stack->setCurrentWidget(current ? current : m_empty);
    Q_EMIT currentChanged();
}

void DocumentTabs::updateIcons()
{
    m_new->setIcon(icons::get(u"plus"_s, palette()));
    for (int i = 0; i < m_bar->count(); ++i) {
        if (auto *button = qobject_cast<QToolButton *>(m_bar->tabButton(i, QTabBar::RightSide)))
            button->setIcon(icons::get(u"close"_s, palette()));
    }
}

} // namespace sockeye
