#include "tests/widgets/SampleCapture.h"
#include "tests/widgets/Sandbox.h"
#include "tests/widgets/ScriptedPrompts.h"
#include "widgets/inspector/FramesModel.h"
#include "widgets/inspector/HexView.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/inspector/JsonText.h"
#include "widgets/inspector/PayloadText.h"
#include "widgets/style/Theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

using namespace sockeye;
using test::named;

namespace {

ConnectionRecord sampleRecord()
{
    ConnectionRecord record;
    record.url = QStringLiteral("wss://example.com/feed");
    record.peerAddress = QStringLiteral("203.0.113.7:443");
    record.requestHead = "GET /feed HTTP/1.1\r\nHost: example.com\r\n\r\n";
    record.responseHead = "HTTP/1.1 101 Switching Protocols\r\nServer: caf\xe9\r\n\r\n";
    record.checks = {
        {QStringLiteral("status"), QStringLiteral("RFC 6455 4.1"), true, QStringLiteral("The status is 101")},
        {QStringLiteral("accept"), QStringLiteral("RFC 6455 4.1"), false, QStringLiteral("Wrong accept")}};
    record.tls.version = QStringLiteral("TLS 1.3");
    record.tls.cipher = QStringLiteral("TLS_AES_128_GCM_SHA256");
    record.timings.total = std::chrono::milliseconds(84);
    return record;
}

/// An inspector over a capture that each test fills.
class Bench final
{
public:
    Bench()
    {
        inspector.resize(640, 480);
        inspector.setPrompts(&prompts);
        connection = capture.addConnection(sampleRecord());
    }

    test::SampleCapture capture;
    test::ScriptedPrompts prompts;
    ConnectionId connection;
    Inspector inspector;

    void open()
    {
        inspector.setLoader(&capture.loader());
        inspector.show();
        QVERIFY(QTest::qWaitForWindowExposed(&inspector));
    }
    void choosePage(const QString &name)
    {
        for (int i = 0; i < tabs()->count(); ++i) {
            if (tabs()->tabText(i) == name)
                tabs()->setCurrentIndex(i);
        }
    }
    [[nodiscard]] QTabWidget *tabs() const { return inspector.findChild<QTabWidget *>(); }
    [[nodiscard]] PayloadText *text() const { return inspector.findChild<PayloadText *>(); }
    [[nodiscard]] HexView *hex() const { return inspector.findChild<HexView *>(); }
    [[nodiscard]] QTabBar *barWith(const QString &first) const
    {
        for (QTabBar *bar : inspector.findChildren<QTabBar *>(QStringLiteral("subTabs"))) {
            if (bar->tabText(0) == first)
                return bar;
        }
        return nullptr;
    }
    /// All words that stand on the current page.
    [[nodiscard]] QString words() const
    {
        QStringList all;
        for (const QLabel *label : tabs()->currentWidget()->findChildren<QLabel *>()) {
            if (label->isVisible())
                all += label->text();
        }
        return all.join(u'\n');
    }
};

} // namespace

class TestInspector final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void namesItsPages();
    void isEmptyBeforeAChoice();
    void showsTextAsItIs();
    void showsJsonIndented();
    void indentsWithoutChangingTokens_data();
    void indentsWithoutChangingTokens();
    void refusesWhatIsNoJson();
    void limitsIndentation();
    void findsTokens();
    void breaksLongLinesUnseen();
    void showsTheBeginningOfALongText();
    void savesAPayload();
    void tellsWhereAPayloadCannotBeSaved();
    void showsBinaryInHex();
    void showsCloseCodeAndReason();
    void showsAnEventsSentence();
    void showsFindingsWeightiestFirst();
    void showsFrames();
    void framesModelHolds();
    void copiesFrames();
    void showsTheHandshake();
    void showsARefusedBody();
    void updatesTheHandshakeWithoutScrolling();
    void handshakeFollowsTheEntry();
    void tellsTheSelection();
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
                                 QStringLiteral("Handshake")}));
}

void TestInspector::isEmptyBeforeAChoice()
{
    Bench bench;
    bench.open();
    for (const QString &page : {QStringLiteral("Message"), QStringLiteral("Hex"), QStringLiteral("Frames")}) {
        bench.choosePage(page);
        QCOMPARE(bench.words(), QStringLiteral("Choose an entry of the log to see it here."));
    }
    bench.choosePage(QStringLiteral("Handshake"));
    QCOMPARE(bench.words(), QStringLiteral("No connection yet"));
}

void TestInspector::showsTextAsItIs()
{
    Bench bench;
    const QString text = QStringLiteral("line one\nline “two”\n");
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, text.toUtf8());
    bench.open();
    QSignalSpy status(&bench.inspector, &Inspector::statusText);
    bench.inspector.showEntry(id);
    QTRY_COMPARE(bench.text()->toPlainText(), text);
    QCOMPARE(status.last().first().toString(), QStringLiteral("Selected 1 entry, 24 B"));
    QTest::mouseClick(named<QToolButton>(&bench.inspector, QStringLiteral("Copy the text")), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), text);
    bench.inspector.showEntry(EntryId());
    QCOMPARE(bench.words(), QStringLiteral("Choose an entry of the log to see it here."));
    QCOMPARE(status.last().first().toString(), QString());
}

void TestInspector::showsJsonIndented()
{
    Bench bench;
    const QByteArray json = R"({"op":"subscribe","list":[1,2]})";
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, json);
    const EntryId plain = bench.capture.add(bench.connection, EntryKind::Text, "no json");
    bench.open();
    bench.inspector.showEntry(id);
    const QString indented = QStringLiteral("{\n  \"op\": \"subscribe\",\n  \"list\": [\n    1,\n    2\n  ]\n}");
    QTRY_COMPARE(bench.text()->toPlainText(), indented);
    QTabBar *bar = bench.barWith(QStringLiteral("Formatted"));
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(1).center());
    QCOMPARE(bench.text()->toPlainText(), QString::fromUtf8(json));
    bench.inspector.showEntry(plain);
    QTRY_COMPARE(bench.text()->toPlainText(), QStringLiteral("no json"));
    QVERIFY(!bar->isTabEnabled(0));
    // The choice stays for the next entry.
    bench.inspector.showEntry(id);
    QTRY_COMPARE(bench.text()->toPlainText(), QString::fromUtf8(json));
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(0).center());
    QCOMPARE(bench.text()->toPlainText(), indented);
}

void TestInspector::indentsWithoutChangingTokens_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("indented");
    QTest::newRow("order and duplicates")
        << QByteArray(R"({"b":1,"a":2,"b":3})") << QStringLiteral("{\n  \"b\": 1,\n  \"a\": 2,\n  \"b\": 3\n}");
    QTest::newRow("numbers as written") << QByteArray("[18014398509481985,1.10,1E+2]")
                                        << QStringLiteral("[\n  18014398509481985,\n  1.10,\n  1E+2\n]");
    QTest::newRow("strings as written") << QByteArray(R"(["a\"],{\\","\u0041, ː"])")
                                        << QStringLiteral("[\n  \"a\\\"],{\\\\\",\n  \"\\u0041, ː\"\n]");
    QTest::newRow("empty") << QByteArray("[ {\n} , [ ] ]") << QStringLiteral("[\n  {},\n  []\n]");
    QTest::newRow("nothing in it") << QByteArray("{}") << QStringLiteral("{}");
}

void TestInspector::indentsWithoutChangingTokens()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, indented);
    QCOMPARE(indentedJson(json, 10'000), indented);
    QCOMPARE(QJsonDocument::fromJson(indented.toUtf8()), QJsonDocument::fromJson(json));
}

void TestInspector::refusesWhatIsNoJson()
{
    for (const char *text : {"", "hello", "{\"a\":", "[1,]", "{\"a\":1} x", "42"})
        QVERIFY2(!indentedJson(text, 10'000), text);
}

void TestInspector::limitsIndentation()
{
    // 500 levels of brackets would grow to 500 lines of up to 1,000 spaces.
    const QByteArray deep = QByteArray(500, '[') + '1' + QByteArray(500, ']');
    QVERIFY(!indentedJson(deep, 10'000));
    QVERIFY(indentedJson(deep, 1'000'000));
}

void TestInspector::findsTokens()
{
    using Kind = JsonToken::Kind;
    QCOMPARE(
        jsonTokens(u"  \"k\\\"\" : [\"v\", -1.5e3, true]"),
        (QList<JsonToken>{{Kind::Key, 2, 5}, {Kind::String, 11, 3}, {Kind::Number, 16, 6}, {Kind::Literal, 24, 4}}));
    QCOMPARE(jsonTokens(u"\"open"), (QList<JsonToken>{{Kind::String, 0, 5}}));
    QVERIFY(jsonTokens(u"").isEmpty());
}

void TestInspector::breaksLongLinesUnseen()
{
    Bench bench;
    const QByteArray line = QByteArray("0123456789").repeated(2000);
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, line + "\nlast");
    bench.open();
    bench.inspector.showEntry(id);
    QTRY_VERIFY(bench.text()->toPlainText().endsWith(QStringLiteral("last")));
    QCOMPARE(bench.text()->blockCount(), 6);
    bench.text()->selectAll();
    bench.text()->copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromLatin1(line + "\nlast"));
    QCOMPARE(bench.text()->wholeText(), QString::fromLatin1(line + "\nlast"));
}

void TestInspector::showsTheBeginningOfALongText()
{
    Bench bench;
    const QByteArray text = QByteArray("a line of sixteen").repeated(100'000);
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, text);
    bench.open();
    bench.inspector.showEntry(id);
    QTRY_COMPARE(bench.text()->wholeText().size(), 1024 * 1024);
    QVERIFY2(bench.words().contains(QStringLiteral("The first 1.0 MB of 1.7 MB are shown.")),
             qPrintable(bench.words()));
    // The document fills in slices: the window gets its turn in between.
    const qsizetype blocks = (1024 * 1024 + PreparedText::MaxLine - 1) / PreparedText::MaxLine;
    QTRY_COMPARE(bench.text()->blockCount(), blocks);
}

void TestInspector::savesAPayload()
{
    Bench bench;
    QByteArray payload(5'000'000, 'x');
    payload.replace(4'999'000, 5, "final");
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Binary, payload);
    bench.open();
    bench.prompts.file = bench.capture.file(QStringLiteral("saved.bin"));
    QSignalSpy status(&bench.inspector, &Inspector::statusText);
    bench.inspector.showEntry(id);
    auto *save = named<QToolButton>(&bench.inspector, QStringLiteral("Save payload…"));
    QTRY_VERIFY(save->isVisible() && save->isEnabled());
    QTest::mouseClick(save, Qt::LeftButton);
    QCOMPARE(bench.prompts.lastRequest.path, QStringLiteral("message-1.bin"));
    QTRY_VERIFY(status.last().first().toString().startsWith(QStringLiteral("Saved 5.0 MB to ")));
    QFile file(bench.prompts.file);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), payload);
}

void TestInspector::tellsWhereAPayloadCannotBeSaved()
{
    Bench bench;
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, "hello");
    bench.open();
    bench.prompts.file = bench.capture.file(QStringLiteral("no/such/folder/a.txt"));
    QSignalSpy status(&bench.inspector, &Inspector::statusText);
    bench.inspector.showEntry(id);
    QTRY_COMPARE(bench.text()->toPlainText(), QStringLiteral("hello"));
    QTest::mouseClick(named<QToolButton>(&bench.inspector, QStringLiteral("Save payload…")), Qt::LeftButton);
    QTRY_VERIFY(status.last().first().toString().contains(QStringLiteral("could not be written")));
    QVERIFY(status.last().first().toString().contains(QStringLiteral("a.txt")));
}

void TestInspector::showsBinaryInHex()
{
    Bench bench;
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Binary, QByteArray("\x00\x01\x02", 3));
    bench.open();
    bench.inspector.showEntry(id);
    QTRY_COMPARE(bench.words(), QStringLiteral("A binary message of 3 B"));
    for (QPushButton *button : bench.inspector.findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Show in Hex"))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(bench.tabs()->tabText(bench.tabs()->currentIndex()), QStringLiteral("Hex"));
    QCOMPARE(bench.hex()->visibleText(), QStringLiteral("00000000  00 01 02  ···"));
}

void TestInspector::showsCloseCodeAndReason()
{
    Bench bench;
    const EntryId with = bench.capture.add(bench.connection, EntryKind::Close, encodeCloseBody(1000, u"bye"));
    const EntryId without = bench.capture.add(bench.connection, EntryKind::Close, {});
    bench.open();
    bench.inspector.showEntry(with);
    QTRY_COMPARE(bench.words(), QStringLiteral("Close 1000 normal closure\nReason: bye"));
    bench.inspector.showEntry(without);
    QTRY_VERIFY(bench.words().startsWith(QStringLiteral("Close without a code (1005")));
}

void TestInspector::showsAnEventsSentence()
{
    Bench bench;
    const EntryId id = bench.capture.add(NewEntry::fromEvent(bench.connection, {}, EventKind::Open,
                                                             QStringLiteral("Connected · 101 Switching Protocols")));
    bench.open();
    bench.inspector.showEntry(id);
    QTRY_COMPARE(bench.words(), QStringLiteral("Connected · 101 Switching Protocols"));
    bench.choosePage(QStringLiteral("Frames"));
    QCOMPARE(bench.words(), QStringLiteral("An event is no frame."));
}

void TestInspector::showsFindingsWeightiestFirst()
{
    Bench bench;
    NewEntry entry;
    entry.connection = bench.connection;
    entry.payload = QByteArrayLiteral("bad \xff");
    entry.frames.append(makeHeader({}, 5));
    entry.findings = {{Severity::Note, QStringLiteral("a"), QString(), QStringLiteral("A note."), -1, 0},
                      {Severity::Error, QStringLiteral("message.utf8"), QStringLiteral("RFC 6455 8.1"),
                       QStringLiteral("Invalid UTF-8 at byte 4."), 4, 1007}};
    const EntryId bad = bench.capture.add(std::move(entry));
    const EntryId good = bench.capture.add(bench.connection, EntryKind::Text, "good");
    bench.open();
    bench.inspector.showEntry(bad);
    QTRY_COMPARE(bench.words(), QStringLiteral("Error: Invalid UTF-8 at byte 4. (RFC 6455 8.1)\nNote: A note."));
    bench.inspector.showEntry(good);
    QTRY_COMPARE(bench.words(), QString());
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

void TestInspector::framesModelHolds()
{
    FramesModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    FrameHeaders frames;
    for (int i = 0; i < FramesModel::MaxRows + 5; ++i)
        frames.append(makeHeader({}, 1));
    model.setFrames(frames);
    QCOMPARE(model.rowCount(), FramesModel::MaxRows);
    model.setFrames({});
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
    auto *request = named<QPlainTextEdit>(&bench.inspector, QStringLiteral("Request, as sent"));
    auto *reply = named<QPlainTextEdit>(&bench.inspector, QStringLiteral("Reply, as received"));
    QTRY_COMPARE(request->toPlainText(), QStringLiteral("GET /feed HTTP/1.1\nHost: example.com"));
    QCOMPARE(reply->toPlainText(), QStringLiteral("HTTP/1.1 101 Switching Protocols\nServer: café"));
    QVERIFY(request->isVisible() && reply->isVisible());
    // All of a head is seen without scrolling inside it.
    QCOMPARE(request->verticalScrollBar()->maximum(), 0);
    const QString words = bench.words();
    for (const QString &word :
         {QStringLiteral("wss://example.com/feed"), QStringLiteral("203.0.113.7:443"),
          QStringLiteral("TLS 1.3 · TLS_AES_128_GCM_SHA256"), QStringLiteral("total 84.0 ms"),
          QStringLiteral("✓\nThe status is 101"), QStringLiteral("✗\nWrong accept (RFC 6455 4.1)")})
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
    auto *body = named<QPlainTextEdit>(&bench.inspector, QStringLiteral("Body of the reply"));
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
    auto *request = named<QPlainTextEdit>(&bench.inspector, QStringLiteral("Request, as sent"));
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
    auto *request = named<QPlainTextEdit>(&bench.inspector, QStringLiteral("Request, as sent"));
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
    QCOMPARE(status.last().first().toString(), QStringLiteral("Selected 1 entry, 96 B     bytes 28–36 (9)"));
    bench.hex()->clearSelection();
    QCOMPARE(status.last().first().toString(), QStringLiteral("Selected 1 entry, 96 B"));
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
    QCOMPARE(bench.hex()->visibleText(), QStringLiteral("00000000  81 85 37 fa 21 3d 68 65 6c 6c 6f  ··7·!=hello"));
    QCOMPARE(bench.hex()->selection(), (HexRange{ByteOffset(7), 2}));
    QVERIFY(bench.words().contains(QStringLiteral("The payload is shown unmasked.")));
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(1).center());
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
    test::SampleCapture other;
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
            QCOMPARE(image.pixelColor(image.width() / 2, image.height() * 4 / 5), colors.base);
        }
    }
}

QTEST_MAIN(TestInspector)
#include "tst_inspector.moc"
