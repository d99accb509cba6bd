#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "capture/CaptureWriter.h"
#include "profiles/Endpoint.h"

#include <QObject>
#include <QThread>

#include <memory>

namespace sockeye {

/// A message to send. Ping and pong payloads hold at most 125 bytes (RFC 6455 section 5.5).
struct Outgoing
{
    Opcode opcode = Opcode::Text;
    QByteArray payload;
};

/// A session as people see it at one moment: a value, replaced as a whole at most 60 times a second.
struct SessionStatus
{
    enum class State : quint8 { Idle, Connecting, Open, Closing, Closed };

    State state = State::Idle;
    ConnectionId connection;
    /// While connecting: what is being waited for, in words.
    QString phase;
    /// Data messages and wire bytes (headers included) of this connection.
    qint64 messagesIn = 0;
    qint64 messagesOut = 0;
    qint64 bytesIn = 0;
    qint64 bytesOut = 0;
    qint64 findings = 0;
    QString tlsVersion;
    QString subprotocol;
    /// From dialling to the accepted reply; negative before that.
    Nanoseconds handshake{-1};
    EndKind endKind = EndKind::Live;
    quint16 closeCode = 0;
    QString closeReason;
    /// Once closed: how it ended, in a sentence.
    QString endText;

    /// Whether there is a connection to end.
    [[nodiscard]] bool isActive() const
    {
        return state == State::Connecting || state == State::Open || state == State::Closing;
    }
};

class Connection;

/// The live side of a tab: one connection at a time, in a thread of its own, recorded into one capture. Each open() is
/// a fresh QWebSocket and WireTap and a further connection of the same capture. All methods and signals in the owner's
/// thread.
class Session final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        /// Send every data message back as it came.
        bool echo = false;
        /// Close with 1000 when that many data messages have come; 0 for never.
        qint64 closeAfterMessages = 0;
    };

    /// The writer and the clock outlive the session.
    Session(CaptureWriter &writer, const Clock &clock, QObject *parent = nullptr);
    /// Cuts off what is still open and waits for the thread.
    ~Session() override;

    /// Checks the endpoint (URL, headers, subprotocols, files) and starts to connect; an error means that nothing was
    /// dialled.
    [[nodiscard]] Result<> open(const Endpoint &endpoint, Options options);
    [[nodiscard]] Result<> open(const Endpoint &endpoint) { return open(endpoint, Options()); }
    /// Sends when open; an error says why not (not connected, text that is not UTF-8, a control payload that is too
    /// long).
    [[nodiscard]] Result<> send(Outgoing message);
    /// Starts the closing handshake; while connecting it gives up.
    void close(quint16 code = 1000, const QString &reason = {});
    /// Cuts TCP off without a closing handshake.
    void abort();

    [[nodiscard]] const SessionStatus &status() const { return m_status; }

Q_SIGNALS:
    /// At most 60 times a second, and at once when the state changes.
    void statusChanged();
    void opened();
    /// The connection has ended and all of it has been handed to the writer.
    void closed();

private:
    void take(const SessionStatus &status);

    CaptureWriter &m_writer;
    const Clock &m_clock;
    QThread m_thread;
    Connection *m_connection = nullptr;
    SessionStatus m_status;
};

} // namespace sockeye

Q_DECLARE_METATYPE(sockeye::SessionStatus)
