#include "cli/EndpointFlags.h"
#include "support/TestProgram.h"
#include "tests/endpoint/FieldSamples.h"

#include <QTemporaryFile>
#include <QTest>

using namespace sockeye;
using namespace sockeye::cli;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class EndpointFlagsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFieldHasAFlag();
    void everyFlagReachesItsField_data() { fieldRows(); }
    void everyFlagReachesItsField();
    void everyFlagKeepsItsBounds_data() { fieldRows(); }
    void everyFlagKeepsItsBounds();
    void secretsStandInNoCommandLine_data() { fieldRows(); }
    void secretsStandInNoCommandLine();
    void filesMayHoldWhatIsSecretInPart();
    void environmentVariablesMayHoldWhatIsSecretInPart();
    void switchesAreSwitchedBack();
    void listsGrow();
    void choicesHaveFlagsOfTheirOwn();
    void flagsOfOneFieldExcludeEachOther();
    void durationsCanBeOff();
    void problemsNameTheirFlag();
    void problemsBetweenFlagsNameOne();
    void problemsOfAProfileNameNoFlag();

private:
    static void fieldRows();
};

namespace {
struct Parsed
{
    Endpoint endpoint;
    Result<> result;
};

Parsed parse(const QStringList &arguments, const Endpoint &before)
{
    const EndpointFlags flags;
    QCommandLineParser parser;
    flags.addTo(parser);
    Parsed parsed{before, {}};
    if (!parser.parse(QStringList{u"sockeye"_s} + arguments))
        parsed.result = Error{u"not parsed: "_s + parser.errorText()};
    else
        parsed.result = flags.apply(parser, parsed.endpoint);
    return parsed;
}

Parsed parse(const QStringList &arguments)
{
    Endpoint endpoint;
    endpoint.url = u"wss://h/"_s;
    return parse(arguments, endpoint);
}

QString flagOf(const EndpointField &field)
{
    return u"--"_s + QString::fromLatin1(field.flag);
}

/// What stands on the command line for sampleValue(); a flag each for the elements of a list. A secret's is the name of
/// an environment variable, which this sets.
QStringList sampleArguments(const EndpointField &field)
{
    const FieldValue value = sampleValue(field);
    const QString flag = flagOf(field);
    switch (field.kind) {
    case EndpointField::Kind::Switch:
        return {flag};
    case EndpointField::Kind::Integer:
        return {flag, QString::number(std::get<qint64>(value))};
    case EndpointField::Kind::Number:
        return {flag, QString::number(std::get<double>(value))};
    case EndpointField::Kind::Duration:
        return {flag, u"31.25"_s};
    case EndpointField::Kind::Choice:
        return {flag, field.choiceFlagText(std::get<qint64>(value))};
    case EndpointField::Kind::Text:
        if (field.secrecy == EndpointField::Secrecy::Secret) {
            qputenv("SOCKEYE_TEST_SECRET", std::get<QString>(value).toUtf8());
            return {flag, u"env:SOCKEYE_TEST_SECRET"_s};
        }
        return {flag, std::get<QString>(value)};
    case EndpointField::Kind::TextList: {
        QStringList arguments;
        for (const QString &text : std::get<QStringList>(value))
            arguments += {flag, text};
        return arguments;
    }
    case EndpointField::Kind::Bytes:
        return {flag, u"00 ff"_s};
    case EndpointField::Kind::CloseCodes:
        return {flag, u"1001,1006"_s};
    case EndpointField::Kind::Headers:
        break;
    }
    return {flag, u"X-A: 1"_s, flag, u"X-A:2"_s};
}

/// Arguments out of the field's bounds; none for a field that has no bounds.
QStringList wrongArguments(const EndpointField &field)
{
    const auto text = [](double number) { return QString::number(number, 'f', 3); };
    const EndpointField::Bounds &bounds = field.bounds;
    switch (field.kind) {
    case EndpointField::Kind::Integer:
        return {QString::number(qint64(bounds.lowest) - 1), QString::number(qint64(bounds.highest) + 1), u"many"_s,
                u"1.5"_s, u"99999999999999999999"_s};
    case EndpointField::Kind::Number:
        return {text(bounds.lowest - 0.001), text(bounds.highest + 0.001), u"nan"_s, u"x"_s};
    case EndpointField::Kind::Duration:
        return {u"0"_s, u"-1"_s, u"86400.001"_s, u"1e300"_s, u"nan"_s, u"soon"_s};
    case EndpointField::Kind::Choice:
        return {u"neither"_s, QString()};
    case EndpointField::Kind::Bytes:
        return {u"0"_s, u"xy"_s, u"00"_s.repeated(126)};
    case EndpointField::Kind::CloseCodes:
        return {u"65536"_s, u"-1"_s, u"1001,"_s, QString(), u"1001;1006"_s};
    case EndpointField::Kind::Headers:
        return {u"X-A"_s, u": 1"_s};
    default:
        return field.reading ? QStringList{u"00:11"_s} : QStringList();
    }
}
} // namespace

void EndpointFlagsTest::fieldRows()
{
    QTest::addColumn<const EndpointField *>("field");
    for (const EndpointField &field : endpointFields()) {
        if (field.flag)
            QTest::newRow(field.flag) << &field;
    }
}

void EndpointFlagsTest::everyFieldHasAFlag()
{
    const EndpointFlags flags;
    QCommandLineParser parser;
    flags.addTo(parser);
    const QString help = parser.helpText().simplified();
    for (const EndpointField &field : endpointFields()) {
        if (!field.flag)
            QCOMPARE(field.json, "url"_L1);
        else
            QVERIFY2(help.contains(flagOf(field) + (field.valueName ? u" <"_s : u" "_s)), field.flag);
    }
}

void EndpointFlagsTest::everyFlagReachesItsField()
{
    QFETCH(const EndpointField *, field);
    QStringList arguments = sampleArguments(*field);
    // A key needs its certificate.
    if (field->problem && field->json == u"tls.keyFile")
        arguments += {u"--cert"_s, u"c.pem"_s};
    const Parsed parsed = parse(arguments);
    QCOMPARE(parsed.result.message(), QString());
    QVERIFY(field->value(parsed.endpoint) == sampleValue(*field));
}

void EndpointFlagsTest::everyFlagKeepsItsBounds()
{
    QFETCH(const EndpointField *, field);
    for (const QString &argument : wrongArguments(*field)) {
        const Parsed parsed = parse({flagOf(*field) + u'=' + argument});
        QVERIFY2(!parsed.result.ok(), qPrintable(argument));
        QVERIFY2(parsed.result.message().startsWith(flagOf(*field)), qPrintable(parsed.result.message()));
    }
}

void EndpointFlagsTest::secretsStandInNoCommandLine()
{
    QFETCH(const EndpointField *, field);
    if (field->secrecy != EndpointField::Secrecy::Secret)
        return;
    QCOMPARE(QByteArray(field->valueName), "@FILE|env:NAME");
    const Parsed plain = parse({flagOf(*field), u"s3cret"_s});
    QVERIFY2(plain.result.message().startsWith(flagOf(*field)), qPrintable(plain.result.message()));
    QVERIFY2(!plain.result.message().contains(u"s3cret"), qPrintable(plain.result.message()));

    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("s3 cret\r\nnot this\n");
    file.flush();
    const Parsed fromFile = parse({flagOf(*field), u'@' + file.fileName()});
    QCOMPARE(fromFile.result.message(), QString());
    QVERIFY(field->value(fromFile.endpoint) == FieldValue(u"s3 cret"_s));

    qunsetenv("SOCKEYE_TEST_NONE");
    QVERIFY(parse({flagOf(*field), u"env:SOCKEYE_TEST_NONE"_s}).result.message().contains(u"SOCKEYE_TEST_NONE"));
    QVERIFY(parse({flagOf(*field), u"@/no/such/file"_s}).result.message().contains(u"/no/such/file"));
}

void EndpointFlagsTest::filesMayHoldWhatIsSecretInPart()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("http://me:pr0xy@h:3128\n");
    file.flush();
    QCOMPARE(parse({u"--proxy"_s, u'@' + file.fileName()}).endpoint.proxy, u"http://me:pr0xy@h:3128"_s);
    QCOMPARE(parse({u"--proxy"_s, u"http://me:pr0xy@h:3128"_s}).endpoint.proxy, u"http://me:pr0xy@h:3128"_s);
    QVERIFY(file.seek(0));
    file.write("Authorization: Bearer s\n");
    file.flush();
    QCOMPARE(parse({u"--header"_s, u'@' + file.fileName()}).endpoint.headers,
             (QList{RequestHeader{u"Authorization"_s, u"Bearer s"_s, true}}));
    // Of a list every line is taken.
    file.write("\r\nX-Key: k\r\n");
    file.flush();
    QCOMPARE(parse({u"--header"_s, u'@' + file.fileName()}).endpoint.headers.size(), 2);
    QVERIFY(file.resize(0));
    QVERIFY(file.seek(0));
    file.write("bearer\ntok3n\n");
    file.flush();
    QCOMPARE(parse({u"--subprotocol"_s, u'@' + file.fileName()}).endpoint.subprotocols,
             (QStringList{u"bearer"_s, u"tok3n"_s}));
}

void EndpointFlagsTest::environmentVariablesMayHoldWhatIsSecretInPart()
{
    qputenv("SOCKEYE_TEST_PART", "Authorization: Bearer s");
    QCOMPARE(parse({u"--header"_s, u"env:SOCKEYE_TEST_PART"_s}).endpoint.headers,
             (QList{RequestHeader{u"Authorization"_s, u"Bearer s"_s, true}}));
    qputenv("SOCKEYE_TEST_PART", "tok3n");
    QCOMPARE(
        parse({u"--subprotocol"_s, u"bearer"_s, u"--subprotocol"_s, u"env:SOCKEYE_TEST_PART"_s}).endpoint.subprotocols,
        (QStringList{u"bearer"_s, u"tok3n"_s}));
    qputenv("SOCKEYE_TEST_PART", "http://me:pr0xy@h:3128");
    QCOMPARE(parse({u"--proxy"_s, u"env:SOCKEYE_TEST_PART"_s}).endpoint.proxy, u"http://me:pr0xy@h:3128"_s);
    qunsetenv("SOCKEYE_TEST_PART");
    QVERIFY(parse({u"--header"_s, u"env:SOCKEYE_TEST_PART"_s}).result.message().contains(u"SOCKEYE_TEST_PART"));
}

void EndpointFlagsTest::switchesAreSwitchedBack()
{
    Endpoint profile;
    profile.url = u"wss://h/"_s;
    profile.deflate.offered = false;
    profile.reconnect.enabled = true;
    const Parsed parsed = parse({u"--deflate"_s, u"--no-reconnect"_s}, profile);
    QCOMPARE(parsed.result.message(), QString());
    QVERIFY(parsed.endpoint.deflate.offered);
    QVERIFY(!parsed.endpoint.reconnect.enabled);
    QVERIFY(!parse({u"--no-insecure"_s}).result.ok());
}

void EndpointFlagsTest::listsGrow()
{
    Endpoint profile;
    profile.url = u"wss://h/"_s;
    profile.subprotocols = {u"a"_s};
    profile.headers = {{u"X-A"_s, u"1"_s, true}};
    const Parsed parsed = parse({u"--subprotocol"_s, u"b"_s, u"--header"_s, u"X-B: 2"_s}, profile);
    QCOMPARE(parsed.endpoint.subprotocols, (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(parsed.endpoint.headers.size(), 2);
}

void EndpointFlagsTest::choicesHaveFlagsOfTheirOwn()
{
    QCOMPARE(parse({u"--ipv4"_s}).endpoint.ipPreference, IpPreference::V4);
    QCOMPARE(parse({u"--ip"_s, u"v6"_s}).endpoint.ipPreference, IpPreference::V6);
    QCOMPARE(parse({u"--pong"_s, u"at-once"_s}).result.message(), QString());
}

void EndpointFlagsTest::flagsOfOneFieldExcludeEachOther()
{
    QCOMPARE(parse({u"--ipv4"_s, u"--ipv6"_s}).result.message(),
             u"--ipv4 and --ipv6 exclude each other. Give one of them, or none."_s);
    QVERIFY(parse({u"--ip"_s, u"v4"_s, u"--ipv4"_s}).result.message().startsWith(u"--ip and --ipv4"));
    QVERIFY(!parse({u"--deflate"_s, u"--no-deflate"_s}).result.ok());
}

void EndpointFlagsTest::durationsCanBeOff()
{
    Endpoint profile;
    profile.url = u"wss://h/"_s;
    profile.keepalive.interval = std::chrono::seconds(20);
    QCOMPARE(parse({u"--ping"_s, u"off"_s}, profile).endpoint.keepalive.interval.count(), 0);
    QVERIFY(!parse({u"--connect-timeout"_s, u"off"_s}).result.ok());
    QCOMPARE(parse({u"--ping"_s, u"0.0001"_s}).endpoint.keepalive.interval.count(), 1);
}

void EndpointFlagsTest::problemsNameTheirFlag()
{
    for (const auto &[flag, argument] : {std::pair{u"--connect-to"_s, u"h:http"_s},
                                         {u"--proxy"_s, u"ftp://h"_s},
                                         {u"--key"_s, u"k.pem"_s},
                                         {u"--sni"_s, u"127.0.0.1"_s},
                                         {u"--subprotocol"_s, u"a b"_s},
                                         {u"--alpn"_s, u"a b"_s}}) {
        const QString message = parse({flag, argument}).result.message();
        QVERIFY2(message.startsWith(flag + u": "_s), qPrintable(message));
    }
}

/// The flag to blame may be another one of the group: the message names the one that can be given in addition.
void EndpointFlagsTest::problemsBetweenFlagsNameOne()
{
    const QString message = parse({u"--reconnect"_s, u"--reconnect-delay"_s, u"60"_s}).result.message();
    QVERIFY2(message.startsWith(u"--reconnect-max-delay: "), qPrintable(message));
}

void EndpointFlagsTest::problemsOfAProfileNameNoFlag()
{
    Endpoint profile;
    profile.url = u"wss://h/"_s;
    profile.tls.keyFile = u"k.pem"_s;
    QCOMPARE(parse({}, profile).result.message(),
             u"A private key needs its certificate. Choose one, or clear the key."_s);
}

SOCKEYE_TEST(EndpointFlagsTest, QCoreApplication)
#include "tst_endpointflags.moc"
