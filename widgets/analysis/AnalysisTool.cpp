#include "widgets/analysis/AnalysisTool.h"

#include "formats/MessageFormats.h"
#include "library/Settings.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/log/LogCommands.h"
#include "widgets/log/LogView.h"
#include "widgets/plot/PlotPage.h"
#include "widgets/requests/RequestsPage.h"
#include "widgets/shapes/ShapesPage.h"

#include <QApplication>

#include <utility>

using namespace Qt::StringLiterals;

namespace sockeye {

AnalysisTool::AnalysisTool(Settings &settings, QWidget *window)
    : m_settings(settings)
    , m_panel(new AnalysisPanel(window))
{
    addPages();
    m_panel->setCurrentPage(m_settings.value(Settings::Key::AnalysisPage).toString());
    connect(m_panel, &AnalysisPanel::currentPageChanged, this,
            [this](const QString &id) { m_settings.setValue(Settings::Key::AnalysisPage, id); });
    connect(m_panel, &AnalysisPanel::hideRequested, this, [this] { setShown(false); });
    connect(m_panel, &AnalysisPanel::leaveRequested, this, &AnalysisTool::focusLog);
    apply();
}

/// A line for each, in the order of their tabs.
void AnalysisTool::addPages()
{
    m_plot = add<PlotPage>(u"plot"_s, tr("Plot"));
    const auto *requests = add<RequestsPage>(u"requests"_s, tr("Requests"));
    connect(requests, &RequestsPage::requestPathWanted, this, &AnalysisTool::setRequestPath);
    add<ShapesPage>(u"shapes"_s, tr("Shapes"));
}

/// Part of how the tab's messages are read, and kept with that.
void AnalysisTool::setRequestPath(const QString &path)
{
    if (!m_tab)
        return;
    MessageFormats &formats = m_tab->view()->formats();
    DecodeOptions options = formats.options();
    options.requestPath = path;
    formats.setOptions(options);
}

bool AnalysisTool::isShown() const
{
    return m_settings.value(Settings::Key::AnalysisVisible).toBool();
}

void AnalysisTool::toggle()
{
    setShown(!isShown());
    // Keys go where what was asked for stands: the panel is far from the log, by Tab.
    if (isShown())
        m_panel->focusPage();
}

void AnalysisTool::setShown(bool shown)
{
    const QWidget *focused = QApplication::focusWidget();
    const bool hadFocus = focused && m_panel->isAncestorOf(focused);
    m_settings.setValue(Settings::Key::AnalysisVisible, shown);
    apply();
    if (!shown && hadFocus)
        focusLog();
    Q_EMIT changed();
}

void AnalysisTool::apply()
{
    m_panel->setVisible(isShown());
}

void AnalysisTool::show(const QWidget *page)
{
    setShown(true);
    m_panel->focusPage(page);
}

void AnalysisTool::follow(DocumentTab *tab)
{
    if (m_tab && m_tab != tab) {
        m_tab->view()->formats().disconnect(this);
        m_tab->view()->disconnect(this);
    }
    if (tab && m_tab != tab) {
        connect(tab->view(), &CaptureView::plotWanted, this, &AnalysisTool::plot);
        const MessageFormats &formats = tab->view()->formats();
        connect(&formats, &MessageFormats::changed, this, [this, &formats] { setFormats(formats.set()); });
    }
    m_tab = tab;
    OpenCapture *capture = tab ? tab->view()->capture() : nullptr;
    // No page reads one capture as the messages of another.
    if (capture != m_capture)
        setCapture(nullptr);
    setFormats(tab ? tab->view()->formats().set() : FormatSet::standard());
    setCapture(capture);
}

void AnalysisTool::setCapture(OpenCapture *capture)
{
    if (m_capture == capture)
        return;
    if (m_capture)
        m_capture->disconnect(this);
    m_capture = capture;
    if (capture)
        connect(capture, &OpenCapture::aboutToClose, this, [this] { setCapture(nullptr); });
    for (const PageLink &page : m_pages)
        page.setCapture(capture);
}

void AnalysisTool::setFormats(const std::shared_ptr<const FormatSet> &formats)
{
    if (m_formats == formats)
        return;
    m_formats = formats;
    for (const PageLink &page : m_pages)
        page.setFormats(formats);
}

void AnalysisTool::takePage(const PageLink &page) const
{
    page.setFormats(m_formats);
    page.setCapture(m_capture);
}

void AnalysisTool::showEntry(EntryId id)
{
    if (!m_tab)
        return;
    if (m_tab->view()->logView()->goToEntry(id) != id)
        Q_EMIT statusText(tr("Entry %L1 is not shown; this is the nearest one before it.").arg(id.value()));
}

/// What was chosen in a page is a choice of what is shown, so it hides the rest.
void AnalysisTool::filterBy(const QString &filter)
{
    if (!m_tab)
        return;
    m_tab->view()->filterBar()->setFilterMode(FilterMode::Hide);
    m_tab->view()->logCommands()->narrowTo(filter);
}

void AnalysisTool::plot(const QString &path)
{
    const Result<PlotField> field = PlotField::ofPath(path);
    if (!field) {
        Q_EMIT statusText(field.message());
        return;
    }
    show(m_plot);
    m_plot->addField(field.value());
}

void AnalysisTool::focusLog()
{
    if (m_tab)
        m_tab->view()->logView()->setFocus(Qt::ShortcutFocusReason);
}

} // namespace sockeye
