#include "bench/BareClient.h"

#include <QEventLoop>
#include <QWebSocket>

#include <memory>

namespace sockeye::bench {

Outcome BareClient::run(const QString &url, Mode mode)
{
    resetPeakMemory();
    Outcome outcome;
    const Stopwatch stopwatch;
    const std::unique_ptr<QThread> thread(QThread::create([&outcome, &url, mode] {
        QWebSocket socket;
        QEventLoop loop;
        QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket,
                         [&outcome, &socket, mode](const QString &message) {
                             ++outcome.received;
                             if (mode == Mode::Echo)
                                 socket.sendTextMessage(message);
                         });
        QObject::connect(&socket, &QWebSocket::binaryMessageReceived, &socket,
                         [&outcome, &socket, mode](const QByteArray &message) {
                             ++outcome.received;
                             if (mode == Mode::Echo)
                                 socket.sendBinaryMessage(message);
                         });
        QObject::connect(&socket, &QWebSocket::disconnected, &loop, &QEventLoop::quit);
        socket.open(QUrl(url));
        loop.exec();
    }));
    thread->start();
    thread->wait();
    stopwatch.writeTo(outcome);
    outcome.peakMemory = peakMemory();
    return outcome;
}

} // namespace sockeye::bench
