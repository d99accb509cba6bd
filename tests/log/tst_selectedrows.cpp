#include "log/SelectedRows.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

class TestSelectedRows final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rangesAreOrderedAndJoined();
    void rangesEndWithTheRows();
    void ofAllEntriesRunsAreArithmetic();
    void ofSomeEntriesRunsEndAtGaps();
    void spansStepOverShortGaps();
    void runsStopWhenToldTo();

private:
    /// "1-3 5-5"
    static QString runsOf(const SelectedRows &rows, qint64 most);
    static QString spansOf(const SelectedRows &rows, qint64 most);
    static EntryIdList shown(const QList<qint64> &ids);
};

EntryIdList TestSelectedRows::shown(const QList<qint64> &ids)
{
    EntryIdList list;
    for (const qint64 id : ids)
        list.append(EntryId(id));
    return list;
}

QString TestSelectedRows::runsOf(const SelectedRows &rows, qint64 most)
{
    QStringList runs;
    rows.forEachRun(most, [&](const SelectedRows::Run &run) {
        runs += QStringLiteral("%1:%2-%3").arg(run.row.value()).arg(run.first.value()).arg(run.last.value());
        return true;
    });
    return runs.join(u' ');
}

QString TestSelectedRows::spansOf(const SelectedRows &rows, qint64 most)
{
    QStringList spans;
    rows.forEachSpan(most, [&](const SelectedRows::Span &span) {
        const QString sign = span.isRun ? QStringLiteral("-") : QStringLiteral("..");
        spans += QString::number(span.first.value()) + sign + QString::number(span.last.value());
        return true;
    });
    return spans.join(u' ');
}

void TestSelectedRows::rangesAreOrderedAndJoined()
{
    const SelectedRows rows({}, EntryId(100),
                            {{Row(20), Row(29)}, {Row(5), Row(9)}, {Row(10), Row(12)}, {Row(8), Row(8)}});
    QCOMPARE(rows.ranges(), (RowRanges{{Row(5), Row(12)}, {Row(20), Row(29)}}));
    QCOMPARE(rows.count(), 18);
}

void TestSelectedRows::rangesEndWithTheRows()
{
    const SelectedRows rows({}, EntryId(10), {{Row(-3), Row(1)}, {Row(8), Row(1'000'000)}, {Row(50), Row(60)}});
    QCOMPARE(rows.ranges(), (RowRanges{{Row(0), Row(1)}, {Row(8), Row(9)}}));
    QCOMPARE(SelectedRows({}, EntryId(), {{Row(0), Row(-1)}}).count(), 0);
}

void TestSelectedRows::ofAllEntriesRunsAreArithmetic()
{
    const SelectedRows rows({}, EntryId(10'000'000), {{Row(0), Row(9'999'999)}});
    QCOMPARE(rows.count(), 10'000'000);
    QCOMPARE(runsOf(rows, 4'000'000), QStringLiteral("0:1-4000000 4000000:4000001-8000000 8000000:8000001-10000000"));
    QCOMPARE(spansOf(rows, 10'000'000), QStringLiteral("1-10000000"));
    QCOMPARE(rows.entryBefore(Row(0)), EntryId());
    QCOMPARE(rows.entryBefore(Row(7)), EntryId(7));
}

void TestSelectedRows::ofSomeEntriesRunsEndAtGaps()
{
    const SelectedRows rows(shown({2, 3, 4, 8, 9, 20}), EntryId(30), {{Row(0), Row(3)}, {Row(5), Row(5)}});
    QCOMPARE(rows.count(), 5);
    QCOMPARE(runsOf(rows, 100), QStringLiteral("0:2-4 3:8-8 5:20-20"));
    QCOMPARE(runsOf(rows, 2), QStringLiteral("0:2-3 2:4-4 3:8-8 5:20-20"));
    QCOMPARE(rows.entryBefore(Row(3)), EntryId(4));
    QVERIFY(rows.contains(EntryId(20)));
    QVERIFY(!rows.contains(EntryId(10)));
}

void TestSelectedRows::spansStepOverShortGaps()
{
    const SelectedRows rows(shown({2, 3, 4, 8, 9, 200, 201, 1000}), EntryId(1000), {{Row(0), Row(7)}});
    QCOMPARE(spansOf(rows, 1000), QStringLiteral("2..9 200-201 1000-1000"));
    QCOMPARE(spansOf(rows, 4), QStringLiteral("2-4 8-9 200-201 1000-1000"));
}

void TestSelectedRows::runsStopWhenToldTo()
{
    const SelectedRows rows(shown({2, 4, 6}), EntryId(10), {{Row(0), Row(2)}});
    int visits = 0;
    rows.forEachRun(10, [&visits](const SelectedRows::Run &) { return ++visits < 2; });
    QCOMPARE(visits, 2);
}

SOCKEYE_TEST(TestSelectedRows, NoApplication)
#include "tst_selectedrows.moc"
