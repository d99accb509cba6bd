#include "library/RetentionPolicy.h"

#include "support/TestProgram.h"

#include <QtTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

/// "a10 b20! c5": name, size, and ! for a protected one, the oldest first.
QList<RetentionPolicy::Candidate> captures(const QString &table)
{
    QList<RetentionPolicy::Candidate> list;
    QDateTime time({2026, 11, 22}, {12, 0});
    for (const QString &word : table.split(u' ', Qt::SkipEmptyParts)) {
        const bool isProtected = word.endsWith(u'!');
        const qint64 size = word.sliced(1, word.size() - (isProtected ? 2 : 1)).toLongLong();
        list.append({word.first(1), time, size, isProtected});
        time = time.addSecs(60);
    }
    return list;
}

} // namespace

class RetentionPolicyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void removes_data();
    void removes();
};

void RetentionPolicyTest::removes_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("table");
    QTest::addColumn<QString>("removed");
    const auto row = [](const char *name, int count, qint64 bytes, const QString &table, const QString &removed) {
        QTest::newRow(name) << count << bytes << table << removed;
    };
    row("no limit", 0, 0, u"a10 b10 c10"_s, {});
    row("none", 1, 1, {}, {});
    row("within the count", 3, 0, u"a10 b10 c10"_s, {});
    row("beyond the count, oldest first", 1, 0, u"a10 b10 c10"_s, u"ab"_s);
    row("within the size", 0, 30, u"a10 b10 c10"_s, {});
    row("beyond the size", 0, 29, u"a10 b10 c10"_s, u"a"_s);
    row("a large old one", 0, 25, u"a100 b10 c10"_s, u"a"_s);
    row("behind a large one all are older", 0, 25, u"a1 b100 c10"_s, u"ab"_s);
    row("either limit", 2, 15, u"a10 b10 c10"_s, u"ab"_s);
    row("the newest stays whatever its size", 1, 5, u"a10 b100"_s, u"a"_s);
    row("the protected stay", 1, 0, u"a10! b10 c10! d10"_s, u"b"_s);
    row("the protected do not count", 2, 0, u"a10! b10! c10! d10 e10"_s, {});
    row("nor does their size", 0, 20, u"a100! b10 c10"_s, {});
    row("all protected", 1, 1, u"a10! b10!"_s, {});
    row("sizes beyond 32 bits", 0, 10'000'000'000, u"a6000000000 b6000000000"_s, u"a"_s);
}

void RetentionPolicyTest::removes()
{
    QFETCH(int, count);
    QFETCH(qint64, bytes);
    QFETCH(QString, table);
    QFETCH(QString, removed);
    QList<RetentionPolicy::Candidate> all = captures(table);
    for (int turn = 0; turn < 2; ++turn) {
        QString names;
        for (const RetentionPolicy::Candidate &candidate : RetentionPolicy::toRemove({count, bytes}, all))
            names += candidate.path;
        QCOMPARE(names, removed);
        // In whatever order they are given.
        std::reverse(all.begin(), all.end());
    }
}

SOCKEYE_TEST(RetentionPolicyTest, QCoreApplication)
#include "tst_retentionpolicy.moc"
