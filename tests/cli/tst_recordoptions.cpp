#include "cli/RecordOptions.h"

#include "base/Paths.h"
#include "cli/Cli.h"
#include "cli/Terminal.h"
#include "endpoint/ProxyChoice.h"
#include "profiles/ProfileStore.h"
#include "support/TestProgram.h"

#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

using namespace sockeye;
using namespace sockeye::cli;

class RecordOptionsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsInTheOrderGiven();
    void sendsAFile();
    void endsByAFilter();
    void readsEveryOption();
    void readsTheWayToThePeer();
    void readsSecretsFromElsewhere();
    void beginsWithAProfile();
    void refuses_data();
    void refuses();
    void sendsInvisibleCharactersIfTold();
    void knowsItsCommands();
};

void RecordOptionsTest::sendsInTheOrderGiven()
{
    const auto parsed = parseRecordOptions({QStringLiteral("--send"), QStringLiteral("a"), QStringLiteral("ws://h/"),
                                            QStringLiteral("--send-hex=00ff"), QStringLiteral("--send=--send-hex"),
                                            QStringLiteral("--send-hex"), QStringLiteral("10"),
                                            QStringLiteral("--send="), QStringLiteral("--count"), QStringLiteral("7")});
    QVERIFY(std::holds_alternative<RecordOptions>(parsed));
    const auto &options = std::get<RecordOptions>(parsed);
    QCOMPARE(options.endpoint.url, QStringLiteral("ws://h/"));
    QCOMPARE(options.session.closeAfterMessages, 7);
    QList<QPair<Opcode, QByteArray>> sent;
    for (const Outgoing &message : options.messages)
        sent.append({message.opcode, message.payload});
    const QList<QPair<Opcode, QByteArray>> expected{{Opcode::Text, "a"},
                                                    {Opcode::Binary, QByteArray::fromHex("00ff")},
                                                    {Opcode::Text, "--send-hex"},
                                                    {Opcode::Binary, QByteArray::fromHex("10")},
                                                    {Opcode::Text, ""}};
    QCOMPARE(sent, expected);
}

void RecordOptionsTest::endsByAFilter()
{
    const auto parsed = parseRecordOptions(
        {QStringLiteral("ws://h/"), QStringLiteral("--until"), QStringLiteral("msg:bye or size>1M")});
    QVERIFY(std::holds_alternative<RecordOptions>(parsed));
    const auto &options = std::get<RecordOptions>(parsed);
    QVERIFY(options.until && options.until->usesMessages());
}

void RecordOptionsTest::sendsAFile()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("from a file\n");
    file.flush();
    const auto parsed =
        parseRecordOptions({QStringLiteral("ws://h/"), QStringLiteral("--send"), u'@' + file.fileName()});
    QVERIFY(std::holds_alternative<RecordOptions>(parsed));
    QCOMPARE(std::get<RecordOptions>(parsed).messages.constFirst().payload, QByteArray("from a file\n"));
}

void RecordOptionsTest::readsEveryOption()
{
    const auto parsed = parseRecordOptions(
        {QStringLiteral("wss://h/"), QStringLiteral("-o"),           QStringLiteral("f.sockeye"),
         QStringLiteral("--header"), QStringLiteral("X-A:  1 "),     QStringLiteral("--subprotocol"),
         QStringLiteral("v1"),       QStringLiteral("--echo"),       QStringLiteral("--for"),
         QStringLiteral("1.5"),      QStringLiteral("--insecure"),   QStringLiteral("--ca"),
         QStringLiteral("ca.pem"),   QStringLiteral("--cert"),       QStringLiteral("c.pem"),
         QStringLiteral("--key"),    QStringLiteral("k.pem"),        QStringLiteral("--proxy"),
         QStringLiteral("none"),     QStringLiteral("--no-deflate"), QStringLiteral("--connect-timeout"),
         QStringLiteral("2"),        QStringLiteral("--json"),       QStringLiteral("-q")});
    QVERIFY(std::holds_alternative<RecordOptions>(parsed));
    const auto &options = std::get<RecordOptions>(parsed);
    QCOMPARE(options.output, QStringLiteral("f.sockeye"));
    QCOMPARE(options.endpoint.headers, (QList{RequestHeader{QStringLiteral("X-A"), QStringLiteral("1")}}));
    QCOMPARE(options.endpoint.subprotocols, QStringList{QStringLiteral("v1")});
    QVERIFY(options.session.echo);
    QVERIFY(options.duration == std::chrono::milliseconds(1500));
    QVERIFY(!options.endpoint.tls.verify);
    QCOMPARE(options.endpoint.tls.caFile, QStringLiteral("ca.pem"));
    QCOMPARE(options.endpoint.tls.certificateFile, QStringLiteral("c.pem"));
    QCOMPARE(options.endpoint.tls.keyFile, QStringLiteral("k.pem"));
    QCOMPARE(options.endpoint.proxy, QStringLiteral("none"));
    QVERIFY(options.endpoint.timeouts.connect == std::chrono::seconds(2));
    QVERIFY(!options.endpoint.deflate.offered);
    QVERIFY(options.json);
    QVERIFY(options.quiet);
}

void RecordOptionsTest::readsTheWayToThePeer()
{
    QTemporaryFile secret;
    QVERIFY(secret.open());
    secret.write("s3 cret\r\nnot this\n");
    secret.flush();
    const QString fingerprint = QStringLiteral("0123456789abcdef").repeated(4);
    const auto parsed = parseRecordOptions(
        {QStringLiteral("wss://h/"), QStringLiteral("--pass"), u'@' + secret.fileName(), QStringLiteral("--sni"),
         QStringLiteral("api.example"), QStringLiteral("--tls-min"), QStringLiteral("1.1"),
         QStringLiteral("--connect-to"), QStringLiteral("[::1]:9001"), QStringLiteral("--ipv6"),
         QStringLiteral("--max-redirects"), QStringLiteral("3"), QStringLiteral("--fingerprint"), fingerprint.toUpper(),
         QStringLiteral("--ping"), QStringLiteral("0.5")});
    QVERIFY(std::holds_alternative<RecordOptions>(parsed));
    const Endpoint &endpoint = std::get<RecordOptions>(parsed).endpoint;
    QCOMPARE(endpoint.tls.passphrase, QStringLiteral("s3 cret"));
    QCOMPARE(endpoint.tls.serverName, QStringLiteral("api.example"));
    QCOMPARE(endpoint.tls.minimumVersion, TlsVersion::Tls11);
    QCOMPARE(endpoint.tls.trustedFingerprint, fingerprint);
    QVERIFY(endpoint.tls.verify);
    QCOMPARE(endpoint.connectTo, QStringLiteral("[::1]:9001"));
    QCOMPARE(endpoint.ipPreference, IpPreference::V6);
    QCOMPARE(endpoint.maxRedirects, 3);
    QVERIFY(endpoint.keepalive.interval == std::chrono::milliseconds(500));
    QVERIFY(endpoint.deflate.offered);
}

/// Nothing secret needs to stand in a command line.
void RecordOptionsTest::readsSecretsFromElsewhere()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("pr0xy:@/p\n");
    file.flush();
    qputenv("SOCKEYE_TEST_URL", "wss://h/?token=t0k");
    const QStringList proxy{QStringLiteral("--proxy"), QStringLiteral("http://me@p:3128")};
    const QString password = QStringLiteral("--proxy-password");
    const auto parsed = parseRecordOptions(
        QStringList{QStringLiteral("env:SOCKEYE_TEST_URL"), password, u'@' + file.fileName()} + proxy);
    QVERIFY(std::holds_alternative<RecordOptions>(parsed));
    const auto &options = std::get<RecordOptions>(parsed);
    QCOMPARE(options.endpoint.url, QStringLiteral("wss://h/?token=t0k"));
    QCOMPARE(parseProxy(options.endpoint.proxy)->user, QStringLiteral("me"));
    QCOMPARE(parseProxy(options.endpoint.proxy)->password, QStringLiteral("pr0xy:@/p"));

    const QString url = QStringLiteral("ws://h/");
    for (const QStringList &wrong :
         {QStringList{url, password, QStringLiteral("s3cret")} + proxy,
          QStringList{url, password, u'@' + file.fileName()},
          QStringList{url, password, u'@' + file.fileName(), QStringLiteral("--proxy"), QStringLiteral("http://p:1")},
          QStringList{QStringLiteral("env:SOCKEYE_TEST_NONE")}, QStringList{QStringLiteral("@/no/such/file")}})
        QCOMPARE(std::get<int>(parseRecordOptions(wrong)), int(Usage));
    qunsetenv("SOCKEYE_TEST_URL");
}

void RecordOptionsTest::beginsWithAProfile()
{
    QTemporaryDir home;
    qputenv("XDG_DATA_HOME", home.path().toLocal8Bit());
    qputenv("XDG_CONFIG_HOME", home.path().toLocal8Bit());
    Profile profile;
    profile.name = QStringLiteral("ticker");
    profile.endpoint.url = QStringLiteral("wss://h/feed");
    profile.endpoint.headers = {{QStringLiteral("X-A"), QStringLiteral("1")}};
    profile.endpoint.deflate.clientMaxWindowBits = 9;
    profile.endpoint.tls.passphrase = QStringLiteral("s");
    profile.endpoint.reconnect.enabled = true;
    profile.endpoint.control.pong = ControlPolicy::Answer::Never;
    ProfileStore store(paths::profiles());
    QVERIFY(store.add(profile).ok());

    const auto plain = parseRecordOptions({QStringLiteral("--profile"), QStringLiteral("ticker")});
    QVERIFY(std::holds_alternative<RecordOptions>(plain));
    QVERIFY(std::get<RecordOptions>(plain).endpoint == profile.endpoint);

    const auto changed = parseRecordOptions({QStringLiteral("--profile"), QStringLiteral("ticker"),
                                             QStringLiteral("ws://other/"), QStringLiteral("--no-deflate")});
    QVERIFY(std::holds_alternative<RecordOptions>(changed));
    profile.endpoint.url = QStringLiteral("ws://other/");
    profile.endpoint.deflate.offered = false;
    QVERIFY(std::get<RecordOptions>(changed).endpoint == profile.endpoint);
}

void RecordOptionsTest::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char *name, const QStringList &arguments) { QTest::newRow(name) << arguments; };
    const QString url = QStringLiteral("ws://h/");
    row("no URL", {});
    row("two URLs", {url, url});
    row("other scheme", {QStringLiteral("ftp://h/")});
    row("unknown option", {url, QStringLiteral("--nonsense")});
    row("filter that cannot be understood", {url, QStringLiteral("--until"), QStringLiteral("field:")});
    row("header without a colon", {url, QStringLiteral("--header"), QStringLiteral("X-A")});
    row("header with a line break", {url, QStringLiteral("--header"), QStringLiteral("X-A: 1\r\nX-B: 2")});
    row("invisible in the URL", {url + QStringLiteral("feed\u200b")});
    row("invisible before the URL", {QStringLiteral("\u200b") + url});
    row("quotes around the URL", {QStringLiteral("\u201c") + url + QStringLiteral("\u201d")});
    row("invisible in a header", {url, QStringLiteral("--header"), QStringLiteral("Authorization: Bearer abc\u200b")});
    row("invisible at a header's front", {url, QStringLiteral("--header"), QStringLiteral("X-Key: \u2060abc")});
    row("no-break space behind a header", {url, QStringLiteral("--header"), QStringLiteral("X-Key: abc\u00a0")});
    row("invisible in a subprotocol", {url, QStringLiteral("--subprotocol"), QStringLiteral("a\u200b")});
    row("invisible in SNI", {QStringLiteral("wss://h/"), QStringLiteral("--sni"), QStringLiteral("a\u200b.example")});
    row("invisible in an address", {url, QStringLiteral("--connect-to"), QStringLiteral("h\u200b:1")});
    row("scheme of one slash", {QStringLiteral("htp:/x")});
    row("subprotocol with a space", {url, QStringLiteral("--subprotocol"), QStringLiteral("a b")});
    row("half a hex byte", {url, QStringLiteral("--send-hex"), QStringLiteral("0")});
    row("file that is not there", {url, QStringLiteral("--send"), QStringLiteral("@/no/such/file")});
    row("count of 0", {url, QStringLiteral("--count"), QStringLiteral("0")});
    row("fingerprint", {url, QStringLiteral("--fingerprint"), QStringLiteral("00:11")});
    row("address to dial", {url, QStringLiteral("--connect-to"), QStringLiteral("h:http")});
    row("TLS version", {url, QStringLiteral("--tls-min"), QStringLiteral("2")});
    row("both families", {url, QStringLiteral("--ipv4"), QStringLiteral("--ipv6")});
    row("redirects", {url, QStringLiteral("--max-redirects"), QStringLiteral("-1")});
    row("ping of no time", {url, QStringLiteral("--ping"), QStringLiteral("0")});
    row("passphrase file that is not there", {url, QStringLiteral("--pass"), QStringLiteral("@/no/such/file")});
    row("profile that is not there", {QStringLiteral("--profile"), QStringLiteral("no such")});
    row("seconds that are none", {url, QStringLiteral("--for"), QStringLiteral("soon")});
}

void RecordOptionsTest::refuses()
{
    QFETCH(QStringList, arguments);
    const auto parsed = parseRecordOptions(arguments);
    QVERIFY(std::holds_alternative<int>(parsed));
    QCOMPARE(std::get<int>(parsed), int(Usage));
}

void RecordOptionsTest::sendsInvisibleCharactersIfTold()
{
    const auto parsed = parseRecordOptions({QStringLiteral("ws://h/\u200d"), QStringLiteral("--header"),
                                            QStringLiteral("X-A: a\u200db"), QStringLiteral("--send-invisible")});
    QVERIFY(std::holds_alternative<RecordOptions>(parsed));
    const Endpoint &endpoint = std::get<RecordOptions>(parsed).endpoint;
    QVERIFY(endpoint.sendInvisible);
    QCOMPARE(endpoint.headers.first().value, QStringLiteral("a\u200db"));
}

void RecordOptionsTest::knowsItsCommands()
{
    QVERIFY(isCommand({QStringLiteral("record")}));
    QVERIFY(isCommand({QStringLiteral("--version")}));
    QVERIFY(!isCommand({}));
    QVERIFY(!isCommand({QStringLiteral("ws://h/")}));
    QVERIFY(!isCommand({QStringLiteral("session.sockeye")}));
}

SOCKEYE_TEST(RecordOptionsTest, QCoreApplication)
#include "tst_recordoptions.moc"
