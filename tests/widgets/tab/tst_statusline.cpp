#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "tests/support/SetClock.h"
#include "widgets/tab/StatusLine.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextDocumentFragment>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = SessionStatus::State;

class StatusLineTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void factsAreSaid_data()
    {
        QTest::addColumn<SessionStatus>("status");
        QTest::addColumn<QString>("said");
        SessionStatus status = open();
        QTest::newRow("plain") << status << u"Open, 101 in 84.0 ms, in 0 messages, 0 B, out 0 messages, 0 B"_s;
        status.lenient = true;
        status.subprotocol = u"mqtt"_s;
        QTest::newRow("lenient") << status
                                 << u"Open, lenient, 101 in 84.0 ms, mqtt, in 0 messages, 0 B, out 0 messages, 0 B"_s;
        status = open();
        status.extensions = u"permessage-deflate; server_no_context_takeover"_s;
        QTest::newRow("compression agreed on")
            << status << u"Open, 101 in 84.0 ms, deflate, in 0 messages, 0 B, out 0 messages, 0 B"_s;
        status.compressedIn = {10, 700'000, 3'000'000};
        status.compressedOut = {1, 100'000, 280'000};
        QTest::newRow("compressed")
            << status << u"Open, 101 in 84.0 ms, deflate 4.1 : 1, in 0 messages, 0 B, out 0 messages, 0 B"_s;
        status = open();
        status.roundTrip = 1'200us;
        status.pingsOutstanding = 1;
        QTest::newRow("ping") << status
                              << u"Open, 101 in 84.0 ms, in 0 messages, 0 B, out 0 messages, 0 B, ping 1.20 ms"_s;
        status.pingsOutstanding = 2;
        QTest::newRow("pings")
            << status
            << u"Open, 101 in 84.0 ms, in 0 messages, 0 B, out 0 messages, 0 B, ping 1.20 ms, 2 pings "
               "unanswered"_s;
        status = open();
        status.messagesIn = 1;
        status.payloadIn = 11;
        status.bytesIn = 13;
        status.findings = 1;
        QTest::newRow("one of each")
            << status
            << u"Open, 101 in 84.0 ms, in 1 message, 11 B (13 B on the wire), out 0 messages, 0 B, 1 finding"_s;
        status.messagesIn = 2;
        status.findings = 2;
        QTest::newRow("two of each")
            << status
            << u"Open, 101 in 84.0 ms, in 2 messages, 11 B (13 B on the wire), now 2/s, peak 2/s, out 0 messages, 0 B, 2 findings"_s;
        status = open();
        status.state = State::Closed;
        status.endText = u"refused"_s;
        status.httpStatus = 403;
        status.endKind = EndKind::HandshakeFailed;
        QTest::newRow("refused") << status << u"Failed: refused, 403 in 84.0 ms"_s;
    }

    void factsAreSaid()
    {
        QFETCH(SessionStatus, status);
        StatusLine line(m_clock);
        line.showStatus(status);
        QTEST(line.text(), "said");
    }

    void theEndIsSaidInAWord_data()
    {
        QTest::addColumn<EndKind>("kind");
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("wasOpen");
        QTest::addColumn<QString>("word");
        QTest::newRow("closed") << EndKind::Clean << 1000 << true << u"Closed: "_s;
        QTest::newRow("peer's error code") << EndKind::Clean << 1011 << true << u"Closed with 1011: "_s;
        QTest::newRow("dropped") << EndKind::Dropped << 1006 << true << u"Interrupted: "_s;
        QTest::newRow("not answered") << EndKind::CloseTimeout << 1000 << true << u"Interrupted: "_s;
        QTest::newRow("rule broken") << EndKind::RuleBroken << 1002 << true << u"Failed: "_s;
        QTest::newRow("cut off") << EndKind::Aborted << 1006 << true << u"Closed: "_s;
        // What never opened is not called closed.
        QTest::newRow("given up") << EndKind::Aborted << 1006 << false << u"Not connected: "_s;
        QTest::newRow("no connection") << EndKind::ConnectFailed << 1006 << false << u"Failed: "_s;
        QTest::newRow("refused") << EndKind::HandshakeFailed << 1006 << false << u"Failed: "_s;
    }

    void theEndIsSaidInAWord()
    {
        QFETCH(EndKind, kind);
        QFETCH(int, code);
        QFETCH(bool, wasOpen);
        QFETCH(QString, word);
        SessionStatus status = wasOpen ? open() : SessionStatus();
        status.state = State::Closed;
        status.endKind = kind;
        status.closeCode = static_cast<quint16>(code);
        status.endText = u"So it went."_s;
        StatusLine line(m_clock);
        line.showStatus(status);
        QVERIFY2(line.text().startsWith(word + u"So it went."_s), qPrintable(line.text()));
    }

    void countsAreShownAtACalmPace()
    {
        StatusLine line(m_clock);
        SessionStatus status = open();
        line.showStatus(status);
        const QString first = line.text();
        for (int i = 1; i <= 50; ++i) {
            status.messagesIn = i;
            line.showStatus(status);
        }
        QCOMPARE(line.text(), first);
        QTRY_VERIFY2(line.text().contains(u"50 messages"), qPrintable(line.text()));
        // Another state does not wait.
        status.messagesIn = 51;
        line.showStatus(status);
        status.state = State::Closing;
        line.showStatus(status);
        QVERIFY2(line.text().contains(u"Closing"), qPrintable(line.text()));
        QVERIFY2(line.text().contains(u"51 messages"), qPrintable(line.text()));
    }

    void theRateIsThatOfTheLastSecond()
    {
        StatusLine line(m_clock);
        line.show();
        QVERIFY(QTest::qWaitForWindowExposed(&line));
        QSignalSpy rates(&line, &StatusLine::ratesChanged);
        SessionStatus status = open();
        status.connection = ConnectionId(1);
        status.messagesIn = 50;
        line.showStatus(status);
        QTRY_VERIFY2(line.text().contains(u"now 50/s, peak 50/s"), qPrintable(line.text()));
        QCOMPARE(line.rates().messagesIn(), 50);
        m_clock.advance(999ms);
        QCOMPARE(line.rates().messagesIn(), 50);
        // Nothing more comes, and that is said by itself.
        m_clock.advance(1ms);
        QTRY_VERIFY2(line.text().contains(u"now 0/s, peak 50/s"), qPrintable(line.text()));
        QVERIFY(rates.size() >= 2);
        // Another connection has a rate of its own.
        status.connection = ConnectionId(2);
        status.messagesIn = 3;
        line.showStatus(status);
        QTRY_VERIFY2(line.text().contains(u"now 3/s, peak 3/s"), qPrintable(line.text()));
    }

    void aNarrowLineLeavesTheRestToTheToolTip()
    {
        SessionStatus status = open();
        status.tlsVersion = u"TLS 1.3"_s;
        status.messagesIn = 120'048;
        status.payloadIn = 11'600'000;
        status.bytesIn = 12'100'000;
        StatusLine line(m_clock);
        line.resize(1400, 30);
        line.showStatus(status);
        line.show();
        QVERIFY(QTest::qWaitForWindowExposed(&line));
        auto *facts = line.findChildren<QLabel *>().constLast();
        QVERIFY2(plain(facts).contains(u"12.1 MB on the wire"), qPrintable(plain(facts)));
        const QString whole = line.text();
        for (const int width : {700, 500}) {
            line.resize(width, 30);
            QTRY_COMPARE(line.width(), width);
            QTRY_VERIFY2(facts->sizeHint().width() <= width, qPrintable(plain(facts)));
            QVERIFY2(plain(facts).contains(u"in 120,048 messages, 11.6 MB"), qPrintable(plain(facts)));
            QVERIFY2(!plain(facts).contains(u"on the wire"), qPrintable(plain(facts)));
            QCOMPARE(line.text(), whole);
            QVERIFY2(facts->toolTip().contains(u"12.1 MB on the wire"), qPrintable(facts->toolTip()));
        }
        QVERIFY(line.minimumSizeHint().width() < 300);
    }

    void whatWasSavedIsInTheToolTip()
    {
        SessionStatus status = open();
        status.extensions = u"permessage-deflate"_s;
        status.compressedIn = {10, 800'000, 3'100'000};
        StatusLine line(m_clock);
        line.showStatus(status);
        QString tips;
        const QList<QLabel *> labels = line.findChildren<QLabel *>();
        for (const QLabel *label : labels)
            tips += label->toolTip();
        QVERIFY2(tips.contains(u"3.1 MB as 800.0 kB") || tips.contains(u"3.1 MB as 800 kB"), qPrintable(tips));
    }

    void wordsOfThePeerAreNoRichText()
    {
        const QString picture = u"<img src=\"file:///x.png\"> goodbye"_s;
        SessionStatus status = open();
        status.extensions = u"permessage-deflate; "_s + picture;
        status.state = State::Closed;
        status.endText = picture;
        StatusLine line(m_clock);
        line.showStatus(status);
        line.resize(60, 30);
        line.show();
        QVERIFY(QTest::qWaitForWindowExposed(&line));
        int tips = 0;
        for (const QLabel *label : line.findChildren<QLabel *>()) {
            const QString tip = label->toolTip();
            if (!tip.contains(u"goodbye"_s))
                continue;
            ++tips;
            // To the letter, whether Qt takes the tool tip for rich text or not.
            const QString shown = Qt::mightBeRichText(tip) ? QTextDocumentFragment::fromHtml(tip).toPlainText() : tip;
            QVERIFY2(shown.contains(picture), qPrintable(tip));
        }
        QCOMPARE(tips, 2);
    }

    void theWaitIsCountedDownWhileSeen()
    {
        StatusLine line(m_clock);
        line.showStatus(waiting(10));
        line.show();
        QVERIFY(QTest::qWaitForWindowExposed(&line));
        QVERIFY2(line.text().startsWith(u"Waiting "), qPrintable(line.text()));
        QVERIFY2(line.text().contains(u" s, attempt 2 of 10: The peer went away."), qPrintable(line.text()));
        const QString before = line.text();
        // A screen reader is told once, not at each step.
        const QString told = line.accessibleDescription();
        QTRY_VERIFY(line.text() != before);
        QCOMPARE(line.accessibleDescription(), told);
        line.showStatus(waiting(0));
        QTRY_VERIFY2(line.text().contains(u" s, attempt 2: "), qPrintable(line.text()));
        line.showStatus(open());
        QVERIFY(!named(&line, u"Connect again now"_s)->isVisible());
    }

    void aWaitThatIsOverIsNotNegative()
    {
        SessionStatus status = waiting(10);
        status.retry = QDeadlineTimer(0ms);
        StatusLine line(m_clock);
        line.showStatus(status);
        QVERIFY2(line.text().startsWith(u"Waiting 0.0 s"), qPrintable(line.text()));
    }

private:
    [[nodiscard]] static QString plain(const QLabel *label)
    {
        return QTextDocumentFragment::fromHtml(label->text()).toPlainText();
    }

    [[nodiscard]] static SessionStatus open()
    {
        SessionStatus status;
        status.state = State::Open;
        status.handshake = 84ms;
        return status;
    }

    [[nodiscard]] static SessionStatus waiting(int attempts)
    {
        SessionStatus status;
        status.state = State::Waiting;
        status.endText = u"The peer went away."_s;
        status.retry = QDeadlineTimer(10min);
        status.attempt = 2;
        status.attempts = attempts;
        return status;
    }

    SetClock m_clock;
};

SOCKEYE_TEST(StatusLineTest, QApplication)
#include "tst_statusline.moc"
