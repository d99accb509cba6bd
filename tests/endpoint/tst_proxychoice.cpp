#include "endpoint/ProxyChoice.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(sockeye::ProxyChoice)

class TestProxyChoice final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatCurlReads_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<ProxyChoice>("choice");
        using Kind = ProxyChoice::Kind;
        const auto row = [](const QString &text, const ProxyChoice &choice) {
            QTest::newRow(qPrintable(text.isEmpty() ? u"nothing"_s : text)) << text << choice;
        };
        row(u""_s, {Kind::System, {}, 0, {}, {}});
        row(u"  "_s, {Kind::System, {}, 0, {}, {}});
        row(u"none"_s, {Kind::None, {}, 0, {}, {}});
        row(u" none "_s, {Kind::None, {}, 0, {}, {}});
        row(u"http://h:3128"_s, {Kind::Http, u"h"_s, 3128, {}, {}});
        row(u"HTTP://h:3128/"_s, {Kind::Http, u"h"_s, 3128, {}, {}});
        row(u"http://me:pw@h"_s, {Kind::Http, u"h"_s, 0, u"me"_s, u"pw"_s});
        row(u"http://me:pw@127.0.0.1:3128 "_s, {Kind::Http, u"127.0.0.1"_s, 3128, u"me"_s, u"pw"_s});
        row(u"http://me:p@ss@127.0.0.1:3128"_s, {Kind::Http, u"127.0.0.1"_s, 3128, u"me"_s, u"p@ss"_s});
        row(u"http://CORP\\me:pw@127.0.0.1:3128"_s, {Kind::Http, u"127.0.0.1"_s, 3128, u"CORP\\me"_s, u"pw"_s});
        row(u"http://me%40corp:p%2Fs@h:1"_s, {Kind::Http, u"h"_s, 1, u"me@corp"_s, u"p/s"_s});
        row(u"http://me:100%@h:1"_s, {Kind::Http, u"h"_s, 1, u"me"_s, u"100%"_s});
        row(u"127.0.0.1:3128"_s, {Kind::Http, u"127.0.0.1"_s, 3128, {}, {}});
        row(u"proxy.example.com"_s, {Kind::Http, u"proxy.example.com"_s, 0, {}, {}});
        row(u"me:pw@proxy:3128"_s, {Kind::Http, u"proxy"_s, 3128, u"me"_s, u"pw"_s});
        row(u"localhost:3128"_s, {Kind::Http, u"localhost"_s, 3128, {}, {}});
        row(u"[::1]:3128"_s, {Kind::Http, u"::1"_s, 3128, {}, {}});
        row(u"http://[fe80::1%25eth0]:3128"_s, {Kind::Http, u"fe80::1%eth0"_s, 3128, {}, {}});
        row(u"socks5://me:pw@h:1080"_s, {Kind::Socks5, u"h"_s, 1080, u"me"_s, u"pw"_s});
        row(u"socks5h://h:1080"_s, {Kind::Socks5, u"h"_s, 1080, {}, {}});
    }

    void readsWhatCurlReads()
    {
        QFETCH(QString, text);
        QFETCH(ProxyChoice, choice);
        const auto parsed = parseProxy(text);
        QVERIFY2(parsed.ok(), qPrintable(parsed.message()));
        QVERIFY2(parsed.value() == choice, qPrintable(textOf(parsed.value())));
        QCOMPARE(problemOfProxyText(text), QString());
        // What a form writes is read as the same.
        QVERIFY(parseProxy(textOf(choice)).value() == choice);
        QVERIFY(!choice.hasAddress() || problemOfProxyHost(choice.host).isEmpty());
    }

    void refusesWithTheTrueCause_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const QString &text, const QString &says) {
            QTest::newRow(qPrintable(text)) << text << says;
        };
        row(u"https://me:secr99@h:3128"_s, u"reached by TLS (https://) is not supported"_s);
        row(u"socks4://me:secr99@h:3128"_s, u"“socks4://” is no proxy that Sockeye knows"_s);
        row(u"http:/h:3128"_s, u"“http:” must be followed by two slashes"_s);
        row(u"socks5:h"_s, u"“socks5:” must be followed by two slashes"_s);
        row(u"http://"_s, u"names no host"_s);
        row(u"http://me:secr99@:3128"_s, u"names no host"_s);
        row(u"http://me:secr99@h:x"_s, u"The port “x” is not a number"_s);
        row(u"http://me:secr99@a..b:1"_s, u"The host “a..b” is not a valid name"_s);
        row(u"http://me:secr/99@h:3128"_s, u"Write %2F for it there"_s);
        row(u"http://me:secr#99@h:3128"_s, u"Write %23 for it there"_s);
        row(u"me:secr?99@h:3128"_s, u"Write %3F for it there"_s);
        row(u"http://::1:3128"_s, u"in brackets: [::1:3128]"_s);
        row(u"http://a%3Ab:secr99@h"_s, u"must not have a colon"_s);
        row(u"http://:secr99@h"_s, u"needs its user"_s);
    }

    void refusesWithTheTrueCause()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const QString problem = problemOfProxyText(text);
        QVERIFY2(problem.contains(says), qPrintable(problem));
        QVERIFY2(!problem.contains(u"secr") && !problem.contains(u"99"), qPrintable(problem));
        // Nor does what a form shows of it.
        const ProxyChoice shown = proxyFromText(text);
        if (!parseProxy(text))
            QVERIFY2(!shown.host.contains(u"secr") && !shown.host.contains(u"99"), qPrintable(shown.host));
    }
};

SOCKEYE_TEST(TestProxyChoice, QCoreApplication)
#include "tst_proxychoice.moc"
