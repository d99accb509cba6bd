#include "base/Job.h"

#include "support/TestProgram.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <atomic>

using namespace sockeye;

namespace {
void waitUntilCancelled(const JobContext &job)
{
    while (!job.isCancelled())
        QThread::yieldCurrentThread();
}
} // namespace

class TestJob final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copiesOfATokenShareTheFlag();
    void reportsArriveInOrderInTheRunnersThread();
    void workRunsInAnotherThread();
    void latestWins();
    void aWaitingJobThatIsReplacedNeverRuns();
    void jobsNeverOverlap();
    void cancelledReportNeverArrives();
    void cancelledJobDoesNotFinish();
    void anUpdateMayStartTheNextJob();
    void destructorCancelsAndWaits();
};

void TestJob::copiesOfATokenShareTheFlag()
{
    const CancelToken token;
    const CancelToken copy = token;
    const CancelToken other;
    QVERIFY(!copy.isCancelled());
    token.cancel();
    QVERIFY(copy.isCancelled());
    QVERIFY(!other.isCancelled());
}

void TestJob::reportsArriveInOrderInTheRunnersThread()
{
    JobRunner runner;
    QSignalSpy finished(&runner, &JobRunner::finished);
    QList<int> seen;
    bool alwaysHere = true;
    QVERIFY(!runner.isRunning());
    runner.start([&](const JobContext &job) {
        for (int i = 0; i < 100; ++i) {
            job.report([&, i] {
                alwaysHere = alwaysHere && QThread::currentThread() == runner.thread() && finished.isEmpty();
                seen += i;
            });
        }
    });
    QVERIFY(runner.isRunning());
    QVERIFY(finished.wait());
    QVERIFY(!runner.isRunning());
    QVERIFY(alwaysHere);
    QCOMPARE(seen.size(), 100);
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    QCOMPARE(finished.size(), 1);
}

void TestJob::workRunsInAnotherThread()
{
    JobRunner runner;
    QSignalSpy finished(&runner, &JobRunner::finished);
    QThread *worker = nullptr;
    runner.start([&worker](const JobContext &) { worker = QThread::currentThread(); });
    QVERIFY(finished.wait());
    QVERIFY(worker);
    QVERIFY(worker != QThread::currentThread());
}

void TestJob::latestWins()
{
    JobRunner runner;
    QSignalSpy finished(&runner, &JobRunner::finished);
    QSemaphore reported;
    QStringList seen;
    runner.start([&](const JobContext &job) {
        job.report([&seen] { seen += QStringLiteral("first, early"); });
        reported.release();
        waitUntilCancelled(job);
        job.report([&seen] { seen += QStringLiteral("first, late"); });
    });
    reported.acquire();
    runner.start([&seen](const JobContext &job) { job.report([&seen] { seen += QStringLiteral("second"); }); });
    QVERIFY(finished.wait());
    QCOMPARE(seen, QStringList{QStringLiteral("second")});
    QCOMPARE(finished.size(), 1);
}

void TestJob::aWaitingJobThatIsReplacedNeverRuns()
{
    JobRunner runner;
    QSignalSpy finished(&runner, &JobRunner::finished);
    QSemaphore begun;
    QSemaphore release;
    std::atomic_bool secondRan = false;
    bool thirdRan = false;
    runner.start([&](const JobContext &) {
        begun.release();
        release.acquire();
    });
    begun.acquire();
    runner.start([&secondRan](const JobContext &) { secondRan = true; });
    runner.start([&thirdRan](const JobContext &) { thirdRan = true; });
    release.release();
    QVERIFY(finished.wait());
    QVERIFY(thirdRan);
    QVERIFY(!secondRan);
}

void TestJob::jobsNeverOverlap()
{
    JobRunner runner;
    QSignalSpy finished(&runner, &JobRunner::finished);
    QSemaphore begun;
    std::atomic_int running = 0;
    std::atomic_bool overlapped = false;
    for (int i = 0; i < 20; ++i) {
        runner.start([&, isLast = i == 19](const JobContext &job) {
            overlapped = overlapped || ++running > 1;
            begun.release();
            if (!isLast)
                waitUntilCancelled(job);
            --running;
        });
        begun.acquire();
    }
    QVERIFY(finished.wait());
    QVERIFY(!overlapped);
    QCOMPARE(running.load(), 0);
}

void TestJob::cancelledReportNeverArrives()
{
    for (const bool cancels : {false, true}) {
        JobRunner runner;
        QSemaphore posted;
        bool arrived = false;
        runner.start([&](const JobContext &job) {
            job.report([&arrived] { arrived = true; });
            posted.release();
        });
        posted.acquire();
        if (cancels)
            runner.cancel();
        QCoreApplication::sendPostedEvents(&runner);
        QCOMPARE(arrived, !cancels);
    }
}

void TestJob::cancelledJobDoesNotFinish()
{
    JobRunner runner;
    QSignalSpy finished(&runner, &JobRunner::finished);
    QSemaphore ended;
    runner.start([&ended](const JobContext &job) {
        waitUntilCancelled(job);
        ended.release();
    });
    runner.cancel();
    QVERIFY(!runner.isRunning());
    QVERIFY(finished.isEmpty());
    // Jobs run one after another: once the next has finished, whatever the cancelled one had to say has been said.
    runner.start([](const JobContext &) {});
    QVERIFY(finished.wait());
    QCoreApplication::sendPostedEvents(&runner);
    QCOMPARE(finished.size(), 1);
}

void TestJob::anUpdateMayStartTheNextJob()
{
    JobRunner runner;
    QSignalSpy finished(&runner, &JobRunner::finished);
    QStringList seen;
    runner.start([&](const JobContext &job) {
        job.report([&] {
            seen += QStringLiteral("first");
            runner.start(
                [&seen](const JobContext &next) { next.report([&seen] { seen += QStringLiteral("second"); }); });
        });
        job.report([&seen] { seen += QStringLiteral("stale"); });
    });
    QVERIFY(finished.wait());
    QCOMPARE(seen, (QStringList{QStringLiteral("first"), QStringLiteral("second")}));
    QCOMPARE(finished.size(), 1);
}

void TestJob::destructorCancelsAndWaits()
{
    QSemaphore begun;
    std::atomic_bool ended = false;
    bool arrived = false;
    {
        JobRunner runner;
        runner.start([&](const JobContext &job) {
            begun.release();
            waitUntilCancelled(job);
            job.report([&arrived] { arrived = true; });
            ended = true;
        });
        begun.acquire();
    }
    QVERIFY(ended);
    QCoreApplication::sendPostedEvents();
    QVERIFY(!arrived);
}

SOCKEYE_TEST(TestJob, QCoreApplication)
#include "tst_job.moc"
