#include "LogBench.h"

#include "support/TestProgram.h"
#include "tests/support/LogSettling.h"

#include <QApplication>
#include <QPaintEvent>
#include <QRegularExpression>
#include <QScreen>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

/// Adds up how many pixels of a widget are painted.
class PaintedArea final : public QObject
{
public:
    explicit PaintedArea(QWidget *widget) { widget->installEventFilter(this); }
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            for (const QRect &rect : static_cast<QPaintEvent *>(event)->region())
                area += qint64(rect.width()) * rect.height();
        }
        return false;
    }
    qint64 area = 0;
};

} // namespace

class TestLogView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<LogBench>();
        QVERIFY(m_bench->start());
    }
    void cleanup() { m_bench.reset(); }

    void followsWhatComes();
    void followingSelectsNothing();
    void wheelUpStopsFollowing();
    void wheelToTheEndResumes();
    void draggingTheScrollBarStopsAndResumes();
    void clickOnAnOlderRowStopsFollowing();
    void clickOnTheLastRowStopsFollowing();
    void pageUpStopsAndEndResumes();
    void arrowsScrollSideways();
    void staysWhereItIsWhenNotFollowing();
    void anotherFilterShowsNothingNew();
    void staysWhereItIsWhileOutOfSight();
    void repaintsOnlyWhatIsVisible();
    void theScrollBarHasTheGroundOfTheLog();
    void paintsOnlyTheRowsThatCome();
    void whatIsMovedIsWhatWouldBePainted();
    void timesShowWhatHasChanged();
    void rowsStandCloserInASmallWindow();
    void whatTheFilterLooksForIsMarked();
    void aMarkedRowHasTheColourOfMatches();
    void errorRowsDifferByMoreThanColour();
    void emptyTextIsShown();
    void saysThatNothingMatches();
    void aMillionRowsScrollQuickly();
    void survivesItsModel();
    void anotherModelStartsAfresh();

private:
    std::unique_ptr<LogBench> m_bench;
};

void TestLogView::followsWhatComes()
{
    QVERIFY(m_bench->view->isFollowing());
    QCOMPARE(m_bench->view->geometryOfRows().lastVisible(), Row(199));
    for (int round = 1; round <= 5; ++round) {
        m_bench->grow(100);
        QTRY_COMPARE(m_bench->view->geometryOfRows().lastVisible(), Row(199 + round * 100));
        QTRY_VERIFY(m_bench->showsLastRow());
    }
    QVERIFY(m_bench->view->isFollowing());
}

void TestLogView::followingSelectsNothing()
{
    QSignalSpy current(m_bench->view.get(), &LogView::currentEntryChanged);
    m_bench->grow(50);
    QTRY_VERIFY(m_bench->showsLastRow());
    QVERIFY(m_bench->selectedRows().isEmpty());
    QVERIFY(current.isEmpty());
    QCOMPARE(m_bench->view->currentEntry(), EntryId());
}

void TestLogView::wheelUpStopsFollowing()
{
    QSignalSpy changed(m_bench->view.get(), &LogView::followingChanged);
    const qint64 before = m_bench->view->geometryOfRows().offset();
    m_bench->wheel(1);
    const int rows = QApplication::wheelScrollLines();
    QCOMPARE(m_bench->view->geometryOfRows().offset(), before - rows * m_bench->view->geometryOfRows().rowHeight());
    QVERIFY(!m_bench->view->isFollowing());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().first().toBool(), false);
}

void TestLogView::wheelToTheEndResumes()
{
    m_bench->wheel(2);
    QVERIFY(!m_bench->view->isFollowing());
    m_bench->wheel(-1);
    QVERIFY(!m_bench->view->isFollowing());
    m_bench->wheel(-1);
    QVERIFY(m_bench->view->isFollowing());
}

void TestLogView::draggingTheScrollBarStopsAndResumes()
{
    QScrollBar *bar = m_bench->view->verticalScrollBar();
    QCOMPARE(bar->value(), bar->maximum());
    bar->setValue(10);
    QVERIFY(!m_bench->view->isFollowing());
    QCOMPARE(m_bench->view->geometryOfRows().firstVisible(), Row(10));
    bar->setValue(bar->maximum());
    QVERIFY(m_bench->view->isFollowing());
}

void TestLogView::clickOnAnOlderRowStopsFollowing()
{
    QSignalSpy changed(m_bench->view.get(), &LogView::followingChanged);
    m_bench->click(195);
    QVERIFY(!m_bench->view->isFollowing());
    QCOMPARE(changed.count(), 1);
    const qint64 offset = m_bench->view->geometryOfRows().offset();
    m_bench->grow(20);
    QCOMPARE(m_bench->view->geometryOfRows().offset(), offset);
    QCOMPARE(m_bench->view->currentEntry(), EntryId(196));
}

void TestLogView::clickOnTheLastRowStopsFollowing()
{
    m_bench->click(199);
    QCOMPARE(m_bench->view->currentEntry(), EntryId(200));
    QVERIFY(!m_bench->view->isFollowing());
    // It is the current one already, and what comes would take it away all the same.
    m_bench->view->setFollowing(true);
    m_bench->click(199);
    QVERIFY(!m_bench->view->isFollowing());
}

void TestLogView::pageUpStopsAndEndResumes()
{
    QTest::keyClick(m_bench->view.get(), Qt::Key_End);
    QVERIFY(m_bench->view->isFollowing());
    QTest::keyClick(m_bench->view.get(), Qt::Key_PageUp);
    QVERIFY(!m_bench->view->isFollowing());
    QTest::keyClick(m_bench->view.get(), Qt::Key_End);
    QVERIFY(m_bench->view->isFollowing());
    QCOMPARE(m_bench->view->currentEntry(), EntryId(200));
    m_bench->grow(30);
    QTRY_VERIFY(m_bench->showsLastRow());
    QCOMPARE(m_bench->view->geometryOfRows().lastVisible(), Row(229));
}

void TestLogView::arrowsScrollSideways()
{
    m_bench->view->resize(200, 400);
    QScrollBar *columns = m_bench->view->horizontalScrollBar();
    QTRY_VERIFY(columns->maximum() > 0);
    QTest::keyClick(m_bench->view.get(), Qt::Key_Right);
    QVERIFY(columns->value() > 0);
    QTest::keyClick(m_bench->view.get(), Qt::Key_Left);
    QCOMPARE(columns->value(), 0);
    // That chooses nothing.
    QVERIFY(m_bench->selectedRows().isEmpty());
    QVERIFY(m_bench->view->isFollowing());
}

void TestLogView::staysWhereItIsWhenNotFollowing()
{
    m_bench->view->setFollowing(false);
    m_bench->view->verticalScrollBar()->setValue(50);
    const qint64 offset = m_bench->view->geometryOfRows().offset();
    m_bench->grow(500);
    QCOMPARE(m_bench->view->geometryOfRows().rows(), 700);
    QCOMPARE(m_bench->view->geometryOfRows().offset(), offset);
    m_bench->view->setFollowing(true);
    QTRY_VERIFY(m_bench->showsLastRow());
}

void TestLogView::anotherFilterShowsNothingNew()
{
    m_bench->filter(QStringLiteral("entry<10"));
    QTRY_VERIFY(!m_bench->model->isSearching() && m_bench->model->rowCount() < 10);
    m_bench->view->setFollowing(false);
    m_bench->filter({});
    QTRY_COMPARE(m_bench->model->rowCount(), 200);
    m_bench->view->verticalScrollBar()->setValue(0);
    QCOMPARE(m_bench->view->newBelow(), 0);
    m_bench->grow(5);
    QCOMPARE(m_bench->view->newBelow(), 5);
}

void TestLogView::staysWhereItIsWhileOutOfSight()
{
    m_bench->view->setCurrentEntry(EntryId(3));
    m_bench->view->verticalScrollBar()->setValue(100);
    // As when another tab is looked at.
    m_bench->view->hide();
    m_bench->view->show();
    QCOMPARE(m_bench->view->geometryOfRows().firstVisible(), Row(100));
    // What becomes current meanwhile is shown.
    m_bench->view->hide();
    m_bench->view->setCurrentEntry(EntryId(20));
    m_bench->view->show();
    QVERIFY(m_bench->view->geometryOfRows().firstVisible() <= Row(19));
    QVERIFY(m_bench->view->geometryOfRows().lastVisible() >= Row(19));
}

/// Beside and below its handle, too, in each theme.
void TestLogView::theScrollBarHasTheGroundOfTheLog()
{
    for (const theme::Scheme scheme : {theme::Scheme::Light, theme::Scheme::Dark, theme::Scheme::Light}) {
        theme::apply(*qApp, scheme);
        QScrollBar *bar = m_bench->view->verticalScrollBar();
        QTRY_VERIFY(bar->isVisible() && bar->maximum() > 0);
        bar->setValue(0);
        const QColor ground = theme::colors(m_bench->view->palette()).base;
        const QImage shown = m_bench->view->grab().toImage();
        const QPoint end = bar->mapTo(m_bench->view.get(), QPoint(bar->width() / 2, bar->height() - 3));
        QCOMPARE(shown.pixelColor(end), ground);
        QCOMPARE(shown.pixelColor(end.x() - 3, end.y()), ground);
    }
}

void TestLogView::repaintsOnlyWhatIsVisible()
{
    m_bench->view->setRawPreview(true);
    m_bench->view->setFollowing(false);
    m_bench->view->verticalScrollBar()->setValue(0);
    QTRY_VERIFY(m_bench->model->entry(EntryId(1)));
    settleColumns(*m_bench->view);
    PaintCounter counter(m_bench->view->viewport());
    m_bench->grow(100);
    QApplication::processEvents();
    QCOMPARE(counter.count, 0);
    m_bench->view->setCurrentEntry(EntryId(3));
    QTRY_VERIFY(counter.count > 0);
}

void TestLogView::paintsOnlyTheRowsThatCome()
{
    // Members that are lined up anew are painted anew, in all rows.
    m_bench->view->setRawPreview(true);
    QApplication::processEvents();
    const qint64 viewportArea = qint64(m_bench->view->viewport()->width()) * m_bench->view->viewport()->height();
    const QSize size = m_bench->view->viewport()->size();
    const qint64 rowArea = qint64(size.width()) * m_bench->view->geometryOfRows().rowHeight();
    // With the frame of the keyboard's focus and without it.
    for (const bool hasFocus : {true, false}) {
        if (!hasFocus)
            m_bench->view->clearFocus();
        m_bench->grow(2);
        QTRY_VERIFY(m_bench->showsLastRow());
        QTRY_VERIFY(m_bench->model->entry(m_bench->model->lastEntry()));
        settleColumns(*m_bench->view);
        PaintedArea painted(m_bench->view->viewport());
        for (int i = 0; i < 5; ++i) {
            const Row before = m_bench->view->geometryOfRows().lastVisible();
            m_bench->grow(1);
            QTRY_COMPARE(m_bench->view->geometryOfRows().lastVisible(), before + 1);
            QTRY_VERIFY(m_bench->showsLastRow());
            QApplication::processEvents();
        }
        QVERIFY(painted.area > 0);
        // A page that is still being read when this begins paints everything once. Rows at the top have their times in
        // full, and change when others come there.
        QVERIFY2(painted.area <= viewportArea + 20 * rowArea,
                 qPrintable(QString::number(double(painted.area) / double(rowArea))));
    }
}

void TestLogView::whatIsMovedIsWhatWouldBePainted()
{
    const auto shown = [this] {
        QApplication::processEvents();
        return m_bench->view->screen()
            ->grabWindow(m_bench->view->winId())
            .toImage()
            .copy(QRect(m_bench->view->viewport()->mapTo(m_bench->view.get(), QPoint()),
                        m_bench->view->viewport()->size()));
    };
    // Neither what is lined up anew nor a page that comes late is what was moved.
    m_bench->view->setRawPreview(true);
    m_bench->grow(7);
    QTRY_COMPARE(m_bench->view->geometryOfRows().lastVisible(), Row(206));
    const auto isRead = [this] {
        for (qint64 id = 150; id <= 207; ++id) {
            if (!m_bench->model->entry(EntryId(id)))
                return false;
        }
        return true;
    };
    QTRY_VERIFY(isRead());
    QApplication::processEvents();
    m_bench->wheel(2);
    m_bench->wheel(-1);
    QVERIFY(isRead());
    const QImage moved = shown();
    m_bench->view->viewport()->update();
    QCOMPARE(moved, shown());
}

/// The topmost row says all of it, one below it of the same second only the fraction.
void TestLogView::timesShowWhatHasChanged()
{
    m_bench->view->setFollowing(false);
    m_bench->view->verticalScrollBar()->setValue(100);
    const auto isDrawn = [this](int row) {
        const QRect cell = m_bench->view->visualRect(m_bench->model->index(row, LogModel::TimeColumn));
        const QImage image = m_bench->view->viewport()->grab().toImage();
        const int hours = QFontMetrics(theme::dataFont()).horizontalAdvance(u"00:00"_s);
        for (int x = cell.left() + LogHeader::Padding; x < cell.left() + LogHeader::Padding + hours; ++x) {
            for (int y = cell.top() + 1; y < cell.bottom(); ++y) {
                if (image.pixelColor(x, y) != image.pixelColor(cell.left() + 1, cell.top() + 1))
                    return true;
            }
        }
        return false;
    };
    QTRY_VERIFY(isDrawn(100));
    QVERIFY(!isDrawn(101));
    m_bench->view->verticalScrollBar()->setValue(101);
    QTRY_VERIFY(isDrawn(101));
    // Screen readers and copies have all of it.
    QVERIFY(m_bench->model->index(102, LogModel::TimeColumn).data().toString().contains(u':'));
}

void TestLogView::rowsStandCloserInASmallWindow()
{
    const auto height = [this] { return m_bench->view->geometryOfRows().rowHeight(); };
    m_bench->view->resize(theme::SmallWindowWidth + 100, 400);
    QTRY_VERIFY(height() >= theme::RowHeight);
    const int comfortable = height();
    m_bench->view->resize(theme::SmallWindowWidth - 100, 400);
    QTRY_VERIFY(height() < comfortable);
    const int compact = height();
    QSignalSpy changed(m_bench->view.get(), &LogView::lookChanged);
    m_bench->view->setDensity(LogDensity::Comfortable);
    QCOMPARE(height(), comfortable);
    QCOMPARE(changed.size(), 1);
    m_bench->view->setDensity(LogDensity::Compact);
    m_bench->view->resize(theme::SmallWindowWidth + 100, 400);
    QCOMPARE(height(), compact);
    QCOMPARE(m_bench->view->look().density, LogDensity::Compact);
}

void TestLogView::whatTheFilterLooksForIsMarked()
{
    m_bench->view->setRawPreview(true);
    const QColor match = theme::colors(m_bench->view->palette()).match;
    const auto marked = [&] {
        const QImage image = m_bench->view->viewport()->grab().toImage();
        int pixels = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                pixels += image.pixelColor(x, y) == match ? 1 : 0;
        }
        return pixels;
    };
    QCOMPARE(marked(), 0);
    m_bench->model->setFilterMode(LogModel::FilterMode::Hide);
    m_bench->model->setFilter(std::get<EntryQuery>(parseFilter(u"call"_s)));
    QTRY_VERIFY(marked() > 1000);
    m_bench->model->setFilter(std::get<EntryQuery>(parseFilter(u"dir:out"_s)));
    QTRY_COMPARE(marked(), 0);
}

/// Whole rows in a shade of the same colour, so that what was found in them is still seen.
void TestLogView::aMarkedRowHasTheColourOfMatches()
{
    m_bench->view->setRawPreview(true);
    m_bench->model->setFilterMode(LogModel::FilterMode::Mark);
    m_bench->filter(u"call"_s);
    QTRY_VERIFY(!m_bench->model->isSearching());
    const EntryId match = m_bench->model->nextMatch(EntryId(100), true);
    QVERIFY(match.value() > 0);
    m_bench->view->goToEntry(match);
    m_bench->view->selectionModel()->clear();
    const QRect row =
        m_bench->view->visualRect(m_bench->model->index(m_bench->model->rowOf(match).value(), LogModel::PreviewColumn));
    const ThemeColors &colors = theme::colors(m_bench->view->palette());
    const auto at = [&](int y) { return m_bench->view->viewport()->grab().toImage().pixelColor(row.right() - 1, y); };
    QTRY_COMPARE(at(row.bottom()), colors.matchMark);
    QCOMPARE(at(row.top() + 1), theme::mixed(colors.base, colors.match, 0.4));
}

void TestLogView::errorRowsDifferByMoreThanColour()
{
    m_bench->view->setRawPreview(true);
    m_bench->view->setFollowing(false);
    m_bench->view->verticalScrollBar()->setValue(0);
    QTRY_VERIFY(m_bench->model->entry(EntryId(1)));
    QApplication::processEvents();
    const QImage image = m_bench->view->viewport()->grab().toImage();
    // The shape, not the colour, of a preview's first character; all these rows have the same background.
    const auto firstShape = [&](int row) {
        const QRect cell = m_bench->view->visualRect(m_bench->model->index(row, LogModel::PreviewColumn));
        const int width = QFontMetrics(theme::dataFont()).horizontalAdvance(u'{');
        QList<bool> ink;
        for (int x = cell.left() + 8; x < cell.left() + 8 + width; ++x) {
            for (int y = cell.top(); y <= cell.bottom(); ++y)
                ink.append(image.pixelColor(x, y) != image.pixelColor(cell.left() + 2, cell.top() + 2));
        }
        return ink;
    };
    // Rows 1 and 7 begin with a brace; rows 11 and 12 do too, but have a finding, a warning and an error.
    QVERIFY(firstShape(1).contains(true));
    QCOMPARE(firstShape(1), firstShape(7));
    QVERIFY(firstShape(11) != firstShape(1));
    QVERIFY(firstShape(12) != firstShape(11));
}

void TestLogView::emptyTextIsShown()
{
    QTest::failOnWarning(QRegularExpression(u"nullptr"_s));
    m_bench->view->setLogModel(nullptr);
    const QImage without = m_bench->view->grab().toImage();
    m_bench->view->setEmptyText(u"No messages yet"_s);
    QCOMPARE(m_bench->view->emptyText(), u"No messages yet"_s);
    QVERIFY(m_bench->view->grab().toImage() != without);
    m_bench->view->setLogModel(m_bench->model.get());
    QCOMPARE(m_bench->view->geometryOfRows().rows(), 200);
}

void TestLogView::saysThatNothingMatches()
{
    m_bench->view->setEmptyText(u"No messages yet"_s);
    m_bench->filter(u"nowhere-to-be-found"_s);
    QCOMPARE(m_bench->view->emptyText(), u"Searching…"_s);
    QTRY_COMPARE(m_bench->view->emptyText(), u"Nothing matches the filter"_s);
}

void TestLogView::aMillionRowsScrollQuickly()
{
    // The rows are told of but not in the file: what is looked at stays blank, and must cost no less for it.
    m_bench->model->advanceTo(EntryId(1'000'000));
    m_bench->view->setFollowing(false);
    QCOMPARE(m_bench->view->geometryOfRows().rows(), 1'000'000);
    const CpuTimer timer;
    constexpr int Steps = 100;
    for (int step = 0; step < Steps; ++step) {
        m_bench->view->verticalScrollBar()->setValue(step * 9'990);
        m_bench->view->viewport()->repaint();
    }
    QVERIFY2(timer.milliseconds() < Steps * 50, qPrintable(QString::number(timer.milliseconds())));
    QTest::keyClick(m_bench->view.get(), Qt::Key_End);
    QCOMPARE(m_bench->view->currentEntry(), EntryId(1'000'000));
    QCOMPARE(m_bench->view->geometryOfRows().lastVisible(), Row(999'999));
    QTest::keySequence(m_bench->view.get(), QKeySequence::SelectAll);
    QTest::keyClick(m_bench->view.get(), Qt::Key_Home);
    QCOMPARE(m_bench->selectedRows(), QList{0});
    // Blank rows are asked for, but not over and over.
    QTest::keyClick(m_bench->view.get(), Qt::Key_End);
    QApplication::processEvents();
    PaintCounter counter(m_bench->view->viewport());
    QSignalSpy answered(this, &QObject::objectNameChanged);
    for (int n = 0; n < 50; ++n) {
        m_bench->loader->read(
            this, [](const CaptureReader &) { return 0; }, [this, n](int) { setObjectName(QString::number(n)); });
        QVERIFY(answered.wait());
    }
    QVERIFY2(counter.count < 20, qPrintable(QString::number(counter.count)));
}

void TestLogView::survivesItsModel()
{
    m_bench->view->setCurrentEntry(EntryId(6));
    m_bench->model.reset();
    QApplication::processEvents();
    QVERIFY(!m_bench->view->logModel());
    QCOMPARE(m_bench->view->geometryOfRows().rows(), 0);
    m_bench->view->setEmptyText(u"No messages yet"_s);
    QVERIFY(!m_bench->view->grab().isNull());
    QTest::keyClick(m_bench->view.get(), Qt::Key_End);
    QTest::keyClick(m_bench->view.get(), Qt::Key_Down);
}

void TestLogView::anotherModelStartsAfresh()
{
    m_bench->view->setCurrentEntry(EntryId(6));
    QVERIFY(!m_bench->view->isFollowing());
    QSignalSpy current(m_bench->view.get(), &LogView::currentEntryChanged);
    LogModel other(*m_bench->loader);
    other.advanceTo(EntryId(10));
    m_bench->view->setLogModel(&other);
    QCOMPARE(current.count(), 1);
    QCOMPARE(m_bench->view->currentEntry(), EntryId());
    QCOMPARE(m_bench->view->geometryOfRows().rows(), 10);
    QTRY_VERIFY(other.entry(EntryId(10)));
    QVERIFY(m_bench->selectedRows().isEmpty());
    QVERIFY(m_bench->view->isFollowing());
    m_bench->view->setLogModel(m_bench->model.get());
}

SOCKEYE_TEST(TestLogView, QApplication)
#include "tst_logview.moc"
