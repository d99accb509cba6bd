#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/composer/Composer.h"
#include "widgets/composer/MessageEdit.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using Type = Composer::PayloadType;

class ComposerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_composer = std::make_unique<Composer>();
        m_composer->setPrompts(m_prompts);
        m_composer->setCanSend(true);
        m_composer->resize(800, 200);
        m_composer->show();
        QVERIFY(QTest::qWaitForWindowActive(m_composer.get()));
        m_sent = std::make_unique<QSignalSpy>(m_composer.get(), &Composer::sendRequested);
        editor()->setFocus();
    }

    void cleanup()
    {
        m_sent.reset();
        m_composer.reset();
    }

    void everyControlHasItsName()
    {
        QVERIFY(named(m_composer.get(), u"Payload type"_s));
        QVERIFY(named<QPlainTextEdit>(m_composer.get(), u"Message to send"_s));
        QCOMPARE(named<QPushButton>(m_composer.get(), u"Send"_s)->text(), u"Send  Ctrl+↵"_s);
        for (const auto &name : {u"Text payload"_s, u"JSON payload"_s, u"Hex payload"_s, u"Base64 payload"_s,
                                 u"File payload"_s, u"Raw frame payload"_s})
            QVERIFY2(named<QPushButton>(m_composer.get(), name), qPrintable(name));
    }

    void ctrlReturnSendsWhatWasTyped()
    {
        QTest::keyClicks(editor(), u"hello"_s);
        QTest::keyClick(editor(), Qt::Key_Return);
        QTest::keyClicks(editor(), u"you"_s);
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(m_sent->size(), 1);
        QCOMPARE(sent().opcode, Opcode::Text);
        QCOMPARE(sent().payload, QByteArray("hello\nyou"));
        QCOMPARE(editor()->toPlainText(), u"hello\nyou"_s);
        QVERIFY(info(u"9 B · 1 frame"_s));
    }

    void theButtonSends()
    {
        QTest::keyClicks(editor(), u"hi"_s);
        QTest::mouseClick(send(), Qt::LeftButton);
        QCOMPARE(m_sent->size(), 1);
        QCOMPARE(sent().payload, QByteArray("hi"));
    }

    void anEmptyTextMayBeSent()
    {
        QTest::mouseClick(send(), Qt::LeftButton);
        QCOMPARE(m_sent->size(), 1);
        QCOMPARE(sent().payload, QByteArray(""));
    }

    void nothingIsSentWithoutAConnection()
    {
        m_composer->setCanSend(false, u"Not connected"_s);
        QVERIFY(!send()->isEnabled());
        QCOMPARE(send()->toolTip(), u"Not connected"_s);
        QTest::keyClicks(editor(), u"hi"_s);
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(m_sent->size(), 0);
    }

    void textIsSentToTheLetter()
    {
        // A no-break space, a BOM and a character beyond the BMP.
        const QString text = u"a\u00a0b \ufeff\U0001f41f"_s;
        editor()->setPlainText(text);
        m_composer->send();
        QCOMPARE(sent().payload, text.toUtf8());
    }

    void jsonMustParse_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("valid");
        QTest::newRow("object") << u"{ \"a\": [1, 2] }"_s << true;
        QTest::newRow("array") << u"[1]"_s << true;
        QTest::newRow("string") << u"\"x\""_s << true;
        QTest::newRow("number") << u" 42 "_s << true;
        QTest::newRow("null") << u"null"_s << true;
        QTest::newRow("nothing") << QString() << false;
        QTest::newRow("cut short") << u"{\"a\":"_s << false;
        QTest::newRow("two values") << u"1, 2"_s << false;
        QTest::newRow("closes the wrapper") << u"1],[2"_s << false;
        QTest::newRow("two objects") << u"{} {}"_s << false;
        QTest::newRow("bare word") << u"hello"_s << false;
        QTest::newRow("every kind") << u"[{}, [], \"\\u00e4\\n\", -0.5e+3, 0, true, false, null]"_s << true;
        QTest::newRow("no digit behind the point") << u"[1.]"_s << false;
        QTest::newRow("leading zero") << u"01"_s << false;
        QTest::newRow("unknown escape") << u"[\"\\x\"]"_s << false;
        QTest::newRow("short escape") << u"[\"\\u12\"]"_s << false;
        QTest::newRow("line break in a string") << u"[\"a\nb\"]"_s << false;
        QTest::newRow("trailing comma") << u"[1,]"_s << false;
        QTest::newRow("open string") << u"\"a"_s << false;
        QTest::newRow("lone minus") << u"-"_s << false;
        QTest::newRow("10,000 deep") << QString(10'000, u'[') << false;
    }

    void jsonMustParse()
    {
        QFETCH(QString, text);
        QFETCH(bool, valid);
        m_composer->setPayloadType(Type::Json);
        editor()->setPlainText(text);
        QCOMPARE(send()->isEnabled(), valid);
        QCOMPARE(problem().isEmpty(), valid || text.isEmpty());
        m_composer->send();
        QCOMPARE(m_sent->size(), valid ? 1 : 0);
        if (valid) {
            QCOMPARE(sent().payload, text.toUtf8());
            QCOMPARE(sent().opcode, Opcode::Text);
        }
    }

    void aJsonErrorTellsItsPlace()
    {
        m_composer->setPayloadType(Type::Json);
        editor()->setPlainText(u"{\n  \"ä\": x\n}"_s);
        QVERIFY2(problem().contains(u"line 2, column 8"), qPrintable(problem()));
    }

    void hexIsSentAsBinary()
    {
        QTest::mouseClick(named<QPushButton>(m_composer.get(), u"Hex payload"_s), Qt::LeftButton);
        editor()->setFocus();
        QTest::keyClicks(editor(), u"00 ff1"_s);
        QVERIFY(!send()->isEnabled());
        QVERIFY(!problem().isEmpty());
        QTest::keyClicks(editor(), u"0"_s);
        QCOMPARE(problem(), QString());
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(sent().opcode, Opcode::Binary);
        QCOMPARE(sent().payload, QByteArray::fromHex("00ff10"));
    }

    void base64IsSentAsBinary()
    {
        m_composer->setPayloadType(Type::Base64);
        editor()->setPlainText(u"AP8Q\n"_s);
        m_composer->send();
        QCOMPARE(sent().opcode, Opcode::Binary);
        QCOMPARE(sent().payload, QByteArray::fromHex("00ff10"));
        editor()->setPlainText(u"AP%Q"_s);
        QVERIFY2(problem().contains(u"character 3"), qPrintable(problem()));
        QVERIFY(!send()->isEnabled());
    }

    void changingTheTypeKeepsTheBytes()
    {
        editor()->setPlainText(u"Hi ä"_s);
        m_composer->setPayloadType(Type::Hex);
        QCOMPARE(editor()->toPlainText(), u"48 69 20 c3 a4"_s);
        m_composer->setPayloadType(Type::Base64);
        QCOMPARE(editor()->toPlainText(), u"SGkgw6Q="_s);
        m_composer->setPayloadType(Type::Text);
        QCOMPARE(editor()->toPlainText(), u"Hi ä"_s);
        m_composer->setPayloadType(Type::Json);
        QCOMPARE(editor()->toPlainText(), u"Hi ä"_s);
    }

    void bytesThatAreNoTextStayAsTheyAre()
    {
        m_composer->setPayloadType(Type::Hex);
        editor()->setPlainText(u"ff 00"_s);
        m_composer->setPayloadType(Type::Text);
        QCOMPARE(editor()->toPlainText(), u"ff 00"_s);
    }

    void arrowKeysMoveAmongTheTypes()
    {
        named<QPushButton>(m_composer.get(), u"Text payload"_s)->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
        QCOMPARE(m_composer->payloadType(), Type::Json);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
        QCOMPARE(m_composer->payloadType(), Type::Hex);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left);
        QCOMPARE(m_composer->payloadType(), Type::Raw);
    }

    void tabLeavesTheEditor()
    {
        QTest::keyClick(editor(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), send());
        QCOMPARE(editor()->toPlainText(), QString());
    }

    void altUpBringsBackWhatWasSent()
    {
        editor()->setPlainText(u"one"_s);
        m_composer->send();
        m_composer->setPayloadType(Type::Hex);
        editor()->setPlainText(u"02"_s);
        m_composer->send();
        editor()->setPlainText(u"draft"_s);
        QTest::keyClick(editor(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(editor()->toPlainText(), u"02"_s);
        QTest::keyClick(editor(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(editor()->toPlainText(), u"one"_s);
        QCOMPARE(m_composer->payloadType(), Type::Text);
        QTest::keyClick(editor(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(editor()->toPlainText(), u"one"_s);
        QTest::keyClick(editor(), Qt::Key_Down, Qt::AltModifier);
        QTest::keyClick(editor(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(editor()->toPlainText(), u"draft"_s);
        QCOMPARE(m_composer->payloadType(), Type::Hex);
    }

    void aHugePasteIsRefusedWithAWayOut()
    {
        QGuiApplication::clipboard()->setText(QString(MessageEdit::MaxPaste + 1, u'x'));
        editor()->paste();
        QCOMPARE(editor()->toPlainText(), QString());
        QVERIFY2(problem().contains(u"file"), qPrintable(problem()));
        QGuiApplication::clipboard()->setText(u"small"_s);
        editor()->paste();
        QCOMPARE(editor()->toPlainText(), u"small"_s);
        QCOMPARE(problem(), QString());
    }

    void soManyLinesAreRefusedToo()
    {
        QGuiApplication::clipboard()->setText(QString(MessageEdit::MaxPastedLines + 1, u'\n'));
        editor()->paste();
        QCOMPARE(editor()->toPlainText(), QString());
        QVERIFY2(problem().contains(u"lines"), qPrintable(problem()));
    }

    /// In one line, without a space to break it at.
    void tenMillionCharactersAreEditedAndSent()
    {
        const QString text(10'000'000, u'x');
        QGuiApplication::clipboard()->setText(text);
        editor()->paste();
        QTest::keyClick(editor(), Qt::Key_Y);
        QCOMPARE(problem(), QString());
        QTRY_VERIFY(send()->isEnabled());
        QTest::mouseClick(send(), Qt::LeftButton);
        QTRY_COMPARE(m_sent->size(), 1);
        QVERIFY(sent().payload == text.toUtf8() + 'y');
    }

    void aFileIsSentWhole()
    {
        const QByteArray content("\x00\xff\r\n", 4);
        m_prompts.file = m_sandbox.write(u"payload.bin"_s, content);
        m_composer->setPayloadType(Type::File);
        QTest::mouseClick(named<QPushButton>(m_composer.get(), u"Browse for a file to send"_s), Qt::LeftButton);
        QVERIFY(info(u"4 B · 1 frame"_s));
        QTest::mouseClick(send(), Qt::LeftButton);
        QTRY_COMPARE(m_sent->size(), 1);
        QCOMPARE(sent().opcode, Opcode::Binary);
        QCOMPARE(sent().payload, content);
        QVERIFY(send()->isEnabled());
    }

    void aFileThatIsGoneIsTold()
    {
        m_composer->setPayloadType(Type::File);
        named<QLineEdit>(m_composer.get(), u"File to send"_s)->setText(m_sandbox.path(u"nowhere"_s));
        QVERIFY2(problem().contains(u"does not exist"), qPrintable(problem()));
        QVERIFY(!send()->isEnabled());
    }

    void aFileThatIsNoTextIsToldAndNotSent()
    {
        m_composer->setPayloadType(Type::File);
        named<QLineEdit>(m_composer.get(), u"File to send"_s)->setText(m_sandbox.write(u"raw"_s, "\xff"));
        auto *kind = named<QWidget>(m_composer.get(), u"Send the file as"_s);
        QTest::keyClick(kind, Qt::Key_Down);
        QTest::mouseClick(send(), Qt::LeftButton);
        QTRY_VERIFY2(problem().contains(u"no UTF-8"), qPrintable(problem()));
        QCOMPARE(m_sent->size(), 0);
    }

private:
    [[nodiscard]] QPlainTextEdit *editor() const { return m_composer->editor(); }
    [[nodiscard]] QPushButton *send() const { return named<QPushButton>(m_composer.get(), u"Send"_s); }
    [[nodiscard]] Outgoing sent() const { return m_sent->last().first().value<Outgoing>(); }
    [[nodiscard]] bool info(const QString &text) const
    {
        const QList<QLabel *> labels = m_composer->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&text](const QLabel *label) { return label->text() == text; });
    }
    [[nodiscard]] QString problem() const
    {
        const QList<QLabel *> labels = m_composer->findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->property("error").toBool() && label->isVisible())
                return label->text();
        }
        return {};
    }

    Sandbox m_sandbox;
    ScriptedPrompts m_prompts;
    std::unique_ptr<Composer> m_composer;
    std::unique_ptr<QSignalSpy> m_sent;
};

SOCKEYE_TEST(ComposerTest, QApplication)
#include "tst_composer.moc"
