#pragma once

#include "connection/Session.h"
#include "peers/RawServer.h"
#include "reading/CaptureReader.h"

#include <QTemporaryDir>

namespace sockeye::test {

/// A session that records into a temporary capture, a raw server to dial, and what the capture says afterwards.
class SessionFixture final
{
public:
    explicit SessionFixture(CaptureWriter::Limits limits = {});
    ~SessionFixture();

    /// The raw server's address with generous timeouts.
    [[nodiscard]] Endpoint endpoint() const;
    /// Opens and waits until the session is open.
    [[nodiscard]] bool open(Session::Options options = {});
    [[nodiscard]] bool open(const Endpoint &endpoint, Session::Options options = {});
    [[nodiscard]] bool waitClosed();
    /// Whether, after all that has happened, the session connects to a server that behaves, and both hear each other.
    [[nodiscard]] bool worksAgain();

    /// What has been recorded so far.
    [[nodiscard]] QList<Entry> entries();
    /// The same without events.
    [[nodiscard]] QList<Entry> messages();
    [[nodiscard]] ConnectionRecord record(qint64 id = 1);
    [[nodiscard]] QByteArray payload(const Entry &entry);
    [[nodiscard]] FrameHeaders frames(const Entry &entry);
    [[nodiscard]] Findings findings(const Entry &entry);
    /// The names of the rules that entries broke, in order.
    [[nodiscard]] QStringList brokenRules();
    /// The payloads that came after the connection was failed.
    [[nodiscard]] QList<QByteArray> unprocessed();
    /// Those of the checks of the handshake that failed, and of its remarks.
    [[nodiscard]] QStringList failedChecks(qint64 id = 1);
    [[nodiscard]] QStringList remarks(qint64 id = 1);
    [[nodiscard]] CaptureReader &reader();

    RawServer server;
    std::unique_ptr<CaptureWriter> writer;
    std::unique_ptr<Session> session;

private:
    QTemporaryDir m_directory;
    SystemClock m_clock;
    std::unique_ptr<CaptureReader> m_reader;
};

/// An unmasked frame, as a server sends it.
[[nodiscard]] QByteArray serverFrame(Opcode opcode, QByteArrayView payload, bool fin = true, quint8 rsv = 0);
/// The code of the close frame in what a client sent; 1005 for one without a code, 0 for no close frame.
[[nodiscard]] int closeCodeIn(const QByteArray &bytes);
/// The frames in what a client sent, unmasked.
[[nodiscard]] QList<Frame> decodeFrames(const QByteArray &bytes);

} // namespace sockeye::test
