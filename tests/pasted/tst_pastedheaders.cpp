#include "pasted/PastedHeaders.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class PastedHeadersTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headersAreFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("headers");
        QTest::newRow("lines") << u"X-A: 1\r\nX-B:2\nx-a : 3"_s << QStringList{u"X-A=1"_s, u"X-B=2"_s, u"x-a=3"_s};
        QTest::newRow("a whole request")
            << u"GET /x HTTP/1.1\r\nHost: h.example\r\nUpgrade: websocket\r\nCookie: a=b; c=d:e\r\n\r\n"_s
            << QStringList{u"Host=h.example"_s, u"Cookie=a=b; c=d:e"_s};
        QTest::newRow("name and value on lines of their own")
            << u"accept-language:\nen-GB,en\nhost:\nh.example:81\n"_s
            << QStringList{u"accept-language=en-GB,en"_s, u"host=h.example:81"_s};
        QTest::newRow("an empty value") << u"X-Empty:\r\nX-B: 1\r\n"_s << QStringList{u"X-Empty="_s, u"X-B=1"_s};
        QTest::newRow("HTTP/2's own") << u":authority: h\n:method: GET\nx-a: 1"_s << QStringList{u"x-a=1"_s};
        QTest::newRow("curl as browsers copy it")
            << u"curl 'wss://h.example/feed' \\\n  -H 'Upgrade: websocket' \\\n  -H 'Origin: https://h.example' \\\n"
               "  -H $'X-Quote: it\\'s\\u0021' \\\n  -b 'sid=1; t=\"x\"' --compressed"_s
            << QStringList{u"Origin=https://h.example"_s, u"X-Quote=it's!"_s, u"Cookie=sid=1; t=\"x\""_s};
        QTest::newRow("curl by hand")
            << u"curl -s --header \"X-A: \\\"1\\\" \\d\" -HX-B:2 -A me/1 -e http://r/ -u me:pa:ss ws://h/"_s
            << QStringList{u"X-A=\"1\" \\d"_s, u"X-B=2"_s, u"User-Agent=me/1"_s, u"Referer=http://r/"_s,
                           u"Authorization=Basic bWU6cGE6c3M="_s};
        QTest::newRow("curl's -H lines alone")
            << u"-H 'X-A: 1' \\\r\n-H \"X-B: 2\""_s << QStringList{u"X-A=1"_s, u"X-B=2"_s};
        QTest::newRow("an unfinished quote") << u"curl -H 'X-A: 1"_s << QStringList{u"X-A=1"_s};
        QTest::newRow("curl's letters in a row") << u"curl -sSHX-A:1 --unknown ws://h/"_s << QStringList{u"X-A=1"_s};
        QTest::newRow("wscat") << u"npx wscat -o https://h -H 'X-A: 1' --auth me:pa -c ws://h/"_s
                               << QStringList{u"Origin=https://h"_s, u"X-A=1"_s, u"Authorization=Basic bWU6cGE="_s};
        QTest::newRow("websocat") << u"websocat -H='X-A: 1' ws://h/"_s << QStringList{u"X-A=1"_s};
        QTest::newRow("a header of curl's name") << u"Curl: yes\nX-H: -H"_s << QStringList{u"Curl=yes"_s, u"X-H=-H"_s};
        QTest::newRow("nothing") << QString() << QStringList();
    }

    void headersAreFound()
    {
        QFETCH(QString, text);
        QStringList found;
        const PastedHeaders pasted = headersFromText(text);
        for (const RequestHeader &header : pasted.headers) {
            QVERIFY(header.enabled);
            found += header.name + u'=' + header.value;
        }
        QTEST(found, "headers");
    }

    void whatIsNotTakenIsSaid()
    {
        const PastedHeaders pasted =
            headersFromText(u"X-A: 1\nUpgrade: websocket\nsec-websocket-key: AAAA\nhello you\n"_s);
        QCOMPARE(pasted.madeAnew, (QStringList{u"Upgrade"_s, u"sec-websocket-key"_s}));
        QCOMPARE(pasted.notTaken, QStringList{u"hello you"_s});
        QCOMPARE(pasted.summary(), u"1 header was taken. Left out, as every handshake has its own: Upgrade, "
                                   "sec-websocket-key. Not headers: “hello you”."_s);
        QCOMPARE(headersFromText(u"curl -b jar.txt -H nonsense"_s).notTaken, (QStringList{u"-b"_s, u"nonsense"_s}));
        QVERIFY2(headersFromText({}).summary().contains(u"no text"), qPrintable(headersFromText({}).summary()));
    }

    void aLongListIsCutShort()
    {
        QString text;
        for (int i = 0; i < 5; ++i)
            text += u"line %1\n"_s.arg(i);
        const QString summary = headersFromText(text).summary();
        QVERIFY2(summary.startsWith(u"No header was taken."), qPrintable(summary));
        QVERIFY2(summary.contains(u"and 2 more") && !summary.contains(u"line 3"), qPrintable(summary));
    }
};

SOCKEYE_TEST(PastedHeadersTest, QCoreApplication)
#include "tst_pastedheaders.moc"
