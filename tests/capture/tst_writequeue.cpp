#include "capture/WriteQueue.h"

#include "support/TestProgram.h"

#include <QTest>

#include <thread>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

NewEntry entryOf(qsizetype size)
{
    NewEntry entry;
    entry.payload = QByteArray(size, 'x');
    return entry;
}

/// What the writer's thread would take now.
WriteBatch taken(WriteQueue &queue)
{
    WriteBatch batch;
    if (!queue.take(batch, std::chrono::steady_clock::now(), false))
        qWarning("The queue has ended");
    return batch;
}

} // namespace

/// The queue before the writer's thread, without the thread.
class WriteQueueTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrder();
    void tellsWhenThereIsRoom();
    void gathersWhileATransactionIsOpen();
    void flushWaitsForTheCommit();
    void countsWhatIsLost();
    void takesTheRestBeforeItEnds();
    void goesOnAfterAFailure();
};

void WriteQueueTest::keepsTheOrder()
{
    WriteQueue queue(1000, 1'000'000);
    QCOMPARE(queue.append(entryOf(3)), EntryId(1));
    ConnectionRecord record;
    record.id = ConnectionId(7);
    queue.put(record);
    QCOMPARE(queue.append(entryOf(4)), EntryId(2));
    QVERIFY(queue.annotate({{EntryId(1), {true, 0, {}}}}));
    QVERIFY(queue.annotate({{EntryId(1), {true, 2, {}}}}));
    const WriteBatch first = taken(queue);
    QCOMPARE(first.firstId, 1);
    QCOMPARE(first.bytes, 7);
    QCOMPARE(first.entries.size(), size_t(2));
    QCOMPARE(first.puts.size(), size_t(1));
    QCOMPARE(first.puts.front().before, size_t(1));
    QCOMPARE(first.annotationCalls, 2);
    QCOMPARE(first.annotations.value(EntryId(1)).colour, 2);
    QCOMPARE(queue.append(entryOf(1)), EntryId(3));
    const WriteBatch second = taken(queue);
    QCOMPARE(second.firstId, 3);
    QCOMPARE(second.entries.size(), size_t(1));
    QVERIFY(taken(queue).isEmpty());
}

void WriteQueueTest::tellsWhenThereIsRoom()
{
    WriteQueue queue(10, 1'000'000);
    for (int i = 0; i < 10; ++i)
        queue.append(entryOf(1));
    QVERIFY(queue.hasRoom());
    queue.append(entryOf(1));
    QVERIFY(!queue.hasRoom());
    QCOMPARE(taken(queue).entries.size(), size_t(11));
    QVERIFY(!queue.hasRoom());
    QVERIFY(!queue.noteCommitted({5, 5, 0, 0}, 1ms));
    QVERIFY(queue.noteCommitted({1, 1, 0, 0}, 1ms));
    QVERIFY(queue.hasRoom());
    QVERIFY(!queue.noteCommitted({5, 5, 0, 0}, 1ms));
    queue.append(entryOf(2'000'000));
    QVERIFY(!queue.hasRoom());
}

void WriteQueueTest::gathersWhileATransactionIsOpen()
{
    WriteQueue queue(100'000, 100'000'000);
    queue.append(entryOf(2 * 1024 * 1024));
    WriteBatch batch;
    // A large batch is taken at once, whatever the time.
    QVERIFY(queue.take(batch, std::nullopt, true));
    QCOMPARE(batch.entries.size(), size_t(1));
    batch.clear();
    queue.append(entryOf(1));
    const auto deadline = std::chrono::steady_clock::now() + 20ms;
    QVERIFY(queue.take(batch, deadline, true));
    QVERIFY(std::chrono::steady_clock::now() >= deadline);
    QCOMPARE(batch.entries.size(), size_t(1));
}

void WriteQueueTest::flushWaitsForTheCommit()
{
    WriteQueue queue(1000, 1'000'000);
    queue.append(entryOf(1));
    queue.put(ConnectionRecord());
    std::thread writer([&queue] {
        WriteBatch batch;
        while (!queue.isUrgent())
            std::this_thread::yield();
        static_cast<void>(queue.take(batch, std::nullopt, false));
        static_cast<void>(queue.noteCommitted({1, 1, 0, 0}, 1ms));
        static_cast<void>(queue.noteCommitted({0, 0, 1, 0}, 1ms));
    });
    queue.flush();
    QVERIFY(!queue.isUrgent());
    writer.join();
    // Nothing to wait for.
    queue.flush();
}

void WriteQueueTest::countsWhatIsLost()
{
    WriteQueue queue(2, 1'000'000);
    for (int i = 0; i < 3; ++i)
        queue.append(entryOf(1));
    QVERIFY(!queue.hasRoom());
    const Error full{QStringLiteral("full")};
    QVERIFY(queue.fail(full));
    QVERIFY(queue.hasRoom());
    QVERIFY(queue.hasFailed());
    QCOMPARE(queue.dropped(), 3);
    QCOMPARE(queue.append(entryOf(1)), EntryId(4));
    QCOMPARE(queue.dropped(), 4);
    queue.put(ConnectionRecord());
    QVERIFY(!queue.annotate({}));
    QVERIFY(taken(queue).isEmpty());
    queue.flush();
    queue.finish(Error{QStringLiteral("later")});
    QCOMPARE(queue.state().message(), full.message);
}

void WriteQueueTest::takesTheRestBeforeItEnds()
{
    WriteQueue queue(1000, 1'000'000);
    queue.append(entryOf(1));
    queue.stop();
    WriteBatch batch;
    QVERIFY(queue.take(batch, std::nullopt, false));
    QCOMPARE(batch.entries.size(), size_t(1));
    batch.clear();
    // The transaction that is open is left to commit.
    QVERIFY(queue.take(batch, std::nullopt, true));
    QVERIFY(batch.isEmpty());
    QVERIFY(!queue.take(batch, std::nullopt, false));
    queue.finish({});
    QVERIFY(queue.state().ok());
    queue.append(entryOf(1));
    QCOMPARE(queue.dropped(), 1);
}

void WriteQueueTest::goesOnAfterAFailure()
{
    const auto gap = [](qint64 lost) { return entryOf(lost); };
    WriteQueue queue(1000, 1'000'000);
    QVERIFY(!queue.resume(EntryId(0), gap));
    queue.append(entryOf(1));
    queue.append(entryOf(1));
    QCOMPARE(taken(queue).entries.size(), size_t(2));
    WrittenAmount written;
    written.entries = 1;
    QVERIFY(!queue.noteCommitted(written, {}));
    static_cast<void>(queue.fail(Error{QStringLiteral("full")}));
    queue.append(entryOf(1));
    for (const qint64 id : {3, 4, 3}) {
        ConnectionRecord record;
        record.id = ConnectionId(id);
        queue.put(record);
    }
    QCOMPARE(queue.dropped(), 2);

    QVERIFY(queue.resume(EntryId(1), gap));
    QVERIFY(queue.state());
    QCOMPARE(queue.append(entryOf(9)), EntryId(3));
    const WriteBatch batch = taken(queue);
    QCOMPARE(batch.firstId, 2);
    QCOMPARE(batch.entries.size(), size_t(2));
    QCOMPARE(batch.entries.front().payload.size(), 2);
    // What was put meanwhile stands first, each connection once.
    QCOMPARE(batch.puts.size(), size_t(2));
    QCOMPARE(batch.puts.front().before, size_t(0));
    QCOMPARE(batch.puts.back().record.id, ConnectionId(4));
    written = {2, 0, 2, 0};
    static_cast<void>(queue.noteCommitted(written, {}));
    // Nobody waits for what was lost.
    queue.flush();

    // What was told of once is not told of again.
    static_cast<void>(queue.fail(Error{QStringLiteral("full")}));
    QVERIFY(queue.resume(EntryId(3), gap));
    QVERIFY(taken(queue).entries.front().payload.isEmpty());
    queue.finish({});
    QVERIFY(!queue.resume(EntryId(3), gap));
}

SOCKEYE_TEST(WriteQueueTest, QCoreApplication)
#include "tst_writequeue.moc"
