#include "support/TestProgram.h"
#include "tests/formats/Vectors.h"

#include <QRandomGenerator>
#include <QSet>

#include <map>

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype RandomPayloads = 10'000;

/// All vectors of all formats.
const QList<Vector> &all()
{
    static const QList<Vector> list = [] {
        QList<Vector> vectors;
        const QStringList files{u"actioncable"_s, u"bson"_s,       u"cbor"_s,         u"compressed-chains"_s,
                                u"engineio"_s,    u"graphql-ws"_s, u"json"_s,         u"jsonrpc"_s,
                                u"mqtt-split"_s,  u"mqtt311"_s,    u"mqtt5"_s,        u"msgpack"_s,
                                u"phoenix"_s,     u"protobuf"_s,   u"signalr-json"_s, u"signalr-msgpack"_s,
                                u"socketio"_s,    u"sockjs"_s,     u"stomp"_s,        u"wamp"_s,
                                u"nats"_s,        u"xmpp"_s,       u"kubernetes"_s,   u"jupyter"_s,
                                u"records"_s,     u"socketio2"_s};
        for (const QString &file : files)
            vectors += read(file + u".jsonl"_s);
        return vectors;
    }();
    return list;
}

QByteArray randomBytes(QRandomGenerator &random, qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = char(random.bounded(256));
    return bytes;
}

} // namespace

/// What every format has to keep to, whatever it decodes.
class FormatsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsAndNamesAreTold()
    {
        QSet<QString> ids;
        std::vector<const Decoder *> named = formats();
        named.insert(named.end(), textFormats().begin(), textFormats().end());
        for (const Decoder *format : named) {
            QVERIFY(!format->id().isEmpty() && !format->name().isEmpty());
            QVERIFY2(!ids.contains(format->id()), qPrintable(format->id()));
            ids.insert(format->id());
            QCOMPARE(formatOf(format->id()), format);
        }
        QVERIFY(!formatOf(u"no such format"));
    }

    void eachFormat_data()
    {
        QTest::addColumn<const Decoder *>("format");
        for (const Decoder *format : formats())
            QTest::newRow(qPrintable(format->id())) << format;
        // They are one class; those that count in bytes, pairs and fours of them.
        for (const char *id : {"text-utf8", "text-utf16le", "text-utf32be", "text-latin1"})
            QTest::newRow(id) << formatOf(QString::fromLatin1(id));
    }

    /// Every vector, as what it is and as what it is not, whole and broken off at every byte.
    void eachFormat()
    {
        QFETCH(const Decoder *, format);
        for (const Vector &vector : all()) {
            for (qsizetype size = vector.input.payload.size(); size >= 0; --size) {
                DecodeInput input = vector.input;
                input.payload.truncate(size);
                check(*format, input);
                if (QTest::currentTestFailed())
                    return;
            }
        }
    }

    void randomPayloads_data() { eachFormat_data(); }
    void randomPayloads()
    {
        QFETCH(const Decoder *, format);
        QRandomGenerator random(1);
        for (qsizetype n = 0; n < RandomPayloads; ++n) {
            const QByteArray bytes = randomBytes(random, random.bounded(1, 200));
            check(*format, {bytes, n % 2 == 0, n % 3 == 0 ? Direction::In : Direction::Out, {}});
            if (QTest::currentTestFailed())
                return;
        }
    }

    void stopsWhenTold_data() { eachFormat_data(); }
    void stopsWhenTold()
    {
        QFETCH(const Decoder *, format);
        for (const Vector &vector : all()) {
            int asked = 0;
            NodeBuilder builder(vector.input.payload, [&asked](qsizetype) {
                ++asked;
                return false;
            });
            format->decode(vector.input, builder);
            QVERIFY(builder.isStopped() == (asked > 0));
        }
    }

    void keepsToTheLimits_data() { eachFormat_data(); }
    void keepsToTheLimits()
    {
        QFETCH(const Decoder *, format);
        for (const Vector &vector : all()) {
            for (const qint32 nodes : {0, 1, 2, 5}) {
                NodeBuilder builder(vector.input.payload, {}, {nodes, 3});
                format->decode(vector.input, builder);
                const NodeTree tree = builder.take();
                QVERIFY(tree.size() <= nodes);
                QVERIFY2(fault(tree).isEmpty(), qPrintable(fault(tree)));
            }
        }
    }

    /// Deep nesting in any format costs no stack.
    void nestsDeeply_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("[") << QByteArray(200'000, '[');
        QTest::newRow("cbor arrays") << QByteArray(200'000, char(0x81));
        QTest::newRow("cbor tags") << QByteArray(200'000, char(0xc1));
        QTest::newRow("indefinite arrays") << QByteArray(200'000, char(0x9f));
        QTest::newRow("msgpack arrays") << QByteArray(200'000, char(0x91));
        QTest::newRow("groups") << QByteArray(200'000, char(0x0b));
    }
    void nestsDeeply()
    {
        QFETCH(QByteArray, payload);
        for (const Decoder *format : formats())
            check(*format, {payload, false, Direction::In, {}});
    }

    /// Noise is nothing: none sure, at most one in a hundred likely.
    void noiseIsNothing_data()
    {
        QTest::addColumn<qsizetype>("size");
        for (const qsizetype size : {1, 2, 4, 8, 16, 64, 512, 4096})
            QTest::addRow("%lld B", qint64(size)) << size;
    }
    void noiseIsNothing()
    {
        QFETCH(qsizetype, size);
        QRandomGenerator random(7);
        std::map<QString, qsizetype> likely;
        qsizetype all = 0;
        for (qsizetype n = 0; n < RandomPayloads; ++n) {
            const DecodeInput input{randomBytes(random, size), false, Direction::In, {}};
            const FormatChoice choice = chooseFormat(input);
            if (choice.certainty == Certainty::Sure)
                QFAIL(qPrintable(choice.format->id() + u' ' + QString::fromLatin1(input.payload.toHex().left(400))));
            if (choice.format) {
                ++likely[choice.format->id()];
                ++all;
            }
        }
        QStringList counts;
        for (const auto &[id, count] : likely)
            counts += u"%1: %2"_s.arg(id).arg(count);
        if (size >= 16)
            QVERIFY2(all <= RandomPayloads / 100, qPrintable(counts.join(u", "_s)));
    }

private:
    static void check(const Decoder &format, const DecodeInput &input)
    {
        static_cast<void>(format.probe(input));
        const auto decoded = decodeMessage(input, {}, &format);
        QVERIFY(decoded);
        const QString broken = fault(*decoded->tree);
        QVERIFY2(broken.isEmpty(), qPrintable(format.id() + u", "_s +
                                              QString::fromLatin1(input.payload.toHex().left(400)) + u": "_s + broken));
        if (const auto &error = decoded->tree->error) {
            QVERIFY(!error->rule.isEmpty());
            QVERIFY(error->source < decoded->tree->sources.size());
            QVERIFY(error->offset <= decoded->tree->sources[error->source].bytes.size());
        }
    }
};

SOCKEYE_TEST(FormatsTest, QCoreApplication)
#include "tst_formats.moc"
