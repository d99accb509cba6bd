#include "base/Clock.h"
#include "base/Paths.h"
#include "base/Units.h"
#include "integration/Program.h"
#include "integration/Sequence.h"
#include "library/CaptureSummary.h"
#include "peers/PeerProcess.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "widgets/controls/Banner.h"
#include "widgets/controls/DocumentTabs.h"
#include "widgets/controls/Prompts.h"
#include "widgets/tab/AddressBar.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>
#include <QtTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 MessageSize = 100;
constexpr qint64 Enough = 100'000;
constexpr std::chrono::milliseconds Promise{100};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// A window killed in the middle of a flood loses at most the last 100 ms, and the next one shows what was kept.
class KillWindowTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theNextStartShowsWhatWasKept();
    void theNextStartOffersWhatNoTabShows();

private:
    void killInAFlood(Nanoseconds &lost);
    void openWindow();

    std::unique_ptr<Program> m_program;
    QString m_url;
    QString m_capture;
    qint64 m_entries = 0;
    DialogPrompts m_prompts;
    std::unique_ptr<MainWindow> m_window;
};

void KillWindowTest::initTestCase()
{
    if (!floodServer().isAvailable())
        QSKIP("The flood server is not built here");
}

void KillWindowTest::killInAFlood(Nanoseconds &lost)
{
    PeerProcess peer;
    QVERIFY2(peer.start(floodServer(), {u"--count"_s, u"1000000000"_s, u"--rate"_s, u"0"_s}),
             qPrintable(peer.errorText()));
    m_window.reset();
    m_program = std::make_unique<Program>();
    m_program->showOffscreen();
    m_url = peer.url();
    m_program->start({m_url});
    const QDir captures(m_program->home(u"data/sockeye/captures"_s));
    const auto isRecording = [&] {
        const QStringList names = captures.entryList({u"*.sockeye"_s}, QDir::Files);
        if (names.size() != 1)
            return false;
        m_capture = captures.filePath(names.constFirst());
        // What it shows is kept as well by now.
        return CaptureSummary::read(m_capture).entries >= Enough &&
               contentOf(m_program->home(u"config/sockeye/session.json"_s)).contains(names.constFirst().toUtf8());
    };
    QTRY_VERIFY_WITH_TIMEOUT(isRecording() || !m_program->isRunning(), LongPatience);
    QVERIFY2(m_program->isRunning(), m_program->errors().constData());
    const Timestamp killed = SystemClock().now();
    m_program->kill();

    const CaptureSummary summary = CaptureSummary::read(m_capture);
    QVERIFY2(summary.problem.isEmpty(), qPrintable(summary.problem));
    QVERIFY(summary.isLeftByCrash);
    QVERIFY(summary.entries >= Enough);
    m_entries = summary.entries;
    lost = killed - (summary.started + summary.duration);
    qInfo("%lld entries kept, the last one %.1f ms before the kill", summary.entries,
          static_cast<double>(lost.count()) / 1e6);
}

void KillWindowTest::openWindow()
{
    qputenv("XDG_DATA_HOME", m_program->home(u"data"_s).toLocal8Bit());
    qputenv("XDG_CONFIG_HOME", m_program->home(u"config"_s).toLocal8Bit());
    paths::setApplicationNames();
    m_window = std::make_unique<MainWindow>(m_prompts);
    m_window->show();
    m_window->start();
}

void KillWindowTest::theNextStartShowsWhatWasKept()
{
    // How much is lost is told by the clock, which a busy machine upsets: there the best of a few attempts counts.
    constexpr int Attempts = 8;
    Nanoseconds least = Nanoseconds::max();
    for (int i = 0; i < Attempts && least >= Promise; ++i) {
        Nanoseconds lost{};
        killInAFlood(lost);
        if (QTest::currentTestFailed())
            return;
        least = qMin(least, lost);
    }
    QVERIFY2(least < Promise, qPrintable(durationText(least)));

    openWindow();
    QCOMPARE(m_window->tabs()->count(), 1);
    auto *tab = qobject_cast<ConnectionTab *>(m_window->documents().current());
    QVERIFY(tab);
    QCOMPARE(tab->address()->url(), m_url);
    QCOMPARE(tab->capturePath(), m_capture);
    QTRY_COMPARE_WITH_TIMEOUT(tab->view()->model()->rowCount(), m_entries, LongPatience);
    QTRY_VERIFY_WITH_TIMEOUT(tab->banner()->message().contains(u"ended unexpectedly"), LongPatience);
    QVERIFY(!tab->isActive());
    QVERIFY(!m_window->tabs()->banner()->isVisible());
    m_window.reset();

    const Result<Sequence> sequence = readSequence(m_capture, MessageSize);
    QVERIFY2(sequence.ok(), qPrintable(sequence.message()));
    QCOMPARE(sequence.value().problem, QString());
}

void KillWindowTest::theNextStartOffersWhatNoTabShows()
{
    Nanoseconds lost{};
    killInAFlood(lost);
    if (QTest::currentTestFailed())
        return;
    QVERIFY(QFile::remove(m_program->home(u"config/sockeye/session.json"_s)));
    openWindow();
    QCOMPARE(m_window->tabs()->count(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->tabs()->banner()->message().contains(countText(m_entries)), LongPatience);
    m_window.reset();
}

SOCKEYE_TEST(KillWindowTest, QApplication)
#include "tst_killwindow.moc"
