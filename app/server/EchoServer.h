#pragma once

#include "base/Result.h"

#include <QObject>
#include <QUrl>

#include <memory>

class QThread;

namespace sockeye {

/// The built-in server: sends every message back as it came (text as text, binary as binary), answers pings and closes.
/// It listens on 127.0.0.1 only and works in a thread of its own.
class EchoServer final : public QObject
{
    Q_OBJECT

public:
    explicit EchoServer(QObject *parent = nullptr);
    /// Stops.
    ~EchoServer() override;

    /// Starts on the port, or on a free one for 0. The error says what to do, e.g. when the port is taken.
    [[nodiscard]] Result<> start(quint16 port = 0);
    void stop();
    [[nodiscard]] bool isListening() const { return m_port != 0; }
    [[nodiscard]] quint16 port() const { return m_port; }
    /// ws://127.0.0.1:PORT/
    [[nodiscard]] QUrl url() const;

Q_SIGNALS:
    /// A client came or went; emitted in the owner's thread.
    void clientCountChanged(int count);

private:
    class Worker;

    void endThread();

    std::unique_ptr<QThread> m_thread;
    Worker *m_worker = nullptr;
    quint16 m_port = 0;
};

} // namespace sockeye
