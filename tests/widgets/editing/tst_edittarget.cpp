#include "widgets/editing/EditTarget.h"

#include "support/TestProgram.h"
#include "widgets/controls/Findable.h"
#include "widgets/controls/WrappedLabel.h"
#include "widgets/editing/EditActions.h"
#include "widgets/hex/HexView.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMainWindow>
#include <QMenuBar>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QTextEdit>
#include <QVBoxLayout>

using namespace sockeye;
using namespace Qt::StringLiterals;
using Command = EditCommand;

namespace {

class FewBytes final : public ByteSource
{
public:
    [[nodiscard]] qint64 size() const override { return 3; }
    [[nodiscard]] Byte at(ByteOffset offset) const override { return {static_cast<quint8>(offset.value()), false}; }
    void read(ByteOffset offset, qint64 length, Done done) const override
    {
        done(QByteArray("\0\1\2", 3).mid(offset.value(), length));
    }
};

/// Counts how often it is asked what it holds.
class CountingData final : public QMimeData
{
public:
    explicit CountingData(int &asked)
        : m_asked(asked)
    {
    }
    [[nodiscard]] QStringList formats() const override
    {
        ++m_asked;
        return {u"text/plain"_s};
    }
    [[nodiscard]] bool hasFormat(const QString &type) const override
    {
        ++m_asked;
        return type == u"text/plain";
    }

private:
    int &m_asked;
};

class FindablePanel final : public QGroupBox, public Findable
{
public:
    using QGroupBox::QGroupBox;
    void openFind() override { ++opened; }
    [[nodiscard]] bool canFind() const override { return hasText; }

    int opened = 0;
    bool hasText = true;
};

QString clipboard()
{
    return QGuiApplication::clipboard()->text();
}

} // namespace

/// What the Edit menu can do and does, by the widget that has the focus.
class EditTargetTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<QMainWindow>();
        m_content = new QWidget;
        m_layout = new QVBoxLayout(m_content);
        m_window->setCentralWidget(m_content);
        m_window->menuBar()->addMenu(u"&Edit"_s);
        m_target = new EditTarget(m_window.get());
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QGuiApplication::clipboard()->setText(u"pasted"_s);
    }

    void cleanup() { m_window.reset(); }

    void withoutFocusNothingCanBeDone()
    {
        QVERIFY(!m_target->widget());
        QCOMPARE(possible(), QList<Command>());
        m_target->run(Command::SelectAll);
    }

    void aLineIsEdited()
    {
        auto *line = add<QLineEdit>();
        QCOMPARE(possible(), QList<Command>{Command::Paste});
        QTest::keyClicks(line, u"abc"_s);
        QCOMPARE(possible(), (QList<Command>{Command::Undo, Command::Paste, Command::SelectAll}));
        m_target->run(Command::SelectAll);
        QCOMPARE(line->selectedText(), u"abc"_s);
        QCOMPARE(possible(),
                 (QList<Command>{Command::Undo, Command::Cut, Command::Copy, Command::Paste, Command::SelectAll}));
        m_target->run(Command::Cut);
        QCOMPARE(line->text(), QString());
        QCOMPARE(clipboard(), u"abc"_s);
        m_target->run(Command::Undo);
        QCOMPARE(line->text(), u"abc"_s);
        QVERIFY(m_target->can(Command::Redo));
        m_target->run(Command::Redo);
        QCOMPARE(line->text(), QString());
        m_target->run(Command::Paste);
        QCOMPARE(line->text(), u"abc"_s);
    }

    void whatCannotBeChangedCanBeCopied()
    {
        auto *line = add<QLineEdit>();
        line->setText(u"fixed"_s);
        line->setReadOnly(true);
        line->selectAll();
        QCOMPARE(possible(), (QList<Command>{Command::Copy, Command::SelectAll}));
        m_target->run(Command::Copy);
        QCOMPARE(clipboard(), u"fixed"_s);
    }

    void aPasswordStaysInItsField()
    {
        auto *line = add<QLineEdit>();
        line->setEchoMode(QLineEdit::Password);
        line->setText(u"secret"_s);
        line->selectAll();
        QVERIFY(!m_target->can(Command::Copy));
        QVERIFY(!m_target->can(Command::Cut));
        QVERIFY(m_target->can(Command::Paste));
    }

    void anEmptyClipboardIsNotPasted()
    {
        add<QLineEdit>();
        QGuiApplication::clipboard()->clear();
        QVERIFY(!m_target->can(Command::Paste));
    }

    /// Who holds the clipboard may be slow to answer, or hang.
    void theClipboardIsNotAskedForEachFocus()
    {
        int asked = 0;
        auto *line = add<QLineEdit>();
        auto *text = add<QPlainTextEdit>();
        QGuiApplication::clipboard()->setMimeData(new CountingData(asked));
        asked = 0;
        line->setFocus();
        QVERIFY(m_target->can(Command::Paste));
        text->setFocus();
        QVERIFY(m_target->can(Command::Paste));
        QCOMPARE(asked, 0);
        m_target->askClipboard();
        QVERIFY(asked > 0);
        QVERIFY(m_target->can(Command::Paste));
        QGuiApplication::clipboard()->clear();
        QVERIFY(!m_target->can(Command::Paste));
    }

    void boxesAreEditedByTheLineInside()
    {
        auto *spin = add<QSpinBox>();
        spin->setValue(42);
        m_target->run(Command::SelectAll);
        QVERIFY(m_target->can(Command::Copy));
        m_target->run(Command::Copy);
        QCOMPARE(clipboard(), u"42"_s);

        auto *combo = add<QComboBox>();
        combo->addItem(u"one"_s);
        QCOMPARE(possible(), QList<Command>());
        combo->setEditable(true);
        combo->setFocus();
        m_target->run(Command::SelectAll);
        m_target->run(Command::Copy);
        QCOMPARE(clipboard(), u"one"_s);
    }

    void textsAreEdited_data()
    {
        QTest::addColumn<bool>("isPlain");
        QTest::newRow("plain") << true;
        QTest::newRow("rich") << false;
    }

    void textsAreEdited()
    {
        QFETCH(bool, isPlain);
        QWidget *edit = isPlain ? static_cast<QWidget *>(add<QPlainTextEdit>()) : add<QTextEdit>();
        QCOMPARE(possible(), QList<Command>{Command::Paste});
        QTest::keyClicks(edit, u"abc"_s);
        m_target->run(Command::SelectAll);
        QCOMPARE(possible(),
                 (QList<Command>{Command::Undo, Command::Cut, Command::Copy, Command::Paste, Command::SelectAll}));
        m_target->run(Command::Cut);
        QCOMPARE(clipboard(), u"abc"_s);
        QVERIFY(!m_target->can(Command::SelectAll));
        edit->setProperty("readOnly", true);
        QCOMPARE(possible(), QList<Command>());
    }

    void aListGivesItsCurrentLine()
    {
        auto *list = add<QListWidget>();
        QCOMPARE(possible(), QList<Command>());
        list->addItems({u"one"_s, u"two"_s});
        list->setCurrentRow(1);
        QCOMPARE(possible(), QList<Command>{Command::Copy});
        m_target->run(Command::Copy);
        QCOMPARE(clipboard(), u"two"_s);
        list->setSelectionMode(QAbstractItemView::ExtendedSelection);
        QVERIFY(m_target->can(Command::SelectAll));
        m_target->run(Command::SelectAll);
        QCOMPARE(list->selectedItems().size(), 2);
    }

    void bytesAreCopied()
    {
        FewBytes bytes;
        auto *view = add<HexView>();
        QCOMPARE(possible(), QList<Command>());
        view->setSource(&bytes);
        QCOMPARE(possible(), QList<Command>{Command::SelectAll});
        m_target->run(Command::SelectAll);
        QCOMPARE(possible(), (QList<Command>{Command::Copy, Command::SelectAll}));
        m_target->run(Command::Copy);
        QCOMPARE(clipboard(), u"00 01 02"_s);
        view->setSource(nullptr);
    }

    void aLabelsTextIsCopiedWhereItCanBeSelected()
    {
        auto *label = add<QLabel>();
        label->setText(u"words"_s);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setFocus();
        QCOMPARE(possible(), QList<Command>{Command::SelectAll});
        m_target->run(Command::SelectAll);
        m_target->run(Command::Copy);
        QCOMPARE(clipboard(), u"words"_s);
    }

    void aWrappedTextIsCopied()
    {
        auto *label = add<WrappedLabel>();
        label->showText(u"words"_s);
        label->setFocus();
        QCOMPARE(possible(), QList<Command>{Command::SelectAll});
        m_target->run(Command::SelectAll);
        QCOMPARE(possible(), (QList<Command>{Command::Copy, Command::SelectAll}));
        m_target->run(Command::Copy);
        QCOMPARE(clipboard(), u"words"_s);
    }

    /// With Alt or F10 the focus goes to the menu bar.
    void menusAreAboutTheWidgetBefore()
    {
        auto *line = add<QLineEdit>();
        line->setText(u"abc"_s);
        const QSignalSpy changed(m_target, &EditTarget::changed);
        m_window->menuBar()->setFocus(Qt::MenuBarFocusReason);
        QVERIFY(!line->hasFocus());
        QCOMPARE(m_target->widget(), line);
        QCOMPARE(changed.size(), 0);
        m_target->run(Command::SelectAll);
        QVERIFY(line->hasFocus());
        QCOMPARE(line->selectedText(), u"abc"_s);
    }

    void otherWindowsAreLeftAlone()
    {
        auto *line = add<QLineEdit>();
        QLineEdit other;
        other.setText(u"other"_s);
        other.show();
        QVERIFY(QTest::qWaitForWindowActive(&other));
        other.setFocus();
        QCOMPARE(QApplication::focusWidget(), &other);
        QCOMPARE(m_target->widget(), line);
    }

    void anIncludedWindowIsATarget()
    {
        auto *line = add<QLineEdit>();
        QLineEdit other;
        m_target->include(&other);
        other.show();
        QVERIFY(QTest::qWaitForWindowActive(&other));
        other.setFocus();
        QTRY_COMPARE(m_target->widget(), &other);
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        line->setFocus();
        QCOMPARE(m_target->widget(), line);
    }

    void whatIsGoneIsForgotten()
    {
        delete add<QLineEdit>();
        QVERIFY(!m_target->widget());
        QCOMPARE(possible(), QList<Command>());
        auto *line = add<QLineEdit>();
        line->hide();
        QCOMPARE(possible(), QList<Command>());
    }

    void findGoesToThePanelThatHasTheFocus()
    {
        int elsewhere = 0;
        bool canElsewhere = true;
        const EditActions actions(*m_target, {[&elsewhere] { ++elsewhere; }, [&canElsewhere] { return canElsewhere; }},
                                  {[] {}, [] { return false; }});
        const QList<ActionSpec> specs = actions.all();
        const auto find = std::find_if(specs.cbegin(), specs.cend(), [](const ActionSpec &spec) {
            return spec.keys.contains(QKeySequence(Qt::CTRL | Qt::Key_F));
        });
        QVERIFY(find != specs.cend());

        add<QLineEdit>();
        find->run();
        QCOMPARE(elsewhere, 1);
        canElsewhere = false;
        QVERIFY(!find->canRun());
        find->run();
        QCOMPARE(elsewhere, 1);

        auto *panel = new FindablePanel(m_content);
        m_layout->addWidget(panel);
        auto *inside = new QLineEdit(panel);
        panel->show();
        inside->setFocus();
        QVERIFY(find->canRun());
        find->run();
        QCOMPARE(panel->opened, 1);
        QCOMPARE(elsewhere, 1);
        panel->hasText = false;
        QVERIFY(!find->canRun());
        canElsewhere = true;
        find->run();
        QCOMPARE(elsewhere, 2);
    }

    void goToIsAboutTheBytesThatHaveTheFocus()
    {
        int elsewhere = 0;
        const EditActions actions(*m_target, {[] {}, [] { return false; }},
                                  {[&elsewhere] { ++elsewhere; }, [] { return true; }});
        const QList<ActionSpec> specs = actions.all();
        const auto goTo = std::ranges::find(specs, u"goTo"_s, &ActionSpec::id);
        QVERIFY(goTo != specs.cend());
        FewBytes bytes;
        auto *view = add<HexView>();
        // There is no byte to go to.
        goTo->run();
        QCOMPARE(elsewhere, 1);
        view->setSource(&bytes);
        goTo->run();
        QCOMPARE(elsewhere, 1);
        auto *dialog = view->findChild<QDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QTest::keyClicks(dialog->findChild<QLineEdit *>(), u"-1"_s);
        QTest::keyClick(dialog->findChild<QLineEdit *>(), Qt::Key_Return);
        QCOMPARE(view->selection(), (HexRange{ByteOffset(2), 1}));
        add<QLineEdit>();
        goTo->run();
        QCOMPARE(elsewhere, 2);
        view->setSource(nullptr);
    }

private:
    /// A widget in the window, with the focus.
    template<typename Widget>
    Widget *add()
    {
        auto *widget = new Widget(m_content);
        m_layout->addWidget(widget);
        widget->show();
        widget->setFocus();
        return widget;
    }

    [[nodiscard]] QList<Command> possible() const
    {
        QList<Command> commands;
        for (const Command command :
             {Command::Undo, Command::Redo, Command::Cut, Command::Copy, Command::Paste, Command::SelectAll}) {
            if (m_target->can(command))
                commands += command;
        }
        return commands;
    }

    std::unique_ptr<QMainWindow> m_window;
    QWidget *m_content = nullptr;
    QVBoxLayout *m_layout = nullptr;
    EditTarget *m_target = nullptr;
};

SOCKEYE_TEST(EditTargetTest, QApplication)
#include "tst_edittarget.moc"
