#include "reading/CaptureReader.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/TabBench.h"
#include "widgets/controls/Banner.h"
#include "widgets/options/OptionsDialog.h"
#include "widgets/tab/StatusLine.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QTcpServer>
#include <QTest>
#include <QToolButton>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using State = DocumentTab::State;

/// Another URL in a tab that has a connection: the edit is pending until it is connected to, and until then nothing but
/// the field shows it.
class ReconnectingTest final : public QObject
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

    void anEditIsPendingUntilEscape()
    {
        connectTo(url(u"/a"_s));
        const QString title = tab()->title();
        QVERIFY2(title.endsWith(u"/a"), qPrintable(title));
        QVERIFY(!reconnectButton()->isVisible() && !line()->font().italic());

        type(url(u"/b"_s));
        QVERIFY(line()->font().italic());
        QVERIFY(reconnectButton()->isVisible());
        QCOMPARE(reconnectButton()->text(), u"Reconnect"_s);
        QVERIFY2(line()->toolTip().contains(url(u"/a"_s)), qPrintable(line()->toolTip()));
        QCOMPARE(line()->accessibleDescription(), line()->toolTip());
        // What ends the connection stays what it was, where it was.
        QVERIFY(button(u"Disconnect"_s)->isVisible());
        QCOMPARE(tab()->title(), title);
        QVERIFY2(tab()->description().endsWith(u"/a"), qPrintable(tab()->description()));
        QVERIFY2(status().startsWith(u"Open"), qPrintable(status()));
        tab()->copyUrl();
        QCOMPARE(QGuiApplication::clipboard()->text(), url(u"/a"_s));

        // As the keyboard does it.
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QCOMPARE(tab()->address()->url(), url(u"/a"_s));
        QVERIFY(!line()->font().italic() && !reconnectButton()->isVisible());
        QCOMPARE(tab()->state(), State::Open);
        QVERIFY(!tab()->can(DocumentTab::Need::Idle));
    }

    void whatIsTypedBackIsNotPending()
    {
        connectTo(url(u"/a"_s));
        QTest::keyClick(line(), Qt::Key_End);
        QTest::keyClick(line(), u'b');
        QVERIFY(reconnectButton()->isVisible());
        QTest::keyClick(line(), Qt::Key_Backspace);
        QVERIFY(!reconnectButton()->isVisible() && !line()->font().italic());
        // A blank that nobody sees is no other URL.
        QTest::keyClick(line(), Qt::Key_Space);
        QVERIFY(!reconnectButton()->isVisible());
    }

    void enterTakesThePlaceOfTheConnection_data()
    {
        QTest::addColumn<bool>("byButton");
        QTest::newRow("Enter") << false;
        QTest::newRow("button") << true;
    }

    void enterTakesThePlaceOfTheConnection()
    {
        QFETCH(bool, byButton);
        connectTo(url(u"/a"_s));
        QVERIFY(m_bench->say(u"before"_s));
        const QString former = tab()->capturePath();
        QVERIFY(!backButton()->isVisible());

        type(url(u"/b"_s));
        if (byButton)
            QTest::mouseClick(reconnectButton(), Qt::LeftButton);
        else
            QTest::keyClick(line(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->state() == State::Open && tab()->title().endsWith(u"/b"), Patience);
        QVERIFY(m_bench->prompts.asked.isEmpty());
        QVERIFY(tab()->capturePath() != former);
        QTRY_VERIFY_WITH_TIMEOUT(m_bench->rows(u"Connected"_s) == 1 && m_bench->rows(u"before"_s) == 0, Patience);
        QVERIFY(!reconnectButton()->isVisible() && !line()->font().italic());
        QTRY_VERIFY_WITH_TIMEOUT(m_bench->closer.isIdle(), Patience);
        QCOMPARE(endsOf(former), QList{EndKind::Clean});

        QVERIFY(backButton()->isVisible());
        QCOMPARE(backButton()->text(), u"Back to "_s + url(u"/a"_s));
        const QString second = tab()->capturePath();
        QTest::mouseClick(backButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->state() == State::Open && tab()->title().endsWith(u"/a"), Patience);
        QCOMPARE(tab()->address()->url(), url(u"/a"_s));
        QVERIFY(tab()->capturePath() != second && tab()->capturePath() != former);
        QCOMPARE(backButton()->text(), u"Back to "_s + url(u"/b"_s));
        QTest::mouseClick(named<QToolButton>(tab(), u"Dismiss the way back"_s), Qt::LeftButton);
        QVERIFY(!backButton()->isVisible());
    }

    void aUrlThatMakesNoSenseLeavesTheConnection()
    {
        connectTo(url(u"/a"_s));
        const QString path = tab()->capturePath();
        type(u"ftp://example.com/"_s);
        QTest::keyClick(line(), Qt::Key_Return);
        QVERIFY(!tab()->banner()->message().isEmpty());
        QCOMPARE(tab()->state(), State::Open);
        QCOMPARE(tab()->capturePath(), path);
        QVERIFY(reconnectButton()->isVisible() && !backButton()->isVisible());
        QVERIFY(m_bench->say(u"still here"_s));
    }

    void oneCaptureHoldsBothIfTheSettingSaysSo()
    {
        m_bench->settings.setKeepsInOneCapture(true);
        connectTo(url(u"/a"_s));
        const QString path = tab()->capturePath();
        type(url(u"/b"_s));
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->state() == State::Open && tab()->title().endsWith(u"/b"), Patience);
        QCOMPARE(tab()->capturePath(), path);
        QVERIFY(backButton()->isVisible());
        QVERIFY(m_bench->closeTab());
        QCOMPARE(endsOf(path), QList({EndKind::Clean, EndKind::Clean}));
    }

    void disconnectingCallsTheNextConnectionOff()
    {
        m_bench->settings.setKeepsInOneCapture(true);
        connectTo(url(u"/a"_s));
        type(url(u"/b"_s));
        QTest::keyClick(line(), Qt::Key_Return);
        tab()->disconnectFromPeer();
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Idle, Patience);
        QVERIFY2(tab()->title().endsWith(u"/a"), qPrintable(tab()->title()));
        QVERIFY(!reconnectButton()->isVisible());
    }

    void theWayBackIsTakenBeforeTheConnectionHasClosed()
    {
        m_bench->settings.setKeepsInOneCapture(true);
        connectTo(url(u"/a"_s));
        const QString path = tab()->capturePath();
        type(url(u"/b"_s));
        QTest::keyClick(line(), Qt::Key_Return);
        QTest::mouseClick(backButton(), Qt::LeftButton);
        // Nothing was left: there is nothing to go back to.
        QVERIFY(!backButton()->isVisible());
        QVERIFY(m_bench->prompts.asked.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(tab()->state() == State::Open && m_bench->rows(u"Connected"_s) == 2, Patience);
        QVERIFY2(tab()->title().endsWith(u"/a"), qPrintable(tab()->title()));
        QCOMPARE(tab()->capturePath(), path);
    }

    void anotherUrlTakesThePlaceOfAnAttempt()
    {
        // Never answers.
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        const QString first = u"ws://127.0.0.1:%1/a"_s.arg(silent.serverPort());
        const QString second = u"ws://127.0.0.1:%1/b"_s.arg(silent.serverPort());
        type(first);
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Connecting, Patience);
        type(second);
        QVERIFY(reconnectButton()->isVisible());
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Connecting, Patience);
        QVERIFY2(tab()->title().endsWith(u"/b"), qPrintable(tab()->title()));
        QVERIFY(!reconnectButton()->isVisible() && !line()->font().italic());
        QCOMPARE(backButton()->text(), u"Back to "_s + first);
    }

    void theSameUrlGoesOnInTheCaptureAnotherBeginsOne()
    {
        connectTo(url(u"/a"_s));
        const QString path = tab()->capturePath();
        // Connected already: nothing happens.
        tab()->connectToPeer();
        QCOMPARE(tab()->state(), State::Open);
        disconnectTab();
        tab()->connectToPeer();
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
        QCOMPARE(tab()->capturePath(), path);
        disconnectTab();

        type(url(u"/b"_s));
        // The tab shows what came from there, and says so.
        QVERIFY2(tab()->title().endsWith(u"/a"), qPrintable(tab()->title()));
        QVERIFY(!reconnectButton()->isVisible() && !line()->font().italic());
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->state() == State::Open && tab()->title().endsWith(u"/b"), Patience);
        QVERIFY(tab()->capturePath() != path);
        // Nothing was taken away.
        QVERIFY(!backButton()->isVisible());
    }

    void theOptionsConnectWithAnotherQuery()
    {
        connectTo(url(u"/a"_s));
        const QString path = tab()->capturePath();
        tab()->showOptions();
        auto *dialog = tab()->findChild<OptionsDialog *>();
        auto *table = named<QTableWidget>(dialog, u"Query"_s);
        named<QPushButton>(dialog, u"Add a query item"_s)->click();
        table->item(0, 0)->setText(u"room"_s);
        table->item(0, 1)->setText(u"7"_s);
        QTest::mouseClick(named<QPushButton>(dialog, u"Connect"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->state() == State::Open && tab()->capturePath() != path, Patience);
        QCOMPARE(tab()->shownUrl(), url(u"/a"_s) + u"?room=7"_s);
        QVERIFY(!reconnectButton()->isVisible());
        QCOMPARE(backButton()->text(), u"Back to "_s + url(u"/a"_s));
    }

    void whileTheNextAttemptIsWaitedForAnotherUrlTakesItsPlace()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        Endpoint endpoint;
        endpoint.url = u"ws://127.0.0.1:%1/"_s.arg(closed.serverPort());
        endpoint.reconnect.enabled = true;
        closed.close();
        tab()->setEndpoint(endpoint);
        tab()->connectToPeer();
        QTRY_VERIFY_WITH_TIMEOUT(tab()->isWaiting(), Patience);
        const QString path = tab()->capturePath();
        type(url(u"/b"_s));
        QVERIFY(reconnectButton()->isVisible());
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
        QVERIFY(tab()->capturePath() != path);
        QVERIFY(!tab()->isWaiting());
    }

    void aLongUrlShowsItsBeginningUnlessItIsWritten()
    {
        type(u"ws://127.0.0.1:9/"_s + QString(400, u'a'));
        QVERIFY(line()->cursorPosition() > 400);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(!tab()->address()->urlHasFocus());
        QCOMPARE(line()->cursorPosition(), 0);
    }

private:
    [[nodiscard]] ConnectionTab *tab() const { return m_bench->tab.get(); }
    [[nodiscard]] QLineEdit *line() const { return named<QComboBox>(tab(), u"URL"_s)->lineEdit(); }
    [[nodiscard]] QString status() const { return tab()->statusLine()->text(); }
    [[nodiscard]] QPushButton *button(const QString &name) const { return named<QPushButton>(tab(), name); }
    [[nodiscard]] QPushButton *reconnectButton() const { return button(u"Reconnect"_s); }

    /// Whatever URL it names.
    [[nodiscard]] QPushButton *backButton() const
    {
        for (QPushButton *button : tab()->address()->findChildren<QPushButton *>()) {
            if (button->accessibleName().startsWith(u"Back to "))
                return button;
        }
        return nullptr;
    }

    [[nodiscard]] QString url(const QString &path) const
    {
        QUrl url = m_bench->echo.url();
        url.setPath(path);
        return url.toString();
    }

    void type(const QString &text)
    {
        tab()->focusUrl();
        line()->clear();
        QTest::keyClicks(line(), text);
    }

    void connectTo(const QString &url)
    {
        type(url);
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->state() == State::Open && tab()->view()->model(), Patience);
    }

    void disconnectTab()
    {
        tab()->disconnectFromPeer();
        QTRY_VERIFY_WITH_TIMEOUT(!tab()->isActive(), Patience);
    }

    /// How the connections of a closed capture ended, in their order.
    [[nodiscard]] static QList<EndKind> endsOf(const QString &path)
    {
        QList<EndKind> ends;
        const auto reader = CaptureReader::open(path);
        if (!reader)
            return ends;
        const auto connections = reader.value()->connections();
        for (const ConnectionRecord &record : connections ? connections.value() : QList<ConnectionRecord>())
            ends += record.endKind;
        return ends;
    }

    std::unique_ptr<TabBench> m_bench;
};

SOCKEYE_TEST(ReconnectingTest, QApplication)
#include "tst_reconnecting.moc"
