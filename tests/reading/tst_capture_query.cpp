#include "tests/capture/Samples.h"

#include "reading/ReadingConnection.h"
#include "support/TestProgram.h"

using namespace sockeye;
using namespace sockeye::filter;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MiB = 1024 * 1024;

/// Bytes of 'a' with the text at an offset.
QByteArray filled(qsizetype size, qsizetype at, const QByteArray &text)
{
    return QByteArray(size, 'a').replace(at, text.size(), text);
}

QList<qint64> idsFound(const CaptureReader &reader, const EntryQuery &query, EntryId first = EntryId(1),
                       EntryId last = EntryId(1'000'000))
{
    QList<qint64> ids;
    const Result<> done = reader.scanner().match(query, first, last, CancelToken(), [&ids](const Matches &batch) {
        for (const EntryId id : batch.ids)
            ids.append(id.value());
    });
    if (!done)
        qWarning("%s", qPrintable(done.message()));
    return done ? ids : QList<qint64>{-1};
}

QuerySql containing(const QVariant &needle, bool caseSensitive = false)
{
    return {u"contains_text(id, size, head, ?, ?)"_s, {needle, caseSensitive ? 1 : 0}};
}

EntryQuery sizeIs(qint64 low, qint64 high)
{
    return EntryQuery::of(NumberIn{FilterKey::Size, {{low, high}}});
}

} // namespace

/// Queries over a capture: conditions on columns, contains_text, batches, cancelling.
class CaptureQueryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void matchesMetadata();
    void bindsAnyValue();
    void matchesRanges();
    void findsText_data();
    void findsText();
    void findsAVaryingNeedle();
    void handsOverInBatches();
    void stopsWhenCancelled();
    void stopsInALongPayload();
    void visitsInOrder();
    void tellsABadQuery();

private:
    QTemporaryDir m_directory;
    std::unique_ptr<CaptureReader> m_reader;
    std::unique_ptr<samples::SqlCapture> m_sql;
};

void CaptureQueryTest::initTestCase()
{
    QList<NewEntry> entries = {
        samples::text("Hello World"),                              // 1
        samples::text(""),                                         // 2
        samples::text(filled(256, 250, "needle")),                 // 3: at the end of a whole head
        samples::text(filled(257, 251, "needle")),                 // 4: across the head's end
        samples::text(filled(2 * MiB + 9, MiB - 3, "NEEdle")),     // 5: across two parts
        samples::text(filled(2 * MiB + 9, MiB, "needle")),         // 6: at a part's start
        samples::text(filled(2 * MiB + 9, MiB - 6, "needle")),     // 7: at a part's end
        samples::text(filled(2 * MiB + 3, 2 * MiB - 3, "needle")), // 8: at the payload's end, in a short part
        samples::text(QByteArray("nul\0byte\xff\xfe", 10)),        // 9
        samples::text("na\xc3\xafve \xc3\x84"),                    // 10
        samples::text(filled(3 * MiB, 0, "nothing")),              // 11
        samples::text("needl"),                                    // 12
    };
    entries[0].direction = Direction::Out;
    const QString path = m_directory.filePath(u"a.sockeye"_s);
    samples::makeCapture(path, entries);
    m_reader = samples::reader(path);
    m_sql = std::make_unique<samples::SqlCapture>(path);
}

void CaptureQueryTest::matchesMetadata()
{
    QCOMPARE(idsFound(*m_reader, {}).size(), 12);
    QCOMPARE(idsFound(*m_reader, EntryQuery::of(DirectionIs{{Direction::Out}})), QList<qint64>({1}));
    QCOMPARE(idsFound(*m_reader, EntryQuery::of(NumberIn{FilterKey::Size, {{0, 0}, {257, 257}}})),
             QList<qint64>({2, 4}));
    QCOMPARE(idsFound(*m_reader, EntryQuery::of(HoldsBytes{QString::fromLatin1(QByteArray("needl").toHex())})).size(),
             6);
    QCOMPARE(idsFound(*m_reader, EntryQuery::of(IdAmong{{{2, 3}, {7, 7}, {11, 900}}})),
             QList<qint64>({2, 3, 7, 11, 12}));
    QCOMPARE(idsFound(*m_reader, EntryQuery::of(IdAmong())), QList<qint64>());
    QCOMPARE(idsFound(*m_reader, EntryQuery::of(EventIs{{EventKind::None}})).size(), 12);
    QCOMPARE(idsFound(*m_reader, EntryQuery::of(WorstFindingIs{{Severity::Note, Severity::Error}})), QList<qint64>());
}

void CaptureQueryTest::bindsAnyValue()
{
    QCOMPARE(m_sql->ids({u"head = ?"_s, {QByteArray("needl")}}).value(), QList<qint64>({12}));
    QCOMPARE(m_sql->ids({u"size / ? < 0.5 AND ? = 'x' AND ? IS NULL"_s, {100.0, u"x"_s, QVariant()}}).value(),
             QList<qint64>({1, 2, 9, 10, 12}));
    QVERIFY(!m_sql->ids({u"size = 1"_s, {5}}));
    QVERIFY(!m_sql->ids({u"no_such_column = 1"_s, {}}));
}

void CaptureQueryTest::matchesRanges()
{
    QCOMPARE(idsFound(*m_reader, {}, EntryId(5), EntryId(6)), QList<qint64>({5, 6}));
    QCOMPARE(idsFound(*m_reader, {}, EntryId(-5), EntryId(1)), QList<qint64>({1}));
    QCOMPARE(idsFound(*m_reader, {}, EntryId(7), EntryId(6)), QList<qint64>());
    QCOMPARE(idsFound(*m_reader, {Condition::anyOf({Condition(), Condition()})}, EntryId(12),
                      EntryId(std::numeric_limits<qint64>::max())),
             QList<qint64>({12}));
}

void CaptureQueryTest::findsText_data()
{
    QTest::addColumn<QVariant>("needle");
    QTest::addColumn<bool>("caseSensitive");
    QTest::addColumn<QList<qint64>>("ids");
    using Ids = QList<qint64>;
    QTest::newRow("folded") << QVariant(u"NEEDLE"_s) << false << Ids{3, 4, 5, 6, 7, 8};
    QTest::newRow("exact") << QVariant(u"needle"_s) << true << Ids{3, 4, 6, 7, 8};
    QTest::newRow("exact, mixed") << QVariant(u"NEEdle"_s) << true << Ids{5};
    QTest::newRow("bytes") << QVariant(QByteArray("l\0byte\xff", 7)) << true << Ids{9};
    QTest::newRow("one byte") << QVariant(u"W"_s) << true << Ids{1};
    QTest::newRow("whole") << QVariant(u"hello world"_s) << false << Ids{1};
    QTest::newRow("one too long") << QVariant(u"hello world!"_s) << false << Ids{};
    QTest::newRow("UTF-8") << QVariant(u"naïve"_s) << false << Ids{10};
    QTest::newRow("only ASCII folds") << QVariant(u"ä"_s) << false << Ids{};
    QTest::newRow("empty") << QVariant(u""_s) << false << Ids{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    QTest::newRow("null") << QVariant() << false << Ids{};
    QTest::newRow("longer than a part") << QVariant(QByteArray(MiB + 5, 'A')) << false << Ids{5, 7, 8, 11};
    QTest::newRow("at the front") << QVariant(u"nothingaaa"_s) << true << Ids{11};
}

void CaptureQueryTest::findsText()
{
    QFETCH(QVariant, needle);
    QFETCH(bool, caseSensitive);
    QFETCH(QList<qint64>, ids);
    QCOMPARE(m_sql->ids(containing(needle, caseSensitive)).value(), ids);
    if (!needle.isNull())
        QCOMPARE(idsFound(*m_reader, EntryQuery::of(Contains{needle.toByteArray(), caseSensitive})), ids);
}

void CaptureQueryTest::findsAVaryingNeedle()
{
    QCOMPARE(m_sql->ids({u"size < 257 AND contains_text(id, size, head, id, 1)"_s, {}}).value(), QList<qint64>());
    QCOMPARE(
        m_sql->ids({u"size BETWEEN 1 AND 20 AND contains_text(id, size, head, substr(head, 2, 2), 1)"_s, {}}).value(),
        QList<qint64>({1, 9, 10, 12}));
}

void CaptureQueryTest::handsOverInBatches()
{
    constexpr int Count = 20'000;
    const QString path = m_directory.filePath(u"many.sockeye"_s);
    samples::makeCapture(path, Count);
    const std::unique_ptr<CaptureReader> reader = samples::reader(path);
    qint64 next = 1;
    qsizetype largest = 0;
    VERIFY_RESULT(reader->scanner().match({}, EntryId(1), EntryId(Count), CancelToken(), [&](const Matches &batch) {
        for (const EntryId id : batch.ids)
            QCOMPARE(id, EntryId(next++));
        largest = std::max(largest, batch.ids.size());
    }));
    QCOMPARE(next, Count + 1);
    QVERIFY(largest < 10'000);
}

void CaptureQueryTest::stopsWhenCancelled()
{
    const QString path = m_directory.filePath(u"many.sockeye"_s);
    const std::unique_ptr<CaptureReader> reader = samples::reader(path);
    const CancelToken cancel;
    int batches = 0;
    VERIFY_RESULT(reader->scanner().match({}, EntryId(1), EntryId(20'000), cancel, [&](const Matches &) {
        ++batches;
        cancel.cancel();
    }));
    QCOMPARE(batches, 1);
    VERIFY_RESULT(
        reader->scanner().match({}, EntryId(1), EntryId(20'000), cancel, [&](const Matches &) { ++batches; }));
    QCOMPARE(batches, 1);
    QCOMPARE(idsFound(*reader, EntryQuery::of(NumberIn{FilterKey::Entry, {{19'999, Range::Highest}}})),
             QList<qint64>({19'999, 20'000}));
}

/// SQL that takes for ever ends all the same.
void CaptureQueryTest::stopsInALongPayload()
{
    const CancelToken cancel;
    const auto connection = ReadingConnection::open(m_directory.filePath(u"a.sockeye"_s));
    VERIFY_RESULT(connection);
    std::atomic<bool> interrupted = false;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        const ReadingConnection::Cancelling cancelling(*connection.value(), cancel);
        interrupted = !connection.value()->firstRow(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", numbers(),
            [](const SqliteStatement &) {});
    }));
    thread->start();
    QTRY_VERIFY(thread->isRunning());
    cancel.cancel();
    QVERIFY(thread->wait(20'000));
    QVERIFY(interrupted);
    // The connection works on.
    VERIFY_RESULT(connection.value()->lastEntry());
}

void CaptureQueryTest::visitsInOrder()
{
    QList<qint64> ids;
    const auto visit = [&ids](const Entry &entry) {
        ids.append(entry.id.value());
        return ids.size() < 3;
    };
    VERIFY_RESULT(m_reader->scanner().forEach(EntryId(2), EntryId(100), sizeIs(201, Range::Highest), visit));
    QCOMPARE(ids, QList<qint64>({3, 4, 5}));
    int count = 0;
    // What a visitor asks of the same reader does not disturb the visit.
    VERIFY_RESULT(m_reader->scanner().forEach(EntryId(1), EntryId(100), {}, [&](const Entry &entry) {
        ++count;
        return m_reader->payload(entry.id)->size() == entry.size && m_reader->entries(EntryId(1), 3)->size() == 3;
    }));
    QCOMPARE(count, 12);
}

void CaptureQueryTest::tellsABadQuery()
{
    const auto none = [](const Matches &) { QFAIL("Nothing can match"); };
    for (const EntryQuery &query : {EntryQuery::of(MatchesRegex{u"("_s}), EntryQuery::of(HoldsBytes{u"abc"_s}),
                                    EntryQuery::of(JsonValueIs{u"data"_s, JsonValueIs::Sign::Exists, {}})}) {
        QVERIFY(!m_reader->scanner().match(query, EntryId(1), EntryId(12), CancelToken(), none));
        QVERIFY(!m_reader->scanner().forEach(EntryId(1), EntryId(2), query, [](const Entry &) { return true; }));
    }
}

SOCKEYE_TEST(CaptureQueryTest, QCoreApplication)
#include "tst_capture_query.moc"
