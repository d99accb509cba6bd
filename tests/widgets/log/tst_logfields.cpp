#include "widgets/columns/LogFields.h"

#include "LogBench.h"
#include "support/TestProgram.h"
#include "widgets/columns/AddColumnDialog.h"
#include "widgets/columns/ColumnSetDialog.h"
#include "widgets/log/LogGutter.h"
#include "widgets/log/LogHeader.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDialogButtonBox>
#include <QHelpEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// Fields of messages as columns, as people add, move and remove them.
class LogFieldsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<LogBench>();
        m_fields = new LogFields(m_bench->view.get(), [] { return u"json"_s; });
        QVERIFY(m_bench->start());
    }
    void cleanup() { m_bench.reset(); }

    void aFieldStandsBeforeThePreview()
    {
        QSignalSpy changed(m_fields, &LogFields::changed);
        const int preview = header()->sectionSize(LogModel::PreviewColumn);
        m_fields->add({.path = u"$.n"_s});
        QCOMPARE(changed.size(), 1);
        QCOMPARE(m_bench->place(Column), m_bench->place(LogModel::PreviewColumn) - 1);
        // The last message is {"n":184}.
        QTRY_COMPARE(m_bench->model->index(199, Column).data().toString(), u"184"_s);
        QTRY_VERIFY(header()->sectionSize(LogModel::PreviewColumn) < preview);
        QCOMPARE(LogGutter::Width + header()->length(), m_bench->view->viewport()->width());
        // Another click on the same shows it once.
        m_fields->add({.path = u"$.n"_s});
        QCOMPARE(m_fields->options().columns.size(), 1);
    }

    /// It is drawn, and the selection holds it.
    void rowsAreWholeWithIt()
    {
        m_bench->click(195);
        m_fields->add({.path = u"$.n"_s});
        QCOMPARE(m_bench->selectedRows(), QList<int>{195});
        QTRY_COMPARE(m_bench->model->index(199, Column).data().toString(), u"184"_s);
        const auto pixels = [this] {
            const QRect cell = m_bench->view->visualRect(m_bench->model->index(199, Column));
            return m_bench->view->viewport()->grab(cell).toImage();
        };
        QTRY_VERIFY(hasInk(pixels()));
        m_bench->view->copySelection();
        QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(u"196\t"_s));
        m_fields->remove(u"$.n"_s);
        QCOMPARE(m_bench->selectedRows(), QList<int>{195});
        QCOMPARE(m_bench->view->currentEntry(), EntryId(196));
    }

    void movedAndSizedItStaysWhereItIs()
    {
        m_fields->add({.path = u"$.n"_s});
        m_fields->add({.path = u"$.type"_s});
        QSignalSpy changed(m_fields, &LogFields::changed);
        QSignalSpy own(header(), &LogHeader::columnsChanged);
        header()->moveSection(header()->visualIndex(Column + 1), header()->visualIndex(LogModel::TimeColumn));
        header()->resizeSection(Column + 1, 77);
        QCOMPARE(changed.size(), 2);
        QCOMPARE(own.size(), 0);
        const ColumnOptions options = m_fields->options();
        QCOMPARE(options.columns, (QList<FieldColumn>{{u"$.type"_s, {}, 77, true, u"time"_s}, {u"$.n"_s}}));
        // The log's own columns are placed apart from it.
        header()->setColumnShown(LogModel::RatioColumn, true);
        QCOMPARE(own.size(), 1);
        QCOMPARE(m_fields->options(), options);
        QVERIFY(!header()->columns().toStrings().join(u' ').contains(u"type:77"));
        header()->setColumns(LogColumns::fromStrings({u"preview"_s, u"time"_s, u"-size"_s}));
        // Each stands before the same column as it did.
        const ColumnOptions turned{{options.columns.at(1), options.columns.at(0)}, {}};
        QCOMPARE(m_fields->options(), turned);
        QCOMPARE(m_bench->place(Column + 1), m_bench->place(LogModel::TimeColumn) - 1);
        QCOMPARE(m_bench->place(Column), m_bench->place(LogModel::PreviewColumn) - 1);
        // Another log shows the same, and so does the next start.
        CaptureLoader loader(m_bench->log.path());
        LogModel other(loader);
        m_bench->view->setLogModel(&other);
        QCOMPARE(other.fieldColumns().size(), 2);
        QCOMPARE(m_fields->options(), turned);
        m_fields->setOptions({});
        QCOMPARE(other.columnCount(), int(LogModel::ColumnCount));
        m_fields->setOptions(turned);
        QCOMPARE(m_fields->options(), turned);
        QCOMPARE(header()->sectionSize(header()->columnOf(u"$.type"_s)), 77);
        m_bench->view->setLogModel(nullptr);
    }

    void theMenuAddsShowsAndRemoves()
    {
        // By the dialog, which says what is wrong while it is typed.
        choose(u"Add column…"_s);
        auto *dialog = m_bench->view->findChild<AddColumnDialog *>();
        QVERIFY(dialog);
        auto *path = dialog->findChild<QLineEdit *>();
        QPushButton *add = button(dialog, u"Add"_s);
        QVERIFY(!add->isEnabled());
        QTest::keyClicks(path, u"$.n["_s);
        QVERIFY(!add->isEnabled() && dialog->errorText().contains(u"number"));
        QTest::keyClick(path, Qt::Key_Backspace);
        QVERIFY(add->isEnabled() && dialog->errorText().isEmpty());
        QTest::keyClick(path, Qt::Key_Return);
        QCOMPARE(m_bench->place(Column), m_bench->place(LogModel::PreviewColumn) - 1);
        QTRY_VERIFY(!m_bench->view->findChild<AddColumnDialog *>());
        // Twice would be once.
        choose(u"Add column…"_s);
        dialog = m_bench->view->findChild<AddColumnDialog *>();
        QTest::keyClicks(dialog->findChild<QLineEdit *>(), u"$.n"_s);
        QVERIFY(!button(dialog, u"Add"_s)->isEnabled() && !dialog->errorText().isEmpty());
        dialog->reject();

        choose(u"n"_s);
        QVERIFY(!header()->shownColumns().contains(Column));
        QVERIFY(!m_fields->options().columns.constFirst().shown);
        choose(u"n"_s);
        QVERIFY(header()->shownColumns().contains(Column));
        header()->resizeSection(Column, 150);
        const auto onTitle = [this] { return QPoint(header()->sectionViewportPosition(Column) + 5, 5); };
        choose(u"Fit “n” to its content"_s, onTitle());
        QVERIFY(header()->sectionSize(Column) < 150);
        QCOMPARE(m_fields->options().columns.constFirst().width, 0);
        choose(u"Remove “n”"_s, onTitle());
        QVERIFY(m_fields->options().columns.isEmpty());
        QCOMPARE(m_bench->model->columnCount(), int(LogModel::ColumnCount));
    }

    void setsAreKeptShownAndRemoved()
    {
        m_fields->add({.path = u"$.n"_s});
        m_fields->add({.path = u"$.type"_s});
        choose(u"Column sets"_s, {}, u"Save as set…"_s);
        auto *dialog = m_bench->view->findChild<ColumnSetDialog *>();
        QVERIFY(dialog);
        QVERIFY(!button(dialog, u"Save"_s)->isEnabled());
        QCOMPARE(dialog->findChild<QComboBox *>()->currentData().toString(), u"json"_s);
        QTest::keyClicks(dialog->findChild<QLineEdit *>(), u"Both"_s);
        QTest::mouseClick(button(dialog, u"Save"_s), Qt::LeftButton);
        QCOMPARE(m_fields->options().sets.size(), 1);
        QCOMPARE(m_fields->options().sets.constFirst().format, u"json"_s);
        QCOMPARE(m_fields->options().sets.constFirst().columns, m_fields->options().columns);
        QTRY_VERIFY(!m_bench->view->findChild<ColumnSetDialog *>());
        m_fields->remove(u"$.n"_s);
        m_fields->saveSet(u"One"_s, {});
        choose(u"Column sets"_s, {}, u"Both · JSON"_s);
        QCOMPARE(m_fields->options().columns.size(), 2);
        choose(u"Column sets"_s, {}, u"One"_s);
        QCOMPARE(m_fields->options().columns.size(), 1);
        // The same name again is the same set.
        m_fields->saveSet(u"Both"_s, {});
        QCOMPARE(m_fields->options().sets.size(), 2);
        QSignalSpy changed(m_fields, &LogFields::changed);
        m_fields->removeSet(u"Both"_s);
        m_fields->removeSet(u"Both"_s);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(m_fields->options().sets.size(), 1);
    }

    void columnsAreAsWideAsWhatTheyShow()
    {
        m_fields->add({.path = u"$.channel"_s, .title = u"c"_s});
        const int before = header()->sectionSize(Column);
        m_bench->view->verticalScrollBar()->setValue(0);
        QTRY_VERIFY(header()->sectionSize(Column) > before);
        m_fields->add({.path = u"bids"_s, .title = u"b"_s});
        m_bench->log.add(Direction::In, EntryKind::Text, "{\"bids\":\"" + QByteArray(500, 'x') + "\"}");
        m_bench->log.writer().flush();
        m_bench->model->advanceTo(EntryId(201));
        m_bench->view->setFollowing(true);
        const int wide = 500 * QFontMetrics(theme::dataFont()).horizontalAdvance(u'x');
        QTRY_VERIFY(header()->sectionSize(Column + 1) > 2 * before);
        QVERIFY(header()->sectionSize(Column + 1) < wide / 4);
    }

    void thereAreOnlySoMany()
    {
        QSignalSpy told(m_fields, &LogFields::statusText);
        m_bench->view->resize(600, 400);
        for (int n = 0; n <= ColumnOptions::MaxColumns; ++n)
            m_fields->add({.path = u"$.f%1"_s.arg(n)});
        QCOMPARE(m_fields->options().columns.size(), ColumnOptions::MaxColumns);
        QCOMPARE(told.size(), 1);
        // They are scrolled, and a new one comes into sight.
        QTRY_VERIFY(m_bench->view->horizontalScrollBar()->maximum() > 0);
        m_fields->setOptions({});
        QTRY_COMPARE(m_bench->view->horizontalScrollBar()->maximum(), 0);
        QList<FieldColumn> many(40, FieldColumn{.path = u"$.a"_s});
        many += {.path = u"$.b"_s, .before = u"of a newer version"_s};
        m_fields->setOptions({many, {}});
        QCOMPARE(m_fields->options().columns, (QList<FieldColumn>{{u"$.a"_s}, {u"$.b"_s}}));
    }

    /// Neither titles nor paths of others are taken for markup.
    void namesOfOthersAreNoMarkup()
    {
        m_fields->add({.path = u"$[\"<b>&x</b>\"]"_s});
        const int column = Column;
        const QPoint at(header()->sectionViewportPosition(column) + 5, 5);
        QHelpEvent help(QEvent::ToolTip, at, header()->mapToGlobal(at));
        QCoreApplication::sendEvent(header()->viewport(), &help);
        QTRY_VERIFY2(QToolTip::text().contains(u"&lt;b&gt;&amp;x"), qPrintable(QToolTip::text()));
        QToolTip::hideText();
        choose(u"<b>&&x</b>"_s);
        QVERIFY(!header()->shownColumns().contains(column));
    }

    void screenReadersReadThem()
    {
        QAccessibleInterface *table = QAccessible::queryAccessibleInterface(m_bench->view.get());
        QAccessibleInterface *preview = table->tableInterface()->cellAt(3, m_bench->place(LogModel::PreviewColumn));
        QVERIFY(preview->isValid());
        m_fields->add({.path = u"$.n"_s, .title = u"Number of it"_s});
        QCOMPARE(table->tableInterface()->columnCount(), int(header()->shownColumns().size()));
        const int place = m_bench->place(Column);
        QCOMPARE(table->tableInterface()->columnDescription(place), u"Number of it"_s);
        QCOMPARE(table->tableInterface()->cellAt(199, place)->text(QAccessible::Name), u"184"_s);
        QCOMPARE(table->child(place)->text(QAccessible::Name), u"Number of it"_s);
        QVERIFY(table->child(place)->text(QAccessible::Description).contains(u"$.n"_s));
    }

private:
    static constexpr int Column = LogModel::ColumnCount;

    [[nodiscard]] LogHeader *header() const { return m_bench->view->columnHeader(); }

    static bool hasInk(const QImage &image)
    {
        for (int x = 0; x < image.width(); ++x) {
            for (int y = 0; y < image.height(); ++y) {
                if (image.pixel(x, y) != image.pixel(0, 0))
                    return true;
            }
        }
        return false;
    }

    /// By a click in the header's menu, or in one of the menus in it.
    void choose(const QString &text, const QPoint &at = {20, 10}, const QString &inside = {}) const
    {
        const QPoint place = at.isNull() ? QPoint(20, 10) : at;
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, header()->mapToGlobal(place));
        QCoreApplication::sendEvent(header()->viewport(), &event);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QAction *action = actionOf(menu, text);
        QVERIFY2(action && action->isEnabled(), qPrintable(text));
        if (inside.isEmpty()) {
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
            return;
        }
        QAction *inner = actionOf(action->menu(), inside);
        QVERIFY2(inner && inner->isEnabled(), qPrintable(inside));
        inner->trigger();
        menu->close();
    }

    static QAction *actionOf(const QMenu *menu, const QString &text)
    {
        const QList<QAction *> actions = menu->actions();
        const auto found = std::ranges::find_if(actions, [&text](const QAction *one) { return one->text() == text; });
        return found == actions.end() ? nullptr : *found;
    }

    static QPushButton *button(const QDialog *dialog, const QString &text)
    {
        const QList<QPushButton *> buttons = dialog->findChildren<QPushButton *>();
        const auto found =
            std::ranges::find_if(buttons, [&text](const QPushButton *one) { return one->text() == text; });
        return found == buttons.end() ? nullptr : *found;
    }

    std::unique_ptr<LogBench> m_bench;
    /// The view's.
    LogFields *m_fields = nullptr;
};

SOCKEYE_TEST(LogFieldsTest, QApplication)
#include "tst_logfields.moc"
