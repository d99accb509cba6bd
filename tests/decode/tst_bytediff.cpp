#include "decode/ByteDiff.h"

#include "support/TestProgram.h"

#include <QTest>

#include <random>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

/// "3+2>3+4 9+0>11+1": where each change begins, and how many bytes it has in both.
QString told(const ByteDiff &diff)
{
    QStringList changes;
    for (const ByteDiff::Change &change : diff.changes)
        changes += u"%1+%2>%3+%4"_s.arg(change.before.begin)
                       .arg(change.before.size)
                       .arg(change.now.begin)
                       .arg(change.now.size);
    return changes.join(u' ');
}

/// Puts the changes into the earlier message.
QByteArray applied(const QByteArray &before, const QByteArray &now, const ByteDiff &diff)
{
    QByteArray bytes;
    qint64 at = 0;
    for (const ByteDiff::Change &change : diff.changes) {
        bytes += before.sliced(at, change.before.begin - at);
        if (bytes.size() != change.now.begin)
            return "wrong place";
        bytes += now.sliced(change.now.begin, change.now.size);
        at = change.before.end();
    }
    return bytes + before.sliced(at);
}

} // namespace

/// What differs between bytes that mean nothing.
class ByteDiffTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changes_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("now");
        QTest::addColumn<QString>("changes");
        const auto row = [](const char *name, const char *before, const char *now, const char *changes) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(now) << QString::fromLatin1(changes);
        };
        row("nothing", "", "", "");
        row("the same", "abc", "abc", "");
        row("all new", "", "abc", "0+0>0+3");
        row("all gone", "abc", "", "0+3>0+0");
        row("a byte", "abcdef", "abXdef", "2+1>2+1");
        row("two bytes apart", "abcdef", "aXcdYf", "1+1>1+1 4+1>4+1");
        row("nothing alike", "abcd", "wxyz", "0+4>0+4");
        row("put in between", "the fish swims", "the big fish swims", "4+0>4+4");
        row("left out", "the big fish swims", "the fish swims", "4+4>4+0");
        row("at the end", "the fish", "the fish swims", "8+0>8+6");
        row("at the beginning", "the fish swims", "fish swims", "0+4>0+0");
        row("longer", "price: 99, size: 5", "price: 100, size: 5", "7+2>7+3");
        row("repeated", "aaaa", "aaaaaa", "4+0>4+2");
        row("replaced and put in between", "0123456789abcdef", "0X234567__89abcdef", "1+1>1+1 8+0>8+2");
    }
    void changes()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, now);
        const auto diff = compareBytes(before, now);
        QVERIFY(diff);
        QTEST(told(*diff), "changes");
        QCOMPARE(applied(before, now, *diff), now);
        QCOMPARE(diff->isSame(), before == now);
    }

    void countsBytes()
    {
        const auto diff = compareBytes("0123456789abcdefghij", "0X234567__89abcdej");
        QVERIFY(diff);
        QCOMPARE(diff->replacedBytes(), 1);
        QCOMPARE(diff->addedBytes(), 2);
        QCOMPARE(diff->goneBytes(), 4);
        QCOMPARE(diff->placeNow(0), 0);
        QCOMPARE(diff->placeNow(8), 10);
        QCOMPARE(diff->placeNow(19), 17);
        QCOMPARE(diff->placeBefore(17), 19);
        // What is new would stand where it was put.
        QCOMPARE(diff->placeBefore(9), 8);
    }

    /// Whatever was done to a message: the changes make the one of the other, and are about as long as what was done.
    void randomChanges()
    {
        std::mt19937 random(11);
        const auto below = [&random](qsizetype n) {
            return static_cast<qsizetype>(random() % static_cast<unsigned>(n));
        };
        for (int round = 0; round < 300; ++round) {
            QByteArray before(below(20'000), Qt::Uninitialized);
            // Few different bytes: the same ones stand everywhere.
            const int letters = round % 3 == 0 ? 2 : 256;
            for (char &c : before)
                c = static_cast<char>(random() % static_cast<unsigned>(letters));
            QByteArray now = before;
            qsizetype done = 0;
            for (qsizetype i = below(10); i > 0 && !now.isEmpty(); --i) {
                const qsizetype at = below(now.size());
                const qsizetype size = std::min<qsizetype>(below(50) + 1, now.size() - at);
                done += size;
                if (i % 3 == 0)
                    now.remove(at, size);
                else if (i % 3 == 1)
                    now.insert(at, QByteArray(size, 'x'));
                else
                    now.replace(at, size, QByteArray(size, 'y'));
            }
            const auto diff = compareBytes(before, now);
            QVERIFY(diff && !diff->isCut);
            QCOMPARE(applied(before, now, *diff), now);
            for (size_t i = 1; i < diff->changes.size(); ++i)
                QVERIFY(diff->changes[i].now.begin > diff->changes[i - 1].now.end());
            if (letters == 256)
                QVERIFY(diff->replacedBytes() + diff->addedBytes() + diff->goneBytes() <= done + 100);
        }
    }

    void tooManyChangesAreCut()
    {
        QByteArray before;
        QByteArray now;
        for (size_t i = 0; i < ByteDiff::MaxChanges + 10; ++i) {
            before += "ab0123456789";
            now += "AB0123456789";
        }
        const auto diff = compareBytes(before, now);
        QVERIFY(diff && diff->isCut);
        QCOMPARE(diff->changes.size(), ByteDiff::MaxChanges);
        QCOMPARE(applied(before, now, *diff), now);
    }

    void endsWhenItIsTold()
    {
        const QByteArray before(10'000'000, 'a');
        QByteArray now = before;
        now[9'999'999] = 'b';
        now[5] = 'b';
        int asked = 0;
        QVERIFY(!compareBytes(before, now, [&asked] { return ++asked < 3; }));
        QCOMPARE(asked, 3);
    }
};

SOCKEYE_TEST(ByteDiffTest, QCoreApplication)
#include "tst_bytediff.moc"
