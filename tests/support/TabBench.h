#pragma once

#include "Sandbox.h"
#include "ScriptedPrompts.h"
#include "server/EchoServer.h"
#include "widgets/tab/AddressBar.h"
#include "widgets/tab/ConnectionTab.h"
#include "library/Settings.h"
#include "widgets/composer/Composer.h"
#include "widgets/log/LogCommands.h"
#include "widgets/log/LogView.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTest>

namespace sockeye::test {

/// A tab by itself, with an echo server to connect it to.
class TabBench final
{
public:
    static constexpr int Patience = 20'000;

    TabBench() { makeTab(); }
    ~TabBench() { closeTab(); }

    void makeTab()
    {
        tab = std::make_unique<ConnectionTab>(TabServices{library, clock, closer, settings, prompts});
        tab->resize(1200, 800);
        tab->show();
    }

    /// Closes the tab and waits for its file.
    bool closeTab()
    {
        tab.reset();
        return QTest::qWaitFor([this] { return closer.isIdle(); }, Patience);
    }

    [[nodiscard]] bool connectToEcho()
    {
        if (!echo.isListening() && !echo.start().ok())
            return false;
        tab->address()->setUrl(echo.url().toString());
        tab->connectToPeer();
        return QTest::qWaitFor([this] { return tab->state() == ConnectionTab::State::Open && tab->model(); }, Patience);
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
        for (int row = 0; tab->model() && row < tab->model()->rowCount(); ++row)
            found += preview(row).contains(text) ? 1 : 0;
        return found;
    }

    [[nodiscard]] QString preview(int row) const
    {
        return tab->model()->index(row, LogModel::PreviewColumn).data().toString();
    }

    /// The first row whose preview holds the text, or -1.
    [[nodiscard]] int rowOf(const QString &text) const
    {
        for (int row = 0; row < tab->model()->rowCount(); ++row) {
            if (preview(row).contains(text))
                return row;
        }
        return -1;
    }

    void click(int row, Qt::KeyboardModifiers modifiers = {}) const
    {
        LogView *view = tab->logView();
        view->scrollTo(tab->model()->index(row, 0));
        const QPoint at = view->visualRect(tab->model()->index(row, LogModel::EntryColumn)).center();
        QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers, at);
    }

    /// The log's context menu, as a right click on the current row opens it.
    [[nodiscard]] QMenu *menu() const
    {
        const LogView *view = tab->logView();
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
};

} // namespace sockeye::test
