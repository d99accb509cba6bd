#include "support/TestProgram.h"
#include "tests/formats/Vectors.h"

#include <QRandomGenerator>

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

const QStringList &protocols()
{
    static const QStringList ids{u"stomp"_s,           u"socketio"_s,    u"engineio"_s, u"sockjs"_s,     u"signalr"_s,
                                 u"signalr-msgpack"_s, u"jsonrpc"_s,     u"cdp"_s,      u"graphql-ws"_s, u"wamp"_s,
                                 u"phoenix"_s,         u"actioncable"_s, u"ocpp"_s};
    return ids;
}

} // namespace

/// Protocols over text do not take each other's messages, nor those of other formats, nor noise.
class ProtocolChoiceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachFileIsItsOwn_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QStringList>("allowed");
        const auto row = [](const char *file, const QStringList &allowed) {
            QTest::newRow(file) << QString::fromLatin1(file) << allowed;
        };
        row("stomp", {u"stomp"_s});
        row("engineio", {u"engineio"_s});
        row("socketio", {u"socketio"_s, u"engineio"_s});
        row("sockjs", {u"sockjs"_s});
        row("signalr-json", {u"signalr"_s});
        row("signalr-msgpack", {u"signalr"_s, u"signalr-msgpack"_s});
        row("jsonrpc", {u"jsonrpc"_s, u"cdp"_s});
        row("graphql-ws", {u"graphql-ws"_s});
        row("wamp", {u"wamp"_s});
        row("phoenix", {u"phoenix"_s});
        row("actioncable", {u"actioncable"_s});
        for (const char *other :
             {"json", "cbor", "msgpack", "bson", "protobuf", "mqtt311", "mqtt5", "mqtt-split", "compressed-chains"})
            row(other, {});
    }
    void eachFileIsItsOwn()
    {
        QFETCH(QString, file);
        QFETCH(QStringList, allowed);
        for (const Vector &vector : read(file + u".jsonl"_s)) {
            for (const QString &id : protocols()) {
                if (!allowed.contains(id))
                    QVERIFY2(formatOf(id)->probe(vector.input) < Certainty::Likely ||
                                 (formatOf(id)->probe(vector.input) == Certainty::Likely && vector.input.isText),
                             qPrintable(id + u": "_s + QString::fromLatin1(vector.input.payload.toHex())));
            }
        }
    }

    /// Whatever becomes of real messages, their trees hold together.
    void changedMessages_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : {"stomp", "engineio", "socketio", "sockjs", "signalr-json", "signalr-msgpack",
                                 "jsonrpc", "graphql-ws", "wamp", "phoenix", "actioncable"})
            QTest::newRow(file) << QString::fromLatin1(file);
    }
    void changedMessages()
    {
        QFETCH(QString, file);
        const QStringList agreed{QString(),           u"v10.stomp"_s,           u"v11.stomp"_s,
                                 u"wamp.2.json"_s,    u"wamp.2.json.batched"_s, u"wamp.2.cbor"_s,
                                 u"wamp.2.msgpack"_s, u"actioncable-v1-json"_s, u"graphql-ws"_s};
        const int times = qMax(20, qEnvironmentVariableIntValue("SOCKEYE_CHANGES"));
        QRandomGenerator random(5);
        const QList<Vector> vectors = read(file + u".jsonl"_s);
        for (const Vector &vector : vectors) {
            for (int n = 0; n < times; ++n) {
                DecodeInput input = vector.input;
                change(input.payload, vectors[random.bounded(vectors.size())].input.payload, random);
                input.isText = random.bounded(2) == 0;
                input.subprotocol = agreed[random.bounded(agreed.size())];
                input.direction = n % 2 == 0 ? Direction::Out : Direction::None;
                for (const QString &id : protocols()) {
                    static_cast<void>(formatOf(id)->probe(input));
                    const auto decoded = decodeMessage(input, {}, formatOf(id));
                    const QString broken = fault(*decoded->tree);
                    QVERIFY2(broken.isEmpty(),
                             qPrintable(id + u' ' + QString::fromLatin1(input.payload.toHex()) + broken));
                    static_cast<void>(linesOf(*decoded->tree));
                    const auto &error = decoded->tree->error;
                    QVERIFY(!error || error->offset <= decoded->tree->sources[error->source].bytes.size());
                    QVERIFY2(decoded->tree->summary.size() <= 400, qPrintable(decoded->tree->summary));
                }
            }
        }
    }

    /// Every protocol by itself, whoever sends it.
    void noiseIsNone_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {3, 6, 9, 16, 32, 100})
            QTest::addRow("%d B", size) << size;
    }
    void noiseIsNone()
    {
        QFETCH(int, size);
        QRandomGenerator random(11);
        constexpr int Count = 100'000;
        QMap<QString, int> likely;
        QByteArray bytes(size, Qt::Uninitialized);
        for (int n = 0; n < Count; ++n) {
            for (char &byte : bytes)
                byte = char(random.bounded(256));
            const Direction direction = n % 3 == 0 ? Direction::None : n % 3 == 1 ? Direction::In : Direction::Out;
            for (const QString &id : protocols()) {
                const Certainty certainty = formatOf(id)->probe({bytes, false, direction, {}});
                QVERIFY2(certainty != Certainty::Sure, qPrintable(id + QString::fromLatin1(bytes.toHex())));
                if (certainty == Certainty::Likely)
                    ++likely[id];
            }
        }
        for (auto count = likely.begin(); count != likely.end(); ++count)
            QVERIFY2(*count <= Count / 10'000, qPrintable(u"%1: %2"_s.arg(count.key()).arg(*count)));
    }

private:
    static void change(QByteArray &bytes, const QByteArray &other, QRandomGenerator &random)
    {
        for (int n = random.bounded(1, 4); n > 0 && !bytes.isEmpty(); --n) {
            const qsizetype at = random.bounded(bytes.size());
            switch (random.bounded(4)) {
            case 0:
                bytes[at] = char(random.bounded(256));
                break;
            case 1:
                bytes.remove(at, random.bounded(1, 8));
                break;
            case 2:
                bytes.insert(at, bytes.mid(random.bounded(bytes.size()), random.bounded(1, 20)));
                break;
            default:
                bytes = bytes.first(at) + other.mid(random.bounded(other.size()));
            }
        }
    }
};

SOCKEYE_TEST(ProtocolChoiceTest, QCoreApplication)
#include "tst_protocolchoice.moc"
