#include "requests/RequestIndex.h"

#include "fields/MessageWalk.h"
#include "formats/FormatSet.h"
#include "support/TestProgram.h"
#include "tests/requests/SampleTalk.h"

#include <QTemporaryDir>

using namespace sockeye;
using namespace Qt::StringLiterals;
using samples::SampleTalk;

class RequestIndexTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_path = m_directory->filePath(u"c.sockeye"_s);
    }

    /// What each peer measured is what stands in the table.
    void protocolsAsTheirPeersMeasured_data()
    {
        QTest::addColumn<QList<NewEntry>>("entries");
        QTest::addColumn<QMap<qint64, qint64>>("latencies");
        QTest::addColumn<QList<qint64>>("unanswered");
        using Latencies = QMap<qint64, qint64>;
        {
            SampleTalk talk;
            talk.ask("420[\"price\",1]", 0);
            talk.ask("42/chat,0[\"say\",1]", 100);
            talk.ask("421[\"price\",2]", 150);
            talk.ask("42[\"tell\"]", 160);
            talk.answer("42/chat,0[\"ask us\"]", 200);
            talk.answer("43/chat,0[true]", 350);
            talk.answer("430[43]", 50'000);
            talk.ask("43/chat,0[1]", 50'400);
            QTest::newRow("Socket.IO acks")
                << talk.entries() << Latencies{{6, 250}, {7, 50'000}, {8, 50'200}} << QList<qint64>{3};
        }
        {
            SampleTalk talk;
            talk.ask(
                "[{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"id\":1},{\"jsonrpc\":\"2.0\",\"method\":\"b\",\"id\":\"1\"},"
                "{\"jsonrpc\":\"2.0\",\"method\":\"n\"}]",
                0);
            talk.ask("{\"jsonrpc\":\"2.0\",\"method\":\"c\",\"id\":2}", 500);
            talk.ask("{\"jsonrpc\":\"2.0\",\"method\":\"d\",\"id\":3}", 600);
            talk.answer(
                "[{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":1},{\"jsonrpc\":\"2.0\",\"error\":{\"code\":1},\"id\":2}]",
                2'000);
            talk.answer("{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":\"1\"}", 2'100);
            QTest::newRow("JSON-RPC batches")
                << talk.entries() << Latencies{{4, 2'000}, {5, 2'100}} << QList<qint64>{3};
        }
        {
            SampleTalk talk;
            talk.ask("{\"type\":\"connection_init\"}", 0);
            talk.answer("{\"type\":\"connection_ack\"}", 900);
            talk.ask("{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"subscription T{t}\"}}", 1'000);
            talk.ask("{\"id\":\"2\",\"type\":\"subscribe\",\"payload\":{\"query\":\"query Q{q}\"}}", 1'100);
            talk.answer("{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"data\":{\"t\":1}}}", 1'250);
            talk.answer("{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"data\":{\"t\":2}}}", 9'000);
            talk.answer("{\"id\":\"2\",\"type\":\"error\",\"payload\":[{\"message\":\"no\"}]}", 9'100);
            talk.ask("{\"id\":\"3\",\"type\":\"subscribe\",\"payload\":{\"query\":\"query Q{q}\"}}", 9'200);
            QTest::newRow("graphql-ws") << talk.entries() << Latencies{{2, 900}, {5, 250}, {7, 8'000}}
                                        << QList<qint64>{8};
        }
        {
            // QoS 1 and 2; the server publishes with ids of its own.
            SampleTalk talk;
            const ConnectionId other(2);
            talk.ask("100d00044d5154540402003c000161", 0, other);
            talk.answer("20020000", 1'000, other);
            talk.ask("321c00156d6574726963732f74656d70657261747572652f310007414243", 1'100, other);
            talk.ask("341c00156d6574726963732f74656d70657261747572652f310008414243", 1'200, other);
            talk.answer("50020008", 1'300, other);
            talk.ask("62020008", 1'310, other);
            talk.answer("321c00156d6574726963732f74656d70657261747572652f310007414243", 1'400, other);
            talk.answer("40020007", 1'500, other);
            talk.answer("70020008", 1'900, other);
            talk.ask("40020007", 2'000, other);
            talk.ask("321c00156d6574726963732f74656d70657261747572652f310009414243", 2'100, other);
            QTest::newRow("MQTT") << talk.entries() << Latencies{{2, 1'000}, {8, 400}, {9, 700}, {10, 600}}
                                  << QList<qint64>{11};
        }
        {
            SampleTalk talk;
            talk.ask("{\"protocol\":\"json\",\"version\":1}\x1e", 0);
            talk.answer("{}\x1e", 300);
            talk.ask("{\"type\":1,\"target\":\"Send\",\"arguments\":[],\"invocationId\":\"0\"}\x1e"
                     "{\"type\":4,\"target\":\"Count\",\"arguments\":[],\"invocationId\":\"1\"}\x1e",
                     400);
            talk.answer("{\"type\":2,\"invocationId\":\"1\",\"item\":1}\x1e", 500);
            talk.answer(
                "{\"type\":3,\"invocationId\":\"1\"}\x1e{\"type\":3,\"invocationId\":\"0\",\"error\":\"e\"}\x1e", 950);
            QTest::newRow("SignalR") << talk.entries() << Latencies{{2, 300}, {4, 100}, {5, 550}} << QList<qint64>{};
        }
        {
            SampleTalk talk;
            talk.ask("{\"id\":1,\"method\":\"Network.enable\",\"params\":{}}", 0);
            talk.ask("{\"id\":1,\"method\":\"Page.enable\",\"params\":{},\"sessionId\":"
                     "\"0123456789ABCDEF0123456789ABCDEF\"}",
                     10);
            talk.answer("{\"id\":1,\"result\":{},\"sessionId\":\"0123456789ABCDEF0123456789ABCDEF\"}", 70);
            talk.answer("{\"method\":\"Page.loadEventFired\",\"params\":{\"timestamp\":1}}", 80);
            QTest::newRow("CDP") << talk.entries() << Latencies{{3, 60}} << QList<qint64>{1};
        }
    }
    void protocolsAsTheirPeersMeasured()
    {
        QFETCH(QList<NewEntry>, entries);
        using Latencies = QMap<qint64, qint64>;
        QFETCH(Latencies, latencies);
        QFETCH(QList<qint64>, unanswered);
        const auto writer = samples::writer(m_path);
        ConnectionRecord agreed = samples::connection(ConnectionId(2));
        agreed.subprotocol = u"mqtt"_s;
        writer->put(agreed);
        for (NewEntry entry : std::as_const(entries))
            writer->append(std::move(entry));
        VERIFY_RESULT(writer->finish());
        RequestIndex index(FormatSet::standard());
        readAll(index);
        for (qint64 id = 1; id <= entries.size(); ++id) {
            const auto latency = index.latencyOf(EntryId(id));
            QCOMPARE(latency ? latency->count() / 1'000 : -1, latencies.value(id, -1));
        }
        QList<qint64> without;
        for (const Request &request : index.report().unanswered)
            without += request.asked.value();
        QCOMPARE(without, unanswered);
        QCOMPARE(index.report().last, EntryId(entries.size()));
    }

    /// Too long to be decoded, and answers all the same.
    void longAnswers()
    {
        const QByteArray data = '"' + QByteArray(1'100'000, 'x') + '"';
        SampleTalk talk;
        talk.ask("{\"id\":1,\"method\":\"Page.captureScreenshot\",\"params\":{}}", 0);
        talk.ask("{\"id\":2,\"method\":\"Page.captureScreenshot\",\"params\":{},\"sessionId\":\"S1\"}", 10);
        talk.ask("{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"id\":\"7\"}", 20);
        talk.ask("{\"id\":\"9\",\"type\":\"subscribe\",\"payload\":{\"query\":\"{a}\"}}", 30);
        talk.ask("{\"type\":1,\"target\":\"Send\",\"arguments\":[],\"invocationId\":\"5\"}\x1e", 40);
        talk.ask("[\"3\",\"4\",\"room:a\",\"new_msg\",{}]", 50);
        talk.answer("{\"id\":1,\"result\":{\"data\":" + data + "}}", 1'000);
        talk.answer("{\"id\":2,\"result\":{\"data\":" + data + "},\"sessionId\":\"S1\"}", 1'000);
        talk.answer("{\"jsonrpc\":\"2.0\",\"result\":" + data + ",\"id\":\"7\"}", 1'000);
        talk.answer("{\"id\":\"9\",\"type\":\"next\",\"payload\":{\"data\":" + data + "}}", 1'000);
        talk.answer("{\"type\":3,\"invocationId\":\"5\",\"result\":" + data + "}\x1e", 1'000);
        talk.answer("[\"3\",\"4\",\"room:a\",\"phx_reply\",{\"status\":\"ok\",\"response\":" + data + "}]", 1'000);
        samples::makeCapture(m_path, talk.entries());
        RequestIndex index(FormatSet::standard());
        readAll(index);
        for (qint64 id = 1; id <= 6; ++id)
            QCOMPARE(index.partnerOf(EntryId(id)), EntryId(id + 6));
        QCOMPARE(index.report().unansweredCount, 0);
    }

    void thePathOfTheUser()
    {
        SampleTalk talk;
        talk.ask("{\"req\":{\"id\":18},\"type\":\"subscribe\"}", 0);
        talk.ask("{\"req\":{\"id\":19},\"type\":\"get\"}", 10);
        talk.answer("{\"req\":{\"id\":18},\"type\":\"result\"}", 500);
        talk.answer("{\"req\":{\"id\":null},\"type\":\"hello\"}", 600);
        talk.answer("{\"type\":\"tick\"}", 610);
        samples::makeCapture(m_path, talk.entries());
        DecodeOptions options;
        options.requestPath = u"$.req.id"_s;
        RequestIndex index(FormatSet::make(options));
        QVERIFY(index.problem().isEmpty());
        readAll(index);
        QCOMPARE(index.latencyOf(EntryId(3)), std::optional<Nanoseconds>(500'000));
        const RequestReport report = index.report();
        QCOMPARE(report.count, 2);
        QCOMPARE(report.methods.at(0).name, QByteArray("subscribe"));
        QCOMPARE(report.unanswered.size(), size_t(1));
        QCOMPARE(report.unanswered.front().method, QByteArray("get"));
    }

    void aPathThatIsNone()
    {
        DecodeOptions options;
        options.requestPath = u"$..["_s;
        QVERIFY(!RequestIndex(FormatSet::make(options)).problem().isEmpty());
    }

    /// Read as something else they ask nothing.
    void followsTheFormats()
    {
        SampleTalk talk;
        talk.ask("420[\"price\",1]", 0);
        talk.answer("430[43]", 500);
        samples::makeCapture(m_path, talk.entries());
        DecodeOptions options;
        DecodeRule rule;
        rule.format = u"json"_s;
        options.rules.append(rule);
        RequestIndex index(FormatSet::make(options));
        readAll(index);
        QCOMPARE(index.report().count, 0);
    }

    /// Several may read on, each a part, and one that is stopped goes on where it was.
    void isReadInTurns()
    {
        SampleTalk talk;
        constexpr int Count = 6'000;
        for (int i = 0; i < Count; ++i) {
            talk.ask("{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"id\":" + QByteArray::number(i) + '}', i * 10);
            talk.answer("{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":" + QByteArray::number(i) + '}', i * 10 + i % 7);
        }
        samples::makeCapture(m_path, talk.entries());
        const auto one = samples::reader(m_path);
        const auto other = samples::reader(m_path);
        RequestIndex index(FormatSet::standard());
        MessageWalk oneWalk(*one, index.formats());
        MessageWalk otherWalk(*other, index.formats());
        const EntryId last(2 * Count);
        VERIFY_RESULT(index.readTo(oneWalk, EntryId(100), CancelToken()));
        VERIFY_RESULT(index.readTo(otherWalk, EntryId(1'001), CancelToken()));
        CancelToken cancel;
        int turns = 0;
        VERIFY_RESULT(index.readTo(oneWalk, last, cancel, [&](EntryId) {
            ++turns;
            cancel.cancel();
        }));
        QCOMPARE(turns, 1);
        QVERIFY(index.last() < last);
        VERIFY_RESULT(index.readTo(otherWalk, last, CancelToken()));
        QCOMPARE(index.last(), last);
        QCOMPARE(index.report().count, Count);
        QCOMPARE(index.report().unansweredCount, 0);
        QCOMPARE(index.latencyOf(EntryId(2 * 13 + 2)), std::optional<Nanoseconds>(6'000));
    }

private:
    void readAll(RequestIndex &index)
    {
        const auto capture = samples::reader(m_path);
        MessageWalk walk(*capture, index.formats());
        VERIFY_RESULT(index.readTo(walk, capture->lastEntry().value(), CancelToken()));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_path;
};

SOCKEYE_TEST(RequestIndexTest, QCoreApplication)
#include "tst_requestindex.moc"
