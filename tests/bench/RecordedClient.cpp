#include "bench/RecordedClient.h"

#include "connection/Session.h"
#include "integration/Sequence.h"

#include <QEventLoop>
#include <QTemporaryDir>

namespace sockeye::bench {

Outcome runRecorded(const QString &url, const Load &load, bool echo)
{
    resetPeakMemory();
    const QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("bench.sockeye"));
    Result<std::unique_ptr<CaptureWriter>> writer = CaptureWriter::create(path);
    if (!writer)
        qFatal("%s", qUtf8Printable(writer.message()));
    const SystemClock clock;
    Outcome outcome;
    const Stopwatch stopwatch;
    {
        Session session(*writer.value(), clock);
        QEventLoop loop;
        QObject::connect(&session, &Session::closed, &loop, &QEventLoop::quit);
        Endpoint endpoint;
        endpoint.url = url;
        Session::Options options;
        options.echo = echo;
        if (const Result<> opened = session.open(endpoint, options); !opened)
            qFatal("%s", qUtf8Printable(opened.message()));
        loop.exec();
    }
    writer.value()->flush();
    stopwatch.writeTo(outcome);
    outcome.peakMemory = peakMemory();
    QElapsedTimer closing;
    closing.start();
    if (const Result<> finished = writer.value()->finish(); !finished)
        qFatal("%s", qUtf8Printable(finished.message()));
    outcome.closingSeconds = static_cast<double>(closing.nsecsElapsed()) / 1e9;
    const Result<test::Sequence> sequence = test::readSequence(path, load.size);
    if (!sequence || !sequence.value().problem.isEmpty())
        qFatal("%s", qUtf8Printable(sequence ? sequence.value().problem : sequence.message()));
    outcome.received = sequence.value().messages;
    return outcome;
}

} // namespace sockeye::bench
