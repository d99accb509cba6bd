#include "endpoint/UrlText.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestUrlText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passwordsAreCutOut_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("withoutPassword");
        QTest::addColumn<QString>("withoutUser");
        const auto row = [](const QString &url, const QString &without, const QString &user) {
            QTest::newRow(qPrintable(url)) << url << without << user;
        };
        row(u"ws://me:pw@h:1/x?y"_s, u"ws://me@h:1/x?y"_s, u"ws://h:1/x?y"_s);
        row(u"ws://me@h/x"_s, u"ws://me@h/x"_s, u"ws://h/x"_s);
        row(u"ws://h:1/@a:b@c?d:e@f"_s, u"ws://h:1/@a:b@c?d:e@f"_s, u"ws://h:1/@a:b@c?d:e@f"_s);
        row(u"ws://me:p@ss@h/"_s, u"ws://me@h/"_s, u"ws://h/"_s);
        row(u"ws://me:p/ss@h/"_s, u"ws://me@h/"_s, u"ws://h/"_s);
        row(u"ws://me:p?ss@h/"_s, u"ws://me@h/"_s, u"ws://h/"_s);
        row(u"ws://me:p#ss@h/"_s, u"ws://me@h/"_s, u"ws://h/"_s);
        row(u"ws://me:12#ss@h/"_s, u"ws://me@h/"_s, u"ws://h/"_s);
        row(u"ws://me:p@s#s@h/"_s, u"ws://me@h/"_s, u"ws://h/"_s);
        row(u"me:pw@h/x"_s, u"me@h/x"_s, u"h/x"_s);
        row(u"//me:pw@h/x"_s, u"//me@h/x"_s, u"//h/x"_s);
        row(u"http://CORP\\me:pw@h:3128"_s, u"http://CORP\\me@h:3128"_s, u"http://h:3128"_s);
        row(u"h:1/?u=ws://a:b@c"_s, u"h:1/?u=ws://a:b@c"_s, u"h:1/?u=ws://a:b@c"_s);
        row(u"ws://[::1]:1/a@b"_s, u"ws://[::1]:1/a@b"_s, u"ws://[::1]:1/a@b"_s);
        row(u"ws+unix:///run/a.sock:/x@y"_s, u"ws+unix:///run/a.sock:/x@y"_s, u"ws+unix:///run/a.sock:/x@y"_s);
        row(u""_s, u""_s, u""_s);
        row(u"none"_s, u"none"_s, u"none"_s);
    }

    void passwordsAreCutOut()
    {
        QFETCH(QString, url);
        QTEST(withoutPassword(url), "withoutPassword");
        QTEST(withoutUserInfo(url), "withoutUser");
    }

    void encodesAndDecodes()
    {
        QCOMPARE(percentEncoded("a b\xc3\xa9%20/\x7f", "/"), "a%20b%C3%A9%20%2F%7F");
        QCOMPARE(percentDecoded(u"a%20%C3%A9%2f%zz"), u"a é/%zz"_s);
    }
};

SOCKEYE_TEST(TestUrlText, QCoreApplication)
#include "tst_urltext.moc"
