#include "base/Clock.h"
#include "support/TestProgram.h"
#include "widgets/controls/Banner.h"
#include "widgets/tab/SilenceHint.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace sockeye;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

class HintClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override { return time; }
    Timestamp time = timestampFromNs(1'700'000'000'000'000'000);
};

} // namespace

class SilenceHintTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_clock = std::make_unique<HintClock>();
        m_banner = std::make_unique<Banner>();
        m_hint = std::make_unique<SilenceHint>(*m_banner, *m_clock);
        m_status = {};
        m_status.state = SessionStatus::State::Open;
        m_status.connection = ConnectionId(1);
        m_hint->follow(m_status, false);
    }

    void cleanup()
    {
        m_hint.reset();
        m_banner.reset();
    }

    void aLongSilenceIsToldUntilSomethingComes()
    {
        pass(30s);
        QCOMPARE(m_banner->message(), QString());
        pass(1s);
        QVERIFY2(m_banner->message().contains(u"silent for 31 s"), qPrintable(m_banner->message()));
        QVERIFY(m_banner->message().contains(u"Keepalive is off"));
        QCOMPARE(m_banner->kind(), Banner::Kind::Information);
        pass(100s);
        QVERIFY2(m_banner->message().contains(u"silent for 2 min"), qPrintable(m_banner->message()));
        // A pong is no message.
        receive(0, 2);
        QCOMPARE(m_banner->message(), QString());
        pass(20s);
        QCOMPARE(m_banner->message(), QString());
    }

    void whatIsUsualIsNotTold()
    {
        for (int i = 0; i < 10; ++i) {
            pass(50s);
            receive(1, 20);
        }
        pass(149s);
        QCOMPARE(m_banner->message(), QString());
        pass(2s);
        QVERIFY(!m_banner->message().isEmpty());
    }

    void theOfferSendsAPing()
    {
        const QSignalSpy pings(m_hint.get(), &SilenceHint::pingWanted);
        pass(60s);
        m_banner->setVisible(true);
        auto *offer = m_banner->findChild<QPushButton *>();
        QCOMPARE(offer->text(), u"Ping now"_s);
        QTest::mouseClick(offer, Qt::LeftButton);
        QCOMPARE(pings.size(), 1);
    }

    void whoHasSeenItIsNotToldAgain()
    {
        pass(60s);
        m_banner->setVisible(true);
        QTest::mouseClick(m_banner->findChild<QToolButton *>(), Qt::LeftButton);
        QCOMPARE(m_banner->message(), QString());
        pass(60s);
        QCOMPARE(m_banner->message(), QString());
        // The next silence is another one.
        receive(200, 2000);
        pass(200s);
        QVERIFY(!m_banner->message().isEmpty());
    }

    void nothingIsToldWhereItDoesNotMatter_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<bool>("keepalive");
        QTest::newRow("keepalive") << int(SessionStatus::State::Open) << true;
        QTest::newRow("closing") << int(SessionStatus::State::Closing) << false;
        QTest::newRow("closed") << int(SessionStatus::State::Closed) << false;
        QTest::newRow("connecting") << int(SessionStatus::State::Connecting) << false;
    }

    void nothingIsToldWhereItDoesNotMatter()
    {
        QFETCH(int, state);
        QFETCH(bool, keepalive);
        pass(60s);
        QVERIFY(!m_banner->message().isEmpty());
        m_status.state = static_cast<SessionStatus::State>(state);
        m_hint->follow(m_status, keepalive);
        QCOMPARE(m_banner->message(), QString());
        pass(600s);
        QCOMPARE(m_banner->message(), QString());
    }

    void anotherMessageStays()
    {
        m_banner->showWarning(u"The disk is full"_s);
        pass(60s);
        QCOMPARE(m_banner->message(), u"The disk is full"_s);
        receive(1, 10);
        QCOMPARE(m_banner->message(), u"The disk is full"_s);
    }

private:
    void pass(Nanoseconds time)
    {
        m_clock->time += time;
        m_hint->look();
    }

    void receive(qint64 messages, qint64 bytes)
    {
        m_status.messagesIn += messages;
        m_status.bytesIn += bytes;
        m_hint->follow(m_status, false);
    }

    std::unique_ptr<HintClock> m_clock;
    std::unique_ptr<Banner> m_banner;
    std::unique_ptr<SilenceHint> m_hint;
    SessionStatus m_status;
};

SOCKEYE_TEST(SilenceHintTest, QApplication)
#include "tst_silencehint.moc"
