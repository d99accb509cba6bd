#include "filter/EntryQuery.h"

#include "support/TestProgram.h"

#include <QtTest>

#include <thread>

using namespace sockeye;
using namespace sockeye::filter;

namespace {

Condition timeIs(qint64 low, qint64 high)
{
    return Condition::of(NumberIn{FilterKey::Time, {{low, high}}});
}

const Condition Words = Condition::of(Contains{"word"});

} // namespace

/// Trees of conditions as values.
class ConditionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comparesByValue();
    void goesToOtherThreads();
    void boundsTimes();
    void tellsAnnotations();
    void matchesAllOnlyIfNothingIsAsked();
};

void ConditionTest::comparesByValue()
{
    const Condition one = Condition::allOf({Words, Condition::negation(timeIs(1, 2))});
    Condition other = Condition::allOf({Words, Condition::negation(timeIs(1, 2))});
    QVERIFY(one == other);
    const Condition copy = other;
    other.parts.append(Words);
    QVERIFY(one != other);
    QVERIFY(one == copy);
    QVERIFY(Condition::allOf({Words, timeIs(1, 2)}) != Condition::anyOf({Words, timeIs(1, 2)}));
    QVERIFY(Condition::of(Contains{"word", true}) != Words);
    QVERIFY(Condition::allOf({}) != Condition::anyOf({}));
    QVERIFY(EntryQuery{one} == EntryQuery{copy});
    QVERIFY((EntryQuery{one, true, false}) != EntryQuery{one});
}

void ConditionTest::goesToOtherThreads()
{
    EntryQuery query{Condition::anyOf({Words, timeIs(3, 4)})};
    const EntryQuery expected = query;
    bool isEqual = false;
    std::thread reader([copy = query, &expected, &isEqual] { isEqual = copy == expected; });
    query.condition.parts.clear();
    reader.join();
    QVERIFY(isEqual);
}

void ConditionTest::boundsTimes()
{
    const Range all;
    QCOMPARE(Condition().times(), all);
    QCOMPARE(Words.times(), all);
    QCOMPARE(timeIs(3, 9).times(), (Range{3, 9}));
    QCOMPARE(Condition::of(NumberIn{FilterKey::Time, {{3, 4}, {8, 9}}}).times(), (Range{3, 9}));
    QCOMPARE(Condition::of(NumberIn{FilterKey::Size, {{3, 4}}}).times(), all);
    QCOMPARE(Condition::allOf({timeIs(3, 9), Words, timeIs(5, 20)}).times(), (Range{5, 9}));
    QCOMPARE(Condition::anyOf({timeIs(3, 9), timeIs(5, 20)}).times(), (Range{3, 20}));
    QCOMPARE(Condition::anyOf({timeIs(3, 9), Words}).times(), all);
    QCOMPARE(Condition::negation(timeIs(3, 9)).times(), all);
    QCOMPARE(EntryQuery{timeIs(3, 9)}.notBefore(), std::optional(timestampFromNs(3)));
    QVERIFY(!EntryQuery{timeIs(3, Range::Highest)}.notAfter());
}

void ConditionTest::tellsAnnotations()
{
    const Condition noted = Condition::of(HasFeature{{FilterFeature::Finding, FilterFeature::Note}});
    QVERIFY(noted.usesAnnotations());
    QVERIFY(!Condition::of(HasFeature{{FilterFeature::Finding, FilterFeature::Fragments}}).usesAnnotations());
    QVERIFY(EntryQuery{Condition::anyOf({Words, Condition::negation(noted)})}.usesAnnotations());
    QVERIFY(!EntryQuery{Words}.usesAnnotations());
}

void ConditionTest::matchesAllOnlyIfNothingIsAsked()
{
    QVERIFY(EntryQuery().matchesAll());
    QVERIFY(!EntryQuery{Words}.matchesAll());
    QVERIFY(!(EntryQuery{{}, true, false}).matchesAll());
    QVERIFY(!(EntryQuery{{}, false, true}).matchesAll());
    QVERIFY(!EntryQuery{Condition::anyOf({})}.matchesAll());
}

SOCKEYE_TEST(ConditionTest, QCoreApplication)
#include "tst_condition.moc"
