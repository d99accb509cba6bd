#include "LogBench.h"
#include "support/TestProgram.h"
#include "tests/support/LogSettling.h"
#include "widgets/log/LogGutter.h"
#include "widgets/log/LogHeader.h"

#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class TestLogColumns final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePreviewTakesTheRoomThatIsLeft();
    void init()
    {
        m_bench = std::make_unique<LogBench>();
        QVERIFY(m_bench->start());
    }
    void cleanup() { m_bench.reset(); }

    void columnsFitTheirContent();
    void columnsGrowWithWhatTheyShow();
    void kindsAreIconsWithWords();
    void previewTakesTheRest();
    void deltaGivesWayWhereItIsNarrow();
    void deltaStandsWithTheSizeWhereItIsNarrow();
    void aMergedDeltaIsCopiedAsItsOwnColumn();
    void hiddenColumnIsNotDrawn();
    void draggingAColumnMovesIt();
    void draggingAnEdgeSizesIt();
    void theMenuChoosesColumns();
    void theMenuMovesColumns();
    void theLastColumnStays();
    void theLayoutOutlivesAnotherModelAndAFilter();
    void theLayoutHasATextForm();
    void tooManyColumnsAreScrolled();
    void controlAndTheWheelZoom();
    void zoomingKeepsThePlace();

private:
    [[nodiscard]] LogHeader *header() const { return m_bench->view->columnHeader(); }
    void drag(int fromX, int toX) const;
    void choose(const QString &text) const;
    [[nodiscard]] bool narrowUntilMerged() const;

    std::unique_ptr<LogBench> m_bench;
};

void TestLogColumns::columnsFitTheirContent()
{
    const QFontMetrics metrics(theme::dataFont());
    m_bench->view->verticalScrollBar()->setValue(0);
    for (int row = 0; row < 15; ++row) {
        for (const int column : header()->shownColumns()) {
            if (column == LogModel::PreviewColumn)
                continue;
            // An icon.
            if (column == LogModel::TypeColumn)
                continue;
            const QString text =
                m_bench->model
                    ->data(m_bench->model->index(row, column),
                           column == LogModel::DirectionColumn ? Qt::DisplayRole : Qt::AccessibleTextRole)
                    .toString();
            // Some columns grow with what they show.
            QTRY_VERIFY2(metrics.horizontalAdvance(text) < m_bench->view->header()->sectionSize(column),
                         qPrintable(text));
        }
    }
    const int before = m_bench->view->header()->sectionSize(LogModel::EntryColumn);
    m_bench->model->advanceTo(EntryId(12'345'678));
    QVERIFY(m_bench->view->header()->sectionSize(LogModel::EntryColumn) > before);
    QVERIFY(m_bench->view->header()->sectionSize(LogModel::EntryColumn) > metrics.horizontalAdvance(u"12345678"_s));
}

void TestLogColumns::columnsGrowWithWhatTheyShow()
{
    const int before = header()->sectionSize(LogModel::SizeColumn);
    m_bench->log.add(Direction::In, EntryKind::Binary, QByteArray(123'400, 'x'));
    m_bench->log.writer().flush();
    m_bench->model->advanceTo(EntryId(201));
    QTRY_VERIFY(header()->sectionSize(LogModel::SizeColumn) > before);
    // A width that the user has chosen stays.
    header()->resizeSection(LogModel::DeltaColumn, 30);
    header()->makeRoomFor({{LogModel::DeltaColumn, 200}});
    QCOMPARE(header()->sectionSize(LogModel::DeltaColumn), 30);
}

void TestLogColumns::kindsAreIconsWithWords()
{
    QStringList words;
    for (int row = 0; row < 15; ++row) {
        const QModelIndex index = m_bench->model->index(row, LogModel::TypeColumn);
        const QString word = index.data(Qt::AccessibleTextRole).toString();
        QTRY_COMPARE(index.data(Qt::ToolTipRole).toString(), word);
        words += word;
    }
    words.removeDuplicates();
    QCOMPARE(words.size(), 7);
    QVERIFY(header()->sectionSize(LogModel::TypeColumn) < 40);
}

void TestLogColumns::previewTakesTheRest()
{
    const auto width = [this] { return m_bench->view->header()->sectionSize(LogModel::PreviewColumn); };
    QCOMPARE(LogGutter::Width + m_bench->view->header()->length(), m_bench->view->viewport()->width());
    const int before = width();
    m_bench->view->resize(1000, 400);
    QTRY_COMPARE(width(), before + 100);
    QVERIFY(!m_bench->view->horizontalScrollBar()->isVisible());
}

void TestLogColumns::deltaGivesWayWhereItIsNarrow()
{
    const auto hasDelta = [this] { return !m_bench->view->header()->isSectionHidden(LogModel::DeltaColumn); };
    QVERIFY(hasDelta());
    m_bench->view->resize(420, 400);
    QTRY_VERIFY(!hasDelta());
    QVERIFY(m_bench->view->header()->sectionSize(LogModel::PreviewColumn) > 0);
    m_bench->view->resize(900, 400);
    QTRY_VERIFY(hasDelta());
}

/// In a log that is a little too narrow; in one that is much too narrow it gives way.
bool TestLogColumns::narrowUntilMerged() const
{
    for (int width = m_bench->view->width(); width > 400 && !header()->mergesDelta(); width -= 5) {
        m_bench->view->resize(width, 400);
        if (!QTest::qWaitFor([&] { return m_bench->view->width() == width; }))
            return false;
        settleColumns(*m_bench->view);
    }
    return header()->mergesDelta();
}

void TestLogColumns::deltaStandsWithTheSizeWhereItIsNarrow()
{
    const int sizeAlone = header()->sectionSize(LogModel::SizeColumn);
    const int deltaAlone = header()->sectionSize(LogModel::DeltaColumn);
    QVERIFY(narrowUntilMerged());
    QVERIFY(!header()->shownColumns().contains(LogModel::DeltaColumn));
    QVERIFY(header()->sectionSize(LogModel::SizeColumn) < sizeAlone + deltaAlone);
    QCOMPARE(header()->titleOf(LogModel::SizeColumn), u"Size and delta"_s);
    const int characters = (header()->sectionSize(LogModel::PreviewColumn) - 2 * LogHeader::Padding) /
                           QFontMetrics(theme::dataFont()).horizontalAdvance(u'0');
    QVERIFY2(characters >= 40, qPrintable(QString::number(characters)));
    const QModelIndex size = m_bench->model->index(199, LogModel::SizeColumn);
    QTRY_VERIFY2(size.data().toString().endsWith(u" B   +1ms"), qPrintable(size.data().toString()));
    QCOMPARE(size.data(Qt::AccessibleTextRole).toString(), size.data(Qt::ToolTipRole).toString());
    QVERIFY(size.data(Qt::ToolTipRole).toString().endsWith(u" B, +1.00 ms"));
    // What grows with what it shows does not throw it out and let it in again.
    settleColumns(*m_bench->view);
    QVERIFY(header()->mergesDelta());
    // And back.
    m_bench->view->resize(900, 400);
    QTRY_VERIFY(header()->shownColumns().contains(LogModel::DeltaColumn));
    QVERIFY(!header()->mergesDelta());
    QCOMPARE(header()->sectionSize(LogModel::SizeColumn), sizeAlone);
    QTRY_VERIFY2(size.data().toString().endsWith(u" B"), qPrintable(size.data().toString()));
}

void TestLogColumns::aMergedDeltaIsCopiedAsItsOwnColumn()
{
    QVERIFY(narrowUntilMerged());
    const QList<int> columns = header()->copiedColumns();
    QCOMPARE(columns.indexOf(LogModel::DeltaColumn), columns.indexOf(LogModel::SizeColumn) + 1);
    QString text;
    m_bench->model->setCopiedColumns({LogModel::SizeColumn, LogModel::DeltaColumn});
    m_bench->model->readText({{Row(199), Row(199)}}, CopyFormat::Rows, m_bench->view.get(),
                             [&text](const CopiedRows &copied) { text = copied.text; });
    QTRY_VERIFY(!text.isEmpty());
    QVERIFY2(text.trimmed().endsWith(u" B\t+1.00 ms"), qPrintable(text));
}

void TestLogColumns::hiddenColumnIsNotDrawn()
{
    const QRect delta = m_bench->view->visualRect(m_bench->model->index(190, LogModel::DeltaColumn));
    m_bench->view->header()->hideSection(LogModel::DeltaColumn);
    const QRect direction = m_bench->view->visualRect(m_bench->model->index(190, LogModel::DirectionColumn));
    QCOMPARE(direction.left(), delta.left());
    QCOMPARE(m_bench->view->indexAt(direction.center()).column(), int(LogModel::DirectionColumn));
}

void TestLogColumns::drag(int fromX, int toX) const
{
    QWidget *surface = header()->viewport();
    const int y = surface->height() / 2;
    QTest::mousePress(surface, Qt::LeftButton, {}, QPoint(fromX, y));
    // In steps, as a hand does: the first one tells a drag from a click.
    for (int step = 1; step <= 4; ++step)
        QTest::mouseMove(surface, QPoint(fromX + (toX - fromX) * step / 4, y));
    QTest::mouseRelease(surface, Qt::LeftButton, {}, QPoint(toX, y));
}

void TestLogColumns::choose(const QString &text) const
{
    const QPoint at(20, 10);
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, header()->mapToGlobal(at));
    QCoreApplication::sendEvent(header()->viewport(), &event);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    const QList<QAction *> actions = menu->actions();
    const auto action =
        std::find_if(actions.begin(), actions.end(), [&text](const QAction *one) { return one->text() == text; });
    QVERIFY2(action != actions.end(), qPrintable(text));
    QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(*action).center());
    QVERIFY(!QApplication::activePopupWidget());
}

void TestLogColumns::draggingAColumnMovesIt()
{
    QSignalSpy changed(header(), &LogHeader::columnsChanged);
    const auto middle = [this](int column) {
        return header()->sectionViewportPosition(column) + header()->sectionSize(column) / 2;
    };
    drag(middle(LogModel::TypeColumn), header()->sectionViewportPosition(LogModel::TimeColumn) + 2);
    QVERIFY(!changed.isEmpty());
    QCOMPARE(header()->shownColumns().first(3),
             (QList<int>{LogModel::EntryColumn, LogModel::TypeColumn, LogModel::TimeColumn}));
    // Behind the connection, which is not shown.
    QCOMPARE(header()->columns().order.at(2).column, int(LogModel::TypeColumn));
    // The cells follow, for the eye and for screen readers.
    const QRect type = m_bench->view->visualRect(m_bench->model->index(190, LogModel::TypeColumn));
    const QRect time = m_bench->view->visualRect(m_bench->model->index(190, LogModel::TimeColumn));
    QVERIFY(type.right() < time.left());
    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(m_bench->view.get());
    QCOMPARE(table->tableInterface()->cellAt(1, 1)->text(QAccessible::Name), u"text"_s);
    QCOMPARE(table->tableInterface()->columnDescription(1), u"Type"_s);
}

void TestLogColumns::draggingAnEdgeSizesIt()
{
    const int before = header()->sectionSize(LogModel::TimeColumn);
    const int edge = header()->sectionViewportPosition(LogModel::TimeColumn) + before - 1;
    drag(edge, edge + 40);
    QCOMPARE(header()->sectionSize(LogModel::TimeColumn), before + 40);
    QCOMPARE(header()->columns().order.at(2).width, before + 40);
    QVERIFY(header()->columns().toStrings().contains(u"time:%1"_s.arg(before + 40)));
    choose(u"Reset columns"_s);
    QCOMPARE(header()->sectionSize(LogModel::TimeColumn), before);
    QCOMPARE(header()->columns(), LogColumns::standard());
}

void TestLogColumns::theMenuChoosesColumns()
{
    choose(u"Delta"_s);
    QVERIFY(!header()->shownColumns().contains(LogModel::DeltaColumn));
    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(m_bench->view.get());
    QCOMPARE(table->tableInterface()->columnCount(), int(header()->shownColumns().size()));
    QCOMPARE(table->childCount(), 201 * int(header()->shownColumns().size()));
    // It was chosen: room does not bring it back.
    m_bench->view->resize(1200, 400);
    QVERIFY(!header()->shownColumns().contains(LogModel::DeltaColumn));
    choose(u"Delta"_s);
    QVERIFY(header()->shownColumns().contains(LogModel::DeltaColumn));
}

void TestLogColumns::theMenuMovesColumns()
{
    const auto move = [this](const QString &column, const QString &where) {
        header()->showMenu(header()->mapToGlobal(QPoint(0, 0)));
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        const auto inMenu = [](const QMenu *in, const QString &text) -> QAction * {
            for (QAction *action : in->actions()) {
                if (action->text() == text && (action->menu() || !action->isCheckable()))
                    return action;
            }
            return nullptr;
        };
        const bool isOffered =
            inMenu(inMenu(inMenu(menu, u"Move column"_s)->menu(), column)->menu(), where)->isEnabled();
        inMenu(inMenu(inMenu(menu, u"Move column"_s)->menu(), column)->menu(), where)->trigger();
        menu->close();
        return isOffered;
    };
    // Over one that is hidden, too.
    header()->setColumnShown(LogModel::SizeColumn, false);
    const QList<int> before = header()->shownColumns();
    const qsizetype place = before.indexOf(LogModel::TypeColumn);
    QVERIFY(place > 0);
    QVERIFY(move(u"Type"_s, u"To the right"_s));
    QCOMPARE(header()->shownColumns().indexOf(LogModel::TypeColumn), place + 1);
    QVERIFY(move(u"Type"_s, u"To the left"_s));
    QCOMPARE(header()->shownColumns(), before);
    QVERIFY(move(u"Type"_s, u"To the left"_s));
    QCOMPARE(header()->shownColumns().indexOf(LogModel::TypeColumn), place - 1);
    // There is nothing beyond the last one.
    QVERIFY(!move(u"Preview"_s, u"To the right"_s));
}

void TestLogColumns::theLastColumnStays()
{
    for (const LogColumn &one : LogColumns::standard().order)
        header()->setColumnShown(one.column, false);
    QCOMPARE(header()->shownColumns().size(), 1);
}

void TestLogColumns::theLayoutOutlivesAnotherModelAndAFilter()
{
    header()->setColumnShown(LogModel::SizeColumn, false);
    header()->moveSection(header()->visualIndex(LogModel::PreviewColumn), 0);
    const QList<int> shown = header()->shownColumns();
    QCOMPARE(shown.first(), int(LogModel::PreviewColumn));
    m_bench->filter(u"op:ping"_s);
    QTRY_VERIFY(!m_bench->model->isSearching());
    QCOMPARE(header()->shownColumns(), shown);
    LogModel other(*m_bench->loader);
    m_bench->view->setLogModel(nullptr);
    m_bench->view->setLogModel(&other);
    QCOMPARE(header()->shownColumns(), shown);
    m_bench->view->setLogModel(nullptr);
    LogView fresh;
    fresh.columnHeader()->setColumns(header()->columns());
    fresh.setLogModel(&other);
    QCOMPARE(fresh.columnHeader()->shownColumns(), shown);
}

void TestLogColumns::theLayoutHasATextForm()
{
    QCOMPARE(LogColumns::fromStrings(LogColumns::standard().toStrings()), LogColumns::standard());
    QCOMPARE(LogColumns::fromStrings({}), LogColumns::standard());
    const LogColumns some = LogColumns::fromStrings({u"size:80"_s, u"-time"_s, u"size"_s, u"nonsense"_s, u"type:-3"_s});
    QCOMPARE(some.order.size(), LogColumns::standard().order.size());
    QCOMPARE(some.order.first(), (LogColumn{LogModel::EntryColumn, true, 0}));
    const auto find = [&some](int column) {
        return *std::find_if(some.order.begin(), some.order.end(),
                             [column](const LogColumn &one) { return one.column == column; });
    };
    QCOMPARE(find(LogModel::SizeColumn), (LogColumn{LogModel::SizeColumn, true, 80}));
    QCOMPARE(find(LogModel::TimeColumn), (LogColumn{LogModel::TimeColumn, false, 0}));
    QCOMPARE(find(LogModel::TypeColumn), (LogColumn{LogModel::TypeColumn, true, 0}));
    QCOMPARE(LogColumns::fromStrings(some.toStrings()), some);
    QStringList nothing;
    for (const QString &name : LogColumns::standard().toStrings())
        nothing += name.startsWith(u'-') ? name : u'-' + name;
    QVERIFY2(LogColumns::fromStrings(nothing) == LogColumns::standard(), "A log without columns cannot be used.");
}

void TestLogColumns::tooManyColumnsAreScrolled()
{
    m_bench->view->resize(220, 400);
    QTRY_VERIFY(m_bench->view->horizontalScrollBar()->maximum() > 0);
    QVERIFY(header()->sectionSize(LogModel::PreviewColumn) >= 64);
    m_bench->view->horizontalScrollBar()->setValue(m_bench->view->horizontalScrollBar()->maximum());
    QCOMPARE(m_bench->view->visualRect(m_bench->model->index(199, LogModel::PreviewColumn)).right(),
             m_bench->view->viewport()->width() - 1);
    m_bench->view->resize(900, 400);
    QTRY_COMPARE(m_bench->view->horizontalScrollBar()->maximum(), 0);
}

void TestLogColumns::controlAndTheWheelZoom()
{
    const int before = m_bench->view->geometryOfRows().rowHeight();
    const int width = header()->sectionSize(LogModel::TimeColumn);
    m_bench->wheel(2, Qt::ControlModifier);
    QCOMPARE(m_bench->view->zoom(), 2);
    QVERIFY(m_bench->view->geometryOfRows().rowHeight() > before);
    QVERIFY(header()->sectionSize(LogModel::TimeColumn) > width);
    QVERIFY(m_bench->view->isFollowing());
    QVERIFY(m_bench->showsLastRow());
    m_bench->wheel(-3, Qt::ControlModifier);
    QCOMPARE(m_bench->view->zoom(), -1);
    QVERIFY(m_bench->view->geometryOfRows().rowHeight() < before);
    m_bench->view->setZoom(100);
    QCOMPARE(m_bench->view->zoom(), LogZoom::Maximum);
    m_bench->view->setZoom(0);
    QCOMPARE(m_bench->view->geometryOfRows().rowHeight(), before);
}

void TestLogColumns::zoomingKeepsThePlace()
{
    m_bench->view->setFollowing(false);
    m_bench->view->verticalScrollBar()->setValue(100);
    m_bench->view->setZoom(3);
    QCOMPARE(m_bench->view->geometryOfRows().firstVisible(), Row(100));
    m_bench->click(103);
    const int top = m_bench->view->visualRect(m_bench->model->index(103, 0)).top();
    m_bench->view->setZoom(-2);
    QCOMPARE(m_bench->view->visualRect(m_bench->model->index(103, 0)).top(), top);
}

void TestLogColumns::thePreviewTakesTheRoomThatIsLeft()
{
    LogColumns columns = LogColumns::standard();
    for (LogColumn &one : columns.order)
        one.shown = one.shown || one.column == LogModel::ConnectionColumn;
    SampleLog log;
    log.addMany(50);
    CaptureLoader loader(log.path());
    LogModel model(loader);
    LogView view;
    LogLook look = view.look();
    look.columns = columns;
    view.setLook(look);
    view.resize(300, 400);
    view.setLogModel(&model);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.resize(1000, 400);
    const LogHeader *header = view.columnHeader();
    QTRY_COMPARE(header->length(), header->width());
}

SOCKEYE_TEST(TestLogColumns, QApplication)
#include "tst_logcolumns.moc"
