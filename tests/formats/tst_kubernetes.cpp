#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

NodeTree channelTree(const QByteArray &bytes, const QString &subprotocol)
{
    return treeOf(u"kubernetes", {bytes, false, Direction::In, subprotocol});
}

} // namespace

/// The channels of exec, attach and port-forward.
class KubernetesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectorsSayWhatTheyMean()
    {
        for (const Vector &vector : read(u"kubernetes.jsonl"_s)) {
            DecodeInput input = vector.input;
            input.subprotocol = vector.meaning[u"subprotocol"_s].toString();
            const FormatChoice choice = chooseFormat(input);
            QVERIFY(choice.format && choice.format->id() == u"kubernetes" && choice.certainty == Certainty::Sure);
            QVERIFY(formatOf(u"kubernetes")->probe(vector.input) == Certainty::None);
            const NodeTree tree = treeOf(u"kubernetes", input);
            QVERIFY2(!tree.error, tree.error ? qPrintable(tree.error->rule) : "");
            const JsonView root(tree, 0);
            QCOMPARE(root.member(u"channel").number(), vector.meaning[u"channel"_s].toInt(-1));
            QCOMPARE(root.member(u"closes").number(), vector.meaning[u"closes"_s].toInt(-1));
            const QByteArray data = QByteArray::fromHex(vector.meaning[u"data"_s].toString().toLatin1());
            const JsonView view = root.member(u"data");
            QCOMPARE(view.exists(), !data.isEmpty());
            if (view.exists() && tree.sources.size() == 1)
                QCOMPARE(tree.valueBytes(tree.at(view.index())).toByteArray(), data);
            else if (view.exists())
                QCOMPARE(tree.sources[1].bytes, data);
            if (vector.meaning.contains(u"summary"_s))
                QCOMPARE(tree.summary, vector.meaning[u"summary"_s].toString());
        }
    }

    void bytesOfEachField()
    {
        const QString v5 = u"v5.channel.k8s.io"_s;
        QCOMPARE(rangesOf(channelTree("\x01hello", v5)), (QStringList{u"- 0 6"_s, u"channel 0 1"_s, u"data 1 5"_s}));
        QCOMPARE(rangesOf(channelTree(QByteArray("\xff\0", 2), v5)),
                 (QStringList{u"- 0 2"_s, u"channel 0 1"_s, u"closes 1 1"_s}));
        QCOMPARE(rangesOf(channelTree("\x04{\"Width\":80,\"Height\":24}", v5)),
                 (QStringList{u"- 0 25"_s, u"channel 0 1"_s, u"data 1 24"_s, u"- 1 24"_s, u"Width 10 2"_s,
                              u"Height 22 2"_s}));
        QCOMPARE(rangesOf(channelTree("\x03{\"status\":\"Failure\",\"code\":500,\"details\":{\"causes\":[]}}", v5)),
                 (QStringList{u"- 0 56"_s, u"channel 0 1"_s, u"data 1 55"_s, u"- 1 55"_s, u"status 11 9"_s,
                              u"code 28 3"_s, u"details 42 13"_s, u"causes 52 2"_s}));
        QCOMPARE(rangesOf(channelTree("1aGVsbG8=", u"v4.base64.channel.k8s.io"_s)),
                 (QStringList{u"- 0 9"_s, u"channel 0 1"_s, u"data 1 8"_s, u"- 0 5 in base64"_s}));
        QCOMPARE(rangesOf(channelTree("4eyJXaWR0aCI6ODAsIkhlaWdodCI6MjR9", u"base64.channel.k8s.io"_s)),
                 (QStringList{u"- 0 33"_s, u"channel 0 1"_s, u"data 1 32"_s, u"- 0 24 in base64"_s,
                              u"Width 9 2 in base64"_s, u"Height 21 2 in base64"_s}));
        QCOMPARE(rangesOf(channelTree("aGVsbG8=", u"base64.binary.k8s.io"_s)),
                 (QStringList{u"- 0 8"_s, u"data 0 8"_s, u"- 0 5 in base64"_s}));
        QCOMPARE(rangesOf(channelTree("\x03{\"metadata\":{},\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\","
                                      "\"details\":{\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"2\"}]}}",
                                      v5)),
                 (QStringList{u"- 0 121"_s, u"channel 0 1"_s, u"data 1 120"_s, u"- 1 120"_s, u"metadata 13 2"_s,
                              u"status 25 9"_s, u"reason 44 17"_s, u"details 72 48"_s, u"causes 82 37"_s, u"- 83 35"_s,
                              u"reason 93 10"_s, u"message 114 3"_s}));
    }

    void onlyVersion5Closes()
    {
        const QByteArray close("\xff\0", 2);
        QCOMPARE(channelTree(close, u"v5.channel.k8s.io"_s).summary, u"close stdin"_s);
        QCOMPARE(channelTree(close, u"v4.channel.k8s.io"_s).summary, u"channel 255 · 1 B"_s);
    }

    void withoutASubprotocol()
    {
        QCOMPARE(channelTree("1aGVsbG8=", {}).summary, u"stdout · hello"_s);
        QCOMPARE(channelTree("\x01hello", {}).summary, u"stdout · hello"_s);
    }

    void errors()
    {
        const auto error = [](const QByteArray &bytes, const QString &subprotocol) {
            const NodeTree tree = channelTree(bytes, subprotocol);
            return tree.error ? QString::number(tree.error->offset) + u' ' + tree.error->rule : QString();
        };
        QVERIFY(error("1aGVs!G8=", u"base64.channel.k8s.io"_s).startsWith(u"5 No character of Base64"));
        QVERIFY(error("xaGVs", u"base64.channel.k8s.io"_s).startsWith(u"0 The channel is a digit"));
        QVERIFY(error("\xff", u"v5.channel.k8s.io"_s).startsWith(u"1 A close names one channel"));
        QVERIFY(error(QByteArray("\xff\0\0", 3), u"v5.channel.k8s.io"_s).startsWith(u"2 A close names one channel"));
        QVERIFY(error({}, u"v5.channel.k8s.io"_s).startsWith(u"0 A message begins with its channel"));
    }
};

SOCKEYE_TEST(KubernetesTest, QCoreApplication)
#include "tst_kubernetes.moc"
