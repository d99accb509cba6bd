#include "widgets/controls/ExactText.h"

#include "support/ExactTexts.h"
#include "support/TestProgram.h"

#include <QGuiApplication>
#include <QTest>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

void select(QTextCursor &cursor, int from, int to)
{
    cursor.setPosition(from);
    cursor.setPosition(to, QTextCursor::KeepAnchor);
}

} // namespace

class TestExactText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEachCharacter_data() { samples(); }
    void keepsEachCharacter()
    {
        QFETCH(QString, text);
        QTextDocument document;
        ExactText::setText(document, text);
        QCOMPARE(ExactText::text(document), text);
        QVERIFY(!document.isUndoAvailable());
        // No line is so long that its layout takes time.
        for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
            QVERIFY(block.length() <= ExactText::MaxLine + 1);
    }

    void everyCutIsBetweenCharacters_data() { samples(); }
    /// The parts before and behind any position of the document are the text.
    void everyCutIsBetweenCharacters()
    {
        QFETCH(QString, text);
        QTextDocument document;
        ExactText::setText(document, text);
        QTextCursor cursor(&document);
        const int end = document.characterCount() - 1;
        for (int at = 0; at <= end; at += end > 100 ? 1021 : 1) {
            select(cursor, 0, at);
            const QString before = ExactText::text(cursor);
            select(cursor, at, end);
            QCOMPARE(before + ExactText::text(cursor), text);
        }
    }

    void undoAndRedoKeepEachCharacter_data() { samples(); }
    void undoAndRedoKeepEachCharacter()
    {
        QFETCH(QString, text);
        QTextDocument document;
        ExactText::setText(document, u"before\r\nbehind"_s);
        QTextCursor cursor(&document);
        select(cursor, 3, 9);
        ExactText::insert(cursor, text);
        const QString inserted = u"bef"_s + text + u"hind"_s;
        QCOMPARE(ExactText::text(document), inserted);
        document.undo();
        QCOMPARE(ExactText::text(document), u"before\r\nbehind"_s);
        document.redo();
        QCOMPARE(ExactText::text(document), inserted);
        cursor.select(QTextCursor::Document);
        cursor.removeSelectedText();
        document.undo();
        QCOMPARE(ExactText::text(document), inserted);
    }

    void whatIsTypedBesideAPictureIsWhatWasTyped()
    {
        QTextDocument document;
        ExactText::setText(document, u"\u2028"_s);
        QTextCursor cursor(&document);
        cursor.movePosition(QTextCursor::End);
        cursor.insertText(u"a"_s);
        QCOMPARE(ExactText::text(document), u"\u2028a"_s);
        QVERIFY(ExactText::needsCare(u"↓"_s));
        ExactText::insert(cursor, u"↓"_s);
        QCOMPARE(ExactText::text(document), u"\u2028a↓"_s);
        QCOMPARE(ExactText::pictures(document.begin()), QList<ExactText::Range>({{0, 1}}));
        ExactText::setText(document, u"a\u2028\u2029\u2029bc\u0085"_s);
        QCOMPARE(ExactText::pictures(document.begin()), QList<ExactText::Range>({{1, 3}, {6, 1}}));
    }

    void aLoneSurrogateStaysOne()
    {
        const QString text = QString(QChar(0xd83d)) + u'\n' + QChar(0xde00) + QChar(0xd83d);
        QTextDocument document;
        ExactText::setText(document, text);
        QCOMPARE(ExactText::text(document), text);
        QCOMPARE(ExactText::characterAt(document, 0), char32_t(0xd83d));
    }

    void textThatQtInsertedIsReadAsWell()
    {
        QTextDocument document;
        document.setPlainText(u"a\u00a0b\nc\u2028d"_s);
        QCOMPARE(ExactText::text(document), u"a\u00a0b\nc\u2028d"_s);
    }

    void theEndingNearALineIsFoundBothWays()
    {
        QTextDocument document;
        const auto near = [&document](int block) {
            return ExactText::endingNear(document.findBlockByNumber(block), LineEnding::Cr);
        };
        ExactText::setText(document, u"only"_s);
        QCOMPARE(near(0), LineEnding::Cr);
        ExactText::setText(document, u"one\r\ntwo\nthree"_s + QString(5'000, u'x'));
        QCOMPARE(near(0), LineEnding::CrLf);
        QCOMPARE(near(1), LineEnding::CrLf);
        QCOMPARE(near(2), LineEnding::Lf);
        QCOMPARE(ExactText::endingBefore(document.findBlockByNumber(3)), LineEnding::None);
        QCOMPARE(near(3), LineEnding::Lf);
    }

    void allEndingsCanBeChangedAndBack()
    {
        const QString text = u"one\rtwo\nthree\r\n"_s + QString(10'000, u'x') + u"\n"_s;
        QTextDocument document;
        ExactText::setText(document, text);
        ExactText::setEndings(document, LineEnding::CrLf);
        QCOMPARE(ExactText::text(document), u"one\r\ntwo\r\nthree\r\n"_s + QString(10'000, u'x') + u"\r\n"_s);
        document.undo();
        QCOMPARE(ExactText::text(document), text);
    }

    void whatBelongsTogetherIsNotBroken()
    {
        QCOMPARE(ExactText::breakPlace(u"abcdef", 4), 4);
        QCOMPARE(ExactText::breakPlace(u"abc", 4), 3);
        QCOMPARE(ExactText::breakPlace(u"abc\U0001f600", 4), 3);
        QCOMPARE(ExactText::breakPlace(u"abce\u0301f", 4), 3);
        QCOMPARE(ExactText::breakPlace(u"ab\U0001f44d\U0001f3fd!", 4), 2);
        QCOMPARE(ExactText::breakPlace(u"a\U0001f468\u200d\U0001f469", 4), 1);
        QCOMPARE(ExactText::breakPlace(u"\U0001f600", 1), 0);
        // Nothing can be done about a cluster that is longer than the line.
        QCOMPARE(ExactText::breakPlace(QString(u'e') + QString(5'000, QChar(0x301)), 4096), 4096);
    }

private:
    static void samples()
    {
        QTest::addColumn<QString>("text");
        for (const ExactSample &sample : exactSamples())
            QTest::newRow(sample.name) << sample.text;
    }
};

SOCKEYE_TEST(TestExactText, QGuiApplication)
#include "tst_exacttext.moc"
