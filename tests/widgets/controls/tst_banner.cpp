#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "widgets/controls/Banner.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using Kind = Banner::Kind;

class BannerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { theme::apply(*qApp, theme::Scheme::Light); }

    void eachKindHasItsNameAndItsColor_data()
    {
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("name");
        QTest::newRow("information") << Kind::Information << u"Information"_s;
        QTest::newRow("warning") << Kind::Warning << u"Warning"_s;
        QTest::newRow("failure") << Kind::Failure << u"Failure"_s;
    }

    void eachKindHasItsNameAndItsColor()
    {
        QFETCH(Kind, kind);
        QFETCH(QString, name);
        for (const theme::Scheme scheme : {theme::Scheme::Light, theme::Scheme::Dark}) {
            theme::apply(*qApp, scheme);
            Banner banner;
            banner.resize(400, 40);
            banner.showOffer(kind, u"Something is to be said"_s, {u"Do"_s, u"Does it"_s, [] {}});
            QVERIFY(QTest::qWaitForWindowExposed(&banner));
            QCOMPARE(banner.kind(), kind);
            QCOMPARE(banner.accessibleName(), name);
            QVERIFY(named<QLabel>(&banner, name));
            const QColor ground = banner.grab().toImage().pixelColor(4, banner.height() / 2);
            // Red is the failure's alone, and what is of no weight has no colour.
            const int red = ground.red() - ground.blue();
            const int yellow = ground.green() - ground.blue();
            if (kind == Kind::Information)
                QVERIFY2(red < 4 && yellow < 4, qPrintable(ground.name()));
            else if (kind == Kind::Warning)
                QVERIFY2(yellow > 4, qPrintable(ground.name()));
            else
                QVERIFY2(red > 4 && yellow < 4, qPrintable(ground.name()));
        }
    }

    void theNextMessageHasItsOwnKind()
    {
        Banner banner;
        banner.showMessage(u"failed"_s);
        QCOMPARE(banner.kind(), Kind::Failure);
        banner.showWarning(u"cut short"_s);
        QCOMPARE(banner.kind(), Kind::Warning);
        QVERIFY(!named<QLabel>(&banner, u"Failure"_s));
        // Other words for the same.
        banner.amend(u"cut shorter"_s);
        QCOMPARE(banner.kind(), Kind::Warning);
    }
};

SOCKEYE_TEST(BannerTest, QApplication)
#include "tst_banner.moc"
