#include "capture/QuerySql.h"
#include "filter/Filter.h"
#include "support/TestProgram.h"

#include <QtTest>

using namespace sockeye;
using namespace sockeye::filter;
using namespace Qt::StringLiterals;

namespace {

QString shown(const QList<QVariant> &values)
{
    QStringList texts;
    for (const QVariant &value : values)
        texts += QLatin1StringView(value.typeName()) + u'=' + value.toString();
    return texts.join(u'|');
}

} // namespace

/// The SQL that conditions become. Its text decides how fast ten million entries are searched.
class QuerySqlTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofFilters_data();
    void ofFilters();
    void ofManyIds();
    void ofEvents();
    void ofNothing();
};

void QuerySqlTest::ofFilters_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("values");
    const auto row = [](QStringView line, QStringView where, QStringView values) {
        QTest::newRow(qPrintable(line.toString())) << line.toString() << where.toString() << values.toString();
    };
    row(u"dir:in", u"direction IN (?)", u"qlonglong=0");
    row(u"dir:in,out", u"direction IN (?,?)", u"qlonglong=0|qlonglong=1");
    row(u"type:text,binary", u"kind IN (?,?)", u"qlonglong=1|qlonglong=2");
    row(u"-type:ping", u"NOT (kind IN (?))", u"qlonglong=9");
    row(u"size>1k", u"(size >= ?) AND kind <> ?", u"qlonglong=1001|int=17");
    row(u"size:10..2k,5", u"((size BETWEEN ? AND ?) OR (size = ?)) AND kind <> ?",
        u"qlonglong=10|qlonglong=2000|qlonglong=5|int=17");
    row(u"wire!=100", u"((wire_size <= ?) OR (wire_size >= ?)) AND kind <> ?", u"qlonglong=99|qlonglong=101|int=17");
    row(u"size:1,2,3..4", u"((size = ?) OR (size = ?) OR (size BETWEEN ? AND ?)) AND kind <> ?",
        u"qlonglong=1|qlonglong=2|qlonglong=3|qlonglong=4|int=17");
    row(u"time>=2026-11-22T12:00Z", u"time_ns >= ?", u"qlonglong=1795348800000000000");
    row(u"time:2026-11-22T12:00:00Z..2026-11-22T12:05:00Z", u"time_ns BETWEEN ? AND ?",
        u"qlonglong=1795348800000000000|qlonglong=1795349100000000000");
    row(u"time:2026-11-22T12:00:00Z", u"time_ns BETWEEN ? AND ?",
        u"qlonglong=1795348800000000000|qlonglong=1795348800999999999");
    row(u"conn:2", u"connection = ?", u"qlonglong=2");
    row(u"conn!=2", u"(connection <= ?) OR (connection >= ?)", u"qlonglong=1|qlonglong=3");
    row(u"conn:1,3", u"(connection = ?) OR (connection = ?)", u"qlonglong=1|qlonglong=3");
    row(u"entry>1000", u"id >= ?", u"qlonglong=1001");
    row(u"entry:5..9", u"id BETWEEN ? AND ?", u"qlonglong=5|qlonglong=9");
    row(u"latency>50ms",
        u"(latency_ns IS NOT NULL AND (latency_ns >= ?)) OR (message_matches(id, size, head, connection, direction, "
        u"kind, ?))",
        u"qlonglong=50000001|qlonglong=0");
    row(u"latency!=1s",
        u"(latency_ns IS NOT NULL AND ((latency_ns <= ?) OR (latency_ns >= ?))) OR (message_matches(id, size, head, "
        u"connection, direction, kind, ?))",
        u"qlonglong=999999999|qlonglong=1000000001|qlonglong=0");
    row(u"has:finding", u"finding_count > 0", u"");
    row(u"has:bookmark,note,colour",
        u"(id IN (SELECT annotation.entry FROM annotation WHERE annotation.bookmark <> 0)) OR (id IN (SELECT "
        u"annotation.entry FROM annotation WHERE annotation.note <> '')) OR (id IN (SELECT annotation.entry FROM "
        u"annotation WHERE annotation.colour <> 0))",
        u"");
    row(u"has:fragments,compression", u"(frame_count > 1) OR (flags & 1 <> 0)", u"");
    row(u"rule:frame.rsv,utf8",
        u"finding_count > 0 AND EXISTS (SELECT 1 FROM finding WHERE finding.entry = id AND (finding.rule = ? OR "
        u"substr(finding.rule, 1, ?) = ? OR finding.rule = ? OR substr(finding.rule, 1, ?) = ?))",
        u"QString=frame.rsv|qlonglong=10|QString=frame.rsv.|QString=utf8|qlonglong=5|QString=utf8.");
    row(u"word", u"contains_text(id, size, head, ?, ?)", u"QByteArray=word|int=0");
    row(u"Word", u"contains_text(id, size, head, ?, ?)", u"QByteArray=Word|int=1");
    row(u"\"two words\"", u"contains_text(id, size, head, ?, ?)", u"QByteArray=two words|int=0");
    row(u"/regex/", u"matches_regex(id, size, head, ?, ?)", u"QString=regex|int=0");
    row(u"/re+/i", u"matches_regex(id, size, head, ?, ?)", u"QString=re+|int=1");
    row(u"hex:de??ad", u"contains_bytes(id, size, head, ?)", u"QString=de??ad");
    row(u"json:$.a", u"json_exists(id, size, head, ?)", u"QString=$.a");
    row(u"json:$.a=1.50", u"json_number(id, size, head, ?, ?, ?)", u"QString=$.a|int=1|QString=1.50");
    row(u"json:$.a!=1.50", u"json_number(id, size, head, ?, ?, ?)", u"QString=$.a|int=2|QString=1.50");
    row(u"json:$.a<1.50", u"json_number(id, size, head, ?, ?, ?)", u"QString=$.a|int=3|QString=1.50");
    row(u"json:$.a<=1.50", u"json_number(id, size, head, ?, ?, ?)", u"QString=$.a|int=4|QString=1.50");
    row(u"json:$.a>1.50", u"json_number(id, size, head, ?, ?, ?)", u"QString=$.a|int=5|QString=1.50");
    row(u"json:$.a>=1.50", u"json_number(id, size, head, ?, ?, ?)", u"QString=$.a|int=6|QString=1.50");
    row(u"json:$.a=x", u"json_text(id, size, head, ?, ?, ?)", u"QString=$.a|int=1|QString=x");
    row(u"json:$.a!=x", u"json_text(id, size, head, ?, ?, ?)", u"QString=$.a|int=2|QString=x");
    row(u"json:$.a<x", u"json_text(id, size, head, ?, ?, ?)", u"QString=$.a|int=3|QString=x");
    row(u"json:$.a<=x", u"json_text(id, size, head, ?, ?, ?)", u"QString=$.a|int=4|QString=x");
    row(u"json:$.a>x", u"json_text(id, size, head, ?, ?, ?)", u"QString=$.a|int=5|QString=x");
    row(u"json:$.a>=x", u"json_text(id, size, head, ?, ?, ?)", u"QString=$.a|int=6|QString=x");
    row(u"json:$.a~x", u"json_text(id, size, head, ?, ?, ?)", u"QString=$.a|int=7|QString=x");
    row(u"json:$.a>18446744073709551616", u"json_number(id, size, head, ?, ?, ?)",
        u"QString=$.a|int=5|QString=18446744073709551616");
    row(u"json:$.a=true", u"json_number(id, size, head, ?, ?, ?)", u"QString=$.a|int=1|QString=1");
    row(u"json:$.a~1", u"json_text(id, size, head, ?, ?, ?)", u"QString=$.a|int=7|QString=1");
    row(u"json:$.x /re/ word dir:in",
        u"(direction IN (?)) AND (contains_text(id, size, head, ?, ?)) AND (matches_regex(id, size, head, ?, ?)) AND "
        u"(json_exists(id, size, head, ?))",
        u"qlonglong=0|QByteArray=word|int=0|QString=re|int=0|QString=$.x");
    row(u"a or b c",
        u"(contains_text(id, size, head, ?, ?)) OR ((contains_text(id, size, head, ?, ?)) AND (contains_text(id, size, "
        u"head, ?, ?)))",
        u"QByteArray=a|int=0|QByteArray=b|int=0|QByteArray=c|int=0");
    row(u"-(a or dir:in)", u"NOT ((direction IN (?)) OR (contains_text(id, size, head, ?, ?)))",
        u"qlonglong=0|QByteArray=a|int=0");
    row(u"not not a", u"NOT (NOT (contains_text(id, size, head, ?, ?)))", u"QByteArray=a|int=0");
    row(u"word has:note size>5 -hex:00",
        u"((size >= ?) AND kind <> ?) AND (id IN (SELECT annotation.entry FROM annotation WHERE annotation.note <> "
        u"'')) AND (contains_text(id, size, head, ?, ?)) AND (NOT (contains_bytes(id, size, head, ?)))",
        u"qlonglong=6|int=17|QByteArray=word|int=0|QString=00");
    row(u"dir:in (type:text or type:binary) -size<10 json:$.data.price>100",
        u"(direction IN (?)) AND ((kind IN (?)) OR (kind IN (?))) AND (NOT ((size <= ?) AND kind <> ?)) AND "
        u"(json_number(id, size, head, ?, ?, ?))",
        u"qlonglong=0|qlonglong=1|qlonglong=2|qlonglong=9|int=17|QString=$.data.price|int=5|QString=100");
}

void QuerySqlTest::ofFilters()
{
    QFETCH(QString, line);
    QFETCH(QString, where);
    QFETCH(QString, values);
    const auto parsed = parseFilter(line);
    QVERIFY(std::holds_alternative<EntryQuery>(parsed));
    const QuerySql sql = querySql(std::get<EntryQuery>(parsed).condition);
    QCOMPARE(sql.where, where);
    QCOMPARE(shown(sql.values), values);
    QCOMPARE(sql.where.count(u'?'), sql.values.size());
}

/// Nested rather than joined, so that an entry is compared with a few of them and SQLite's limits are far.
void QuerySqlTest::ofManyIds()
{
    const auto where = [](const QList<Range> &ranges) { return querySql(Condition::of(IdAmong{ranges})).where; };
    QCOMPARE(where({}), u"0"_s);
    QCOMPARE(where({{1, 5}}), u"id BETWEEN 1 AND 5"_s);
    QCOMPARE(where({{1, 5}, {7, 7}, {10, 20}}),
             u"CASE WHEN id < 7 THEN id BETWEEN 1 AND 5 ELSE CASE WHEN id < 10 THEN id BETWEEN 7 AND 7 "
             "ELSE id BETWEEN 10 AND 20 END END"_s);
}

void QuerySqlTest::ofEvents()
{
    const QuerySql sql = querySql(Condition::anyOf({Condition::of(WorstFindingIs{{Severity::Error}}),
                                                    Condition::of(EventIs{{EventKind::Failed, EventKind::Broken}})}));
    QCOMPARE(sql.where, u"(finding_count > 0 AND severity IN (?)) OR (event IN (?,?))"_s);
    QCOMPARE(shown(sql.values), u"qlonglong=2|qlonglong=3|qlonglong=5"_s);
}

void QuerySqlTest::ofNothing()
{
    QVERIFY(querySql(Condition()).where.isEmpty());
    QCOMPARE(querySql(Condition::anyOf({})).where, u"0"_s);
    QCOMPARE(querySql(Condition::negation(Condition())).where, u"NOT (1)"_s);
    QCOMPARE(querySql(Condition::of(NumberIn{FilterKey::Conn, {}})).where, u"0"_s);
    QCOMPARE(querySql(Condition::of(HasFeature())).where, u"0"_s);
}

SOCKEYE_TEST(QuerySqlTest, QCoreApplication)
#include "tst_querysql.moc"
