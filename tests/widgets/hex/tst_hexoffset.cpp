#include "widgets/hex/HexOffset.h"

#include "support/TestProgram.h"
#include "widgets/hex/OffsetDialog.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class HexOffsetTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offsets_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("offset");
        QTest::newRow("first") << u"0"_s << qint64(0);
        QTest::newRow("decimal") << u" 255 "_s << qint64(255);
        QTest::newRow("hex") << u"0xfF"_s << qint64(255);
        QTest::newRow("leading zeros") << u"0x00000010"_s << qint64(16);
        QTest::newRow("last") << u"-1"_s << qint64(255);
        QTest::newRow("from the end in hex") << u"-0x100"_s << qint64(0);
        QTest::newRow("with a blank") << u"- 2"_s << qint64(254);
        QTest::newRow("behind the end") << u"256"_s << qint64(-1);
        QTest::newRow("the end itself") << u"-0"_s << qint64(-1);
        QTest::newRow("before the beginning") << u"-257"_s << qint64(-1);
        QTest::newRow("more than there are numbers") << u"99999999999999999999"_s << qint64(-1);
        QTest::newRow("hex digits alone") << u"ff"_s << qint64(-1);
        QTest::newRow("a sign twice") << u"--1"_s << qint64(-1);
        QTest::newRow("0x twice") << u"0x0x1"_s << qint64(-1);
        QTest::newRow("0x alone") << u"0x"_s << qint64(-1);
        QTest::newRow("nothing") << u" "_s << qint64(-1);
        QTest::newRow("a sum") << u"0x10 + 4-1"_s << qint64(19);
        QTest::newRow("products first") << u"2+3*8"_s << qint64(26);
        QTest::newRow("parentheses") << u" ( 2 + 3 ) * (8-(1))"_s << qint64(35);
        QTest::newRow("from the left") << u"10-4-3"_s << qint64(3);
        QTest::newRow("below zero on the way") << u"2-5+4"_s << qint64(1);
        QTest::newRow("end") << u"end-4"_s << qint64(252);
        QTest::newRow("the end alone") << u"End"_s << qint64(-1);
        QTest::newRow("half of the end") << u"end-0x8*16"_s << qint64(128);
        QTest::newRow("from the end and back") << u"-4+3"_s << qint64(255);
        QTest::newRow("a product from the end") << u"-2*8"_s << qint64(240);
        QTest::newRow("from the caret") << u"here+16"_s << qint64(116);
        QTest::newRow("before the caret") << u"here - 0x10"_s << qint64(84);
        QTest::newRow("a sign after another") << u"4+-1"_s << qint64(-1);
        QTest::newRow("a minus in parentheses") << u"(-1)"_s << qint64(-1);
        QTest::newRow("an open parenthesis") << u"(1+2"_s << qint64(-1);
        QTest::newRow("a closed parenthesis") << u"1+2)"_s << qint64(-1);
        QTest::newRow("empty parentheses") << u"()"_s << qint64(-1);
        QTest::newRow("an end without a number") << u"1+"_s << qint64(-1);
        QTest::newRow("two numbers") << u"1 2"_s << qint64(-1);
        QTest::newRow("a blank in a number") << u"0x 1"_s << qint64(-1);
        QTest::newRow("a product that is too large") << u"0x7fffffffffffffff*2-0"_s << qint64(-1);
        QTest::newRow("too large on the way") << u"99999999999999999999*0"_s << qint64(-1);
        QTest::newRow("a division") << u"8/2"_s << qint64(-1);
        QTest::newRow("some parentheses") << QString(u"("_s.repeated(40) + u'7' + u")"_s.repeated(40)) << qint64(7);
        QTest::newRow("no end of parentheses") << u"("_s.repeated(100'000) << qint64(-1);
    }
    void offsets()
    {
        QFETCH(QString, text);
        QFETCH(qint64, offset);
        const Result<ByteOffset> parsed = parseOffset(text, 256, ByteOffset(100));
        QCOMPARE(parsed ? parsed->value() : -1, offset);
        if (!parsed)
            QVERIFY(!parsed.message().isEmpty());
        QVERIFY(!parseOffset(text, 0));
    }

    void saysWhatIsWrong()
    {
        OffsetDialog dialog(256);
        dialog.show();
        QSignalSpy chosen(&dialog, &OffsetDialog::offsetChosen);
        auto *field = dialog.findChild<QLineEdit *>();
        QVERIFY(dialog.errorText().isEmpty());
        field->setText(u"256"_s);
        QVERIFY(dialog.errorText().contains(u"0 to 255 (0xff)"));
        QVERIFY(field->property("error").toBool());
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(chosen.isEmpty());
        dialog.setSize(257);
        QVERIFY(dialog.errorText().isEmpty());
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().first().value<ByteOffset>(), ByteOffset(256));
        QVERIFY(!dialog.isVisible());
    }
};

SOCKEYE_TEST(HexOffsetTest, QApplication)
#include "tst_hexoffset.moc"
