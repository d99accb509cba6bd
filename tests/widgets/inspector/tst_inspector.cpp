#include "InspectorBench.h"
#include "support/TestProgram.h"
#include "widgets/inspector/FramesModel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QScrollBar>
#include <QTableView>
#include <QTextEdit>

using namespace sockeye;
using namespace sockeye::test;

class TestInspector final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void namesItsPages();
    void isEmptyBeforeAChoice();
    void showsFrames();
    void showsWhatCompressionSaved();
    void showsAPongsRoundTrip();
    void tellsWhereAFindingIs();
    void framesModelHolds();
    void copiesFrames();
    void showsTheHandshake();
    void showsARefusedBody();
    void updatesTheHandshakeWithoutScrolling();
    void handshakeFollowsTheEntry();
    void tellsTheSelection();
    void aValueSelectsItsBytes();
    void savesTheSelectedBytes_data();
    void savesTheSelectedBytes();
    void keepsTheSelectionBetweenWireAndMessage();
    void latestChoiceWins();
    void forgetsTheOldCapture();
    void tellsWhatCannotBeRead();
    void survivesBothThemes();
};

void TestInspector::namesItsPages()
{
    Bench bench;
    QCOMPARE(bench.inspector.accessibleName(), QStringLiteral("Inspector"));
    QStringList names;
    for (int i = 0; i < bench.tabs()->count(); ++i) {
        names += bench.tabs()->tabText(i);
        QCOMPARE(bench.tabs()->widget(i)->accessibleName(), names.last());
    }
    QCOMPARE(names, (QStringList{QStringLiteral("Message"), QStringLiteral("Hex"), QStringLiteral("Frames"),
                                 QStringLiteral("Handshake"), QStringLiteral("Timing"), QStringLiteral("TLS"),
                                 QStringLiteral("Closing")}));
}

void TestInspector::isEmptyBeforeAChoice()
{
    Bench bench;
    bench.open();
    for (const QString &page : {QStringLiteral("Message"), QStringLiteral("Hex"), QStringLiteral("Frames")}) {
        bench.choosePage(page);
        QCOMPARE(bench.words(), QStringLiteral("Choose an entry of the log to see it here."));
    }
    for (const QString &page :
         {QStringLiteral("Handshake"), QStringLiteral("Timing"), QStringLiteral("TLS"), QStringLiteral("Closing")}) {
        bench.choosePage(page);
        QCOMPARE(bench.words(), QStringLiteral("No connection yet"));
    }
}

void TestInspector::showsFrames()
{
    Bench bench;
    NewEntry entry;
    entry.connection = bench.connection;
    entry.payload = QByteArrayLiteral("hello");
    FrameSpec first;
    first.fin = false;
    first.rsv = Rsv2 | Rsv3;
    FrameSpec last;
    last.opcode = Opcode::Continuation;
    last.maskKey = {0x37, 0xfa, 0x21, 0x3d};
    entry.frames.append(makeHeader(first, 2));
    entry.frames.append(makeHeader(last, 3));
    const EntryId id = bench.capture.add(std::move(entry));
    bench.open();
    bench.choosePage(QStringLiteral("Frames"));
    bench.inspector.showEntry(id);
    auto *table = named<QTableView>(&bench.inspector, QStringLiteral("Frames"));
    QTRY_COMPARE(table->model()->rowCount(), 2);
    const auto row = [table](int number) {
        QStringList cells;
        for (int column = 0; column < table->model()->columnCount(); ++column)
            cells += table->model()->index(number, column).data().toString();
        return cells.join(u'|');
    };
    QCOMPARE(row(0), QStringLiteral("1|no|2 3|text (1)|2|31 02|–"));
    QCOMPARE(row(1), QStringLiteral("2|yes|–|continuation (0)|3|80 83 37 fa 21 3d|37 fa 21 3d"));
    QCOMPARE(bench.words(), QStringLiteral("2 frames · 8 B of headers · 5 B of payload · 13 B on the wire"));
}

void TestInspector::showsWhatCompressionSaved()
{
    Bench bench;
    NewEntry entry;
    entry.connection = bench.connection;
    entry.payload = QByteArray(1200, 'a');
    entry.compressed = true;
    FrameSpec first;
    first.fin = false;
    first.rsv = Rsv1;
    FrameSpec last;
    last.opcode = Opcode::Continuation;
    entry.frames.append(makeHeader(first, 100));
    entry.frames.append(makeHeader(last, 20));
    const EntryId id = bench.capture.add(std::move(entry));
    bench.open();
    bench.choosePage(QStringLiteral("Frames"));
    bench.inspector.showEntry(id);
    auto *table = named<QTableView>(&bench.inspector, QStringLiteral("Frames"));
    QTRY_COMPARE(table->model()->rowCount(), 2);
    QCOMPARE(table->model()->index(0, FramesModel::RsvColumn).data().toString(), QStringLiteral("1 compressed"));
    QCOMPARE(table->model()->index(1, FramesModel::RsvColumn).data().toString(), QStringLiteral("–"));
    QVERIFY2(bench.words().contains(QStringLiteral("compressed: 120 B on the wire, 1.2 kB inflated (10.0 : 1)")),
             qPrintable(bench.words()));
    bench.choosePage(QStringLiteral("Message"));
    QVERIFY(bench.words().contains(QStringLiteral("Compressed: 120 B on the wire, 1.2 kB inflated (10.0 : 1).")));
}

void TestInspector::showsAPongsRoundTrip()
{
    Bench bench;
    NewEntry entry;
    entry.connection = bench.connection;
    entry.kind = EntryKind::Pong;
    entry.payload = "id";
    entry.latency = std::chrono::microseconds(12'300);
    const EntryId id = bench.capture.add(std::move(entry));
    bench.open();
    bench.inspector.showEntry(id);
    QTRY_VERIFY(bench.words().contains(QStringLiteral("A pong of 2 B, 12.3 ms after the ping that it answers")));
}

void TestInspector::tellsWhereAFindingIs()
{
    Bench bench;
    NewEntry entry;
    entry.connection = bench.connection;
    entry.payload = "\xff";
    entry.findings = {{Severity::Error, QStringLiteral("message.utf8"), QStringLiteral("RFC 6455 8.1"),
                       QStringLiteral("No UTF-8."), 1234, 1007},
                      {Severity::Note, QStringLiteral("x"), QString(), QStringLiteral("Odd."), -1, 0}};
    const EntryId id = bench.capture.add(std::move(entry));
    bench.open();
    bench.inspector.showEntry(id);
    QTRY_VERIFY(bench.words().contains(QStringLiteral("Error: No UTF-8. (RFC 6455 8.1, at byte 1,234)\nNote: Odd.")));
}

void TestInspector::framesModelHolds()
{
    FramesModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    FrameHeaders frames;
    for (int i = 0; i < FramesModel::MaxRows + 5; ++i)
        frames.append(makeHeader({}, 1));
    model.setFrames(frames, false);
    QCOMPARE(model.rowCount(), FramesModel::MaxRows);
    model.setFrames({}, false);
    QCOMPARE(model.rowCount(), 0);
}

void TestInspector::copiesFrames()
{
    Bench bench;
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, "hello");
    bench.open();
    bench.choosePage(QStringLiteral("Frames"));
    bench.inspector.showEntry(id);
    auto *table = named<QTableView>(&bench.inspector, QStringLiteral("Frames"));
    QTRY_COMPARE(table->model()->rowCount(), 1);
    table->selectRow(0);
    QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("1\tyes\t–\ttext (1)\t5\t81 05\t–"));
}

void TestInspector::showsTheHandshake()
{
    Bench bench;
    bench.open();
    bench.choosePage(QStringLiteral("Handshake"));
    bench.inspector.showConnection(bench.connection);
    auto *request = named<QTextEdit>(&bench.inspector, QStringLiteral("Request, as sent"));
    auto *reply = named<QTextEdit>(&bench.inspector, QStringLiteral("Reply, as received"));
    QTRY_VERIFY(request->toPlainText().startsWith(QStringLiteral("GET /feed HTTP/1.1\nAsks for the resource")));
    QTest::mouseClick(named<QToolButton>(&bench.inspector, QStringLiteral("Explain: Request, as sent")),
                      Qt::LeftButton);
    QCOMPARE(request->toPlainText(), QStringLiteral("GET /feed HTTP/1.1\nHost: example.com"));
    QCOMPARE(reply->toPlainText(), QStringLiteral("HTTP/1.1 101 Switching Protocols\nServer: café"));
    QVERIFY(request->isVisible() && reply->isVisible());
    // All of a head is seen without scrolling inside it.
    QCOMPARE(request->verticalScrollBar()->maximum(), 0);
    const QString words = bench.words();
    for (const QString &word :
         {QStringLiteral("wss://example.com/feed"), QStringLiteral("203.0.113.7:443"),
          QStringLiteral("TLS 1.3 · TLS_AES_128_GCM_SHA256"), QStringLiteral("total 84.0 ms"),
          QStringLiteral("✓\nThe status is 101 (RFC 6455 4.1)"), QStringLiteral("✗\nWrong accept (RFC 6455 4.1)")})
        QVERIFY2(words.contains(word), qPrintable(words));
    QTest::mouseClick(named<QToolButton>(&bench.inspector, QStringLiteral("Copy: Request, as sent")), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("GET /feed HTTP/1.1\r\nHost: example.com\r\n\r\n"));
}

void TestInspector::showsARefusedBody()
{
    Bench bench;
    ConnectionRecord record = sampleRecord();
    record.responseHead = "HTTP/1.1 403 Forbidden\r\n\r\n";
    record.responseBody = "<p>not for you</p>\n";
    record.endKind = EndKind::HandshakeFailed;
    record.endText = QStringLiteral("The server refused: 403 Forbidden.");
    const ConnectionId refused = bench.capture.addConnection(record);
    bench.open();
    bench.choosePage(QStringLiteral("Handshake"));
    bench.inspector.showConnection(refused);
    auto *body = named<QTextEdit>(&bench.inspector, QStringLiteral("Body of the reply"));
    QTRY_COMPARE(body->toPlainText(), QStringLiteral("<p>not for you</p>"));
    QVERIFY(body->isVisible());
    QVERIFY(bench.words().contains(QStringLiteral("The server refused: 403 Forbidden.")));
    bench.inspector.showConnection(bench.connection);
    QTRY_VERIFY(!body->isVisible());
}

void TestInspector::updatesTheHandshakeWithoutScrolling()
{
    Bench bench;
    bench.open();
    bench.choosePage(QStringLiteral("Handshake"));
    bench.inspector.showConnection(bench.connection);
    auto *request = named<QTextEdit>(&bench.inspector, QStringLiteral("Request, as sent"));
    QTRY_VERIFY(!request->toPlainText().isEmpty());
    request->selectAll();
    ConnectionRecord record = sampleRecord();
    record.id = bench.connection;
    record.endKind = EndKind::Clean;
    record.endText = QStringLiteral("Closed with 1000.");
    bench.capture.writer().put(record);
    bench.capture.writer().flush();
    bench.inspector.showConnection(bench.connection);
    QTRY_VERIFY(bench.words().contains(QStringLiteral("Closed with 1000.")));
    QVERIFY(request->textCursor().hasSelection());
}

void TestInspector::handshakeFollowsTheEntry()
{
    Bench bench;
    ConnectionRecord other = sampleRecord();
    other.requestHead = "GET /other HTTP/1.1\r\n\r\n";
    const ConnectionId second = bench.capture.addConnection(other);
    const EntryId first = bench.capture.add(bench.connection, EntryKind::Text, "one");
    bench.open();
    bench.inspector.showConnection(second);
    auto *request = named<QTextEdit>(&bench.inspector, QStringLiteral("Request, as sent"));
    QTRY_VERIFY(request->toPlainText().startsWith(QStringLiteral("GET /other")));
    bench.inspector.showEntry(first);
    QTRY_VERIFY(request->toPlainText().startsWith(QStringLiteral("GET /feed")));
    bench.inspector.showEntry(EntryId());
    QTRY_VERIFY(request->toPlainText().startsWith(QStringLiteral("GET /other")));
}

void TestInspector::tellsTheSelection()
{
    Bench bench;
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Binary, QByteArray(96, 'x'));
    bench.open();
    bench.choosePage(QStringLiteral("Hex"));
    QSignalSpy status(&bench.inspector, &Inspector::statusText);
    bench.inspector.showEntry(id);
    QTRY_VERIFY(!status.isEmpty());
    bench.hex()->select({ByteOffset(28), 9});
    QCOMPARE(status.last().first().toString(), QStringLiteral("Entry %1, 96 B     bytes 28–36 (9)").arg(id.value()));
    bench.hex()->clearSelection();
    QCOMPARE(status.last().first().toString(), QStringLiteral("Entry %1, 96 B").arg(id.value()));
}

void TestInspector::aValueSelectsItsBytes()
{
    Bench bench;
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Binary, "0123456789abcdefghijklmnop");
    bench.open();
    bench.choosePage(QStringLiteral("Hex"));
    bench.inspector.showEntry(id);
    QTRY_COMPARE(bench.hex()->source()->size(), 26);
    QTest::mouseClick(named<QToolButton>(&bench.inspector, QStringLiteral("All values")), Qt::LeftButton);
    auto *table = named<QTableView>(&bench.inspector, QStringLiteral("All values at the selection"));
    // The strip grows for it.
    QTRY_VERIFY(table->isVisible() && table->height() > 150);
    const auto choose = [table](const QString &name) {
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            if (table->model()->index(row, 0).data().toString() == name)
                table->setCurrentIndex(table->model()->index(row, 1));
        }
        QTest::keyClick(table, Qt::Key_Return);
    };
    bench.hex()->select({ByteOffset(5), 1});
    choose(QStringLiteral("u64"));
    QCOMPARE(bench.hex()->selection(), (HexRange{ByteOffset(5), 8}));
    QCOMPARE(table->currentIndex().data().toString(), QStringLiteral("7161393255856682549"));
    choose(QStringLiteral("GUID"));
    QCOMPARE(bench.hex()->selection(), (HexRange{ByteOffset(5), 16}));
    QCOMPARE(bench.hex()->caret(), ByteOffset(5));
    // The next inspector shows them at once.
    const Inspector next;
    QVERIFY(!named(&next, QStringLiteral("All values at the selection"))->isHidden());
}

void TestInspector::savesTheSelectedBytes_data()
{
    QTest::addColumn<bool>("onTheWire");
    QTest::newRow("of the message") << false;
    QTest::newRow("on the wire") << true;
}

void TestInspector::savesTheSelectedBytes()
{
    QFETCH(bool, onTheWire);
    Bench bench;
    QByteArray payload(3'000'000, 'x');
    payload.replace(2'000'000, 5, "there");
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Binary, payload);
    bench.open();
    bench.choosePage(QStringLiteral("Hex"));
    bench.inspector.showEntry(id);
    QTRY_COMPARE(bench.hex()->source()->size(), 3'000'000);
    if (onTheWire)
        bench.barWith(QStringLiteral("Wire"))->setCurrentIndex(0);
    const qint64 header = bench.hex()->source()->size() - 3'000'000;
    QCOMPARE(header > 0, onTheWire);
    bench.hex()->select({ByteOffset(onTheWire ? 0 : 1), 2'000'005 + header - (onTheWire ? 0 : 1)});
    bench.prompts.file = bench.capture.file(QStringLiteral("saved.bin"));
    QSignalSpy status(&bench.inspector, &Inspector::statusText);
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(5, 5), bench.hex()->mapToGlobal(QPoint(5, 5)));
    QApplication::sendEvent(bench.hex()->viewport(), &event);
    auto *menu = bench.hex()->findChild<QMenu *>(QString(), Qt::FindDirectChildrenOnly);
    for (QAction *action : menu->actions()) {
        if (action->text() == QStringLiteral("&Save selection…"))
            action->trigger();
    }
    menu->close();
    QTRY_VERIFY(!status.isEmpty() && status.last().first().toString().startsWith(QStringLiteral("Saved 2.0 MB to ")));
    QCOMPARE(bench.prompts.lastRequest.path, onTheWire ? QStringLiteral("bytes-0.bin") : QStringLiteral("bytes-1.bin"));
    const QByteArray saved = readFile(bench.prompts.file);
    QCOMPARE(saved.size(), 2'000'005 + header - (onTheWire ? 0 : 1));
    QVERIFY(saved.endsWith("xthere"));
    QCOMPARE(saved.front(), onTheWire ? '\x82' : 'x');
}

void TestInspector::keepsTheSelectionBetweenWireAndMessage()
{
    Bench bench;
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, "hello", Direction::Out);
    bench.open();
    bench.choosePage(QStringLiteral("Hex"));
    bench.inspector.showEntry(id);
    QTRY_COMPARE(bench.hex()->visibleText(), QStringLiteral("00000000  68 65 6c 6c 6f  hello"));
    bench.hex()->select({ByteOffset(1), 2});
    QTabBar *bar = bench.barWith(QStringLiteral("Wire"));
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(0).center());
    // As section 5.7 of RFC 6455 has it.
    QCOMPARE(bench.hex()->visibleText(), QStringLiteral("00000000  81 85 37 fa 21 3d 5f 9f 4d 51 58  ··7·!=_·MQX"));
    QCOMPARE(bench.hex()->selection(), (HexRange{ByteOffset(7), 2}));
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(1).center());
    QCOMPARE(bench.hex()->visibleText(), QStringLiteral("00000000  81 85 37 fa 21 3d 68 65 6c 6c 6f  ··7·!=hello"));
    QCOMPARE(bench.hex()->selection(), (HexRange{ByteOffset(7), 2}));
    QVERIFY(bench.words().contains(QStringLiteral("The payload is shown unmasked.")));
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(2).center());
    QCOMPARE(bench.hex()->selection(), (HexRange{ByteOffset(1), 2}));
}

void TestInspector::latestChoiceWins()
{
    Bench bench;
    QList<EntryId> ids;
    for (int i = 0; i < 50; ++i)
        ids +=
            bench.capture.add(bench.connection, EntryKind::Text, QByteArray(100'000, static_cast<char>('A' + i % 26)));
    const EntryId last = bench.capture.add(bench.connection, EntryKind::Text, "the last one");
    bench.open();
    QSignalSpy status(&bench.inspector, &Inspector::statusText);
    for (const EntryId id : ids)
        bench.inspector.showEntry(id);
    bench.inspector.showEntry(last);
    QTRY_COMPARE(bench.text()->toPlainText(), QStringLiteral("the last one"));
    // The first was on its way when the others came; of those only the last was read.
    QVERIFY2(status.size() <= 2, qPrintable(QString::number(status.size())));
}

void TestInspector::forgetsTheOldCapture()
{
    Bench bench;
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, "old");
    SampleCapture other;
    other.add(ConnectionId(1), EntryKind::Text, "new");
    bench.open();
    bench.inspector.showEntry(id);
    bench.inspector.setLoader(&other.loader());
    QCOMPARE(bench.words(), QStringLiteral("Choose an entry of the log to see it here."));
    bench.inspector.showEntry(EntryId(1));
    QTRY_COMPARE(bench.text()->toPlainText(), QStringLiteral("new"));
    bench.inspector.setLoader(nullptr);
    QCOMPARE(bench.words(), QStringLiteral("Choose an entry of the log to see it here."));
    bench.inspector.showEntry(EntryId(1));
    QCOMPARE(bench.words(), QStringLiteral("Choose an entry of the log to see it here."));
}

void TestInspector::tellsWhatCannotBeRead()
{
    Bench bench;
    bench.capture.add(bench.connection, EntryKind::Text, "one");
    bench.open();
    bench.inspector.showEntry(EntryId(77));
    QTRY_VERIFY(bench.words() != QStringLiteral("Choose an entry of the log to see it here."));
    QVERIFY(!bench.words().isEmpty());
}

void TestInspector::survivesBothThemes()
{
    Bench bench;
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, R"({"a":1})");
    bench.open();
    bench.inspector.showEntry(id);
    QTRY_VERIFY(!bench.text()->toPlainText().isEmpty());
    for (const theme::Scheme scheme : {theme::Scheme::Dark, theme::Scheme::Light}) {
        theme::apply(*qApp, scheme);
        const ThemeColors &colors = theme::colors(bench.inspector.palette());
        for (int i = 0; i < bench.tabs()->count(); ++i) {
            bench.tabs()->setCurrentIndex(i);
            const QImage image = bench.inspector.grab().toImage();
            // Below what stands on a page is the scheme's base colour, never the default grey.
            QCOMPARE(image.pixelColor(4, image.height() * 4 / 5), colors.base);
        }
    }
}

SOCKEYE_TEST(TestInspector, QApplication)
#include "tst_inspector.moc"
