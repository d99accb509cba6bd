// QWebSocket over the cases of ../odd_server.py: qwebsocket_client PORT CASE[:PROTOCOL,...]...
#include <QCoreApplication>
#include <QHostAddress>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <cstdio>

namespace {

constexpr int LimitMs = 4000;

void say(const QString &words)
{
    QString line = words;
    std::puts(line.replace(QLatin1Char('\n'), QLatin1Char(' ')).trimmed().toUtf8().constData());
    std::fflush(stdout);
}

void talk(const QUrl &url, const QStringList &protocols)
{
    QEventLoop loop;
    QWebSocket socket;
    const auto finish = [&loop](const QString &words) {
        if (!loop.property("over").toBool())
            say(words);
        loop.setProperty("over", true);
        loop.quit();
    };
    bool isOpen = false;
    bool isFailed = false;
    QObject::connect(&socket, &QWebSocket::connected, &loop, [&isOpen] { isOpen = true; });
    QObject::connect(&socket, &QWebSocket::textMessageReceived, &loop, [&socket](const QString &text) {
        say(QStringLiteral("text ") + text);
        if (text == QStringLiteral("after"))
            socket.close();
    });
    const auto failed = [&] {
        isFailed = true;
        // After a refused handshake nothing else comes.
        if (!isOpen)
            finish(QStringLiteral("error ") + socket.errorString());
    };
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QObject::connect(&socket, &QWebSocket::errorOccurred, &loop, failed);
#else
    QObject::connect(&socket, QOverload<QAbstractSocket::SocketError>::of(&QWebSocket::error), &loop, failed);
#endif
    QObject::connect(&socket, &QWebSocket::disconnected, &loop, [&] {
        if (isOpen)
            finish(QStringLiteral("close %1 %2").arg(int(socket.closeCode())).arg(socket.closeReason()));
    });
    QTimer::singleShot(LimitMs, &loop, [&] { finish(QStringLiteral("timeout")); });
    QNetworkRequest request(url);
#if QT_VERSION >= QT_VERSION_CHECK(6, 4, 0)
    QWebSocketHandshakeOptions options;
    options.setSubprotocols(protocols);
    socket.open(request, options);
#else
    socket.open(request);
#endif
    if (!loop.property("over").toBool())
        loop.exec();
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.value(1) == QStringLiteral("--version")) {
        std::puts(qVersion());
        return 0;
    }
    for (const QString &word : arguments.mid(2)) {
        const QString name = word.section(QLatin1Char(':'), 0, 0);
        const QString protocols = word.section(QLatin1Char(':'), 1);
        say(QStringLiteral("begin ") + name);
        talk(QUrl(QStringLiteral("ws://127.0.0.1:%1/%2").arg(arguments[1], name)),
             protocols.isEmpty() ? QStringList() : protocols.split(QLatin1Char(',')));
        say(QStringLiteral("end"));
    }
    return 0;
}
