#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "widgets/window/SessionKeeper.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

SessionState sample()
{
    TabState live;
    live.endpoint.url = u"wss://api.example/feed"_s;
    live.endpoint.headers = {{u"X-A"_s, u"1"_s, true}, {u"X-B"_s, u"2"_s, false}};
    live.notify = {u"has:finding"_s, true, true};
    live.profileId = u"feed"_s;
    live.capture = u"/tmp/a.sockeye"_s;
    live.wasOpen = true;
    live.filter = u"dir:in \"ä\""_s;
    live.filterMode = LogModel::FilterMode::Mark;
    live.quiet = {true, false};
    live.columns = {{{u"$.price"_s, u"Price"_s, 80, false, u"size"_s}, {u"topic"_s}},
                    {{u"Trades"_s, u"json"_s, {{u"$.p"_s}}}}};
    live.draft = {PayloadType::File, PayloadType::Hex, u"68 65"_s, u"/tmp/payload.bin"_s};
    TabState file;
    file.capture = u"/tmp/b.sockeye"_s;
    file.isFile = true;
    file.quiet = {false, true};
    SessionState state;
    state.tabs = {live, file};
    state.current = 1;
    return state;
}

} // namespace

class SessionKeeperTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_state = sample();
        m_asked = 0;
    }

    void aStateComesBackAsItWas()
    {
        SessionState state = sample();
        for (const bool isClosed : {false, true}) {
            state.isClosed = isClosed;
            const Result<SessionState> read = SessionState::fromJson(state.toJson());
            QVERIFY2(read.ok(), qPrintable(read.message()));
            QVERIFY(read.value() == state);
        }
        QVERIFY(SessionState::fromJson(SessionState().toJson()).value() == SessionState());
    }

    void passwordsAreNotWritten()
    {
        SessionState state = sample();
        state.tabs[0].endpoint.url = u"ws://me:s3cret@api.example/feed?token=mine"_s;
        state.tabs[0].endpoint.proxy = u"http://me:pr0xy@proxy.example:3128"_s;
        const QByteArray json = state.toJson();
        QVERIFY(!json.contains("s3cret") && !json.contains("pr0xy"));
        const Endpoint read = SessionState::fromJson(json)->tabs.constFirst().endpoint;
        QCOMPARE(read.url, u"ws://me@api.example/feed?token=mine"_s);
        QCOMPARE(read.proxy, u"http://me@proxy.example:3128"_s);
    }

    void onlyTheOwnerCanReadIt()
    {
        // As somebody may have copied it.
        write(sample().toJson());
        QVERIFY(QFile::setPermissions(path(), QFile::Permissions(0x6644)));
        SessionKeeper keeper(path(), collect());
        QVERIFY(keeper.take());
        m_state.current = 0;
        keeper.noteChange();
        QTRY_VERIFY_WITH_TIMEOUT(onDisk() == m_state, Patience);
        QCOMPARE(QFile::permissions(path()), QFile::Permissions(0x6600));
    }

    void aDamagedStateDoesNoHarm()
    {
        const QByteArray whole = sample().toJson();
        // Cut off anywhere, and with any byte another.
        for (qsizetype i = 0; i < whole.size(); ++i) {
            const auto cut = SessionState::fromJson(whole.first(i));
            QVERIFY(!cut || cut.value() == sample());
            QByteArray changed = whole;
            changed[i] = char(changed[i] ^ 0x15);
            if (const auto read = SessionState::fromJson(changed)) {
                QVERIFY(read->tabs.size() <= 2);
                QVERIFY(read->current >= -1 && read->current < qMax(1, int(read->tabs.size())));
            }
        }
    }

    void oddValuesAreForgotten_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<qsizetype>("tabs");
        QTest::addColumn<int>("current");
        const auto row = [](const char *name, const QByteArray &members, qsizetype tabs, int current) {
            QTest::newRow(name) << QByteArray("{\"sockeye\":\"session\",\"version\":1," + members + "}") << tabs
                                << current;
        };
        row("no tabs", "\"tabs\":3", 0, -1);
        row("no objects", "\"tabs\":[1,\"x\",null,[]]", 0, -1);
        row("an empty one", "\"tabs\":[{}]", 1, 0);
        row("current too high", "\"tabs\":[{},{}],\"current\":99", 2, 1);
        row("current too low", "\"tabs\":[{}],\"current\":-7", 1, 0);
        row("wrong types", "\"tabs\":[{\"endpoint\":[],\"capture\":7,\"file\":\"x\",\"draft\":{}}]", 1, 0);
        row("bad options", "\"tabs\":[{\"endpoint\":{\"url\":\"ws://h/\",\"headers\":\"x\"}}]", 1, 0);
    }

    void oddValuesAreForgotten()
    {
        QFETCH(QByteArray, json);
        const auto read = SessionState::fromJson(json);
        QVERIFY2(read.ok(), qPrintable(read.message()));
        QTEST(read->tabs.size(), "tabs");
        QTEST(read->current, "current");
        if (json.contains("ws://h/"))
            QCOMPARE(read->tabs.constFirst().endpoint.url, u"ws://h/"_s);
    }

    void changesAreKeptSoonAndNotOneByOne()
    {
        SessionKeeper keeper(path(), collect());
        QVERIFY(!keeper.take());
        for (int i = 0; i < 1000; ++i)
            keeper.noteChange();
        QCOMPARE(m_asked, 0);
        QTRY_VERIFY_WITH_TIMEOUT(onDisk() == m_state, Patience);
        QCOMPARE(m_asked, 1);
        QVERIFY(!(QFile::permissions(path()) & (QFile::ReadGroup | QFile::ReadOther)));
        // Changes without an end are kept while they go on.
        QElapsedTimer timer;
        timer.start();
        m_state.current = 0;
        QTRY_VERIFY_WITH_TIMEOUT((keeper.noteChange(), onDisk() == m_state), Patience);
    }

    void whatAKilledProgramLeftIsTaken()
    {
        write(sample().toJson());
        SessionKeeper keeper(path(), collect());
        const auto taken = keeper.take();
        QVERIFY(taken && *taken == sample());
        QVERIFY(!taken->isClosed);
    }

    void closingSaysSo()
    {
        {
            SessionKeeper keeper(path(), collect());
            QVERIFY(!keeper.take());
            keeper.close();
            // What is torn down afterwards is no change.
            m_state.tabs.clear();
            keeper.noteChange();
        }
        QVERIFY(onDisk().isClosed);
        QCOMPARE(onDisk().tabs.size(), 2);
    }

    void aSecondProgramLeavesItAlone()
    {
        write(sample().toJson());
        SessionKeeper first(path(), collect());
        QVERIFY(first.take());
        SessionKeeper second(path(), [] { return SessionState(); });
        QVERIFY(!second.take());
        QVERIFY(!second.isAlone());
        second.noteChange();
        second.close();
        QVERIFY(onDisk() == sample());
    }

    void switchedOffItForgets()
    {
        SessionKeeper keeper(path(), collect());
        QVERIFY(!keeper.take());
        keeper.noteChange();
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path()), Patience);
        keeper.setOn(false);
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(path()), Patience);
        keeper.noteChange();
        keeper.close();
        keeper.setOn(true);
        QTRY_VERIFY_WITH_TIMEOUT(onDisk() == m_state, Patience);
    }

private:
    [[nodiscard]] QString path() const { return m_sandbox->path(u"config/sockeye/session.json"_s); }
    [[nodiscard]] SessionKeeper::Collect collect()
    {
        return [this] {
            ++m_asked;
            return m_state;
        };
    }
    void write(const QByteArray &json) { m_sandbox->write(u"config/sockeye/session.json"_s, json); }
    [[nodiscard]] SessionState onDisk() const
    {
        const auto read = SessionState::fromJson(readFile(path()));
        return read ? read.value() : SessionState();
    }

    std::unique_ptr<Sandbox> m_sandbox;
    SessionState m_state;
    int m_asked = 0;
};

SOCKEYE_TEST(SessionKeeperTest, QApplication)
#include "tst_sessionkeeper.moc"
