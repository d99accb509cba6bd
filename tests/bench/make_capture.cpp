// Writes a capture of any size to try Sockeye with, the same one each time:
//
//     make_capture FILE.sockeye ENTRIES [--payload BYTES]
//
// The file must not exist. Messages are of about BYTES (100 by default).

#include "bench/TickerSession.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>

#include <cstdio>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

int make(const QString &path, qint64 entries, qsizetype payloadSize)
{
    const Result<std::unique_ptr<CaptureWriter>> writer = CaptureWriter::create(path);
    if (!writer) {
        std::fprintf(stderr, "%s\n", qPrintable(writer.message()));
        return 1;
    }
    QElapsedTimer timer;
    timer.start();
    TickerSession session(*writer.value(), entries, payloadSize);
    session.record([entries](qint64 done) {
        if (done % 1'000'000 < 10'000)
            std::printf("%lld of %lld\n", static_cast<long long>(done), static_cast<long long>(entries));
        std::fflush(stdout);
    });
    if (const Result<> finished = writer.value()->finish(); !finished) {
        std::fprintf(stderr, "%s\n", qPrintable(finished.message()));
        return 1;
    }
    std::printf("%lld entries in %.1f s\n", static_cast<long long>(entries), double(timer.elapsed()) / 1000);
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption payload(u"payload"_s, u"Bytes of a message"_s, u"bytes"_s, u"100"_s);
    parser.addOption(payload);
    parser.addHelpOption();
    parser.addPositionalArgument(u"FILE"_s, u"The capture to write"_s);
    parser.addPositionalArgument(u"ENTRIES"_s, u"How many entries it is to have"_s);
    parser.process(app);
    const QStringList arguments = parser.positionalArguments();
    const qint64 entries = arguments.size() == 2 ? arguments[1].toLongLong() : 0;
    const qsizetype payloadSize = parser.value(payload).toLongLong();
    if (entries <= 0 || payloadSize <= 0)
        parser.showHelp(1);
    return make(arguments[0], entries, payloadSize);
}
