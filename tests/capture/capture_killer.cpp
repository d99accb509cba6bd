// Records at full rate into a new capture until it is killed:
//
//     capture_killer FILE PAYLOAD_SIZE
//
// Prints lines of "ID NANOSECONDS": an entry that was appended, and when, by the steady clock, which all processes
// share.

#include "capture/Samples.h"

#include <QCoreApplication>

#include <cstdio>
#include <thread>

using namespace sockeye;

namespace {

qint64 steadyNs()
{
    return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 3)
        return 1;
    const std::unique_ptr<CaptureWriter> writer = samples::writer(arguments[1]);
    ConnectionRecord connection;
    connection.id = writer->newConnectionId();
    connection.url = QStringLiteral("ws://killed.example/");
    writer->put(connection);
    const QByteArray filling(arguments[2].toInt(), '.');
    for (qint64 number = 1;; ++number) {
        while (!writer->hasRoom())
            std::this_thread::yield();
        const qint64 now = steadyNs();
        const EntryId id = writer->append(samples::text(QByteArray::number(number) + filling, now));
        if (number % 64 == 0 || filling.size() > 1000) {
            std::printf("%lld %lld\n", id.value(), now);
            std::fflush(stdout);
        }
    }
}
