#include "profiles/Profile.h"

#include "support/TestProgram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestProfile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackAsItWent();
    void isWrittenForPeople();
    void writesWhatDiffers();
    void writesEverythingAsAlways();
    void emptyPongPayloadIsOneOfItsOwn();
    void missingMembersGetDefaults();
    void nullStandsForMissing();
    void unknownMembersAreKept();
    void unknownMembersOfHeadersFollowTheirHeader();
    void formatRulesOfANewerVersionAreKept();
    void columnsAreWrittenForPeople();
    void columnsOfANewerVersionAreKept();
    void aFileOfAnOlderVersionHasNoColumns();
    void neverTurnsVerificationOff();
    void wrongTypesAreNamed_data();
    void wrongTypesAreNamed();
};

namespace {
Profile sample()
{
    Profile profile;
    profile.name = u"tick\"er\n\u20ac"_s;
    profile.folder = u"staging"_s;
    profile.endpoint.url = u"wss://example.com/feed?a=\\"_s;
    profile.endpoint.subprotocols = {u"v2"_s, u"v1"_s};
    profile.endpoint.headers = {{u"X-A"_s, u"1"_s, true}, {u"X-A"_s, u"2"_s, false}};
    profile.endpoint.tls.caFile = u"/tmp/ca.pem"_s;
    profile.endpoint.tls.certificateFile = u"c.pem"_s;
    profile.endpoint.tls.keyFile = u"k.pem"_s;
    profile.endpoint.tls.passphrase = u"s3 cret"_s;
    profile.endpoint.tls.minimumVersion = TlsVersion::Tls13;
    profile.endpoint.tls.serverName = u"api.example.com"_s;
    profile.endpoint.tls.alpn = {u"http/1.1"_s, u"x"_s};
    profile.endpoint.tls.trustedFingerprint = QString(64, u'a');
    profile.endpoint.proxy = u"none"_s;
    profile.endpoint.connectTo = u"127.0.0.1:1"_s;
    profile.endpoint.ipPreference = IpPreference::V6;
    profile.endpoint.maxRedirects = 3;
    profile.endpoint.deflate = {false, true, true, 9, 10};
    profile.endpoint.control = {ControlPolicy::Answer::Delayed, std::chrono::milliseconds(2), QByteArray("\0x", 2),
                                ControlPolicy::Answer::Never, std::chrono::milliseconds(3)};
    profile.endpoint.limits = {500'000'000, 1000, 10};
    profile.endpoint.keepalive = {std::chrono::milliseconds(20'000), 0};
    profile.endpoint.reconnect = {
        true, std::chrono::milliseconds(100), 1.5, std::chrono::milliseconds(5'000), 0.5, 0, {1001, 1006}};
    profile.endpoint.timeouts = {std::chrono::milliseconds(1234), std::chrono::milliseconds(567)};
    profile.notify = {u"has:finding"_s, true, true};
    return profile;
}
} // namespace

void TestProfile::comesBackAsItWent()
{
    Profile profile = sample();
    profile.decode = {{{DecodeRule::About::Binary, Direction::In, u"a/+"_s, u"gzip > msgpack"_s},
                       {DecodeRule::About::Any, Direction::None, {}, u"json"_s}},
                      {u"/srv/protos"_s},
                      {u"struct A {\n    u8 b;\n}"_s, u"struct B { i16 c; }"_s},
                      u"$.req.id"_s};
    profile.columns = {
        {{u"$.price"_s, u"Price"_s, 80, false, u"size"_s}, {u"topic"_s}},
        {{u"Trades"_s, u"json"_s, {{u"$.p"_s}, {u"$.q"_s, u"Amount"_s, 0, true, {}}}}, {u"Nothing"_s, {}, {}}}};
    const auto read = profileFromJson(toJson(profile));
    QVERIFY2(read.ok(), qPrintable(read.message()));
    QCOMPARE(read.value(), profile);
    const auto empty = profileFromJson(toJson(Profile()));
    QVERIFY2(empty.ok(), qPrintable(empty.message()));
    QCOMPARE(empty.value(), Profile());
    QVERIFY(!toJson(Profile()).contains("requests"));
}

void TestProfile::isWrittenForPeople()
{
    Profile profile;
    profile.name = u"ticker"_s;
    profile.endpoint.url = u"ws://h"_s;
    profile.endpoint.headers = {{u"A"_s, u"1"_s, true}, {u"B"_s, u"2"_s, false}};
    const QByteArray expected = R"({
    "sockeye": "profile",
    "version": 1,
    "name": "ticker",
    "folder": "",
    "url": "ws://h",
    "subprotocols": [],
    "headers": [
        { "name": "A", "value": "1", "enabled": true },
        { "name": "B", "value": "2", "enabled": false }
    ],
    "tls": { "caFile": "", "certificateFile": "", "keyFile": "" },
    "proxy": "",
    "timeouts": { "connectMs": 10000, "closeMs": 5000 }
}
)";
    QCOMPARE(toJson(profile), expected);
}

void TestProfile::writesWhatDiffers()
{
    Profile profile;
    profile.endpoint.tls.minimumVersion = TlsVersion::Tls12;
    profile.endpoint.ipPreference = IpPreference::V4;
    profile.endpoint.control.pong = ControlPolicy::Answer::Never;
    profile.endpoint.keepalive.interval = std::chrono::milliseconds(30'000);
    profile.endpoint.reconnect.enabled = true;
    profile.endpoint.reconnect.closeCodes = {1012};
    const QByteArray json = toJson(profile);
    for (const QByteArrayView line :
         {R"("tls": { "caFile": "", "certificateFile": "", "keyFile": "", "minimumVersion": "1.2" })",
          R"("ipPreference": "v4")", R"("control": { "pong": "never" })", R"("keepalive": { "intervalMs": 30000 })",
          R"("reconnect": { "enabled": true, "closeCodes": [1012] })"})
        QVERIFY2(json.contains(line), line.data());
    for (const QByteArrayView name : {"deflate", "limits", "connectTo", "maxRedirects", "passphrase"})
        QVERIFY2(!json.contains(name), name.data());
}

/// People keep profiles under version control: names, order and form of the members never change.
void TestProfile::writesEverythingAsAlways()
{
    Profile profile = sample();
    profile.name = u"ticker"_s;
    const QByteArray expected = R"({
    "sockeye": "profile",
    "version": 1,
    "name": "ticker",
    "folder": "staging",
    "url": "wss://example.com/feed?a=\\",
    "subprotocols": ["v2","v1"],
    "headers": [
        { "name": "X-A", "value": "1", "enabled": true },
        { "name": "X-A", "value": "2", "enabled": false }
    ],
    "tls": { "caFile": "/tmp/ca.pem", "certificateFile": "c.pem", "keyFile": "k.pem", "passphrase": "s3 cret", )"
                                R"("minimumVersion": "1.3", "serverName": "api.example.com", )"
                                R"("alpn": ["http/1.1","x"], "trustedFingerprint": ")" +
                                QByteArray(64, 'a') +
                                R"(" },
    "proxy": "none",
    "connectTo": "127.0.0.1:1",
    "ipPreference": "v6",
    "maxRedirects": 3,
    "deflate": { "offered": false, "serverNoContextTakeover": true, "clientNoContextTakeover": true, )"
                                R"("serverMaxWindowBits": 9, "clientMaxWindowBits": 10 },
    "control": { "pong": "delayed", "pongDelayMs": 2, "pongPayloadHex": "0078", "close": "never", "closeDelayMs": 3 },
    "limits": { "messageBytes": 500000000, "headBytes": 1000, "headLines": 10 },
    "timeouts": { "connectMs": 1234, "closeMs": 567 },
    "keepalive": { "intervalMs": 20000, "deadAfter": 0 },
    "reconnect": { "enabled": true, "firstMs": 100, "factor": 1.5, "maximumMs": 5000, "jitter": 0.5, "attempts": 0, )"
                                R"("closeCodes": [1001,1006] },
    "notify": { "filter": "has:finding", "ends": true, "returns": true }
}
)";
    QCOMPARE(toJson(profile), expected);
}

void TestProfile::emptyPongPayloadIsOneOfItsOwn()
{
    Profile profile;
    profile.endpoint.control.pongPayload = QByteArrayLiteral("");
    const auto read = profileFromJson(toJson(profile));
    QVERIFY2(read.ok(), qPrintable(read.message()));
    QVERIFY(!read->endpoint.control.pongPayload.isNull());
    QVERIFY(read->endpoint.control.pongPayload.isEmpty());
    QVERIFY(profileFromJson(toJson(Profile()))->endpoint.control.pongPayload.isNull());
}

void TestProfile::missingMembersGetDefaults()
{
    const auto marked = profileFromJson(R"({"sockeye": "profile"})");
    QVERIFY2(marked.ok(), qPrintable(marked.message()));
    QCOMPARE(marked.value(), Profile());

    const auto byHand = profileFromJson(R"({"url": "ws://h", "headers": [{"name": "A"}]})");
    QVERIFY2(byHand.ok(), qPrintable(byHand.message()));
    QCOMPARE(byHand->endpoint.url, u"ws://h"_s);
    const QList<RequestHeader> headers{{u"A"_s, QString(), true}};
    QCOMPARE(byHand->endpoint.headers, headers);
    QCOMPARE(byHand->endpoint.timeouts, Timeouts());
}

void TestProfile::nullStandsForMissing()
{
    const auto read =
        profileFromJson(R"({"url": null, "name": "n", "timeouts": {"connectMs": null}, "headers": null})");
    QVERIFY2(read.ok(), qPrintable(read.message()));
    QCOMPARE(read->name, u"n"_s);
    QCOMPARE(read->endpoint, Endpoint());
}

void TestProfile::unknownMembersAreKept()
{
    const auto read = profileFromJson(R"({"url": "ws://h", "note": "mine", "deep": {"list": [1, 2.5, null, true]},
        "tls": {"caFile": "a", "fingerprint": "00:11"}, "timeouts": {"pingMs": 7},
        "reconnect": {"later": 1}, "limits": {}})");
    QVERIFY2(read.ok(), qPrintable(read.message()));
    const QJsonObject written = QJsonDocument::fromJson(toJson(read.value())).object();
    QCOMPARE(written.value(u"note"_s), QJsonValue(u"mine"_s));
    QCOMPARE(written.value(u"deep"_s),
             QJsonValue(QJsonObject{{u"list"_s, QJsonArray{1, 2.5, QJsonValue::Null, true}}}));
    QCOMPARE(written.value(u"tls"_s).toObject().value(u"fingerprint"_s), QJsonValue(u"00:11"_s));
    QCOMPARE(written.value(u"tls"_s).toObject().value(u"caFile"_s), QJsonValue(u"a"_s));
    QCOMPARE(written.value(u"timeouts"_s).toObject().value(u"pingMs"_s), QJsonValue(7));
    QCOMPARE(written.value(u"timeouts"_s).toObject().value(u"connectMs"_s), QJsonValue(10'000));
    QCOMPARE(written.value(u"reconnect"_s), QJsonValue(QJsonObject{{u"later"_s, 1}}));
    QVERIFY(!written.contains(u"limits"_s));
}

void TestProfile::formatRulesOfANewerVersionAreKept()
{
    const QByteArray file = R"({"sockeye": "profile", "url": "ws://h", "formats": [
        {"kind": "binary", "format": "msgpack"}, {"when": "later", "format": "x"}, {"kind": "odd", "format": "y"}]})";
    const auto read = profileFromJson(file);
    QVERIFY2(read.ok(), qPrintable(read.message()));
    QCOMPARE(read.value().decode.rules,
             (QList<DecodeRule>{{DecodeRule::About::Binary, Direction::None, {}, u"msgpack"_s}}));
    const QByteArray written = toJson(read.value());
    QVERIFY(written.contains(R"({ "kind": "binary", "format": "msgpack" })"));
    QVERIFY(written.contains(R"("when": "later")"));
    QVERIFY(written.contains(R"("kind": "odd")"));
}

void TestProfile::columnsAreWrittenForPeople()
{
    Profile profile;
    profile.columns = {{{u"$.price"_s}, {u"$.a"_s, u"A"_s, 80, false, u"size"_s}},
                       {{u"Trades"_s, u"json"_s, {{u"$.p"_s}}}}};
    const QByteArray written = toJson(profile);
    QVERIFY2(written.contains(R"(    "columns": [
        { "path": "$.price" },
        { "path": "$.a", "title": "A", "width": 80, "before": "size", "shown": false }
    ],
    "columnSets": [
        { "name": "Trades", "format": "json", "columns": [{"path":"$.p"}] }
    ])"),
             written.constData());
    QVERIFY(!toJson(Profile()).contains("column"));
}

void TestProfile::columnsOfANewerVersionAreKept()
{
    const QByteArray file = R"({"sockeye": "profile", "url": "ws://h",
        "columns": [{"path": "$.a"}, {"path": "$.b", "colour": "red"}, {"width": 3}, {"path": "$.c", "width": -1}],
        "columnSets": [{"name": "A", "columns": [{"path": "$.a", "later": 1}]}, {"name": "B"}]})";
    const auto read = profileFromJson(file);
    QVERIFY2(read.ok(), qPrintable(read.message()));
    QCOMPARE(read.value().columns, (ColumnOptions{{{u"$.a"_s}}, {{u"B"_s, {}, {}}}}));
    const QByteArray written = toJson(read.value());
    QVERIFY(written.contains(R"({ "path": "$.a" })"));
    QVERIFY(written.contains(R"("colour": "red")"));
    QVERIFY(written.contains(R"("width": 3)"));
    QVERIFY(written.contains(R"("later":1)"));
    QVERIFY(written.contains(R"({ "name": "B", "columns": [] })"));
}

void TestProfile::aFileOfAnOlderVersionHasNoColumns()
{
    const auto read = profileFromJson(R"({
    "sockeye": "profile",
    "version": 1,
    "name": "ticker",
    "folder": "staging",
    "url": "ws://h",
    "subprotocols": ["v2"],
    "headers": [
        { "name": "A", "value": "1", "enabled": true }
    ],
    "tls": { "caFile": "", "certificateFile": "", "keyFile": "" },
    "proxy": "",
    "timeouts": { "connectMs": 10000, "closeMs": 5000 },
    "notify": { "filter": "has:finding", "ends": true },
    "formats": [
        { "kind": "binary", "format": "msgpack" }
    ],
    "schemas": ["/srv/protos"]
}
)");
    QVERIFY2(read.ok(), qPrintable(read.message()));
    QCOMPARE(read->columns, ColumnOptions());
    QCOMPARE(read->decode.rules.size(), 1);
    QVERIFY(read->unknown.isEmpty());
    // It is written as it was.
    QVERIFY(!toJson(read.value()).contains("column"));
}

void TestProfile::unknownMembersOfHeadersFollowTheirHeader()
{
    auto read = profileFromJson(R"({"url": "ws://h",
        "headers": [{"name": "A", "comment": "a"}, {"name": "B"}, {"name": "C", "comment": "c"}]})");
    QVERIFY2(read.ok(), qPrintable(read.message()));
    read->endpoint.headers.removeFirst();
    read->endpoint.headers.move(0, 1);
    const QJsonArray headers = QJsonDocument::fromJson(toJson(read.value())).object().value(u"headers"_s).toArray();
    QCOMPARE(headers.size(), 2);
    QCOMPARE(headers[0].toObject().value(u"name"_s), QJsonValue(u"C"_s));
    QCOMPARE(headers[0].toObject().value(u"comment"_s), QJsonValue(u"c"_s));
    QVERIFY(!headers[1].toObject().contains(u"comment"_s));
}

void TestProfile::neverTurnsVerificationOff()
{
    Profile profile = sample();
    profile.endpoint.tls.verify = false;
    const auto read = profileFromJson(toJson(profile));
    QVERIFY2(read.ok(), qPrintable(read.message()));
    QVERIFY(read->endpoint.tls.verify);
    const auto byHand = profileFromJson(R"({"url": "ws://h", "tls": {"verify": false}})");
    QVERIFY2(byHand.ok(), qPrintable(byHand.message()));
    QVERIFY(byHand->endpoint.tls.verify);
}

void TestProfile::wrongTypesAreNamed_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("says");

    QTest::newRow("empty") << QByteArray() << u"it is empty"_s;
    QTest::newRow("not JSON") << QByteArray("{\n\"a\": ,\n}") << u"in line 2"_s;
    QTest::newRow("cut off") << QByteArray(R"({"url": "ws://h)") << u"it is not JSON"_s;
    QTest::newRow("bytes") << QByteArray("\xff\x00\x01", 3) << u"it is not JSON"_s;
    QTest::newRow("a list") << QByteArray("[]") << u"not an object"_s;
    QTest::newRow("something else") << QByteArray(R"({"name": "x"})") << u"no member “sockeye”"_s;
    QTest::newRow("another marker") << QByteArray(R"({"sockeye": "x", "url": "ws://h"})") << u"“sockeye”"_s;
    QTest::newRow("newer") << QByteArray(R"({"sockeye": "profile", "version": 2})") << u"newer version of Sockeye"_s;
    QTest::newRow("version") << QByteArray(R"({"url": "", "version": "1"})") << u"“version” must be a number"_s;
    QTest::newRow("name") << QByteArray(R"({"url": "", "name": 1})") << u"“name” must be a text"_s;
    QTest::newRow("url") << QByteArray(R"({"url": ["a"]})") << u"“url” must be a text"_s;
    QTest::newRow("headers") << QByteArray(R"({"url": "", "headers": {}})") << u"“headers” must be a list"_s;
    QTest::newRow("header") << QByteArray(R"({"url": "", "headers": ["A: 1"]})") << u"“headers[0]” must be an object"_s;
    QTest::newRow("header value") << QByteArray(R"({"url": "", "headers": [{}, {"value": 1}]})")
                                  << u"“headers[1].value” must be a text"_s;
    QTest::newRow("enabled") << QByteArray(R"({"url": "", "headers": [{"enabled": 1}]})")
                             << u"“headers[0].enabled” must be true or false"_s;
    QTest::newRow("subprotocols") << QByteArray(R"({"url": "", "subprotocols": "v1"})")
                                  << u"“subprotocols” must be a list"_s;
    QTest::newRow("subprotocol") << QByteArray(R"({"url": "", "subprotocols": ["v1", 2]})")
                                 << u"“subprotocols[1]” must be a text"_s;
    QTest::newRow("tls") << QByteArray(R"({"url": "", "tls": true})") << u"“tls” must be an object"_s;
    QTest::newRow("caFile") << QByteArray(R"({"url": "", "tls": {"caFile": 1}})") << u"“tls.caFile” must be a text"_s;
    QTest::newRow("timeout type") << QByteArray(R"({"url": "", "timeouts": {"connectMs": "1"}})")
                                  << u"“timeouts.connectMs” must be a number"_s;
    QTest::newRow("timeout 0") << QByteArray(R"({"url": "", "timeouts": {"closeMs": 0}})")
                               << u"“timeouts.closeMs” must be a number of milliseconds from 1"_s;
    QTest::newRow("timeout huge") << QByteArray(R"({"url": "", "timeouts": {"closeMs": 1e300}})")
                                  << u"“timeouts.closeMs”"_s;
    const auto row = [](const char *name, const QByteArray &member, const QString &says) {
        QTest::newRow(name) << QByteArray(R"({"url": "", )" + member + '}') << says;
    };
    row("passphrase", R"("tls": {"passphrase": 1})", u"“tls.passphrase” must be a text"_s);
    row("version 1.4", R"("tls": {"minimumVersion": "1.4"})",
        u"“tls.minimumVersion” must be one of “default”, “1.0”, “1.1”, “1.2”, “1.3”"_s);
    row("version as number", R"("tls": {"minimumVersion": 1.2})", u"“tls.minimumVersion” must be a text"_s);
    row("alpn", R"("tls": {"alpn": ["a", 1]})", u"“tls.alpn[1]” must be a text"_s);
    row("fingerprint", R"("tls": {"trustedFingerprint": "00:11"})", u"“tls.trustedFingerprint” must be a SHA-256"_s);
    row("connectTo", R"("connectTo": {})", u"“connectTo” must be a text"_s);
    row("ipPreference", R"("ipPreference": "v5")", u"“ipPreference” must be one of “any”, “v4”, “v6”"_s);
    row("redirects", R"("maxRedirects": -1)", u"“maxRedirects” must be a whole number from 0 to 100"_s);
    row("redirects and a half", R"("maxRedirects": 1.5)", u"“maxRedirects” must be a whole number"_s);
    row("deflate", R"("deflate": false)", u"“deflate” must be an object"_s);
    row("window bits", R"("deflate": {"serverMaxWindowBits": 7})",
        u"“deflate.serverMaxWindowBits” must be a whole number from 8 to 15"_s);
    row("pong", R"("control": {"pong": "soon"})", u"“control.pong” must be one of “at once”, “delayed”, “never”"_s);
    row("pong payload", R"("control": {"pongPayloadHex": "0"})",
        u"“control.pongPayloadHex” must be at most 125 bytes"_s);
    row("long pong payload", R"("control": {"pongPayloadHex": ")" + QByteArray(252, '0') + R"("})",
        u"“control.pongPayloadHex” must be at most 125 bytes"_s);
    row("message limit", R"("limits": {"messageBytes": 0})", u"“limits.messageBytes” must be a whole number from 1"_s);
    row("huge messages", R"("limits": {"messageBytes": 1073741825})",
        u"“limits.messageBytes” must be a whole number from 1 to 1073741824"_s);
    row("more than a day", R"("reconnect": {"maximumMs": 86400001})",
        u"“reconnect.maximumMs” must be a number of milliseconds from 1 to 86400000"_s);
    row("keepalive", R"("keepalive": {"intervalMs": -1})",
        u"“keepalive.intervalMs” must be a number of milliseconds"_s);
    row("jitter", R"("reconnect": {"jitter": 1.1})", u"“reconnect.jitter” must be a number from 0 to 1"_s);
    row("factor", R"("reconnect": {"factor": 0.5})", u"“reconnect.factor” must be a number from 1"_s);
    row("close code", R"("reconnect": {"closeCodes": [1001, 70000]})",
        u"“reconnect.closeCodes[1]” must be a close code"_s);
}

void TestProfile::wrongTypesAreNamed()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, says);
    const auto read = profileFromJson(json);
    QVERIFY(!read.ok());
    QVERIFY2(read.message().contains(says), qPrintable(read.message()));
}

SOCKEYE_TEST(TestProfile, QCoreApplication)
#include "tst_profile.moc"
