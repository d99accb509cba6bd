#include "tls/NameCheck.h"

#include "peers/OpenSslFiles.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class NameCheckTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void judgesNames_data();
    void judgesNames();

private:
    OpenSslFiles m_files;
};

void NameCheckTest::initTestCase()
{
    const auto make = [this](const QString &name, const QString &commonName, const QString &names) {
        const QString extension = names.isEmpty() ? QString() : u" -addext subjectAltName="_s + names;
        return m_files.run(u"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout %1.key -out "
                           "%1.pem -subj /CN=%2"_s.arg(name, commonName) +
                           extension);
    };
    QVERIFY2(make(u"names"_s, u"cn.example"_s,
                  u"DNS:a.example,DNS:*.wild.example,DNS:xn--bcher-kva.example,DNS:part*.example"_s) &&
                 make(u"addresses"_s, u"192.0.2.9"_s, u"IP:127.0.0.1,IP:::1,IP:fe80::1"_s) &&
                 make(u"old"_s, u"cn.example"_s, {}) && make(u"oldwild"_s, u"*.cn.example"_s, {}) &&
                 make(u"oldaddress"_s, u"192.0.2.9"_s, {}) && make(u"device"_s, u"device"_s, u"DNS:192.0.2.9"_s) &&
                 make(u"mail"_s, u"cn.example"_s, u"email:me@cn.example"_s) &&
                 make(u"onlyaddress"_s, u"cn.example"_s, u"IP:127.0.0.1"_s),
             qPrintable(m_files.errorText()));
}

void NameCheckTest::judgesNames_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("name");
    QTest::addColumn<NameMatch>("match");
    const auto row = [](const QString &file, const QString &name, NameMatch match) {
        QTest::newRow(qPrintable(file + u' ' + name)) << file << name << match;
    };
    row(u"names"_s, u"a.example"_s, NameMatch::Fits);
    row(u"names"_s, u"A.Example"_s, NameMatch::Fits);
    row(u"names"_s, u"a.example."_s, NameMatch::Fits);
    row(u"names"_s, u"b.wild.example"_s, NameMatch::Fits);
    row(u"names"_s, u"b.c.wild.example"_s, NameMatch::None);
    row(u"names"_s, u"wild.example"_s, NameMatch::None);
    row(u"names"_s, u"bücher.example"_s, NameMatch::Fits);
    row(u"names"_s, u"xn--bcher-kva.example"_s, NameMatch::Fits);
    // No part of a label stands for anything (RFC 9525 section 6.3).
    row(u"names"_s, u"party.example"_s, NameMatch::None);
    row(u"names"_s, u"b.example"_s, NameMatch::None);
    row(u"names"_s, u"x.a.example"_s, NameMatch::None);
    // Beside alternative names the common name does not count.
    row(u"names"_s, u"cn.example"_s, NameMatch::None);
    row(u"names"_s, u"127.0.0.1"_s, NameMatch::None);
    row(u"addresses"_s, u"127.0.0.1"_s, NameMatch::Fits);
    row(u"addresses"_s, u"::1"_s, NameMatch::Fits);
    row(u"addresses"_s, u"0:0:0:0:0:0:0:1"_s, NameMatch::Fits);
    row(u"addresses"_s, u"fe80::1%eth0"_s, NameMatch::Fits);
    row(u"addresses"_s, u"fe80::2%eth0"_s, NameMatch::None);
    row(u"addresses"_s, u"127.0.0.2"_s, NameMatch::None);
    row(u"addresses"_s, u"192.0.2.9"_s, NameMatch::None);
    row(u"old"_s, u"cn.example"_s, NameMatch::Outdated);
    row(u"old"_s, u"x.cn.example"_s, NameMatch::None);
    row(u"oldwild"_s, u"x.cn.example"_s, NameMatch::Outdated);
    row(u"oldaddress"_s, u"192.0.2.9"_s, NameMatch::Outdated);
    row(u"oldaddress"_s, u"192.0.2.8"_s, NameMatch::None);
    row(u"device"_s, u"192.0.2.9"_s, NameMatch::Outdated);
    row(u"device"_s, u"192.0.2.8"_s, NameMatch::None);
    row(u"mail"_s, u"cn.example"_s, NameMatch::Outdated);
    row(u"onlyaddress"_s, u"cn.example"_s, NameMatch::Outdated);
    row(u"onlyaddress"_s, u"127.0.0.1"_s, NameMatch::Fits);
}

void NameCheckTest::judgesNames()
{
    QFETCH(QString, file);
    QFETCH(QString, name);
    QFETCH(NameMatch, match);
    QCOMPARE(matchName(m_files.certificate(file + u".pem"_s), name), match);
}

SOCKEYE_TEST(NameCheckTest, QCoreApplication)
#include "tst_namecheck.moc"
