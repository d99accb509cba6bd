#pragma once

#include "base/Result.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/tab/DocumentTab.h"
#include "widgets/window/CloseGuard.h"

namespace sockeye {

class CaptureMerge;
class DocumentTabs;
class FileTab;

/// The documents that the window has open, each in a tab: found, opened, closed, with their titles up to date.
class Documents final : public QObject
{
    Q_OBJECT

public:
    /// The services and the tab widget outlive it.
    Documents(const TabServices &services, DocumentTabs &tabs);

    [[nodiscard]] DocumentTab *current() const;
    void setCurrent(DocumentTab *tab);
    /// The current tab if it is a connection's; null otherwise.
    [[nodiscard]] ConnectionTab *currentConnection() const;
    /// Whether there is a current tab and it has what is needed.
    [[nodiscard]] bool can(DocumentTab::Need need) const;
    /// From left to right.
    [[nodiscard]] QList<DocumentTab *> all() const;
    /// Those that are connections.
    [[nodiscard]] QList<ConnectionTab *> connections() const;
    /// The tab that shows the capture; null for none.
    [[nodiscard]] DocumentTab *find(const QString &capture) const;

    /// Opens a tab to connect from, with the focus in its URL.
    void openNew();
    ConnectionTab *openUrl(const QString &url);
    ConnectionTab *openEndpoint(const Endpoint &endpoint);
    /// Connects to what was pasted: a URL, or a command of another client (endpointFromText()).
    [[nodiscard]] Result<> openText(const QString &text);
    /// Goes to the tab that shows the capture, or opens one. It takes the place of the current tab if that has not been
    /// used yet, with what was written there.
    void openPath(const QString &path);
    void openMerge(std::unique_ptr<CaptureMerge> merge);
    /// Opens a tab as it was when the program ended; nothing is connected to.
    void restore(const TabState &state);
    /// A tab to connect from: the current one if it has not been used yet, otherwise a new one.
    ConnectionTab *unusedTab();

    /// Opens another tab with the same URL, options, profile and draft; nothing is connected to.
    ConnectionTab *duplicate(const ConnectionTab *tab);

    /// Closes the tab, once the user has agreed if it has an open connection and the user wants to be asked.
    void close(QWidget *page);
    /// Likewise all of these, with one question.
    void closeThese(const QList<DocumentTab *> &tabs);
    void closeCurrent();
    void closeAll();
    void goToNext();
    void goToPrevious();
    /// For another palette.
    void updateTitles();
    /// Shows all logs as the settings say now.
    void restoreLooks();

Q_SIGNALS:
    /// Emitted when a tab has been made, before it is shown.
    void tabMade(sockeye::DocumentTab *tab);
    /// Emitted when a tab's title, state or profile changes.
    void tabChanged(sockeye::DocumentTab *tab);
    void tabClosed();
    /// Emitted when another tab comes to the front, or the last one is closed.
    void currentChanged();
    /// Emitted when a tab shows a capture: one just begun, or one from a file.
    void captureShown();
    /// Emitted when the user wants a tab's options to be kept in its profile.
    void saveToProfileRequested(sockeye::ConnectionTab *tab);
    void saveAsProfileRequested(sockeye::ConnectionTab *tab);
    /// Emitted when the user wants what a tab shows to be kept in another file.
    void saveRequested(const QString &capture);
    /// A line for the status bar.
    void statusText(const QString &text);
    /// The sum of what is selected in the current tab's log; empty for fewer than two entries.
    void selectionText(const QString &text);

private:
    ConnectionTab *addConnection();
    void reopen(FileTab *tab);
    FileTab *addFile(const QString &path, const std::optional<TabState> &state);
    void add(DocumentTab *tab);
    void wire(DocumentTab *tab);
    [[nodiscard]] ConnectionTab *blankTab() const;
    void updateTab(DocumentTab *tab);
    void remove(QWidget *page);
    void updateNames();
    void updateIcon(DocumentTab *tab);
    void restoreLookOfOthers(const DocumentTab *tab);

    TabServices m_services;
    CloseGuard m_guard;
    DocumentTabs &m_tabs;
};

} // namespace sockeye
