#include "connection/PongAnswers.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using Answer = ControlPolicy::Answer;

class PongAnswersTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void atOnce();
    void delayed();
    void never();
    void withOtherPayload();
    void keepsTheLatestWhileNothingCanBeSent();
    void staysBounded();
};

namespace {
constexpr Timestamp Start{std::chrono::seconds(1'000)};
constexpr std::chrono::milliseconds Delay{100};

ControlPolicy answerPolicy(Answer answer)
{
    ControlPolicy answerPolicy;
    answerPolicy.pong = answer;
    answerPolicy.pongDelay = Delay;
    return answerPolicy;
}
} // namespace

void PongAnswersTest::atOnce()
{
    PongAnswers pongs(answerPolicy(Answer::AtOnce));
    QVERIFY(pongs.isEmpty());
    QVERIFY(!pongs.takeDue(Start));
    pongs.pingReceived("a", Start);
    QCOMPARE(pongs.takeDue(Start), QByteArray("a"));
    QVERIFY(!pongs.takeDue(Start));
    QVERIFY(pongs.isEmpty());
}

void PongAnswersTest::delayed()
{
    PongAnswers pongs(answerPolicy(Answer::Delayed));
    const std::chrono::milliseconds later{1};
    pongs.pingReceived("a", Start);
    pongs.pingReceived("b", Start);
    pongs.pingReceived("c", Start + later);
    QVERIFY(!pongs.takeDue(Start));
    QCOMPARE(pongs.nextDue(Start), Start + Delay);
    QCOMPARE(pongs.takeDue(Start + Delay), QByteArray("a"));
    QCOMPARE(pongs.takeDue(Start + Delay), QByteArray("b"));
    QVERIFY(!pongs.takeDue(Start + Delay));
    QCOMPARE(pongs.nextDue(Start + Delay), Start + Delay + later);
    QCOMPARE(pongs.takeDue(Start + Delay + later), QByteArray("c"));
    QVERIFY(!pongs.nextDue(Start));
}

void PongAnswersTest::never()
{
    PongAnswers pongs(answerPolicy(Answer::Never));
    pongs.pingReceived("a", Start);
    QVERIFY(pongs.isEmpty());
    QVERIFY(!pongs.nextDue(Start));
}

void PongAnswersTest::withOtherPayload()
{
    ControlPolicy other = answerPolicy(Answer::AtOnce);
    other.pongPayload = "";
    PongAnswers pongs(other);
    pongs.pingReceived("mine", Start);
    QCOMPARE(pongs.takeDue(Start), QByteArray(""));
}

void PongAnswersTest::keepsTheLatestWhileNothingCanBeSent()
{
    PongAnswers pongs(answerPolicy(Answer::Delayed));
    pongs.pingReceived("a", Start);
    pongs.pingReceived("b", Start);
    pongs.pingReceived("c", Start + Delay);
    pongs.keepLatestDue(Start);
    pongs.keepLatestDue(Start + Delay);
    QCOMPARE(pongs.takeDue(Start + Delay), QByteArray("b"));
    QCOMPARE(pongs.takeDue(Start + 2 * Delay), QByteArray("c"));
}

void PongAnswersTest::staysBounded()
{
    PongAnswers pongs(answerPolicy(Answer::Delayed));
    for (size_t i = 0; i < 2 * PongAnswers::MaxWaiting; ++i)
        pongs.pingReceived(QByteArray::number(static_cast<qulonglong>(i)), Start);
    size_t taken = 0;
    while (pongs.takeDue(Start + Delay))
        ++taken;
    QCOMPARE(taken, PongAnswers::MaxWaiting);
    // And answers again.
    pongs.pingReceived("again", Start);
    QCOMPARE(pongs.takeDue(Start + Delay), QByteArray("again"));
}

SOCKEYE_TEST(PongAnswersTest, QCoreApplication)
#include "tst_ponganswers.moc"
