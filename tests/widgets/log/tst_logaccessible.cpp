#include "LogBench.h"

#include "support/TestProgram.h"

#include <QAccessible>
#include <QApplication>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class TestLogAccessible final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<LogBench>();
        QVERIFY(m_bench->start());
    }
    void cleanup() { m_bench.reset(); }

    void isATableForScreenReaders();
    void screenReaderWalksNoRows();
    void screenReaderCellsAreForgotten();

private:
    std::unique_ptr<LogBench> m_bench;
};

void TestLogAccessible::isATableForScreenReaders()
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(m_bench->view.get());
    QVERIFY(interface);
    QCOMPARE(interface->role(), QAccessible::Table);
    QCOMPARE(interface->text(QAccessible::Name), u"Message log"_s);
    QAccessibleTableInterface *table = interface->tableInterface();
    QVERIFY(table);
    QCOMPARE(table->rowCount(), 200);
    QCOMPARE(table->columnCount(), 7);
    QCOMPARE(table->columnDescription(m_bench->place(LogModel::DirectionColumn)), u"Direction"_s);

    // Read at once, although nobody has looked at these rows.
    QAccessibleInterface *cell = table->cellAt(2, m_bench->place(LogModel::PreviewColumn));
    QVERIFY(cell && cell->isValid());
    QCOMPARE(cell->role(), QAccessible::Cell);
    QCOMPARE(cell->text(QAccessible::Name), uR"({"ok":true,"subscribed":1})"_s);
    QCOMPARE(table->cellAt(2, m_bench->place(LogModel::DirectionColumn))->text(QAccessible::Name), u"in"_s);
    QCOMPARE(cell->parent(), interface);
    QCOMPARE(interface->indexOfChild(cell), 3 * 7 + m_bench->place(LogModel::PreviewColumn));
    QCOMPARE(interface->child(interface->indexOfChild(cell)), cell);
    QCOMPARE(cell->tableCellInterface()->rowIndex(), 2);
    QCOMPARE(cell->tableCellInterface()->columnHeaderCells().first()->text(QAccessible::Name), u"Preview"_s);
    QCOMPARE(interface->child(m_bench->place(LogModel::TimeColumn))->role(), QAccessible::ColumnHeader);
    QVERIFY(cell->state().offscreen);
    QVERIFY(!table->cellAt(200, 0));
    QVERIFY(!table->cellAt(0, 7));

    QVERIFY(table->selectRow(2));
    QCOMPARE(m_bench->view->currentEntry(), EntryId(3));
    QVERIFY(table->isRowSelected(2));
    QVERIFY(cell->state().selected);
    QVERIFY(!cell->state().offscreen);
    QCOMPARE(table->selectedRows(), QList{2});
    const QPoint middle = cell->rect().center();
    QCOMPARE(interface->childAt(middle.x(), middle.y()), cell);
    QAccessibleInterface *focused = interface->focusChild();
    QCOMPARE(focused->tableCellInterface()->rowIndex(), 2);
    QTRY_VERIFY(m_bench->view->hasFocus());
    QVERIFY(focused->state().focused);
    // Also where the first of the model's columns is not shown.
    m_bench->view->columnHeader()->setColumnShown(LogModel::EntryColumn, false);
    focused = interface->focusChild();
    QCOMPARE(focused, table->cellAt(2, 0));
    QVERIFY(focused->state().focused);
}

void TestLogAccessible::screenReaderWalksNoRows()
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(m_bench->view.get());
    QAccessibleTableInterface *table = interface->tableInterface();
    const CpuTimer timer;
    QAccessible::setActive(true);
    m_bench->model->advanceTo(EntryId(10'000'000));
    m_bench->view->selectAll();
    QCOMPARE(table->rowCount(), 10'000'000);
    QCOMPARE(table->selectedRowCount(), 10'000'000);
    QVERIFY(table->selectedRows().size() < 100'000);
    QVERIFY(interface->childCount() > 10'000'000);
    // Not in the file: no text, no crash.
    QCOMPARE(table->cellAt(9'999'999, m_bench->place(LogModel::PreviewColumn))->text(QAccessible::Name), QString());
    QCOMPARE(table->cellAt(9'999'999, m_bench->place(LogModel::EntryColumn))->text(QAccessible::Name), u"10000000"_s);
    QAccessible::setActive(false);
    QVERIFY2(timer.milliseconds() < 1000, qPrintable(QString::number(timer.milliseconds())));
}

void TestLogAccessible::screenReaderCellsAreForgotten()
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(m_bench->view.get());
    m_bench->model->advanceTo(EntryId(100'000));
    const QAccessible::Id first = QAccessible::uniqueId(interface->tableInterface()->cellAt(0, 0));
    QVERIFY(QAccessible::accessibleInterface(first));
    for (int row = 1; row < 10'000; ++row)
        QVERIFY(interface->tableInterface()->cellAt(row, 0)->isValid());
    QVERIFY(!QAccessible::accessibleInterface(first));
    QVERIFY(interface->tableInterface()->cellAt(0, 0)->isValid());
    QAccessibleInterface *cell = interface->tableInterface()->cellAt(5, 0);
    const QAccessible::Id kept = QAccessible::uniqueId(cell);
    m_bench->view.reset();
    QVERIFY(!QAccessible::accessibleInterface(kept));
}

SOCKEYE_TEST(TestLogAccessible, QApplication)
#include "tst_logaccessible.moc"
