#include "LogBench.h"
#include "reading/Annotations.h"
#include "support/TestProgram.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class TestLogSelection final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<LogBench>();
        QVERIFY(m_bench->start());
    }
    void cleanup() { m_bench.reset(); }

    void clickChoosesTheEntry();
    void shiftAndControlExtendTheSelection();
    void keysMoveTheCurrentRow();
    void dragSelectsRows();
    void selectAllIsOneRange();
    void copiesSelectedRows();
    void typingDoesNotSearch();
    void currentEntryOutlivesAFilter();
    void currentEntryThatIsFilteredAwayIsNone();
    void whatIsSelectedOutlivesAnAnnotation();
    void rightClickAsksForAMenu();

private:
    std::unique_ptr<LogBench> m_bench;
};

void TestLogSelection::clickChoosesTheEntry()
{
    QSignalSpy current(m_bench->view.get(), &LogView::currentEntryChanged);
    m_bench->click(190);
    QCOMPARE(current.count(), 1);
    QCOMPARE(current.first().first().value<EntryId>(), EntryId(191));
    QCOMPARE(m_bench->view->currentEntry(), EntryId(191));
    QCOMPARE(m_bench->selectedRows(), QList{190});
    m_bench->view->setCurrentEntry(EntryId(5));
    QCOMPARE(m_bench->view->currentEntry(), EntryId(5));
    QVERIFY(m_bench->view->geometryOfRows().firstVisible() <= Row(4));
    m_bench->view->setCurrentEntry(EntryId());
    QCOMPARE(m_bench->view->currentEntry(), EntryId());
    QVERIFY(m_bench->selectedRows().isEmpty());
}

void TestLogSelection::shiftAndControlExtendTheSelection()
{
    m_bench->click(190);
    m_bench->click(193, Qt::ShiftModifier);
    QCOMPARE(m_bench->selectedRows(), (QList{190, 191, 192, 193}));
    m_bench->click(195, Qt::ControlModifier);
    QCOMPARE(m_bench->selectedRows(), (QList{190, 191, 192, 193, 195}));
    m_bench->click(191, Qt::ControlModifier);
    QCOMPARE(m_bench->selectedRows(), (QList{190, 192, 193, 195}));
    m_bench->click(188);
    QCOMPARE(m_bench->selectedRows(), QList{188});
}

void TestLogSelection::keysMoveTheCurrentRow()
{
    m_bench->click(190);
    const int page = m_bench->view->geometryOfRows().rowsPerPage();
    const auto press = [this](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(m_bench->view.get(), key, modifiers);
        return m_bench->view->currentIndex().row();
    };
    QCOMPARE(press(Qt::Key_Down), 191);
    QCOMPARE(press(Qt::Key_Up), 190);
    QCOMPARE(press(Qt::Key_PageUp), 190 - page);
    QCOMPARE(press(Qt::Key_PageDown), 190);
    QCOMPARE(press(Qt::Key_Home), 0);
    QCOMPARE(m_bench->view->geometryOfRows().offset(), 0);
    QCOMPARE(press(Qt::Key_Up), 0);
    QCOMPARE(press(Qt::Key_End), 199);
    QVERIFY(m_bench->showsLastRow());
    QCOMPARE(press(Qt::Key_Down), 199);
    QCOMPARE(m_bench->selectedRows(), QList{199});
    QCOMPARE(press(Qt::Key_Up, Qt::ShiftModifier), 198);
    QCOMPARE(press(Qt::Key_Up, Qt::ShiftModifier), 197);
    QCOMPARE(m_bench->selectedRows(), (QList{197, 198, 199}));
}

void TestLogSelection::dragSelectsRows()
{
    QWidget *viewport = m_bench->view->viewport();
    QTest::mousePress(viewport, Qt::LeftButton, {}, m_bench->middleOf(190));
    QTest::mouseMove(viewport, m_bench->middleOf(192));
    QTest::mouseMove(viewport, m_bench->middleOf(194));
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, m_bench->middleOf(194));
    QCOMPARE(m_bench->selectedRows(), (QList{190, 191, 192, 193, 194}));
}

void TestLogSelection::selectAllIsOneRange()
{
    QTest::keySequence(m_bench->view.get(), QKeySequence::SelectAll);
    QCOMPARE(m_bench->view->selectionModel()->selection().size(), 1);
    QCOMPARE(m_bench->view->selectionModel()->selection().first().height(), 200);
}

void TestLogSelection::copiesSelectedRows()
{
    QSignalSpy told(m_bench->view.get(), &LogView::statusText);
    m_bench->view->setCurrentEntry(EntryId(2));
    m_bench->click(4, Qt::ControlModifier);
    QTest::keySequence(m_bench->view.get(), QKeySequence::Copy);
    QTRY_COMPARE(told.count(), 1);
    const QStringList lines = QApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines.first().startsWith(u"2\t"_s));
    QVERIFY(lines.first().endsWith(uR"({"op":"subscribe","channel":"trades","id":"6f1d"})"_s));
    QVERIFY(lines.last().startsWith(u"5\t"_s));
}

void TestLogSelection::typingDoesNotSearch()
{
    m_bench->click(190);
    QTest::keyClicks(m_bench->view.get(), u"1"_s);
    QCOMPARE(m_bench->view->currentEntry(), EntryId(191));
}

void TestLogSelection::currentEntryOutlivesAFilter()
{
    m_bench->view->setCurrentEntry(EntryId(6)); // The ping.
    QSignalSpy current(m_bench->view.get(), &LogView::currentEntryChanged);
    m_bench->filter(u"op:ping"_s);
    QTRY_COMPARE(m_bench->view->currentIndex().row(), 0);
    QCOMPARE(m_bench->selectedRows(), QList{0});
    m_bench->filter({});
    QTRY_COMPARE(m_bench->view->currentIndex().row(), 5);
    QCOMPARE(m_bench->selectedRows(), QList{5});
    QCOMPARE(m_bench->view->currentEntry(), EntryId(6));
    QVERIFY2(current.isEmpty(), "It was the current entry all the time.");
}

void TestLogSelection::whatIsSelectedOutlivesAnAnnotation()
{
    Annotations annotations(*m_bench->loader, [this](const AnnotationMap &changed) {
        static_cast<void>(m_bench->log.writer().annotate(changed));
    });
    connect(&m_bench->log.writer(), &CaptureWriter::annotated, &annotations, &Annotations::setWritten,
            Qt::QueuedConnection);
    m_bench->model->setAnnotations(&annotations);
    m_bench->filter(u"-has:bookmark"_s);
    QTRY_COMPARE(m_bench->model->searchedTo(), m_bench->model->lastEntry());
    QTRY_COMPARE(m_bench->model->rowCount(), 200);
    m_bench->view->scrollToTop();
    m_bench->click(2);
    m_bench->click(4, Qt::ShiftModifier);
    m_bench->click(7, Qt::ControlModifier);
    QCOMPARE(m_bench->selectedRows(), (QList{2, 3, 4, 7}));
    // One of them goes; the rest stays selected, a row further up.
    annotations.toggleBookmarks({EntryId(4)});
    QTRY_COMPARE(m_bench->model->rowCount(), 199);
    QTRY_COMPARE(m_bench->selectedRows(), (QList{2, 3, 6}));
    QCOMPARE(m_bench->view->currentEntry(), EntryId(8));
    // The current one, too.
    annotations.toggleBookmarks({EntryId(8)});
    QTRY_COMPARE(m_bench->model->rowCount(), 198);
    QTRY_COMPARE(m_bench->selectedRows(), (QList{2, 3}));
    QCOMPARE(m_bench->view->currentEntry(), EntryId());
    m_bench->model->setAnnotations(nullptr);
}

void TestLogSelection::currentEntryThatIsFilteredAwayIsNone()
{
    m_bench->view->setCurrentEntry(EntryId(6));
    QSignalSpy current(m_bench->view.get(), &LogView::currentEntryChanged);
    m_bench->filter(u"op:binary"_s);
    QTRY_COMPARE(current.count(), 1);
    QCOMPARE(current.first().first().value<EntryId>(), EntryId());
    QCOMPARE(m_bench->view->currentEntry(), EntryId());
    m_bench->filter({});
    QCOMPARE(m_bench->view->currentEntry(), EntryId());
}

void TestLogSelection::rightClickAsksForAMenu()
{
    QSignalSpy asked(m_bench->view.get(), &LogView::contextMenuRequested);
    const QPoint at = m_bench->middleOf(195);
    QTest::mouseClick(m_bench->view->viewport(), Qt::RightButton, {}, at);
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, m_bench->view->viewport()->mapToGlobal(at));
    QCoreApplication::sendEvent(m_bench->view->viewport(), &event);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(m_bench->view->currentEntry(), EntryId(196));
}

SOCKEYE_TEST(TestLogSelection, QApplication)
#include "tst_logselection.moc"
