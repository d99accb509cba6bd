#include "widgets/controls/LineEnding.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestLineEnding final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsEachKind()
    {
        QCOMPARE(LineEndingCounts::of(u"a\nb\r\nc\rd\n\r\r\n"), (LineEndingCounts{2, 2, 2}));
        QCOMPARE(LineEndingCounts::of(u"a\u2028b\u0085c"), LineEndingCounts());
        QCOMPARE(LineEndingCounts::of({}), LineEndingCounts());
    }

    void describesWhatIsUnusual()
    {
        QCOMPARE(LineEndingCounts::of(u"abc").description(), QString());
        QCOMPARE(LineEndingCounts::of(u"a\nb\n").description(), QString());
        QCOMPARE(LineEndingCounts::of(u"a\r\nb").description(), u"CRLF line endings"_s);
        QCOMPARE(LineEndingCounts::of(u"a\rb").description(), u"CR line endings"_s);
        QCOMPARE(LineEndingCounts::of(u"a\r\nb\nc\n").description(), u"mixed line endings (2 LF, 1 CRLF)"_s);
        QCOMPARE(LineEndingCounts::of(u"a\r\n\rb").description(), u"mixed line endings (1 CRLF, 1 CR)"_s);
    }
};

SOCKEYE_TEST(TestLineEnding, QCoreApplication)
#include "tst_lineending.moc"
