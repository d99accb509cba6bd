#include "requests/RequestTable.h"

#include "support/TestProgram.h"

#include <random>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

using Exchange = MessageFacts::Exchange;
using ExchangeRole = Exchange::Role;

constexpr ConnectionId First(1);
constexpr ConnectionId Second(2);

/// A capture whose entries come a millisecond apart, where nothing else is said.
class Talk final
{
public:
    explicit Talk(RequestTable::Limits limits = {})
        : m_table(limits)
    {
    }

    EntryId say(Direction direction, const std::vector<Exchange> &exchanges, ConnectionId connection = First)
    {
        m_table.add(next(direction, connection), exchanges);
        return m_entry;
    }
    EntryId ask(const QByteArray &id, const QByteArray &method = "call", Direction direction = Direction::Out,
                ConnectionId connection = First)
    {
        return say(direction, {{ExchangeRole::Asks, id, method}}, connection);
    }
    EntryId answer(const QByteArray &id, ExchangeRole role = ExchangeRole::Answers, Direction direction = Direction::In,
                   ConnectionId connection = First)
    {
        return say(direction, {{role, id}}, connection);
    }
    EntryId sayId(Direction direction, const QByteArray &id, const QByteArray &method = {})
    {
        m_table.addById(next(direction, First), id, method);
        return m_entry;
    }
    void pause(Nanoseconds time) { m_time += time; }

    [[nodiscard]] RequestTable &table() { return m_table; }
    /// In milliseconds; -1 for none.
    [[nodiscard]] double latency(EntryId entry) const
    {
        const auto latency = m_table.latencyOf(entry);
        return latency ? static_cast<double>(latency->count()) / 1e6 : -1;
    }
    [[nodiscard]] QList<qint64> unanswered(size_t most = 100) const
    {
        QList<qint64> entries;
        for (const Request &request : m_table.unanswered(most))
            entries += request.asked.value();
        return entries;
    }
    [[nodiscard]] RequestMethod method(const QByteArray &name) const
    {
        for (const RequestMethod &method : m_table.methods()) {
            if (method.name == name)
                return method;
        }
        return {};
    }

private:
    RequestTable::Message next(Direction direction, ConnectionId connection)
    {
        ++m_entry;
        m_time += std::chrono::milliseconds(1);
        return {m_entry, connection, m_time, direction};
    }

    RequestTable m_table;
    EntryId m_entry;
    Timestamp m_time = timestampFromNs(1'700'000'000'000'000'000);
};

} // namespace

class RequestTableTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pairsWhatAsksWithWhatAnswers()
    {
        Talk talk;
        const EntryId one = talk.ask("1", "sum");
        const EntryId two = talk.ask("2", "mul");
        const EntryId answerTwo = talk.answer("2");
        talk.pause(std::chrono::microseconds(250));
        const EntryId answerOne = talk.answer("1", ExchangeRole::Fails);
        QCOMPARE(talk.latency(answerTwo), 1.0);
        QCOMPARE(talk.latency(answerOne), 3.25);
        QCOMPARE(talk.latency(one), -1.0);
        QCOMPARE(talk.table().partnerOf(one), answerOne);
        QCOMPARE(talk.table().partnerOf(answerOne), one);
        QCOMPARE(talk.table().partnerOf(two), answerTwo);
        QCOMPARE(talk.table().partnerOf(answerTwo), two);
        QCOMPARE(talk.table().partnerOf(EntryId(99)), EntryId());
        QVERIFY(talk.table().isRequest(one));
        QVERIFY(!talk.table().isRequest(answerOne));
        QCOMPARE(talk.table().count(), 2);
        QCOMPARE(talk.table().unansweredCount(), 0);
        QCOMPARE(talk.method("sum").errors, 1);
        QCOMPARE(talk.method("sum").max, std::optional<Nanoseconds>(3'250'000));
        QCOMPARE(talk.method("mul").errors, 0);
    }

    void sidesAndConnectionsHaveIdsOfTheirOwn()
    {
        Talk talk;
        const EntryId ours = talk.ask("1");
        const EntryId theirs = talk.ask("1", "call", Direction::In);
        const EntryId other = talk.ask("1", "call", Direction::Out, Second);
        const EntryId toTheirs = talk.answer("1", ExchangeRole::Answers, Direction::Out);
        const EntryId toOther = talk.answer("1", ExchangeRole::Answers, Direction::In, Second);
        QCOMPARE(talk.table().partnerOf(toTheirs), theirs);
        QCOMPARE(talk.table().partnerOf(toOther), other);
        QCOMPARE(talk.unanswered(), QList<qint64>{ours.value()});
        // Nobody answers itself.
        talk.answer("1", ExchangeRole::Answers, Direction::Out);
        QCOMPARE(talk.unanswered(), QList<qint64>{ours.value()});
    }

    void countsToTheFirstAnswer()
    {
        Talk talk;
        const EntryId asked = talk.ask("1");
        const EntryId first = talk.answer("1", ExchangeRole::Continues);
        const EntryId second = talk.answer("1", ExchangeRole::Continues);
        const EntryId end = talk.answer("1");
        const EntryId late = talk.answer("1");
        QCOMPARE(talk.latency(first), 1.0);
        QCOMPARE(talk.latency(second), -1.0);
        QCOMPARE(talk.latency(end), -1.0);
        QCOMPARE(talk.table().partnerOf(asked), first);
        for (const EntryId entry : {first, second, end})
            QCOMPARE(talk.table().partnerOf(entry), asked);
        QCOMPARE(talk.table().partnerOf(late), EntryId());
        QCOMPARE(talk.method("call").count, 1);
        QCOMPARE(talk.method("call").unanswered, 0);
    }

    void anErrorMayEndWhatHadAnswers()
    {
        Talk talk;
        talk.ask("1");
        talk.answer("1", ExchangeRole::Continues);
        talk.answer("1", ExchangeRole::Fails);
        QCOMPARE(talk.method("call").errors, 1);
        QVERIFY(talk.table().slowest().front().hasFailed);
    }

    void anIdThatIsUsedAgainLeavesTheOlderOneWithout()
    {
        Talk talk;
        const EntryId older = talk.ask("1");
        const EntryId newer = talk.ask("1");
        QCOMPARE(talk.table().partnerOf(talk.answer("1")), newer);
        QCOMPARE(talk.unanswered(), QList<qint64>{older.value()});
        QVERIFY(!talk.table().unanswered(1).front().isWaiting);
        // One that had its first answer is none of those.
        talk.ask("2");
        talk.answer("2", ExchangeRole::Continues);
        talk.ask("2");
        talk.answer("2");
        QCOMPARE(talk.unanswered(), QList<qint64>{older.value()});
    }

    void theEndOfAConnectionLeavesWhatWaits()
    {
        Talk talk;
        const EntryId here = talk.ask("1");
        const EntryId there = talk.ask("1", "call", Direction::Out, Second);
        for (const Request &request : talk.table().unanswered(10))
            QVERIFY(request.isWaiting);
        QCOMPARE(talk.table().openConnections(), (std::vector{First, Second}));
        talk.table().endConnection(First);
        QCOMPARE(talk.table().openConnections(), std::vector{Second});
        QVERIFY(!talk.table().unanswered(10).at(0).isWaiting);
        QVERIFY(talk.table().unanswered(10).at(1).isWaiting);
        talk.answer("1");
        QCOMPARE(talk.unanswered(), (QList<qint64>{here.value(), there.value()}));
    }

    void batches()
    {
        Talk talk;
        const EntryId asked =
            talk.say(Direction::Out, {{ExchangeRole::Asks, "1", "a"}, {ExchangeRole::Asks, "2", "b"}});
        const EntryId third = talk.ask("3", "c");
        const EntryId both = talk.say(Direction::In, {{ExchangeRole::Answers, "3"}, {ExchangeRole::Fails, "1"}});
        QCOMPARE(talk.table().partnerOf(asked), both);
        QCOMPARE(talk.table().partnerOf(both), third);
        // The longest of what it answers.
        QCOMPARE(talk.latency(both), 2.0);
        QCOMPARE(talk.unanswered(), QList<qint64>{asked.value()});
        QCOMPARE(talk.table().unanswered(1).front().method, QByteArray("b"));
    }

    /// Of messages without a protocol: what both say joins them.
    void idsAtAPath()
    {
        Talk talk;
        const EntryId asked = talk.sayId(Direction::Out, "18", "subscribe");
        const EntryId answered = talk.sayId(Direction::In, "18", "result");
        const EntryId event = talk.sayId(Direction::In, "18", "event");
        const EntryId again = talk.sayId(Direction::Out, "18", "unsubscribe");
        QCOMPARE(talk.table().partnerOf(answered), asked);
        QCOMPARE(talk.table().partnerOf(event), asked);
        QVERIFY(talk.table().isRequest(again));
        QCOMPARE(talk.unanswered(), QList<qint64>{again.value()});
        QCOMPARE(talk.method("subscribe").count, 1);
    }

    void tellsTheSlowest()
    {
        Talk talk;
        std::mt19937 random(3);
        std::vector<std::pair<qint64, qint64>> taken;
        for (int i = 0; i < 200; ++i) {
            const QByteArray id = QByteArray::number(i);
            const EntryId asked = talk.ask(id);
            talk.pause(Nanoseconds(random() % 50));
            talk.answer(id, i % 2 ? ExchangeRole::Fails : ExchangeRole::Answers);
            taken.emplace_back(-talk.table().latencyOf(asked + 1)->count(), asked.value());
        }
        std::ranges::sort(taken);
        const std::vector<Request> slowest = talk.table().slowest();
        QCOMPARE(slowest.size(), RequestTable::SlowestCount);
        for (size_t i = 0; i < slowest.size(); ++i) {
            QCOMPARE(slowest[i].latency.count(), -taken[i].first);
            QCOMPARE(slowest[i].asked.value(), taken[i].second);
            QCOMPARE(slowest[i].hasFailed, (slowest[i].asked.value() - 1) / 2 % 2 == 1);
        }
    }

    void clocksMayBeSetBack()
    {
        Talk talk;
        talk.ask("1");
        talk.pause(-std::chrono::hours(1));
        QCOMPARE(talk.latency(talk.answer("1")), 0.0);
    }

    /// More than a chunk, so that all places are met.
    void manyRequests()
    {
        Talk talk;
        constexpr int Count = 150'000;
        for (int i = 0; i < Count; ++i) {
            talk.ask(QByteArray::number(i));
            if (i % 1000 != 7)
                talk.answer(QByteArray::number(i));
        }
        QCOMPARE(talk.table().unansweredCount(), Count / 1000);
        const QList<qint64> unanswered = talk.unanswered(1'000);
        QCOMPARE(unanswered.size(), Count / 1000);
        QCOMPARE(unanswered.first(), 2 * 7 + 1);
        for (qsizetype i = 1; i < unanswered.size(); ++i)
            QCOMPARE(unanswered[i] - unanswered[i - 1], 2 * 1000 - 1);
        QCOMPARE(talk.unanswered(3), unanswered.last(3));
        const EntryId last = talk.ask("last");
        QCOMPARE(talk.table().partnerOf(talk.answer("last")), last);
        QCOMPARE(talk.latency(EntryId(2)), 1.0);
        QVERIFY(!talk.table().isCut());
        QVERIFY(talk.table().footprint() < 6'000'000);
    }

    /// What is kept is bounded; what is counted is not.
    void limits()
    {
        Talk talk({10, 4, 3});
        for (int i = 0; i < 5; ++i)
            talk.ask(QByteArray::number(i), "m" + QByteArray::number(i));
        // The older half was given up, and gets no answer any more.
        talk.answer("0");
        talk.answer("4");
        QCOMPARE(talk.table().count(), 5);
        QCOMPARE(talk.table().unansweredCount(), 4);
        const std::vector<RequestMethod> methods = talk.table().methods();
        QCOMPARE(methods.size(), size_t(3));
        QCOMPARE(methods[0].name, QByteArray("m0"));
        QCOMPARE(methods[2].name, RequestTable::OtherMethods);
        QCOMPARE(methods[2].count, 3);
        for (int i = 0; i < 10; ++i) {
            talk.ask("x");
            talk.answer("x");
        }
        QVERIFY(talk.table().isCut());
        QCOMPARE(talk.table().count(), 15);
        QCOMPARE(talk.table().unansweredCount(), 4);
    }

    void longMethodNamesAreCutBetweenCharacters()
    {
        Talk talk;
        talk.ask("1", "x" + QByteArray("ä").repeated(300));
        const QByteArray name = talk.table().methods().front().name;
        QCOMPARE(name, "x" + QByteArray("ä").repeated(99));
    }
};

SOCKEYE_TEST(RequestTableTest, QCoreApplication)
#include "tst_requesttable.moc"
