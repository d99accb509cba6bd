#include "widgets/window/MainWindow.h"

#include "base/Paths.h"
#include "widgets/composer/Composer.h"
#include "widgets/controls/Prompts.h"
#include "widgets/dialogs/AboutDialog.h"
#include "widgets/dialogs/ExportDialog.h"
#include "widgets/dialogs/ShortcutsDialog.h"
#include "widgets/library/RecentDialog.h"
#include "widgets/profiles/ProfilesDock.h"
#include "widgets/style/Theme.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/Actions.h"
#include "widgets/window/DocumentTabs.h"
#include "widgets/window/WelcomePage.h"
#include "widgets/window/WindowStatusBar.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

QString captureFilter()
{
    return MainWindow::tr("Captures (*.sockeye);;All files (*)");
}

} // namespace

MainWindow::MainWindow(Prompts &prompts)
    : m_prompts(prompts)
    , m_library(paths::captures())
    , m_store(paths::profiles())
    , m_keeper(m_store, prompts)
    , m_recent(m_library)
    , m_captures(prompts)
    , m_retention(m_settings, m_recent, m_captures)
    , m_session(paths::sessionFile(), [this] { return sessionState(); })
{
    m_store.load();
    build();
    wire();
    wireSession();
    restore();
    updateRecent();
    m_welcome->setFocus();
}

MainWindow::~MainWindow()
{
    // The tabs hand what they record to the closer, a member, and so must go before it.
    delete takeCentralWidget();
}

DocumentTab *MainWindow::currentTab() const
{
    return qobject_cast<DocumentTab *>(m_tabs->currentPage());
}

void MainWindow::openArgument(const QString &argument)
{
    const QString scheme = argument.section(u"://"_s, 0, 0).toLower();
    const bool isUrl = argument.contains(u"://"_s) && (scheme == u"ws" || scheme == u"wss" || scheme == u"ws+unix");
    if (isUrl)
        openUrl(argument);
    else
        openPath(QDir::current().absoluteFilePath(argument));
}

ConnectionTab *MainWindow::openUrl(const QString &url)
{
    ConnectionTab *tab = tabForConnection();
    Endpoint endpoint;
    endpoint.url = url;
    tab->setEndpoint(endpoint);
    tab->connectToPeer();
    return tab;
}

void MainWindow::openPath(const QString &path)
{
    if (DocumentTab *open = tabOf(path))
        m_tabs->setCurrentPage(open);
    else
        openFile(path);
}

void MainWindow::newTab()
{
    addConnectionTab()->focusUrl();
}

void MainWindow::openCapture()
{
    const FileRequest request{
        tr("Open capture"), m_settings.value(Settings::Key::FileDirectory).toString(), captureFilter(), {}};
    m_prompts.openFile(this, request, [this](const QString &path) {
        m_settings.setValue(Settings::Key::FileDirectory, QFileInfo(path).absolutePath());
        openPath(path);
    });
}

void MainWindow::saveCapture()
{
    if (const DocumentTab *tab = currentTab(); tab && !tab->capturePath().isEmpty())
        askSave(tab->capturePath());
}

void MainWindow::askSave(const QString &capture)
{
    const QString folder = m_settings.value(Settings::Key::FileDirectory).toString();
    const QString suggested =
        QDir(folder.isEmpty() ? QDir::homePath() : folder).filePath(QFileInfo(capture).fileName());
    const FileRequest request{tr("Save capture as"), suggested, captureFilter(), u"sockeye"_s};
    m_prompts.saveFile(this, request, [this, capture](const QString &target) { saveTo(capture, target); });
}

void MainWindow::exportCapture()
{
    const DocumentTab *tab = currentTab();
    if (!tab || tab->capturePath().isEmpty())
        return;
    auto *dialog = new ExportDialog(tab->capturePath(), tab->view()->query(), m_settings, m_prompts, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ExportDialog::exported, m_status, [this](const QString &target) {
        m_status->setText(tr("Exported to %1").arg(QDir::toNativeSeparators(target)));
    });
    dialog->open();
}

void MainWindow::closeCurrentTab()
{
    closeTab(m_tabs->currentPage());
}

void MainWindow::quit()
{
    close();
}

void MainWindow::applyTheme()
{
    auto scheme = theme::Scheme::System;
    QString name = u"system"_s;
    if (m_actions->get(ActionId::ThemeLight)->isChecked()) {
        scheme = theme::Scheme::Light;
        name = u"light"_s;
    } else if (m_actions->get(ActionId::ThemeDark)->isChecked()) {
        scheme = theme::Scheme::Dark;
        name = u"dark"_s;
    }
    m_settings.setValue(Settings::Key::Theme, name);
    theme::apply(*qobject_cast<QApplication *>(QCoreApplication::instance()), scheme);
}

void MainWindow::applyPanels()
{
    const bool profiles = m_actions->get(ActionId::ShowProfiles)->isChecked();
    const bool inspector = m_actions->get(ActionId::ShowInspector)->isChecked();
    const bool composer = m_actions->get(ActionId::ShowComposer)->isChecked();
    const bool timeline = m_actions->get(ActionId::ShowTimeline)->isChecked();
    m_settings.setValue(Settings::Key::ProfilesVisible, profiles);
    m_settings.setValue(Settings::Key::InspectorVisible, inspector);
    m_settings.setValue(Settings::Key::ComposerVisible, composer);
    m_settings.setValue(Settings::Key::TimelineVisible, timeline);
    m_profiles->setVisible(profiles);
    for (int i = 0; i < m_tabs->count(); ++i)
        tabAt(i)->setPanels(inspector, composer, timeline);
}

void MainWindow::nextTab()
{
    m_tabs->step(1);
}

void MainWindow::previousTab()
{
    m_tabs->step(-1);
}

void MainWindow::saveAsProfile()
{
    if (auto *tab = qobject_cast<ConnectionTab *>(currentTab()))
        m_keeper.saveAs(tab);
}

void MainWindow::saveToProfile()
{
    if (auto *tab = qobject_cast<ConnectionTab *>(currentTab()))
        m_keeper.save(tab);
}

void MainWindow::toggleEchoServer()
{
    if (m_echo.isListening())
        m_echo.stop();
    else if (!startEcho())
        return;
    m_status->setText(m_echo.isListening() ? tr("Echo server listening on %1").arg(m_echo.url().toString())
                                           : tr("Echo server stopped"));
    updateCurrent();
}

void MainWindow::tryEchoServer()
{
    if (m_echo.isListening() || startEcho())
        openUrl(m_echo.url().toString())->composer()->focusEditor();
    updateCurrent();
}

void MainWindow::copyEchoUrl()
{
    QGuiApplication::clipboard()->setText(m_echo.url().toString());
    m_status->setText(tr("%1 copied").arg(m_echo.url().toString()));
}

void MainWindow::showShortcuts()
{
    auto *dialog = new ShortcutsDialog(m_actions->all(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showAbout()
{
    auto *dialog = new AboutDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showRecent()
{
    auto *dialog = new RecentDialog(m_recent, m_captures, m_retention, m_prompts, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RecentDialog::openRequested, this, &MainWindow::openPath);
    connect(dialog, &RecentDialog::saveRequested, this, &MainWindow::askSave);
    dialog->open();
}

void MainWindow::saveTo(const QString &capture, const QString &target)
{
    if (isInUse(target)) {
        m_prompts.tell(this, tr("Save capture as"), tr("%1 is open here.").arg(QFileInfo(target).fileName()),
                       tr("Choose another name: a capture that is open is not written over."));
        return;
    }
    m_settings.setValue(Settings::Key::FileDirectory, QFileInfo(target).absolutePath());
    m_status->saveCopy(capture, target);
}

bool MainWindow::isInUse(const QString &path) const
{
    const auto isOffered = [&path](const TabState &tab) { return tab.capture == path; };
    return tabOf(path) || m_closer.isBusy(path) || std::any_of(m_offered.begin(), m_offered.end(), isOffered);
}

bool MainWindow::startEcho()
{
    const Result<> started = m_echo.start();
    if (!started)
        m_prompts.tell(this, tr("Echo server"), tr("The built-in echo server could not start."),
                       started.error().message);
    return started.ok();
}

} // namespace sockeye
