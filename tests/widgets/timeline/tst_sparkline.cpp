#include "TimelineBench.h"
#include "support/TestProgram.h"
#include "widgets/timeline/Sparkline.h"

#include <QLocale>
#include <QSignalSpy>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

/// Counts how often a widget is painted.
class Paints final : public QObject
{
public:
    explicit Paints(QWidget &widget) { widget.installEventFilter(this); }

    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }

    int count = 0;
};

} // namespace

class TestSparkline final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        theme::apply(*qApp, theme::Scheme::Light);
    }

    void itSaysItsFigures()
    {
        Sparkline sparkline([] { return live(); });
        show(sparkline);
        const QString said = u"Messages per second in the last 2 minutes: now 5/s in and 1/s out, at most 12/s"_s;
        QCOMPARE(sparkline.accessibleDescription(), said);
        QVERIFY(!sparkline.accessibleName().isEmpty());
        QVERIFY(sparkline.toolTip().startsWith(said));
        QVERIFY(sparkline.toolTip().contains(u"Ctrl+Shift+L"));
        QVERIFY(sparkline.height() >= QFontMetrics(sparkline.font()).height());
    }

    void theBarsAreThere()
    {
        Sparkline sparkline([] { return live(); });
        show(sparkline);
        const ThemeColors &colors = theme::colors(sparkline.palette());
        const QColor received = TimelinePainter::barColor(colors.received, colors);
        const QColor sent = TimelinePainter::barColor(colors.sent, colors);
        const QImage image = sparkline.grab().toImage();
        const auto pixels = [&image](const QColor &color) {
            int count = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    count += image.pixelColor(x, y) == color ? 1 : 0;
            }
            return count;
        };
        QVERIFY(pixels(received) > pixels(sent));
        QVERIFY(pixels(sent) > 0);
    }

    void itPaintsWhatHasChangedAlone()
    {
        SparklineData data = live();
        int asked = 0;
        Sparkline sparkline([&data, &asked] {
            ++asked;
            return data;
        });
        sparkline.refresh();
        QCOMPARE(asked, 0);
        show(sparkline);
        QCoreApplication::processEvents();
        const Paints paints(sparkline);
        sparkline.refresh();
        QVERIFY(asked >= 2);
        QCoreApplication::processEvents();
        QCOMPARE(paints.count, 0);
        data.now->in = 6;
        sparkline.refresh();
        QTRY_COMPARE(paints.count, 1);
        QVERIFY(sparkline.accessibleDescription().contains(u"now 6/s in"));
    }

    /// While bars are in sight it asks by itself, and then it rests.
    void itAsksUntilTheBarsAreGone()
    {
        SparklineData data = live();
        int asked = 0;
        Sparkline sparkline([&data, &asked] {
            ++asked;
            return data;
        });
        show(sparkline);
        QVERIFY(sparkline.isAging());
        const int before = asked;
        QTRY_VERIFY(asked > before);
        data.rates.fill({});
        sparkline.refresh();
        QVERIFY(!sparkline.isAging());
        QVERIFY(sparkline.accessibleDescription().contains(u"at most 0/s"));
    }

    /// Of a connection that failed there is nothing to see, but the key still finds it.
    void nothingIsNoEmptyFrame()
    {
        Sparkline sparkline([] { return SparklineData(); });
        show(sparkline);
        sparkline.clearFocus();
        // Wherever the pointer happens to be.
        sparkline.setAttribute(Qt::WA_UnderMouse, false);
        const auto isBlank = [&sparkline] {
            const QImage image = sparkline.grab().toImage();
            QImage plain(image.size(), image.format());
            plain.setDevicePixelRatio(image.devicePixelRatio());
            plain.fill(image.pixelColor(image.width() - 1, 0));
            return image == plain;
        };
        QVERIFY(isBlank());
        sparkline.setFocus();
        QVERIFY(sparkline.hasFocus());
        QVERIFY(!isBlank());
    }

    void aClickOrAKeyIsTold()
    {
        Sparkline sparkline([] { return live(); });
        show(sparkline);
        const QSignalSpy clicked(&sparkline, &Sparkline::clicked);
        QTest::mouseClick(&sparkline, Qt::LeftButton);
        QCOMPARE(clicked.size(), 1);
        sparkline.setFocus();
        QTest::keyClick(&sparkline, Qt::Key_Space);
        QCOMPARE(clicked.size(), 2);
    }

    /// What the timeline has read is shown, whether or not that was ever shown.
    void itShowsASession_data()
    {
        QTest::addColumn<bool>("shown");
        QTest::newRow("with its timeline") << true;
        QTest::newRow("without it") << false;
    }
    void itShowsASession()
    {
        QFETCH(bool, shown);
        TimelineBench bench;
        for (int i = 0; i < 120; ++i)
            bench.log.add(i % 3 == 0 ? Direction::Out : Direction::In, EntryKind::Text, "x", 500'000);
        Timeline hidden;
        if (shown) {
            QVERIFY(bench.show());
        } else {
            bench.log.writer().flush();
            bench.model = std::make_unique<TimelineModel>(bench.log.path());
            hidden.setTimelineModel(bench.model.get(), false);
        }
        const Timeline &timeline = shown ? *bench.timeline : hidden;
        const auto sum = [&timeline] {
            double all = 0;
            const SparklineData data = Sparkline::ofTimeline(timeline);
            for (const MessageRate &rate : data.rates)
                all += rate.sum();
            return all;
        };
        QTRY_VERIFY_WITH_TIMEOUT(sum() > 0, 20'000);
        const SparklineData data = Sparkline::ofTimeline(timeline);
        QCOMPARE(data.rates.size(), Sparkline::Columns);
        QCOMPARE(data.stretch, u"the session"_s);
        QVERIFY(!data.now);
        // All of the 120 messages, some two a second.
        const double perColumn =
            std::chrono::duration<double>(timeline.scene().geometry.range().length()).count() / Sparkline::Columns;
        QCOMPARE(qRound(sum() * perColumn), 120);
    }

private:
    static SparklineData live()
    {
        SparklineData data;
        data.stretch = u"the last 2 minutes"_s;
        data.rates.resize(RateHistory::Seconds);
        for (int i = 60; i < 90; ++i)
            data.rates[i] = {10, 2};
        data.now = MessageRate{5, 1};
        return data;
    }

    static void show(Sparkline &sparkline)
    {
        sparkline.resize(sparkline.sizeHint());
        sparkline.show();
        QVERIFY(QTest::qWaitForWindowActive(&sparkline));
    }
};

SOCKEYE_TEST(TestSparkline, QApplication)
#include "tst_sparkline.moc"
