#include "widgets/structs/StructEditor.h"

#include "support/ExactTexts.h"
#include "support/TestProgram.h"
#include "widgets/controls/WrappedLabel.h"
#include "widgets/payload/DecodedView.h"
#include "widgets/payload/NodeModel.h"
#include "widgets/payload/NodeView.h"
#include "widgets/structs/StructEdit.h"
#include "widgets/structs/StructExamples.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>
#include <QTimer>

#include <algorithm>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// A struct is described, and a message decoded beside it.
class StructEditorTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void init()
    {
        m_editor = std::make_unique<StructEditor>();
        m_editor->resize(900, 500);
        m_editor->show();
        QVERIFY(QTest::qWaitForWindowActive(m_editor.get()));
        m_editor->setFocus();
        QVERIFY(edit()->hasFocus());
    }
    void cleanup() { m_editor.reset(); }

    /// Typed with real keys: the message beside it follows.
    void decodesWhatIsTyped()
    {
        m_editor->setExample(QByteArray::fromHex("0102ff"));
        QVERIFY(!m_editor->isValid());
        QSignalSpy changed(m_editor.get(), &StructEditor::changed);
        QTest::keyClicks(edit(), u"struct A {"_s);
        QTest::keyClick(edit(), Qt::Key_Return);
        QTest::keyClicks(edit(), u"u8 a;"_s);
        QTest::keyClick(edit(), Qt::Key_Return);
        QTest::keyClicks(edit(), u"big u16 b;"_s);
        QTest::keyClick(edit(), Qt::Key_Return);
        QTest::keyClicks(edit(), u"}"_s);
        QCOMPARE(m_editor->text(), u"struct A {\n    u8 a;\n    big u16 b;\n}"_s);
        // Not at each key.
        QVERIFY(changed.isEmpty());
        QVERIFY(changed.wait());
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.at(0).at(0).toString(), m_editor->text());
        QVERIFY(changed.at(0).at(1).toBool());
        QCOMPARE(shown(), u"A a=1 b=767"_s);
        QCOMPARE(line(), u"A message is a “A” of 3 bytes."_s);
        QVERIFY(m_editor->isValid());
        QCOMPARE(m_editor->definition()->name(), u"A"_s);
    }

    void tellsWhatIsWrong()
    {
        m_editor->setExample(QByteArray::fromHex("01"));
        m_editor->setText(u"struct A {\n    u8 a;\n}\n"_s);
        QCOMPARE(shown(), u"A a=1"_s);
        QSignalSpy changed(m_editor.get(), &StructEditor::changed);
        edit()->moveCursor(QTextCursor::Start);
        QTest::keyClick(edit(), Qt::Key_Down);
        QTest::keyClick(edit(), Qt::Key_End);
        QTest::keyClick(edit(), Qt::Key_Return);
        QTest::keyClicks(edit(), u"what b;"_s);
        QVERIFY(changed.wait());
        QVERIFY(!changed.at(0).at(1).toBool());
        QCOMPARE(line(), u"Line 3, column 5: There is no type “what” before this."_s);
        QCOMPARE(m_editor->faultText(), line());
        QVERIFY(!m_editor->isValid());
        QVERIFY(!m_editor->definition());
        // Underlined where it is.
        const auto selections = edit()->extraSelections();
        QCOMPARE(selections.size(), 1);
        QCOMPARE(selections[0].cursor.selectedText(), u"what"_s);
        QCOMPARE(selections[0].format.underlineStyle(), QTextCharFormat::WaveUnderline);
        // What was understood last stays, and it says so.
        QCOMPARE(shown(), u"A a=1"_s);
        QVERIFY(hasLabel(u"Example message, by what was understood last"_s));
        // F8 goes there.
        edit()->moveCursor(QTextCursor::End);
        QTest::keyClick(edit(), Qt::Key_F8);
        QCOMPARE(edit()->textCursor().blockNumber(), 2);
        QCOMPARE(edit()->textCursor().positionInBlock(), 4);
        // Mended.
        for (int n = 0; n < 4; ++n)
            QTest::keyClick(edit(), Qt::Key_Delete);
        QTest::keyClicks(edit(), u"u8"_s);
        QVERIFY(m_editor->isValid());
        QVERIFY(edit()->extraSelections().isEmpty());
        QCOMPARE(shown(), u"A a=1 not decoded=empty"_s.replace(u"=empty"_s, u"="_s));
        QVERIFY(hasLabel(u"At byte 1: “b” needs 1 byte, 0 are left."_s));
    }

    void tellsWhatIsMissingAtTheEnd()
    {
        m_editor->setText(u"struct A {\n    u8 a;"_s);
        QCOMPARE(line(), u"Line 2, column 10: Here stands “}”, not the end of the text."_s);
        QCOMPARE(edit()->extraSelections().at(0).cursor.selectedText(), u";"_s);
        m_editor->setText({});
        QCOMPARE(line(), u"Line 1, column 1: There is no struct yet: write “struct Message { u8 kind; }”, say."_s);
        m_editor->setText(u"\n\n"_s);
        QVERIFY(line().startsWith(u"Line 3, column 1"));
    }

    void asksBeforeThePause()
    {
        QTest::keyClicks(edit(), u"struct A { u8 a; }"_s);
        QVERIFY(m_editor->isValid());
        QCOMPARE(m_editor->definition()->text(), u"struct A { u8 a; }"_s);
        QSignalSpy changed(m_editor.get(), &StructEditor::changed);
        QVERIFY(changed.wait());
    }

    void settingTellsNobody()
    {
        QSignalSpy changed(m_editor.get(), &StructEditor::changed);
        m_editor->setText(u"struct A { u8 a; }"_s);
        QVERIFY(m_editor->isValid());
        QTest::qWait(0);
        QVERIFY(!changed.wait(400));
    }

    void indents()
    {
        QTest::keyClicks(edit(), u"struct A {"_s);
        QTest::keyClick(edit(), Qt::Key_Return);
        QTest::keyClicks(edit(), u"if (1) {"_s);
        QTest::keyClick(edit(), Qt::Key_Return);
        QTest::keyClicks(edit(), u"u8 a; }"_s);
        QTest::keyClick(edit(), Qt::Key_Return);
        QTest::keyClicks(edit(), u"}"_s);
        QTest::keyClick(edit(), Qt::Key_Return);
        QTest::keyClicks(edit(), u"}"_s);
        QCOMPARE(m_editor->text(), u"struct A {\n    if (1) {\n        u8 a; }\n    }\n}"_s);
        // A line is one step of undo.
        QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
        QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_editor->text(), u"struct A {\n    if (1) {\n        u8 a; }\n    }"_s);
    }

    /// Each example is right, and undo brings back what was there.
    void examples()
    {
        auto *button = m_editor->findChild<QPushButton *>();
        QVERIFY(button && !button->accessibleName().isEmpty() && !button->toolTip().isEmpty());
        const QList<QAction *> actions = button->menu()->actions();
        QVERIFY(actions.size() >= 3);
        QCOMPARE(actions.size(), structExamples().size());
        for (qsizetype n = 0; n < actions.size(); ++n) {
            m_editor->setText(u"struct Mine { u8 a; }"_s);
            actions[n]->trigger();
            QCOMPARE(m_editor->text(), structExamples().at(n).text);
            QCOMPARE(m_editor->faultText(), QString());
            QVERIFY(edit()->hasFocus());
            QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
            QCOMPARE(m_editor->text(), u"struct Mine { u8 a; }"_s);
        }
        // With the keyboard.
        button->setFocus();
        QTimer::singleShot(0, button->menu(), [button] {
            QTest::keyClick(button->menu(), Qt::Key_Down);
            QTest::keyClick(button->menu(), Qt::Key_Return);
        });
        QTest::keyClick(button, Qt::Key_Space);
        QTRY_COMPARE(m_editor->text(), structExamples().constFirst().text);
    }

    void keepsTextExactly_data()
    {
        QTest::addColumn<QString>("text");
        for (const ExactSample &sample : exactSamples())
            QTest::newRow(sample.name) << sample.text;
    }

    void keepsTextExactly()
    {
        QFETCH(QString, text);
        m_editor->setText(text);
        QCOMPARE(m_editor->text(), text);
        m_editor->setText({});
        QApplication::clipboard()->setText(text);
        QTest::keyClick(edit(), Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(m_editor->text(), QApplication::clipboard()->text());
        QTest::keyClick(edit(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(edit(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), m_editor->text());
        static_cast<void>(m_editor->isValid());
    }

    /// Pasted with the line endings of another system, its lines are counted all the same.
    void findsTheLineWhateverEndsIt()
    {
        m_editor->setText(u"struct A {\r\n    u8 a;\r\n    what b;\r\n}\r\n"_s);
        QCOMPARE(line(), u"Line 3, column 5: There is no type “what” before this."_s);
        QCOMPARE(edit()->extraSelections().at(0).cursor.selectedText(), u"what"_s);
    }

    void refusesWhatIsTooLong()
    {
        QApplication::clipboard()->setText(QString(StructEdit::MaxPaste + 1, u'x'));
        QTest::keyClick(edit(), Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(m_editor->text(), QString());
        QVERIFY2(line().startsWith(u"What was pasted has"), qPrintable(line()));
        QTest::keyClicks(edit(), u"x"_s);
        QVERIFY(!m_editor->isValid());
        QVERIFY2(line().startsWith(u"Line 1, column 1"), qPrintable(line()));
    }

    /// A message that takes long does not stop the typing.
    void isBounded()
    {
        m_editor->setText(u"struct A { u8 a; } root A[];"_s);
        m_editor->setExample(QByteArray(20'000'000, 'x'));
        QString many = u"struct A { u8 a; "_s;
        for (int n = 0; n < 5'000; ++n)
            many += u"if (a == 1) pad 0; "_s;
        m_editor->setText(many + u"} root A[];"_s);
    }

    void isAccessible()
    {
        QCOMPARE(edit()->accessibleName(), u"Struct"_s);
        QVERIFY(!edit()->toolTip().isEmpty());
        QVERIFY(!view()->nodes()->accessibleName().isEmpty());
        // Tab leaves the text.
        QTest::keyClick(edit(), Qt::Key_Tab);
        QVERIFY(!edit()->hasFocus());
        QCOMPARE(m_editor->text(), QString());
    }

    void followsTheTheme()
    {
        m_editor->setText(u"/* a\n b */ struct A { // c\n u8 a = 'x'; char b[3] = \"abc\"; }\n#define X 1\n"_s);
        const auto colorAt = [this](int lineNumber, int column) {
            for (const QTextLayout::FormatRange &range :
                 edit()->document()->findBlockByNumber(lineNumber).layout()->formats()) {
                if (column >= range.start && column < range.start + range.length)
                    return range.format.foreground().color();
            }
            return QColor();
        };
        const auto check = [&] {
            const ThemeColors &colors = theme::colors(edit()->palette());
            QCOMPARE(colorAt(0, 0), colors.dimText);
            QCOMPARE(colorAt(1, 1), colors.dimText);
            QCOMPARE(colorAt(1, 6), colors.control);
            QCOMPARE(colorAt(1, 18), colors.dimText);
            QCOMPARE(colorAt(2, 1), colors.received);
            QCOMPARE(colorAt(2, 9), colors.sent);
            QCOMPARE(colorAt(2, 28), colors.ok);
            QCOMPARE(colorAt(3, 0), colors.control);
        };
        check();
        theme::apply(*qApp, theme::Scheme::Dark);
        QCoreApplication::processEvents();
        check();
        theme::apply(*qApp, theme::Scheme::Light);
        // Nothing of it is in the way of painting.
        QVERIFY(!m_editor->grab().isNull());
    }

private:
    [[nodiscard]] StructEdit *edit() const { return m_editor->findChild<StructEdit *>(); }
    [[nodiscard]] DecodedView *view() const { return m_editor->findChild<DecodedView *>(); }
    [[nodiscard]] QString line() const
    {
        for (const auto *label : m_editor->findChildren<WrappedLabel *>()) {
            if (label->accessibleName() == u"What is wrong with the struct")
                return label->text();
        }
        return {};
    }
    [[nodiscard]] bool hasLabel(const QString &text) const
    {
        const auto labels = m_editor->findChildren<QLabel *>();
        return std::ranges::any_of(
            labels, [&text](const QLabel *label) { return label->isVisible() && label->text() == text; });
    }
    /// "A a=1 b=2": the tree in one line.
    [[nodiscard]] QString shown() const
    {
        const NodeTree *tree = view()->nodes()->tree();
        QStringList words;
        for (qint32 i = 0; tree && i < tree->size(); ++i)
            words += tree->at(i).isContainer() ? tree->name(i) : tree->name(i) + u'=' + tree->text(i);
        return words.join(u' ');
    }

    std::unique_ptr<StructEditor> m_editor;
};

SOCKEYE_TEST(StructEditorTest, QApplication)
#include "tst_structeditor.moc"
