#include "exchange/ExporterContract.h"

#include "support/TestProgram.h"

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestCsvExporter final : public ExporterContract
{
    Q_OBJECT

protected:
    [[nodiscard]] QString exporterName() const override { return u"csv"_s; }
    void verifyWellFormed(const QByteArray &out) const override;
    [[nodiscard]] QByteArray payloadOf(const QByteArray &out, int message) const override;
    [[nodiscard]] QByteArray annotationAsWritten() const override
    {
        return ",true,2,\"see \"\"this\"\"\nws://h/?token=***\"\r\n";
    }

private Q_SLOTS:
    void writesTheDocumentedRecords();
    void writesCloses();
    void isSafeForSpreadsheets_data();
    void isSafeForSpreadsheets();
    void isExactByDefault();
    void keepsCharactersWholeInLargeTexts();
    void beginsWithAByteOrderMarkIfTold();

private:
    static constexpr int Columns = 14;
    [[nodiscard]] static QList<QList<QByteArray>> records(const QByteArray &out);
};

/// Reads RFC 4180 strictly enough: a stray quote or a bare line feed makes a record of the wrong length.
QList<QList<QByteArray>> TestCsvExporter::records(const QByteArray &out)
{
    QList<QList<QByteArray>> records;
    QList<QByteArray> record;
    QByteArray field;
    for (qsizetype i = 0; i < out.size(); ++i) {
        if (out[i] == '"') {
            for (++i; i < out.size(); ++i) {
                if (out[i] != '"')
                    field += out[i];
                else if (i + 1 < out.size() && out[i + 1] == '"')
                    field += out[++i];
                else
                    break;
            }
        } else if (out[i] == ',') {
            record += std::exchange(field, {});
        } else if (out[i] == '\r' && i + 1 < out.size() && out[i + 1] == '\n') {
            record += std::exchange(field, {});
            records += std::exchange(record, {});
            ++i;
        } else {
            field += out[i];
        }
    }
    if (!field.isEmpty() || !record.isEmpty())
        records += record;
    return records;
}

void TestCsvExporter::verifyWellFormed(const QByteArray &out) const
{
    const QList<QList<QByteArray>> all = records(out);
    QVERIFY(!all.isEmpty());
    QCOMPARE(
        all.first().join(','),
        QByteArray(
            "entry,connection,time,direction,kind,size,wire_size,compressed,code,text,base64,bookmarked,colour,note"));
    for (const QList<QByteArray> &record : all)
        QCOMPARE(record.size(), Columns);
}

QByteArray TestCsvExporter::payloadOf(const QByteArray &out, int message) const
{
    const QList<QList<QByteArray>> all = records(out);
    for (const QList<QByteArray> &record : all.mid(1)) {
        if (record.at(1) != "1" || record.at(4) == "event" || message-- > 0)
            continue;
        return record.at(10).isEmpty() ? record.at(9) : QByteArray::fromBase64(record.at(10));
    }
    return "no such message";
}

void TestCsvExporter::writesTheDocumentedRecords()
{
    SampleCapture capture;
    const ConnectionId connection = capture.addConnection({});
    capture.addMessage(connection, Direction::In, Opcode::Text, "say \"hi\",\nthen go");
    capture.addMessage(connection, Direction::Out, Opcode::Binary, QByteArray("\x00\xff\x10", 3));
    const QByteArray expected =
        "entry,connection,time,direction,kind,size,wire_size,compressed,code,text,base64,bookmarked,colour,note\r\n"
        "1,1,2026-11-22T15:20:00.123456789Z,in,text,17,19,false,,\"say \"\"hi\"\",\nthen go\",,,,\r\n"
        "2,1,2026-11-22T15:20:00.124456789Z,out,binary,3,9,false,,,AP8Q,,,\r\n";
    QCOMPARE(exported(capture), expected);
}

void TestCsvExporter::writesCloses()
{
    SampleCapture capture;
    capture.addEverything();
    const QList<QList<QByteArray>> all = records(exported(capture));
    QCOMPARE(all.at(12).mid(8, 3), QList<QByteArray>({"1000", "bye, \"friend\"", ""}));
    QCOMPARE(all.at(14).mid(8, 3), QList<QByteArray>({"1005", "", ""}));
    QCOMPARE(all.at(15).mid(8, 3), QList<QByteArray>({"1005", "", "Aw=="}));
}

void TestCsvExporter::isSafeForSpreadsheets_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("cell");
    QTest::newRow("formula") << QByteArray("=1+1") << QByteArray("'=1+1");
    QTest::newRow("plus") << QByteArray("+12") << QByteArray("'+12");
    QTest::newRow("minus") << QByteArray("-2+3") << QByteArray("'-2+3");
    QTest::newRow("at") << QByteArray("@SUM(1)") << QByteArray("'@SUM(1)");
    QTest::newRow("behind a tab") << QByteArray("\t=1+1") << QByteArray("'\t=1+1");
    QTest::newRow("behind a carriage return") << QByteArray("\r=1+1") << QByteArray("'\\x0d=1+1");
    QTest::newRow("behind a line feed") << QByteArray("\n=1+1") << QByteArray("'\n=1+1");
    QTest::newRow("wide") << QByteArray("\xef\xbc\x9d 1") << QByteArray("'\xef\xbc\x9d 1");
    QTest::newRow("JSON") << QByteArray("{\"a\":-1}") << QByteArray("{\"a\":-1}");
    QTest::newRow("inside") << QByteArray("a=1") << QByteArray("a=1");
    QTest::newRow("apostrophe") << QByteArray("'=1") << QByteArray("'=1");
    QTest::newRow("controls") << QByteArray("a\x1b[m\0\xe2\x80\xae", 8) << QByteArray("a\\x1b[m\\x00\\u202e");
    QTest::newRow("empty") << QByteArray() << QByteArray();
}

void TestCsvExporter::isSafeForSpreadsheets()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, cell);
    SampleCapture capture;
    const ConnectionId connection = capture.addConnection({});
    capture.addMessage(connection, Direction::In, Opcode::Text, text);
    capture.addMessage(connection, Direction::In, Opcode::Close, "\x03\xe8" + text);
    const QList<QList<QByteArray>> all = records(exported(capture, {.csvSafe = true, .query = {}}));
    QCOMPARE(all.at(1).at(9), cell);
    QCOMPARE(all.at(2).at(9), cell);
}

void TestCsvExporter::isExactByDefault()
{
    const QByteArray text = "=1+1 \x1b\xe2\x80\xae";
    SampleCapture capture;
    capture.addMessage(capture.addConnection({}), Direction::In, Opcode::Text, text);
    QCOMPARE(records(exported(capture)).at(1).at(9), text);
}

void TestCsvExporter::keepsCharactersWholeInLargeTexts()
{
    // Parts of a payload end within a character wherever that is three bytes long and the first part is shifted by one.
    const QByteArray text = "x" + QByteArray("\xe2\x80\xae\xe2\x82\xac").repeated(400'000);
    QByteArray expected = text;
    expected.replace("\xe2\x80\xae", "\\u202e");
    SampleCapture capture;
    capture.addMessage(capture.addConnection({}), Direction::In, Opcode::Text, text);
    QVERIFY(records(exported(capture, {.csvSafe = true, .query = {}})).at(1).at(9) == expected);
    QVERIFY(records(exported(capture)).at(1).at(9) == text);
}

void TestCsvExporter::beginsWithAByteOrderMarkIfTold()
{
    SampleCapture capture;
    capture.addMessage(capture.addConnection({}), Direction::In, Opcode::Text, "caf\xc3\xa9");
    const QByteArray marked = exported(capture, {.csvByteOrderMark = true, .query = {}});
    QCOMPARE(marked, "\xef\xbb\xbf" + exported(capture));
}

SOCKEYE_TEST(TestCsvExporter, QCoreApplication)
#include "tst_csv_exporter.moc"
