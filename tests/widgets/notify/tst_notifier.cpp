#include "widgets/notify/Notifier.h"

#include "support/TestProgram.h"
#include "tests/support/TabBench.h"
#include "widgets/log/LogView.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = DocumentTab::State;

namespace {

/// Keeps what it is to show.
class KeptNotices final : public NoticePresenter
{
public:
    struct Shown
    {
        NoticeText text;
        qint64 atMs = 0;
    };

    explicit KeptNotices(QList<Shown> &shown, bool &isReady)
        : m_shown(shown)
        , m_isReady(isReady)
    {
        m_time.start();
    }

    void setReady(bool ready) override { m_isReady = ready; }
    void show(const NoticeText &notice) override { m_shown += Shown{notice, m_time.elapsed()}; }

private:
    QList<Shown> &m_shown;
    bool &m_isReady;
    QElapsedTimer m_time;
};

/// Short enough to be waited for, long enough that all that is done in one go falls into one.
constexpr auto TestPause = 1'500ms;

} // namespace

/// What a real tab that is connected to the echo server makes the notifier tell.
class NotifierTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_shown.clear();
        m_isReady = false;
        m_isLookedAt = false;
        m_bench = std::make_unique<TabBench>();
        auto presenter = std::make_unique<KeptNotices>(m_shown, m_isReady);
        m_presenter = presenter.get();
        m_notifier = std::make_unique<Notifier>(
            std::move(presenter), m_bench->clock, [this](const ConnectionTab &) { return m_isLookedAt; }, TestPause);
        m_notifier->watch(tab());
    }

    void cleanup()
    {
        m_bench.reset();
        m_notifier.reset();
    }

    void offByDefault()
    {
        QVERIFY(!tab()->notifyOptions().isOn());
        QVERIFY(m_bench->connectToEcho());
        QVERIFY(m_bench->say(u"tick"_s));
        disconnectTab();
        QVERIFY(m_shown.isEmpty());
        QVERIFY(!m_isReady && !tab()->hasNotice());
    }

    void entriesThatMatchAreTold()
    {
        QVERIFY(m_bench->connectToEcho());
        tab()->setNotifyOptions({u"dir:in tick"_s, false, false});
        QTRY_VERIFY_WITH_TIMEOUT(m_isReady, Patience);
        QVERIFY(m_bench->say(u"something else"_s));
        QVERIFY(m_bench->say(u"a tick"_s));
        QTRY_COMPARE_WITH_TIMEOUT(m_shown.size(), 1, Patience);
        QCOMPARE(last().body, u"An entry matched: ↓ a tick"_s);
        QCOMPARE(last().title, tab()->title());
        QVERIFY(tab()->hasNotice());
    }

    void onlyWhatComesAfterTheFilterWasSet()
    {
        QVERIFY(m_bench->connectToEcho());
        QVERIFY(m_bench->say(u"tick before"_s));
        tab()->setNotifyOptions({u"tick"_s, false, false});
        QVERIFY(m_bench->say(u"tick after"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!m_shown.isEmpty(), Patience);
        QVERIFY2(!last().body.contains(u"before"), qPrintable(last().body));
        QVERIFY2(last().body.contains(u"after"), qPrintable(last().body));
    }

    void whatComesInBetweenIsSummedUp()
    {
        tab()->setNotifyOptions({u"dir:in tick"_s, false, false});
        QVERIFY(m_bench->connectToEcho());
        QVERIFY(m_bench->say(u"tick first"_s));
        QTRY_COMPARE_WITH_TIMEOUT(m_shown.size(), 1, Patience);
        for (int i = 0; i < 3; ++i)
            QVERIFY(m_bench->say(u"tick %1"_s.arg(i)));
        QTRY_COMPARE_WITH_TIMEOUT(told(), 4, Patience);
        for (qsizetype i = 1; i < m_shown.size(); ++i)
            QVERIFY(m_shown.at(i).atMs - m_shown.at(i - 1).atMs >= TestPause.count());
        QVERIFY2(m_shown.at(1).text.body.contains(u"↓ tick 0"), qPrintable(m_shown.at(1).text.body));
    }

    void whileTheTabIsLookedAtItIsSilent()
    {
        tab()->setNotifyOptions({u"dir:in tick"_s, true, true});
        QVERIFY(m_bench->connectToEcho());
        m_isLookedAt = true;
        QVERIFY(m_bench->say(u"tick seen"_s));
        m_isLookedAt = false;
        QVERIFY(m_bench->say(u"tick unseen"_s));
        QTRY_COMPARE_WITH_TIMEOUT(m_shown.size(), 1, Patience);
        QCOMPARE(last().body, u"An entry matched: ↓ tick unseen"_s);
        m_isLookedAt = true;
        disconnectTab();
        QCOMPARE(m_shown.size(), 1);
    }

    void aLookTakesTheMarkAndWhatWaits()
    {
        tab()->setNotifyOptions({u"dir:in tick"_s, false, false});
        QVERIFY(m_bench->connectToEcho());
        QVERIFY(m_bench->say(u"tick first"_s));
        QTRY_COMPARE_WITH_TIMEOUT(m_shown.size(), 1, Patience);
        QVERIFY(tab()->hasNotice());
        // As one who comes back to the tab does.
        tab()->hide();
        m_isLookedAt = true;
        tab()->show();
        QTRY_VERIFY_WITH_TIMEOUT(!tab()->hasNotice(), Patience);
        m_isLookedAt = false;
        QVERIFY(m_bench->say(u"tick second"_s));
        QTRY_COMPARE_WITH_TIMEOUT(m_shown.size(), 2, Patience);
        QCOMPARE(last().body, u"An entry matched: ↓ tick second"_s);
    }

    void endsAndReturnsAreTold()
    {
        QVERIFY(m_bench->echo.start().ok());
        const quint16 port = m_bench->echo.port();
        Endpoint endpoint;
        endpoint.url = m_bench->echo.url().toString();
        endpoint.reconnect.enabled = true;
        endpoint.reconnect.first = 50ms;
        endpoint.reconnect.maximum = 50ms;
        endpoint.reconnect.attempts = 0;
        tab()->setEndpoint(endpoint);
        tab()->setNotifyOptions({QString(), true, true});
        QVERIFY(m_bench->connectToEcho());
        QVERIFY(m_shown.isEmpty());
        m_bench->echo.stop();
        QTRY_COMPARE_WITH_TIMEOUT(m_shown.size(), 1, Patience);
        QVERIFY(!last().body.isEmpty() && !last().body.contains(u"Connected again"));
        QVERIFY(tab()->hasNotice() && m_isReady);
        QVERIFY(m_bench->echo.start(port).ok());
        QTRY_COMPARE_WITH_TIMEOUT(m_shown.size(), 2, Patience);
        QCOMPARE(last().body, u"Connected again"_s);
        // The attempts in between were none of its business.
        QCOMPARE(tab()->state(), State::Open);
    }

    void theFirstConnectionIsNoReturn()
    {
        tab()->setNotifyOptions({u"tick"_s, false, true});
        QVERIFY(m_bench->connectToEcho());
        QVERIFY(m_bench->say(u"tick"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!m_shown.isEmpty(), Patience);
        for (const auto &shown : std::as_const(m_shown))
            QVERIFY2(!shown.text.body.contains(u"Connected again"), qPrintable(shown.text.body));
    }

    void anAttemptThatFailsIsTold()
    {
        QVERIFY(m_bench->echo.start().ok());
        const QString url = m_bench->echo.url().toString();
        m_bench->echo.stop();
        tab()->address()->setUrl(url);
        tab()->setNotifyOptions({QString(), true, false});
        tab()->connectToPeer();
        QTRY_COMPARE_WITH_TIMEOUT(m_shown.size(), 1, Patience);
        QVERIFY2(last().body.contains(u"127.0.0.1"), qPrintable(last().body));
        QCOMPARE(tab()->state(), State::Failed);
        // What was told stays to be clicked on until somebody looks.
        QVERIFY(m_isReady);
        m_isLookedAt = true;
        m_notifier->look();
        QTRY_VERIFY_WITH_TIMEOUT(!m_isReady, Patience);
        QVERIFY(!tab()->hasNotice());
    }

    void aClickLeadsToTheEntry()
    {
        tab()->setNotifyOptions({u"dir:in tick"_s, false, false});
        QVERIFY(m_bench->connectToEcho());
        QVERIFY(m_bench->say(u"other"_s));
        QVERIFY(m_bench->say(u"tick"_s));
        QVERIFY(m_bench->say(u"another"_s));
        QTRY_COMPARE_WITH_TIMEOUT(m_shown.size(), 1, Patience);
        QSignalSpy wanted(m_notifier.get(), &Notifier::wanted);
        Q_EMIT m_presenter->chosen();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.constFirst().at(0).value<ConnectionTab *>(), tab());
        const auto entry = wanted.constFirst().at(1).value<EntryId>();
        tab()->view()->logView()->goToEntry(entry);
        // The second of the two: the one that came in.
        QCOMPARE(m_bench->preview(m_bench->rowOf(u"tick"_s) + 1), u"tick"_s);
        QCOMPARE(tab()->view()->model()->rowOf(entry).value(), m_bench->rowOf(u"tick"_s) + 1);
    }

    void aTabThatGoesIsForgotten()
    {
        tab()->setNotifyOptions({u"dir:in tick"_s, true, true});
        QVERIFY(m_bench->connectToEcho());
        QTRY_VERIFY_WITH_TIMEOUT(m_isReady, Patience);
        QVERIFY(m_bench->say(u"tick"_s));
        QTRY_COMPARE_WITH_TIMEOUT(m_shown.size(), 1, Patience);
        const QString path = tab()->capturePath();
        QVERIFY(m_bench->closeTab());
        QTRY_VERIFY_WITH_TIMEOUT(!m_isReady, Patience);
        QSignalSpy wanted(m_notifier.get(), &Notifier::wanted);
        Q_EMIT m_presenter->chosen();
        QVERIFY(wanted.isEmpty());
        // Nothing that it had open kept the capture from being finished.
        QVERIFY(QFile::exists(path) && !QFile::exists(path + u"-wal"_s));
    }

    void anotherCaptureIsFollowed()
    {
        tab()->setNotifyOptions({u"dir:in tick"_s, false, false});
        QVERIFY(m_bench->connectToEcho());
        const QString before = tab()->capturePath();
        QUrl other = m_bench->echo.url();
        other.setPath(u"/other"_s);
        tab()->address()->setUrl(other.toString());
        tab()->connectToPeer();
        QTRY_VERIFY_WITH_TIMEOUT(tab()->state() == State::Open && tab()->capturePath() != before, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->view()->model(), Patience);
        QVERIFY(m_bench->say(u"tick"_s));
        QTRY_COMPARE_WITH_TIMEOUT(m_shown.size(), 1, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(before + u"-wal"_s), Patience);
    }

private:
    [[nodiscard]] ConnectionTab *tab() const { return m_bench->tab.get(); }
    [[nodiscard]] const NoticeText &last() const { return m_shown.constLast().text; }

    /// How many entries the notices tell of.
    [[nodiscard]] int told() const
    {
        int sum = 0;
        for (const KeptNotices::Shown &shown : m_shown) {
            const QString first = shown.text.body.section(u' ', 0, 0);
            sum += first == u"An" ? 1 : first.toInt();
        }
        return sum;
    }

    void disconnectTab() const
    {
        tab()->disconnectFromPeer();
        QTRY_VERIFY_WITH_TIMEOUT(!tab()->isActive(), Patience);
    }

    std::unique_ptr<TabBench> m_bench;
    std::unique_ptr<Notifier> m_notifier;
    KeptNotices *m_presenter = nullptr;
    QList<KeptNotices::Shown> m_shown;
    bool m_isReady = false;
    bool m_isLookedAt = false;
};

SOCKEYE_TEST(NotifierTest, QApplication)
#include "tst_notifier.moc"
