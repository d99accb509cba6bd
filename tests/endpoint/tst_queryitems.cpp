#include "endpoint/QueryItems.h"
#include "endpoint/UrlParser.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class QueryItemsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anItemIsReadAsItStands_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("plain") << u"a=b"_s << u"a"_s << u"b"_s;
        QTest::newRow("no value") << u"flag"_s << u"flag"_s << QString();
        QTest::newRow("empty value") << u"a="_s << u"a"_s << QString();
        QTest::newRow("empty") << QString() << QString() << QString();
        QTest::newRow("no name") << u"=b"_s << QString() << u"b"_s;
        QTest::newRow("second sign") << u"a=b=c"_s << u"a"_s << u"b=c"_s;
        QTest::newRow("escapes") << u"na%3Dme=a%20%26%C3%A9"_s << u"na=me"_s << u"a &é"_s;
        QTest::newRow("plus") << u"q=a+b"_s << u"q"_s << u"a+b"_s;
        QTest::newRow("no escape") << u"p=100%"_s << u"p"_s << u"100%"_s;
        QTest::newRow("brackets") << u"streams[]=x/y@z"_s << u"streams[]"_s << u"x/y@z"_s;
    }

    void anItemIsReadAsItStands()
    {
        QFETCH(QString, typed);
        const QueryItem item(typed);
        QTEST(item.name(), "name");
        QTEST(item.value(), "value");
        QCOMPARE(item.typed(), typed);
    }

    void whatIsMadeIsReadBack_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("typed");
        QTest::newRow("plain") << u"a"_s << u"b"_s << u"a=b"_s;
        QTest::newRow("signs") << u"a=b&c#d%"_s << u"x=y&z#w%20"_s << u"a%3Db%26c%23d%25=x=y%26z%23w%2520"_s;
        QTest::newRow("beyond ASCII") << u"ü"_s << u"a b\n"_s << u"%C3%BC=a%20b%0A"_s;
        QTest::newRow("empty") << QString() << QString() << u"="_s;
        QTest::newRow("question") << u"u"_s << u"http://h/?x"_s << u"u=http://h/?x"_s;
    }

    void whatIsMadeIsReadBack()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        const QueryItem item(name, value);
        QTEST(item.typed(), "typed");
        QCOMPARE(item.name(), name);
        QCOMPARE(item.value(), value);
        const auto url = parseUrl(withQueryItems(u"ws://h/"_s, {item}));
        QVERIFY2(url.ok(), qPrintable(url.message()));
    }

    void whatIsNotEditedStaysAsItIs_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<int>("count");
        QTest::newRow("none") << u"ws://h/a"_s << 0;
        QTest::newRow("some") << u"ws://h/a?x=1&y=%7e%7E&&z&=&a=b=c"_s << 6;
        QTest::newRow("fragment") << u"ws://h/a?x=1#f?g"_s << 1;
        QTest::newRow("no query, fragment") << u"ws://h/a#f?g"_s << 0;
        QTest::newRow("socket") << u"ws+unix:///a.sock:/r?x=1&x=2"_s << 2;
        QTest::newRow("second mark") << u"h/a?b?c=1"_s << 1;
        QTest::newRow("nothing at all") << QString() << 0;
    }

    void whatIsNotEditedStaysAsItIs()
    {
        QFETCH(QString, url);
        const QList<QueryItem> items = queryItems(url);
        QTEST(int(items.size()), "count");
        QCOMPARE(withQueryItems(url, items), url);
    }

    void theOtherHalfStaysAsItWasTyped()
    {
        const QueryItem item(u"redirect%5Buri%5D=a%2Fb%ff"_s);
        QCOMPARE(item.withValue(u"c d"_s).typed(), u"redirect%5Buri%5D=c%20d"_s);
        QCOMPARE(item.withName(u"x&"_s).typed(), u"x%26=a%2Fb%ff"_s);
        const QueryItem flag(u"fl%61g"_s);
        QCOMPARE(flag.withName(u"other"_s).typed(), u"other"_s);
        QCOMPARE(flag.withValue(u"1"_s).typed(), u"fl%61g=1"_s);
    }

    void itemsTakeThePlaceOfOthers()
    {
        QCOMPARE(withQueryItems(u"ws://h/a?old=1#f"_s, {QueryItem(u"n"_s, u"v"_s)}), u"ws://h/a?n=v#f"_s);
        QCOMPARE(withQueryItems(u"ws://h/a?old=1"_s, {}), u"ws://h/a"_s);
        QCOMPARE(withQueryItems(u"ws://h"_s, {QueryItem(u"n"_s), QueryItem(u"m"_s)}), u"ws://h?n&m"_s);
        // A mark with nothing behind it is no item.
        QCOMPARE(withQueryItems(u"ws://h/?"_s, queryItems(u"ws://h/?"_s)), u"ws://h/"_s);
    }
};

SOCKEYE_TEST(QueryItemsTest, QCoreApplication)
#include "tst_queryitems.moc"
