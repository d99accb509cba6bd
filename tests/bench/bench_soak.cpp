// Tabs that record at a steady rate for minutes: whether anything is lost, whether memory stays flat, how long the
// window ever stood still.
//
//     bench_soak [--tabs 3] [--rate 50000] [--seconds 300] [--size 100]

#include "base/Units.h"
#include "bench/Figures.h"
#include "bench/Heartbeat.h"
#include "bench/WindowClient.h"
#include "integration/Sequence.h"
#include "peers/PeerProcess.h"
#include "widgets/controls/Prompts.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QEventLoop>
#include <QTextStream>

#include <memory>
#include <vector>

using namespace sockeye;
using namespace sockeye::bench;
using namespace Qt::StringLiterals;

namespace {

constexpr auto SampleEvery = std::chrono::seconds(10);

struct Soak
{
    int tabs = 3;
    qint64 rate = 50'000;
    qint64 seconds = 300;
    qint64 size = 100;

    [[nodiscard]] qint64 messages() const { return rate * seconds; }
    [[nodiscard]] QStringList serverArguments() const
    {
        return {u"--count"_s, QString::number(messages()), u"--size"_s, QString::number(size),
                u"--rate"_s,  QString::number(rate)};
    }
};

void print(const QString &line)
{
    QTextStream(stdout) << line << Qt::endl;
}

class Run final
{
public:
    explicit Run(const Soak &soak)
        : m_soak(soak)
        , m_window(m_prompts)
    {
        m_window.resize(1440, 900);
        m_window.show();
    }

    /// How many messages were lost.
    [[nodiscard]] qint64 play()
    {
        for (int i = 0; i < m_soak.tabs; ++i) {
            m_peers.push_back(std::make_unique<test::PeerProcess>());
            if (!m_peers.back()->start(test::floodServer(), m_soak.serverArguments()))
                qFatal("%s", qUtf8Printable(m_peers.back()->errorText()));
            m_tabs += m_window.documents().openUrl(m_peers.back()->url());
        }
        m_clock.start();
        const Stopwatch stopwatch;
        watch();
        Outcome outcome;
        stopwatch.writeTo(outcome);
        print(u"  took %1 s, cpu %2 s"_s.arg(outcome.seconds, 0, 'f', 1).arg(outcome.cpuSeconds, 0, 'f', 1));
        return lost();
    }

private:
    void watch()
    {
        print(u"  %1 %2 %3 %4 %5"_s.arg(u"s"_s, 5)
                  .arg(u"entries"_s, 12)
                  .arg(u"memory"_s, 10)
                  .arg(u"peak"_s, 10)
                  .arg(u"longest stall, ms"_s, 18));
        QEventLoop loop;
        QTimer sample;
        QObject::connect(&sample, &QTimer::timeout, &loop, [this] { printSample(); });
        sample.start(SampleEvery);
        QTimer poll;
        QObject::connect(&poll, &QTimer::timeout, &loop, [this, &loop] {
            if (std::none_of(m_tabs.begin(), m_tabs.end(), [](const ConnectionTab *tab) { return tab->isActive(); }))
                loop.quit();
        });
        poll.start(std::chrono::milliseconds(200));
        m_heartbeat = std::make_unique<Heartbeat>();
        loop.exec();
        printSample();
    }

    void printSample()
    {
        qint64 rows = 0;
        for (const ConnectionTab *tab : std::as_const(m_tabs))
            rows += tab->view()->model() ? tab->view()->model()->rowCount() : 0;
        print(u"  %1 %2 %3 %4 %5"_s.arg(m_clock.elapsed() / 1000, 5)
                  .arg(countText(rows), 12)
                  .arg(sizeText(residentMemory()), 10)
                  .arg(sizeText(peakMemory()), 10)
                  .arg(m_heartbeat->longestStallMs(), 18, 'f', 1));
        m_heartbeat = std::make_unique<Heartbeat>();
    }

    [[nodiscard]] qint64 lost() const
    {
        qint64 missing = 0;
        for (const ConnectionTab *tab : m_tabs) {
            const Result<test::Sequence> sequence = test::readSequence(tab->capturePath(), m_soak.size);
            if (!sequence || !sequence.value().problem.isEmpty())
                qFatal("%s", qUtf8Printable(sequence ? sequence.value().problem : sequence.message()));
            missing += m_soak.messages() - sequence.value().messages;
        }
        return missing;
    }

    const Soak m_soak;
    DialogPrompts m_prompts;
    MainWindow m_window;
    std::vector<std::unique_ptr<test::PeerProcess>> m_peers;
    QList<ConnectionTab *> m_tabs;
    QElapsedTimer m_clock;
    std::unique_ptr<Heartbeat> m_heartbeat;
};

} // namespace

int main(int argc, char *argv[])
{
    useTemporaryHome();
    QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Records at a steady rate in several tabs."_s);
    parser.addHelpOption();
    const QCommandLineOption tabs(u"tabs"_s, u"How many."_s, u"N"_s, u"3"_s);
    const QCommandLineOption rate(u"rate"_s, u"Messages a second into each."_s, u"N"_s, u"50000"_s);
    const QCommandLineOption seconds(u"seconds"_s, u"For so long."_s, u"N"_s, u"300"_s);
    const QCommandLineOption size(u"size"_s, u"Bytes of a message."_s, u"N"_s, u"100"_s);
    parser.addOptions({tabs, rate, seconds, size});
    parser.process(app);

    const Soak soak{parser.value(tabs).toInt(), parser.value(rate).toLongLong(), parser.value(seconds).toLongLong(),
                    parser.value(size).toLongLong()};
    print(u"%1 tabs, %2 messages/s of %3 into each, %4 s"_s.arg(soak.tabs)
              .arg(countText(soak.rate), sizeText(soak.size))
              .arg(soak.seconds));
    print(u"  lost: %1"_s.arg(countText(Run(soak).play())));
    return 0;
}
