#include "ComposerBench.h"

#include "support/ExactTexts.h"
#include "support/TestProgram.h"
#include "widgets/composer/MessageEdit.h"
#include "widgets/controls/ExactText.h"

#include <QClipboard>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QTextBlock>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using Type = Composer::PayloadType;

/// What is typed, pasted and dropped is what is sent; what is copied and cut is what stood there.
class MessageEditTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<ComposerBench>();
        QVERIFY(QTest::qWaitForWindowActive(&m_bench->composer));
        edit()->setFocus();
    }
    void cleanup() { m_bench.reset(); }

    void pastedIsSent_data() { samples(); }
    void pastedIsSent()
    {
        QFETCH(QString, text);
        paste(text);
        QCOMPARE(sent(), text.toUtf8());
    }

    void pastedIntoTextIsSent_data() { samples(); }
    void pastedIntoTextIsSent()
    {
        QFETCH(QString, text);
        edit()->setText(u"before\r\nbehind"_s);
        select(3, 9);
        paste(text);
        QCOMPARE(sent(), (u"bef"_s + text + u"hind"_s).toUtf8());
        press(Qt::Key_Z);
        QCOMPARE(sent(), QByteArray("before\r\nbehind"));
        press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(sent(), (u"bef"_s + text + u"hind"_s).toUtf8());
    }

    void droppedIsSent_data() { samples(); }
    void droppedIsSent()
    {
        QFETCH(QString, text);
        QMimeData data;
        data.setText(text);
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(edit()->viewport(), &enter);
        QDropEvent drop({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(edit()->viewport(), &drop);
        QCOMPARE(sent(), text.toUtf8());
    }

    void bytesOfAnotherProgramAreTakenAsTheyAre()
    {
        const QByteArray bytes("\xef\xbb\xbfone\r\n\0", 9);
        auto data = std::make_unique<QMimeData>();
        // Qt's own decoding on X11 leaves the first and the last character out.
        data->setText(u"one\r\n"_s);
        data->setData(u"text/plain;charset=utf-8"_s, bytes);
        QGuiApplication::clipboard()->setMimeData(data.release());
        press(Qt::Key_V);
        QCOMPARE(sent(), bytes);
    }

    void copiedIsTheText_data() { samples(); }
    void copiedIsTheText()
    {
        QFETCH(QString, text);
        edit()->setText(text);
        const int end = edit()->document()->characterCount() - 1;
        press(Qt::Key_A);
        QCOMPARE(copied(), text);
        const bool isLong = end > 60;
        const int step = isLong ? 20'479 : 1;
        for (int from = 0; from < end; from += step) {
            const int to = std::min(from + (isLong ? 5'000 : 5), end);
            QCOMPARE(copied(0, from) + copied(from, to) + copied(to, end), text);
        }
    }

    void cutTakesTheTextAndUndoBringsItBack_data() { samples(); }
    void cutTakesTheTextAndUndoBringsItBack()
    {
        QFETCH(QString, text);
        edit()->setText(text);
        press(Qt::Key_A);
        press(Qt::Key_X);
        QCOMPARE(QGuiApplication::clipboard()->text(), text);
        QCOMPARE(edit()->text(), QString());
        press(Qt::Key_Z);
        QCOMPARE(sent(), text.toUtf8());
        press(Qt::Key_A);
        press(Qt::Key_X);
        press(Qt::Key_V);
        QCOMPARE(sent(), text.toUtf8());
    }

    void historyAndDraftsKeepTheText_data() { samples(); }
    void historyAndDraftsKeepTheText()
    {
        QFETCH(QString, text);
        paste(text);
        QCOMPARE(sent(), text.toUtf8());
        edit()->setText(u"other"_s);
        QCOMPARE(sent(), QByteArray("other"));
        QTest::keyClick(edit(), Qt::Key_Up, Qt::AltModifier);
        QTest::keyClick(edit(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(sent(), text.toUtf8());
        ComposerBench restored;
        restored.composer.setDraft(m_bench->composer.draft());
        restored.composer.send();
        QCOMPARE(restored.last().payload, text.toUtf8());
    }

    void formsKeepTheText_data() { samples(); }
    void formsKeepTheText()
    {
        QFETCH(QString, text);
        edit()->setText(text);
        for (const Type type : {Type::Hex, Type::Base64, Type::Json, Type::Hex, Type::Text})
            m_bench->composer.setPayloadType(type);
        QCOMPARE(sent(), text.toUtf8());
    }

    void jsonIsSentToTheByte()
    {
        m_bench->composer.setPayloadType(Type::Json);
        const QString json = u"{\r\n\t\"a\":\r\"b\u2028c\u2029\ufdd0\u007f\u0085\"\n}\r\n"_s;
        paste(json);
        QCOMPARE(sent(), json.toUtf8());
        edit()->setText(u"{\r\n\"a\":\rx}"_s);
        QVERIFY2(m_bench->words().contains(u"line 3, column 1"), qPrintable(m_bench->words()));
    }

    void aLoneSurrogateIsRefusedByName_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("place");
        QTest::newRow("high") << u"ab\r\nc"_s + QChar(0xd83d)
                              << u"U+D83D, half of a surrogate pair, stands at line 2, column 2"_s;
        QTest::newRow("low") << QString(QChar(0xde00)) + u"x"_s
                             << u"U+DE00, half of a surrogate pair, stands at line 1, column 1"_s;
    }
    void aLoneSurrogateIsRefusedByName()
    {
        QFETCH(QString, text);
        QFETCH(QString, place);
        paste(text);
        QVERIFY2(m_bench->words().contains(place), qPrintable(m_bench->words()));
        m_bench->composer.send();
        QCOMPARE(m_bench->sent.size(), 0);
        QCOMPARE(edit()->text(), text);
    }

    void returnFollowsTheTextsLineEnding_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("none") << u"a"_s << QByteArray("a\nb");
        QTest::newRow("LF") << u"x\na"_s << QByteArray("x\na\nb");
        QTest::newRow("CR LF") << u"x\r\na"_s << QByteArray("x\r\na\r\nb");
        QTest::newRow("CR") << u"x\ra"_s << QByteArray("x\ra\rb");
        QTest::newRow("mixed: the nearest") << u"x\r\ny\na"_s << QByteArray("x\r\ny\na\nb");
    }
    void returnFollowsTheTextsLineEnding()
    {
        QFETCH(QString, before);
        QFETCH(QByteArray, after);
        for (const auto modifier : {Qt::NoModifier, Qt::ShiftModifier}) {
            edit()->setText(before);
            press(Qt::Key_End);
            QTest::keyClick(edit(), Qt::Key_Return, modifier);
            QTest::keyClicks(edit(), u"b"_s);
            QCOMPARE(sent(), after);
        }
    }

    void lineEndingsCanBeChosen()
    {
        edit()->setText(u"one\ntwo\r"_s);
        QContextMenuEvent asked(QContextMenuEvent::Keyboard, QPoint(5, 5), edit()->mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(edit()->viewport(), &asked);
        bool chosen = false;
        for (QAction *action : QApplication::activePopupWidget()->findChildren<QAction *>()) {
            if (action->text().startsWith(u"CR LF")) {
                action->trigger();
                chosen = true;
            }
        }
        QVERIFY(chosen);
        QApplication::activePopupWidget()->close();
        QCOMPARE(sent(), QByteArray("one\r\ntwo\r\n"));
        edit()->undo();
        QCOMPARE(sent(), QByteArray("one\ntwo\r"));
        // The choice holds for what is typed anew.
        edit()->setText(u"SIP/2.0 200 OK"_s);
        press(Qt::Key_End);
        QTest::keyClick(edit(), Qt::Key_Return);
        QCOMPARE(sent(), QByteArray("SIP/2.0 200 OK\r\n"));
    }

    void unusualLineEndingsAreSaid()
    {
        edit()->setText(u"a\nb"_s);
        QVERIFY(!m_bench->words().contains(u"line endings"));
        edit()->setText(u"a\r\nb"_s);
        QVERIFY(m_bench->words().contains(u"4 B · 1 frame · CRLF line endings"));
        edit()->setText(u"a\r\nb\nc"_s);
        QVERIFY(m_bench->words().contains(u"mixed line endings (1 LF, 1 CRLF)"));
        edit()->setText(u"00\r\nff"_s);
        m_bench->composer.setPayloadType(Type::Hex);
        QVERIFY(!m_bench->words().contains(u"line endings"));
    }

    void whatCannotBeSeenHasAPicture()
    {
        edit()->setText(u"a\u2028b%1c\u001bd"_s.arg(QChar(0)));
        QCOMPARE(edit()->toPlainText(), u"a↓b␀c␛d"_s);
    }

    void marksAreShownOnRequest()
    {
        edit()->setText(u"a\tb c\u00a0d\u200be\r\nf"_s);
        edit()->clearFocus(); // A cursor would blink.
        const QImage plain = picture();
        QTest::mouseClick(m_bench->find<QPushButton>("Show invisible characters"), Qt::LeftButton);
        QVERIFY(picture() != plain);
        QTest::mouseClick(m_bench->find<QPushButton>("Show invisible characters"), Qt::LeftButton);
        QCOMPARE(picture(), plain);
        m_bench->composer.setPayloadType(Type::Raw);
        QVERIFY(!m_bench->find<QPushButton>("Show invisible characters")->isVisible());
    }

    void aPictureThatIsTypedIsThatCharacter()
    {
        edit()->setText(u"\u2028"_s);
        press(Qt::Key_End);
        QTest::sendKeyEvent(QTest::Click, edit(), Qt::Key_unknown, u"↓"_s, Qt::NoModifier);
        QInputMethodEvent composed;
        composed.setCommitString(u"↓\r\n\u2028"_s);
        QCoreApplication::sendEvent(edit(), &composed);
        QCOMPARE(edit()->text(), u"\u2028↓↓\r\n\u2028"_s);
    }

    void oneKeyRemovesOneLineEnding()
    {
        edit()->setText(u"a\r\nb\r\nc"_s);
        press(Qt::Key_End);
        QTest::keyClick(edit(), Qt::Key_Left);
        QTest::keyClick(edit(), Qt::Key_Backspace);
        QCOMPARE(edit()->text(), u"a\r\nbc"_s);
        press(Qt::Key_Home);
        QTest::keyClick(edit(), Qt::Key_Right);
        QTest::keyClick(edit(), Qt::Key_Delete);
        QCOMPARE(edit()->text(), u"abc"_s);
    }

    void aBreakInALongLineIsNoCharacter()
    {
        QString text(3 * ExactText::MaxLine, u'x');
        edit()->setText(text);
        QCOMPARE(edit()->blockCount(), 3);
        select(ExactText::MaxLine + 1, ExactText::MaxLine + 1);
        QTest::keyClicks(edit(), u"A"_s);
        QTest::keyClick(edit(), Qt::Key_Left);
        // The cursor is at the start of the second block: one more step is over the last character of the first.
        QTest::keyClick(edit(), Qt::Key_Left);
        QTest::keyClicks(edit(), u"B"_s);
        text.insert(ExactText::MaxLine, u'A');
        text.insert(ExactText::MaxLine - 1, u'B');
        QCOMPARE(edit()->text(), text);
        QTest::keyClick(edit(), Qt::Key_Right);
        QTest::keyClick(edit(), Qt::Key_Delete);
        text.remove(ExactText::MaxLine + 1, 1);
        QCOMPARE(edit()->text(), text);
        QTest::keyClick(edit(), Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(copied(), u"x"_s);
        select(ExactText::MaxLine + 2, ExactText::MaxLine + 2);
        QTest::keyClick(edit(), Qt::Key_Backspace);
        text.remove(ExactText::MaxLine, 1);
        QCOMPARE(edit()->text(), text);
    }

    void aLineThatGrowsIsBrokenAgain()
    {
        const QString text(2 * ExactText::MaxLine - 10, u'y');
        edit()->setPlainText(text);
        press(Qt::Key_End);
        for (int i = 0; i < 20; ++i)
            QTest::keyClick(edit(), Qt::Key_Z);
        QCOMPARE(edit()->text(), text + QString(20, u'z'));
        QCOMPARE(edit()->blockCount(), 2);
        press(Qt::Key_Z);
        QCOMPARE(edit()->text().left(text.size()), text);
    }

    void anEmptyRestOfALongLineIsNoLine()
    {
        edit()->setText(QString(ExactText::MaxLine + 1, u'x'));
        QCOMPARE(edit()->blockCount(), 2);
        press(Qt::Key_End);
        QTest::keyClick(edit(), Qt::Key_Backspace);
        QCOMPARE(edit()->blockCount(), 1);
        QCOMPARE(edit()->text(), QString(ExactText::MaxLine, u'x'));
    }

private:
    static void samples()
    {
        QTest::addColumn<QString>("text");
        for (const ExactSample &sample : exactSamples())
            QTest::newRow(sample.name) << sample.text;
    }

    [[nodiscard]] MessageEdit *edit() const { return m_bench->find<MessageEdit>("Message to send"); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::ControlModifier)
    {
        QTest::keyClick(edit(), key, modifiers);
    }
    void paste(const QString &text)
    {
        QGuiApplication::clipboard()->setText(text);
        press(Qt::Key_V);
    }
    void select(qsizetype from, qsizetype to)
    {
        QTextCursor cursor = edit()->textCursor();
        cursor.setPosition(static_cast<int>(from));
        cursor.setPosition(static_cast<int>(to), QTextCursor::KeepAnchor);
        edit()->setTextCursor(cursor);
    }
    [[nodiscard]] QString copied()
    {
        press(Qt::Key_C);
        return QGuiApplication::clipboard()->text();
    }
    [[nodiscard]] QString copied(int from, int to)
    {
        if (from == to)
            return {};
        select(from, to);
        return copied();
    }
    /// What Ctrl+Return sends.
    [[nodiscard]] QByteArray sent()
    {
        const qsizetype before = m_bench->sent.size();
        press(Qt::Key_Return);
        return m_bench->sent.size() > before ? m_bench->last().payload : QByteArray("nothing was sent");
    }
    [[nodiscard]] QImage picture() const
    {
        QImage image(edit()->viewport()->size(), QImage::Format_RGB32);
        edit()->viewport()->render(&image);
        return image;
    }

    std::unique_ptr<ComposerBench> m_bench;
};

SOCKEYE_TEST(MessageEditTest, QApplication)
#include "tst_messageedit.moc"
