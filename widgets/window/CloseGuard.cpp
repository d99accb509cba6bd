#include "widgets/window/CloseGuard.h"

#include "library/Settings.h"
#include "widgets/controls/Prompts.h"
#include "widgets/tab/ConnectionTab.h"

#include <algorithm>

namespace sockeye {

bool CloseGuard::asksAbout(const QList<ConnectionTab *> &connections) const
{
    return m_settings.value(Settings::Key::ConfirmClosing).toBool() &&
           std::any_of(connections.cbegin(), connections.cend(),
                       [](const ConnectionTab *connection) { return connection->isActive(); });
}

void CloseGuard::ask(QWidget *parent, const QList<ConnectionTab *> &connections, std::function<void()> close) const
{
    const auto open = std::count_if(connections.cbegin(), connections.cend(),
                                    [](const ConnectionTab *connection) { return connection->isActive(); });
    const QString text = open == 1 ? tr("Close an open connection? What it recorded stays under Recent.")
                                   : tr("Close %1 open connections? What they recorded stays under Recent.").arg(open);
    m_prompts.confirm(parent, {tr("Close"), text, tr("Close")}, std::move(close));
}

} // namespace sockeye
