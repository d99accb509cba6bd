#pragma once

#include "Sandbox.h"
#include "ScriptedPrompts.h"
#include "base/Clock.h"
#include "document/Recording.h"
#include "document/RecordingCloser.h"
#include "library/CaptureLibrary.h"
#include "library/Settings.h"
#include "log/LogModel.h"
#include "server/EchoServer.h"
#include "support/Patience.h"
#include "widgets/composer/Composer.h"
#include "widgets/log/LogCommands.h"
#include "widgets/log/LogView.h"
#include "widgets/tab/AddressBar.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/tab/FileTab.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTest>

namespace sockeye::test {

/// A tab by itself, with all that it needs around it and an echo server to connect it to. Begins with a connection's
/// tab; openFile() puts a file's tab in its place.
class TabBench final
{
public:
    TabBench() { makeTab(); }
    ~TabBench() { closeTab(); }

    [[nodiscard]] TabServices services() { return {library, clock, closer, settings, prompts}; }
    /// The tab that is open, of either kind.
    [[nodiscard]] DocumentTab *shown() const
    {
        return file ? static_cast<DocumentTab *>(file.get()) : static_cast<DocumentTab *>(tab.get());
    }

    void makeTab()
    {
        tab = std::make_unique<ConnectionTab>(services());
        show();
    }

    void openFile(const QString &path)
    {
        tab.reset();
        file = std::make_unique<FileTab>(services(), path);
        show();
    }

    /// Closes the tab and waits for its file.
    bool closeTab()
    {
        tab.reset();
        file.reset();
        return QTest::qWaitFor([this] { return closer.isIdle(); }, Patience);
    }

    [[nodiscard]] bool connectToEcho()
    {
        if (!echo.isListening() && !echo.start().ok())
            return false;
        tab->address()->setUrl(echo.url().toString());
        tab->connectToPeer();
        return QTest::qWaitFor([this] { return tab->state() == DocumentTab::State::Open && tab->view()->model(); },
                               Patience);
    }

    /// Sends a text and waits until it has come back.
    [[nodiscard]] bool say(const QString &text)
    {
        const int before = rows(text);
        tab->composer()->editor()->setPlainText(text);
        tab->composer()->send();
        return QTest::qWaitFor([&] { return rows(text) == before + 2; }, Patience);
    }

    /// How many rows' previews hold the text.
    [[nodiscard]] int rows(const QString &text) const
    {
        int found = 0;
        for (int row = 0; shown()->view()->model() && row < shown()->view()->model()->rowCount(); ++row)
            found += preview(row).contains(text) ? 1 : 0;
        return found;
    }

    /// The text itself, whatever members the log sums up.
    [[nodiscard]] QString preview(int row) const
    {
        return shown()->view()->model()->index(row, LogModel::PreviewColumn).data(Qt::AccessibleTextRole).toString();
    }

    /// The first row whose preview holds the text, or -1.
    [[nodiscard]] int rowOf(const QString &text) const
    {
        for (int row = 0; row < shown()->view()->model()->rowCount(); ++row) {
            if (preview(row).contains(text))
                return row;
        }
        return -1;
    }

    void click(int row, Qt::KeyboardModifiers modifiers = {}) const
    {
        LogView *view = shown()->view()->logView();
        view->scrollTo(shown()->view()->model()->index(row, 0));
        const QPoint at = view->visualRect(shown()->view()->model()->index(row, LogModel::EntryColumn)).center();
        QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers, at);
    }

    /// The log's context menu, as a right click on the current row opens it.
    [[nodiscard]] QMenu *menu() const
    {
        const LogView *view = shown()->view()->logView();
        const QPoint at = view->visualRect(view->currentIndex()).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, view->viewport()->mapToGlobal(at));
        QCoreApplication::sendEvent(view->viewport(), &event);
        return qobject_cast<QMenu *>(QApplication::activePopupWidget());
    }

    [[nodiscard]] static QAction *find(const QMenu *menu, const QString &text)
    {
        for (QAction *action : menu->actions()) {
            if (action->text() == text)
                return action;
            if (QAction *inside = action->menu() ? find(action->menu(), text) : nullptr)
                return inside;
        }
        return nullptr;
    }

    /// Chooses from the context menu; false if it does not offer that.
    [[nodiscard]] bool choose(const QString &text) const
    {
        QMenu *shown = menu();
        QAction *action = shown ? find(shown, text) : nullptr;
        const bool isOffered = action && action->isEnabled();
        if (isOffered)
            action->trigger();
        if (shown)
            shown->close();
        return isOffered;
    }

    Sandbox sandbox;
    ScriptedPrompts prompts;
    SystemClock clock;
    Settings settings;
    CaptureLibrary library{paths::captures()};
    RecordingCloser closer;
    EchoServer echo;
    std::unique_ptr<ConnectionTab> tab;
    std::unique_ptr<FileTab> file;

private:
    void show() const
    {
        shown()->resize(1200, 800);
        shown()->show();
    }
};

} // namespace sockeye::test
