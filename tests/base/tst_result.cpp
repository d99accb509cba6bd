#include "base/Result.h"

#include "support/TestProgram.h"

#include <QTest>

#include <memory>
#include <utility>

using namespace sockeye;

class TestResult final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsAValue();
    void holdsAnError();
    void movesItsValueOut();
    void withoutValue();
    void valueMayBeAString();
};

void TestResult::holdsAValue()
{
    Result<int> result = 42;
    QVERIFY(result.ok());
    QVERIFY(static_cast<bool>(result));
    QCOMPARE(result.value(), 42);
    QCOMPARE(result.message(), QString());
    result.value() = 43;
    QCOMPARE(std::as_const(result).value(), 43);
}

void TestResult::holdsAnError()
{
    const Result<int> result = Error{QStringLiteral("it failed")};
    QVERIFY(!result.ok());
    QVERIFY(!static_cast<bool>(result));
    QCOMPARE(result.message(), QStringLiteral("it failed"));
    QCOMPARE(result.error(), Error{QStringLiteral("it failed")});
}

void TestResult::movesItsValueOut()
{
    Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
    const std::unique_ptr<int> value = std::move(result).value();
    QCOMPARE(*value, 7);
}

void TestResult::withoutValue()
{
    const Result<> good;
    QVERIFY(good.ok());
    QCOMPARE(good.message(), QString());
    const Result<> bad = Error{QStringLiteral("no")};
    QVERIFY(!bad.ok());
    QCOMPARE(bad.error().message, QStringLiteral("no"));
}

void TestResult::valueMayBeAString()
{
    const Result<QString> result = QStringLiteral("text");
    QVERIFY(result.ok());
    QCOMPARE(result->size(), 4);
    QCOMPARE(result.message(), QString());
}

SOCKEYE_TEST(TestResult, NoApplication)
#include "tst_result.moc"
