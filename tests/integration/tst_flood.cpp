#include "integration/LiveSession.h"
#include "integration/Sequence.h"
#include "peers/PeerProcess.h"
#include "support/TestProgram.h"

#include <QtTest>

using namespace sockeye;
using namespace sockeye::test;

namespace {

/// Sanitizers keep freed memory back, so that a bound on it means nothing under them.
constexpr bool IsSanitized =
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    true;
#else
    false;
#endif

/// A figure of /proc/self/status in bytes; 0 where there is none.
[[nodiscard]] qint64 processMemory(const QByteArray &name)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray status = file.readAll();
    const qsizetype start = status.indexOf(name + ':') + name.size() + 1;
    return status.mid(start, status.indexOf("kB", start) - start).trimmed().toLongLong() * 1024;
}

} // namespace

/// More than the program can keep up with: nothing may be lost and memory stays bounded.
class FloodTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void losesNothing_data();
    void losesNothing();
};

void FloodTest::initTestCase()
{
    if (!floodServer().isAvailable())
        QSKIP("The flood server is not built here");
}

void FloodTest::losesNothing_data()
{
    QTest::addColumn<bool>("binary");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("size");
    QTest::newRow("100,000 texts of 100 B") << false << 100'000 << 100;
    QTest::newRow("500 binaries of 1 MB") << true << 500 << 1'000'000;
    QTest::newRow("20 binaries of 20 MB") << true << 20 << 20'000'000;
}

void FloodTest::losesNothing()
{
    QFETCH(bool, binary);
    QFETCH(int, count);
    QFETCH(int, size);
    QStringList arguments{QStringLiteral("--count"), QString::number(count), QStringLiteral("--size"),
                          QString::number(size)};
    if (binary)
        arguments += QStringLiteral("--binary");
    PeerProcess peer;
    QVERIFY2(peer.start(floodServer(), arguments), qPrintable(peer.errorText()));

    LiveSession live;
    QSignalSpy closed(&live.session(), &Session::closed);
    const qint64 before = processMemory("VmRSS");
    Endpoint endpoint;
    endpoint.url = peer.url();
    const Result<> opened = live.session().open(endpoint);
    QVERIFY2(opened.ok(), qPrintable(opened.message()));
    QVERIFY(closed.wait(90'000));
    const qint64 grown = processMemory("VmHWM") - before;

    QCOMPARE(live.status().endKind, EndKind::Clean);
    QCOMPARE(live.status().closeCode, quint16(1000));
    QCOMPARE(live.status().messagesIn, qint64(count));
    QVERIFY(live.writer().finish().ok());
    const Result<Sequence> sequence = readSequence(live.path(), size);
    QVERIFY2(sequence.ok(), qPrintable(sequence.message()));
    QCOMPARE(sequence.value().problem, QString());
    QCOMPARE(sequence.value().messages, qint64(count));
    qInfo("memory grew by %lld MB", grown / 1'000'000);
    if (!IsSanitized)
        QVERIFY2(grown < 400'000'000, qPrintable(QString::number(grown)));
}

SOCKEYE_TEST(FloodTest, QCoreApplication)
#include "tst_flood.moc"
