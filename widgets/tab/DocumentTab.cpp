#include "widgets/tab/DocumentTab.h"

#include "document/CaptureSource.h"
#include "document/OpenCapture.h"
#include "widgets/controls/Banner.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/log/LogView.h"
#include "widgets/style/Theme.h"
#include "widgets/tab/StatusLine.h"
#include "widgets/timeline/Sparkline.h"
#include "widgets/timeline/Timeline.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace sockeye {

DocumentTab::DocumentTab(const TabServices &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
{
}

void DocumentTab::build(QWidget *head)
{
    m_status = new StatusLine(m_services.clock, this);
    m_sparkline = new Sparkline([this] { return sparklineData(); }, this);
    m_sparkline->hide();
    m_banner = new Banner(this);
    m_view = new CaptureView(m_services.settings, m_services.prompts, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap, theme::Gap, theme::Gap, theme::Gap);
    layout->setSpacing(theme::Gap);
    if (head)
        layout->addWidget(head);
    auto *statusRow = new QHBoxLayout;
    statusRow->setSpacing(theme::Gap);
    statusRow->addWidget(m_status, 1);
    statusRow->addWidget(m_sparkline);
    layout->addLayout(statusRow);
    layout->addWidget(m_banner);
    layout->addWidget(m_view, 1);
    setFocusProxy(head);
    connect(m_status, &StatusLine::ratesChanged, m_sparkline, &Sparkline::refresh);
    connect(m_view->timeline(), &Timeline::changed, m_sparkline, &Sparkline::refresh);
    connect(m_sparkline, &Sparkline::clicked, this, &DocumentTab::timelineWanted);
    connect(m_view, &CaptureView::statusText, this, &DocumentTab::statusText);
    connect(m_view, &CaptureView::selectionText, this, &DocumentTab::selectionText);
    connect(m_view, &CaptureView::lookChanged, this, &DocumentTab::lookChanged);
    connect(m_view, &CaptureView::filterChanged, this, &DocumentTab::tabStateChanged);
    connect(m_view, &CaptureView::formatsChanged, this, &DocumentTab::tabStateChanged);
    connect(m_view, &CaptureView::columnsChanged, this, &DocumentTab::tabStateChanged);
    connect(this, &DocumentTab::changed, this, &DocumentTab::tabStateChanged);
    connect(this, &DocumentTab::captureShown, this, &DocumentTab::tabStateChanged);
}

void DocumentTab::showFormats()
{
    m_view->showFormats();
}

void DocumentTab::setPanels(const CaptureView::Arrangement &arrangement)
{
    m_view->arrange(arrangement);
    m_sparkline->setVisible(arrangement.isSmall && !arrangement.timeline);
}

SparklineData DocumentTab::sparklineData() const
{
    return Sparkline::ofTimeline(*m_view->timeline());
}

bool DocumentTab::can(Need need) const
{
    return need == Need::Tab || (need == Need::Capture && !capturePath().isEmpty());
}

QString DocumentTab::capturePath() const
{
    const CaptureSource *shown = source();
    return shown ? shown->path() : QString();
}

void DocumentTab::setName(const QString &name)
{
    if (m_name == name)
        return;
    m_name = name;
    Q_EMIT changed();
}

void DocumentTab::setHasNotice(bool hasNotice)
{
    if (m_hasNotice == hasNotice)
        return;
    m_hasNotice = hasNotice;
    Q_EMIT changed();
}

void DocumentTab::showCapture(OpenCapture &capture, CaptureView::StartAt start)
{
    connect(&capture, &OpenCapture::failed, m_banner, &Banner::showMessage);
    connect(&capture, &OpenCapture::annotationsLost, this, &DocumentTab::tellAnnotationsLost);
    m_view->showCapture(capture, start);
    Q_EMIT captureShown();
}

StateSign DocumentTab::sign() const
{
    switch (state()) {
    case State::Open:
        return StateSign::Open;
    case State::Connecting:
        return StateSign::Busy;
    case State::Interrupted:
        return StateSign::Interrupted;
    case State::Failed:
        return StateSign::Failed;
    case State::Idle:
    case State::File:
        break;
    }
    return StateSign::Idle;
}

void DocumentTab::tellAnnotationsLost(const QString &message)
{
    m_banner->showMessage(message);
}

void DocumentTab::comeToFront()
{
    const QWidget *apart = m_view->inspector()->window();
    if (apart != window() && apart->isActiveWindow())
        activateWindow();
}

void DocumentTab::focusFilter()
{
    comeToFront();
    m_view->filterBar()->focusFilter();
}

void DocumentTab::goToNextMatch()
{
    m_view->filterBar()->nextMatch();
}

void DocumentTab::goToPreviousMatch()
{
    m_view->filterBar()->previousMatch();
}

QList<DocumentTab::Pane> DocumentTab::panes()
{
    LogView *log = m_view->logView();
    Inspector *inspector = m_view->inspector();
    return {{log, [log] { log->setFocus(Qt::ShortcutFocusReason); }},
            {inspector, [inspector] { inspector->focusPage(); }}};
}

void DocumentTab::goToPane(bool forward)
{
    QList<Pane> shown = panes();
    shown.removeIf([](const Pane &pane) { return !pane.widget->isVisible(); });
    if (shown.isEmpty())
        return;
    const QWidget *focused = QApplication::focusWidget();
    const auto now = std::ranges::find_if(
        shown, [focused](const Pane &pane) { return pane.widget == focused || pane.widget->isAncestorOf(focused); });
    const qsizetype count = shown.size();
    // From elsewhere, the timeline for one, to the first or the last.
    const qsizetype from = now != shown.end() ? now - shown.begin() : forward ? count - 1 : 0;
    const Pane &next = shown.at((from + (forward ? 1 : count - 1)) % count);
    // The inspector may have a window of its own.
    QWidget *there = next.widget->window();
    if (there->isMinimized())
        there->setWindowState(there->windowState() & ~Qt::WindowMinimized);
    if (!there->isActiveWindow())
        there->activateWindow();
    next.focus();
}

} // namespace sockeye
