#include "reading/CaptureReader.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/peers/RawServer.h"
#include "tests/support/TabBench.h"
#include "widgets/controls/Banner.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/filter/FilterSuggestions.h"
#include "widgets/tab/StatusLine.h"
#include "widgets/timeline/Sparkline.h"

#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
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
using Need = DocumentTab::Need;
using State = DocumentTab::State;

class ConnectionTabTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<TabBench>();
        const auto started = m_bench->echo.start();
        QVERIFY2(started.ok(), qPrintable(started.message()));
        QVERIFY(QTest::qWaitForWindowActive(tab()));
    }

    void cleanup() { m_bench.reset(); }

    void theNamesReliedOnAreThere()
    {
        for (const auto &name : {u"URL"_s, u"Connect"_s, u"Message log"_s, u"Filter"_s, u"Message to send"_s,
                                 u"Payload type"_s, u"Send"_s, u"Inspector"_s, u"Connection status"_s})
            QVERIFY2(named(tab(), name), qPrintable(name));
        QCOMPARE(named<QComboBox>(tab(), u"URL"_s)->lineEdit()->accessibleName(), u"URL"_s);
    }

    void enterConnectsAndMessagesComeBack()
    {
        connectTo(m_bench->echo.url().toString());
        QCOMPARE(connectButton()->text(), u"Disconnect"_s);
        QCOMPARE(connectButton()->accessibleName(), u"Disconnect"_s);
        QVERIFY2(status().startsWith(u"Open"), qPrintable(status()));
        QVERIFY2(status().contains(u"101 in"), qPrintable(status()));
        // After Enter in the URL the keyboard goes on with the message.
        QTRY_COMPARE_WITH_TIMEOUT(QApplication::focusWidget(), tab()->composer()->editor(), Patience);

        QTest::keyClicks(tab()->composer()->editor(), u"hello"_s);
        QTest::keyClick(tab()->composer()->editor(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(rows(u"hello"_s), 2, Patience);
        // Two bytes of a header, and what deflate makes of so few.
        QTRY_VERIFY_WITH_TIMEOUT(status().contains(u"in 1 message, 5 B (9 B on the wire)"), Patience);
        QVERIFY2(status().contains(u"out 1 message, 5 B"), qPrintable(status()));
    }

    void aRawFrameLeavesAsItIs()
    {
        connectTo(m_bench->echo.url().toString());
        QTest::mouseClick(named<QPushButton>(tab(), u"Raw frame payload"_s), Qt::LeftButton);
        auto *rsv2 = named<QCheckBox>(tab(), u"RSV2"_s);
        rsv2->setFocus();
        QTest::keyClick(rsv2, Qt::Key_Space);
        auto *payload = named<QPlainTextEdit>(tab(), u"Payload of the raw frame"_s);
        payload->setFocus();
        QTest::keyClicks(payload, u"wrong"_s);
        QTest::keyClick(payload, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(rows(u"wrong"_s), 1, Patience);
        // The server takes it for what it is: the connection ends.
        QTRY_VERIFY_WITH_TIMEOUT(!tab()->isActive(), Patience);
    }

    void aCloseIsSentWithItsCode()
    {
        connectTo(m_bench->echo.url().toString());
        QTest::mouseClick(named<QPushButton>(tab(), u"Frames and control messages"_s), Qt::LeftButton);
        auto *kind = named<QComboBox>(tab(), u"Send as"_s);
        kind->setFocus();
        QTest::keyClick(kind, Qt::Key_End);
        named<QSpinBox>(tab(), u"Close code"_s)->setValue(4001);
        tab()->composer()->editor()->setFocus();
        QTest::keyClicks(tab()->composer()->editor(), u"enough"_s);
        QTest::mouseClick(named<QPushButton>(tab(), u"Send"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!tab()->isActive(), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(rows(u"4001 private use · enough"_s) >= 1, Patience);
    }

    void theStatusIsAText()
    {
        connectTo(m_bench->echo.url().toString());
        QAccessibleInterface *line = QAccessible::queryAccessibleInterface(tab()->statusLine());
        QVERIFY(line && line->textInterface());
        QCOMPARE(line->text(QAccessible::Name), u"Connection status"_s);
        QTRY_COMPARE_WITH_TIMEOUT(line->textInterface()->text(0, line->textInterface()->characterCount()), status(),
                                  Patience);
    }

    void theSparklineShowsWhatComesNow()
    {
        const auto said = [this] { return tab()->sparkline()->accessibleDescription(); };
        QVERIFY(!tab()->sparkline()->isVisible());
        tab()->setPanels({.timeline = false, .isSmall = true});
        QVERIFY(tab()->sparkline()->isVisible());
        QVERIFY(m_bench->connectToEcho());
        QVERIFY(m_bench->say(u"one"_s));
        QTRY_VERIFY2_WITH_TIMEOUT(said().contains(u"in the last 120 s: now"), qPrintable(said()), Patience);
        QTRY_VERIFY2_WITH_TIMEOUT(!said().contains(u"at most 0/s"), qPrintable(said()), Patience);
        // What has passed is no rate any more.
        QTRY_VERIFY2_WITH_TIMEOUT(said().contains(u"now 0/s in and 0/s out"), qPrintable(said()), Patience);
        tab()->disconnectFromPeer();
        QTRY_VERIFY2_WITH_TIMEOUT(said().contains(u"in the session"), qPrintable(said()), Patience);
        const QSignalSpy wanted(tab(), &DocumentTab::timelineWanted);
        QTest::mouseClick(tab()->sparkline(), Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        tab()->setPanels({.timeline = true, .isSmall = true});
        QVERIFY(!tab()->sparkline()->isVisible());
    }

    void disconnectingClosesCleanly()
    {
        connectTo(m_bench->echo.url().toString());
        QTest::mouseClick(connectButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(status().startsWith(u"Closed"), Patience);
        QCOMPARE(tab()->state(), State::Idle);
        QCOMPARE(connectButton()->accessibleName(), u"Connect"_s);
        QVERIFY(!named<QPushButton>(tab(), u"Send"_s)->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(rows(u"1000"_s) >= 2, Patience);
    }

    void aSecondConnectGoesOnInTheSameCapture()
    {
        connectTo(m_bench->echo.url().toString());
        const QString path = tab()->capturePath();
        tab()->disconnectFromPeer();
        QTRY_VERIFY_WITH_TIMEOUT(!tab()->isActive(), Patience);
        tab()->connectToPeer();
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
        QCOMPARE(tab()->capturePath(), path);
        QCOMPARE(m_bench->library.items().size(), 1);
        closeTab();
        const auto reader = CaptureReader::open(path);
        QVERIFY2(reader.ok(), qPrintable(reader.message()));
        const auto connections = reader.value()->connections();
        QVERIFY2(connections.ok(), qPrintable(connections.message()));
        QCOMPARE(connections.value().size(), 2);
    }

    void closingATabSaysGoodbyeAndKeepsTheCapture()
    {
        connectTo(m_bench->echo.url().toString());
        const QString path = tab()->capturePath();
        QSignalSpy clients(&m_bench->echo, &EchoServer::clientCountChanged);
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
        tab()->address()->setUrl(url);
        tab()->connectToPeer();
        QVERIFY(tab()->banner()->isVisible());
        QVERIFY(!tab()->banner()->message().isEmpty());
        QCOMPARE(m_bench->library.items().size(), 0);
        QTest::mouseClick(named<QWidget>(tab()->banner(), u"Dismiss"_s), Qt::LeftButton);
        QVERIFY(!tab()->banner()->isVisible());
    }

    void aRefusedPortIsToldAndTheTabCanBeUsedAgain()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const quint16 port = closed.serverPort();
        closed.close();
        tab()->address()->setUrl(u"ws://127.0.0.1:%1/"_s.arg(port));
        tab()->connectToPeer();
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Failed, Patience);
        QVERIFY2(status().startsWith(u"Failed: "), qPrintable(status()));
        QCOMPARE(tab()->stateText(), u"Failed"_s);
        QVERIFY2(status().contains(u"refused"), qPrintable(status()));
        connectTo(m_bench->echo.url().toString());
    }

    void thePeersErrorAndAnInterruptionAreNoFailures_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<State>("state");
        QTest::addColumn<QString>("word");
        QTest::newRow("1011") << QByteArray("\x88\x02\x03\xf3", 4) << State::Interrupted << u"Closed with 1011"_s;
        QTest::newRow("1000") << QByteArray("\x88\x02\x03\xe8", 4) << State::Idle << u"Closed"_s;
        QTest::newRow("end of TCP") << QByteArray() << State::Interrupted << u"Interrupted"_s;
        QTest::newRow("broken rule") << QByteArray("\x83\x00", 2) << State::Failed << u"Failed"_s;
    }

    void thePeersErrorAndAnInterruptionAreNoFailures()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, word);
        RawServer server;
        connectTo(server.url());
        server.send(bytes);
        if (bytes.isEmpty())
            server.end(RawServer::End::Fin);
        QTRY_VERIFY_WITH_TIMEOUT(!tab()->isActive(), Patience);
        QTEST(tab()->state(), "state");
        QCOMPARE(tab()->stateText(), word);
        QVERIFY2(status().startsWith(word + u": "_s), qPrintable(status()));
    }

    void aHeaderWithALineBreakIsNotDialledAndLeavesNoFile()
    {
        Endpoint endpoint;
        endpoint.url = m_bench->echo.url().toString();
        endpoint.headers = {{u"X-A"_s, u"1\r\nX-B: 2"_s, true}};
        QSignalSpy clients(&m_bench->echo, &EchoServer::clientCountChanged);
        tab()->setEndpoint(endpoint);
        tab()->connectToPeer();
        QVERIFY2(tab()->banner()->message().contains(u"X-A"), qPrintable(tab()->banner()->message()));
        QCOMPARE(tab()->state(), State::Idle);
        closeTab();
        QCOMPARE(m_bench->library.items().size(), 0);
        QCOMPARE(clients.size(), 0);
    }

    void withoutAPlaceToRecordItIsRecordedElsewhere()
    {
        // A file stands where the folder of captures should be.
        m_bench->sandbox.write(u"data/sockeye/captures"_s, "in the way");
        connectTo(m_bench->echo.url().toString());
        QVERIFY2(tab()->banner()->message().contains(u"is recorded into"), qPrintable(tab()->banner()->message()));
        QTRY_VERIFY_WITH_TIMEOUT(tab()->view()->model() && tab()->view()->model()->rowCount() >= 2, Patience);
        const QFileInfo capture(tab()->capturePath());
        QCOMPARE(QFileInfo(capture.path()).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        closeTab();
        QVERIFY(capture.exists());
        QVERIFY(QDir(capture.path()).removeRecursively());
        QCOMPARE(readFile(m_bench->sandbox.path(u"data/sockeye/captures"_s)), QByteArray("in the way"));
    }

    void theFilterNarrowsTheLog()
    {
        connectTo(m_bench->echo.url().toString());
        tab()->composer()->editor()->setPlainText(u"one"_s);
        tab()->composer()->send();
        QTRY_COMPARE_WITH_TIMEOUT(rows(u"one"_s), 2, Patience);
        tab()->focusFilter();
        QTest::keyClicks(QApplication::focusWidget(), u"dir:out op:text"_s);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->view()->model()->rowCount(), 1, Patience);
        QVERIFY(!tab()->view()->query().matchesAll());
    }

    void theFilterSuggestsConnections()
    {
        connectTo(m_bench->echo.url().toString());
        const QString url = m_bench->echo.url().toString();
        QTRY_COMPARE_WITH_TIMEOUT(suggested(u"conn:"_s), QStringList(u"1, "_s + url), Patience);
        // Those that come later, too.
        tab()->disconnectFromPeer();
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Idle, Patience);
        tab()->connectToPeer();
        QTRY_COMPARE_WITH_TIMEOUT(suggested(u"conn:"_s), QStringList({u"1, "_s + url, u"2, "_s + url}), Patience);

        const QString path = tab()->capturePath();
        closeTab();
        m_bench->makeTab();
        QCOMPARE(suggested(u"conn:"_s), QStringList());
        m_bench->openFile(path);
        QTRY_COMPARE_WITH_TIMEOUT(suggested(u"conn:"_s), QStringList({u"1, "_s + url, u"2, "_s + url}), Patience);
    }

    void followIsSwitchedByTheButton()
    {
        auto *follow = named<QPushButton>(tab(), u"Follow"_s);
        QVERIFY(follow->isChecked());
        QTest::mouseClick(follow, Qt::LeftButton);
        QVERIFY(!tab()->view()->logView()->isFollowing());
        tab()->view()->logView()->setFollowing(true);
        QVERIFY(follow->isChecked());
        // As a screen reader does it.
        QAccessible::queryAccessibleInterface(follow)->actionInterface()->doAction(
            QAccessibleActionInterface::toggleAction());
        QVERIFY(!follow->isChecked());
        QVERIFY(!tab()->view()->logView()->isFollowing());
    }

    void whatItCanFollowsTheConnection()
    {
        const auto can = [this](DocumentTab::Need need) { return tab()->can(need); };
        QVERIFY(can(Need::Tab) && can(Need::Url) && can(Need::Live) && can(Need::Idle) && can(Need::LiveIdle));
        QVERIFY(!can(Need::Capture) && !can(Need::Active) && !can(Need::Open) && !can(Need::Profile));
        QVERIFY(!tab()->source());
        connectTo(m_bench->echo.url().toString());
        QVERIFY(can(Need::Capture) && can(Need::Active) && can(Need::Open));
        QVERIFY(!can(Need::Idle) && !can(Need::LiveIdle));
        QVERIFY(tab()->source()->isLive());
        tab()->cutOff();
        QTRY_VERIFY_WITH_TIMEOUT(!can(Need::Active), Patience);
        QVERIFY(can(Need::Idle) && can(Need::LiveIdle) && !can(Need::Open));
        // The user wanted it.
        QCOMPARE(tab()->state(), State::Idle);
        tab()->setProfile(u"id"_s, u"name"_s);
        QVERIFY(can(Need::Profile));
    }

    void aRestoredTabShowsItsCaptureUntilItRecordsAnew()
    {
        connectTo(m_bench->echo.url().toString());
        QVERIFY(m_bench->say(u"before"_s));
        const std::optional<TabState> kept = tab()->tabState();
        QVERIFY(kept && kept->wasOpen && !kept->isFile);
        closeTab();
        m_bench->makeTab();
        tab()->restore(*kept);
        QTRY_COMPARE_WITH_TIMEOUT(rows(u"before"_s), 2, Patience);
        QCOMPARE(tab()->capturePath(), kept->capture);
        QVERIFY(!tab()->source()->isLive());
        QVERIFY(tab()->view()->logView()->isFollowing());
        QTRY_VERIFY_WITH_TIMEOUT(tab()->banner()->message().contains(u"was open"), Patience);
        QTest::mouseClick(named<QPushButton>(tab()->banner(), u"Connect again"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(rows(u"before"_s), 0, Patience);
        QVERIFY(tab()->capturePath() != kept->capture);
        QVERIFY(QFile::exists(kept->capture));
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
        tab()->address()->setUrl(url);
        QTEST(tab()->title(), "title");
        tab()->setProfile(u"id"_s, u"My profile"_s);
        QCOMPARE(tab()->title(), u"My profile"_s);
    }

    void urlsAreRemembered()
    {
        connectTo(m_bench->echo.url().toString());
        QCOMPARE(m_bench->settings.urlHistory(), QStringList{m_bench->echo.url().toString()});
        m_bench->makeTab();
        QCOMPARE(named<QComboBox>(tab(), u"URL"_s)->itemText(0), m_bench->echo.url().toString());
    }

    void passwordsInUrlsAreNotRemembered_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("remembered");
        QTest::newRow("password") << u"ws://me:s3cret@host/a:b@c"_s << u"ws://me@host/a:b@c"_s;
        QTest::newRow("no scheme") << u"me:s3:c@ret@host"_s << u"me@host"_s;
        QTest::newRow("broken by a slash") << u"ws://me:s3c/ret@host/x"_s << u"ws://me@host/x"_s;
        QTest::newRow("user only") << u"ws://me@host:90/"_s << u"ws://me@host:90/"_s;
        QTest::newRow("IPv6") << u"ws://me:x@[::1]:90?a:b@c"_s << u"ws://me@[::1]:90?a:b@c"_s;
        QTest::newRow("nobody") << u"ws://host:90/a:b@c"_s << u"ws://host:90/a:b@c"_s;
        QTest::newRow("socket") << u"ws+unix:///tmp/a@b:/c"_s << u"ws+unix:///tmp/a@b:/c"_s;
    }

    void passwordsInUrlsAreNotRemembered()
    {
        QFETCH(QString, typed);
        m_bench->settings.rememberUrl(typed);
        QTEST(m_bench->settings.urlHistory().first(), "remembered");
    }

    void invisibleCharactersInTheUrlAreRemoved_data()
    {
        QTest::addColumn<QString>("pasted");
        QTest::addColumn<QString>("says");
        QTest::newRow("zero width space") << u"ws://h/feed\u200b"_s << u"U+200B zero width space"_s;
        QTest::newRow("byte order mark in front") << u"\ufeffws://h/feed"_s << u"U+FEFF byte order mark"_s;
        QTest::newRow("paragraph separator") << u"ws://h/feed\u2029"_s << u"U+2029 paragraph separator"_s;
        QTest::newRow("quotes") << u"“ws://h/feed”"_s << u"a quotation mark around it, “"_s;
    }

    void invisibleCharactersInTheUrlAreRemoved()
    {
        QFETCH(QString, pasted);
        QFETCH(QString, says);
        QGuiApplication::clipboard()->setText(pasted);
        auto *line = named<QComboBox>(tab(), u"URL"_s)->lineEdit();
        const auto *note = named<QLabel>(tab(), u"About the URL"_s);
        auto *remove = named<QPushButton>(tab(), u"Remove invisible characters"_s);
        tab()->focusUrl();
        line->paste();
        QVERIFY(note->isVisible() && remove->isVisible());
        QVERIFY2(note->text().contains(says), qPrintable(note->text()));
        QTest::keyClick(line, Qt::Key_Return);
        const QString refusal = tab()->findChild<Banner *>()->message();
        QVERIFY2(refusal.contains(says), qPrintable(refusal));
        QVERIFY(!tab()->isActive());
        QTest::mouseClick(remove, Qt::LeftButton);
        QCOMPARE(tab()->address()->url(), u"ws://h/feed"_s);
        QVERIFY(!note->isVisible() && !remove->isVisible());
    }

    void invisibleCharactersAreSentIfTheyMayBe()
    {
        Endpoint endpoint;
        endpoint.url = u"ws://h/\u200d"_s;
        endpoint.sendInvisible = true;
        tab()->setEndpoint(endpoint);
        QVERIFY(!named<QPushButton>(tab(), u"Remove invisible characters"_s)->isVisible());
        QCOMPARE(named<QLabel>(tab(), u"About the URL"_s)->text(), u"U+200D zero width joiner is sent as %E2%80%8D."_s);
    }

    void whatIsSentOtherwiseThanTypedIsTold()
    {
        auto *line = named<QComboBox>(tab(), u"URL"_s)->lineEdit();
        const auto *note = named<QLabel>(tab(), u"About the URL"_s);
        line->setText(u"ws://h/%C3%A9?x=%2f"_s);
        QVERIFY(!note->isVisible());
        line->setText(u"ws://h/é"_s);
        QVERIFY(note->isVisible());
        QCOMPARE(note->text(), u"“é” is sent as %C3%A9."_s);
        // What is copied is what was typed.
        tab()->copyUrl();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"ws://h/é"_s);
    }

    void noPartOfAPasswordStandsInTheTitle()
    {
        tab()->address()->setUrl(u"ws://me:s3c/r3t@h/x"_s);
        QVERIFY2(!tab()->title().contains(u"s3c"), qPrintable(tab()->title()));
    }

private:
    /// What is offered once this is typed into the filter.
    [[nodiscard]] QStringList suggested(const QString &text) const
    {
        const FilterBar *filter = m_bench->shown()->view()->filterBar();
        m_bench->shown()->focusFilter();
        filter->lineEdit()->clear();
        QTest::keyClicks(filter->lineEdit(), text);
        QStringList found;
        const FilterSuggestions *suggestions = filter->suggestions();
        for (int row = 0; suggestions->isOpen() && row < suggestions->list()->count(); ++row)
            found += suggestions->list()->item(row)->data(Qt::AccessibleTextRole).toString();
        return found;
    }

    void closeTab() { QVERIFY(m_bench->closeTab()); }

    void connectTo(const QString &url)
    {
        auto *line = named<QComboBox>(tab(), u"URL"_s)->lineEdit();
        tab()->focusUrl();
        line->clear();
        QTest::keyClicks(line, url);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
    }

    [[nodiscard]] QPushButton *connectButton() const
    {
        const QList<QPushButton *> buttons = tab()->address()->findChildren<QPushButton *>();
        return buttons.last();
    }

    [[nodiscard]] QString status() const { return tab()->statusLine()->text(); }

    [[nodiscard]] int rows(const QString &text) const { return m_bench->rows(text); }
    [[nodiscard]] ConnectionTab *tab() const { return m_bench->tab.get(); }

    std::unique_ptr<TabBench> m_bench;
};

SOCKEYE_TEST(ConnectionTabTest, QApplication)
#include "tst_connectiontab.moc"
