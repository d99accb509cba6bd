#include "conformance/CaseLoader.h"
#include "conformance/ChosenCases.h"
#include "conformance/ConformanceClient.h"
#include "server/EchoServer.h"
#include "support/TestProgram.h"

#include <QMap>
#include <QSignalSpy>
#include <QtTest>

using namespace sockeye;
using namespace sockeye::conformance;
using namespace sockeye::test;

namespace {
/// Cases that run beside each other: most of them wait.
constexpr int CasesAtOnce = 8;
constexpr int EchoPatience = 90'000;
} // namespace

/// The built-in server, put to the test by the conformance client: nothing less than the best is good enough.
class ConformanceEchoTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void conforms_data();
    void conforms();

private:
    void runMore();

    EchoServer m_server;
    ConformanceClient m_client;
    QList<ConformanceCase> m_cases;
    qsizetype m_next = 0;
    QMap<QString, ConformanceResult> m_results;
};

void ConformanceEchoTest::initTestCase()
{
    const auto loaded = builtInCases(Subject::Server);
    QVERIFY2(loaded, qPrintable(loaded.message()));
    QCOMPARE(loaded.value().size(), 567);
    m_cases = chosenCases(loaded.value());
    const auto started = m_server.start();
    QVERIFY2(started, qPrintable(started.message()));
    connect(&m_client, &ConformanceClient::finished, this, [this](const ConformanceResult &result) {
        m_results.insert(result.id, result);
        runMore();
    });
}

void ConformanceEchoTest::runMore()
{
    while (m_client.running() < CasesAtOnce && m_next < m_cases.size())
        m_client.run(m_server.url(), m_cases.at(m_next++));
}

void ConformanceEchoTest::conforms_data()
{
    QTest::addColumn<ConformanceCase>("one");
    for (const ConformanceCase &one : std::as_const(m_cases))
        QTest::newRow(qPrintable(one.id)) << one;
}

void ConformanceEchoTest::conforms()
{
    QFETCH(ConformanceCase, one);
    // Where only some are asked for, the first of those is the next.
    if (m_next == 0) {
        while (m_cases.at(m_next).id != one.id)
            ++m_next;
    }
    runMore();
    // In an event loop that never sleeps: QTest::qWaitFor() does, 10 ms between what must go quickly here.
    QSignalSpy results(&m_client, &ConformanceClient::finished);
    while (!m_results.contains(one.id))
        QVERIFY(results.wait(EchoPatience));
    const ConformanceResult result = m_results.value(one.id);
    QVERIFY2(result.verdict == Verdict::Passed,
             qPrintable(QStringLiteral("%1: %2\nIt must: %3").arg(one.title, result.why, one.expectation)));
}

SOCKEYE_TEST(ConformanceEchoTest, QCoreApplication)
#include "tst_conformance_echo.moc"
