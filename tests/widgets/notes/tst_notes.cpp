#include "reading/Annotations.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/composer/Composer.h"
#include "widgets/dialogs/NoteDialog.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/log/LogView.h"
#include "widgets/notes/NotesDock.h"
#include "widgets/notes/NotesModel.h"
#include "widgets/notes/NotesText.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/Actions.h"
#include "widgets/window/MainWindow.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// The panel of notes, beside a live log.
class NotesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_prompts = std::make_unique<ScriptedPrompts>();
        m_window = std::make_unique<MainWindow>(*m_prompts);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QVERIFY(!dock()->isVisible());
        QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(dock()->isVisible());
        connectToEcho();
    }

    void cleanup()
    {
        m_window.reset();
        m_sandbox.reset();
    }

    void whatIsMarkedIsListedInOrder()
    {
        const QAbstractItemModelTester tester(model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(lines(), QStringList());
        QVERIFY(!named<QToolButton>(dock(), u"Export notes"_s)->isEnabled());
        annotations()->setNote({EntryId(4)}, u"why\nthis?"_s);
        annotations()->toggleBookmarks({EntryId(2)});
        annotations()->setColour({EntryId(3)}, 1);
        QCOMPARE(lines(), (QStringList{u"2 Bookmark"_s, u"3 Red"_s, u"4 why this?"_s}));
        annotations()->setNote({EntryId(2)}, u"here"_s);
        QCOMPARE(lines().constFirst(), u"2 here"_s);
        annotations()->set(EntryId(3), {});
        QCOMPARE(model()->rowCount(), 2);
        QVERIFY(dock()->table()->isVisible());
    }

    void aRowLeadsToItsEntry()
    {
        annotations()->toggleBookmarks({EntryId(2), EntryId(4)});
        QTest::mouseClick(dock()->table()->viewport(), Qt::LeftButton, {}, middleOf(1));
        QCOMPARE(log()->currentEntry(), EntryId(4));
        dock()->table()->setFocus();
        QTest::keyClick(dock()->table(), Qt::Key_Up);
        QTest::keyClick(dock()->table(), Qt::Key_Return);
        QCOMPARE(log()->currentEntry(), EntryId(2));
    }

    void aNoteIsEdited()
    {
        annotations()->toggleBookmarks({EntryId(2)});
        dock()->table()->setFocus();
        dock()->table()->setCurrentIndex(model()->index(0, 0));
        QTest::keyClick(dock()->table(), Qt::Key_F2);
        auto *dialog = dock()->findChild<NoteDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        auto *edit = dialog->findChild<QPlainTextEdit *>();
        edit->setPlainText(u"seen"_s);
        QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(lines(), QStringList{u"2 seen"_s});
        QVERIFY(annotations()->find(EntryId(2))->bookmarked);
    }

    void whatIsRemovedGoesAsAWhole()
    {
        annotations()->toggleBookmarks({EntryId(2), EntryId(3), EntryId(4)});
        annotations()->setNote({EntryId(3)}, u"x"_s);
        dock()->table()->setFocus();
        dock()->table()->setCurrentIndex(model()->index(1, 0));
        QTest::keyClick(dock()->table(), Qt::Key_Delete);
        QCOMPARE(lines(), (QStringList{u"2 Bookmark"_s, u"4 Bookmark"_s}));
        QTest::mouseClick(named<QToolButton>(dock(), u"Remove bookmark and note"_s), Qt::LeftButton);
        QCOMPARE(lines(), QStringList{u"2 Bookmark"_s});
        QTest::keyClick(dock()->table(), Qt::Key_Delete);
        QCOMPARE(lines(), QStringList());
        QVERIFY(annotations()->all().isEmpty());
        QVERIFY(!named<QToolButton>(dock(), u"Edit note"_s)->isEnabled());
    }

    void theListIsWrittenToAFile()
    {
        annotations()->setNote({EntryId(2)}, u"a|b <c>"_s);
        annotations()->toggleBookmarks({EntryId(2)});
        m_prompts->file = m_sandbox->path(u"notes.md"_s);
        QTest::mouseClick(named<QToolButton>(dock(), u"Export notes"_s), Qt::LeftButton);
        const QString text = QString::fromUtf8(readFile(m_prompts->file));
        QVERIFY2(text.contains(u"| 2 | bookmark | a\\|b \\<c\\> |\n"_s), qPrintable(text));
        m_prompts->file = m_sandbox->path(u"no/such/folder/notes.md"_s);
        QTest::mouseClick(named<QToolButton>(dock(), u"Export notes"_s), Qt::LeftButton);
        QCOMPARE(m_prompts->told.size(), 1);
    }

    /// The inspector shows what was put on the entry that it shows, and changes the note.
    void theInspectorShowsTheNote()
    {
        const auto *strip =
            named<QWidget>(m_window->documents().current()->view()->inspector(), u"Your note on the entry"_s);
        QVERIFY(!strip->isVisible());
        annotations()->setNote({EntryId(2)}, u"<b>why</b>\nthis?"_s);
        annotations()->toggleBookmarks({EntryId(2)});
        annotations()->setColour({EntryId(2)}, 1);
        log()->setCurrentEntry(EntryId(2));
        QTRY_VERIFY(strip->isVisible());
        const auto texts = [strip] {
            QStringList shown;
            for (const QLabel *label : strip->findChildren<QLabel *>()) {
                if (label->isVisible() && label->textFormat() == Qt::PlainText)
                    shown += label->text();
            }
            return shown;
        };
        QCOMPARE(texts(), (QStringList{u"Bookmark · Red"_s, u"<b>why</b>\nthis?"_s}));

        QTest::mouseClick(named<QToolButton>(strip, u"Edit note"_s), Qt::LeftButton);
        auto *dialog = strip->findChild<NoteDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        // Whatever is chosen meanwhile, the note is that of the entry which was there.
        log()->setCurrentEntry(EntryId(3));
        QTRY_VERIFY(!strip->isVisible());
        auto *edit = dialog->findChild<QPlainTextEdit *>();
        edit->setPlainText(QString(2'000, u'x'));
        QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(!strip->isVisible());
        QCOMPARE(annotations()->find(EntryId(2))->note.size(), 2'000);
        QVERIFY(!annotations()->find(EntryId(3)));

        log()->setCurrentEntry(EntryId(2));
        QTRY_VERIFY(strip->isVisible());
        QVERIFY(texts().at(1).size() < 500);
        // A long word makes no inspector wider.
        const int width = m_window->documents().current()->view()->inspector()->width();
        annotations()->set(EntryId(2), {});
        QVERIFY(!strip->isVisible());
        QCoreApplication::processEvents();
        QCOMPARE(m_window->documents().current()->view()->inspector()->width(), width);
    }

    void eachTabHasItsOwn()
    {
        annotations()->toggleBookmarks({EntryId(2)});
        const DocumentTab *first = m_window->documents().current();
        m_window->documents().openNew();
        QCOMPARE(lines(), QStringList());
        m_window->documents().goToNext();
        QCOMPARE(m_window->documents().current(), first);
        QCOMPARE(lines(), QStringList{u"2 Bookmark"_s});
        m_window->documents().closeAll();
        QCOMPARE(lines(), QStringList());
    }

    void thePanelIsRemembered()
    {
        QVERIFY(m_window->menuActions()->get(u"showNotes"_s)->isChecked());
        m_window = std::make_unique<MainWindow>(*m_prompts);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QVERIFY(dock()->isVisible());
        QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!dock()->isVisible());
    }

    /// Below the profiles, with room for what it says while there is nothing.
    void thePanelHasRoom()
    {
        const auto *profiles = named<QWidget>(m_window.get(), u"Profiles"_s);
        // A small window, as on a small screen, begins without them.
        if (!profiles->isVisible())
            m_window->menuActions()->get(u"showProfiles"_s)->trigger();
        QVERIFY(profiles->isVisible());
        QTRY_VERIFY(dock()->y() > profiles->y());
        QCOMPARE(dock()->x(), profiles->x());
        for (const QLabel *label : dock()->findChildren<QLabel *>()) {
            if (label->isVisible() && label->wordWrap())
                QVERIFY(label->height() >= label->heightForWidth(label->width()));
        }
    }

    void markdownSaysNothingElse_data()
    {
        QTest::addColumn<QString>("note");
        QTest::addColumn<QString>("cell");
        QTest::newRow("plain") << u"a b"_s << u"a b"_s;
        QTest::newRow("two lines") << u"a\nb\r\nc"_s << u"a<br>b<br>c"_s;
        QTest::newRow("a table's end") << u"a | b"_s << u"a \\| b"_s;
        QTest::newRow("signs") << u"*a* `b` [c](d) <e> \\"_s << u"\\*a\\* \\`b\\` \\[c\\]\\(d\\) \\<e\\> \\\\"_s;
    }

    void markdownSaysNothingElse()
    {
        QFETCH(QString, note);
        QFETCH(QString, cell);
        Annotation annotation;
        annotation.colour = 1;
        annotation.note = note;
        const QString text = notesAsMarkdown(u"t"_s, {{EntryId(1'234), annotation}});
        QCOMPARE(text, u"# t\n\n| entry | marks | note |\n|---:|---|---|\n| 1234 | red | %1 |\n"_s.arg(cell));
    }

private:
    void connectToEcho()
    {
        m_window->echo().connectTo();
        auto *tab = qobject_cast<ConnectionTab *>(m_window->documents().current());
        QTRY_COMPARE_WITH_TIMEOUT(tab->state(), ConnectionTab::State::Open, Patience);
        tab->composer()->editor()->setPlainText(u"hello"_s);
        tab->composer()->send();
        QTRY_VERIFY_WITH_TIMEOUT(tab->view()->model() && tab->view()->model()->rowCount() == 4, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(annotations()->isLoaded(), Patience);
    }

    [[nodiscard]] NotesDock *dock() const { return m_window->findChild<NotesDock *>(); }
    [[nodiscard]] NotesModel *model() const { return dock()->model(); }
    [[nodiscard]] LogView *log() const { return m_window->documents().current()->view()->logView(); }
    [[nodiscard]] Annotations *annotations() const { return m_window->documents().current()->view()->annotations(); }
    [[nodiscard]] QPoint middleOf(int row) const
    {
        return dock()->table()->visualRect(model()->index(row, NotesModel::NoteColumn)).center();
    }
    [[nodiscard]] QStringList lines() const
    {
        QStringList lines;
        for (int row = 0; row < model()->rowCount(); ++row) {
            lines += model()->index(row, NotesModel::EntryColumn).data().toString() + u' ' +
                     model()->index(row, NotesModel::NoteColumn).data().toString();
        }
        return lines;
    }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ScriptedPrompts> m_prompts;
    std::unique_ptr<MainWindow> m_window;
};

SOCKEYE_TEST(NotesTest, QApplication)
#include "tst_notes.moc"
