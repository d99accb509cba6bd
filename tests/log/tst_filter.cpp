#include "log/Filter.h"

#include "capture/CaptureReader.h"
#include "log/SampleLog.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(QList<int>)

class TestFilter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void emptyMatchesAll();
    void understands_data();
    void understands();
    void refuses_data();
    void refuses();

private:
    SampleLog m_log;
};

void TestFilter::initTestCase()
{
    const EntryId last = m_log.addEveryKind();
    QCOMPARE(last, EntryId(15));
}

void TestFilter::emptyMatchesAll()
{
    for (const QString &text : {QString(), u"   "_s}) {
        const auto parsed = parseFilter(text);
        QVERIFY(std::holds_alternative<EntryQuery>(parsed));
        QVERIFY(std::get<EntryQuery>(parsed).matchesAll());
    }
}

void TestFilter::understands_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<int>>("entries");

    QTest::newRow("direction in") << u"dir:in"_s << QList{3, 4, 5, 6, 8, 9, 10, 11, 12, 13};
    QTest::newRow("direction out") << u"dir:out"_s << QList{2, 7, 14};
    QTest::newRow("direction of events") << u"dir:none"_s << QList{1, 15};
    QTest::newRow("two directions") << u"dir:out,none"_s << QList{1, 2, 7, 14, 15};
    QTest::newRow("kind") << u"op:binary"_s << QList{4, 5};
    QTest::newRow("kind by its other name") << u"type:ping"_s << QList{6};
    QTest::newRow("kinds") << u"op:ping,pong,close"_s << QList{6, 7, 14};
    QTest::newRow("capitals in keys and names") << u"OP:Raw"_s << QList{10};
    QTest::newRow("greater") << u"size>1k"_s << QList{8};
    QTest::newRow("greater or equal") << u"size>=1.2kB"_s << QList{8};
    QTest::newRow("less") << u"size<3"_s << QList{10, 11};
    QTest::newRow("less or equal") << u"size<=4"_s << QList{6, 7, 10, 11};
    QTest::newRow("size with a colon") << u"size:0"_s << QList{11};
    QTest::newRow("size with an equals sign") << u"size=4"_s << QList{6, 7};
    QTest::newRow("connection") << u"conn:1 op:pong"_s << QList{7};
    QTest::newRow("no such connection") << u"conn:2"_s << QList<int>{};
    QTest::newRow("word, any case") << u"aapl"_s << QList{8};
    QTest::newRow("word, a capital typed") << u"Aapl"_s << QList<int>{};
    QTest::newRow("word in an event") << u"switching"_s << QList{1};
    QTest::newRow("word beyond the head") << u"000000"_s << QList{8};
    QTest::newRow("not ASCII") << u"grüße"_s << QList{9};
    QTest::newRow("quoted with a space") << u"\"and a line\""_s << QList{9};
    QTest::newRow("quoted with escapes") << u"\"{\\\"ok\\\":\""_s << QList{3};
    QTest::newRow("quoted colon is text") << u"\"dir:in\""_s << QList<int>{};
    QTest::newRow("JSON without spaces is a word") << u"{\"ok\":true"_s << QList{3};
    QTest::newRow("unknown name with equals is text") << u"id=7"_s << QList<int>{};
    QTest::newRow("not") << u"-dir:in -dir:none"_s << QList{2, 7, 14};
    QTest::newRow("not a quoted text") << u"op:text dir:in -\"type\" -\"t\\\"\" size>0"_s << QList{3, 9};
    QTest::newRow("all terms hold") << u"dir:in  size>1k\t\"AAPL\""_s << QList{8};
    QTest::newRow("a lone minus is text") << u"- op:binary"_s << QList<int>{};
}

void TestFilter::understands()
{
    QFETCH(QString, text);
    QFETCH(QList<int>, entries);
    const auto parsed = parseFilter(text);
    if (const auto *error = std::get_if<FilterError>(&parsed))
        QFAIL(qPrintable(error->message));

    const auto reader = CaptureReader::open(m_log.path());
    QVERIFY2(reader.ok(), qPrintable(reader.message()));
    QList<int> found;
    const auto matched = reader.value()->match(std::get<EntryQuery>(parsed), EntryId(1), EntryId(15), CancelToken(),
                                               [&found](const QList<EntryId> &ids) {
                                                   for (const EntryId id : ids)
                                                       found.append(int(id.value()));
                                               });
    QVERIFY2(matched.ok(), qPrintable(matched.message()));
    QCOMPARE(found, entries);
}

void TestFilter::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qsizetype>("position");
    QTest::addColumn<QString>("mentioned");

    QTest::newRow("unknown name") << u"dir:in sise>1k"_s << qsizetype(7) << u"“sise” is no filter"_s;
    QTest::newRow("unknown name with a colon") << u"http://x"_s << qsizetype(0) << u"“http” is no filter"_s;
    QTest::newRow("unknown name after not") << u"-foo:1"_s << qsizetype(1) << u"“foo” is no filter"_s;
    QTest::newRow("unknown direction") << u"dir:up"_s << qsizetype(4) << u"“up” is no direction"_s;
    QTest::newRow("unknown kind, second") << u"op:text,tex"_s << qsizetype(8) << u"“tex” is no type"_s;
    QTest::newRow("kind missing") << u"x op:"_s << qsizetype(5) << u"text, binary, ping"_s;
    QTest::newRow("direction with the wrong sign") << u"dir>in"_s << qsizetype(3) << u"“dir:”"_s;
    QTest::newRow("size without a number") << u"size>"_s << qsizetype(5) << u"number of bytes"_s;
    QTest::newRow("size with a strange unit") << u"size>=5q"_s << qsizetype(6) << u"number of bytes"_s;
    QTest::newRow("size of words") << u"size:big"_s << qsizetype(5) << u"number of bytes"_s;
    QTest::newRow("size beyond all bounds") << u"size>99999999999G"_s << qsizetype(5) << u"number of bytes"_s;
    QTest::newRow("negative size") << u"size>-5"_s << qsizetype(5) << u"number of bytes"_s;
    QTest::newRow("connection of words") << u"conn:two"_s << qsizetype(5) << u"“conn:2”"_s;
    QTest::newRow("connection 0") << u"conn:1,0"_s << qsizetype(7) << u"“conn:2”"_s;
    QTest::newRow("open quotation") << u"a \"bc"_s << qsizetype(2) << u"not closed"_s;
    QTest::newRow("empty quotation") << u"\"\""_s << qsizetype(0) << u"nothing between"_s;
}

void TestFilter::refuses()
{
    QFETCH(QString, text);
    QFETCH(qsizetype, position);
    QFETCH(QString, mentioned);
    const auto parsed = parseFilter(text);
    QVERIFY(std::holds_alternative<FilterError>(parsed));
    const auto &error = std::get<FilterError>(parsed);
    QCOMPARE(error.position, position);
    QVERIFY2(error.message.contains(mentioned), qPrintable(error.message));
}

QTEST_GUILESS_MAIN(TestFilter)
#include "tst_filter.moc"
