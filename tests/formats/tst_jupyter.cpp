#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

#include <QtEndian>

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

template<typename T>
QByteArray number(T value)
{
    QByteArray bytes(sizeof(T), Qt::Uninitialized);
    if (sizeof(T) == 4)
        qToBigEndian(value, bytes.data());
    else
        qToLittleEndian(value, bytes.data());
    return bytes;
}

/// Parts behind each other in the form of the subprotocol.
QByteArray inParts(const QByteArrayList &parts)
{
    auto at = quint64(8 * (parts.size() + 2));
    QByteArray bytes = number(quint64(parts.size() + 1)) + number(at);
    for (const QByteArray &part : parts)
        bytes += number(at += quint64(part.size()));
    return bytes + parts.join();
}

} // namespace

/// Jupyter's messages as @jupyterlab/services writes them.
class JupyterTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectorsSayWhatTheyMean()
    {
        for (const Vector &vector : read(u"jupyter.jsonl"_s)) {
            DecodeInput input = vector.input;
            const FormatChoice choice = chooseFormat(input);
            QVERIFY(choice.format && choice.format->id() == u"jupyter" && choice.certainty == Certainty::Sure);
            input.subprotocol = vector.meaning[u"subprotocol"_s].toString();
            const NodeTree tree = treeOf(u"jupyter", input);
            QVERIFY2(!tree.error, tree.error ? qPrintable(tree.error->rule) : "");
            const JsonView root(tree, 0);
            const JsonView inner = root.member(u"message");
            const JsonView &message = inner.exists() ? inner : root;
            QCOMPARE(message.member(u"channel").text(), vector.meaning[u"channel"_s].toString());
            QCOMPARE(message.member(u"header").member(u"msg_type").text(), vector.meaning[u"msg_type"_s].toString());
            QCOMPARE(message.member(u"header").member(u"msg_id").text(), vector.meaning[u"msg_id"_s].toString());
            QVERIFY(message.member(u"parent_header").isObject() && message.member(u"metadata").isObject() &&
                    message.member(u"content").isObject());
            const QJsonArray buffers = vector.meaning[u"buffers"_s].toArray();
            const JsonView found = root.member(u"buffers");
            QCOMPARE(found.count(), buffers.size());
            for (qint32 i = 0; i < found.count(); ++i)
                QCOMPARE(QString::fromLatin1(tree.valueBytes(tree.at(found.element(i).index())).toByteArray().toHex()),
                         buffers[i].toString());
        }
    }

    void summaries()
    {
        QStringList lines;
        for (const Vector &vector : read(u"jupyter.jsonl"_s))
            lines += treeOf(u"jupyter", vector.input).summary;
        const QString run = u"execute_request shell · print(\"ü\")"_s;
        QCOMPARE(lines, (QStringList{run, run, u"stream · stdout ü"_s, u"stream · stdout ü"_s,
                                     u"comm_msg · update · 2 buffers"_s, u"comm_msg · update · 2 buffers"_s,
                                     u"status · idle"_s, u"status · idle"_s}));
    }

    void otherSummaries_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("summary");
        QTest::newRow("error") << QByteArray("error") << QByteArray("{\"ename\":\"NameError\",\"evalue\":\"x\"}")
                               << u"error · NameError: x"_s;
        QTest::newRow("reply") << QByteArray("execute_reply") << QByteArray("{\"status\":\"ok\"}")
                               << u"execute_reply · ok"_s;
        QTest::newRow("result") << QByteArray("execute_result") << QByteArray("{\"data\":{\"text/plain\":\"4\"}}")
                                << u"execute_result · 4"_s;
        QTest::newRow("question") << QByteArray("input_request") << QByteArray("{\"prompt\":\"name? \"}")
                                  << u"input_request · name?"_s;
    }
    void otherSummaries()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, content);
        QFETCH(QString, summary);
        const QByteArray json = "{\"channel\":\"iopub\",\"header\":{\"msg_type\":\"" + type +
                                "\"},\"parent_header\":{},\"metadata\":{},\"content\":" + content + "}";
        QCOMPARE(treeOf(u"jupyter", {json, true, Direction::In, {}}).summary, summary);
    }

    void bytesOfEachPart()
    {
        const QByteArray bytes = inParts({"shell", "{\"msg_type\":\"a\"}", "{}", "{}", "{\"n\":1}", "xy", "\x01"});
        const NodeTree tree = treeOf(u"jupyter", {bytes, false, Direction::In, {}});
        QVERIFY2(!tree.error, tree.error ? qPrintable(tree.error->rule) : "");
        QCOMPARE(rangesOf(tree), (QStringList{u"- 0 107"_s,       u"offset count 0 8"_s, u"offsets 8 64"_s,
                                              u"- 8 8"_s,         u"- 16 8"_s,           u"- 24 8"_s,
                                              u"- 32 8"_s,        u"- 40 8"_s,           u"- 48 8"_s,
                                              u"- 56 8"_s,        u"- 64 8"_s,           u"channel 72 5"_s,
                                              u"header 77 16"_s,  u"msg_type 89 3"_s,    u"parent_header 93 2"_s,
                                              u"metadata 95 2"_s, u"content 97 7"_s,     u"n 102 1"_s,
                                              u"buffers 104 3"_s, u"- 104 2"_s,          u"- 106 1"_s}));
        QCOMPARE(tree.text(3), u"72"_s);
        QCOMPARE(tree.text(10), u"107"_s);
    }

    void bytesOfBuffers()
    {
        const QByteArray json(
            "{\"header\":{\"msg_type\":\"a\"},\"parent_header\":{},\"content\":{},\"channel\":\"iopub\"}");
        const QByteArray bytes = number(quint32(3)) + number(quint32(16)) + number(quint32(16 + json.size())) +
                                 number(quint32(18 + json.size())) + json + "xy" + "\x01\x02\x03";
        const NodeTree tree = treeOf(u"jupyter", {bytes, false, Direction::In, {}});
        QVERIFY2(!tree.error, tree.error ? qPrintable(tree.error->rule) : "");
        QCOMPARE(rangesOf(tree), (QStringList{u"- 0 98"_s, u"buffer count 0 4"_s, u"offsets 4 12"_s, u"- 4 4"_s,
                                              u"- 8 4"_s, u"- 12 4"_s, u"message 16 77"_s, u"header 26 16"_s,
                                              u"msg_type 38 3"_s, u"parent_header 59 2"_s, u"content 72 2"_s,
                                              u"channel 85 7"_s, u"buffers 93 5"_s, u"- 93 2"_s, u"- 95 3"_s}));
        QVERIFY(formatOf(u"jupyter")->probe({bytes, false, Direction::In, {}}) == Certainty::Sure);
    }

    void errors_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<qsizetype>("offset");
        QTest::addColumn<QString>("rule");
        const QByteArray good = inParts({"shell", "{}", "{}", "{}", "{}"});
        QTest::newRow("short") << QByteArray("\x06\0\0", 3) << qsizetype(3) << u"ends in its offsets"_s;
        QTest::newRow("cut") << good.chopped(1) << qsizetype(48) << u"does not fit"_s;
        QTest::newRow("too few") << inParts({"shell", "{}"}) << qsizetype(0) << u"does not fit"_s;
        QTest::newRow("longer") << QByteArray(good + "x") << qsizetype(48) << u"does not fit"_s;
        QTest::newRow("JSON") << inParts({"shell", "{}", "{x", "{}", "{}"}) << qsizetype(64) << u"JSON"_s;
        QTest::newRow("many") << QByteArray("\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0\0\0\0\0", 16) << qsizetype(0)
                              << u"does not fit"_s;
        QTest::newRow("buffers") << QByteArray("\0\0\0\x02\0\0\0\x0c\0\0\0\x09{}", 14) << qsizetype(8)
                                 << u"does not fit"_s;
    }
    void errors()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(qsizetype, offset);
        QFETCH(QString, rule);
        const NodeTree tree = treeOf(u"jupyter", {bytes, false, Direction::In, {}});
        QVERIFY(tree.error);
        QVERIFY2(tree.error->rule.contains(rule), qPrintable(tree.error->rule));
        QCOMPARE(tree.error->offset, offset);
    }

    void howSure()
    {
        const auto certainty = [](const QByteArray &bytes, const QString &subprotocol = {}) {
            return formatOf(u"jupyter")->probe({bytes, false, Direction::In, subprotocol});
        };
        QVERIFY(certainty(inParts({"shell", "{}", "{}", "{}", "{}"})) == Certainty::Sure);
        QVERIFY(certainty(inParts({"other", "{}", "{}", "{}", "{}"})) == Certainty::None);
        QVERIFY(certainty("x", u"v1.kernel.websocket.jupyter.org"_s) == Certainty::Sure);
        QVERIFY(certainty("{\"header\":{},\"content\":{}}") == Certainty::None);
        QVERIFY(certainty(QByteArray(64, '\0')) == Certainty::None);
    }
};

SOCKEYE_TEST(JupyterTest, QCoreApplication)
#include "tst_jupyter.moc"
