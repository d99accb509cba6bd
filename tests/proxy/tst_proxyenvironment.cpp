#include "proxy/ProxyEnvironment.h"

#include "endpoint/UrlParser.h"
#include "peers/PeerProcess.h"
#include "support/TestProgram.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class ProxyEnvironmentTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chooses_data();
    void chooses();
    void exempts_data();
    void exempts();
    void readsTheProcess();
    void agreesWithCurl_data();
    void agreesWithCurl();
};

namespace {
/// "name=value name=value", where a blank in a value is written as _.
QProcessEnvironment variables(const QString &text)
{
    QProcessEnvironment environment;
    for (const QString &one : text.split(u' ', Qt::SkipEmptyParts))
        environment.insert(one.section(u'=', 0, 0), one.section(u'=', 1).replace(u'_', u' '));
    return environment;
}
} // namespace

void ProxyEnvironmentTest::chooses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("unused");
    const QString ws = u"ws://peer.test/"_s;
    const QString wss = u"wss://peer.test/"_s;
    QTest::newRow("none") << QString() << ws << QString() << QString();
    QTest::newRow("ws") << u"http_proxy=p"_s << ws << u"http_proxy"_s << QString();
    QTest::newRow("wss") << u"https_proxy=p"_s << wss << u"https_proxy"_s << QString();
    QTest::newRow("capitals") << u"HTTPS_PROXY=p"_s << wss << u"HTTPS_PROXY"_s << QString();
    QTest::newRow("capitals, ws") << u"HTTP_PROXY=p"_s << ws << u"HTTP_PROXY"_s << QString();
    QTest::newRow("small before capitals")
        << u"HTTP_PROXY=a http_proxy=b"_s << ws << u"http_proxy"_s << u"HTTP_PROXY (http_proxy goes before it)"_s;
    QTest::newRow("all") << u"all_proxy=p"_s << ws << u"all_proxy"_s << QString();
    QTest::newRow("ALL, wss") << u"ALL_PROXY=p"_s << wss << u"ALL_PROXY"_s << QString();
    QTest::newRow("own before all") << u"all_proxy=p https_proxy=q"_s << wss << u"https_proxy"_s
                                    << u"all_proxy (https_proxy goes before it)"_s;
    QTest::newRow("an empty one is none") << u"https_proxy= all_proxy=p"_s << wss << u"all_proxy"_s << QString();
    QTest::newRow("other scheme") << u"http_proxy=p"_s << wss << QString() << u"http_proxy (for ws:// only)"_s;
    QTest::newRow("other scheme, ws") << u"HTTPS_PROXY=p"_s << ws << QString() << u"HTTPS_PROXY (for wss:// only)"_s;
    QTest::newRow("both schemes") << u"http_proxy=p https_proxy=q"_s << wss << u"https_proxy"_s
                                  << u"http_proxy (for ws:// only)"_s;
    QTest::newRow("ws_proxy") << u"ws_proxy=p http_proxy=q"_s << ws << u"ws_proxy"_s
                              << u"http_proxy (ws_proxy goes before it)"_s;
    QTest::newRow("exempt") << u"https_proxy=p no_proxy=.test"_s << wss << QString()
                            << u"https_proxy (no_proxy has “.test”)"_s;
    QTest::newRow("NO_PROXY") << u"https_proxy=p NO_PROXY=test"_s << wss << QString()
                              << u"https_proxy (NO_PROXY has “test”)"_s;
    QTest::newRow("no_proxy before NO_PROXY")
        << u"https_proxy=p no_proxy=other NO_PROXY=test"_s << wss << u"https_proxy"_s << QString();
    for (const QString &here : {u"localhost"_s, u"a.localhost"_s, u"127.0.0.1"_s, u"127.9.9.9"_s, u"[::1]"_s}) {
        QTest::addRow("%s", qPrintable(here)) << u"all_proxy=p"_s << u"ws://"_s + here + u'/' << QString()
                                              << u"all_proxy (not for this machine itself)"_s;
    }
}

void ProxyEnvironmentTest::chooses()
{
    QFETCH(QString, text);
    QFETCH(QString, url);
    QFETCH(QString, variable);
    QFETCH(QString, unused);
    const ProxyEnvironment environment(variables(text));
    const ProxyEnvironment::Choice choice = environment.choiceFor(parseUrl(url).value());
    QCOMPARE(choice.variable, variable);
    QCOMPARE(choice.value.isEmpty(), variable.isEmpty());
    QCOMPARE(choice.unused.join(u", "_s), unused);
    QCOMPARE(environment.hasProxy(),
             text.contains(u"proxy=p"_s) || text.contains(u"PROXY=p"_s) || text.contains(u"=a"_s));
}

void ProxyEnvironmentTest::exempts_data()
{
    QTest::addColumn<QString>("list");
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("isExempt");
    const auto row = [](const char *name, const QString &list, const QString &url, bool isExempt) {
        QTest::newRow(name) << list << url << isExempt;
    };
    row("all", u"*"_s, u"ws://peer.test/"_s, true);
    row("all, an address", u"*"_s, u"ws://[2001:db8::1]/"_s, true);
    row("name", u"peer.test"_s, u"ws://peer.test/"_s, true);
    row("case", u"PEER.Test"_s, u"ws://peer.tesT/"_s, true);
    row("other name", u"other.test"_s, u"ws://peer.test/"_s, false);
    row("domain", u"test"_s, u"ws://peer.test/"_s, true);
    row("domain with a dot", u".test"_s, u"ws://peer.test/"_s, true);
    row("a dot means the name too", u".peer.test"_s, u"ws://peer.test/"_s, true);
    row("with an asterisk", u"*.test"_s, u"ws://peer.test/"_s, true);
    row("not in the middle", u"eer.test"_s, u"ws://peer.test/"_s, false);
    row("not the other way", u"a.peer.test"_s, u"ws://peer.test/"_s, false);
    row("final dots", u"peer.test."_s, u"ws://peer.test/"_s, true);
    row("final dot of the URL", u"peer.test"_s, u"ws://peer.test./"_s, true);
    row("list", u"a,peer.test,b"_s, u"ws://peer.test/"_s, true);
    row("blanks", u"a,  peer.test"_s, u"ws://peer.test/"_s, true);
    row("blanks alone", u"a peer.test b"_s, u"ws://peer.test/"_s, true);
    row("port", u"peer.test:9001"_s, u"ws://peer.test:9001/"_s, true);
    row("other port", u"peer.test:9001"_s, u"ws://peer.test:9002/"_s, false);
    row("usual port", u"peer.test:443"_s, u"wss://peer.test/"_s, true);
    row("other usual port", u"peer.test:443"_s, u"ws://peer.test/"_s, false);
    row("domain and port", u".test:80"_s, u"ws://peer.test/"_s, true);
    row("address", u"192.0.2.7"_s, u"ws://192.0.2.7/"_s, true);
    row("address and port", u"192.0.2.7:80"_s, u"ws://192.0.2.7/"_s, true);
    row("other address", u"192.0.2.7"_s, u"ws://192.0.2.70/"_s, false);
    row("no suffix of an address", u"2.7"_s, u"ws://192.0.2.7/"_s, false);
    row("CIDR", u"10.0.0.0/8"_s, u"ws://10.200.3.4/"_s, true);
    row("CIDR, other", u"10.0.0.0/8"_s, u"ws://11.0.0.1/"_s, false);
    row("CIDR in the middle of a byte", u"192.168.16.0/20"_s, u"ws://192.168.31.1/"_s, true);
    row("CIDR beyond", u"192.168.16.0/20"_s, u"ws://192.168.32.1/"_s, false);
    row("CIDR of all", u"0.0.0.0/0"_s, u"ws://192.0.2.7/"_s, true);
    row("CIDR, one address", u"192.0.2.7/32"_s, u"ws://192.0.2.7/"_s, true);
    row("CIDR, too many bits", u"10.0.0.0/33"_s, u"ws://10.0.0.0/"_s, false);
    row("CIDR, no number", u"10.0.0.0/x"_s, u"ws://10.0.0.0/"_s, false);
    row("CIDR and a name", u"10.0.0.0/8"_s, u"ws://peer.test/"_s, false);
    row("IPv6", u"2001:db8::1"_s, u"ws://[2001:db8::1]/"_s, true);
    row("IPv6 written otherwise", u"2001:0db8:0::0001"_s, u"ws://[2001:db8::1]/"_s, true);
    row("IPv6 in brackets", u"[2001:db8::1]"_s, u"ws://[2001:db8::1]/"_s, true);
    row("IPv6 and port", u"[2001:db8::1]:80"_s, u"ws://[2001:db8::1]/"_s, true);
    row("IPv6 and other port", u"[2001:db8::1]:81"_s, u"ws://[2001:db8::1]/"_s, false);
    row("IPv6 CIDR", u"2001:db8::/32"_s, u"ws://[2001:db8:ffff::1]/"_s, true);
    row("IPv6 CIDR, other", u"2001:db8::/32"_s, u"ws://[2001:db9::1]/"_s, false);
    row("IPv4 CIDR and IPv6", u"0.0.0.0/0"_s, u"ws://[2001:db8::1]/"_s, false);
    row("odd", u",,/,:,[,],[]:1,.,*.,::,/8"_s, u"ws://peer.test/"_s, false);
    row("odd, an address", u",,/,:,[,],[]:1,.,*.,/8"_s, u"ws://192.0.2.7/"_s, false);
}

void ProxyEnvironmentTest::exempts()
{
    QFETCH(QString, list);
    QFETCH(QString, url);
    QFETCH(bool, isExempt);
    QProcessEnvironment environment;
    environment.insert(u"no_proxy"_s, list);
    QCOMPARE(!ProxyEnvironment(environment).exemption(parseUrl(url).value()).isEmpty(), isExempt);
}

void ProxyEnvironmentTest::readsTheProcess()
{
    qputenv("WS_PROXY", "http://p:1");
    QCOMPARE(ProxyEnvironment().choiceFor(parseUrl(u"ws://peer.test/"_s).value()).value, u"http://p:1"_s);
    qunsetenv("WS_PROXY");
}

/// Whom curl itself dials, given the same variables. Nobody listens on the proxy's port, and --resolve leads the name
/// to this machine, so nothing is looked up and nothing leaves it.
void ProxyEnvironmentTest::agreesWithCurl_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isEncrypted");
    const QString p = u"127.0.0.1:1"_s;
    const QString peer = u"peer.test"_s;
    QTest::newRow("http_proxy") << u"http_proxy="_s + p << peer << false;
    QTest::newRow("http_proxy, TLS") << u"http_proxy="_s + p << peer << true;
    QTest::newRow("https_proxy") << u"https_proxy=http://"_s + p << peer << true;
    QTest::newRow("https_proxy, plain") << u"https_proxy="_s + p << peer << false;
    QTest::newRow("HTTPS_PROXY") << u"HTTPS_PROXY="_s + p << peer << true;
    QTest::newRow("all_proxy") << u"all_proxy="_s + p << peer << false;
    QTest::newRow("ALL_PROXY") << u"ALL_PROXY="_s + p << peer << true;
    QTest::newRow("empty, then all") << u"https_proxy= all_proxy="_s + p << peer << true;
    for (const QString &list : {u"*"_s, u"test"_s, u".test"_s, u"peer.test"_s, u".peer.test"_s, u"PEER.TEST"_s,
                                u"eer.test"_s, u"a.peer.test"_s, u"peer.test."_s, u"other,peer.test"_s,
                                u"other,_peer.test"_s, u"other_peer.test"_s, u"other"_s, u"10.0.0.0/8"_s})
        QTest::addRow("no_proxy=%s", qPrintable(list)) << u"all_proxy="_s + p + u" no_proxy="_s + list << peer << false;
    for (const QString &list : {u"192.0.2.7"_s, u"192.0.2.0/24"_s, u"192.0.3.0/24"_s, u"2.7"_s, u"0.0.0.0/33"_s,
                                u"192.0.0.0/14"_s, u"*"_s, u"other"_s}) {
        QTest::addRow("an address, no_proxy=%s", qPrintable(list))
            << u"all_proxy="_s + p + u" no_proxy="_s + list << u"192.0.2.7"_s << false;
    }
    // curl 7.88 takes no mask of an IPv6 address, later ones do.
    for (const QString &list : {u"2001:db8::1"_s, u"2001:db8::2"_s}) {
        QTest::addRow("IPv6, no_proxy=%s", qPrintable(list))
            << u"all_proxy="_s + p + u" no_proxy="_s + list << u"[2001:db8::1]"_s << false;
    }
}

void ProxyEnvironmentTest::agreesWithCurl()
{
    QFETCH(QString, text);
    QFETCH(QString, host);
    QFETCH(bool, isEncrypted);
    const QString curl = QStandardPaths::findExecutable(u"curl"_s);
    if (curl.isEmpty()) {
        QVERIFY2(!peersAreRequired(), "curl is not installed, though it is required here");
        QSKIP("curl is not installed");
    }
    QProcess process;
    process.setProcessEnvironment(variables(text));
    // An address is led to this machine too, whichever way curl takes.
    process.start(curl, {u"-q"_s, u"-sv"_s, u"--max-time"_s, u"10"_s, u"--connect-to"_s, host + u"::127.0.0.1:2"_s,
                         (isEncrypted ? u"https://"_s : u"http://"_s) + host + u'/'});
    QVERIFY(process.waitForFinished(20'000));
    const QByteArray said = process.readAllStandardError();
    const bool usesProxy = said.contains("127.0.0.1:1...") || said.contains("127.0.0.1 port 1 ");
    const bool goesDirectly = said.contains("127.0.0.1:2...") || said.contains("127.0.0.1 port 2 ");
    QVERIFY2(usesProxy != goesDirectly, said.constData());
    const WebSocketUrl url = parseUrl((isEncrypted ? u"wss://"_s : u"ws://"_s) + host + u'/').value();
    QCOMPARE(!ProxyEnvironment(variables(text)).choiceFor(url).variable.isEmpty(), usesProxy);
}

SOCKEYE_TEST(ProxyEnvironmentTest, QCoreApplication)
#include "tst_proxyenvironment.moc"
