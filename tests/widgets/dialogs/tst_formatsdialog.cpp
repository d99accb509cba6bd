#include "formats/MessageFormats.h"
#include "support/TestProgram.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/formats/FormatRulesPage.h"
#include "widgets/formats/FormatsDialog.h"
#include "widgets/formats/StructsPage.h"
#include "widgets/payload/NodeView.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>
#include <QTreeWidget>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

using About = DecodeRule::About;

/// As what the messages of a tab are read, by keys and clicks.
class FormatsDialogTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRuleIsWritten()
    {
        MessageFormats formats;
        ScriptedPrompts prompts;
        FormatsDialog dialog(formats, prompts);
        dialog.show();
        auto *apply = button(dialog, QDialogButtonBox::Apply);
        QVERIFY(!apply->isEnabled());
        QVERIFY(!named<QLineEdit>(&dialog, u"Topic"_s)->isEnabled());
        QTest::mouseClick(named<QPushButton>(dialog.findChild<FormatRulesPage *>(), u"Add"_s), Qt::LeftButton);
        auto *format = named<QComboBox>(&dialog, u"Read as"_s);
        QVERIFY(format->count() > 20);
        format->setFocus();
        QTest::keyClicks(format->lineEdit(), u"slice 4 > msgpack"_s);
        named<QComboBox>(&dialog, u"Kind of messages"_s)->setCurrentIndex(2);
        named<QComboBox>(&dialog, u"Direction of messages"_s)->setCurrentIndex(1);
        QTest::keyClicks(named<QLineEdit>(&dialog, u"Topic"_s), u"a/+"_s);
        QTest::mouseClick(apply, Qt::LeftButton);
        QVERIFY(!apply->isEnabled());
        QCOMPARE(formats.options().rules,
                 (QList<DecodeRule>{{About::Binary, Direction::In, u"a/+"_s, u"slice 4 > msgpack"_s}}));
        QVERIFY(dialog.isVisible());
    }

    void rulesMoveAndGo()
    {
        MessageFormats formats;
        const DecodeRule json{About::Text, Direction::None, {}, u"json"_s};
        const DecodeRule hex{About::Any, Direction::Out, {}, u"hex"_s};
        formats.setOptions({{json, hex}, {}, {}});
        ScriptedPrompts prompts;
        FormatsDialog dialog(formats, prompts);
        dialog.show();
        QTest::mouseClick(named<QPushButton>(dialog.findChild<FormatRulesPage *>(), u"Down"_s), Qt::LeftButton);
        QVERIFY(!named<QPushButton>(dialog.findChild<FormatRulesPage *>(), u"Down"_s)->isEnabled());
        QTest::mouseClick(button(dialog, QDialogButtonBox::Apply), Qt::LeftButton);
        QCOMPARE(formats.options().rules, (QList<DecodeRule>{hex, json}));
        auto *list = named<QTreeWidget>(&dialog, u"Rules"_s);
        dialog.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Delete);
        QTest::mouseClick(button(dialog, QDialogButtonBox::Ok), Qt::LeftButton);
        QCOMPARE(formats.options().rules, (QList<DecodeRule>{hex}));
        QVERIFY(!dialog.isVisible());
    }

    void saysWhatCannotBeUsed()
    {
        MessageFormats formats;
        formats.setOptions({{{About::Any, Direction::None, {}, u"<b>nothing</b>"_s}}, {}, {}});
        ScriptedPrompts prompts;
        FormatsDialog dialog(formats, prompts);
        dialog.show();
        auto *problems = named<QLabel>(&dialog, u"Problems"_s);
        QVERIFY(problems->isVisible());
        QCOMPARE(problems->text(), u"There is no format “<b>nothing</b>”."_s);
        QCOMPARE(problems->textFormat(), Qt::PlainText);
        // A choice in the window shows here.
        formats.setOptions({});
        QVERIFY(!problems->isVisible());
        QCOMPARE(named<QTreeWidget>(&dialog, u"Rules"_s)->topLevelItemCount(), 0);
    }

    void schemasAreListed()
    {
        MessageFormats formats;
        ScriptedPrompts prompts;
        FormatsDialog dialog(formats, prompts);
        dialog.show();
        dialog.findChild<QTabWidget *>()->setCurrentIndex(1);
        prompts.file = u"/nowhere/protos"_s;
        QTest::mouseClick(named<QPushButton>(&dialog, u"Add folder"_s), Qt::LeftButton);
        QTest::mouseClick(named<QPushButton>(&dialog, u"Add folder"_s), Qt::LeftButton);
        auto *list = named<QListWidget>(&dialog, u"Schemas"_s);
        QCOMPARE(list->count(), 1);
        QTest::mouseClick(button(dialog, QDialogButtonBox::Apply), Qt::LeftButton);
        QCOMPARE(formats.options().schemas, (QStringList{u"/nowhere/protos"_s}));
        dialog.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Delete);
        QTest::mouseClick(button(dialog, QDialogButtonBox::Apply), Qt::LeftButton);
        QVERIFY(formats.options().schemas.isEmpty());
    }

    void aStructIsDescribed()
    {
        MessageFormats formats;
        ScriptedPrompts prompts;
        FormatsDialog dialog(formats, prompts);
        dialog.setExample(QByteArray::fromHex("0201"));
        dialog.show();
        dialog.findChild<QTabWidget *>()->setCurrentIndex(2);
        auto *page = dialog.findChild<StructsPage *>();
        auto *editor = page->findChild<QPlainTextEdit *>();
        QVERIFY(!editor->isEnabled());
        QTest::mouseClick(named<QPushButton>(page, u"Add"_s), Qt::LeftButton);
        QVERIFY(editor->isEnabled());
        editor->setFocus();
        QTest::keyClicks(editor, u"struct Pair { u8 a; u8 b; }"_s);
        auto *list = named<QListWidget>(&dialog, u"Structs"_s);
        QTRY_COMPARE(list->item(0)->text(), u"Pair"_s);
        auto *view = page->findChild<NodeView *>();
        QTRY_VERIFY(view->tree() && view->tree()->size() > 2);
        QTest::mouseClick(button(dialog, QDialogButtonBox::Apply), Qt::LeftButton);
        QCOMPARE(formats.options().structs, (QStringList{u"struct Pair { u8 a; u8 b; }"_s}));
        QTRY_VERIFY(formats.set()->find(u"struct:Pair"));
        QTest::mouseClick(named<QPushButton>(page, u"Remove"_s), Qt::LeftButton);
        QTest::mouseClick(button(dialog, QDialogButtonBox::Apply), Qt::LeftButton);
        QVERIFY(formats.options().structs.isEmpty());
    }

    /// What is written and not applied is lost by nothing that happens elsewhere, nor by another struct that is chosen.
    void whatIsWrittenStays()
    {
        MessageFormats formats;
        formats.setOptions({{}, {}, {u"struct A { u8 a; }"_s}});
        ScriptedPrompts prompts;
        FormatsDialog dialog(formats, prompts);
        dialog.show();
        QTRY_VERIFY(!formats.isReading());
        dialog.findChild<QTabWidget *>()->setCurrentIndex(2);
        auto *page = dialog.findChild<StructsPage *>();
        auto *list = named<QListWidget>(page, u"Structs"_s);
        QCOMPARE(list->item(0)->text(), u"A"_s);
        QTest::mouseClick(named<QPushButton>(page, u"Add"_s), Qt::LeftButton);
        QTest::keyClicks(page->findChild<QPlainTextEdit *>(), u"struct B { u8 b; }"_s);
        // At once, before the text has been understood.
        list->setCurrentRow(0);
        QCOMPARE(page->texts().last(), u"struct B { u8 b; }"_s);
        formats.setFormat(About::Text, Direction::In, u"hex"_s);
        QTRY_VERIFY(!formats.isReading());
        QCOMPARE(page->texts().size(), 2);
        QCOMPARE(dialog.findChild<FormatRulesPage *>()->rules().size(), 1);
        // It asks before it goes.
        prompts.accept = false;
        dialog.reject();
        QVERIFY(dialog.isVisible());
        QCOMPARE(prompts.asked.size(), 1);
        prompts.accept = true;
        dialog.reject();
        QVERIFY(!dialog.isVisible());
    }

    void closesWithItsTab()
    {
        auto formats = std::make_unique<MessageFormats>();
        ScriptedPrompts prompts;
        FormatsDialog dialog(*formats, prompts);
        dialog.show();
        formats.reset();
        QVERIFY(!dialog.isVisible());
    }

private:
    static QPushButton *button(const FormatsDialog &dialog, QDialogButtonBox::StandardButton which)
    {
        return dialog.findChild<QDialogButtonBox *>()->button(which);
    }
};

SOCKEYE_TEST(FormatsDialogTest, QApplication)
#include "tst_formatsdialog.moc"
