#include "OptionsBench.h"
#include "support/TestProgram.h"
#include "widgets/options/TimeoutsPage.h"

#include <QApplication>
#include <QDoubleSpinBox>
#include <QSpinBox>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Answer = ControlPolicy::Answer;

class ProtocolOptionsTest final : public QObject, private OptionsBench
{
    Q_OBJECT

private Q_SLOTS:
    void init() { show(Endpoint()); }
    void cleanup() { m_dialog.reset(); }

    void compressionIsTuned()
    {
        goTo(u"Protocol"_s);
        tick(u"client_no_context_takeover"_s);
        named<QSpinBox>(m_dialog.get(), u"server_max_window_bits"_s)->setValue(9);
        QVERIFY(m_dialog->endpoint().deflate.clientNoContextTakeover);
        QCOMPARE(m_dialog->endpoint().deflate.serverMaxWindowBits, 9);
        tick(u"Offer permessage-deflate"_s);
        QVERIFY(!m_dialog->endpoint().deflate.offered);
        QVERIFY(!named(m_dialog.get(), u"server_max_window_bits"_s)->isEnabled());
    }

    void brokenAnswersAreWarnedOf()
    {
        goTo(u"Protocol"_s);
        QVERIFY(!warning()->isVisible());
        choose(u"Close"_s, u"Never"_s);
        QVERIFY(warning()->isVisible());
        QCOMPARE(m_dialog->endpoint().control.close, Answer::Never);
        choose(u"Close"_s, u"At once"_s);
        QVERIFY(!warning()->isVisible());
        choose(u"Pong"_s, u"Delayed by"_s);
        named<QDoubleSpinBox>(m_dialog.get(), u"Pong: delay"_s)->setValue(0.25);
        QVERIFY(warning()->isVisible());
        QCOMPARE(m_dialog->endpoint().control.pong, Answer::Delayed);
        QCOMPARE(m_dialog->endpoint().control.pongDelay, 250ms);
    }

    void thePongsPayloadIsTyped()
    {
        goTo(u"Protocol"_s);
        QVERIFY(m_dialog->endpoint().control.pongPayload.isNull());
        choose(u"Pong payload"_s, u"Text"_s);
        // No bytes at all are another payload than the ping's.
        QVERIFY(!m_dialog->endpoint().control.pongPayload.isNull());
        type(u"Pong payload content"_s, u"hé"_s);
        QCOMPARE(m_dialog->endpoint().control.pongPayload, QByteArray("h\xc3\xa9"));
        choose(u"Pong payload"_s, u"Hex"_s);
        QVERIFY2(problems().contains(u"not hex"), qPrintable(problems()));
        QVERIFY(!ok()->isEnabled());
        type(u"Pong payload content"_s, u"0a FF"_s);
        QCOMPARE(m_dialog->endpoint().control.pongPayload, QByteArray("\x0a\xff"));
        type(u"Pong payload content"_s, u"00"_s.repeated(126));
        QVERIFY2(problems().contains(u"126 bytes"), qPrintable(problems()));
    }

    void aLimitOfNothingIsTheSmallestOne()
    {
        Endpoint endpoint;
        endpoint.limits.message = 0;
        show(endpoint);
        QCOMPARE(m_dialog->endpoint().limits.message, 1);
    }

    void limitsHaveUnits()
    {
        goTo(u"Protocol"_s);
        auto *number = named<QDoubleSpinBox>(m_dialog.get(), u"Largest message"_s);
        QCOMPARE(number->text(), u"256"_s);
        choose(u"Largest message: unit"_s, u"KiB"_s);
        QCOMPARE(m_dialog->endpoint().limits.message, 256 * 1024);
        number->setFocus();
        number->selectAll();
        QTest::keyClicks(number, u"2000"_s);
        QCOMPARE(m_dialog->endpoint().limits.message, 2'048'000);
    }

    void reconnectingIsSaidInWords_data()
    {
        QTest::addColumn<ReconnectPolicy>("policy");
        QTest::addColumn<QString>("words");
        ReconnectPolicy policy;
        QTest::newRow("as it is") << policy
                                  << u"Waits 1 s, 2 s, 4 s, 8 s, … 30 s, each up to 20 % more or less. Gives up after "
                                     "10 attempts in a row."_s;
        policy.jitter = 0;
        policy.attempts = 2;
        policy.first = 500ms;
        QTest::newRow("twice") << policy << u"Waits 0.5 s, 1 s. Gives up after 2 attempts in a row."_s;
        policy.attempts = 1;
        QTest::newRow("once") << policy << u"Waits 0.5 s. Gives up after 1 attempt."_s;
        policy.attempts = 0;
        policy.factor = 1;
        QTest::newRow("steadily") << policy << u"Waits 0.5 s, 0.5 s, 0.5 s, 0.5 s. Never gives up."_s;
    }

    void reconnectingIsSaidInWords()
    {
        QLocale::setDefault(QLocale::c());
        QFETCH(ReconnectPolicy, policy);
        QTEST(reconnectText(policy), "words");
    }

    void closeCodesAreChecked()
    {
        goTo(u"Timeouts"_s);
        auto *codes = named<QLineEdit>(m_dialog.get(), u"Close codes"_s);
        QVERIFY(!codes->isEnabled());
        tick(u"Connect again automatically"_s);
        type(u"Close codes"_s, u"1006, 4999"_s);
        QCOMPARE(m_dialog->endpoint().reconnect.closeCodes, (QList<quint16>{1006, 4999}));
        QVERIFY(ok()->isEnabled());
        type(u"Close codes"_s, u"1006 999"_s);
        QVERIFY2(problems().contains(u"1006 999"), qPrintable(problems()));
        QVERIFY(!ok()->isEnabled());
        QVERIFY(!m_dialog->findChild<QTabWidget *>()->tabIcon(5).isNull());
        tick(u"Connect again automatically"_s);
        QVERIFY(ok()->isEnabled());
    }

    void aProblemStandsUnderItsField()
    {
        goTo(u"Timeouts"_s);
        tick(u"Connect again automatically"_s);
        auto *codes = named<QLineEdit>(m_dialog.get(), u"Close codes"_s);
        const int height = codes->height();
        type(u"Close codes"_s, u"1006 999"_s);
        const QLabel *problem = shownProblem();
        QVERIFY(problem);
        QCOMPARE(problem->parentWidget(), codes->parentWidget());
        QTRY_VERIFY(problem->y() > codes->geometry().bottom());
        QCOMPARE(codes->height(), height);
    }

    void theLongestDelayIsNotTheShortest()
    {
        goTo(u"Timeouts"_s);
        tick(u"Connect again automatically"_s);
        named<QDoubleSpinBox>(m_dialog.get(), u"Longest delay"_s)->setValue(0.5);
        QVERIFY2(problems().contains(u"shorter than the first"), qPrintable(problems()));
        QVERIFY(!ok()->isEnabled());
    }

private:
    [[nodiscard]] QLabel *shownProblem() const
    {
        const QList<QLabel *> all = m_dialog->findChildren<QLabel *>();
        for (QLabel *label : all) {
            if (label->isVisible() && label->property("error").toBool())
                return label;
        }
        return nullptr;
    }

    [[nodiscard]] QLabel *warning() const
    {
        const QList<QLabel *> all = m_dialog->findChildren<QLabel *>();
        for (QLabel *label : all) {
            if (label->text().contains(u"on purpose"))
                return label;
        }
        return nullptr;
    }
};

SOCKEYE_TEST(ProtocolOptionsTest, QApplication)
#include "tst_protocoloptions.moc"
