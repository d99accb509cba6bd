#include "filter/Filter.h"

#include "filter/FilterCompletion.h"
#include "reading/CaptureReader.h"
#include "support/TestProgram.h"
#include "tests/log/SampleLog.h"

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
    void understandsAllOfIt_data();
    void understandsAllOfIt();
    void refuses_data();
    void refuses();
    void tellsTheTimesItKeepsTo();
    void colours();
    void completes_data();
    void completes();

private:
    /// 17:02:04.5 that day.
    static constexpr qint64 End = SampleLog::Start + 3'724'502'500'000;

    void selects(EntryId last);

    SampleLog m_log;
};

void TestFilter::initTestCase()
{
    qputenv("TZ", "UTC");
    const EntryId last = m_log.addEveryKind();
    QCOMPARE(last, EntryId(15));
    NewEntry pong;
    pong.connection = ConnectionId(1);
    pong.time = timestampFromNs(End);
    pong.kind = EntryKind::Pong;
    pong.latency = std::chrono::milliseconds(84);
    pong.payload = "late";
    m_log.writer().append(std::move(pong));
    NewEntry pieces;
    pieces.connection = ConnectionId(1);
    pieces.time = timestampFromNs(End);
    pieces.compressed = true;
    pieces.payload = R"({"data":{"price":101.5,"list":[1,"two"],"ok":true},"null":null})";
    pieces.frames = {FrameHeader(), FrameHeader()};
    m_log.writer().append(std::move(pieces));
    m_log.writer().annotate(
        {{EntryId(2), {true, 0, {}}}, {EntryId(3), {false, 0, u"look"_s}}, {EntryId(4), {false, 1, {}}}});
    m_log.writer().flush();
    QCOMPARE(m_log.writer().committed(), EntryId(17));
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
    selects(EntryId(15));
}

void TestFilter::understandsAllOfIt_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<int>>("entries");

    QTest::newRow("or") << u"op:ping or op:pong"_s << QList{6, 7, 16};
    QTest::newRow("and binds closer than or") << u"dir:out op:close or dir:in op:ping"_s << QList{6, 14};
    QTest::newRow("and as a word") << u"dir:out AND op:close"_s << QList{14};
    QTest::newRow("parentheses") << u"dir:out (op:close or op:ping or op:pong)"_s << QList{7, 14};
    QTest::newRow("parentheses without spaces") << u"(op:close)(dir:out)"_s << QList{14};
    QTest::newRow("not a group") << u"-(dir:in or dir:none)"_s << QList{2, 7, 14};
    QTest::newRow("not as a word") << u"not dir:in Not dir:none"_s << QList{2, 7, 14};
    QTest::newRow("not twice") << u"not not op:ping"_s << QList{6};
    QTest::newRow("not binds closest") << u"not dir:in or op:ping"_s << QList{1, 2, 6, 7, 14, 15};
    QTest::newRow("quoted operators are text") << u"\"and\""_s << QList{9};
    QTest::newRow("an operator after a minus is text") << u"op:text dir:in -and"_s << QList{3, 8, 11, 12, 13, 17};
    QTest::newRow("a word ends at a parenthesis") << u"(aapl or switching)"_s << QList{1, 8};
    QTest::newRow("a word keeps its own parentheses") << u"(f(x) or op:ping)"_s << QList{6};
    QTest::newRow("a parenthesis in a word") << u"f(x)"_s << QList<int>{};
    QTest::newRow("a smile") << u":)"_s << QList<int>{};
    QTest::newRow("a path is no regular expression") << u"/api/v1"_s << QList<int>{};

    QTest::newRow("size in a range") << u"size:4..21"_s << QList{6, 7, 13, 16};
    QTest::newRow("size up to") << u"size:..2"_s << QList{10, 11};
    QTest::newRow("size from") << u"size:1k.."_s << QList{8};
    QTest::newRow("size, list") << u"size:0,4"_s << QList{6, 7, 11, 16};
    QTest::newRow("size unequal") << u"size!=4 op:ping,pong,raw"_s << QList{10};
    QTest::newRow("wire size") << u"wire:6"_s << QList{6, 7};
    QTest::newRow("an event has no size") << u"op:event size>=0"_s << QList<int>{};
    QTest::newRow("entry") << u"entry>13"_s << QList{14, 15, 16, 17};
    QTest::newRow("entries in a range") << u"entry:5..7"_s << QList{5, 6, 7};
    QTest::newRow("entries, ranges in a list") << u"entry:1,5..6,14.."_s << QList{1, 5, 6, 14, 15, 16, 17};
    QTest::newRow("connection unequal") << u"conn!=1"_s << QList<int>{};
    QTest::newRow("latency") << u"latency>100us"_s << QList{16};
    QTest::newRow("latency in a range") << u"latency:1ms..1s"_s << QList{16};
    QTest::newRow("latency, none is not small") << u"latency<1s"_s << QList{16};
    QTest::newRow("not a latency") << u"-latency<1s op:pong"_s << QList{7};
    QTest::newRow("findings") << u"has:finding"_s << QList{12, 13};
    QTest::newRow("no findings") << u"-has:finding entry>10"_s << QList{11, 14, 15, 16, 17};
    QTest::newRow("fragments") << u"has:fragments"_s << QList{17};
    QTest::newRow("compression") << u"has:compression"_s << QList{17};
    QTest::newRow("one of several") << u"has:finding,compression"_s << QList{12, 13, 17};
    QTest::newRow("rule") << u"rule:message.utf8"_s << QList{12, 13};
    QTest::newRow("rules below") << u"rule:message"_s << QList{12, 13};
    QTest::newRow("another rule") << u"rule:frame,mess"_s << QList<int>{};

    QTest::newRow("bookmark") << u"has:bookmark"_s << QList{2};
    QTest::newRow("note") << u"has:note"_s << QList{3};
    QTest::newRow("colour or bookmark") << u"has:color,bookmark"_s << QList{2, 4};
    QTest::newRow("no note") << u"-has:note entry<5"_s << QList{1, 2, 4};

    QTest::newRow("regular expression") << u"/tr[ao]des/"_s << QList{2};
    QTest::newRow("regular expression, case counts") << u"/SUBSCRIBE/"_s << QList<int>{};
    QTest::newRow("regular expression, any case") << u"/SUBSCRIBE/i"_s << QList{2, 3};
    QTest::newRow("regular expression with spaces") << u"(/and a (line|row)/)"_s << QList{9};
    QTest::newRow("bytes") << u"hex:a4657479"_s << QList{4, 5};
    QTest::newRow("bytes, any digit") << u"hex:8B??"_s << QList{10};
    QTest::newRow("bytes with spaces") << u"hex:\"8b 00\""_s << QList{10};
    QTest::newRow("JSON greater") << u"json:$.data.price>100"_s << QList{17};
    QTest::newRow("JSON not greater") << u"json:$.data.price>101.5"_s << QList<int>{};
    QTest::newRow("JSON greater or equal") << u"json:$.data.price>=101.5"_s << QList{17};
    QTest::newRow("JSON less") << u"json:$.data.price<102"_s << QList{17};
    QTest::newRow("JSON text is no number") << u"json:$.type>0"_s << QList<int>{};
    QTest::newRow("JSON text") << u"json:$.symbol=\"MSFT\""_s << QList{12};
    QTest::newRow("JSON word") << u"json:$.symbol=MSFT"_s << QList{12};
    QTest::newRow("JSON true") << u"json:$.ok=true"_s << QList{3};
    QTest::newRow("JSON element") << u"json:$.data.list[1]=two"_s << QList{17};
    QTest::newRow("JSON holds") << u"json:$.data.list~two"_s << QList{17};
    QTest::newRow("JSON null is none") << u"json:$.null"_s << QList<int>{};
    QTest::newRow("JSON exists") << u"json:$[\"data\"][\"ok\"]"_s << QList{17};
    QTest::newRow("JSON is not there") << u"-json:$.data entry>15"_s << QList{16};
    QTest::newRow("JSON unequal") << u"json:$.subscribed!=2"_s << QList{3};
    QTest::newRow("not JSON equal") << u"-json:$.subscribed=1 entry:2..4"_s << QList{2, 4};

    QTest::newRow("time of day") << u"time>17:00"_s << QList{12, 13, 14, 15, 16, 17};
    QTest::newRow("a minute") << u"time:16:00"_s << QList{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    QTest::newRow("a second") << u"time:16:00:01"_s << QList{11};
    QTest::newRow("not that second") << u"time!=16:00:01 time<17:00"_s << QList{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    QTest::newRow("times") << u"time:16:00:00.2..16:00:00.25"_s << QList{6, 7, 8, 9};
    QTest::newRow("time as the log shows it") << u"time:\"16:00:00.201 118\""_s << QList{6};
    QTest::newRow("date and time") << u"time<2026-11-22T16:00:00.1"_s << QList{1, 2};
    QTest::newRow("with a zone") << u"time<2026-11-22T17:00:00.1+01:00"_s << QList{1, 2};
    QTest::newRow("a day") << u"time:2026-11-22 entry<3"_s << QList{1, 2};
    QTest::newRow("after the day") << u"time>2026-11-22"_s << QList<int>{};
    QTest::newRow("until the day's end") << u"time<=2026-11-22 entry<3"_s << QList{1, 2};
    QTest::newRow("after the first entry") << u"time<+100ms"_s << QList{1, 2};
    QTest::newRow("before the last entry") << u"time>=-5s entry<15"_s << QList{12, 13, 14};
}

void TestFilter::understandsAllOfIt()
{
    selects(EntryId(17));
}

void TestFilter::selects(EntryId last)
{
    QFETCH(QString, text);
    QFETCH(QList<int>, entries);
    const FilterContext context{timestampFromNs(SampleLog::Start), timestampFromNs(End)};
    const auto parsed = parseFilter(text, context);
    if (const auto *error = std::get_if<FilterError>(&parsed))
        QFAIL(qPrintable(error->message));

    const auto reader = CaptureReader::open(m_log.path());
    QVERIFY2(reader.ok(), qPrintable(reader.message()));
    QList<int> found;
    const auto matched = reader.value()->scanner().match(std::get<EntryQuery>(parsed), EntryId(1), last, CancelToken(),
                                                         [&found](const Matches &some) {
                                                             for (const EntryId id : some.ids)
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

    QTest::newRow("nothing after or") << u"a or"_s << qsizetype(4) << u"condition is missing"_s;
    QTest::newRow("nothing before or") << u" or a"_s << qsizetype(1) << u"Before “or”"_s;
    QTest::newRow("and after or") << u"a or and b"_s << qsizetype(5) << u"Before “and”"_s;
    QTest::newRow("nothing after not") << u"a not"_s << qsizetype(5) << u"condition is missing"_s;
    QTest::newRow("open parenthesis") << u"a (b or (c)"_s << qsizetype(2) << u"not closed"_s;
    QTest::newRow("closing parenthesis") << u"(a) ) b"_s << qsizetype(4) << u"no open parenthesis"_s;
    QTest::newRow("empty parentheses") << u"a ()"_s << qsizetype(2) << u"nothing between"_s;
    QTest::newRow("or before a parenthesis") << u"(a or )"_s << qsizetype(6) << u"condition is missing"_s;
    QTest::newRow("range without ends") << u"size:.."_s << qsizetype(5) << u"number of bytes"_s;
    QTest::newRow("range with a wrong end") << u"size:1..x"_s << qsizetype(8) << u"number of bytes"_s;
    QTest::newRow("range the wrong way") << u"size:2k..1k"_s << qsizetype(9) << u"before it begins"_s;
    QTest::newRow("range after a sign") << u"size>1..2"_s << qsizetype(5) << u"number of bytes"_s;
    QTest::newRow("list with a gap") << u"entry:1,,2"_s << qsizetype(8) << u"entry's number"_s;
    QTest::newRow("latency without a unit") << u"latency>50"_s << qsizetype(8) << u"“latency>50ms”"_s;
    QTest::newRow("time of words") << u"time>noon"_s << qsizetype(5) << u"A time is expected"_s;
    QTest::newRow("hour 25") << u"time>25:00"_s << qsizetype(5) << u"A time is expected"_s;
    QTest::newRow("30 February") << u"time:2026-02-30"_s << qsizetype(5) << u"A time is expected"_s;
    QTest::newRow("second end of times") << u"time:12:00..12:61"_s << qsizetype(12) << u"A time is expected"_s;
    QTest::newRow("unknown feature") << u"has:note,wings"_s << qsizetype(9) << u"“wings” is nothing"_s;
    QTest::newRow("rule of two words") << u"rule:a\"b"_s << qsizetype(6) << u"not closed"_s;
    QTest::newRow("rule missing") << u"rule:"_s << qsizetype(5) << u"“rule:frame.rsv”"_s;
    QTest::newRow("no hex digit") << u"hex:deax"_s << qsizetype(7) << u"Hex digits"_s;
    QTest::newRow("half a byte") << u"hex:dea"_s << qsizetype(7) << u"two hex digits"_s;
    QTest::newRow("half a byte in between") << u"hex:\"d ead\""_s << qsizetype(6) << u"Hex digits"_s;
    QTest::newRow("no bytes") << u"hex:"_s << qsizetype(4) << u"Hex digits"_s;
    QTest::newRow("broken regular expression") << u"x /a(b/"_s << qsizetype(6) << u"no regular expression"_s;
    QTest::newRow("path without $") << u"json:data"_s << qsizetype(5) << u"begins with $"_s;
    QTest::newRow("path with two dots") << u"json:$.a..b"_s << qsizetype(9) << u"member's name"_s;
    QTest::newRow("path with a star") << u"json:$.a[*]"_s << qsizetype(9) << u"in the brackets"_s;
    QTest::newRow("path and nonsense") << u"json:$.a?b"_s << qsizetype(8) << u"one of ="_s;
    QTest::newRow("JSON value missing") << u"json:$.a>"_s << qsizetype(9) << u"value is missing"_s;
    QTest::newRow("JSON null") << u"json:$.a=null"_s << qsizetype(9) << u"null"_s;
    QTest::newRow("after a JSON text") << u"json:$.a=\"b\"c"_s << qsizetype(12) << u"quotation mark"_s;
    QTest::newRow("JSON text not closed") << u"json:$.a=\"b c"_s << qsizetype(9) << u"not closed"_s;
    QTest::newRow("too deep") << QString(51, u'(') + u'a' << qsizetype(50) << u"too deep"_s;
    QTest::newRow("not too often") << u"not "_s.repeated(51) << qsizetype(200) << u"too deep"_s;
    QTest::newRow("too many") << u"a "_s.repeated(201) << qsizetype(400) << u"more than 200"_s;
    QTest::newRow("too long") << QString(10'001, u'a') << qsizetype(10'000) << u"10000 characters"_s;
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

void TestFilter::tellsTheTimesItKeepsTo()
{
    const auto queryOf = [](const QString &text) { return std::get<EntryQuery>(parseFilter(text)); };
    const Timestamp noon = timestampFromNs(1'795'348'800'000'000'000);
    const EntryQuery both = queryOf(u"x (time>=2026-11-22T12:00Z time<=2026-11-22T12:00:01Z)"_s);
    QCOMPARE(both.notBefore(), std::optional(noon));
    QCOMPARE(both.notAfter(), std::optional(noon + std::chrono::seconds(1)));
    const EntryQuery either = queryOf(u"time>2026-11-22T12:00Z or x"_s);
    QVERIFY(!either.notBefore() && !either.notAfter());
    const EntryQuery other = queryOf(u"-time>2026-11-22T12:00Z"_s);
    QVERIFY(!other.notBefore() && !other.notAfter());
    QVERIFY(queryOf(u"x or -has:note"_s).usesAnnotations());
    QVERIFY(!both.usesAnnotations());
}

void TestFilter::colours()
{
    using Kind = FilterSpan::Kind;
    const QList<FilterSpan> spans = filterSpans(u"-dir:in or \"a b\" x /y/ sise>1 size>2"_s);
    const QList<FilterSpan> expected{{0, 1, Kind::Operator}, {1, 4, Kind::Key},    {8, 2, Kind::Operator},
                                     {11, 5, Kind::Words},   {19, 3, Kind::Words}, {30, 5, Kind::Key}};
    QCOMPARE(spans, expected);
}

void TestFilter::completes_data()
{
    QTest::addColumn<QString>("text"); // | is the cursor
    QTest::addColumn<qsizetype>("begin");
    QTest::addColumn<QStringList>("items");

    const QStringList keys{u"dir:"_s,   u"type:"_s,   u"size"_s, u"wire"_s,   u"time"_s,  u"conn"_s,
                           u"entry"_s,  u"latency"_s, u"has:"_s, u"rule:"_s,  u"hex:"_s,  u"json:"_s,
                           u"field:"_s, u"proto:"_s,  u"msg:"_s, u"topic:"_s, u"shape:"_s};
    QTest::newRow("nothing typed") << u"|"_s << qsizetype(0) << keys;
    QTest::newRow("after a space") << u"x |"_s << qsizetype(2) << keys;
    QTest::newRow("a letter") << u"dir:in h|"_s << qsizetype(7) << QStringList{u"has:"_s, u"hex:"_s};
    QTest::newRow("after a minus") << u"-d|"_s << qsizetype(1) << QStringList{u"dir:"_s};
    QTest::newRow("after a parenthesis") << u"(D|)"_s << qsizetype(1) << QStringList{u"dir:"_s};
    QTest::newRow("the other name") << u"op|"_s << qsizetype(0) << QStringList{u"type:"_s};
    QTest::newRow("part of the other name") << u"o|"_s << qsizetype(0) << QStringList{u"op:"_s};
    QTest::newRow("signs") << u"size|"_s << qsizetype(0)
                           << QStringList{u"size>"_s, u"size<"_s, u"size:"_s, u"size!="_s};
    QTest::newRow("values") << u"dir:|"_s << qsizetype(4) << QStringList{u"in"_s, u"out"_s, u"none"_s};
    QTest::newRow("a value begun") << u"type:text,p| x"_s << qsizetype(10) << QStringList{u"ping"_s, u"pong"_s};
    QTest::newRow("a value in full") << u"type:ping|"_s << qsizetype(5) << QStringList{};
    QTest::newRow("connections") << u"conn:|"_s << qsizetype(5) << QStringList{u"1"_s, u"2"_s};
    QTest::newRow("in a number") << u"size>1|"_s << qsizetype(5) << QStringList{};
    QTest::newRow("in quotes") << u"\"di|r\""_s << qsizetype(3) << QStringList{};
    QTest::newRow("formats") << u"proto:|"_s << qsizetype(6) << QStringList{u"mqtt"_s};
    QTest::newRow("a field's name") << u"field:to|"_s << qsizetype(6) << QStringList{u"topic"_s};
    QTest::newRow("a field's path") << u"field:$|"_s << qsizetype(6) << QStringList{u"$.t"_s};
    QTest::newRow("words that need marks") << u"msg:my|"_s << qsizetype(4) << QStringList{u"\"my event\""_s};
    QTest::newRow("with a mark already") << u"topic:\"a/|\""_s << qsizetype(6) << QStringList{u"\"a/b c\""_s};
    QTest::newRow("a comma within marks") << u"topic:\"a,b|\""_s << qsizetype(6) << QStringList{};
    QTest::newRow("the second of a list") << u"msg:x,SU|"_s << qsizetype(6) << QStringList{u"SUBSCRIBE"_s};
    QTest::newRow("another word") << u"price|"_s << qsizetype(0) << QStringList{};
}

void TestFilter::completes()
{
    QFETCH(QString, text);
    QFETCH(qsizetype, begin);
    QFETCH(QStringList, items);
    const qsizetype cursor = text.indexOf(u'|');
    text.remove(cursor, 1);
    const FilterCompletions found = completeFilter(text, cursor,
                                                   {{u"ws://a"_s, u"ws://b"_s},
                                                    {u"mqtt"_s},
                                                    {u"SUBSCRIBE"_s, u"my event"_s},
                                                    {u"a/b c"_s},
                                                    {u"topic"_s, u"$.t"_s}});
    QCOMPARE(found.isAboutMessages, text.startsWith(u"proto:") || text.startsWith(u"field:") ||
                                        text.startsWith(u"msg:") || text.startsWith(u"topic:"));
    QStringList inserts;
    for (const FilterCompletion &item : found.items) {
        inserts += item.insert;
        QVERIFY2(!item.explanation.isEmpty(), qPrintable(item.insert));
    }
    QCOMPARE(inserts, items);
    QCOMPARE(found.begin, begin);
}

SOCKEYE_TEST(TestFilter, QCoreApplication)
#include "tst_filter.moc"
