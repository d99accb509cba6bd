#include "notify/NoticePace.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr WatchedId One(1);
constexpr WatchedId Other(2);

Notice noticeOf(Notice::Kind kind, WatchedId connection, const QString &text, Nanoseconds at, qint64 count = 1)
{
    return {kind, connection, u"feed"_s, count, Timestamp(at), EntryId(at.count()), text};
}

Notice match(Nanoseconds at, qint64 count = 1, WatchedId connection = One)
{
    return noticeOf(Notice::Kind::Matched, connection, u"m"_s, at, count);
}

Timestamp after(Nanoseconds passed)
{
    return Timestamp(passed);
}

} // namespace

class NoticePaceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstComesAtOnce()
    {
        NoticePace pace;
        QVERIFY(!pace.wait(after(0s)));
        QVERIFY(pace.take(after(0s)).isEmpty());
        pace.add(match(1s));
        QCOMPARE(pace.wait(after(1s)), std::optional(Nanoseconds(0)));
        QCOMPARE(pace.take(after(1s)), QList<Notice>{match(1s)});
        QVERIFY(pace.take(after(60s)).isEmpty());
        QVERIFY(!pace.wait(after(60s)));
    }

    // However many come, of however many connections.
    void neverMoreThanOneInFiveSeconds()
    {
        NoticePace pace;
        std::optional<Nanoseconds> last;
        qint64 told = 0;
        qint64 came = 0;
        int notices = 0;
        for (Nanoseconds now = 0s; now <= 60s; now += 10ms) {
            if (now < 50s) {
                pace.add(match(now, 1, WatchedId(1 + came % 3)));
                ++came;
            }
            const QList<Notice> taken = pace.take(after(now));
            if (taken.isEmpty())
                continue;
            QVERIFY2(!last || now - *last >= 5s, qPrintable(QString::number(now.count())));
            last = now;
            ++notices;
            for (const Notice &one : taken)
                told += one.count;
        }
        QCOMPARE(notices, 11);
        // And nothing is lost.
        QCOMPARE(told, came);
    }

    void whatComesInBetweenIsSummedUp()
    {
        NoticePace pace;
        pace.add(match(0s));
        QCOMPARE(pace.take(after(0s)).size(), 1);
        pace.add(match(1s, 4));
        QVERIFY(pace.take(after(1s)).isEmpty());
        QCOMPARE(pace.wait(after(1s)), std::optional(Nanoseconds(4s)));
        pace.add(match(2s, 8));
        QVERIFY(pace.take(after(4999ms)).isEmpty());
        // With the entry and the words of the first.
        QCOMPARE(pace.take(after(5s)), QList<Notice>{match(1s, 12)});
    }

    void endsAndReturnsComeFirst()
    {
        NoticePace pace;
        pace.add(match(0s));
        QCOMPARE(pace.take(after(0s)).size(), 1);
        pace.add(match(1s));
        pace.add(noticeOf(Notice::Kind::Ended, Other, u"cut off"_s, 2s));
        pace.add(noticeOf(Notice::Kind::Returned, Other, {}, 3s));
        const QList<Notice> taken = pace.take(after(5s));
        QCOMPARE(taken.size(), 3);
        QCOMPARE(taken.at(0).kind, Notice::Kind::Ended);
        QCOMPARE(taken.at(1).kind, Notice::Kind::Returned);
        QCOMPARE(taken.at(2), match(1s));
    }

    // What is told last is how it stands.
    void anEndAfterAReturnStandsBehindIt()
    {
        NoticePace pace;
        pace.add(match(0s));
        QCOMPARE(pace.take(after(0s)).size(), 1);
        pace.add(noticeOf(Notice::Kind::Ended, One, u"first"_s, 1s));
        pace.add(noticeOf(Notice::Kind::Returned, One, {}, 2s));
        pace.add(noticeOf(Notice::Kind::Ended, One, u"second"_s, 3s));
        const QList<Notice> taken = pace.take(after(5s));
        QCOMPARE(taken.size(), 2);
        QCOMPARE(taken.at(0).kind, Notice::Kind::Returned);
        QCOMPARE(taken.at(1).kind, Notice::Kind::Ended);
        QCOMPARE(taken.at(1).count, 2);
        QCOMPARE(taken.at(1).text, u"second"_s);
    }

    void whatWasSeenIsForgotten()
    {
        NoticePace pace;
        pace.add(match(0s));
        QCOMPARE(pace.take(after(0s)).size(), 1);
        pace.add(match(1s));
        pace.add(match(1s, 1, Other));
        pace.forget(One);
        QCOMPARE(pace.take(after(5s)), (QList<Notice>{match(1s, 1, Other)}));
        pace.add(match(6s));
        pace.forget(One);
        QVERIFY(!pace.wait(after(6s)));
    }

    // A clock that was set back must not silence the program.
    void aClockSetBackWaitsNoLongerThanThePause()
    {
        NoticePace pace;
        pace.add(match(0s));
        QCOMPARE(pace.take(after(1h)).size(), 1);
        pace.add(match(0s));
        QVERIFY(pace.take(after(0s)).isEmpty());
        QCOMPARE(pace.wait(after(0s)), std::optional(Nanoseconds(5s)));
        QCOMPARE(pace.take(after(5s)).size(), 1);
    }
};

SOCKEYE_TEST(NoticePaceTest, NoApplication)
#include "tst_noticepace.moc"
