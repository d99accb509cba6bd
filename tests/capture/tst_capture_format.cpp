#include "capture/AnnotationWriter.h"
#include "capture/Samples.h"
#include "support/TestProgram.h"

#include <sqlite3.h>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// docs/capture-format.md against a capture: its sample queries run, and its tables tell every column.
class CaptureFormatTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { sqlite3_close(m_database); }
    void runsEverySampleQuery_data();
    void runsEverySampleQuery();
    void namesEveryColumn_data();
    void namesEveryColumn();
    void showsWholePayloadsAndFrames();

private:
    [[nodiscard]] QList<QByteArrayList> query(const QByteArray &sql, int *code = nullptr) const;

    QTemporaryDir m_directory;
    QByteArray m_page;
    sqlite3 *m_database = nullptr;
};

void CaptureFormatTest::initTestCase()
{
    QFile page(QStringLiteral(CAPTURE_FORMAT_PAGE));
    QVERIFY(page.open(QIODevice::ReadOnly));
    m_page = page.readAll();

    QList<NewEntry> entries;
    for (int i = 0; i < 3; ++i) {
        NewEntry ping = samples::text("beat", 1'000'000'000LL * i);
        ping.kind = EntryKind::Ping;
        NewEntry pong = ping;
        pong.kind = EntryKind::Pong;
        pong.direction = Direction::Out;
        pong.time += std::chrono::milliseconds(3);
        // The last ping is ours, and the peer's pong has its time.
        if (i == 2) {
            std::swap(ping.direction, pong.direction);
            pong.latency = std::chrono::milliseconds(3);
        }
        entries << ping << pong;
    }
    entries << samples::text("the price is 5") << samples::text(samples::pattern(3'000'000));
    entries.last().frames.append(samples::header(Opcode::Continuation, 100, true, true));
    entries.last().findings = {{Severity::Error, u"frame.rsv"_s, u"RFC 6455 5.2"_s, u"a finding"_s, 1, 1002}};
    const QString path = m_directory.filePath(u"a.sockeye"_s);
    samples::makeCapture(path, entries);
    VERIFY_RESULT(writeAnnotations(path, {{EntryId(2), {true, 1, u"late"_s}}}));
    QCOMPARE(sqlite3_open_v2(path.toUtf8().constData(), &m_database, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
}

QList<QByteArrayList> CaptureFormatTest::query(const QByteArray &sql, int *code) const
{
    QList<QByteArrayList> rows;
    const auto take = [](void *to, int count, char **values, char **) {
        QByteArrayList row;
        for (int i = 0; i < count; ++i)
            row.append(QByteArray(values[i]));
        static_cast<QList<QByteArrayList> *>(to)->append(row);
        return 0;
    };
    const int done = sqlite3_exec(m_database, sql.constData(), take, &rows, nullptr);
    if (done != SQLITE_OK)
        qWarning("%s", sqlite3_errmsg(m_database));
    if (code)
        *code = done;
    return rows;
}

void CaptureFormatTest::runsEverySampleQuery_data()
{
    QTest::addColumn<QByteArray>("sql");
    int count = 0;
    for (qsizetype at = m_page.indexOf("```sql\n"); at >= 0; at = m_page.indexOf("```sql\n", at)) {
        const qsizetype end = m_page.indexOf("\n```\n", at);
        QTest::addRow("query %d", ++count) << m_page.mid(at + 7, end - at - 7);
        at = end;
    }
    QVERIFY(count > 10);
}

void CaptureFormatTest::runsEverySampleQuery()
{
    QFETCH(QByteArray, sql);
    int code = SQLITE_ERROR;
    const QList<QByteArrayList> rows = query(sql, &code);
    QCOMPARE(code, SQLITE_OK);
    // Two look into entry 5, a short one here, and one makes a table.
    if (!sql.contains("id = 5 * 65536") && !sql.contains("CREATE TABLE"))
        QVERIFY2(!rows.isEmpty(), sql.constData());
}

void CaptureFormatTest::namesEveryColumn_data()
{
    QTest::addColumn<QByteArray>("table");
    const QList<QByteArrayList> tables = query("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')");
    QCOMPARE(tables.size(), 13);
    for (const QByteArrayList &row : tables)
        QTest::newRow(row[0].constData()) << row[0];
}

void CaptureFormatTest::namesEveryColumn()
{
    QFETCH(QByteArray, table);
    qsizetype start = m_page.indexOf("### " + table + '\n');
    qsizetype end = m_page.indexOf("\n##", start + 1);
    if (start < 0) {
        start = m_page.indexOf("| `" + table + "` |");
        end = m_page.indexOf('\n', start);
    }
    QVERIFY2(start >= 0, "It has no section and no line");
    const QByteArray section = m_page.mid(start, end - start);
    for (const QByteArrayList &row : query("SELECT name FROM pragma_table_info('" + table + "')"))
        QVERIFY2(section.contains('`' + row[0] + '`'), row[0].constData());
}

void CaptureFormatTest::showsWholePayloadsAndFrames()
{
    QCOMPARE(query("SELECT entry, count(*), sum(length(data)) FROM payloads GROUP BY entry ORDER BY entry").last(),
             QByteArrayList({"8", "3", "3000000"}));
    QCOMPARE(query("SELECT DISTINCT entry FROM payloads").size(), 8);
    QCOMPARE(query("SELECT count(*) FROM frames").constFirst(), QByteArrayList({"9"}));
    QCOMPARE(query("SELECT time, direction, kind, size, preview FROM log WHERE id = 2").constFirst(),
             QByteArrayList({"1970-01-01T00:00:00.003000000Z", "out", "pong", "4", "62656174"}));
}

SOCKEYE_TEST(CaptureFormatTest, QCoreApplication)
#include "tst_capture_format.moc"
