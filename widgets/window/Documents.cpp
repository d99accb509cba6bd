#include "widgets/window/Documents.h"

#include "document/CaptureMerge.h"
#include "library/Settings.h"
#include "pasted/PastedEndpoint.h"
#include "reading/CaptureReaders.h"
#include "widgets/controls/DocumentTabs.h"
#include "widgets/tab/FileTab.h"
#include "widgets/tab/MergeTab.h"
#include "widgets/tab/TabNames.h"

#include <QFileInfo>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

/// "api.example.com/ticks, Open"
QString withState(const QString &text, const QString &separator, const DocumentTab *tab)
{
    const QString state = tab->stateText();
    return state.isEmpty() ? text : text + separator + state;
}

/// What stands on a tab that the user was told of something in.
QString withMark(const QString &name, const DocumentTab *tab)
{
    return tab->hasNotice() ? u"● "_s + name : name;
}

/// What the mark means, for who hears of the tab or points at it.
QString withNotice(const QString &text, const QString &separator, const DocumentTab *tab)
{
    return tab->hasNotice() ? text + separator + Documents::tr("a notification not looked at yet") : text;
}

} // namespace

Documents::Documents(const TabServices &services, DocumentTabs &tabs)
    : m_services(services)
    , m_guard(services.settings, services.prompts)
    , m_tabs(tabs)
{
    connect(&m_tabs, &DocumentTabs::currentChanged, this, &Documents::currentChanged);
    connect(&m_tabs, &DocumentTabs::closeRequested, this, &Documents::close);
    connect(&m_tabs, &DocumentTabs::newTabRequested, this, &Documents::openNew);
}

DocumentTab *Documents::current() const
{
    return qobject_cast<DocumentTab *>(m_tabs.currentPage());
}

void Documents::setCurrent(DocumentTab *tab)
{
    m_tabs.setCurrentPage(tab);
}

ConnectionTab *Documents::currentConnection() const
{
    return qobject_cast<ConnectionTab *>(m_tabs.currentPage());
}

bool Documents::can(DocumentTab::Need need) const
{
    const DocumentTab *tab = current();
    return tab && tab->can(need);
}

QList<DocumentTab *> Documents::all() const
{
    QList<DocumentTab *> tabs;
    for (int i = 0; i < m_tabs.count(); ++i)
        tabs += qobject_cast<DocumentTab *>(m_tabs.page(i));
    return tabs;
}

QList<ConnectionTab *> Documents::connections() const
{
    QList<ConnectionTab *> connections;
    for (DocumentTab *tab : all()) {
        if (auto *connection = qobject_cast<ConnectionTab *>(tab))
            connections += connection;
    }
    return connections;
}

DocumentTab *Documents::find(const QString &capture) const
{
    for (DocumentTab *tab : all()) {
        const QString path = tab->capturePath();
        if (!path.isEmpty() && (path == capture || QFileInfo(path) == QFileInfo(capture)))
            return tab;
    }
    return nullptr;
}

void Documents::openNew()
{
    addConnection()->focusUrl();
}

ConnectionTab *Documents::openUrl(const QString &url)
{
    Endpoint endpoint = m_services.settings.newEndpoint();
    endpoint.url = url;
    return openEndpoint(endpoint);
}

ConnectionTab *Documents::openEndpoint(const Endpoint &endpoint)
{
    ConnectionTab *tab = unusedTab();
    tab->setEndpoint(endpoint);
    tab->connectToPeer();
    return tab;
}

Result<> Documents::openText(const QString &text)
{
    const Result<PastedEndpoint> pasted = endpointFromText(text, m_services.settings.newEndpoint());
    if (!pasted)
        return pasted.error();
    openEndpoint(pasted.value().endpoint);
    if (const QStringList &left = pasted.value().notTaken; !left.isEmpty())
        Q_EMIT statusText(tr("Not taken from the command: %1").arg(left.join(u", ")));
    return {};
}

void Documents::openPath(const QString &path)
{
    if (DocumentTab *open = find(path)) {
        setCurrent(open);
        return;
    }
    ConnectionTab *blank = blankTab();
    addFile(path, blank ? blank->tabState() : std::nullopt);
    if (blank) {
        m_tabs.moveTab(current(), blank);
        close(blank);
    }
}

void Documents::openMerge(std::unique_ptr<CaptureMerge> merge)
{
    add(new MergeTab(m_services, std::move(merge), m_tabs.pageParent()));
}

void Documents::restore(const TabState &state)
{
    if (state.isFile)
        addFile(state.capture, state);
    else
        addConnection()->restore(state);
}

ConnectionTab *Documents::unusedTab()
{
    ConnectionTab *blank = blankTab();
    return blank ? blank : addConnection();
}

ConnectionTab *Documents::duplicate(const ConnectionTab *tab)
{
    TabState state = tab->tabState().value_or(TabState());
    state.endpoint.url = tab->shownUrl();
    state.capture.clear();
    state.wasOpen = false;
    ConnectionTab *copy = addConnection();
    copy->restore(state);
    copy->setProfile(tab->profileId(), tab->profileName(), tab->profileUrl());
    return copy;
}

void Documents::close(QWidget *page)
{
    if (auto *tab = qobject_cast<DocumentTab *>(page))
        closeThese({tab});
}

void Documents::closeThese(const QList<DocumentTab *> &tabs)
{
    if (tabs.isEmpty())
        return;
    QList<ConnectionTab *> connections;
    for (DocumentTab *tab : tabs) {
        if (auto *connection = qobject_cast<ConnectionTab *>(tab))
            connections += connection;
    }
    // The answer may come late.
    const QList<QPointer<DocumentTab>> asked(tabs.cbegin(), tabs.cend());
    const auto removeAll = [this, asked] {
        for (const QPointer<DocumentTab> &tab : asked) {
            if (tab)
                remove(tab);
        }
    };
    if (m_guard.asksAbout(connections))
        m_guard.ask(tabs.constFirst(), connections, removeAll);
    else
        removeAll();
}

void Documents::remove(QWidget *page)
{
    m_tabs.removeTab(page);
    page->disconnect(this);
    page->deleteLater();
    updateNames();
    Q_EMIT tabClosed();
}

void Documents::closeCurrent()
{
    close(m_tabs.currentPage());
}

void Documents::closeAll()
{
    while (m_tabs.count() > 0) {
        QWidget *page = m_tabs.page(0);
        m_tabs.removeTab(page);
        delete page;
    }
}

void Documents::goToNext()
{
    m_tabs.step(1);
}

void Documents::goToPrevious()
{
    m_tabs.step(-1);
}

void Documents::updateTitles()
{
    updateNames();
    for (DocumentTab *tab : all()) {
        updateIcon(tab);
        Q_EMIT tabChanged(tab);
    }
}

ConnectionTab *Documents::addConnection()
{
    auto *tab = new ConnectionTab(m_services, m_tabs.pageParent());
    connect(tab, &ConnectionTab::saveToProfileRequested, this, [this, tab] { Q_EMIT saveToProfileRequested(tab); });
    connect(tab, &ConnectionTab::saveAsProfileRequested, this, [this, tab] { Q_EMIT saveAsProfileRequested(tab); });
    add(tab);
    return tab;
}

/// With the draft and the filter that are there.
void Documents::reopen(FileTab *tab)
{
    const QString path = tab->capturePath();
    CaptureReaders::forget(path);
    m_tabs.moveTab(addFile(path, tab->tabState()), tab);
    close(tab);
}

FileTab *Documents::addFile(const QString &path, const std::optional<TabState> &state)
{
    auto *tab = new FileTab(m_services, path, m_tabs.pageParent());
    if (state)
        tab->restore(*state);
    connect(tab, &FileTab::connectElsewhere, this, &Documents::openEndpoint);
    connect(tab, &FileTab::reopenRequested, this, [this, tab] { reopen(tab); });
    connect(tab, &FileTab::saveRequested, this, [this, tab] { Q_EMIT saveRequested(tab->capturePath()); });
    add(tab);
    Q_EMIT captureShown();
    return tab;
}

void Documents::add(DocumentTab *tab)
{
    wire(tab);
    Q_EMIT tabMade(tab);
    m_tabs.addTab(tab, tab->title());
    updateTab(tab);
    setCurrent(tab);
}

void Documents::wire(DocumentTab *tab)
{
    connect(tab, &DocumentTab::changed, this, [this, tab] { updateTab(tab); });
    connect(tab, &DocumentTab::statusText, this, &Documents::statusText);
    connect(tab, &DocumentTab::selectionText, this, [this, tab](const QString &text) {
        if (tab == current())
            Q_EMIT selectionText(text);
    });
    connect(tab, &DocumentTab::lookChanged, this, [this, tab] { restoreLookOfOthers(tab); });
    connect(tab, &DocumentTab::captureShown, this, &Documents::captureShown);
}

/// The current tab if it was opened and has not been used yet.
ConnectionTab *Documents::blankTab() const
{
    ConnectionTab *tab = currentConnection();
    return tab && tab->isBlank() ? tab : nullptr;
}

void Documents::updateTab(DocumentTab *tab)
{
    updateNames();
    updateIcon(tab);
    Q_EMIT tabChanged(tab);
}

/// A tab's name depends on what the others are called.
void Documents::updateNames()
{
    const QList<DocumentTab *> tabs = all();
    QList<TabTitle> titles;
    for (const DocumentTab *tab : tabs) {
        const QString url = tab->titleUrl();
        titles += url.isEmpty() ? TabTitle{tab->title(), false} : TabTitle{url, true};
    }
    const QStringList names = toldApart(titles);
    for (qsizetype i = 0; i < tabs.size(); ++i) {
        DocumentTab *tab = tabs.at(i);
        m_tabs.setTitle(tab, withMark(names.at(i), tab),
                        withNotice(withState(tab->title(), u", "_s, tab), u", "_s, tab),
                        withNotice(withState(tab->description(), u"\n"_s, tab), u"\n"_s, tab));
    }
}

void Documents::updateIcon(DocumentTab *tab)
{
    // The window's palette: on a change of theme it is told before its children have theirs.
    const ThemeColors &colors = theme::colors(m_tabs.window()->palette());
    m_tabs.setIcon(tab, tab->state() == DocumentTab::State::File ? QIcon() : icons::state(tab->sign(), colors));
}

void Documents::restoreLooks()
{
    restoreLookOfOthers(nullptr);
}

void Documents::restoreLookOfOthers(const DocumentTab *tab)
{
    for (const DocumentTab *other : all()) {
        if (other != tab)
            other->view()->restoreLook();
    }
}

} // namespace sockeye
