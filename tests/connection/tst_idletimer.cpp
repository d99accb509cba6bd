#include "connection/IdleTimer.h"

#include "support/TestProgram.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;

class IdleTimerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsOfSilenceAgainAndAgain();
    void bytesBeginTheTimeAnew();
    void unreadBytesAreNoSilence();
    void stops();

private:
    std::unique_ptr<QBuffer> m_device;
};

void IdleTimerTest::init()
{
    m_device = std::make_unique<QBuffer>();
    QVERIFY(m_device->open(QIODevice::ReadWrite));
}

void IdleTimerTest::tellsOfSilenceAgainAndAgain()
{
    IdleTimer timer;
    QSignalSpy idle(&timer, &IdleTimer::idle);
    timer.start(*m_device, 10ms);
    QTRY_VERIFY(idle.size() >= 2);
}

void IdleTimerTest::bytesBeginTheTimeAnew()
{
    IdleTimer timer;
    QSignalSpy idle(&timer, &IdleTimer::idle);
    QElapsedTimer sinceLast;
    QTimer feed;
    int fed = 0;
    connect(&feed, &QTimer::timeout, this, [&] {
        // What is written is taken as read.
        m_device->write("x");
        sinceLast.start();
        if (++fed == 10)
            feed.stop();
    });
    QSignalSpy arrived(m_device.get(), &QIODevice::readyRead);
    timer.start(*m_device, 200ms);
    feed.start(30ms);
    QTRY_VERIFY(!idle.isEmpty());
    QVERIFY(!arrived.isEmpty());
    // Coarse clocks may be some milliseconds apart.
    QVERIFY2(sinceLast.elapsed() >= 190, qPrintable(QString::number(sinceLast.elapsed())));
}

void IdleTimerTest::unreadBytesAreNoSilence()
{
    IdleTimer timer;
    QSignalSpy idle(&timer, &IdleTimer::idle);
    m_device->write("unread");
    QVERIFY(m_device->seek(0));
    timer.start(*m_device, 5ms);
    // Later than some looks of the timer.
    bool isLater = false;
    QTimer::singleShot(60ms, this, [&] { isLater = true; });
    QTRY_VERIFY(isLater);
    QVERIFY(idle.isEmpty());
    QCOMPARE(m_device->readAll(), "unread");
    QTRY_VERIFY(!idle.isEmpty());
}

void IdleTimerTest::stops()
{
    IdleTimer timer;
    QSignalSpy idle(&timer, &IdleTimer::idle);
    timer.start(*m_device, 5ms);
    timer.stop();
    IdleTimer other;
    QSignalSpy others(&other, &IdleTimer::idle);
    other.start(*m_device, 20ms);
    QTRY_VERIFY(!others.isEmpty());
    QVERIFY(idle.isEmpty());
}

SOCKEYE_TEST(IdleTimerTest, QCoreApplication)
#include "tst_idletimer.moc"
