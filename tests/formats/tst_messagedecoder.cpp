#include "support/TestProgram.h"
#include "tests/formats/Vectors.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// Which format a message is taken for, and what it carries in others.
class MessageDecoderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aScalarIsNoFormat_data()
    {
        QTest::addColumn<QByteArray>("payload");
        for (const char *text : {"1", "-7.5", "true", "null", "\"text\"", "hello", "", " "})
            QTest::newRow(text) << QByteArray(text);
    }
    void aScalarIsNoFormat()
    {
        QFETCH(QByteArray, payload);
        QVERIFY(!chooseFormat({payload, true, Direction::In, {}}).format);
        QVERIFY(!decodeMessage({payload, true, Direction::In, {}}));
    }

    void aTextIsJson()
    {
        const auto decoded = decodeMessage({R"({"a":[1,true]})", true, Direction::In, {}});
        QVERIFY(decoded && decoded->certainty == Certainty::Sure);
        QCOMPARE(decoded->format->id(), u"json"_s);
        QCOMPARE(linesOf(*decoded->tree), u"-\n a\n  -=1\n  -=true"_s);
    }

    /// A few bytes in a message are anything.
    void fewBytesInsideAreNoFormat()
    {
        const auto said = [](const QByteArray &payload) {
            const QByteArray body = QByteArray::fromHex("000164") + payload;
            const QByteArray packet = QByteArray(1, char(0x30)) + char(body.size()) + body;
            return decodeMessage({packet, false, Direction::In, u"mqtt"_s})->tree->summary;
        };
        QCOMPARE(said(QByteArray::fromHex("920102")), u"PUBLISH d · 3 B"_s);
        QCOMPARE(said(QByteArray::fromHex("c000")), u"PUBLISH d · 2 B"_s);
        const QByteArray guess = QByteArray::fromHex("dc0010") + QByteArray::fromHex("01").repeated(16);
        QVERIFY2(said(guess).contains(u'?') || said(guess).endsWith(u" B"), qPrintable(said(guess)));
        QCOMPARE(said(R"({"t":1})"), u"PUBLISH d · {\"t\":1}"_s);
    }

    void whoeverSaysSoStopsIt()
    {
        QVERIFY(!decodeMessage({R"({"a":1})", true, Direction::In, {}}, [](qsizetype) { return false; }));
    }
};

SOCKEYE_TEST(MessageDecoderTest, QCoreApplication)
#include "tst_messagedecoder.moc"
