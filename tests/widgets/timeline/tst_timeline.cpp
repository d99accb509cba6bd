#include "TimelineBench.h"

#include "support/TestProgram.h"

#include <QAccessible>
#include <QApplication>
#include <QSignalSpy>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What a timeline shows.
class TestTimeline final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<TimelineBench>(); }
    void cleanup() { m_bench.reset(); }

    void showsTheWholeSession();
    void nothingIsDrawnWithoutAModel();
    void nothingIsDrawnBeforeASecondOfALiveSession();
    void heightNeverChanges();
    void receivedIsAboveAndSentBelow();
    void aSpikeDoesNotHideTheRest();
    void bytesReplaceMessages();
    void whatIsOutOfViewIsNotDrawn();
    void labelsStandOutsideOfTheBars();
    void theLastSecondStandsBeside();
    void marksAreExplained();
    void anInterruptionIsAmberAndAnOutline();
    void isReadableForScreenReaders();
    void aLiveSessionsEndStaysInView();
    void survivesItsModel();

private:
    std::unique_ptr<TimelineBench> m_bench;
};

void TestTimeline::showsTheWholeSession()
{
    m_bench->log.addMany(60'000); // a minute
    QVERIFY(m_bench->show());
    QVERIFY(m_bench->range().first <= m_bench->model->session()->first &&
            m_bench->range().last > m_bench->model->session()->last);
    QVERIFY(m_bench->range().length() < 64s);
    QVERIFY(m_bench->timeline->scene().heights.top >= 750);
    QVERIFY(!m_bench->timeline->scene().heights.squareRoot);
}

void TestTimeline::nothingIsDrawnWithoutAModel()
{
    m_bench->log.addMany(4000);
    QVERIFY(m_bench->show());
    QVERIFY(m_bench->pixels(m_bench->received, m_bench->timeline->rect()) > 0);
    m_bench->timeline->setTimelineModel(nullptr, false);
    QCOMPARE(m_bench->pixels(m_bench->received, m_bench->timeline->rect()), 0);
    QCOMPARE(m_bench->timeline->sentence(), u"Nothing yet"_s);
    // Nothing to do anything with, and no harm done.
    QSignalSpy jumped(m_bench->timeline.get(), &Timeline::jumpRequested);
    QTest::mouseClick(m_bench->timeline.get(), Qt::LeftButton);
    QTest::keyClick(m_bench->timeline.get(), Qt::Key_Plus);
    QTest::keyClick(m_bench->timeline.get(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(m_bench->timeline.get(), Qt::Key_Return);
    m_bench->wheel(m_bench->timeline->rect().center(), 3);
    QCOMPARE(jumped.count(), 0);
    QVERIFY(!m_bench->timeline->timeRange());
}

void TestTimeline::nothingIsDrawnBeforeASecondOfALiveSession()
{
    m_bench->log.addMany(900);
    QVERIFY(m_bench->show(true));
    QVERIFY(m_bench->timeline->scene().geometry.isEmpty());
    QCOMPARE(m_bench->pixels(m_bench->received, m_bench->timeline->rect()), 0);
    m_bench->model->advanceTo(m_bench->log.addMany(200));
    QTRY_VERIFY(m_bench->pixels(m_bench->received, m_bench->timeline->rect()) > 0);
    // The first second does not fill the strip.
    QVERIFY(m_bench->range().length() >= TimelineGeometry::LiveStart);
}

void TestTimeline::heightNeverChanges()
{
    m_bench->log.addMany(900);
    QVERIFY(m_bench->show(true));
    const int before = m_bench->timeline->sizeHint().height();
    m_bench->model->advanceTo(m_bench->log.addMany(3000));
    QTRY_VERIFY(!m_bench->timeline->scene().geometry.isEmpty());
    m_bench->timeline->setTimeRange(TimeSpan{at(1s), at(2s)});
    QCOMPARE(m_bench->timeline->sizeHint().height(), before);
    QVERIFY2(before > 44 && before < 72, qPrintable(QString::number(before)));
}

void TestTimeline::receivedIsAboveAndSentBelow()
{
    for (int n = 0; n < 400; ++n)
        m_bench->log.add(n < 200 ? Direction::In : Direction::Out, EntryKind::Text, "x", 100'000);
    QVERIFY(m_bench->show());
    const auto places = m_bench->timeline->places();
    QRectF early = places.in;
    early.setRight(m_bench->xOf(19s));
    QVERIFY(m_bench->pixels(m_bench->received, early) > 200);
    QCOMPARE(m_bench->pixels(m_bench->sent, places.in), 0);
    QCOMPARE(m_bench->pixels(m_bench->received, places.out), 0);
    QRectF late = places.out;
    late.setLeft(m_bench->xOf(21s));
    QVERIFY(m_bench->pixels(m_bench->sent, late) > 200);
    late.setRight(early.right());
    late.setLeft(places.out.left());
    QCOMPARE(m_bench->pixels(m_bench->sent, late), 0);
}

void TestTimeline::aSpikeDoesNotHideTheRest()
{
    for (int n = 0; n < 600; ++n)
        m_bench->log.add(Direction::In, EntryKind::Text, "x", 100'000); // ten a second
    for (int n = 0; n < 5000; ++n)
        m_bench->log.add(Direction::In, EntryKind::Text, "x", 10);
    QVERIFY(m_bench->show());
    QVERIFY(m_bench->timeline->scene().heights.squareRoot);
    const double quiet = m_bench->timeline->scene().heights.share(10);
    QVERIFY2(quiet > 0.03, qPrintable(QString::number(quiet)));
    m_bench->timeline->setScale(Timeline::Scale::Linear);
    QVERIFY(!m_bench->timeline->scene().heights.squareRoot);
    QVERIFY(m_bench->timeline->scene().heights.share(10) < quiet / 5);
    m_bench->timeline->setScale(Timeline::Scale::SquareRoot);
    QVERIFY(m_bench->timeline->scene().heights.squareRoot);
    // Where there is no spike in view the scale is linear.
    m_bench->timeline->setScale(Timeline::Scale::Automatic);
    for (int n = 0; n < 4; ++n)
        m_bench->wheel(m_bench->place(10s), 2);
    QTRY_VERIFY(!m_bench->timeline->scene().heights.squareRoot);
}

void TestTimeline::bytesReplaceMessages()
{
    for (int n = 0; n < 100; ++n)
        m_bench->log.add(Direction::In, EntryKind::Binary, QByteArray(9998, 'x'), 100'000);
    QVERIFY(m_bench->show());
    const double messages = m_bench->timeline->scene().heights.top;
    QSignalSpy changed(m_bench->timeline.get(), &Timeline::unitChanged);
    m_bench->timeline->setUnit(Timeline::Unit::Bytes);
    QCOMPARE(changed.count(), 1);
    QVERIFY(m_bench->timeline->scene().heights.top >= messages * 5000);
    QVERIFY2(m_bench->timeline->textAt(m_bench->place(5s)).contains(u"kB/s"),
             qPrintable(m_bench->timeline->textAt(m_bench->place(5s))));
}

void TestTimeline::whatIsOutOfViewIsNotDrawn()
{
    m_bench->log.addMany(40'000);
    QVERIFY(m_bench->show());
    m_bench->wheel(m_bench->place(35s), 8);
    QVERIFY(m_bench->range().first > at(3s));
    const QImage before = m_bench->timeline->grab().toImage();
    m_bench->timeline->setVisiblePart(TimeSpan{at(1s), at(2s)});
    QCOMPARE(m_bench->timeline->grab().toImage(), before);
    m_bench->timeline->setVisiblePart(TimeSpan{at(34s), at(36s)});
    QVERIFY(m_bench->timeline->grab().toImage() != before);
}

void TestTimeline::labelsStandOutsideOfTheBars()
{
    m_bench->log.addMany(60'000);
    QVERIFY(m_bench->show());
    const ThemeColors &colors = theme::colors(m_bench->timeline->palette());
    const auto places = m_bench->timeline->places();
    QVERIFY(!places.scale.intersects(places.plot) && !places.now.intersects(places.plot));
    QVERIFY(places.plot.width() > 400);
    const auto lettersIn = [this, &colors](const QRectF &place) { return m_bench->letters(colors.dimText, place); };
    QVERIFY(lettersIn(places.scale) > 10);
    QCOMPARE(m_bench->pixels(m_bench->received, places.scale), 0);
    const QString what = m_bench->timeline->textAt(places.scale.center().toPoint());
    QVERIFY2(what.contains(u"height of a bar"), qPrintable(what));
    // Where there is no room the bars have it all.
    m_bench->timeline->resize(200, m_bench->timeline->height());
    QVERIFY(m_bench->timeline->places().scale.isEmpty());
    QVERIFY(m_bench->timeline->places().plot.width() > 190);
}

void TestTimeline::theLastSecondStandsBeside()
{
    m_bench->log.addMany(60'000);
    QVERIFY(m_bench->show(true));
    const QColor letters = theme::colors(m_bench->timeline->palette()).dimText;
    const QRectF place = m_bench->timeline->places().now;
    QCOMPARE(m_bench->letters(letters, place), 0);
    m_bench->timeline->setRates(TimelineRates{50, 2, 5000, 99});
    QVERIFY(m_bench->letters(letters, place) > 10);
    QVERIFY2(m_bench->timeline->sentence().contains(u"last second: 50/s received, 2/s sent"),
             qPrintable(m_bench->timeline->sentence()));
    const QString what = m_bench->timeline->textAt(place.center().toPoint());
    QVERIFY2(what.contains(u"last second"), qPrintable(what));
    m_bench->timeline->setRates(std::nullopt);
    QCOMPARE(m_bench->letters(letters, place), 0);
}

void TestTimeline::anInterruptionIsAmberAndAnOutline()
{
    m_bench->log.addMany(10'000);
    for (const auto &[ended, kind] : {std::pair{3s, EndKind::Dropped}, std::pair{6s, EndKind::Clean}}) {
        ConnectionRecord record;
        record.id = m_bench->log.writer().newConnectionId();
        record.started = at(1s);
        record.ended = at(ended);
        record.endKind = kind;
        record.closeCode = 1000;
        m_bench->log.writer().put(record);
    }
    QVERIFY(m_bench->show());
    const ThemeColors &colors = theme::colors(m_bench->timeline->palette());
    const double bottom = m_bench->timeline->places().marks.bottom();
    const auto count = [&](const QColor &color, Nanoseconds at) {
        return m_bench->pixels(color, QRectF(m_bench->xOf(at) - 4, 0, 8, bottom));
    };
    QVERIFY(count(colors.warning, 3s) > 0 && count(colors.error, 3s) == 0);
    // A chosen end is grey and full.
    QVERIFY(count(colors.dimText, 6s) > 8 && count(colors.warning, 6s) == 0 && count(colors.error, 6s) == 0);
}

void TestTimeline::marksAreExplained()
{
    m_bench->log.addMany(10'000);
    ConnectionRecord record;
    record.id = m_bench->log.writer().newConnectionId();
    record.started = at(4s);
    record.ended = at(5s);
    record.endKind = EndKind::ConnectFailed;
    record.endText = u"Nobody listens on port 1."_s;
    m_bench->log.writer().put(record);
    QVERIFY(m_bench->show());
    const QString there = m_bench->timeline->textAt(m_bench->place(5s));
    QVERIFY2(there.contains(record.endText), qPrintable(there));
    QVERIFY2(there.contains(u"Received: "), qPrintable(there));
    QVERIFY(!m_bench->timeline->textAt(m_bench->place(7s)).contains(record.endText));
    const QColor error = theme::colors(m_bench->timeline->palette()).error;
    QVERIFY(m_bench->pixels(error, QRectF(m_bench->xOf(5s) - 4, 0, 8, m_bench->timeline->places().marks.bottom())) > 8);
}

void TestTimeline::isReadableForScreenReaders()
{
    m_bench->log.addMany(40'000);
    QVERIFY(m_bench->show());
    QAccessibleInterface *strip = QAccessible::queryAccessibleInterface(m_bench->timeline.get());
    QVERIFY(strip);
    QCOMPARE(strip->text(QAccessible::Name), u"Timeline"_s);
    const QString value = strip->text(QAccessible::Value);
    QVERIFY2(value.contains(u"30,000 messages received"), qPrintable(value));
    QVERIFY2(value.contains(u"10,000 sent"), qPrintable(value));
    QCOMPARE(strip->textInterface()->text(0, strip->textInterface()->characterCount()), value);
    m_bench->timeline->setTimeRange(TimeSpan{at(1s), at(2s)});
    QVERIFY(strip->text(QAccessible::Value).contains(u"Chosen: "));
}

void TestTimeline::aLiveSessionsEndStaysInView()
{
    m_bench->log.addMany(40'000);
    QVERIFY(m_bench->show(true));
    // Somewhere in the middle nothing moves...
    for (int n = 0; n < 3; ++n)
        m_bench->wheel(m_bench->place(10s), 2);
    const TimeSpan middle = m_bench->range();
    QVERIFY(middle.last < at(30s));
    m_bench->model->advanceTo(m_bench->log.addMany(2000));
    QTRY_VERIFY(m_bench->model->session()->last > at(41s));
    QCOMPARE(m_bench->range(), middle);
    // ...at the end it goes along.
    QTest::keyClick(m_bench->timeline.get(), Qt::Key_Home);
    for (int n = 0; n < 3; ++n)
        m_bench->wheel(m_bench->place(42s), 2);
    const TimeSpan before = m_bench->range();
    QVERIFY(before.last >= m_bench->model->session()->last);
    m_bench->model->advanceTo(m_bench->log.addMany(30'000));
    QTRY_VERIFY(m_bench->range().last >= at(71s));
    QCOMPARE(m_bench->range().length().count(), before.length().count());
}

void TestTimeline::survivesItsModel()
{
    m_bench->log.addMany(4000);
    QVERIFY(m_bench->show());
    m_bench->timeline->setTimelineModel(nullptr, false);
    m_bench->model.reset();
    m_bench->timeline->grab();
    m_bench->timeline->resize(300, m_bench->timeline->height());
    m_bench->timeline->grab();
    QCOMPARE(m_bench->timeline->sentence(), u"Nothing yet"_s);
}

SOCKEYE_TEST(TestTimeline, QApplication)
#include "tst_timeline.moc"
