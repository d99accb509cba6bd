#include "conformance/CaseLoader.h"
#include "conformance/ChosenCases.h"
#include "conformance/ClientPool.h"
#include "integration/Recorded.h"
#include "support/TestProgram.h"

#include <QtTest>

using namespace sockeye;
using namespace sockeye::conformance;
using namespace sockeye::test;

namespace {

/// Of `sockeye record` (DESIGN section 7).
enum Exit { ClosedCleanly = 0, RuleBroken = 3 };

struct Tally
{
    int passed = 0;
    int nonStrict = 0;
    int failed = 0;
};

/// Cases whose captures are looked into, and the rule that they must name.
const QHash<QString, QString> BrokenRules{{QStringLiteral("2.5"), QStringLiteral("frame.control-too-long")},
                                          {QStringLiteral("3.2"), QStringLiteral("frame.rsv")},
                                          {QStringLiteral("4.1.3"), QStringLiteral("frame.reserved-opcode")},
                                          {QStringLiteral("5.1"), QStringLiteral("frame.control-fragmented")},
                                          {QStringLiteral("5.9"), QStringLiteral("frame.unexpected-continuation")},
                                          {QStringLiteral("5.18"), QStringLiteral("frame.expected-continuation")},
                                          {QStringLiteral("6.3.2"), QStringLiteral("message.utf8")},
                                          {QStringLiteral("6.4.4"), QStringLiteral("message.utf8")},
                                          {QStringLiteral("7.3.2"), QStringLiteral("close.one-byte")},
                                          {QStringLiteral("7.5.1"), QStringLiteral("close.utf8")},
                                          {QStringLiteral("7.9.1"), QStringLiteral("close.code")},
                                          {QStringLiteral("14.1"), QStringLiteral("frame.masked")}};
const QStringList Compressed{QStringLiteral("12.2.5"), QStringLiteral("13.3.11"), QStringLiteral("13.8.3")};

[[nodiscard]] QStringList rulesIn(const Recorded &recorded)
{
    QStringList rules;
    for (const RecordedEntry &entry : recorded.entries) {
        for (const Finding &finding : entry.findings)
            rules += finding.rule;
    }
    return rules;
}

} // namespace

/// `sockeye record --echo` as a client of the conformance server.
class ConformanceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void conforms_data();
    void conforms();

private:
    void expectRecorded(const ConformanceCase &one, const ClientOutcome &outcome);

    QMap<QString, ConformanceCase> m_cases;
    QStringList m_order;
    std::unique_ptr<ClientPool> m_pool;
    QMap<QString, Tally> m_tallies;
};

void ConformanceTest::initTestCase()
{
    const auto loaded = builtInCases(Subject::Client);
    QVERIFY2(loaded.ok(), qPrintable(loaded.message()));
    QCOMPARE(loaded.value().size(), 525);
    const QList<ConformanceCase> chosen = chosenCases(loaded.value(), BrokenRules.keys() + Compressed);
    for (const ConformanceCase &one : chosen) {
        QVERIFY2(!m_cases.contains(one.id), qPrintable(one.id));
        m_cases.insert(one.id, one);
        m_order += one.id;
    }
    m_pool = std::make_unique<ClientPool>(chosen);
    const auto listening = m_pool->listen();
    QVERIFY2(listening.ok(), qPrintable(listening.message()));
}

void ConformanceTest::cleanupTestCase()
{
    m_pool.reset();
    for (auto it = m_tallies.cbegin(); it != m_tallies.cend(); ++it)
        qInfo("%-14s %3d passed, %d not strict, %d failed", qPrintable(it.key()), it->passed, it->nonStrict,
              it->failed);
}

void ConformanceTest::conforms_data()
{
    QTest::addColumn<QString>("id");
    for (const QString &id : std::as_const(m_order))
        QTest::newRow(qPrintable(id)) << id;
}

void ConformanceTest::conforms()
{
    QFETCH(QString, id);
    const ConformanceCase &one = m_cases[id];
    const ClientOutcome outcome = m_pool->outcome(id);
    Tally &tally = m_tallies[one.family];
    switch (outcome.result.verdict) {
    case Verdict::Passed:
        ++tally.passed;
        break;
    case Verdict::NonStrict:
        ++tally.nonStrict;
        qInfo("%s: %s", qPrintable(id), qPrintable(outcome.result.why));
        break;
    case Verdict::Unsupported:
    case Verdict::Failed:
        ++tally.failed;
        QFAIL(qPrintable(
            QStringLiteral("%1 (%2): %3\nIt must: %4\nThe program: %5")
                .arg(id, one.title, outcome.result.why, one.expectation, QString::fromUtf8(outcome.said.right(2000)))));
    }
    expectRecorded(one, outcome);
    QFile::remove(outcome.capture);
}

/// The program's own account agrees with the server's.
void ConformanceTest::expectRecorded(const ConformanceCase &one, const ClientOutcome &outcome)
{
    const bool isDefined = one.steps.last().kind != Step::Kind::End;
    const int expected = one.isFailed() ? RuleBroken : ClosedCleanly;
    QVERIFY2(!isDefined || outcome.exitCode == expected, outcome.said.constData());
    const QString rule = BrokenRules.value(one.id);
    if (rule.isEmpty() && !Compressed.contains(one.id))
        return;
    const auto recorded = readCapture(outcome.capture);
    QVERIFY2(recorded.ok(), qPrintable(recorded.message()));
    const ConnectionRecord &connection = recorded.value().connections.first();
    const QStringList rules = rulesIn(recorded.value());
    if (rule.isEmpty()) {
        QCOMPARE(connection.endKind, EndKind::Clean);
        QVERIFY2(rules.isEmpty(), qPrintable(rules.join(u' ')));
        QCOMPARE(connection.compressedIn.messages, one.steps.first().count);
        QCOMPARE(connection.compressedOut.messages, one.steps.first().count);
        return;
    }
    QCOMPARE(connection.endKind, EndKind::RuleBroken);
    QVERIFY(one.steps.last().codes.contains(connection.closeCode));
    QVERIFY2(rules.contains(rule), qPrintable(rules.join(u' ')));
}

SOCKEYE_TEST(ConformanceTest, QCoreApplication)

#include "tst_conformance.moc"
