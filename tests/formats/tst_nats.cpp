#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

NodeTree natsTree(const QByteArray &bytes)
{
    return treeOf(u"nats", {bytes, false, Direction::In, {}});
}

} // namespace

/// NATS as nats.ws and nats-server speak it.
class NatsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectorsSayWhatTheyMean()
    {
        for (const Vector &vector : read(u"nats.jsonl"_s)) {
            const NodeTree tree = treeOf(u"nats", vector.input);
            QVERIFY2(!tree.error, tree.error ? qPrintable(tree.error->rule) : "");
            const FormatChoice choice = chooseFormat(vector.input);
            QVERIFY(choice.format && choice.format->id() == u"nats" && choice.certainty == Certainty::Sure);
            const QJsonArray operations = vector.meaning[u"operations"_s].toArray();
            const std::vector<qint32> roots = tree.children(Node::None);
            QCOMPARE(qsizetype(roots.size()), operations.size());
            for (qsizetype i = 0; i < operations.size(); ++i)
                checkOperation(tree, JsonView(tree, roots[size_t(i)]), operations[i].toObject());
        }
    }

    void summaries()
    {
        const QList<Vector> vectors = read(u"nats.jsonl"_s);
        QStringList lines;
        for (const Vector &vector : vectors.first(10))
            lines += treeOf(u"nats", vector.input).summary;
        QCOMPARE(lines, (QStringList{u"INFO n1 2.9.10"_s, u"CONNECT c1 nats.ws 1.30.3"_s, u"PING"_s, u"PONG"_s,
                                     u"SUB sensors.> workers 1 + 1 more"_s, u"PONG"_s,
                                     u"PUB sensors.7.temp · {\"t\":21.5} + 1 more"_s,
                                     u"MSG sensors.7.temp 1 · {\"t\":21.5} + 1 more"_s,
                                     u"HPUB sensors.8 · 4 B + 2 more"_s, u"HMSG sensors.8 1 · 4 B + 2 more"_s}));
    }

    void bytesOfEachField()
    {
        QCOMPARE(rangesOf(natsTree("PUB a.b c.d 5\r\nhello\r\nPING\r\n")),
                 (QStringList{u"PUB 0 22"_s, u"subject 4 3"_s, u"reply-to 8 3"_s, u"bytes 12 1"_s, u"payload 15 5"_s,
                              u"PING 22 6"_s}));
        QCOMPARE(rangesOf(natsTree("SUB a q 1\r\nUNSUB 1 5\r\n-ERR 'No'\r\n+OK\r\n")),
                 (QStringList{u"SUB 0 11"_s, u"subject 4 1"_s, u"queue group 6 1"_s, u"sid 8 1"_s, u"UNSUB 11 11"_s,
                              u"sid 17 1"_s, u"max_msgs 19 1"_s, u"-ERR 22 11"_s, u"error 27 4"_s, u"+OK 33 5"_s}));
        QCOMPARE(rangesOf(natsTree("CONNECT {\"name\":\"c\",\"lang\":\"go\"}\r\n")),
                 (QStringList{u"CONNECT 0 34"_s, u"options 8 24"_s, u"name 16 3"_s, u"lang 27 4"_s}));
        QCOMPARE(rangesOf(natsTree("MSG a.b 12 _INBOX.x 6\r\nabc\r\n!\r\nSUB > 7\r\nUNSUB 7\r\n")),
                 (QStringList{u"MSG 0 31"_s, u"subject 4 3"_s, u"sid 8 2"_s, u"reply-to 11 8"_s, u"bytes 20 1"_s,
                              u"payload 23 6"_s, u"SUB 31 9"_s, u"subject 35 1"_s, u"sid 37 1"_s, u"UNSUB 40 9"_s,
                              u"sid 46 1"_s}));
    }

    void headers()
    {
        const QByteArray header("NATS/1.0 503 No\r\nA: b\r\n\r\n");
        const NodeTree tree = natsTree("HMSG a 9 r 25 27\r\n" + header + "hi\r\n");
        QVERIFY(!tree.error);
        QCOMPARE(linesOf(tree), u"HMSG\n subject=a\n sid=9\n reply-to=r\n header bytes=25\n total bytes=27\n headers\n"
                                "  version=NATS/1.0\n  status=503 No (no responders)\n  A=b\n payload=hi"_s);
        QCOMPARE(rangesOf(tree).mid(6), (QStringList{u"headers 18 25"_s, u"version 18 8"_s, u"status 27 6"_s,
                                                     u"A 38 1"_s, u"payload 43 2"_s}));
        QCOMPARE(tree.summary, u"HMSG a 9 ↩ r 503 No · hi"_s);
    }

    void namesInLowerCase()
    {
        const NodeTree tree = natsTree("pub a 2\nok\r\nping\n");
        QVERIFY(!tree.error);
        QCOMPARE(linesOf(tree), u"PUB\n subject=a\n bytes=2\n payload=ok\nPING"_s);
    }

    void errors_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<qsizetype>("offset");
        QTest::addColumn<QString>("rule");
        const auto row = [](const char *name, const QByteArray &bytes, qsizetype offset, const QString &rule) {
            QTest::newRow(name) << bytes << offset << rule;
        };
        row("rest", "ello\r\nPING\r\n", 0, u"earlier message"_s);
        row("later", "PING\r\nNOTHING\r\n", 6, u"No operation"_s);
        row("in the payload", "PUB a 5\r\nhel", 12, u"goes on in the next message: 3 of 5 bytes"_s);
        row("before its end", "PUB a 5\r\nhello\r", 15, u"goes on in the next message: 5 of 5 bytes"_s);
        row("in the line", "PUB a", 5, u"goes on in the next message"_s);
        row("in the JSON", "INFO {\"a\":", 10, u"goes on in the next message"_s);
        row("size", "PUB a x\r\n", 6, u"\"bytes\" is a whole number"_s);
        row("fields", "SUB a\r\n", 3, u"other fields"_s);
        row("too long", "PUB a 2\r\nhello\r\n", 11, u"end of a line"_s);
        row("header", "HPUB a 9 5\r\nhello\r\n", 12, u"longer than all"_s);
        row("header line", "HPUB a 16 16\r\nNATS/1.0\r\nnone\r\n\r\n", 24, u"with a colon"_s);
        row("JSON", "INFO {a}\r\n", 6, u"JSON"_s);
    }
    void errors()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(qsizetype, offset);
        QFETCH(QString, rule);
        const NodeTree tree = natsTree(bytes);
        QVERIFY(tree.error);
        QVERIFY2(tree.error->rule.contains(rule), qPrintable(tree.error->rule));
        QCOMPARE(tree.error->offset, offset);
    }

    void howSure()
    {
        const auto certainty = [](const QByteArray &bytes) {
            return formatOf(u"nats")->probe({bytes, false, Direction::In, {}});
        };
        QVERIFY(certainty("PING\r\n") == Certainty::Sure);
        QVERIFY(certainty("PING") == Certainty::None);
        QVERIFY(certainty("PING :irc\r\n") == Certainty::None);
        QVERIFY(certainty("+OK\r\n") == Certainty::Likely);
        QVERIFY(certainty("-ERR 'Slow Consumer'\r\n") == Certainty::Sure);
        QVERIFY(certainty("-ERR unknown command\r\n") == Certainty::None);
        QVERIFY(certainty("INFO {\"server_id\":\"") == Certainty::Sure);
        QVERIFY(certainty("INFO all is well\r\n") == Certainty::None);
        QVERIFY(certainty("CONNECT\naccept-version:1.2\n\n") == Certainty::None);
        QVERIFY(certainty("MSG a 1 5\r\nhel") == Certainty::Sure);
        QVERIFY(certainty("MSG hello there\r\n") == Certainty::None);
        QVERIFY(certainty({}) == Certainty::None);
    }

private:
    static void checkOperation(const NodeTree &tree, const JsonView &operation, const QJsonObject &meaning)
    {
        QCOMPARE(tree.name(operation.index()), meaning[u"op"_s].toString());
        for (const QString &field : {u"subject"_s, u"sid"_s, u"reply-to"_s, u"queue group"_s, u"max_msgs"_s})
            QCOMPARE(operation.member(field).text(), meaning[field].toString());
        if (meaning.contains(u"json"_s))
            QCOMPARE(jsonOf(tree, operation.member(u"options")), meaning[u"json"_s]);
        const JsonView headers = operation.member(u"headers");
        QCOMPARE(headers.member(u"version").text(), meaning[u"version"_s].toString());
        QCOMPARE(headers.member(u"status").text(), meaning[u"status"_s].toString());
        const QJsonArray lines = meaning[u"headers"_s].toArray();
        const qint32 before = (headers.exists() ? 1 : 0) + (meaning.contains(u"status"_s) ? 1 : 0);
        QCOMPARE(headers.count(), before + lines.size());
        for (qint32 i = 0; i < lines.size(); ++i) {
            QCOMPARE(tree.name(headers.element(before + i).index()), lines[i].toArray()[0].toString());
            QCOMPARE(headers.element(before + i).text(), lines[i].toArray()[1].toString());
        }
        const QByteArray payload = QByteArray::fromHex(meaning[u"payload"_s].toString().toLatin1());
        const JsonView view = operation.member(u"payload");
        QCOMPARE(view.exists(), !payload.isEmpty());
        if (view.exists())
            QCOMPARE(tree.textBytes(tree.at(view.index())).toByteArray(), payload);
    }
};

SOCKEYE_TEST(NatsTest, QCoreApplication)
#include "tst_nats.moc"
