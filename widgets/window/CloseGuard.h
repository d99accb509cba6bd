#pragma once

#include <QCoreApplication>

#include <functional>

class QWidget;

namespace sockeye {

class ConnectionTab;
class Prompts;
class Settings;

/// Asks before open connections are closed along with what shows them, if the user wants to be asked.
class CloseGuard final
{
    Q_DECLARE_TR_FUNCTIONS(CloseGuard)

public:
    /// Both outlive it.
    CloseGuard(const Settings &settings, Prompts &prompts)
        : m_settings(settings)
        , m_prompts(prompts)
    {
    }

    /// Whether there is something to ask about.
    [[nodiscard]] bool asksAbout(const QList<ConnectionTab *> &connections) const;
    /// Asks; `close` is called once the user has agreed.
    void ask(QWidget *parent, const QList<ConnectionTab *> &connections, std::function<void()> close) const;

private:
    const Settings &m_settings;
    Prompts &m_prompts;
};

} // namespace sockeye
