#include "connection/Session.h"

#include "base/Bytes.h"
#include "connection/Connection.h"
#include "profiles/Target.h"

#include <QFileInfo>

namespace sockeye {

namespace {
constexpr qsizetype MaxControlPayload = 125;

Result<> checkFiles(const TlsOptions &tls)
{
    for (const QString &path : {tls.caFile, tls.certificateFile, tls.keyFile}) {
        if (!path.isEmpty() && !QFileInfo(path).isReadable())
            return Error{
                Session::tr("The file %1 is not there or cannot be read. Check the TLS options of this connection.")
                    .arg(path)};
    }
    return {};
}
} // namespace

Session::Session(CaptureWriter &writer, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_writer(writer)
    , m_clock(clock)
{
    qRegisterMetaType<SessionStatus>();
    m_thread.setObjectName(QStringLiteral("session"));
}

Session::~Session()
{
    if (m_connection) {
        m_connection->disconnect(this);
        QMetaObject::invokeMethod(m_connection, &Connection::abort, Qt::QueuedConnection);
        m_connection->deleteLater();
    }
    m_thread.quit();
    m_thread.wait();
}

Result<> Session::open(const Endpoint &endpoint, Options options)
{
    if (m_status.isActive())
        return Error{tr("This tab is connected already. Disconnect first, or open another tab.")};
    const auto url = parseUrl(endpoint.url);
    if (!url)
        return url.error();
    if (const auto target = targetOf(url.value(), endpoint.connectTo); !target)
        return target.error();
    if (auto checked = checkHeaders(enabledHeaders(endpoint)); !checked)
        return checked;
    if (auto checked = checkSubprotocols(endpoint.subprotocols); !checked)
        return checked;
    if (auto checked = checkFiles(endpoint.tls); !checked)
        return checked;

    m_status = {};
    m_status.state = SessionStatus::State::Connecting;
    if (!m_thread.isRunning())
        m_thread.start();
    m_connection = new Connection(m_writer, m_clock, options);
    m_connection->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_connection, &QObject::deleteLater);
    connect(m_connection, &Connection::statusChanged, this, &Session::take);
    connect(m_connection, &Connection::ended, this, [this](const SessionStatus &status) {
        m_connection->deleteLater();
        m_connection = nullptr;
        take(status);
        Q_EMIT closed();
    });
    QMetaObject::invokeMethod(
        m_connection, [connection = m_connection, url = url.value(), endpoint] { connection->open(url, endpoint); },
        Qt::QueuedConnection);
    Q_EMIT statusChanged();
    return {};
}

Result<> Session::send(Outgoing message)
{
    if (m_status.state != SessionStatus::State::Open)
        return Error{tr("There is no open connection to send on. Connect first.")};
    if (message.opcode == Opcode::Text && !isValidUtf8(message.payload))
        return Error{tr("A text message must be valid UTF-8, and this one is not. Send it as binary.")};
    if (isControl(message.opcode) && message.payload.size() > MaxControlPayload) {
        return Error{tr("A ping or pong holds at most 125 bytes; this one has %1.").arg(message.payload.size())};
    }
    QMetaObject::invokeMethod(
        m_connection, [connection = m_connection, message = std::move(message)] { connection->send(message); },
        Qt::QueuedConnection);
    return {};
}

void Session::close(quint16 code, const QString &reason)
{
    if (m_connection) {
        QMetaObject::invokeMethod(
            m_connection, [connection = m_connection, code, reason] { connection->close(code, reason); },
            Qt::QueuedConnection);
    }
}

void Session::abort()
{
    if (m_connection)
        QMetaObject::invokeMethod(m_connection, &Connection::abort, Qt::QueuedConnection);
}

void Session::take(const SessionStatus &status)
{
    const bool hasOpened = status.state == SessionStatus::State::Open && m_status.state != SessionStatus::State::Open;
    m_status = status;
    Q_EMIT statusChanged();
    if (hasOpened)
        Q_EMIT opened();
}

} // namespace sockeye
