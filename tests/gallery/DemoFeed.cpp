#include "gallery/DemoFeed.h"

#include <QWebSocket>

namespace sockeye::gallery {
namespace {

constexpr quint16 UsualPort = 9001;
constexpr std::chrono::milliseconds Interval{37};

[[nodiscard]] QString trade(const char *symbol, int cents, int size, qint64 number)
{
    return QStringLiteral(R"({"type":"trade","symbol":"%1","price":%2,"size":%3,"seq":%4})")
        .arg(QLatin1StringView(symbol))
        .arg(cents / 100.0, 0, 'f', 2)
        .arg(size)
        .arg(number);
}

[[nodiscard]] QString book(const char *symbol, int cents)
{
    return QStringLiteral(R"({"type":"book","symbol":"%1","bid":{"price":%2,"size":300},"ask":{"price":%3,"size":150},)"
                          R"("last":{"price":%2,"size":100},"venue":"XNAS","open":true,"halted":false,"note":null})")
        .arg(QLatin1StringView(symbol))
        .arg(cents / 100.0, 0, 'f', 2)
        .arg((cents + 2) / 100.0, 0, 'f', 2);
}

/// {"type": "trade", "price": 227.41, "size": 100, "symbol": "AAPL"} in CBOR (RFC 8949).
[[nodiscard]] QByteArray cborTrade()
{
    return QByteArray::fromHex("a4647479706565747261646565707269636"
                               "5fb406c6d1eb851eb856473697a65186466"
                               "73796d626f6c644141504c");
}

} // namespace

DemoFeed::DemoFeed(QObject *parent)
    : QObject(parent)
    , m_server(QStringLiteral("demo feed"), QWebSocketServer::NonSecureMode)
{
    // A tidy port for the picture, if it is free.
    if (!m_server.listen(QHostAddress::LocalHost, UsualPort))
        m_server.listen(QHostAddress::LocalHost);
    connect(&m_server, &QWebSocketServer::newConnection, this, &DemoFeed::accept);
    connect(&m_timer, &QTimer::timeout, this, &DemoFeed::sendNext);
}

void DemoFeed::accept()
{
    m_client = m_server.nextPendingConnection();
    m_client->setParent(this);
    connect(m_client, &QWebSocket::textMessageReceived, this, [this] {
        m_client->sendTextMessage(QStringLiteral(R"({"ok":true,"subscribed":["trades","books"]})"));
        m_sent = 0;
        m_timer.start(Interval);
    });
    connect(m_client, &QWebSocket::disconnected, &m_timer, &QTimer::stop);
}

void DemoFeed::sendNext()
{
    constexpr std::array symbols{"AAPL", "MSFT", "NVDA", "AMZN"};
    const int i = m_sent++;
    if (i == 40)
        m_timer.stop();
    else if (i % 9 == 3)
        m_client->ping("hear");
    else if (i % 6 == 2)
        m_client->sendBinaryMessage(cborTrade());
    else if (i % 5 == 4)
        m_client->sendTextMessage(book(symbols.at(static_cast<size_t>(i) % symbols.size()), 22'741 + 13 * i));
    else
        m_client->sendTextMessage(
            trade(symbols.at(static_cast<size_t>(i) % symbols.size()), 22'741 + 7 * i, 100 + 20 * (i % 7), 80'412 + i));
}

} // namespace sockeye::gallery
