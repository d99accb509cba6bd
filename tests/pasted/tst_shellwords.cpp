#include "pasted/ShellWords.h"

#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class ShellWordsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsAreSplitAsAShellDoes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("nothing") << QString() << QStringList();
        QTest::newRow("blanks") << u" \t\n"_s << QStringList();
        QTest::newRow("plain") << u"a  b\tc"_s << QStringList{u"a"_s, u"b"_s, u"c"_s};
        QTest::newRow("single quotes") << u"'a b' c"_s << QStringList{u"a b"_s, u"c"_s};
        QTest::newRow("nothing escapes in single quotes") << u"'a\\'b"_s << QStringList{u"a\\b"_s};
        QTest::newRow("double quotes") << u"\"a \\\"b\\\" \\c\""_s << QStringList{u"a \"b\" \\c"_s};
        QTest::newRow("an empty word") << u"a '' b"_s << QStringList{u"a"_s, QString(), u"b"_s};
        QTest::newRow("parts of a word") << u"a'b c'\"d\"e"_s << QStringList{u"ab cde"_s};
        QTest::newRow("a line goes on") << u"a \\\nb \\\r\nc"_s << QStringList{u"a"_s, u"b"_s, u"c"_s};
        QTest::newRow("ANSI-C") << u"$'it\\'s\\u0021\\n'"_s << QStringList{u"it's!\n"_s};
        QTest::newRow("a dollar") << u"$a '$b'"_s << QStringList{u"$a"_s, u"$b"_s};
        QTest::newRow("open to the end") << u"'a b"_s << QStringList{u"a b"_s};
        QTest::newRow("a backslash at the end") << u"a\\"_s << QStringList{u"a"_s};
    }

    void wordsAreSplitAsAShellDoes()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, words);
        QCOMPARE(shellWords(text), words);
    }
};

SOCKEYE_TEST(ShellWordsTest, QCoreApplication)
#include "tst_shellwords.moc"
