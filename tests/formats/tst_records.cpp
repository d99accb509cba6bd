#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

NodeTree recordsTree(const QString &id, const QByteArray &hex)
{
    return treeOf(id, {QByteArray::fromHex(hex), false, Direction::In, {}});
}

} // namespace

/// Records behind each other, in every form of their lengths.
class RecordsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachForm_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QStringList>("ranges");
        QTest::newRow("u8") << u"records-u8"_s << QByteArray("02 6869 03 010203")
                            << QStringList{u"- 0 3"_s, u"length 0 1"_s, u"data 1 2"_s,
                                           u"- 3 4"_s, u"length 3 1"_s, u"data 4 3"_s};
        QTest::newRow("u16be") << u"records-u16be"_s << QByteArray("0002 6869 0003 010203")
                               << QStringList{u"- 0 4"_s, u"length 0 2"_s, u"data 2 2"_s,
                                              u"- 4 5"_s, u"length 4 2"_s, u"data 6 3"_s};
        QTest::newRow("u16le") << u"records-u16le"_s << QByteArray("0200 6869 0300 010203")
                               << QStringList{u"- 0 4"_s, u"length 0 2"_s, u"data 2 2"_s,
                                              u"- 4 5"_s, u"length 4 2"_s, u"data 6 3"_s};
        QTest::newRow("u32be") << u"records-u32be"_s << QByteArray("00000002 6869 00000003 010203")
                               << QStringList{u"- 0 6"_s, u"length 0 4"_s, u"data 4 2"_s,
                                              u"- 6 7"_s, u"length 6 4"_s, u"data 10 3"_s};
        QTest::newRow("u32le") << u"records-u32le"_s << QByteArray("02000000 6869 03000000 010203")
                               << QStringList{u"- 0 6"_s, u"length 0 4"_s, u"data 4 2"_s,
                                              u"- 6 7"_s, u"length 6 4"_s, u"data 10 3"_s};
        QTest::newRow("varint") << u"records-varint"_s << QByteArray("8200 6869 03 010203")
                                << QStringList{u"- 0 4"_s, u"length 0 2"_s, u"data 2 2"_s,
                                               u"- 4 4"_s, u"length 4 1"_s, u"data 5 3"_s};
        QTest::newRow("gRPC-Web") << u"grpc-web"_s
                                  << QByteArray("00 00000002 6869 80 0000000f 677270632d7374617475733a 30 0d0a")
                                  << QStringList{u"- 0 7"_s,      u"flags 0 1"_s,      u"length 1 4"_s,
                                                 u"data 5 2"_s,   u"- 7 20"_s,         u"flags 7 1"_s,
                                                 u"length 8 4"_s, u"trailers 12 15"_s, u"grpc-status 24 1"_s};
    }
    void eachForm()
    {
        QFETCH(QString, id);
        QFETCH(QByteArray, hex);
        QFETCH(QStringList, ranges);
        const NodeTree tree = recordsTree(id, hex);
        QVERIFY2(!tree.error, tree.error ? qPrintable(tree.error->rule) : "");
        QCOMPARE(rangesOf(tree), ranges);
        QCOMPARE(tree.summary, u"hi + 1 more"_s);
    }

    void contentsAreDecoded()
    {
        const NodeTree tree = recordsTree(u"records-u32be"_s, "00000007 7b2261223a317d 00000002 5b5d");
        QVERIFY(!tree.error);
        QCOMPARE(linesOf(tree), u"-\n length=7\n data={\"a\":1}\n  -\n   a=1\n-\n length=2\n data=[]\n  -"_s);
        QCOMPARE(tree.summary, u"{\"a\":1} + 1 more"_s);
    }

    void errors_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<qsizetype>("offset");
        QTest::addColumn<QString>("rule");
        QTest::newRow("length") << u"records-u32be"_s << QByteArray("00000001 61 0000") << qsizetype(5)
                                << u"ends in the length"_s;
        QTest::newRow("record") << u"records-u16le"_s << QByteArray("0500 6162") << qsizetype(0) << u"2 of 5 bytes"_s;
        QTest::newRow("huge") << u"records-u32le"_s << QByteArray("ffffffff 61") << qsizetype(0)
                              << u"1 of 4294967295 bytes"_s;
        QTest::newRow("varint") << u"records-varint"_s << QByteArray("ffffffffff01") << qsizetype(0)
                                << u"at most five bytes"_s;
        QTest::newRow("in a varint") << u"records-varint"_s << QByteArray("0161 ff") << qsizetype(2)
                                     << u"ends in the length"_s;
        QTest::newRow("flags") << u"grpc-web"_s << QByteArray("42 00000000") << qsizetype(0) << u"Flags are"_s;
    }
    void errors()
    {
        QFETCH(QString, id);
        QFETCH(QByteArray, hex);
        QFETCH(qsizetype, offset);
        QFETCH(QString, rule);
        const NodeTree tree = recordsTree(id, hex);
        QVERIFY(tree.error);
        QVERIFY2(tree.error->rule.contains(rule), qPrintable(tree.error->rule));
        QCOMPARE(tree.error->offset, offset);
    }

    void howSure_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("id");
        QTest::addColumn<Certainty>("certainty");
        QTest::newRow("two") << QByteArray("00000007 7b2261223a317d 00000002 5b5d") << u"records-u32be"_s
                             << Certainty::Likely;
        QTest::newRow("one") << QByteArray("00000007 7b2261223a317d") << u"records-u32be"_s << Certainty::None;
        QTest::newRow("a byte behind") << QByteArray("00000001 61 00000001 62 00") << u"records-u32be"_s
                                       << Certainty::None;
        QTest::newRow("zeroes") << QByteArray("0000000000000000") << u"records-u32be"_s << Certainty::None;
        QTest::newRow("texts") << QByteArray("0461626364 0461626364 0461626364") << u"records-u8"_s
                               << Certainty::Likely;
        QTest::newRow("two texts") << QByteArray("0461626364 0461626364") << u"records-u8"_s << Certainty::None;
        QTest::newRow("trailers") << QByteArray("80 0000000f 677270632d7374617475733a 30 0d0a") << u"grpc-web"_s
                                  << Certainty::Sure;
        QTest::newRow("two of gRPC") << QByteArray("00 00000001 01 00 00000001 02") << u"grpc-web"_s
                                     << Certainty::Likely;
    }
    void howSure()
    {
        QFETCH(QByteArray, hex);
        QFETCH(QString, id);
        QFETCH(Certainty, certainty);
        const DecodeInput input{QByteArray::fromHex(hex), false, Direction::In, {}};
        QCOMPARE(formatOf(id)->probe(input), certainty);
        QVERIFY(formatOf(id)->probe({input.payload, true, Direction::In, {}}) == Certainty::None);
    }

    /// Empty records are zeros, and zeros are no records.
    void zerosAreNoRecords()
    {
        for (const qsizetype size : {10, 40, 4096})
            QVERIFY(!chooseFormat({QByteArray(size, '\0'), false, Direction::In, {}}).format);
    }
};

SOCKEYE_TEST(RecordsTest, QCoreApplication)
#include "tst_records.moc"
