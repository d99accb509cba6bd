#include "support/TestProgram.h"
#include "widgets/tab/TabNames.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TabNamesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatUrlsShareIsDropped_data()
    {
        QTest::addColumn<QStringList>("urls");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("none") << QStringList() << QStringList();
        QTest::newRow("one has nobody to share with")
            << QStringList{u"wss://me@h.example/v2/feed/ticks?token=x"_s} << QStringList{u"h.example/v2/feed/ticks"_s};
        QTest::newRow("last part") << QStringList{u"ws://h/v2/feed/ticks"_s, u"ws://h/v2/feed/bin"_s}
                                   << QStringList{u"…/ticks"_s, u"…/bin"_s};
        QTest::newRow("part in the middle") << QStringList{u"ws://h/v1/feed/ticks"_s, u"ws://h/v2/feed/ticks"_s}
                                            << QStringList{u"…/v1/…/ticks"_s, u"…/v2/…/ticks"_s};
        QTest::newRow("host") << QStringList{u"ws://a/ticks"_s, u"ws://b/ticks"_s}
                              << QStringList{u"a/ticks"_s, u"b/ticks"_s};
        QTest::newRow("port") << QStringList{u"ws://h:1/x/y"_s, u"ws://h:2/x/y"_s}
                              << QStringList{u"h:1/…/y"_s, u"h:2/…/y"_s};
        QTest::newRow("each from its like") << QStringList{u"ws://a/x/ticks"_s, u"ws://a/x/bin"_s, u"ws://b/ticks"_s}
                                            << QStringList{u"a/…/ticks"_s, u"a/…/bin"_s, u"b/ticks"_s};
        QTest::newRow("one goes on") << QStringList{u"ws://h/a"_s, u"ws://h/a/b"_s} << QStringList{u"…/a"_s, u"…/b"_s};
        QTest::newRow("no path") << QStringList{u"ws://h/"_s, u"ws://h/a"_s} << QStringList{u"h"_s, u"…/a"_s};
        QTest::newRow("query") << QStringList{u"ws://h/f?s=A"_s, u"ws://h/f?s=B"_s}
                               << QStringList{u"…/f?s=A"_s, u"…/f?s=B"_s};
        QTest::newRow("the same") << QStringList{u"ws://h/a"_s, u"ws://h/a"_s, u"ws://h/a"_s}
                                  << QStringList{u"…/a"_s, u"…/a (2)"_s, u"…/a (3)"_s};
        QTest::newRow("another scheme") << QStringList{u"ws://h/a"_s, u"wss://h/a"_s}
                                        << QStringList{u"…/a"_s, u"…/a (2)"_s};
    }

    void whatUrlsShareIsDropped()
    {
        QFETCH(QStringList, urls);
        QList<TabTitle> titles;
        for (const QString &url : urls)
            titles += TabTitle{url, true};
        QTEST(toldApart(titles), "names");
    }

    void namesStayWhole()
    {
        QCOMPARE(toldApart({{u"staging/a"_s, false}, {u"ws://h/a"_s, true}, {u"staging/b"_s, false}, {u"staging/a"_s}}),
                 QStringList({u"staging/a"_s, u"h/a"_s, u"staging/b"_s, u"staging/a (2)"_s}));
    }
};

SOCKEYE_TEST(TabNamesTest, NoApplication)
#include "tst_tabnames.moc"
