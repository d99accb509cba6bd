#pragma once

#include "base/Clock.h"
#include "base/EventThread.h"
#include "base/Result.h"
#include "capture/CaptureWriter.h"
#include "connection/CookieStore.h"
#include "connection/ReconnectSchedule.h"
#include "connection/Redirect.h"
#include "connection/SessionStatus.h"
#include "endpoint/Endpoint.h"
#include "wire/Fragmentation.h"
#include "wire/Outgoing.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace sockeye {

class Connection;

/// The live side of a tab: one connection at a time, in a thread that sessions share, recorded into one capture. Each
/// open(), each redirect that is followed and each attempt to connect again is a fresh QWebSocket and WireTap and a
/// further connection of the same capture. All methods and signals in the owner's thread.
class Session final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        /// Send every data message back as it came.
        bool echo = false;
        /// Close with 1000 when that many data messages have come, over all connections; 0 for never.
        qint64 closeAfterMessages = 0;
        /// Go on where a rule is broken, in the handshake (given a 101) or by a frame, as far as the bytes make sense:
        /// findings all the same, but the connection is not failed.
        bool lenient = false;
    };

    /// The writer and the clock outlive the session.
    Session(CaptureWriter &writer, const Clock &clock, QObject *parent = nullptr);
    /// Cuts off what is still open and waits until it is gone.
    ~Session() override;

    /// Checks the endpoint (checkEndpoint(), checkEndpointFiles()) and starts to connect; an error means that nothing
    /// was dialled.
    [[nodiscard]] Result<> open(const Endpoint &endpoint, Options options);
    [[nodiscard]] Result<> open(const Endpoint &endpoint) { return open(endpoint, Options()); }
    /// Sends when open; an error says why not (not connected, text that is not UTF-8, a control payload that is too
    /// long).
    [[nodiscard]] Result<> send(Outgoing message);
    /// Starts the closing handshake; while connecting or waiting it gives up.
    void close(quint16 code = 1000, const QString &reason = {});
    /// Cuts TCP off without a closing handshake; while waiting it gives up.
    void abort();
    /// While waiting: connects again at once.
    void retryNow();

    [[nodiscard]] const SessionStatus &status() const { return m_status; }
    /// Over all connections since open(): those of redirects and reconnects, too.
    [[nodiscard]] Traffic total() const { return m_earlier + m_status.traffic(); }

Q_SIGNALS:
    /// At most 60 times a second, and at once when the state changes.
    void statusChanged();
    void opened();
    /// The connection has ended, all of it has been handed to the writer, and no other follows by itself (a redirect, a
    /// reconnect).
    void closed();

private:
    void dial();
    void takeCookies(const SessionStatus &status);
    [[nodiscard]] Endpoint withCookies(Endpoint endpoint);
    void take(const SessionStatus &status);
    [[nodiscard]] SessionStatus nextStatus(const SessionStatus &status);
    void takeEnd(const SessionStatus &status, bool redirected, const ReconnectSchedule::End &end);
    void follow(const WebSocketUrl &redirect);
    void answer(const QByteArray &authorization);
    void wait(std::chrono::milliseconds time);
    void callOff();
    void appendNotice(const QString &text);

    CaptureWriter &m_writer;
    const Clock &m_clock;
    /// Since the first connection.
    std::shared_ptr<EventThread> m_thread;
    Connection *m_connection = nullptr;
    SessionStatus m_status;
    /// Of the connections before the one that the status is of.
    Traffic m_earlier;
    Endpoint m_endpoint;
    Options m_options;
    /// Where this attempt has been sent, and the endpoint as it is asked there.
    RedirectTrail m_trail;
    Endpoint m_hop;
    /// The answer to the peer's latest demand for credentials, and how many there were; empty for none.
    QByteArray m_authorization;
    int m_answers = 0;
    CookieStore m_cookies;
    /// The connection whose cookies were taken last.
    ConnectionId m_cookiesFrom;
    ReconnectSchedule m_schedule;
    QTimer m_retry;
    /// The user has ended it: nothing follows by itself.
    bool m_isCalledOff = false;
};

} // namespace sockeye
