#include "log/MemberColumns.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestMemberColumns final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrderOfNames();
    void valuesStandInColumns();
    void longValuesPushNobody();
    void namesAreDimmed();
    void aLineIsShownFromAPlaceOn();
    void memoryIsBounded();

private:
    static QList<SummaryPart> summary(const QByteArray &json)
    {
        JsonSummary reader;
        return reader.read(json);
    }
};

void TestMemberColumns::keepsTheOrderOfNames()
{
    MemberColumns columns;
    QVERIFY(!columns.learn(summary(R"({"type":"a","price":1})")));
    columns.learn(summary(R"({"price":2,"type":"b"})"));
    // A new name stands behind the one that it follows in its message.
    columns.learn(summary(R"({"type":"c","symbol":"X","price":3})"));
    QCOMPARE(columns.line(summary(R"({"price":2,"type":"b"})")).text, u"type=b price=2"_s);
    QCOMPARE(columns.line(summary(R"({"price":2,"symbol":"Y","type":"b"})")).text, u"type=b symbol=Y price=2"_s);
    // What was never learnt stands last, as it came.
    QCOMPARE(columns.line(summary(R"({"z":1,"y":2,"type":"b"})")).text, u"type=b z=1 y=2"_s);
}

void TestMemberColumns::valuesStandInColumns()
{
    MemberColumns columns;
    QVERIFY(!columns.learn(summary(R"({"price":143.8,"size":1})")));
    QVERIFY(columns.learn(summary(R"({"price":1143.86,"size":20})")));
    QVERIFY(!columns.learn(summary(R"({"price":5,"size":2})")));
    QCOMPARE(columns.line(summary(R"({"price":143.8,"size":1})")).text, u"price=143.8   size=1"_s);
    QCOMPARE(columns.line(summary(R"({"price":1143.86,"size":20})")).text, u"price=1143.86 size=20"_s);
}

void TestMemberColumns::longValuesPushNobody()
{
    MemberColumns columns;
    columns.learn(summary(R"({"a":"x","b":1})"));
    QVERIFY(!columns.learn(summary("{\"a\":\"" + QByteArray(MemberColumns::MaxWidth + 1, 'x') + "\",\"b\":1}")));
    QCOMPARE(columns.line(summary(R"({"a":"x","b":1})")).text, u"a=x b=1"_s);
}

void TestMemberColumns::namesAreDimmed()
{
    MemberColumns columns;
    const PreviewLine line = columns.line(summary(R"(42["chat",{"text":"a","n":1}])"));
    QCOMPARE(line.text, u"42 chat text=a n=1"_s);
    QStringList dimmed;
    for (const PreviewLine::Run &run : line.dimmed)
        dimmed += line.text.sliced(run.begin, run.size);
    QCOMPARE(dimmed, (QStringList{u"42"_s, u"text="_s, u"n="_s}));
    // Nothing in a value breaks the line.
    QCOMPARE(columns.line(summary(R"({"a":"x\ny\u0007"})")).text, u"a=\"x y␇\""_s);
}

void TestMemberColumns::aLineIsShownFromAPlaceOn()
{
    const PreviewLine line{u"type=trade price=1"_s, {{0, 5}, {11, 6}}};
    QCOMPARE(line.from(0), line);
    QCOMPARE(line.from(3), (PreviewLine{u"…e=trade price=1"_s, {{0, 1}, {1, 2}, {9, 6}}}));
    QCOMPARE(line.from(13), (PreviewLine{u"…ice=1"_s, {{0, 1}, {1, 4}}}));
    QCOMPARE(line.from(100).text, u"…"_s);
}

void TestMemberColumns::memoryIsBounded()
{
    MemberColumns columns;
    for (int n = 0; n < 2 * MemberColumns::MaxNames; ++n)
        columns.learn(summary("{\"" + QByteArray::number(n) + "\":1}"));
    QCOMPARE(columns.line(summary(R"({"511":1,"510":2})")).text, uR"("511"=1 "510"=2)"_s);
}

SOCKEYE_TEST(TestMemberColumns, QCoreApplication)
#include "tst_membercolumns.moc"
