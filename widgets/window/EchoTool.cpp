#include "widgets/window/EchoTool.h"

#include "widgets/controls/Prompts.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QWidget>

namespace sockeye {

EchoTool::EchoTool(Prompts &prompts, QWidget *window)
    : m_prompts(prompts)
    , m_window(window)
{
    connect(&m_server, &EchoServer::troubled, this, &EchoTool::statusText);
}

void EchoTool::toggle()
{
    if (!isListening()) {
        if (start())
            Q_EMIT statusText(tr("Echo server listening on %1").arg(url().toString()));
        return;
    }
    m_server.stop();
    Q_EMIT statusText(tr("Echo server stopped"));
    Q_EMIT changed();
}

void EchoTool::connectTo()
{
    if (isListening() || start())
        Q_EMIT connectRequested(url().toString());
}

void EchoTool::copyUrl()
{
    QGuiApplication::clipboard()->setText(url().toString());
    Q_EMIT statusText(tr("%1 copied").arg(url().toString()));
}

bool EchoTool::start()
{
    const Result<> started = m_server.start();
    if (started)
        Q_EMIT changed();
    else
        m_prompts.tell(m_window, tr("Echo server"), tr("The built-in echo server could not start."),
                       started.error().message);
    return started.ok();
}

} // namespace sockeye
