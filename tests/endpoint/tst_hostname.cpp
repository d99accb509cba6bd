#include "endpoint/HostName.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestHostName final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasTheFormThatIsWanted_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("inUrl");
        QTest::addColumn<QString>("dialled");
        QTest::addColumn<QString>("inHeader");
        QTest::addColumn<QString>("inTls");
        const auto row = [](const char *name, const QString &typed, const QString &inUrl, const QString &dialled,
                            const QString &inHeader, const QString &inTls) {
            QTest::newRow(name) << typed << inUrl << dialled << inHeader << inTls;
        };
        row("name", u"Example.COM"_s, u"example.com"_s, u"example.com"_s, u"example.com"_s, u"example.com"_s);
        row("final dot", u"example.com."_s, u"example.com."_s, u"example.com."_s, u"example.com."_s, u"example.com"_s);
        row("IPv4", u"127.1"_s, u"127.0.0.1"_s, u"127.0.0.1"_s, u"127.0.0.1"_s, u"127.0.0.1"_s);
        row("IPv6", u"[::1]"_s, u"[::1]"_s, u"::1"_s, u"[::1]"_s, u"::1"_s);
        row("zone", u"[::1%25lo]"_s, u"[::1%25lo]"_s, u"::1%lo"_s, u"[::1]"_s, u"::1"_s);
        row("zone, not encoded", u"[::1%lo]"_s, u"[::1%25lo]"_s, u"::1%lo"_s, u"[::1]"_s, u"::1"_s);
        row("zone of digits", u"[::1%251]"_s, u"[::1%251]"_s, u"::1%1"_s, u"[::1]"_s, u"::1"_s);
        row("zone with a space", u"[::1%25Local%20Area]"_s, u"[::1%25Local%20Area]"_s, u"::1%Local Area"_s, u"[::1]"_s,
            u"::1"_s);
    }

    void hasTheFormThatIsWanted()
    {
        QFETCH(QString, typed);
        const auto host = HostName::parse(typed);
        QVERIFY2(host.ok(), qPrintable(host.message()));
        QTEST(host->forUrl(), "inUrl");
        QTEST(host->forDialling(), "dialled");
        QTEST(host->forHeader(), "inHeader");
        QTEST(host->forTls(), "inTls");
        QCOMPARE(HostName::parse(host->forUrl()).value(), host.value());
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("typed");
        for (const char *typed : {"", ".", "a..b", "a b", "a/b", "a:b", "::1", "[::1", "[]", "[x]", "[127.0.0.1]",
                                  "[1::2::3]", "[::1%]", "[v1.x]", "a%2fb", "a%", "me@h"})
            QTest::newRow(typed) << QString::fromLatin1(typed);
    }

    void refuses()
    {
        QFETCH(QString, typed);
        const auto host = HostName::parse(typed);
        QVERIFY2(!host.ok(), qPrintable(host.ok() ? host->name() : QString()));
        QVERIFY(!host.message().isEmpty());
    }
};

SOCKEYE_TEST(TestHostName, QCoreApplication)
#include "tst_hostname.moc"
