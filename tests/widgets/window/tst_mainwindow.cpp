#include "capture/CaptureWriter.h"
#include "profiles/ProfileStore.h"
#include "reading/CaptureReader.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/composer/Composer.h"
#include "widgets/controls/Banner.h"
#include "widgets/controls/DocumentTabs.h"
#include "widgets/dialogs/ExportDialog.h"
#include "widgets/dialogs/ProfileDialog.h"
#include "widgets/profiles/ProfilesDock.h"
#include "widgets/profiles/ProfilesTree.h"
#include "widgets/style/Theme.h"
#include "widgets/tab/AddressBar.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/tab/FileTab.h"
#include "widgets/tab/StatusLine.h"
#include "widgets/window/Actions.h"
#include "widgets/window/MainWindow.h"
#include "widgets/window/WelcomePage.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTcpServer>
#include <QTest>
#include <QToolButton>

#include <cstdio>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using State = ConnectionTab::State;

class MainWindowTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_prompts = std::make_unique<ScriptedPrompts>();
        makeWindow();
    }

    void cleanup()
    {
        m_window.reset();
        m_sandbox.reset();
    }

    void anEmptyWindowOffersWaysToBegin()
    {
        for (const auto &name : {u"New connection"_s, u"Try the built-in echo server"_s, u"Open capture"_s}) {
            auto *button = named<QPushButton>(m_window.get(), name);
            QVERIFY2(button && button->isVisible(), qPrintable(name));
        }
        QVERIFY(named(m_window.get(), u"Profiles"_s));
        QCOMPARE(tabCount(), 0);
    }

    void whatIsPastedIsConnectedTo()
    {
        tryEcho();
        const QString url = m_window->echo().url().toString();
        m_window->documents().closeCurrent();
        auto *line = named<QLineEdit>(m_window.get(), u"What to connect to"_s);
        auto *connect = named<QPushButton>(m_window.get(), u"Connect to it"_s);
        QVERIFY(line && line->isVisible());
        QVERIFY(!connect->isEnabled());
        line->setFocus();
        QTest::keyClicks(line, u"curl -k"_s);
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(tabCount(), 0);
        QVERIFY(!line->accessibleDescription().isEmpty());

        QGuiApplication::clipboard()->setText(u"curl '%1' \\\n  -k -H 'X-Key: 1'"_s.arg(url));
        line->clear();
        QCOMPARE(line->accessibleDescription(), QString());
        QTest::keyClick(line, Qt::Key_V, Qt::ControlModifier);
        QTest::mouseClick(connect, Qt::LeftButton);
        // It may hold secrets.
        QCOMPARE(line->text(), QString());
        QCOMPARE(tabCount(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
        QCOMPARE(tab()->address()->url(), url);
        QCOMPARE(tab()->endpoint().headers, (QList<RequestHeader>{{u"X-Key"_s, u"1"_s, true}}));
        QVERIFY(tab()->endpoint().tls.verify);
    }

    void profilesAndCapturesAreOfferedToBegin()
    {
        ProfileStore store(paths::profiles());
        Profile profile;
        profile.name = u"<b>feed</b>"_s;
        profile.endpoint.url = u"ws://127.0.0.1:9/"_s;
        QVERIFY(store.add(profile).ok());
        makeWindow();
        auto *button = named<QPushButton>(m_window.get(), profile.name);
        QVERIFY(button && button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(tab()->address()->url(), profile.endpoint.url);
        QCOMPARE(tab()->profileName(), profile.name);
    }

    void aProfilesSignIsThatOfTheTabThatSaysMost()
    {
        // Never answers.
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        QTcpServer gone;
        QVERIFY(gone.listen(QHostAddress::LocalHost));
        const quint16 refusing = gone.serverPort();
        gone.close();
        ProfileStore store(paths::profiles());
        Profile profile;
        profile.name = u"feed"_s;
        QVERIFY(store.add(profile).ok());
        const QString id = store.profiles().constFirst().id;
        makeWindow();
        const auto *tree = named<ProfilesTree>(m_window.get(), u"Profiles and recent captures"_s);
        const auto said = [tree] {
            const QModelIndexList found = tree->model()->match(tree->model()->index(0, 0), Qt::DisplayRole, u"feed"_s,
                                                               1, Qt::MatchExactly | Qt::MatchRecursive);
            return found.isEmpty() ? QString() : found.constFirst().data(Qt::AccessibleTextRole).toString();
        };
        QCOMPARE(said(), u"feed"_s);
        const auto open = [this, &id](quint16 port) {
            ConnectionTab *opened = m_window->documents().openUrl(u"ws://127.0.0.1:%1/"_s.arg(port));
            opened->setProfile(id, u"feed"_s);
        };
        open(refusing);
        QTRY_COMPARE_WITH_TIMEOUT(said(), u"feed, failed"_s, Patience);
        open(silent.serverPort());
        QTRY_COMPARE_WITH_TIMEOUT(said(), u"feed, connecting"_s, Patience);
        m_window->documents().openNew();
        m_window->documents().currentConnection()->setProfile(id, u"feed"_s);
        QCOMPARE(said(), u"feed, connecting"_s);
    }

    /// The same with all there is to show, and in the smallest window.
    void theWelcomePageIsAlignedAndFits()
    {
        ProfileStore store(paths::profiles());
        for (int n = 0; n < 8; ++n) {
            Profile profile;
            profile.name = u"profile %1 with quite a long name that goes on and on and on and on and on"_s.arg(n);
            QVERIFY(store.add(profile).ok());
        }
        makeWindow();
        const auto *page = named<WelcomePage>(m_window.get(), u"Welcome"_s);
        for (const QSize size : {QSize(1440, 900), QSize(1024, 700), m_window->minimumSize()}) {
            m_window->resize(size);
            QTRY_COMPARE(m_window->size(), size);
            for (const QPushButton *each : page->findChildren<QPushButton *>()) {
                if (each->isVisible() && !each->text().isEmpty())
                    QVERIFY2(each->width() >= each->sizeHint().width(), qPrintable(each->text()));
            }
            const auto *line = named<QLineEdit>(page, u"What to connect to"_s);
            const auto *profiles = named<QWidget>(page, u"Profiles to open"_s);
            const auto *echo = named<QPushButton>(page, u"Try the built-in echo server"_s);
            const auto left = [page](const QWidget *widget) { return widget->mapTo(page, QPoint()).x(); };
            QCOMPARE(left(line), left(profiles));
            QCOMPARE(left(named<QPushButton>(page, u"New connection"_s)), left(line));
            for (const QLabel *name : profiles->findChildren<QLabel *>())
                QCOMPARE(left(name) + name->contentsMargins().left(), left(profiles) + theme::Gap);
            const auto right = [page](const QWidget *widget) {
                return widget->mapTo(page, QPoint(widget->width(), 0)).x();
            };
            QCOMPARE(right(named<QPushButton>(page, u"Open capture"_s)), right(profiles));
            QCOMPARE(right(named<QPushButton>(page, u"Connect to it"_s)), right(profiles));
            QVERIFY(left(echo) > left(line) && right(echo) < right(profiles));
            QVERIFY(left(line) >= 0 && right(profiles) <= page->viewport()->width());
        }
    }

    void theEchoServerIsOneClickAway()
    {
        tryEcho();
        QVERIFY(m_window->echo().isListening());
        QVERIFY(action(u"echoServer"_s)->isChecked());
        QVERIFY(action(u"echoServer"_s)->text().contains(m_window->echo().url().toString()));
        auto *editor = tab()->composer()->editor();
        QTRY_COMPARE_WITH_TIMEOUT(QApplication::focusWidget(), editor, Patience);
        QTest::keyClicks(editor, u"hello"_s);
        QTest::keyClick(editor, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(rows(u"hello"_s), 2, Patience);

        // From anywhere else in the tab the key sends too.
        tab()->focusFilter();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(rows(u"hello"_s), 4, Patience);
    }

    void theEchoServerIsSwitchedFromTheMenu()
    {
        action(u"echoServer"_s)->trigger();
        QVERIFY(m_window->echo().isListening());
        QVERIFY(action(u"copyEchoUrl"_s)->isEnabled());
        action(u"echoServer"_s)->trigger();
        QVERIFY(!m_window->echo().isListening());
        QVERIFY(!action(u"echoServer"_s)->isChecked());
        QVERIFY(!action(u"copyEchoUrl"_s)->isEnabled());
    }

    void keysOpenAndWalkAndCloseTabs()
    {
        key(Qt::Key_T, Qt::ControlModifier);
        ConnectionTab *first = tab();
        key(Qt::Key_T, Qt::ControlModifier);
        ConnectionTab *second = tab();
        QCOMPARE(tabCount(), 2);
        QVERIFY(first != second);
        QVERIFY(second->address()->urlHasFocus());
        key(Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(tab(), first);
        key(Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(tab(), second);
        key(Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(tabCount(), 1);
        QCOMPARE(tab(), first);
        key(Qt::Key_W, Qt::ControlModifier);
        QVERIFY(named<WelcomePage>(m_window.get(), u"Welcome"_s)->isVisible());
    }

    void theMouseOpensAndClosesTabs()
    {
        m_window->documents().openNew();
        QTest::mouseClick(named<QToolButton>(m_window.get(), u"New tab"_s), Qt::LeftButton);
        QCOMPARE(tabCount(), 2);
        QTabBar *bar = m_window->tabs()->bar();
        QTest::mouseClick(bar, Qt::MiddleButton, {}, bar->tabRect(0).center());
        QCOMPARE(tabCount(), 1);
        QTest::mouseClick(bar->tabButton(0, QTabBar::RightSide), Qt::LeftButton);
        QCOMPARE(tabCount(), 0);
    }

    void aMovedTabKeepsItsPage()
    {
        m_window->documents().openNew();
        tab()->address()->setUrl(u"ws://one/"_s);
        ConnectionTab *first = tab();
        m_window->documents().openNew();
        m_window->tabs()->bar()->moveTab(0, 1);
        QCOMPARE(m_window->tabs()->page(1), first);
        m_window->tabs()->bar()->setCurrentIndex(1);
        QCOMPARE(tab(), first);
        QVERIFY(first->isVisible());
    }

    void aClosedTabsCaptureIsUnderRecentAndOpensAgain()
    {
        tryEcho();
        const QString path = tab()->capturePath();
        QTRY_VERIFY_WITH_TIMEOUT(recent(path), Patience);
        m_window->documents().closeCurrent();
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path) && !QFile::exists(path + u"-wal"_s), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(recent(path), Patience);
        m_window->profilesDock()->tree()->setCurrentItem(recent(path));
        QTest::keyClick(m_window->profilesDock()->tree(), Qt::Key_Return);
        QCOMPARE(tabCount(), 1);
        auto *file = qobject_cast<FileTab *>(m_window->documents().current());
        QVERIFY(file);
        QTRY_VERIFY_WITH_TIMEOUT(file->view()->model()->rowCount() > 1, Patience);
        // Opening it once more goes to the tab that shows it.
        m_window->documents().openPath(path);
        QCOMPARE(tabCount(), 1);
    }

    void aCaptureIsSavedWhileItLives()
    {
        tryEcho();
        const QString target = m_sandbox->path(u"kept.sockeye"_s);
        m_prompts->file = target;
        key(Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(target), Patience);
        QVERIFY(tab()->isActive());
        QTRY_VERIFY_WITH_TIMEOUT(CaptureReader::open(target).ok(), Patience);
        const auto reader = CaptureReader::open(target);
        QVERIFY2(reader.ok(), qPrintable(reader.message()));
        const auto last = reader.value()->lastEntry();
        QVERIFY2(last.ok(), qPrintable(last.message()));
        QVERIFY(last.value().value() >= 2);
    }

    void anOpenCaptureIsNotWrittenOver()
    {
        tryEcho();
        m_prompts->file = tab()->capturePath();
        const qint64 before = QFileInfo(tab()->capturePath()).size();
        m_window->files().saveCurrent();
        QCOMPARE(m_prompts->told.size(), 1);
        QVERIFY(QFileInfo(tab()->capturePath()).size() >= before);
        QVERIFY(tab()->isActive());
    }

    void aSaveThatFailsIsTold()
    {
        tryEcho();
        m_prompts->file = m_sandbox->path(u"no/such/folder/kept.sockeye"_s);
        m_window->files().saveCurrent();
        QTRY_COMPARE_WITH_TIMEOUT(m_prompts->told.size(), 1, Patience);
    }

    void ctrlEExports()
    {
        tryEcho();
        key(Qt::Key_E, Qt::ControlModifier);
        auto *dialog = m_window->findChild<ExportDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        m_prompts->file = m_sandbox->path(u"out.jsonl"_s);
        named<QPushButton>(dialog, u"Browse: Export file"_s)->click();
        QTest::mouseClick(named<QPushButton>(dialog, u"Export"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(readFile(m_prompts->file).contains("\"kind\":\"event\""), Patience);
    }

    void aTabBecomesAProfileAndOpensFromIt()
    {
        m_window->documents().openNew();
        tab()->address()->setUrl(u"ws://127.0.0.1:9/feed"_s);
        const NotifyOptions notify{u"has:finding"_s, true, false};
        tab()->setNotifyOptions(notify);
        key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        auto *dialog = m_window->findChild<ProfileDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        auto *name = named<QLineEdit>(dialog, u"Profile name"_s);
        name->setText(u"feed"_s);
        QTest::mouseClick(dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save), Qt::LeftButton);
        QCOMPARE(tab()->profileName(), u"feed"_s);
        QVERIFY(QFile::exists(m_sandbox->path(u"config/sockeye/profiles/feed.json"_s)));
        ProfilesTree *tree = m_window->profilesDock()->tree();
        QTRY_VERIFY(tree->findItem(ProfilesTree::Kind::Profile, u"feed"_s));

        m_window->documents().closeCurrent();
        const QPoint at = tree->visualItemRect(tree->findItem(ProfilesTree::Kind::Profile, u"feed"_s)).center();
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(tree->viewport(), Qt::LeftButton, {}, at);
        QCOMPARE(tabCount(), 1);
        QCOMPARE(tab()->address()->url(), u"ws://127.0.0.1:9/feed"_s);
        QCOMPARE(tab()->title(), u"feed"_s);
        QCOMPARE(tab()->state(), State::Idle);
        QCOMPARE(tab()->notifyOptions(), notify);

        tab()->address()->setUrl(u"ws://127.0.0.1:9/other"_s);
        tab()->setNotifyOptions({});
        action(u"saveToProfile"_s)->trigger();
        const QByteArray written = readFile(m_sandbox->path(u"config/sockeye/profiles/feed.json"_s));
        QVERIFY2(written.contains("/other") && !written.contains("notify"), written.constData());
    }

    void aProfileThatOthersChangeIsNotReplacedUnasked()
    {
        ProfileStore others(paths::profiles());
        Profile profile;
        profile.name = u"a"_s;
        profile.endpoint.url = u"ws://127.0.0.1:9/"_s;
        QVERIFY(others.add(profile).ok());
        makeWindow();
        Q_EMIT m_window->profilesDock()->tree()->profileOpened(u"a"_s, false);
        tab()->address()->setUrl(u"ws://127.0.0.1:9/mine"_s);
        profile = *others.find(u"a"_s);
        profile.endpoint.url = u"ws://127.0.0.1:9/theirs"_s;
        QVERIFY(others.update(profile).ok());

        m_prompts->accept = false;
        action(u"saveToProfile"_s)->trigger();
        QCOMPARE(m_prompts->asked.size(), 1);
        QVERIFY(m_prompts->asked.constFirst().contains(u"was changed by another"));
        QVERIFY(readFile(m_sandbox->path(u"config/sockeye/profiles/a.json"_s)).contains("/theirs"));
        m_prompts->accept = true;
        action(u"saveToProfile"_s)->trigger();
        QVERIFY(readFile(m_sandbox->path(u"config/sockeye/profiles/a.json"_s)).contains("/mine"));
        // Ours now.
        tab()->address()->setUrl(u"ws://127.0.0.1:9/again"_s);
        action(u"saveToProfile"_s)->trigger();
        QCOMPARE(m_prompts->asked.size(), 2);
    }

    void aTabFollowsItsProfilesName()
    {
        m_sandbox->write(u"config/sockeye/profiles/a.json"_s,
                         "{\"sockeye\":\"profile\",\"version\":1,\"name\":\"a\",\"url\":\"ws://127.0.0.1:9/\"}");
        makeWindow();
        ProfilesTree *tree = m_window->profilesDock()->tree();
        tree->select(u"a"_s);
        Q_EMIT tree->profileOpened(u"a"_s, false);
        QCOMPARE(tab()->title(), u"a"_s);
        Q_EMIT tree->profileRenamed(u"a"_s, u"b"_s);
        QCOMPARE(tab()->title(), u"b"_s);
        QCOMPARE(m_window->tabs()->bar()->tabText(0), u"b"_s);
        Q_EMIT tree->removeRequested(u"a"_s);
        QCOMPARE(tab()->profileId(), QString());
        QCOMPARE(tab()->title(), u"127.0.0.1:9"_s);
    }

    void aCaptureTakesThePlaceOfABlankTab()
    {
        const QString path = m_sandbox->write(u"some.sockeye"_s, "no capture");
        m_window->documents().openNew();
        tab()->composer()->editor()->setPlainText(u"not sent"_s);
        DocumentTab *blank = tab();
        m_window->documents().openNew();
        tab()->address()->setUrl(u"ws://127.0.0.1:9/"_s);
        m_window->tabs()->setCurrentPage(blank);
        m_window->documents().openPath(path);
        QCOMPARE(tabCount(), 2);
        auto *file = qobject_cast<FileTab *>(m_window->documents().current());
        QVERIFY(file);
        QCOMPARE(m_window->tabs()->page(0), file);
        QCOMPARE(file->composer()->editor()->toPlainText(), u"not sent"_s);
        // A tab that is used stays.
        m_window->tabs()->setCurrentPage(m_window->tabs()->page(1));
        m_window->documents().openPath(m_sandbox->write(u"other.sockeye"_s, "no capture"));
        QCOMPARE(tabCount(), 3);
    }

#ifdef Q_OS_UNIX
    /// By another program, which leaves both ways on: what was opened, and what is there now.
    void aFileThatIsReplacedLeavesBothWaysOn()
    {
        const QString path = makeCapture(u"a.sockeye"_s, 3);
        m_window->documents().openPath(path);
        auto *file = qobject_cast<FileTab *>(m_window->documents().current());
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf(file), 3, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(file->statusLine()->text().startsWith(u"Recorded"), true, Patience);
        file->composer()->editor()->setPlainText(u"a draft"_s);
        QCOMPARE(std::rename(QFile::encodeName(makeCapture(u"b.sockeye"_s, 5)).constData(),
                             QFile::encodeName(path).constData()),
                 0);
        QTRY_VERIFY_WITH_TIMEOUT(file->banner()->isVisible(), Patience);
        QVERIFY2(file->banner()->message().contains(u"a.sockeye"), qPrintable(file->banner()->message()));

        m_prompts->file = m_sandbox->path(u"former.sockeye"_s);
        QTest::mouseClick(named<QPushButton>(file->banner(), u"Save what is shown"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(entriesIn(m_prompts->file) == 3, Patience);

        QTest::mouseClick(named<QPushButton>(file->banner(), u"Show the new one"_s), Qt::LeftButton);
        QCOMPARE(tabCount(), 1);
        auto *anew = qobject_cast<FileTab *>(m_window->documents().current());
        QVERIFY(anew != file);
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf(anew), 5, Patience);
        QCOMPARE(anew->composer()->editor()->toPlainText(), u"a draft"_s);
        QVERIFY(!anew->banner()->isVisible());
    }
#endif

    void aFilesUrlIsConnectedToInATabOfItsOwn()
    {
        tryEcho();
        const QString path = tab()->capturePath();
        m_window->documents().closeCurrent();
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(path + u"-wal"_s), Patience);
        m_window->documents().openPath(path);
        auto *file = qobject_cast<FileTab *>(m_window->documents().current());
        QVERIFY(file);
        QTRY_VERIFY_WITH_TIMEOUT(!file->address()->url().isEmpty(), Patience);
        key(Qt::Key_F5, {});
        QCOMPARE(tabCount(), 2);
        QVERIFY(tab());
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
    }

    void argumentsOpenTabs()
    {
        tryEcho();
        const QString url = m_window->echo().url().toString();
        const QString path = tab()->capturePath();
        m_window->documents().closeCurrent();
        m_window->openArgument(url);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
        QCOMPARE(tab()->address()->url(), url);
        m_window->openArgument(path);
        QVERIFY(qobject_cast<FileTab *>(m_window->documents().current()));
        QCOMPARE(tabCount(), 2);
    }

    void aUrlPastedWithQuotesIsNoFile()
    {
        m_window->openArgument(u"“ws://127.0.0.1:9/x\u200b”"_s);
        QVERIFY(tab());
        QVERIFY(!tab()->isActive());
        QCOMPARE(tab()->address()->url(), u"“ws://127.0.0.1:9/x\u200b”"_s);
    }

    void aDroppedCaptureOpens()
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(m_sandbox->write(u"dropped.sockeye"_s, "no capture"))});
        QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &drop);
        QCOMPARE(tabCount(), 1);
        QCOMPARE(m_window->documents().current()->title(), u"dropped.sockeye"_s);
    }

    void actionsAreOffWhereTheyMakeNoSense()
    {
        QVERIFY(!action(u"closeTab"_s)->isEnabled());
        QVERIFY(!action(u"saveCapture"_s)->isEnabled());
        QVERIFY(!action(u"connect"_s)->isEnabled());
        tryEcho();
        QVERIFY(action(u"saveCapture"_s)->isEnabled());
        QVERIFY(action(u"disconnect"_s)->isEnabled());
        QVERIFY(!action(u"connect"_s)->isEnabled());
        QVERIFY(!action(u"connectLeniently"_s)->isEnabled());
        key(Qt::Key_F5, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(action(u"connect"_s)->isEnabled(), Patience);
        QVERIFY(!action(u"send"_s)->isEnabled());
        key(Qt::Key_F5, {});
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
        key(Qt::Key_F5, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(action(u"connectLeniently"_s)->isEnabled(), Patience);
        key(Qt::Key_F5, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
    }

    void themeAndPanelsAreKept()
    {
        action(u"themeDark"_s)->trigger();
        QVERIFY(theme::isDark(m_window->palette()));
        // Small windows have a choice of their own.
        m_window->resize(1200, 700);
        QTRY_VERIFY(m_window->profilesDock()->isVisible());
        action(u"showProfiles"_s)->trigger();
        QVERIFY(!m_window->profilesDock()->isVisible());
        m_window->close();
        makeWindow();
        QVERIFY(action(u"themeDark"_s)->isChecked());
        QVERIFY(theme::isDark(m_window->palette()));
        QVERIFY(!m_window->profilesDock()->isVisible());
        QCOMPARE(m_window->size(), QSize(1200, 700));
        action(u"themeLight"_s)->trigger();
        QVERIFY(!theme::isDark(m_window->palette()));
    }

    void closingTheWindowFinishesEveryCapture()
    {
        tryEcho();
        const QString path = tab()->capturePath();
        m_window->close();
        QVERIFY(!m_window->isVisible());
        m_window.reset();
        QVERIFY(QFile::exists(path));
        QVERIFY(!QFile::exists(path + u"-wal"_s));
        QVERIFY(CaptureReader::open(path).ok());
    }

    void noControlIsNameless()
    {
        tryEcho();
        QStringList nameless;
        const QList<QWidget *> widgets = m_window->findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            const bool control = widget->focusPolicy() & Qt::TabFocus || qobject_cast<const QAbstractButton *>(widget);
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const bool isNamed = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            // Qt's own parts inside a control, such as the buttons that scroll a tab bar, go by their control.
            if (control && !widget->focusProxy() && widget->isVisible() && !isNamed &&
                !widget->objectName().startsWith(u"qt_"))
                nameless += QString::fromLatin1(widget->metaObject()->className()) + u' ' +
                            QString::fromLatin1(widget->parentWidget()->metaObject()->className());
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u", "_s)));
    }

private:
    QString makeCapture(const QString &name, int entries) const
    {
        const QString path = m_sandbox->path(name);
        auto writer = CaptureWriter::create(path);
        if (!writer)
            qFatal("%s", qPrintable(writer.message()));
        for (int i = 1; i <= entries; ++i) {
            writer.value()->append(NewEntry::fromEvent(ConnectionId(1), timestampFromNs(i), EventKind::Notice, u"a"_s));
        }
        return writer.value()->finish() ? path : QString();
    }
    [[nodiscard]] static qint64 entriesIn(const QString &path)
    {
        const auto reader = CaptureReader::open(path);
        const auto last = reader ? reader.value()->lastEntry() : Result<EntryId>(reader.error());
        return last ? last->value() : -1;
    }
    [[nodiscard]] static int rowsOf(const DocumentTab *tab)
    {
        return tab->view()->model() ? tab->view()->model()->rowCount() : -1;
    }

    void makeWindow()
    {
        m_window = std::make_unique<MainWindow>(*m_prompts);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void tryEcho()
    {
        QTest::mouseClick(named<QPushButton>(m_window.get(), u"Try the built-in echo server"_s), Qt::LeftButton);
        QCOMPARE(tabCount(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
        // Connecting and connected: what a reader of the file can see too.
        QTRY_VERIFY_WITH_TIMEOUT(tab()->view()->model() && tab()->view()->model()->rowCount() >= 2, Patience);
    }

    void key(Qt::Key key, Qt::KeyboardModifiers modifiers)
    {
        QTest::keyClick(m_window.get(), key, modifiers);
    }
    [[nodiscard]] int tabCount() const
    {
        return m_window->tabs()->count();
    }
    [[nodiscard]] ConnectionTab *tab() const
    {
        return qobject_cast<ConnectionTab *>(m_window->documents().current());
    }
    [[nodiscard]] QAction *action(const QString &id) const
    {
        return m_window->menuActions()->get(id);
    }
    [[nodiscard]] QTreeWidgetItem *recent(const QString &path) const
    {
        return m_window->profilesDock()->tree()->findItem(ProfilesTree::Kind::Capture, path);
    }
    [[nodiscard]] int rows(const QString &text) const
    {
        int found = 0;
        for (int row = 0; row < tab()->view()->model()->rowCount(); ++row) {
            const QModelIndex index = tab()->view()->model()->index(row, LogModel::PreviewColumn);
            found += index.data().toString().contains(text) ? 1 : 0;
        }
        return found;
    }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ScriptedPrompts> m_prompts;
    std::unique_ptr<MainWindow> m_window;
};

SOCKEYE_TEST(MainWindowTest, QApplication)
#include "tst_mainwindow.moc"
