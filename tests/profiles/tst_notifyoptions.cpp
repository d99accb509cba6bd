#include "profiles/NotifyOptions.h"

#include "profiles/Profile.h"
#include "support/TestProgram.h"

#include <QJsonDocument>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// What a profile's file says of notifications.
class NotifyOptionsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theyComeBackAsTheyWent_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<bool>("ends");
        QTest::addColumn<bool>("returns");
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("off") << QString() << false << false << QByteArray();
        QTest::newRow("ends") << QString() << true << false << QByteArray("\"notify\": { \"ends\": true }");
        QTest::newRow("all") << u"has:finding ä"_s << true << true
                             << QByteArray("\"notify\": { \"filter\": \"has:finding ä\", \"ends\": true, "
                                           "\"returns\": true }");
    }

    void theyComeBackAsTheyWent()
    {
        QFETCH(QString, filter);
        QFETCH(bool, ends);
        QFETCH(bool, returns);
        QFETCH(QByteArray, line);
        Profile profile;
        profile.endpoint.url = u"ws://h"_s;
        profile.notify = {filter, ends, returns};
        const QByteArray json = toJson(profile);
        QVERIFY2(line.isEmpty() ? !json.contains("notify") : json.contains(line), json.constData());
        const auto read = profileFromJson(json);
        QVERIFY2(read.ok(), qPrintable(read.message()));
        QCOMPARE(read.value(), profile);
    }

    void aFileFromBeforeHasNone()
    {
        const auto read = profileFromJson(R"({"sockeye": "profile", "version": 1, "url": "h"})");
        QVERIFY2(read.ok(), qPrintable(read.message()));
        QVERIFY(!read->notify.isOn());
        QCOMPARE(read->notify, NotifyOptions());
    }

    void unknownMembersAreKept()
    {
        const auto read = profileFromJson(R"({"url": "h", "notify": {"ends": true, "sound": "gong"}})");
        QVERIFY2(read.ok(), qPrintable(read.message()));
        Profile profile = read.value();
        profile.notify.ends = false;
        const QJsonObject written = QJsonDocument::fromJson(toJson(profile)).object();
        QCOMPARE(written.value(u"notify"_s), QJsonValue(QJsonObject{{u"sound"_s, u"gong"_s}}));
    }

    void wrongTypesAreNamed()
    {
        const auto read = profileFromJson(R"({"url": "h", "notify": {"filter": 1}})");
        QVERIFY(!read.ok());
        QVERIFY2(read.message().contains(u"“notify.filter” must be"), qPrintable(read.message()));
    }

    // A newer version may have written it: a profile that cannot be read is gone from the list.
    void aFilterThatIsNotUnderstoodIsKept()
    {
        const auto read = profileFromJson(R"({"url": "h", "notify": {"filter": "dir:up"}})");
        QVERIFY2(read.ok(), qPrintable(read.message()));
        QCOMPARE(read->notify.filter, u"dir:up"_s);
        QVERIFY(toJson(read.value()).contains("dir:up"));
    }

    void aWrongFilterIsNamed()
    {
        QCOMPARE(problemOfNotifyFilter({}), QString());
        QCOMPARE(problemOfNotifyFilter(u"dir:in tick"_s), QString());
        const QString problem = problemOfNotifyFilter(u"tick dir:up"_s);
        QVERIFY2(problem.contains(u"up") && problem.contains(u"character"), qPrintable(problem));
    }
};

SOCKEYE_TEST(NotifyOptionsTest, NoApplication)
#include "tst_notifyoptions.moc"
