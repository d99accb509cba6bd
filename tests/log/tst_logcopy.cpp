#include "log/LogCopy.h"

#include "log/OpenedLog.h"
#include "reading/CaptureReader.h"
#include "support/TestProgram.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <optional>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestLogCopy final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void copiesRowsAsText();
    void copiesTheChosenColumns();
    void copiesDeltasFromTheShownEntry();
    void copiesPayloadsAsText();
    void copiesPayloadsAsHex();
    void copiesJsonLinesAsTheyAreExported();
    void copiesAMarkdownTable();
    void payloadIsNoMarkdown();
    void copiesNoMoreThanFits();
    void cutsBetweenCharacters();
    void copiesNoMoreThanSoManyRows();

private:
    void open(int rows);
    CopiedRows copied(const RowRanges &ranges, CopyFormat format);

    std::unique_ptr<SampleLog> m_log;
    std::unique_ptr<OpenedLog> m_opened;
};

void TestLogCopy::init()
{
    m_log = std::make_unique<SampleLog>();
}

void TestLogCopy::cleanup()
{
    m_opened.reset();
    m_log.reset();
}

void TestLogCopy::open(int rows)
{
    m_log->writer().flush();
    m_opened = std::make_unique<OpenedLog>(m_log->path());
    QTRY_COMPARE(m_opened->model.rowCount(), rows);
}

CopiedRows TestLogCopy::copied(const RowRanges &ranges, CopyFormat format)
{
    std::optional<CopiedRows> result;
    m_opened->model.readText(ranges, format, this, [&result](const CopiedRows &rows) { result = rows; });
    return QTest::qWaitFor([&result] { return result.has_value(); }) ? *result : CopiedRows();
}

void TestLogCopy::copiesRowsAsText()
{
    m_log->addMany(500);
    open(500);
    const CopiedRows rows = copied({{Row(0), Row(0)}, {Row(300), Row(301)}}, CopyFormat::Rows);
    QCOMPARE(rows.rows, 3);
    QVERIFY(rows.isComplete);
    const QStringList lines = rows.text.split(u'\n');
    QCOMPARE(lines.size(), 4);
    QCOMPARE(lines.last(), QString());
    const QStringList cells = lines.at(1).split(u'\t');
    QCOMPARE(cells.size(), 7);
    QCOMPARE(cells.at(0), u"301"_s);
    QCOMPARE(cells.at(2), u"+1.00 ms"_s);
    QCOMPARE(cells.at(6), u"{\"n\":300}"_s);
    // The first row of all has nothing before it.
    QCOMPARE(lines.at(0).split(u'\t').at(2), QString());
}

void TestLogCopy::copiesTheChosenColumns()
{
    m_log->addMany(10);
    open(10);
    m_opened->model.setCopiedColumns({LogModel::SizeColumn, LogModel::EntryColumn, LogModel::WireSizeColumn});
    QCOMPARE(copied({{Row(1), Row(2)}}, CopyFormat::Rows).text, u"6 B\t2\t8 B\n4 B\t3\t6 B\n"_s);
}

void TestLogCopy::copiesDeltasFromTheShownEntry()
{
    m_log->addMany(100);
    open(100);
    m_opened->model.setCopiedColumns({LogModel::EntryColumn, LogModel::DeltaColumn});
    m_opened->model.setFilter(query(u"dir:out"_s));
    QTRY_COMPARE(m_opened->model.rowCount(), 25);
    QCOMPARE(copied({{Row(0), Row(1)}, {Row(7), Row(7)}}, CopyFormat::Rows).text,
             u"2\t\n6\t+4.00 ms\n30\t+4.00 ms\n"_s);
    m_opened->model.setDeltaFrom(DeltaFrom::Selected);
    m_opened->model.setDeltaReference(EntryId(10));
    QCOMPARE(copied({{Row(0), Row(0)}, {Row(7), Row(7)}}, CopyFormat::Rows).text, u"2\t-8.00 ms\n30\t+20.0 ms\n"_s);
}

void TestLogCopy::copiesPayloadsAsText()
{
    m_log->add(Direction::In, EntryKind::Text, "grüße");
    m_log->add(Direction::In, EntryKind::Text, QByteArray(1000, 'x'));
    m_log->add(Direction::In, EntryKind::Binary, QByteArray::fromHex("00ff"));
    m_log->add(Direction::In, EntryKind::Text, QByteArray::fromHex("61ff"));
    m_log->add(Direction::In, EntryKind::Ping, "beat");
    m_log->add(Direction::Out, EntryKind::Close, QByteArray::fromHex("03e8") + "bye");
    m_log->addEvent(EventKind::Notice, u"Dialling wss://u:secret@h/"_s);
    open(7);
    QCOMPARE(copied({{Row(0), Row(6)}}, CopyFormat::Text).text,
             u"grüße\n"_s + QString(1000, u'x') + u"\n00ff\n61ff\nbeat\n"_s +
                 m_opened->data(5, LogModel::PreviewColumn, Qt::AccessibleTextRole).toString() +
                 u"\nDialling wss://u:***@h/\n"_s);
}

void TestLogCopy::copiesPayloadsAsHex()
{
    m_log->add(Direction::In, EntryKind::Text, "grü");
    m_log->add(Direction::In, EntryKind::Binary, QByteArray(300, '\x7f'));
    m_log->add(Direction::In, EntryKind::Text, {});
    open(3);
    QCOMPARE(copied({{Row(0), Row(2)}}, CopyFormat::Hex).text,
             u"6772c3bc\n"_s + QString(u"7f"_s).repeated(300) + u"\n\n"_s);
}

void TestLogCopy::copiesJsonLinesAsTheyAreExported()
{
    m_log->addEveryKind();
    open(15);
    const CopiedRows rows = copied({{Row(1), Row(2)}, {Row(9), Row(14)}}, CopyFormat::JsonLines);
    QCOMPARE(rows.rows, 8);
    QStringList lines = rows.text.split(u'\n');
    QCOMPARE(lines.takeLast(), QString());
    QCOMPARE(lines.size(), 8);
    for (qsizetype n = 0; n < lines.size(); ++n) {
        const QJsonObject line = QJsonDocument::fromJson(lines.at(n).toUtf8()).object();
        QCOMPARE(line.value("entry"_L1).toInt(), (QList{2, 3, 10, 11, 12, 13, 14, 15}.at(n)));
    }
    QCOMPARE(QJsonDocument::fromJson(lines.at(1).toUtf8()).object().value("text"_L1).toString(),
             uR"({"ok":true,"subscribed":1})"_s);
}

void TestLogCopy::copiesAMarkdownTable()
{
    m_log->add(Direction::In, EntryKind::Text, "a | b");
    open(1);
    m_opened->model.setCopiedColumns({LogModel::EntryColumn, LogModel::DirectionColumn, LogModel::PreviewColumn});
    QCOMPARE(copied({{Row(0), Row(0)}}, CopyFormat::Markdown).text,
             u"| Number | Direction | Preview |\n| ---: | --- | --- |\n| 1 | ↓ | `a \\| b` |\n"_s);
}

void TestLogCopy::payloadIsNoMarkdown()
{
    for (const char *payload : {"", "a `code` b", "`", "x``y", "<b>*bold*</b>"})
        m_log->add(Direction::In, EntryKind::Text, payload);
    open(5);
    m_opened->model.setCopiedColumns({LogModel::PreviewColumn});
    const QStringList lines = copied({{Row(0), Row(4)}}, CopyFormat::Markdown).text.split(u'\n');
    QCOMPARE(lines.at(2), u"|  |"_s);
    QCOMPARE(lines.at(3), u"| ``a `code` b`` |"_s);
    QCOMPARE(lines.at(4), u"| `` ` `` |"_s);
    QCOMPARE(lines.at(5), u"| ```x``y``` |"_s);
    QCOMPARE(lines.at(6), u"| `<b>*bold*</b>` |"_s);
}

void TestLogCopy::copiesNoMoreThanFits()
{
    m_log->add(Direction::In, EntryKind::Text, "small");
    for (const char *letter : {"x", "y", "ü"})
        m_log->add(Direction::In, EntryKind::Text, QByteArray(letter).repeated(4'000));
    open(4);
    const auto capture = CaptureReader::open(m_log->path());
    const auto copy = [&capture](int first, CopyFormat format) {
        CopyStyle style;
        style.format = format;
        style.maxSize = 10'000;
        const SelectedRows rows({}, EntryId(4), {{Row(first), Row(3)}});
        return copyRows(*capture.value(), rows, style, CancelToken()).value();
    };
    const CopiedRows text = copy(0, CopyFormat::Text);
    QCOMPARE(text.rows, 3);
    QVERIFY(!text.isComplete);
    QCOMPARE(text.text.size(), 6 + 2 * 4'001);
    const CopiedRows json = copy(0, CopyFormat::JsonLines);
    QCOMPARE(json.rows, 3);
    QVERIFY(!json.isComplete);
    // On its own a payload is cut, and no character in two.
    const CopiedRows cut = copy(3, CopyFormat::Hex);
    QCOMPARE(cut.rows, 1);
    QVERIFY(!cut.isComplete);
    QCOMPARE(cut.text.size(), 10'001);
}

void TestLogCopy::cutsBetweenCharacters()
{
    m_log->add(Direction::In, EntryKind::Text, "a" + QByteArray("ü").repeated(1'000));
    open(1);
    const auto capture = CaptureReader::open(m_log->path());
    CopyStyle style;
    style.format = CopyFormat::Text;
    style.maxSize = 1'000;
    const auto rows =
        copyRows(*capture.value(), SelectedRows({}, EntryId(1), {{Row(0), Row(0)}}), style, CancelToken());
    QCOMPARE(rows->text, u'a' + QString(499, u'ü') + u'\n');
    // JSON cannot be cut.
    style.format = CopyFormat::JsonLines;
    const auto json =
        copyRows(*capture.value(), SelectedRows({}, EntryId(1), {{Row(0), Row(0)}}), style, CancelToken());
    QCOMPARE(json->rows, 0);
    QVERIFY(!json->isComplete);
}

void TestLogCopy::copiesNoMoreThanSoManyRows()
{
    m_log->addMany(100);
    open(100);
    const auto capture = CaptureReader::open(m_log->path());
    CopyStyle style;
    style.format = CopyFormat::Hex;
    style.maxRows = 10;
    const auto rows =
        copyRows(*capture.value(), SelectedRows({}, EntryId(100), {{Row(0), Row(99)}}), style, CancelToken());
    QCOMPARE(rows->rows, 10);
    QVERIFY(!rows->isComplete);
    const auto all =
        copyRows(*capture.value(), SelectedRows({}, EntryId(100), {{Row(0), Row(9)}}), style, CancelToken());
    QCOMPARE(all->rows, 10);
    QVERIFY(all->isComplete);
}

SOCKEYE_TEST(TestLogCopy, QCoreApplication)
#include "tst_logcopy.moc"
