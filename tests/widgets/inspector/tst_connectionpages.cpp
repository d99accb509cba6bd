// The inspector's pages about a connection: Handshake, Timing, TLS, Closing.
#include "InspectorBench.h"
#include "support/TestProgram.h"
#include "tests/peers/TestCa.h"
#include "widgets/controls/WrappedLabel.h"
#include "widgets/dialogs/CertificateDialog.h"
#include "widgets/inspector/TimingBar.h"

#include <QApplication>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTextEdit>

using namespace sockeye;
using namespace sockeye::test;
using namespace std::chrono_literals;

namespace {

constexpr Timestamp Start = timestampFromNs(1'800'000'000'000'000'000);

const QByteArray Request("GET /feed HTTP/1.1\r\n"
                         "Host: example.com\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                         "\r\n");

/// Of a connection that the peer closed 60 s after the last frame.
ConnectionRecord closedRecord(const EndDetails &end = {})
{
    ConnectionRecord record = sampleRecord();
    record.started = Start;
    record.endKind = EndKind::Clean;
    record.closeCode = 1001;
    record.endText = QStringLiteral("Closed by the peer with 1001.");
    EndDetails details = end;
    details.receivedClose = CloseBody{1001, QStringLiteral("bye"), true};
    details.receivedCloseTime = Start + 100s;
    details.sentClose = CloseBody{1001, {}, true};
    details.sentCloseTime = Start + 100s + 1ms;
    details.lastIn = Start + 40s;
    record.end = details;
    record.ended = Start + 101s;
    return record;
}

} // namespace

class TestConnectionPages final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void explainsEachLine();
    void explainingCanBeSwitchedOff();
    void showsExpectedAndReceivedAccept();
    void headsFollowTheTheme();
    void marksFoldedAndDuplicateLines();
    void countsTheChecks();
    void survivesAnEndlessHead();
    void showsTheWaterfall();
    void showsAFailedPhase();
    void saysWhenThereIsNoTls();
    void showsTheChain();
    void showsTheClosing();
    void showsWhatRepeats();
    void saysThatItLives();
    void noPageIsWiderThanTheInspector();
};

void TestConnectionPages::explainsEachLine()
{
    Bench bench;
    ConnectionRecord record = sampleRecord();
    record.requestHead = Request;
    const ConnectionId id = bench.capture.addConnection(record);
    bench.open();
    bench.choosePage(QStringLiteral("Handshake"));
    bench.inspector.showConnection(id);
    auto *request = named<QTextEdit>(&bench.inspector, QStringLiteral("Request, as sent"));
    QTRY_VERIFY(!request->toPlainText().isEmpty());
    const QStringList lines = request->toPlainText().split(u'\n');
    QCOMPARE(lines.size(), 6);
    QCOMPARE(lines[0], QStringLiteral("GET /feed HTTP/1.1"));
    QVERIFY(lines[1].startsWith(QStringLiteral("Asks for the resource “/feed”")));
    QVERIFY(lines[1].endsWith(QStringLiteral("(RFC 6455 4.1)")));
    QCOMPARE(lines[2], QStringLiteral("Host: example.com"));
    QVERIFY(lines[5].contains(QStringLiteral("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")));
    // Read from top to bottom, without scrolling inside of it.
    QCOMPARE(request->verticalScrollBar()->maximum(), 0);
}

void TestConnectionPages::explainingCanBeSwitchedOff()
{
    Bench bench;
    ConnectionRecord record = sampleRecord();
    record.requestHead = Request;
    const ConnectionId id = bench.capture.addConnection(record);
    bench.open();
    bench.choosePage(QStringLiteral("Handshake"));
    bench.inspector.showConnection(id);
    auto *request = named<QTextEdit>(&bench.inspector, QStringLiteral("Request, as sent"));
    auto *reply = named<QTextEdit>(&bench.inspector, QStringLiteral("Reply, as received"));
    QTRY_VERIFY(!request->toPlainText().isEmpty());
    auto *explain = named<QToolButton>(&bench.inspector, QStringLiteral("Explain: Reply, as received"));
    explain->setFocus();
    QTest::keyClick(explain, Qt::Key_Space);
    QCOMPARE(request->toPlainText(),
             QString::fromLatin1(Request).replace(QStringLiteral("\r\n"), QStringLiteral("\n")).trimmed());
    QCOMPARE(reply->toPlainText(), QStringLiteral("HTTP/1.1 101 Switching Protocols\nServer: café"));
    QTest::keyClick(explain, Qt::Key_Space);
    QVERIFY(reply->toPlainText().contains(QStringLiteral("The software that answered")));
}

void TestConnectionPages::showsExpectedAndReceivedAccept()
{
    Bench bench;
    ConnectionRecord record = sampleRecord();
    record.requestHead = Request;
    record.compressedIn = {12, 1200, 12'400};
    record.responseHead = "HTTP/1.1 101 x\r\nSec-WebSocket-Accept: AAAA\r\n\r\n";
    const ConnectionId id = bench.capture.addConnection(record);
    bench.open();
    bench.choosePage(QStringLiteral("Handshake"));
    bench.inspector.showConnection(id);
    QTRY_VERIFY(named<QLabel>(&bench.inspector, QStringLiteral("Accept expected")));
    QCOMPARE(named<QLabel>(&bench.inspector, QStringLiteral("Accept expected"))->text(),
             QStringLiteral("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    auto *received = named<QLabel>(&bench.inspector, QStringLiteral("Accept received"));
    QCOMPARE(received->text(), QStringLiteral("AAAA"));
    QVERIFY(received->property("error").toBool());
    QCOMPARE(named<QLabel>(&bench.inspector, QStringLiteral("Compressed in"))->text(),
             QStringLiteral("12 messages, 1.2 kB on the wire, 12.4 kB inflated (10.3 : 1)"));
    QVERIFY(!named<QLabel>(&bench.inspector, QStringLiteral("Compressed out")));
    QVERIFY(named<QTextEdit>(&bench.inspector, QStringLiteral("Reply, as received"))
                ->toPlainText()
                .contains(QStringLiteral("✗ It is not the answer to our key")));
}

void TestConnectionPages::headsFollowTheTheme()
{
    Bench bench;
    const ConnectionId id = bench.capture.addConnection(sampleRecord());
    bench.open();
    bench.inspector.show();
    QVERIFY(QTest::qWaitForWindowExposed(&bench.inspector));
    bench.choosePage(QStringLiteral("Handshake"));
    bench.inspector.showConnection(id);
    auto *request = named<QTextEdit>(&bench.inspector, QStringLiteral("Request, as sent"));
    QTRY_VERIFY(!request->toPlainText().isEmpty());
    const auto color = [request] {
        QTextCursor cursor(request->document());
        cursor.setPosition(1);
        return cursor.charFormat().foreground().color();
    };
    for (const theme::Scheme scheme : {theme::Scheme::Dark, theme::Scheme::Light}) {
        theme::apply(*qApp, scheme);
        // What is hidden follows when it is shown.
        bench.choosePage(QStringLiteral("Handshake"));
        QTRY_COMPARE(color(), theme::colors(bench.inspector.palette()).text);
        // Elsewhere meanwhile.
        bench.choosePage(QStringLiteral("Timing"));
    }
}

void TestConnectionPages::marksFoldedAndDuplicateLines()
{
    Bench bench;
    ConnectionRecord record = sampleRecord();
    record.responseHead = "HTTP/1.1 101 x\r\nDate: a\r\nDate: b\r\nX: 1,\r\n 2\r\n\r\n";
    record.checks = {{QStringLiteral("folding"), QStringLiteral("RFC 9112 5.2"), false, QStringLiteral("Folded.")}};
    const ConnectionId id = bench.capture.addConnection(record);
    bench.open();
    bench.choosePage(QStringLiteral("Handshake"));
    bench.inspector.showConnection(id);
    auto *reply = named<QTextEdit>(&bench.inspector, QStringLiteral("Reply, as received"));
    QTRY_VERIFY(reply->toPlainText().contains(QStringLiteral("\n 2\n")));
    QVERIFY(reply->toPlainText().contains(QStringLiteral("✗ This header must stand only once")));
    QVERIFY(reply->toPlainText().contains(QStringLiteral("✗ Folding a header")));
    // A check that failed but is put up with has a sign and a word of its own.
    QVERIFY(named<QLabel>(&bench.inspector, QStringLiteral("tolerated")));
    QVERIFY(bench.words().contains(QStringLiteral("!\nFolded. (RFC 9112 5.2)")));
}

void TestConnectionPages::countsTheChecks()
{
    Bench bench;
    bench.open();
    bench.choosePage(QStringLiteral("Handshake"));
    bench.inspector.showConnection(bench.connection);
    QTRY_VERIFY(bench.words().contains(QStringLiteral("Checks of the reply: 1 passed, 1 failed")));
    QVERIFY(named<QLabel>(&bench.inspector, QStringLiteral("failed: Wrong accept (RFC 6455 4.1)")));
}

void TestConnectionPages::survivesAnEndlessHead()
{
    Bench bench;
    ConnectionRecord record = sampleRecord();
    record.responseHead = "HTTP/1.1 101 x\r\nX-Long: " + QByteArray(200'000, 'a') + "\r\n";
    for (int i = 0; i < 990; ++i)
        record.responseHead += "X-" + QByteArray::number(i) + ": " + QByteArray(40, 'b') + "\r\n";
    record.responseHead += "\r\n";
    const ConnectionId id = bench.capture.addConnection(record);
    bench.open();
    bench.choosePage(QStringLiteral("Handshake"));
    bench.inspector.showConnection(id);
    auto *reply = named<QTextEdit>(&bench.inspector, QStringLiteral("Reply, as received"));
    QTRY_VERIFY(reply->toPlainText().contains(QStringLiteral("more lines. Copy takes all of them.")));
    QVERIFY(reply->toPlainText().contains(QStringLiteral("… and 196 kB more")));
    QVERIFY(reply->toPlainText().size() < 200'000);
    QTest::mouseClick(named<QToolButton>(&bench.inspector, QStringLiteral("Copy: Reply, as received")), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text().size(), record.responseHead.size());
}

void TestConnectionPages::showsTheWaterfall()
{
    Bench bench;
    ConnectionRecord record = sampleRecord();
    record.timings = {10ms, 20ms, Nanoseconds(-1), 30ms, 40ms, 100ms};
    const ConnectionId id = bench.capture.addConnection(record);
    bench.open();
    bench.choosePage(QStringLiteral("Timing"));
    bench.inspector.showConnection(id);
    QTRY_VERIFY(bench.words().contains(QStringLiteral("100 ms")));
    for (const QString &spoken :
         {QStringLiteral("Resolve: 10.0 ms"), QStringLiteral("TCP: 20.0 ms"), QStringLiteral("Proxy: none"),
          QStringLiteral("TLS: 30.0 ms"), QStringLiteral("Upgrade: 40.0 ms"), QStringLiteral("Total: 100 ms")})
        QVERIFY2(named<QLabel>(&bench.inspector, spoken), qPrintable(spoken));
    const QList<TimingBar *> bars = bench.inspector.findChildren<TimingBar *>();
    QCOMPARE(bars.size(), 5);
    // Each phase begins where the one before it ended, and the last ends with the whole.
    double at = 0;
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(1 + bars[i]->begin(), 1 + at);
        at = bars[i]->end();
    }
    QCOMPARE(at, 1.0);
    QCOMPARE(bars[4]->begin(), 0.0);
    QCOMPARE(bars[4]->end(), 1.0);
    QCOMPARE(bars[1]->end(), 0.3);
}

void TestConnectionPages::showsAFailedPhase()
{
    Bench bench;
    ConnectionRecord record = sampleRecord();
    record.timings = {};
    record.endKind = EndKind::ConnectFailed;
    const ConnectionId nothing = bench.capture.addConnection(record);
    record.timings.resolve = 5ms;
    const ConnectionId resolved = bench.capture.addConnection(record);
    bench.open();
    bench.choosePage(QStringLiteral("Timing"));
    bench.inspector.showConnection(nothing);
    QTRY_COMPARE(bench.words(), QStringLiteral("The connection failed before anything could be timed."));
    bench.inspector.showConnection(resolved);
    QTRY_VERIFY(bench.words().contains(QStringLiteral("5.00 ms")));
    QVERIFY(!bench.words().contains(QStringLiteral("Rest")));
    QVERIFY(named<QLabel>(&bench.inspector, QStringLiteral("Total: none")));
    // What no phase accounts for is told too.
    record.timings.total = 25ms;
    const ConnectionId slow = bench.capture.addConnection(record);
    bench.capture.writer().flush();
    bench.inspector.showConnection(slow);
    QTRY_VERIFY(named<QLabel>(&bench.inspector, QStringLiteral("Rest: 20.0 ms")));
    QVERIFY(bench.words().contains(QStringLiteral("“Rest” is the time that no phase accounts for")));
    const QString toolTip = named<QLabel>(&bench.inspector, QStringLiteral("Rest: 20.0 ms"))->toolTip();
    QVERIFY2(toolTip.contains(QStringLiteral("this program's own work")), qPrintable(toolTip));
}

void TestConnectionPages::saysWhenThereIsNoTls()
{
    Bench bench;
    ConnectionRecord record = sampleRecord();
    record.tls = {};
    record.url = QStringLiteral("ws://example.com/");
    const ConnectionId plain = bench.capture.addConnection(record);
    bench.open();
    bench.choosePage(QStringLiteral("TLS"));
    bench.inspector.showConnection(plain);
    QTRY_VERIFY(bench.words().startsWith(QStringLiteral("This connection has no TLS")));
    bench.inspector.showConnection(bench.connection);
    QTRY_VERIFY(bench.words().contains(QStringLiteral("TLS 1.3\n")));
    QVERIFY(bench.words().contains(QStringLiteral("The peer showed no certificate.")));
}

void TestConnectionPages::showsTheChain()
{
    TestCa ca;
    QVERIFY2(ca.create(), qPrintable(ca.errorText()));
    Bench bench;
    ConnectionRecord record = sampleRecord();
    record.tls.errors = {QStringLiteral("The certificate has expired.")};
    record.tls.chainPem = {
        readFile(ca.issue(QStringLiteral("DNS:localhost"), TestCa::Validity::Expired).certificateFile),
        readFile(ca.caFile())};
    const QList<CertificateFacts> chain = certificateFacts(record.tls.chainPem);
    const ConnectionId id = bench.capture.addConnection(record);
    bench.open();
    bench.choosePage(QStringLiteral("TLS"));
    bench.inspector.showConnection(id);
    QTRY_VERIFY(bench.words().contains(QStringLiteral("✗ The certificate has expired.")));
    QVERIFY2(bench.words().contains(QStringLiteral(": expired ")), qPrintable(bench.words()));
    QVERIFY(bench.words().contains(QStringLiteral(": valid for another ")));
    QVERIFY(bench.words().contains(QStringLiteral("Issued by itself")));
    QVERIFY(chain[0].pin.startsWith(QStringLiteral("sha256//")));
    QVERIFY2(bench.words().contains(chain[0].pin), qPrintable(bench.words()));

    QList<QPushButton *> save;
    QList<QPushButton *> view;
    for (QPushButton *button : bench.inspector.findChildren<QPushButton *>()) {
        if (button->accessibleName().startsWith(QStringLiteral("Save as PEM: ")))
            save += button;
        if (button->accessibleName().startsWith(QStringLiteral("View: ")))
            view += button;
    }
    QCOMPARE(save.size(), 2);
    bench.prompts.file = bench.capture.file(QStringLiteral("out.pem"));
    QSignalSpy status(&bench.inspector, &Inspector::statusText);
    QTest::mouseClick(save[1], Qt::LeftButton);
    QCOMPARE(readFile(bench.prompts.file), chain[1].pem);
    QVERIFY(status.last().first().toString().startsWith(QStringLiteral("Saved “")));

    view[1]->setFocus();
    QTest::keyClick(view[1], Qt::Key_Space);
    auto *dialog = bench.inspector.findChild<CertificateDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(dialog->findChild<QListWidget *>()->currentRow(), 1);
    dialog->close();
}

void TestConnectionPages::showsTheClosing()
{
    Bench bench;
    EndDetails end;
    end.unsentBytes = 4096;
    const ConnectionId id = bench.capture.addConnection(closedRecord(end));
    bench.open();
    bench.choosePage(QStringLiteral("Closing"));
    bench.inspector.showConnection(id);
    QTRY_VERIFY(bench.words().contains(QStringLiteral("The peer closed it, and we answered.")));
    const QString words = bench.words();
    for (const QString &word :
         {QStringLiteral("1001 (going away)"), QStringLiteral("“bye”"), QStringLiteral("before the end"),
          QStringLiteral("FIN"), QStringLiteral("4.1 kB that the peer had not acknowledged"),
          QStringLiteral("goes away")})
        QVERIFY2(words.contains(word), qPrintable(words));
    QVERIFY(!words.contains(QStringLiteral("What repeats")));

    ConnectionRecord broken = closedRecord(end);
    broken.endKind = EndKind::RuleBroken;
    broken.end->brokenRule = QStringLiteral("frame.rsv");
    bench.inspector.showConnection(bench.capture.addConnection(broken));
    bench.capture.writer().flush();
    bench.inspector.showConnection(ConnectionId(id.value() + 1));
    QTRY_VERIFY(bench.words().contains(QStringLiteral("✗ We ended it, because the peer broke a rule.")));
    QVERIFY(named<QLabel>(&bench.inspector, QStringLiteral("Sent, on its way"))->property("warning").toBool());
}

void TestConnectionPages::showsWhatRepeats()
{
    Bench bench;
    ConnectionId last;
    for (int i = 0; i < 3; ++i)
        last = bench.capture.addConnection(closedRecord());
    bench.open();
    bench.choosePage(QStringLiteral("Closing"));
    bench.inspector.showConnection(last);
    QTRY_VERIFY(bench.words().contains(QStringLiteral("What repeats in this capture")));
    QVERIFY2(bench.words().contains(
                 QStringLiteral("that the peer closed with 1001 (going away) ended 60.0 s after the last frame.")),
             qPrintable(bench.words()));
    bench.inspector.setLoader(nullptr);
    QVERIFY(!bench.words().contains(QStringLiteral("What repeats")));
}

void TestConnectionPages::saysThatItLives()
{
    Bench bench;
    bench.open();
    bench.choosePage(QStringLiteral("Closing"));
    bench.inspector.showConnection(bench.connection);
    QTRY_VERIFY(bench.words().startsWith(QStringLiteral("The connection has not ended.")));
}

/// Tokens, URLs and keys wrap, however long they are.
void TestConnectionPages::noPageIsWiderThanTheInspector()
{
    const QString word = QStringLiteral("eyJhbGciOiJIUzI1NiJ9").repeated(40);
    Bench bench;
    EndDetails end;
    ConnectionRecord record = closedRecord(end);
    record.endText = QStringLiteral("Closed: ") + word;
    record.end->receivedClose = CloseBody{1001, word.left(120), true};
    record.url = QStringLiteral("wss://example.com/?token=x") + word;
    record.requestHead = Request;
    record.responseHead = "HTTP/1.1 101 x\r\nSec-WebSocket-Accept: " + word.toLatin1() + "\r\n\r\n";
    record.subprotocol = word;
    record.checks = {{QStringLiteral("accept"), QStringLiteral("RFC 6455 4.1"), false, word}};
    record.tls.cipher = word;
    record.tls.alpn = word;
    record.tls.errors = {word};
    record.timings = {10ms, 20ms, Nanoseconds(-1), 30ms, 40ms, 100ms};
    const ConnectionId id = bench.capture.addConnection(record);
    bench.inspector.resize(300, 480);
    bench.open();
    bench.inspector.showConnection(id);
    for (const QString &title :
         {QStringLiteral("Handshake"), QStringLiteral("Timing"), QStringLiteral("TLS"), QStringLiteral("Closing")}) {
        bench.choosePage(title);
        auto *area = named<QScrollArea>(bench.tabs()->currentWidget(), title);
        QVERIFY2(area, qPrintable(title));
        QTRY_VERIFY2(area->isVisible(), qPrintable(title));
        QCOMPARE(bench.inspector.width(), 300);
        QTRY_VERIFY2(area->horizontalScrollBar()->maximum() == 0, qPrintable(title));
        QVERIFY2(area->widget()->width() <= area->viewport()->width(), qPrintable(title));
    }
    bench.choosePage(QStringLiteral("Handshake"));
    auto *fact = named<WrappedLabel>(&bench.inspector, QStringLiteral("Subprotocol"));
    QVERIFY(fact && fact->text().contains(word));
    fact->selectAll();
    QCOMPARE(fact->selection(), fact->text());
}

SOCKEYE_TEST(TestConnectionPages, QApplication)
#include "tst_connectionpages.moc"
