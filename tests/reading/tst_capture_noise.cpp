#include "tests/capture/Samples.h"

#include "support/TestProgram.h"

using namespace sockeye;
using namespace sockeye::filter;
using namespace Qt::StringLiterals;

namespace {

NewEntry of(EntryKind kind, const QByteArray &payload, Direction direction = Direction::In)
{
    NewEntry entry = samples::text(payload);
    entry.kind = kind;
    entry.direction = direction;
    return entry;
}

EntryQuery quiet(bool withoutControl, bool withoutRepeats, const Condition &condition = {})
{
    EntryQuery query;
    query.condition = condition;
    query.withoutControl = withoutControl;
    query.withoutRepeats = withoutRepeats;
    return query;
}

EntryQuery timesBetween(qint64 low, qint64 high)
{
    return EntryQuery::of(NumberIn{FilterKey::Time, {{low, high}}});
}

struct Found
{
    QList<qint64> ids;
    qint64 hidden = 0;
};

Found found(const CaptureReader &reader, const EntryQuery &query, qint64 first = 1, qint64 last = 1'000'000)
{
    Found all;
    const Result<> done =
        reader.scanner().match(query, EntryId(first), EntryId(last), CancelToken(), [&all](const Matches &some) {
            for (const EntryId id : some.ids)
                all.ids.append(id.value());
            all.hidden += some.hidden;
        });
    if (!done)
        qWarning("%s", qPrintable(done.message()));
    return all;
}

QList<qint64> visited(const CaptureReader &reader, const EntryQuery &query)
{
    QList<qint64> ids;
    const Result<> done = reader.scanner().forEach(EntryId(1), EntryId(1'000'000), query, [&ids](const Entry &entry) {
        ids.append(entry.id.value());
        return true;
    });
    return done ? ids : QList<qint64>{-1};
}

} // namespace

/// Quiet logs: control frames and heartbeats left out, and counted.
class CaptureNoiseTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void leavesOut_data();
    void leavesOut();
    void goesOnWhereItEnded();
    void keepsToTheTime();
    void keepsToTheTimeOfALongCapture();
    void remembersAcrossManyOthers();

private:
    QTemporaryDir m_directory;
    std::unique_ptr<CaptureReader> m_reader;
};

void CaptureNoiseTest::initTestCase()
{
    const QByteArray atLimit(256, 'x');
    const QByteArray beyond(257, 'x');
    samples::makeCapture(m_directory.filePath(u"a.sockeye"_s),
                         {
                             of(EntryKind::Text, "beat"),                 // 1
                             of(EntryKind::Ping, "beat"),                 // 2: another kind
                             of(EntryKind::Text, "news"),                 // 3
                             of(EntryKind::Text, "beat"),                 // 4: again
                             of(EntryKind::Text, "beat", Direction::Out), // 5: another direction
                             of(EntryKind::Ping, "beat"),                 // 6: again
                             of(EntryKind::Pong, "beat", Direction::Out), // 7
                             of(EntryKind::Text, atLimit),                // 8
                             of(EntryKind::Text, atLimit),                // 9: again
                             of(EntryKind::Text, beyond),                 // 10: too long
                             of(EntryKind::Text, beyond),                 // 11
                             of(EntryKind::Close, "bye"),                 // 12: never noise
                             of(EntryKind::Close, "bye"),                 // 13
                             of(EntryKind::Event, "Closed"),              // 14: never noise
                             of(EntryKind::Event, "Closed"),              // 15
                             of(EntryKind::Text, ""),                     // 16
                             of(EntryKind::Text, ""),                     // 17: again
                             of(EntryKind::Binary, "beat"),               // 18: another kind
                             of(EntryKind::Text, "beat"),                 // 19: again
                         });
    m_reader = samples::reader(m_directory.filePath(u"a.sockeye"_s));
}

void CaptureNoiseTest::leavesOut_data()
{
    QTest::addColumn<EntryQuery>("query");
    QTest::addColumn<QList<qint64>>("ids");
    QTest::addColumn<qint64>("hidden");
    using Ids = QList<qint64>;
    const Condition textsAfterThird = Condition::allOf(
        {Condition::of(NumberIn{FilterKey::Entry, {{4, Range::Highest}}}), Condition::of(KindIs{{EntryKind::Text}})});
    const Condition controlOrThird = Condition::anyOf({Condition::of(KindIs{{EntryKind::Ping, EntryKind::Pong}}),
                                                       Condition::of(NumberIn{FilterKey::Entry, {{3, 3}}})});
    QTest::newRow("control") << quiet(true, false) << Ids{1, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19}
                             << qint64(3);
    QTest::newRow("repeats") << quiet(false, true) << Ids{1, 2, 3, 5, 7, 8, 10, 11, 12, 13, 14, 15, 16, 18}
                             << qint64(5);
    QTest::newRow("both") << quiet(true, true) << Ids{1, 3, 5, 8, 10, 11, 12, 13, 14, 15, 16, 18} << qint64(7);
    QTest::newRow("of what matches") << quiet(false, true, textsAfterThird) << Ids{4, 5, 8, 10, 11, 16} << qint64(3);
    QTest::newRow("an or in the condition") << quiet(true, false, controlOrThird) << Ids{3} << qint64(3);
}

void CaptureNoiseTest::leavesOut()
{
    QFETCH(EntryQuery, query);
    QFETCH(QList<qint64>, ids);
    QFETCH(qint64, hidden);
    const Found all = found(*m_reader, query);
    QCOMPARE(all.ids, ids);
    QCOMPARE(all.hidden, hidden);
    QCOMPARE(visited(*m_reader, query), ids);
    // Again from the start it begins anew.
    QCOMPARE(found(*m_reader, query).ids, ids);
}

void CaptureNoiseTest::goesOnWhereItEnded()
{
    const EntryQuery query = quiet(false, true);
    // Each span is read by another reader, as in a program whose readers take turns.
    const std::unique_ptr<CaptureReader> other = samples::reader(m_reader->path());
    Noise noise(query);
    Found parts;
    for (qint64 first = 1; first <= 19; first += 3) {
        const CaptureReader &reader = first % 2 == 0 ? *other : *m_reader;
        VERIFY_RESULT(reader.scanner().matchOn(query, noise, EntryId(first), EntryId(first + 2), CancelToken(),
                                               [&parts](const Matches &some) {
                                                   for (const EntryId id : some.ids)
                                                       parts.ids.append(id.value());
                                                   parts.hidden += some.hidden;
                                               }));
    }
    const Found whole = found(*m_reader, query);
    QCOMPARE(parts.ids, whole.ids);
    QCOMPARE(parts.hidden, whole.hidden);
    // A walk of its own knows nothing of those before.
    QVERIFY(!found(*m_reader, query, 1, 3).ids.isEmpty());
    QCOMPARE(found(*m_reader, query, 4, 4).ids, QList<qint64>({4}));
}

void CaptureNoiseTest::keepsToTheTime()
{
    QList<NewEntry> entries;
    for (int i = 0; i < 100; ++i)
        entries.append(samples::text("entry", qint64(i) * 250'000'000));
    const QString path = m_directory.filePath(u"times.sockeye"_s);
    samples::makeCapture(path, entries);
    const std::unique_ptr<CaptureReader> reader = samples::reader(path);
    const QList<qint64> ids = {10, 11, 12, 13};
    QCOMPARE(found(*reader, timesBetween(2'100'000'000, 3'000'000'000)).ids, ids);
    QCOMPARE(visited(*reader, timesBetween(2'100'000'000, 3'000'000'000)), ids);
    QCOMPARE(found(*reader, timesBetween(2'100'000'000, Range::Highest)).ids.constFirst(), 10);
    QCOMPARE(found(*reader, timesBetween(Range::Lowest, 3'000'000'000)).ids.constLast(), 13);
    QVERIFY(found(*reader, timesBetween(2'100'000'000, 1'000'000'000)).ids.isEmpty());
    QVERIFY(found(*reader, timesBetween(99'000'000'000, Range::Highest)).ids.isEmpty());
    // Where it looks is told by whole seconds.
    const auto rangeOf = [&reader](qint64 first, qint64 last) {
        return reader->timeline().entriesBetween(timestampFromNs(first), timestampFromNs(last)).value();
    };
    QCOMPARE(rangeOf(2'100'000'000, 3'000'000'000), (EntryRange{EntryId(9), EntryId(16)}));
    for (const EntryRange &none : {rangeOf(2'100'000'000, 1'000'000'000), rangeOf(99'000'000'000, Range::Highest)})
        QVERIFY(none.first > none.last);
}

void CaptureNoiseTest::keepsToTheTimeOfALongCapture()
{
    constexpr int Count = 150'000;
    const auto timeOf = [](int i) { return qint64(i) * 10'000'000 - (i % 7 == 0 ? 1'500'000'000 : 0); };
    QList<NewEntry> entries;
    for (int i = 0; i < Count; ++i)
        entries.append(samples::text("entry", timeOf(i)));
    const QString path = m_directory.filePath(u"long.sockeye"_s);
    samples::makeCapture(path, entries);
    const std::unique_ptr<CaptureReader> reader = samples::reader(path);
    const EntryQuery query = timesBetween(timeOf(70'001), timeOf(70'003) + 1'000'000'000);
    // What is negated twice says nothing of the time to whoever narrows the search.
    const EntryQuery everywhere{Condition::negation(Condition::negation(query.condition))};
    QVERIFY(query.notBefore() && query.notAfter());
    QVERIFY(!everywhere.notBefore() && !everywhere.notAfter());
    const QList<qint64> ids = found(*reader, everywhere).ids;
    QVERIFY(ids.size() > 100);
    QCOMPARE(found(*reader, query).ids, ids);
    QCOMPARE(visited(*reader, query), ids);
    // By parts of any length, as a search asks.
    QList<qint64> parts;
    for (qint64 first = 1; first <= Count; first += 66'000)
        parts += found(*reader, query, first, first + 65'999).ids;
    QCOMPARE(parts, ids);
}

void CaptureNoiseTest::remembersAcrossManyOthers()
{
    QList<NewEntry> entries;
    for (int i = 0; i < 20'000; ++i)
        entries.append(samples::text(i % 1000 == 0 ? "beat" : QByteArray::number(i)));
    const QString path = m_directory.filePath(u"many.sockeye"_s);
    samples::makeCapture(path, entries);
    const Found all = found(*samples::reader(path), quiet(false, true));
    QCOMPARE(all.hidden, 19);
    QCOMPARE(all.ids.size(), 20'000 - 19);
}

SOCKEYE_TEST(CaptureNoiseTest, QCoreApplication)
#include "tst_capture_noise.moc"
