#pragma once

#include "base/Result.h"
#include "server/EchoOptions.h"

#include <QObject>
#include <QUrl>

#include <memory>

class QThread;

namespace sockeye {

class EchoListener;

/// The built-in server: sends every message back as it came (text as text, binary as binary), answers pings and closes
/// (EchoConnection). It listens on loopback only, 127.0.0.1 and ::1, and works in a thread of its own.
class EchoServer final : public QObject
{
    Q_OBJECT

public:
    explicit EchoServer(QObject *parent = nullptr);
    /// Stops.
    ~EchoServer() override;

    /// Starts on the port, or on a free one for 0. The error says what to do, e.g. when the port is taken.
    [[nodiscard]] Result<> start(quint16 port = 0, const EchoOptions &options = EchoOptions());
    void stop();
    [[nodiscard]] bool isListening() const { return m_port != 0; }
    [[nodiscard]] quint16 port() const { return m_port; }
    /// ws://127.0.0.1:PORT/
    [[nodiscard]] QUrl url() const;

Q_SIGNALS:
    /// A client came or went; emitted in the owner's thread.
    void clientCountChanged(int count);
    /// In words for the user, e.g. that no more clients can be taken. Emitted in the owner's thread.
    void troubled(const QString &text);

private:
    void endThread();

    std::unique_ptr<QThread> m_thread;
    EchoListener *m_listener = nullptr;
    quint16 m_port = 0;
};

} // namespace sockeye
