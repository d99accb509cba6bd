#include "pasted/PastedEndpoint.h"

#include "endpoint/EndpointCheck.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// Connections out of what people paste.
class PastedEndpointTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aUrlIsTakenAsItIs_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("url");
        QTest::newRow("ws") << u"ws://h:1/a?b=c"_s << u"ws://h:1/a?b=c"_s;
        QTest::newRow("blanks around it") << u"\n wss://h/ \n"_s << u"wss://h/"_s;
        QTest::newRow("what a shell would change") << u"ws://h/a'b\\c"_s << u"ws://h/a'b\\c"_s;
        QTest::newRow("a page") << u"https://h/a"_s << u"wss://h/a"_s;
        QTest::newRow("a page without TLS") << u"HTTP://h/a"_s << u"ws://h/a"_s;
        QTest::newRow("a socket of the system") << u"ws+unix:///s:/r"_s << u"ws+unix:///s:/r"_s;
        QTest::newRow("a path that ends like a command") << u"wss://h/curl"_s << u"wss://h/curl"_s;
        QTest::newRow("and another") << u"https://h/websocat"_s << u"wss://h/websocat"_s;
        QTest::newRow("what is no URL, for the field to say so") << u"hello"_s << u"hello"_s;
    }

    void aUrlIsTakenAsItIs()
    {
        QFETCH(QString, text);
        QFETCH(QString, url);
        Endpoint fresh;
        fresh.proxy = u"none"_s;
        const auto pasted = endpointFromText(text, fresh);
        QVERIFY2(pasted.ok(), qPrintable(pasted.message()));
        Endpoint expected = fresh;
        expected.url = url;
        QCOMPARE(pasted.value().endpoint, expected);
        QCOMPARE(pasted.value().notTaken, QStringList());
    }

    void whatABrowserCopiesIsTaken()
    {
        const QString text = u"curl 'wss://feed.example/ticks?x=1' \\\n"
                             "  -H 'Upgrade: websocket' \\\n"
                             "  -H 'Origin: https://feed.example' \\\n"
                             "  -H 'Cache-Control: no-cache' \\\n"
                             "  -H 'Connection: Upgrade' \\\n"
                             "  -H 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==' \\\n"
                             "  -H $'Cookie: a=b\\u0021' \\\n"
                             "  -H 'Sec-WebSocket-Version: 13' \\\n"
                             "  -H 'Sec-WebSocket-Protocol: v2, v1' \\\n"
                             "  -H 'Sec-WebSocket-Extensions: permessage-deflate' --compressed"_s;
        const auto pasted = endpointFromText(text, {});
        QVERIFY2(pasted.ok(), qPrintable(pasted.message()));
        const Endpoint &endpoint = pasted.value().endpoint;
        QCOMPARE(endpoint.url, u"wss://feed.example/ticks?x=1"_s);
        const QList<RequestHeader> headers{{u"Origin"_s, u"https://feed.example"_s, true},
                                           {u"Cache-Control"_s, u"no-cache"_s, true},
                                           {u"Cookie"_s, u"a=b!"_s, true}};
        QCOMPARE(endpoint.headers, headers);
        QCOMPARE(endpoint.subprotocols, (QStringList{u"v2"_s, u"v1"_s}));
        QCOMPARE(pasted.value().notTaken, QStringList());
        QVERIFY2(checkEndpoint(endpoint).ok(), qPrintable(checkEndpoint(endpoint).message()));
    }

    void optionsOfCurlAreTaken()
    {
        const QString text = u"$ curl -sSLN4 -x proxy.example:3128 --cacert ca.pem -E me.pem:pass --key me.key "
                             "--connect-to ::127.0.0.1:9443 --connect-timeout 2.5 -u me:se:cret -Amine "
                             "-o /dev/null https://h/a"_s;
        const auto pasted = endpointFromText(text, {});
        QVERIFY2(pasted.ok(), qPrintable(pasted.message()));
        const Endpoint &endpoint = pasted.value().endpoint;
        QCOMPARE(endpoint.url, u"wss://h/a"_s);
        QCOMPARE(endpoint.proxy, u"http://proxy.example:3128"_s);
        QCOMPARE(endpoint.tls.caFile, u"ca.pem"_s);
        QCOMPARE(endpoint.tls.certificateFile, u"me.pem"_s);
        QCOMPARE(endpoint.tls.passphrase, u"pass"_s);
        QCOMPARE(endpoint.tls.keyFile, u"me.key"_s);
        QCOMPARE(endpoint.connectTo, u"127.0.0.1:9443"_s);
        QCOMPARE(endpoint.timeouts.connect, std::chrono::milliseconds(2'500));
        QCOMPARE(endpoint.ipPreference, IpPreference::V4);
        QVERIFY(endpoint.maxRedirects > 0);
        const QList<RequestHeader> headers{{u"Authorization"_s, u"Basic bWU6c2U6Y3JldA=="_s, true},
                                           {u"User-Agent"_s, u"mine"_s, true}};
        QCOMPARE(endpoint.headers, headers);
        QCOMPARE(pasted.value().notTaken, QStringList());
        QVERIFY2(checkEndpoint(endpoint).ok(), qPrintable(checkEndpoint(endpoint).message()));
    }

    void optionsOfWscatAreTaken()
    {
        const QString text =
            u"npx wscat -c wss://h/a -H \"X-Key: 1\" -o https://o.example -s v1 -s v2 --auth me:secret "
            "--ca=ca.pem --passphrase p -P -x '{\"hello\": 1}'"_s;
        const auto pasted = endpointFromText(text, {});
        QVERIFY2(pasted.ok(), qPrintable(pasted.message()));
        const Endpoint &endpoint = pasted.value().endpoint;
        QCOMPARE(endpoint.url, u"wss://h/a"_s);
        const QList<RequestHeader> headers{{u"X-Key"_s, u"1"_s, true},
                                           {u"Origin"_s, u"https://o.example"_s, true},
                                           {u"Authorization"_s, u"Basic bWU6c2VjcmV0"_s, true}};
        QCOMPARE(endpoint.headers, headers);
        QCOMPARE(endpoint.subprotocols, (QStringList{u"v1"_s, u"v2"_s}));
        QCOMPARE(endpoint.tls.caFile, u"ca.pem"_s);
        QCOMPARE(endpoint.tls.passphrase, u"p"_s);
        QCOMPARE(pasted.value().notTaken, QStringList{u"-x"_s});
    }

    void optionsOfWebsocatAreTaken()
    {
        const auto pasted = endpointFromText(u"websocat -t --protocol v1 -H='X-Key: 1' --origin o ws://h/"_s, {});
        QVERIFY2(pasted.ok(), qPrintable(pasted.message()));
        QCOMPARE(pasted.value().endpoint.url, u"ws://h/"_s);
        QCOMPARE(pasted.value().endpoint.subprotocols, QStringList{u"v1"_s});
        const QList<RequestHeader> headers{{u"X-Key"_s, u"1"_s, true}, {u"Origin"_s, u"o"_s, true}};
        QCOMPARE(pasted.value().endpoint.headers, headers);
        QCOMPARE(pasted.value().notTaken, QStringList());
    }

    /// Whether an option has a value nobody can say who does not know it.
    void theUrlIsFoundBehindAnUnknownOption_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("notTaken");
        QTest::newRow("with a value") << u"curl --foo bar wss://h/"_s << QStringList{u"--foo"_s};
        QTest::newRow("without") << u"curl --foo wss://h/"_s << QStringList{u"--foo"_s};
        QTest::newRow("with a URL as its value") << u"curl --foo http://x/ wss://h/"_s << QStringList{u"--foo"_s};
        QTest::newRow("behind the URL") << u"curl wss://h/ --foo http://x/"_s << QStringList{u"--foo"_s};
        QTest::newRow("a letter") << u"curl -sZ bar wss://h/"_s << QStringList{u"-Z"_s};
        QTest::newRow("with the value in it") << u"websocat --foo=bar wss://h/"_s << QStringList{u"--foo"_s};
        QTest::newRow("websocat") << u"websocat --foo bar wss://h/"_s << QStringList{u"--foo"_s};
        QTest::newRow("wscat") << u"wscat --foo bar -c wss://h/"_s << QStringList{u"--foo"_s};
        QTest::newRow("the standard input") << u"websocat - wss://h/"_s << QStringList();
        QTest::newRow("a value that is known") << u"curl --retry 3 -r 0-9 wss://h/"_s << QStringList();
    }

    void theUrlIsFoundBehindAnUnknownOption()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, notTaken);
        const auto pasted = endpointFromText(text, {});
        QVERIFY2(pasted.ok(), qPrintable(pasted.message()));
        QCOMPARE(pasted.value().endpoint.url, u"wss://h/"_s);
        QCOMPARE(pasted.value().notTaken, notTaken);
    }

    /// A paste must not switch off what protects.
    void certificatesAreVerifiedWhateverIsPasted()
    {
        for (const QString &text : {u"curl -k wss://h/"_s, u"curl --insecure wss://h/"_s, u"wscat -n -c wss://h/"_s,
                                    u"websocat -k wss://h/"_s}) {
            const auto pasted = endpointFromText(text, {});
            QVERIFY(pasted.ok());
            QVERIFY2(pasted.value().endpoint.tls.verify, qPrintable(text));
            QCOMPARE(pasted.value().notTaken.size(), 1);
        }
    }

    void whatIsNotTakenIsNamed()
    {
        const auto pasted = endpointFromText(
            u"curl --data-raw x -d y --http3-only -b jar.txt -x http://:x -H nonsense --connect-timeout soon ws://h/ "
            "ws://other/"_s,
            {});
        QVERIFY(pasted.ok());
        QCOMPARE(pasted.value().endpoint.url, u"ws://h/"_s);
        QCOMPARE(pasted.value().notTaken, (QStringList{u"--data-raw"_s, u"-d"_s, u"--http3-only"_s, u"-b"_s, u"-x"_s,
                                                       u"nonsense"_s, u"--connect-timeout"_s, u"ws://other/"_s}));
        QCOMPARE(pasted.value().endpoint.proxy, QString());
    }

    void whatHoldsNoUrlIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << QString();
        QTest::newRow("blanks") << u" \n"_s;
        QTest::newRow("only the program") << u"curl"_s;
        QTest::newRow("only options") << u"wscat -H 'X: 1' -c"_s;
        QTest::newRow("several lines") << u"one\ntwo"_s;
    }

    void whatHoldsNoUrlIsRefused()
    {
        QFETCH(QString, text);
        const auto pasted = endpointFromText(text, {});
        QVERIFY(!pasted.ok());
        QVERIFY(!pasted.message().isEmpty());
    }
};

SOCKEYE_TEST(PastedEndpointTest, QCoreApplication)
#include "tst_pastedendpoint.moc"
