#include "widgets/log/LogView.h"

#include "log/CaptureLoader.h"
#include "log/Filter.h"
#include "log/LogModel.h"
#include "log/SampleLog.h"
#include "widgets/style/Theme.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestLogView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    // Following
    void followsWhatComes();
    void followingSelectsNothing();
    void wheelUpStopsFollowing();
    void wheelToTheEndResumes();
    void draggingTheScrollBarStopsAndResumes();
    void clickOnAnOlderRowStopsFollowing();
    void clickOnTheLastRowKeepsFollowing();
    void pageUpStopsAndEndResumes();
    void staysWhereItIsWhenNotFollowing();
    void repaintsOnlyWhatIsVisible();

    // Choosing
    void clickChoosesTheEntry();
    void shiftAndControlExtendTheSelection();
    void keysMoveTheCurrentRow();
    void dragSelectsRows();
    void selectAllIsOneRange();
    void copiesSelectedRows();
    void typingDoesNotSearch();
    void currentEntryOutlivesAFilter();
    void currentEntryThatIsFilteredAwayIsNone();
    void anotherModelStartsAfresh();
    void survivesItsModel();
    void rightClickAsksForAMenu();

    // Looks
    void columnsFitTheirContent();
    void previewTakesTheRest();
    void deltaGivesWayWhereItIsNarrow();
    void hiddenColumnIsNotDrawn();
    void errorRowsDifferByMoreThanColour();
    void emptyTextIsShown();
    void saysThatNothingMatches();

    // Size and screen readers
    void aMillionRowsScrollQuickly();
    void isATableForScreenReaders();
    void screenReaderWalksNoRows();
    void screenReaderCellsAreForgotten();

private:
    [[nodiscard]] QPoint middleOf(int row) const;
    [[nodiscard]] bool showsLastRow() const;
    [[nodiscard]] QList<int> selectedRows() const;
    void wheel(int notches);
    void click(int row, Qt::KeyboardModifiers modifiers = {});
    void grow(int count);
    void filter(const QString &text);

    std::unique_ptr<SampleLog> m_log;
    std::unique_ptr<CaptureLoader> m_loader;
    std::unique_ptr<LogModel> m_model;
    std::unique_ptr<LogView> m_view;
};

void TestLogView::initTestCase()
{
    theme::apply(*qApp, theme::Scheme::Light);
}

void TestLogView::init()
{
    m_log = std::make_unique<SampleLog>();
    m_log->addEveryKind();
    m_log->addMany(185);
    m_loader = std::make_unique<CaptureLoader>(m_log->path());
    m_model = std::make_unique<LogModel>(*m_loader);
    m_view = std::make_unique<LogView>();
    m_view->setLogModel(m_model.get());
    m_view->resize(900, 400);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    m_view->setFocus();
    QTRY_COMPARE(m_model->rowCount(), 200);
    QTRY_VERIFY(showsLastRow());
}

void TestLogView::cleanup()
{
    m_view.reset();
    m_model.reset();
    m_loader.reset();
    m_log.reset();
}

QPoint TestLogView::middleOf(int row) const
{
    return {300, m_view->visualRect(m_model->index(row, 0)).center().y()};
}

bool TestLogView::showsLastRow() const
{
    return m_view->geometryOfRows().rows() > 0 && m_view->geometryOfRows().isAtEnd();
}

QList<int> TestLogView::selectedRows() const
{
    QList<int> rows;
    for (const QModelIndex &index : m_view->selectionModel()->selectedRows())
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

void TestLogView::wheel(int notches)
{
    QWidget *target = m_view->viewport();
    const QPointF at = target->rect().center();
    QWheelEvent event(at, target->mapToGlobal(at), {}, {0, notches * 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(target, &event);
}

void TestLogView::click(int row, Qt::KeyboardModifiers modifiers)
{
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, modifiers, middleOf(row));
}

void TestLogView::grow(int count)
{
    m_model->advanceTo(m_log->addMany(count));
}

void TestLogView::filter(const QString &text)
{
    m_model->setFilter(std::get<EntryQuery>(parseFilter(text)));
}

void TestLogView::followsWhatComes()
{
    QVERIFY(m_view->isFollowing());
    QCOMPARE(m_view->geometryOfRows().lastVisible(), Row(199));
    for (int round = 1; round <= 5; ++round) {
        grow(100);
        QTRY_COMPARE(m_view->geometryOfRows().lastVisible(), Row(199 + round * 100));
        QTRY_VERIFY(showsLastRow());
    }
    QVERIFY(m_view->isFollowing());
}

void TestLogView::followingSelectsNothing()
{
    QSignalSpy current(m_view.get(), &LogView::currentEntryChanged);
    grow(50);
    QTRY_VERIFY(showsLastRow());
    QVERIFY(selectedRows().isEmpty());
    QVERIFY(current.isEmpty());
    QCOMPARE(m_view->currentEntry(), EntryId());
}

void TestLogView::wheelUpStopsFollowing()
{
    QSignalSpy changed(m_view.get(), &LogView::followingChanged);
    const qint64 before = m_view->geometryOfRows().offset();
    wheel(1);
    const int rows = QApplication::wheelScrollLines();
    QCOMPARE(m_view->geometryOfRows().offset(), before - rows * m_view->geometryOfRows().rowHeight());
    QVERIFY(!m_view->isFollowing());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().first().toBool(), false);
}

void TestLogView::wheelToTheEndResumes()
{
    wheel(2);
    QVERIFY(!m_view->isFollowing());
    wheel(-1);
    QVERIFY(!m_view->isFollowing());
    wheel(-1);
    QVERIFY(m_view->isFollowing());
}

void TestLogView::draggingTheScrollBarStopsAndResumes()
{
    QScrollBar *bar = m_view->verticalScrollBar();
    QCOMPARE(bar->value(), bar->maximum());
    bar->setValue(10);
    QVERIFY(!m_view->isFollowing());
    QCOMPARE(m_view->geometryOfRows().firstVisible(), Row(10));
    bar->setValue(bar->maximum());
    QVERIFY(m_view->isFollowing());
}

void TestLogView::clickOnAnOlderRowStopsFollowing()
{
    QSignalSpy changed(m_view.get(), &LogView::followingChanged);
    click(195);
    QVERIFY(!m_view->isFollowing());
    QCOMPARE(changed.count(), 1);
    const qint64 offset = m_view->geometryOfRows().offset();
    grow(20);
    QCOMPARE(m_view->geometryOfRows().offset(), offset);
    QCOMPARE(m_view->currentEntry(), EntryId(196));
}

void TestLogView::clickOnTheLastRowKeepsFollowing()
{
    click(199);
    QCOMPARE(m_view->currentEntry(), EntryId(200));
    QVERIFY(m_view->isFollowing());
}

void TestLogView::pageUpStopsAndEndResumes()
{
    click(199);
    QTest::keyClick(m_view.get(), Qt::Key_PageUp);
    QVERIFY(!m_view->isFollowing());
    QTest::keyClick(m_view.get(), Qt::Key_End);
    QVERIFY(m_view->isFollowing());
    QCOMPARE(m_view->currentEntry(), EntryId(200));
    grow(30);
    QTRY_VERIFY(showsLastRow());
    QCOMPARE(m_view->geometryOfRows().lastVisible(), Row(229));
}

void TestLogView::staysWhereItIsWhenNotFollowing()
{
    m_view->setFollowing(false);
    m_view->verticalScrollBar()->setValue(50);
    const qint64 offset = m_view->geometryOfRows().offset();
    grow(500);
    QCOMPARE(m_view->geometryOfRows().rows(), 700);
    QCOMPARE(m_view->geometryOfRows().offset(), offset);
    m_view->setFollowing(true);
    QTRY_VERIFY(showsLastRow());
}

namespace {
/// Counts the paintings of a widget.
class PaintCounter final : public QObject
{
public:
    explicit PaintCounter(QWidget *widget) { widget->installEventFilter(this); }
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
    int count = 0;
};
} // namespace

void TestLogView::repaintsOnlyWhatIsVisible()
{
    m_view->setFollowing(false);
    m_view->verticalScrollBar()->setValue(0);
    QTRY_VERIFY(m_model->entry(EntryId(1)));
    QApplication::processEvents();
    PaintCounter counter(m_view->viewport());
    grow(100);
    QApplication::processEvents();
    QCOMPARE(counter.count, 0);
    m_view->setCurrentEntry(EntryId(3));
    QTRY_VERIFY(counter.count > 0);
}

void TestLogView::clickChoosesTheEntry()
{
    QSignalSpy current(m_view.get(), &LogView::currentEntryChanged);
    click(190);
    QCOMPARE(current.count(), 1);
    QCOMPARE(current.first().first().value<EntryId>(), EntryId(191));
    QCOMPARE(m_view->currentEntry(), EntryId(191));
    QCOMPARE(selectedRows(), QList{190});
    m_view->setCurrentEntry(EntryId(5));
    QCOMPARE(m_view->currentEntry(), EntryId(5));
    QVERIFY(m_view->geometryOfRows().firstVisible() <= Row(4));
    m_view->setCurrentEntry(EntryId());
    QCOMPARE(m_view->currentEntry(), EntryId());
    QVERIFY(selectedRows().isEmpty());
}

void TestLogView::shiftAndControlExtendTheSelection()
{
    click(190);
    click(193, Qt::ShiftModifier);
    QCOMPARE(selectedRows(), (QList{190, 191, 192, 193}));
    click(195, Qt::ControlModifier);
    QCOMPARE(selectedRows(), (QList{190, 191, 192, 193, 195}));
    click(191, Qt::ControlModifier);
    QCOMPARE(selectedRows(), (QList{190, 192, 193, 195}));
    click(188);
    QCOMPARE(selectedRows(), QList{188});
}

void TestLogView::keysMoveTheCurrentRow()
{
    click(190);
    const int page = m_view->geometryOfRows().rowsPerPage();
    const auto press = [this](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(m_view.get(), key, modifiers);
        return m_view->currentIndex().row();
    };
    QCOMPARE(press(Qt::Key_Down), 191);
    QCOMPARE(press(Qt::Key_Up), 190);
    QCOMPARE(press(Qt::Key_PageUp), 190 - page);
    QCOMPARE(press(Qt::Key_PageDown), 190);
    QCOMPARE(press(Qt::Key_Home), 0);
    QCOMPARE(m_view->geometryOfRows().offset(), 0);
    QCOMPARE(press(Qt::Key_Up), 0);
    QCOMPARE(press(Qt::Key_End), 199);
    QVERIFY(showsLastRow());
    QCOMPARE(press(Qt::Key_Down), 199);
    QCOMPARE(selectedRows(), QList{199});
    QCOMPARE(press(Qt::Key_Up, Qt::ShiftModifier), 198);
    QCOMPARE(press(Qt::Key_Up, Qt::ShiftModifier), 197);
    QCOMPARE(selectedRows(), (QList{197, 198, 199}));
}

void TestLogView::dragSelectsRows()
{
    QWidget *viewport = m_view->viewport();
    QTest::mousePress(viewport, Qt::LeftButton, {}, middleOf(190));
    QTest::mouseMove(viewport, middleOf(192));
    QTest::mouseMove(viewport, middleOf(194));
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, middleOf(194));
    QCOMPARE(selectedRows(), (QList{190, 191, 192, 193, 194}));
}

void TestLogView::selectAllIsOneRange()
{
    QTest::keySequence(m_view.get(), QKeySequence::SelectAll);
    QCOMPARE(m_view->selectionModel()->selection().size(), 1);
    QCOMPARE(m_view->selectionModel()->selection().first().height(), 200);
}

void TestLogView::copiesSelectedRows()
{
    QSignalSpy told(m_view.get(), &LogView::statusText);
    m_view->setCurrentEntry(EntryId(2));
    click(4, Qt::ControlModifier);
    QTest::keySequence(m_view.get(), QKeySequence::Copy);
    QTRY_COMPARE(told.count(), 1);
    const QStringList lines = QApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines.first().startsWith(u"2\t"_s));
    QVERIFY(lines.first().endsWith(uR"({"op":"subscribe","channel":"trades","id":"6f1d"})"_s));
    QVERIFY(lines.last().startsWith(u"5\t"_s));
}

void TestLogView::typingDoesNotSearch()
{
    click(190);
    QTest::keyClicks(m_view.get(), u"1"_s);
    QCOMPARE(m_view->currentEntry(), EntryId(191));
}

void TestLogView::currentEntryOutlivesAFilter()
{
    m_view->setCurrentEntry(EntryId(6)); // The ping.
    QSignalSpy current(m_view.get(), &LogView::currentEntryChanged);
    filter(u"op:ping"_s);
    QTRY_COMPARE(m_view->currentIndex().row(), 0);
    QCOMPARE(selectedRows(), QList{0});
    filter({});
    QTRY_COMPARE(m_view->currentIndex().row(), 5);
    QCOMPARE(selectedRows(), QList{5});
    QCOMPARE(m_view->currentEntry(), EntryId(6));
    QVERIFY2(current.isEmpty(), "It was the current entry all the time.");
}

void TestLogView::currentEntryThatIsFilteredAwayIsNone()
{
    m_view->setCurrentEntry(EntryId(6));
    QSignalSpy current(m_view.get(), &LogView::currentEntryChanged);
    filter(u"op:binary"_s);
    QTRY_COMPARE(current.count(), 1);
    QCOMPARE(current.first().first().value<EntryId>(), EntryId());
    QCOMPARE(m_view->currentEntry(), EntryId());
    filter({});
    QCOMPARE(m_view->currentEntry(), EntryId());
}

void TestLogView::anotherModelStartsAfresh()
{
    m_view->setCurrentEntry(EntryId(6));
    QSignalSpy current(m_view.get(), &LogView::currentEntryChanged);
    LogModel other(*m_loader);
    other.advanceTo(EntryId(10));
    m_view->setLogModel(&other);
    QCOMPARE(current.count(), 1);
    QCOMPARE(m_view->currentEntry(), EntryId());
    QCOMPARE(m_view->geometryOfRows().rows(), 10);
    QTRY_VERIFY(other.entry(EntryId(10)));
    QVERIFY(selectedRows().isEmpty());
    m_view->setLogModel(m_model.get());
}

void TestLogView::survivesItsModel()
{
    m_view->setCurrentEntry(EntryId(6));
    m_model.reset();
    // Before the view's event loop has heard of it, too.
    QVERIFY(!m_view->grab().isNull());
    m_view->resize(m_view->width() / 3, m_view->height());
    m_view->resize(m_view->width() * 3, m_view->height());
    QContextMenuEvent menu(QContextMenuEvent::Mouse, QPoint(5, 5), QPoint(5, 5));
    QCoreApplication::sendEvent(m_view->header(), &menu);
    QApplication::processEvents();
    QVERIFY(!m_view->logModel());
    QCOMPARE(m_view->geometryOfRows().rows(), 0);
    m_view->setEmptyText(u"No messages yet"_s);
    QVERIFY(!m_view->grab().isNull());
    QTest::keyClick(m_view.get(), Qt::Key_End);
    QTest::keyClick(m_view.get(), Qt::Key_Down);
}

void TestLogView::rightClickAsksForAMenu()
{
    QSignalSpy asked(m_view.get(), &LogView::contextMenuRequested);
    const QPoint at = middleOf(195);
    QTest::mouseClick(m_view->viewport(), Qt::RightButton, {}, at);
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, m_view->viewport()->mapToGlobal(at));
    QCoreApplication::sendEvent(m_view->viewport(), &event);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(m_view->currentEntry(), EntryId(196));
}

void TestLogView::columnsFitTheirContent()
{
    const QFontMetrics metrics(theme::dataFont());
    for (int row = 0; row < 15; ++row) {
        for (int column = 0; column < LogModel::PreviewColumn; ++column) {
            const QString text =
                m_model
                    ->data(m_model->index(row, column),
                           column == LogModel::DirectionColumn ? Qt::DisplayRole : Qt::AccessibleTextRole)
                    .toString();
            QVERIFY2(metrics.horizontalAdvance(text) < m_view->header()->sectionSize(column), qPrintable(text));
        }
    }
    const int before = m_view->header()->sectionSize(LogModel::EntryColumn);
    m_model->advanceTo(EntryId(12'345'678));
    QVERIFY(m_view->header()->sectionSize(LogModel::EntryColumn) > before);
    QVERIFY(m_view->header()->sectionSize(LogModel::EntryColumn) > metrics.horizontalAdvance(u"12345678"_s));
}

void TestLogView::previewTakesTheRest()
{
    const auto width = [this] { return m_view->header()->sectionSize(LogModel::PreviewColumn); };
    QCOMPARE(m_view->header()->length(), m_view->viewport()->width());
    const int before = width();
    m_view->resize(1000, 400);
    QTRY_COMPARE(width(), before + 100);
    QVERIFY(!m_view->horizontalScrollBar()->isVisible());
}

void TestLogView::deltaGivesWayWhereItIsNarrow()
{
    const auto hasDelta = [this] { return !m_view->header()->isSectionHidden(LogModel::DeltaColumn); };
    QVERIFY(hasDelta());
    m_view->resize(420, 400);
    QTRY_VERIFY(!hasDelta());
    QVERIFY(m_view->header()->sectionSize(LogModel::PreviewColumn) > 0);
    m_view->resize(900, 400);
    QTRY_VERIFY(hasDelta());
}

void TestLogView::hiddenColumnIsNotDrawn()
{
    const QRect delta = m_view->visualRect(m_model->index(190, LogModel::DeltaColumn));
    m_view->header()->hideSection(LogModel::DeltaColumn);
    const QRect direction = m_view->visualRect(m_model->index(190, LogModel::DirectionColumn));
    QCOMPARE(direction.left(), delta.left());
    QCOMPARE(m_view->indexAt(direction.center()).column(), int(LogModel::DirectionColumn));
}

void TestLogView::errorRowsDifferByMoreThanColour()
{
    m_view->setFollowing(false);
    m_view->verticalScrollBar()->setValue(0);
    QTRY_VERIFY(m_model->entry(EntryId(1)));
    QApplication::processEvents();
    const QImage image = m_view->viewport()->grab().toImage();
    // The shape, not the colour, of a preview's first character; all these rows have the same background.
    const auto firstShape = [&](int row) {
        const QRect cell = m_view->visualRect(m_model->index(row, LogModel::PreviewColumn));
        const int width = QFontMetrics(theme::dataFont()).horizontalAdvance(u'{');
        QList<bool> ink;
        for (int x = cell.left() + 8; x < cell.left() + 8 + width; ++x) {
            for (int y = cell.top(); y <= cell.bottom(); ++y)
                ink.append(image.pixelColor(x, y) != image.pixelColor(cell.left() + 2, cell.top() + 2));
        }
        return ink;
    };
    // Rows 1 and 7 begin with a brace; rows 11 and 12 do too, but have a finding, a warning and an error; row 13 is a
    // close with an error's code.
    QVERIFY(firstShape(1).contains(true));
    QCOMPARE(firstShape(1), firstShape(7));
    QVERIFY(firstShape(11) != firstShape(1));
    QVERIFY(firstShape(12) != firstShape(11));
    QCOMPARE(firstShape(13), firstShape(12));
}

void TestLogView::emptyTextIsShown()
{
    m_view->setLogModel(nullptr);
    const QImage without = m_view->grab().toImage();
    m_view->setEmptyText(u"No messages yet"_s);
    QCOMPARE(m_view->emptyText(), u"No messages yet"_s);
    QVERIFY(m_view->grab().toImage() != without);
    m_view->setLogModel(m_model.get());
    QCOMPARE(m_view->geometryOfRows().rows(), 200);
}

void TestLogView::saysThatNothingMatches()
{
    m_view->setEmptyText(u"No messages yet"_s);
    filter(u"nowhere-to-be-found"_s);
    QCOMPARE(m_view->emptyText(), u"Searching…"_s);
    QTRY_COMPARE(m_view->emptyText(), u"Nothing matches the filter"_s);
}

void TestLogView::aMillionRowsScrollQuickly()
{
    // The rows are told of but not in the file: what is looked at stays blank, and must cost no less for it.
    m_model->advanceTo(EntryId(1'000'000));
    m_view->setFollowing(false);
    QCOMPARE(m_view->geometryOfRows().rows(), 1'000'000);
    QElapsedTimer timer;
    timer.start();
    constexpr int Steps = 100;
    for (int step = 0; step < Steps; ++step) {
        m_view->verticalScrollBar()->setValue(step * 9'990);
        m_view->viewport()->repaint();
    }
    QVERIFY2(timer.elapsed() < Steps * 50, qPrintable(QString::number(timer.elapsed())));
    QTest::keyClick(m_view.get(), Qt::Key_End);
    QCOMPARE(m_view->currentEntry(), EntryId(1'000'000));
    QCOMPARE(m_view->geometryOfRows().lastVisible(), Row(999'999));
    QTest::keySequence(m_view.get(), QKeySequence::SelectAll);
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QCOMPARE(selectedRows(), QList{0});
    // Blank rows are asked for, but not over and over.
    QTest::keyClick(m_view.get(), Qt::Key_End);
    QApplication::processEvents();
    PaintCounter counter(m_view->viewport());
    QSignalSpy answered(this, &QObject::objectNameChanged);
    for (int n = 0; n < 50; ++n) {
        m_loader->read(
            this, [](const CaptureReader &) { return 0; }, [this, n](int) { setObjectName(QString::number(n)); });
        QVERIFY(answered.wait());
    }
    QVERIFY2(counter.count < 20, qPrintable(QString::number(counter.count)));
}

void TestLogView::isATableForScreenReaders()
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(m_view.get());
    QVERIFY(interface);
    QCOMPARE(interface->role(), QAccessible::Table);
    QCOMPARE(interface->text(QAccessible::Name), u"Message log"_s);
    QAccessibleTableInterface *table = interface->tableInterface();
    QVERIFY(table);
    QCOMPARE(table->rowCount(), 200);
    QCOMPARE(table->columnCount(), int(LogModel::ColumnCount));
    QCOMPARE(table->columnDescription(LogModel::DirectionColumn), u"Direction"_s);

    // Read at once, although nobody has looked at these rows.
    QAccessibleInterface *cell = table->cellAt(2, LogModel::PreviewColumn);
    QVERIFY(cell && cell->isValid());
    QCOMPARE(cell->role(), QAccessible::Cell);
    QCOMPARE(cell->text(QAccessible::Name), uR"({"ok":true,"subscribed":1})"_s);
    QCOMPARE(table->cellAt(2, LogModel::DirectionColumn)->text(QAccessible::Name), u"in"_s);
    QCOMPARE(cell->parent(), interface);
    QCOMPARE(interface->indexOfChild(cell), 3 * LogModel::ColumnCount + LogModel::PreviewColumn);
    QCOMPARE(interface->child(interface->indexOfChild(cell)), cell);
    QCOMPARE(cell->tableCellInterface()->rowIndex(), 2);
    QCOMPARE(cell->tableCellInterface()->columnHeaderCells().first()->text(QAccessible::Name), u"Preview"_s);
    QCOMPARE(interface->child(LogModel::TimeColumn)->role(), QAccessible::ColumnHeader);
    QVERIFY(cell->state().offscreen);
    QVERIFY(!table->cellAt(200, 0));
    QVERIFY(!table->cellAt(0, LogModel::ColumnCount));

    QVERIFY(table->selectRow(2));
    QCOMPARE(m_view->currentEntry(), EntryId(3));
    QVERIFY(table->isRowSelected(2));
    QVERIFY(cell->state().selected);
    QVERIFY(!cell->state().offscreen);
    QCOMPARE(table->selectedRows(), QList{2});
    const QPoint middle = cell->rect().center();
    QCOMPARE(interface->childAt(middle.x(), middle.y()), cell);
    QCOMPARE(interface->focusChild()->tableCellInterface()->rowIndex(), 2);
}

void TestLogView::screenReaderWalksNoRows()
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(m_view.get());
    QAccessibleTableInterface *table = interface->tableInterface();
    QElapsedTimer timer;
    timer.start();
    QAccessible::setActive(true);
    m_model->advanceTo(EntryId(10'000'000));
    m_view->selectAll();
    QCOMPARE(table->rowCount(), 10'000'000);
    QCOMPARE(table->selectedRowCount(), 10'000'000);
    QVERIFY(table->selectedRows().size() < 100'000);
    QVERIFY(interface->childCount() > 10'000'000);
    // Not in the file: no text, no crash.
    QCOMPARE(table->cellAt(9'999'999, LogModel::PreviewColumn)->text(QAccessible::Name), QString());
    QCOMPARE(table->cellAt(9'999'999, LogModel::EntryColumn)->text(QAccessible::Name), u"10000000"_s);
    QAccessible::setActive(false);
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
}

void TestLogView::screenReaderCellsAreForgotten()
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(m_view.get());
    m_model->advanceTo(EntryId(100'000));
    const QAccessible::Id first = QAccessible::uniqueId(interface->tableInterface()->cellAt(0, 0));
    QVERIFY(QAccessible::accessibleInterface(first));
    for (int row = 1; row < 10'000; ++row)
        QVERIFY(interface->tableInterface()->cellAt(row, 0)->isValid());
    QVERIFY(!QAccessible::accessibleInterface(first));
    QVERIFY(interface->tableInterface()->cellAt(0, 0)->isValid());
    QAccessibleInterface *cell = interface->tableInterface()->cellAt(5, 0);
    const QAccessible::Id kept = QAccessible::uniqueId(cell);
    m_view.reset();
    QVERIFY(!QAccessible::accessibleInterface(kept));
}

QTEST_MAIN(TestLogView)
#include "tst_logview.moc"
