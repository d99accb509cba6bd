#include "connection/Session.h"

#include "base/Bytes.h"
#include "connection/Connection.h"
#include "endpoint/EndpointCheck.h"
#include "endpoint/UrlParser.h"

#include <QRandomGenerator>

#include <algorithm>

namespace sockeye {

Session::Session(CaptureWriter &writer, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_writer(writer)
    , m_clock(clock)
{
    qRegisterMetaType<SessionStatus>();
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &Session::retryNow);
}

Session::~Session()
{
    if (!m_thread)
        return;
    if (m_connection)
        m_connection->disconnect(this);
    // Behind the end of earlier ones, which use the writer as well.
    m_thread->runAndWait([connection = m_connection] {
        if (connection)
            connection->abort();
        delete connection;
    });
}

Result<> Session::open(const Endpoint &endpoint, Options options)
{
    if (m_status.isActive())
        return Error{tr("This tab is connected already. Disconnect first, or open another tab.")};
    if (auto checked = checkEndpoint(endpoint); !checked)
        return checked;
    if (auto checked = checkEndpointFiles(endpoint); !checked)
        return checked;
    if (!m_thread)
        m_thread = EventThread::acquire();
    if (!m_thread)
        return Error{tr("The system allows this program no more threads, and a connection needs one. Close other "
                        "programs, or set a higher limit with “ulimit -u” before the program starts.")};

    m_status = {};
    m_earlier = {};
    m_endpoint = endpoint;
    m_options = options;
    m_schedule = ReconnectSchedule(endpoint.reconnect);
    m_isCalledOff = false;
    m_trail = RedirectTrail(parseUrl(endpoint.url).value(), endpoint.maxRedirects);
    m_hop = endpoint;
    m_authorization.clear();
    m_answers = 0;
    dial();
    return {};
}

/// The trail's latest URL.
void Session::dial()
{
    m_status.state = SessionStatus::State::Connecting;
    Options options = m_options;
    if (options.closeAfterMessages > 0)
        options.closeAfterMessages -= m_earlier.messagesIn;
    m_connection = new Connection(m_writer, m_clock, options);
    m_connection->moveToThread(m_thread->thread());
    connect(m_connection, &Connection::statusChanged, this,
            [this, connection = m_connection](const SessionStatus &status) {
                // It lives until its end is taken, which is told behind every status.
                connection->noteTaken();
                take(status);
            });
    connect(m_connection, &Connection::ended, this,
            [this](const SessionStatus &status, Connection::Next next, const QByteArray &authorization) {
                takeCookies(status);
                if (next == Connection::Next::Answer && !m_isCalledOff) {
                    m_status = nextStatus(status);
                    answer(authorization);
                    return;
                }
                if (next == Connection::Next::Answer)
                    appendNotice(tr("The demand for credentials was not answered: called off."));
                const quint16 code = next == Connection::Next::Idle ? CloseCode::GoingAway : status.closeCode;
                takeEnd(status, next == Connection::Next::Redirect,
                        {status.endKind, code, status.httpStatus, next == Connection::Next::Nothing});
            });
    QMetaObject::invokeMethod(
        m_connection,
        [connection = m_connection, trail = m_trail, hop = withCookies(m_hop),
         authorization = Connection::Authorization{m_authorization, m_answers}] {
            connection->open(trail, hop, authorization);
        },
        Qt::QueuedConnection);
    Q_EMIT statusChanged();
}

void Session::takeCookies(const SessionStatus &status)
{
    if (status.setCookies.isEmpty() || status.connection == m_cookiesFrom)
        return;
    m_cookiesFrom = status.connection;
    m_cookies.take(m_trail.url(), status.setCookies);
}

/// As it is asked now. The user's own Cookie stays, and stands first.
Endpoint Session::withCookies(Endpoint endpoint)
{
    if (!endpoint.cookies)
        return endpoint;
    const auto isCookie = [](const RequestHeader &header) {
        return header.enabled && header.name.compare(u"Cookie", Qt::CaseInsensitive) == 0;
    };
    const auto own = std::find_if(endpoint.headers.begin(), endpoint.headers.end(), isCookie);
    const bool hasOwn = own != endpoint.headers.end();
    const CookieStore::Cookies cookies =
        m_cookies.cookiesFor(m_trail.url(), hasOwn ? own->value.toUtf8() : QByteArray());
    if (cookies.field.isEmpty())
        return endpoint;
    const QString field = QString::fromUtf8(cookies.field);
    if (hasOwn)
        own->value += QStringLiteral("; ") + field;
    else
        endpoint.headers.append({QStringLiteral("Cookie"), field});
    appendNotice(tr("Cookies that the server has set go along: %1").arg(cookies.names.join(QStringLiteral(", "))));
    return endpoint;
}

Result<> Session::send(Outgoing message)
{
    if (m_status.state != SessionStatus::State::Open)
        return Error{tr("There is no open connection to send on. Connect first.")};
    // Raw bytes have no opcode but the one that stands in them, and may be wrong.
    const bool isMessage = message.kind == Outgoing::Kind::Message;
    if (isMessage && message.opcode == Opcode::Text && !isValidUtf8(message.payload))
        return Error{tr("A text message must be valid UTF-8, and this one is not. Send it as binary.")};
    if (isMessage && isControl(message.opcode) && message.payload.size() > MaxControlPayload) {
        return Error{tr("A ping or pong holds at most 125 bytes; this one has %1.").arg(message.payload.size())};
    }
    const qint64 frames = message.fragmentation.frameCount(message.payload.size());
    if (isMessage && !isControl(message.opcode) && frames > Fragmentation::MaxFrames) {
        return Error{tr("This message would go out in %1 frames; at most %2 are sent. Make the fragments larger.")
                         .arg(frames)
                         .arg(Fragmentation::MaxFrames)};
    }
    QMetaObject::invokeMethod(
        m_connection, [connection = m_connection, message = std::move(message)] { connection->send(message); },
        Qt::QueuedConnection);
    return {};
}

void Session::close(quint16 code, const QString &reason)
{
    m_isCalledOff = true;
    // Asked for once more while the close is under way: the peer's answer is not waited for any longer.
    if (m_connection && m_status.state == SessionStatus::State::Closing) {
        abort();
    } else if (m_connection) {
        QMetaObject::invokeMethod(
            m_connection, [connection = m_connection, code, reason] { connection->close(code, reason); },
            Qt::QueuedConnection);
    } else if (m_status.state == SessionStatus::State::Waiting) {
        callOff();
    }
}

void Session::abort()
{
    m_isCalledOff = true;
    if (m_connection)
        QMetaObject::invokeMethod(m_connection, &Connection::abort, Qt::QueuedConnection);
    else if (m_status.state == SessionStatus::State::Waiting)
        callOff();
}

void Session::retryNow()
{
    if (m_status.state != SessionStatus::State::Waiting)
        return;
    m_retry.stop();
    m_earlier = total();
    m_status = {};
    m_status.attempt = m_schedule.attempt();
    m_status.attempts = m_schedule.attempts();
    m_trail = RedirectTrail(parseUrl(m_endpoint.url).value(), m_endpoint.maxRedirects);
    m_hop = m_endpoint;
    m_authorization.clear();
    m_answers = 0;
    dial();
}

void Session::take(const SessionStatus &status)
{
    const bool hasOpened = status.state == SessionStatus::State::Open && m_status.state != SessionStatus::State::Open;
    if (hasOpened)
        m_schedule.opened();
    m_status = status;
    takeCookies(status);
    if (m_schedule.attempt() > 0) {
        m_status.attempt = m_schedule.attempt();
        m_status.attempts = m_schedule.attempts();
    }
    Q_EMIT statusChanged();
    if (hasOpened)
        Q_EMIT opened();
}

/// To begin with for the connection that follows the one of `status`, whose traffic is kept.
SessionStatus Session::nextStatus(const SessionStatus &status)
{
    m_earlier = m_earlier + status.traffic();
    SessionStatus next;
    next.connection = status.connection;
    next.attempt = m_status.attempt;
    next.attempts = m_status.attempts;
    return next;
}

void Session::takeEnd(const SessionStatus &status, bool redirected, const ReconnectSchedule::End &end)
{
    m_connection->deleteLater();
    m_connection = nullptr;
    if (redirected && !m_isCalledOff) {
        m_status = nextStatus(status);
        follow(status.redirect);
        return;
    }
    if (redirected)
        appendNotice(tr("The redirect was not followed: called off."));
    const bool isCounted =
        m_options.closeAfterMessages > 0 && m_earlier.messagesIn + status.messagesIn >= m_options.closeAfterMessages;
    ReconnectSchedule::Decision decision;
    if (!m_isCalledOff && !isCounted) {
        decision = m_schedule.next(end, QRandomGenerator::global()->generateDouble());
    }
    if (decision.wait) {
        m_status = status;
        wait(*decision.wait);
        return;
    }
    m_status.connection = status.connection;
    if (!decision.reason.isEmpty())
        appendNotice(decision.reason);
    take(status);
    Q_EMIT closed();
}

void Session::follow(const WebSocketUrl &redirect)
{
    RedirectedEndpoint next = redirectedEndpoint(m_hop, m_trail.url(), redirect);
    m_hop = std::move(next.endpoint);
    if (!next.withheld.isEmpty()) {
        appendNotice(tr("Not sent to %1, which is another origin: %2")
                         .arg(redirect.shown(), next.withheld.join(QStringLiteral(", "))));
    }
    m_trail.add(redirect);
    m_authorization.clear();
    m_answers = 0;
    dial();
}

void Session::answer(const QByteArray &authorization)
{
    m_connection->deleteLater();
    m_connection = nullptr;
    m_authorization = authorization;
    ++m_answers;
    dial();
}

void Session::wait(std::chrono::milliseconds time)
{
    m_status.state = SessionStatus::State::Waiting;
    m_status.attempt = m_schedule.attempt();
    m_status.attempts = m_schedule.attempts();
    m_status.retry = QDeadlineTimer(time);
    const QString seconds = QString::number(static_cast<double>(time.count()) / 1000, 'f', 1);
    appendNotice(
        m_status.attempts > 0
            ? tr("Trying again in %1 s (attempt %2 of %3)").arg(seconds).arg(m_status.attempt).arg(m_status.attempts)
            : tr("Trying again in %1 s (attempt %2)").arg(seconds).arg(m_status.attempt));
    m_retry.start(time);
    Q_EMIT statusChanged();
}

/// The last act of close() and abort(): who hears of it may delete this.
void Session::callOff()
{
    m_retry.stop();
    appendNotice(tr("Not trying again: called off."));
    m_status.state = SessionStatus::State::Closed;
    Q_EMIT statusChanged();
    Q_EMIT closed();
}

void Session::appendNotice(const QString &text)
{
    m_writer.append(NewEntry::fromEvent(m_status.connection, m_clock.now(), EventKind::Notice, text));
}

} // namespace sockeye
