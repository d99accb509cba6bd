#include "cli/RecordOptions.h"

#include "cli/Cli.h"

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
    void readsEveryOption();
    void refuses_data();
    void refuses();
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
    QVERIFY(options.json);
    QVERIFY(options.quiet);
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
    row("header without a colon", {url, QStringLiteral("--header"), QStringLiteral("X-A")});
    row("header with a line break", {url, QStringLiteral("--header"), QStringLiteral("X-A: 1\r\nX-B: 2")});
    row("subprotocol with a space", {url, QStringLiteral("--subprotocol"), QStringLiteral("a b")});
    row("half a hex byte", {url, QStringLiteral("--send-hex"), QStringLiteral("0")});
    row("file that is not there", {url, QStringLiteral("--send"), QStringLiteral("@/no/such/file")});
    row("count of 0", {url, QStringLiteral("--count"), QStringLiteral("0")});
    row("seconds that are none", {url, QStringLiteral("--for"), QStringLiteral("soon")});
}

void RecordOptionsTest::refuses()
{
    QFETCH(QStringList, arguments);
    const auto parsed = parseRecordOptions(arguments);
    QVERIFY(std::holds_alternative<int>(parsed));
    QCOMPARE(std::get<int>(parsed), int(Usage));
}

void RecordOptionsTest::knowsItsCommands()
{
    QVERIFY(isCommand({QStringLiteral("record")}));
    QVERIFY(isCommand({QStringLiteral("--version")}));
    QVERIFY(!isCommand({}));
    QVERIFY(!isCommand({QStringLiteral("ws://h/")}));
    QVERIFY(!isCommand({QStringLiteral("session.sockeye")}));
}

QTEST_GUILESS_MAIN(RecordOptionsTest)
#include "tst_recordoptions.moc"
