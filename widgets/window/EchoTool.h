#pragma once

#include "server/EchoServer.h"

class QWidget;

namespace sockeye {

class Prompts;

/// The built-in echo server as the window offers it: switched on and off, connected to, its address copied.
class EchoTool final : public QObject
{
    Q_OBJECT

public:
    /// The prompts outlive it; `window` is the parent of what is shown.
    EchoTool(Prompts &prompts, QWidget *window);

    [[nodiscard]] bool isListening() const { return m_server.isListening(); }
    /// ws://127.0.0.1:PORT/ while it listens.
    [[nodiscard]] QUrl url() const { return m_server.url(); }

    void toggle();
    /// Starts the server if need be, and asks for a tab that is connected to it.
    void connectTo();
    void copyUrl();

Q_SIGNALS:
    /// Emitted when the server starts or stops.
    void changed();
    void connectRequested(const QString &url);
    /// A line for the status bar.
    void statusText(const QString &text);

private:
    [[nodiscard]] bool start();

    Prompts &m_prompts;
    QWidget *m_window;
    EchoServer m_server;
};

} // namespace sockeye
