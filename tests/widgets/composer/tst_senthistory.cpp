#include "widgets/composer/SentHistory.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

namespace {

/// A field with a history, as an editor has it.
class Field final
{
public:
    void type(int value)
    {
        text = value;
        history.edited();
    }
    void send(int value)
    {
        type(value);
        history.remember(value);
    }
    void recall(int step)
    {
        history.recall(step, isDraftable ? std::optional(text) : std::nullopt, [this](int value) { type(value); });
    }

    int text = 0;
    bool isDraftable = true;
    SentHistory<int> history;
};

} // namespace

class TestSentHistory final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recallsFromTheNewestToTheOldest()
    {
        Field field;
        for (int value = 1; value <= 3; ++value)
            field.send(value);
        for (const int expected : {3, 2, 1, 1}) {
            field.recall(-1);
            QCOMPARE(field.text, expected);
        }
        field.recall(1);
        QCOMPARE(field.text, 2);
    }

    void comesBackToTheDraft()
    {
        Field field;
        field.send(1);
        field.type(7);
        field.recall(1);
        QCOMPARE(field.text, 7);
        field.recall(-1);
        QCOMPARE(field.text, 1);
        field.recall(1);
        QCOMPARE(field.text, 7);
    }

    void typingMakesADraftOfWhatWasRecalled()
    {
        Field field;
        field.send(1);
        field.send(2);
        field.recall(-1);
        field.recall(-1);
        field.type(9);
        field.recall(-1);
        QCOMPARE(field.text, 2);
        field.recall(1);
        QCOMPARE(field.text, 9);
    }

    void keepsEachValueOnce()
    {
        Field field;
        for (const int value : {1, 2, 1})
            field.send(value);
        for (const int expected : {1, 2, 2}) {
            field.recall(-1);
            QCOMPARE(field.text, expected);
        }
    }

    void whatIsNoDraftIsNotReplaced()
    {
        Field field;
        field.send(1);
        field.type(5);
        field.isDraftable = false;
        field.recall(-1);
        QCOMPARE(field.text, 5);
    }

    void forgetsTheOldest()
    {
        Field field;
        for (int value = 1; value <= SentHistory<int>::MaxSize + 10; ++value)
            field.send(value);
        for (int step = 0; step < 2 * SentHistory<int>::MaxSize; ++step)
            field.recall(-1);
        QCOMPARE(field.text, 11);
    }
};

SOCKEYE_TEST(TestSentHistory, QCoreApplication)
#include "tst_senthistory.moc"
