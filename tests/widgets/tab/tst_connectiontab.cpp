#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "reading/CaptureReader.h"
#include "server/EchoServer.h"
#include "widgets/tab/AddressBar.h"
#include "widgets/controls/Banner.h"
#include "widgets/tab/ConnectionTab.h"
#include "library/Settings.h"
#include "widgets/tab/StatusLine.h"
#include "widgets/composer/Composer.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/filter/FilterSuggestions.h"
#include "widgets/log/LogView.h"

#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTcpServer>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using State = ConnectionTab::State;

namespace {
constexpr int Patience = 20'000;
}

class ConnectionTabTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_settings = std::make_unique<Settings>();
        m_library = std::make_unique<CaptureLibrary>(paths::captures());
        m_closer = std::make_unique<RecordingCloser>();
        m_echo = std::make_unique<EchoServer>();
        const auto started = m_echo->start();
        QVERIFY2(started.ok(), qPrintable(started.message()));
        makeTab();
    }

    void cleanup()
    {
        m_tab.reset();
        m_closer.reset();
        m_echo.reset();
        m_sandbox.reset();
    }

    void theNamesReliedOnAreThere()
    {
        for (const auto &name : {u"URL"_s, u"Connect"_s, u"Message log"_s, u"Filter"_s, u"Message to send"_s,
                                 u"Payload type"_s, u"Send"_s, u"Inspector"_s, u"Connection status"_s})
            QVERIFY2(named(m_tab.get(), name), qPrintable(name));
        QCOMPARE(named<QComboBox>(m_tab.get(), u"URL"_s)->lineEdit()->accessibleName(), u"URL"_s);
    }

    void enterConnectsAndMessagesComeBack()
    {
        connectTo(m_echo->url().toString());
        QCOMPARE(connectButton()->text(), u"Disconnect"_s);
        QCOMPARE(connectButton()->accessibleName(), u"Disconnect"_s);
        QVERIFY2(status().startsWith(u"Open"), qPrintable(status()));
        QVERIFY2(status().contains(u"101 in"), qPrintable(status()));
        // After Enter in the URL the keyboard goes on with the message.
        QTRY_COMPARE_WITH_TIMEOUT(QApplication::focusWidget(), m_tab->composer()->editor(), Patience);

        QTest::keyClicks(m_tab->composer()->editor(), u"hello"_s);
        QTest::keyClick(m_tab->composer()->editor(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(rows(u"hello"_s), 2, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(status().contains(u"↓ 1 message,"), Patience);
        QVERIFY2(status().contains(u"↑ 1"), qPrintable(status()));
    }

    void aRawFrameLeavesAsItIs()
    {
        connectTo(m_echo->url().toString());
        QTest::mouseClick(named<QPushButton>(m_tab.get(), u"Raw frame payload"_s), Qt::LeftButton);
        auto *rsv2 = named<QCheckBox>(m_tab.get(), u"RSV2"_s);
        rsv2->setFocus();
        QTest::keyClick(rsv2, Qt::Key_Space);
        auto *payload = named<QPlainTextEdit>(m_tab.get(), u"Payload of the raw frame"_s);
        payload->setFocus();
        QTest::keyClicks(payload, u"wrong"_s);
        QTest::keyClick(payload, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(rows(u"wrong"_s), 1, Patience);
        // The server takes it for what it is: the connection ends.
        QTRY_VERIFY_WITH_TIMEOUT(!m_tab->isActive(), Patience);
    }

    void aCloseIsSentWithItsCode()
    {
        connectTo(m_echo->url().toString());
        QTest::mouseClick(named<QPushButton>(m_tab.get(), u"Frames and control messages"_s), Qt::LeftButton);
        auto *kind = named<QComboBox>(m_tab.get(), u"Send as"_s);
        kind->setFocus();
        QTest::keyClick(kind, Qt::Key_End);
        named<QSpinBox>(m_tab.get(), u"Close code"_s)->setValue(4001);
        m_tab->composer()->editor()->setFocus();
        QTest::keyClicks(m_tab->composer()->editor(), u"enough"_s);
        QTest::mouseClick(named<QPushButton>(m_tab.get(), u"Send"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!m_tab->isActive(), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(rows(u"4001 private use · enough"_s) >= 1, Patience);
    }

    void theStatusIsAText()
    {
        connectTo(m_echo->url().toString());
        QAccessibleInterface *line = QAccessible::queryAccessibleInterface(m_tab->statusLine());
        QVERIFY(line && line->textInterface());
        QCOMPARE(line->text(QAccessible::Name), u"Connection status"_s);
        QTRY_COMPARE_WITH_TIMEOUT(line->textInterface()->text(0, line->textInterface()->characterCount()), status(),
                                  Patience);
    }

    void disconnectingClosesCleanly()
    {
        connectTo(m_echo->url().toString());
        QTest::mouseClick(connectButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(status().startsWith(u"Closed"), Patience);
        QCOMPARE(m_tab->state(), State::Idle);
        QCOMPARE(connectButton()->accessibleName(), u"Connect"_s);
        QVERIFY(!named<QPushButton>(m_tab.get(), u"Send"_s)->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(rows(u"1000"_s) >= 2, Patience);
    }

    void aSecondConnectGoesOnInTheSameCapture()
    {
        connectTo(m_echo->url().toString());
        const QString path = m_tab->capturePath();
        m_tab->disconnectFromPeer();
        QTRY_VERIFY_WITH_TIMEOUT(!m_tab->isActive(), Patience);
        m_tab->connectToPeer();
        QTRY_COMPARE_WITH_TIMEOUT(m_tab->state(), State::Open, Patience);
        QCOMPARE(m_tab->capturePath(), path);
        QCOMPARE(m_library->items().size(), 1);
        closeTab();
        const auto reader = CaptureReader::open(path);
        QVERIFY2(reader.ok(), qPrintable(reader.message()));
        const auto connections = reader.value()->connections();
        QVERIFY2(connections.ok(), qPrintable(connections.message()));
        QCOMPARE(connections.value().size(), 2);
    }

    void closingATabSaysGoodbyeAndKeepsTheCapture()
    {
        connectTo(m_echo->url().toString());
        const QString path = m_tab->capturePath();
        QSignalSpy clients(m_echo.get(), &EchoServer::clientCountChanged);
        closeTab();
        QTRY_VERIFY_WITH_TIMEOUT(!clients.isEmpty() && clients.last().first().toInt() == 0, Patience);
        QVERIFY(QFile::exists(path));
        QVERIFY(!QFile::exists(path + u"-wal"_s));
        const auto reader = CaptureReader::open(path);
        QVERIFY2(reader.ok(), qPrintable(reader.message()));
        const auto connection = reader.value()->connection(ConnectionId(1));
        QVERIFY2(connection.ok(), qPrintable(connection.message()));
        QCOMPARE(connection.value().endKind, EndKind::Clean);
    }

    void aBadUrlIsToldAndMakesNoFile_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("empty") << QString();
        QTest::newRow("other scheme") << u"ftp://example.com/"_s;
        QTest::newRow("no host") << u"ws://"_s;
    }

    void aBadUrlIsToldAndMakesNoFile()
    {
        QFETCH(QString, url);
        m_tab->address()->setUrl(url);
        m_tab->connectToPeer();
        QVERIFY(m_tab->banner()->isVisible());
        QVERIFY(!m_tab->banner()->message().isEmpty());
        QCOMPARE(m_library->items().size(), 0);
        QTest::mouseClick(named<QWidget>(m_tab->banner(), u"Dismiss"_s), Qt::LeftButton);
        QVERIFY(!m_tab->banner()->isVisible());
    }

    void aRefusedPortIsToldAndTheTabCanBeUsedAgain()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const quint16 port = closed.serverPort();
        closed.close();
        m_tab->address()->setUrl(u"ws://127.0.0.1:%1/"_s.arg(port));
        m_tab->connectToPeer();
        QTRY_COMPARE_WITH_TIMEOUT(m_tab->state(), State::Failed, Patience);
        QVERIFY2(status().startsWith(u"Closed: "), qPrintable(status()));
        QVERIFY2(status().contains(u"refused"), qPrintable(status()));
        connectTo(m_echo->url().toString());
    }

    void aHeaderWithALineBreakIsNotDialledAndLeavesNoFile()
    {
        Endpoint endpoint;
        endpoint.url = m_echo->url().toString();
        endpoint.headers = {{u"X-A"_s, u"1\r\nX-B: 2"_s, true}};
        QSignalSpy clients(m_echo.get(), &EchoServer::clientCountChanged);
        m_tab->setEndpoint(endpoint);
        m_tab->connectToPeer();
        QVERIFY2(m_tab->banner()->message().contains(u"X-A"), qPrintable(m_tab->banner()->message()));
        QCOMPARE(m_tab->state(), State::Idle);
        closeTab();
        QCOMPARE(m_library->items().size(), 0);
        QCOMPARE(clients.size(), 0);
    }

    void withoutAPlaceToRecordItIsRecordedElsewhere()
    {
        // A file stands where the folder of captures should be.
        m_sandbox->write(u"data/sockeye/captures"_s, "in the way");
        connectTo(m_echo->url().toString());
        QVERIFY2(m_tab->banner()->message().contains(u"is recorded into"), qPrintable(m_tab->banner()->message()));
        QTRY_VERIFY_WITH_TIMEOUT(m_tab->model() && m_tab->model()->rowCount() >= 2, Patience);
        const QFileInfo capture(m_tab->capturePath());
        QCOMPARE(QFileInfo(capture.path()).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        closeTab();
        QVERIFY(capture.exists());
        QVERIFY(QDir(capture.path()).removeRecursively());
        QCOMPARE(readFile(m_sandbox->path(u"data/sockeye/captures"_s)), QByteArray("in the way"));
    }

    void theFilterNarrowsTheLog()
    {
        connectTo(m_echo->url().toString());
        m_tab->composer()->editor()->setPlainText(u"one"_s);
        m_tab->composer()->send();
        QTRY_COMPARE_WITH_TIMEOUT(rows(u"one"_s), 2, Patience);
        m_tab->focusFilter();
        QTest::keyClicks(QApplication::focusWidget(), u"dir:out op:text"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_tab->model()->rowCount(), 1, Patience);
        QVERIFY(!m_tab->query().matchesAll());
    }

    void theFilterSuggestsConnections()
    {
        connectTo(m_echo->url().toString());
        const QString url = m_echo->url().toString();
        QTRY_COMPARE_WITH_TIMEOUT(suggested(u"conn:"_s), QStringList(u"1, "_s + url), Patience);
        // Those that come later, too.
        m_tab->disconnectFromPeer();
        QTRY_COMPARE_WITH_TIMEOUT(m_tab->state(), State::Idle, Patience);
        m_tab->connectToPeer();
        QTRY_COMPARE_WITH_TIMEOUT(suggested(u"conn:"_s), QStringList({u"1, "_s + url, u"2, "_s + url}), Patience);

        const QString path = m_tab->capturePath();
        closeTab();
        makeTab();
        QCOMPARE(suggested(u"conn:"_s), QStringList());
        m_tab->openCapture(path);
        QTRY_COMPARE_WITH_TIMEOUT(suggested(u"conn:"_s), QStringList({u"1, "_s + url, u"2, "_s + url}), Patience);
    }

    void followIsSwitchedByTheButton()
    {
        auto *follow = named<QPushButton>(m_tab.get(), u"Follow"_s);
        QVERIFY(follow->isChecked());
        QTest::mouseClick(follow, Qt::LeftButton);
        QVERIFY(!m_tab->logView()->isFollowing());
        m_tab->logView()->setFollowing(true);
        QVERIFY(follow->isChecked());
        // As a screen reader does it.
        QAccessible::queryAccessibleInterface(follow)->actionInterface()->doAction(
            QAccessibleActionInterface::toggleAction());
        QVERIFY(!follow->isChecked());
        QVERIFY(!m_tab->logView()->isFollowing());
    }

    void aCaptureOpensReadOnly()
    {
        connectTo(m_echo->url().toString());
        const QString path = m_tab->capturePath();
        const QString url = m_tab->address()->url();
        closeTab();

        makeTab();
        m_tab->openCapture(path);
        QTRY_COMPARE_WITH_TIMEOUT(m_tab->address()->url(), url, Patience);
        QVERIFY(m_tab->model()->rowCount() >= 2);
        QTRY_VERIFY_WITH_TIMEOUT(status().startsWith(u"Recorded"), Patience);
        QVERIFY(!named<QPushButton>(m_tab.get(), u"Send"_s)->isEnabled());
        QCOMPARE(m_tab->state(), State::File);
        // From its beginning, and nothing of it is new.
        QVERIFY(!m_tab->logView()->isFollowing());
        QCOMPARE(m_tab->logView()->newBelow(), 0);
        QSignalSpy elsewhere(m_tab.get(), &ConnectionTab::connectElsewhere);
        QTest::mouseClick(connectButton(), Qt::LeftButton);
        QCOMPARE(elsewhere.size(), 1);
        QCOMPARE(m_tab->state(), State::File);
    }

    void aFileThatIsNoCaptureIsTold_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("text") << QByteArray("this is not a capture, but long enough to be looked at by SQLite......");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("only SQLite's magic") << QByteArray("SQLite format 3\0", 16);
    }

    void aFileThatIsNoCaptureIsTold()
    {
        QFETCH(QByteArray, content);
        const QString path = m_sandbox->write(u"odd.sockeye"_s, content);
        m_tab->openCapture(path);
        QTRY_VERIFY_WITH_TIMEOUT(m_tab->banner()->isVisible(), Patience);
        QVERIFY2(m_tab->banner()->message().contains(u"odd.sockeye"), qPrintable(m_tab->banner()->message()));
        QCOMPARE(readFile(path), content);
    }

    void theTitleFollowsTheUrlAndTheProfile_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("title");
        QTest::newRow("empty") << QString() << u"New connection"_s;
        QTest::newRow("path") << u"wss://h.example:81/a/b?token=x"_s << u"h.example:81/a/b"_s;
        QTest::newRow("root") << u"ws://h/"_s << u"h"_s;
        QTest::newRow("user") << u"ws://me:secret@h/p@q"_s << u"h/p@q"_s;
    }

    void theTitleFollowsTheUrlAndTheProfile()
    {
        QFETCH(QString, url);
        m_tab->address()->setUrl(url);
        QTEST(m_tab->title(), "title");
        m_tab->setProfile(u"id"_s, u"My profile"_s);
        QCOMPARE(m_tab->title(), u"My profile"_s);
    }

    void urlsAreRemembered()
    {
        connectTo(m_echo->url().toString());
        QCOMPARE(m_settings->urlHistory(), QStringList{m_echo->url().toString()});
        makeTab();
        QCOMPARE(named<QComboBox>(m_tab.get(), u"URL"_s)->itemText(0), m_echo->url().toString());
    }

    void passwordsInUrlsAreNotRemembered_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("remembered");
        QTest::newRow("password") << u"ws://me:s3cret@host/a:b@c"_s << u"ws://me@host/a:b@c"_s;
        QTest::newRow("no scheme") << u"me:s3:c@ret@host"_s << u"me@host"_s;
        QTest::newRow("user only") << u"ws://me@host:90/"_s << u"ws://me@host:90/"_s;
        QTest::newRow("IPv6") << u"ws://me:x@[::1]:90?a:b@c"_s << u"ws://me@[::1]:90?a:b@c"_s;
        QTest::newRow("nobody") << u"ws://host:90/a:b@c"_s << u"ws://host:90/a:b@c"_s;
        QTest::newRow("socket") << u"ws+unix:///tmp/a@b:/c"_s << u"ws+unix:///tmp/a@b:/c"_s;
    }

    void passwordsInUrlsAreNotRemembered()
    {
        QFETCH(QString, typed);
        m_settings->rememberUrl(typed);
        QTEST(m_settings->urlHistory().first(), "remembered");
    }

private:
    void makeTab()
    {
        m_tab = std::make_unique<ConnectionTab>(TabServices{*m_library, m_clock, *m_closer, *m_settings, m_prompts});
        m_tab->resize(1200, 800);
        m_tab->show();
        QVERIFY(QTest::qWaitForWindowActive(m_tab.get()));
    }

    /// What is offered once this is typed into the filter.
    [[nodiscard]] QStringList suggested(const QString &text) const
    {
        m_tab->focusFilter();
        m_tab->filterBar()->lineEdit()->clear();
        QTest::keyClicks(m_tab->filterBar()->lineEdit(), text);
        QStringList found;
        const FilterSuggestions *suggestions = m_tab->filterBar()->suggestions();
        for (int row = 0; suggestions->isOpen() && row < suggestions->list()->count(); ++row)
            found += suggestions->list()->item(row)->data(Qt::AccessibleTextRole).toString();
        return found;
    }

    void closeTab()
    {
        m_tab.reset();
        QTRY_VERIFY_WITH_TIMEOUT(m_closer->isIdle(), Patience);
    }

    void connectTo(const QString &url)
    {
        auto *line = named<QComboBox>(m_tab.get(), u"URL"_s)->lineEdit();
        m_tab->focusUrl();
        line->clear();
        QTest::keyClicks(line, url);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(m_tab->state(), State::Open, Patience);
    }

    [[nodiscard]] QPushButton *connectButton() const
    {
        const QList<QPushButton *> buttons = m_tab->address()->findChildren<QPushButton *>();
        return buttons.last();
    }

    [[nodiscard]] QString status() const { return m_tab->statusLine()->text(); }

    /// How many rows' previews hold the text.
    [[nodiscard]] int rows(const QString &text) const
    {
        int found = 0;
        for (int row = 0; m_tab->model() && row < m_tab->model()->rowCount(); ++row) {
            const QModelIndex index = m_tab->model()->index(row, LogModel::PreviewColumn);
            found += index.data().toString().contains(text) ? 1 : 0;
        }
        return found;
    }

    std::unique_ptr<Sandbox> m_sandbox;
    ScriptedPrompts m_prompts;
    SystemClock m_clock;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<CaptureLibrary> m_library;
    std::unique_ptr<RecordingCloser> m_closer;
    std::unique_ptr<EchoServer> m_echo;
    std::unique_ptr<ConnectionTab> m_tab;
};

QTEST_MAIN(ConnectionTabTest)
#include "tst_connectiontab.moc"
