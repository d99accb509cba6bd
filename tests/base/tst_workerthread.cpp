#include "base/WorkerThread.h"

#include "support/TestProgram.h"

#include <QSemaphore>
#include <QTest>
#include <QThread>
#include <QThreadPool>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

using namespace sockeye;

class WorkerThreadTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrder();
    void manyShareAFewThreads();
    void goesWithoutWaitingForOthers();
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
    bool isElsewhere = true;
    QSemaphore first;
    {
        WorkerThread worker;
        worker.run([&] {
            isElsewhere = QThread::currentThread() != QCoreApplication::instance()->thread();
            first.release();
        });
        first.acquire();
        for (int i = 0; i < 1000; ++i)
            worker.run([&order, i] { order.append(i); });
    }
    QVERIFY(isElsewhere);
    QCOMPARE(order.size(), 1000);
    QVERIFY(std::is_sorted(order.cbegin(), order.cend()));
}

void WorkerThreadTest::manyShareAFewThreads()
{
    std::mutex mutex;
    std::set<std::thread::id> threads;
    constexpr int Workers = 200;
    QList<int> counts(Workers, 0);
    std::vector<std::unique_ptr<WorkerThread>> workers;
    for (int i = 0; i < Workers; ++i)
        workers.push_back(std::make_unique<WorkerThread>());
    for (int round = 0; round < 100; ++round) {
        for (int i = 0; i < Workers; ++i) {
            workers[static_cast<size_t>(i)]->run([&, &count = counts[i], round] {
                if (count == round)
                    ++count;
                const std::lock_guard lock(mutex);
                threads.insert(std::this_thread::get_id());
            });
        }
    }
    workers.clear();
    QCOMPARE(counts, QList<int>(Workers, 100));
    // This one may have helped at the end.
    QVERIFY(threads.size() <= 17);
}

/// However busy the shared threads are, whoever goes does what is left by itself.
void WorkerThreadTest::goesWithoutWaitingForOthers()
{
    QSemaphore mayGoOn;
    std::vector<std::unique_ptr<WorkerThread>> busy;
    for (int i = 0; i < 40; ++i) {
        busy.push_back(std::make_unique<WorkerThread>());
        busy.back()->run([&mayGoOn] { mayGoOn.acquire(); });
    }
    int count = 0;
    {
        WorkerThread worker;
        worker.run([&count] { ++count; });
        worker.run([&count] { ++count; });
    }
    QCOMPARE(count, 2);
    mayGoOn.release(40);
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
