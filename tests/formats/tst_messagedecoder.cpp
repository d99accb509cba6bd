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

    void whoeverSaysSoStopsIt()
    {
        QVERIFY(!decodeMessage({R"({"a":1})", true, Direction::In, {}}, [](qsizetype) { return false; }));
    }
};

SOCKEYE_TEST(MessageDecoderTest, QCoreApplication)
#include "tst_messagedecoder.moc"
