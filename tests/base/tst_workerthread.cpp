#include "base/WorkerThread.h"

#include "support/TestProgram.h"

#include <QSemaphore>
#include <QTest>
#include <QThread>
#include <QThreadPool>

#include <atomic>

using namespace sockeye;

class WorkerThreadTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrder();
    void answersInTheContextsThread();
    void forgetsWhoIsGone();
    void isGoneBeforeItsAnswer();
    void dropsWhatWaits();
    void waitsForWhatWasGiven();
    void finishesInTheBackground();
    void endsUnused();
};

void WorkerThreadTest::keepsTheOrder()
{
    QList<int> order;
    QThread *thread = nullptr;
    bool isSame = true;
    {
        WorkerThread worker;
        worker.run([&] { thread = QThread::currentThread(); });
        for (int i = 0; i < 1000; ++i) {
            worker.run([&order, &isSame, &thread, i] {
                isSame = isSame && QThread::currentThread() == thread;
                order.append(i);
            });
        }
    }
    QVERIFY(thread != QThread::currentThread());
    QVERIFY(isSame);
    QCOMPARE(order.size(), 1000);
    QVERIFY(std::is_sorted(order.cbegin(), order.cend()));
}

void WorkerThreadTest::answersInTheContextsThread()
{
    WorkerThread worker;
    QObject context;
    QList<int> answers;
    for (int i = 0; i < 3; ++i) {
        worker.run([i] { return std::make_shared<int>(i); }, &context,
                   [&answers](const std::shared_ptr<int> &answer) {
                       QCOMPARE(QThread::currentThread(), QCoreApplication::instance()->thread());
                       answers.append(*answer);
                   });
    }
    QVERIFY(answers.isEmpty());
    QTRY_COMPARE(answers, (QList<int>{0, 1, 2}));
}

void WorkerThreadTest::forgetsWhoIsGone()
{
    WorkerThread worker;
    QObject context;
    bool isTold = false;
    bool isOtherTold = false;
    QSemaphore mayGoOn;
    auto gone = std::make_unique<QObject>();
    worker.run(
        [&mayGoOn] {
            mayGoOn.acquire();
            return 1;
        },
        gone.get(), [&isTold](int) { isTold = true; });
    worker.run([] { return 2; }, &context, [&isOtherTold](int) { isOtherTold = true; });
    gone.reset();
    mayGoOn.release();
    QTRY_VERIFY(isOtherTold);
    QVERIFY(!isTold);
}

/// The answer is on its way when its receiver goes.
void WorkerThreadTest::isGoneBeforeItsAnswer()
{
    for (int round = 0; round < 200; ++round) {
        auto context = std::make_unique<QObject>();
        bool isTold = false;
        {
            WorkerThread worker;
            worker.run([round] { return round; }, context.get(), [&isTold](int) { isTold = true; });
            if (round % 2 == 0)
                context.reset();
        }
        context.reset();
        QCoreApplication::processEvents();
        QVERIFY(!isTold);
    }
}

void WorkerThreadTest::dropsWhatWaits()
{
    QSemaphore running;
    QSemaphore mayGoOn;
    std::atomic<int> count = 0;
    {
        WorkerThread worker;
        worker.run([&] {
            running.release();
            mayGoOn.acquire();
            ++count;
        });
        for (int i = 0; i < 10; ++i)
            worker.run([&count] { count += 100; });
        running.acquire();
        worker.clear();
        worker.run([&count] { count += 10; });
        mayGoOn.release();
    }
    QCOMPARE(count.load(), 11);
}

void WorkerThreadTest::waitsForWhatWasGiven()
{
    std::atomic<int> count = 0;
    {
        WorkerThread worker;
        for (int i = 0; i < 100; ++i)
            worker.run([&count] { ++count; });
    }
    QCOMPARE(count.load(), 100);
}

void WorkerThreadTest::finishesInTheBackground()
{
    QSemaphore mayGoOn;
    std::atomic<int> count = 0;
    {
        WorkerThread worker;
        worker.run([&] {
            mayGoOn.acquire();
            ++count;
        });
        worker.run([&count] { ++count; });
        worker.finishInBackground();
    }
    QCOMPARE(count.load(), 0);
    mayGoOn.release();
    QVERIFY(QThreadPool::globalInstance()->waitForDone(10'000));
    QCOMPARE(count.load(), 2);
}

void WorkerThreadTest::endsUnused()
{
    WorkerThread unused;
    WorkerThread left;
    left.clear();
    left.finishInBackground();
}

SOCKEYE_TEST(WorkerThreadTest, QCoreApplication)
#include "tst_workerthread.moc"
