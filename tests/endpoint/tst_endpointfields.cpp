#include "FieldSamples.h"
#include "endpoint/EndpointJson.h"
#include "support/TestProgram.h"

#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class EndpointFieldsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMemberHasARow();
    void everyRowIsWhole();
    void everyFieldIsReached();
    void comesBackFromAFile_data() { fieldRows(); }
    void comesBackFromAFile();
    void filesKeepTheBounds_data() { boundedRows(); }
    void filesKeepTheBounds();
    void findsTheRowOfAMember();
    void helpNamesBoundsAndDefaults();

private:
    static void fieldRows();
    static void boundedRows();
};

namespace {
/// Endpoint's members and those of its nested structs. A member that is new to a struct does not compile here until it
/// is named, and then fails until it has a row.
QSet<const void *> membersOf(const Endpoint &endpoint)
{
    const auto &[url, headers, subprotocols, invisible, tls, proxy, basicAtOnce, connectTo, ip, redirects, cookies,
                 deflate, control, limits, timeouts, keepalive, reconnect] = endpoint;
    QSet<const void *> all{&url,         &headers,   &subprotocols, &invisible, &proxy,
                           &basicAtOnce, &connectTo, &ip,           &redirects, &cookies};
    const auto add = [&all](const auto &...members) { (all.insert(&members), ...); };
    const auto &[verify, ca, certificate, key, passphrase, version, serverName, alpn, fingerprint, pins] = tls;
    add(verify, ca, certificate, key, passphrase, version, serverName, alpn, fingerprint, pins);
    const auto &[offered, serverTakeover, clientTakeover, serverBits, clientBits] = deflate;
    add(offered, serverTakeover, clientTakeover, serverBits, clientBits);
    const auto &[pong, pongDelay, pongPayload, close, closeDelay] = control;
    add(pong, pongDelay, pongPayload, close, closeDelay);
    const auto &[message, headBytes, headLines] = limits;
    add(message, headBytes, headLines);
    const auto &[connect, closing, idle] = timeouts;
    add(connect, closing, idle);
    const auto &[interval, deadAfter] = keepalive;
    add(interval, deadAfter);
    const auto &[enabled, first, factor, maximum, jitter, attempts, codes] = reconnect;
    add(enabled, first, factor, maximum, jitter, attempts, codes);
    return all;
}

QByteArray jsonOf(const Endpoint &endpoint)
{
    JsonMembers members;
    QJsonObject unknown;
    writeEndpoint(members, endpoint, unknown);
    return members.toFile();
}

QJsonValue valueAt(const QByteArray &json, const EndpointField &field)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    const QJsonObject object = field.group().isEmpty() ? root : root.value(field.group()).toObject();
    return object.value(field.member());
}

/// What is wrong with a file that has the value in the field's place.
QString errorOf(const EndpointField &field, const QJsonValue &value)
{
    const QJsonObject object{{field.member(), value}};
    MemberReader reader(field.group().isEmpty() ? object : QJsonObject{{field.group(), object}}, {});
    QJsonObject unknown;
    const Endpoint ignored = readEndpoint(reader, unknown);
    Q_UNUSED(ignored)
    return reader.error();
}
} // namespace

void EndpointFieldsTest::fieldRows()
{
    QTest::addColumn<const EndpointField *>("field");
    for (const EndpointField &field : endpointFields())
        QTest::newRow(field.json.data()) << &field;
}

void EndpointFieldsTest::boundedRows()
{
    QTest::addColumn<const EndpointField *>("field");
    for (const EndpointField &field : endpointFields()) {
        if (hasBounds(field))
            QTest::newRow(field.json.data()) << &field;
    }
}

void EndpointFieldsTest::everyMemberHasARow()
{
    const Endpoint endpoint;
    QSet<const void *> rows;
    for (const EndpointField &field : endpointFields())
        rows.insert(field.address(endpoint));
    QCOMPARE(rows.size(), std::ssize(endpointFields()));
    QCOMPARE(rows, membersOf(endpoint));
}

void EndpointFieldsTest::everyRowIsWhole()
{
    QSet<QString> names;
    QSet<QString> flags;
    QStringList groups;
    for (const EndpointField &field : endpointFields()) {
        const char *row = field.json.data();
        QVERIFY2(!field.name().isEmpty() && field.helpText().endsWith(u'.'), row);
        QVERIFY2(field.flag || field.json == u"url", row);
        QCOMPARE(field.kind == EndpointField::Kind::Switch, field.valueName == nullptr);
        QCOMPARE(field.kind == EndpointField::Kind::Choice, !field.choices.empty());
        QVERIFY2(!field.reading || field.format, row);
        // Only texts can refer to variables.
        QVERIFY2(!field.expands || field.kind == EndpointField::Kind::Text ||
                     field.kind == EndpointField::Kind::TextList || field.kind == EndpointField::Kind::Headers,
                 row);
        const bool isNumber = field.kind == EndpointField::Kind::Integer || field.kind == EndpointField::Kind::Number ||
                              field.kind == EndpointField::Kind::Duration;
        QVERIFY2(!isNumber || hasBounds(field), row);
        names.insert(field.name());
        flags.insert(QString::fromLatin1(field.flag));
        if (groups.isEmpty() || groups.constLast() != field.group())
            groups += field.group();
    }
    QCOMPARE(names.size(), std::ssize(endpointFields()));
    QCOMPARE(flags.size(), std::ssize(endpointFields()));
    // The fields of a struct stand together, as files have them in one object.
    groups.removeAll(QString());
    QCOMPARE(groups.removeDuplicates(), 0);
}

void EndpointFieldsTest::everyFieldIsReached()
{
    for (const EndpointField &field : endpointFields()) {
        Endpoint endpoint;
        QVERIFY2(field.isStandard(endpoint), field.json.data());
        field.setValue(endpoint, sampleValue(field));
        QVERIFY2(field.value(endpoint) == sampleValue(field), field.json.data());
        QVERIFY2(!field.isStandard(endpoint), field.json.data());
        // And no other.
        field.setValue(endpoint, field.standard());
        QVERIFY2(endpoint == Endpoint(), field.json.data());
    }
}

void EndpointFieldsTest::comesBackFromAFile()
{
    QFETCH(const EndpointField *, field);
    Endpoint endpoint;
    field->setValue(endpoint, sampleValue(*field));
    const QByteArray json = jsonOf(endpoint);
    const bool isSaved = field->saved != EndpointField::Saved::Never;
    QCOMPARE(!valueAt(json, *field).isUndefined(), isSaved);
    QCOMPARE(!valueAt(jsonOf(Endpoint()), *field).isUndefined(), field->saved == EndpointField::Saved::Always);
    MemberReader reader(QJsonDocument::fromJson(json).object(), {});
    QJsonObject unknown;
    const Endpoint read = readEndpoint(reader, unknown);
    QCOMPARE(reader.error(), QString());
    QCOMPARE(reader.rest(), QJsonObject());
    QCOMPARE(unknown, QJsonObject());
    QVERIFY(read == (isSaved ? endpoint : Endpoint()));
}

void EndpointFieldsTest::filesKeepTheBounds()
{
    QFETCH(const EndpointField *, field);
    const auto wrong = [field](double number) -> QJsonValue {
        if (field->kind == EndpointField::Kind::Bytes)
            return QString(static_cast<qsizetype>(number) * 2, u'0');
        if (field->kind == EndpointField::Kind::CloseCodes)
            return QJsonArray{number};
        return number;
    };
    QCOMPARE(errorOf(*field, wrong(field->bounds.highest)), QString());
    QVERIFY2(errorOf(*field, wrong(field->bounds.highest + 1)).contains(field->json),
             qPrintable(errorOf(*field, wrong(field->bounds.highest + 1))));
    if (field->kind == EndpointField::Kind::Bytes)
        return;
    QCOMPARE(errorOf(*field, wrong(field->bounds.lowest)), QString());
    QVERIFY(errorOf(*field, wrong(field->bounds.lowest - 1)).contains(field->json));
}

void EndpointFieldsTest::findsTheRowOfAMember()
{
    QCOMPARE(fieldOf(&Endpoint::maxRedirects).json, "maxRedirects"_L1);
    QCOMPARE(fieldOf(&Endpoint::tls, &TlsOptions::verify).json, "tls.verify"_L1);
    QCOMPARE(fieldOf(&Endpoint::tls, &TlsOptions::minimumVersion).choiceName(static_cast<qint64>(TlsVersion::Tls13)),
             u"1.3"_s);
}

void EndpointFieldsTest::helpNamesBoundsAndDefaults()
{
    QCOMPARE(fieldOf(&Endpoint::maxRedirects).helpText(), u"Follow up to N redirects (0 to 100; default 0)."_s);
    QCOMPARE(fieldOf(&Endpoint::timeouts, &Timeouts::connect).helpText(),
             u"Give up connecting after SECONDS (0.001 to 86400; default 10)."_s);
    QCOMPARE(fieldOf(&Endpoint::keepalive, &KeepalivePolicy::interval).helpText(),
             u"Send a ping every SECONDS (0.001 to 86400, or “off”; default off)."_s);
    QCOMPARE(fieldOf(&Endpoint::tls, &TlsOptions::minimumVersion).helpText(),
             u"Speak no TLS older than VERSION; “default” is the system's choice (default, 1.0, 1.1, 1.2, 1.3)."_s);
    QVERIFY(fieldOf(&Endpoint::control, &ControlPolicy::pong)
                .helpText()
                .endsWith(u"(at-once, delayed, never; default at-once)."));
}

SOCKEYE_TEST(EndpointFieldsTest, QCoreApplication)
#include "tst_endpointfields.moc"
