#pragma once

#include "widgets/controls/ActionSpec.h"

#include <QCoreApplication>

namespace sockeye {

class LogCommands;

/// The actions on the entries of a log: annotate, copy, go to, measure, send again.
class LogActions final
{
    Q_DECLARE_TR_FUNCTIONS(LogActions)

public:
    /// Gives the commands of the current tab's log; null for none.
    using CurrentLog = std::function<LogCommands *()>;

    explicit LogActions(CurrentLog current);

    /// All of them, in the order of the menus.
    [[nodiscard]] QList<ActionSpec> all() const;

private:
    using Command = void (LogCommands::*)();

    [[nodiscard]] QList<ActionSpec> bookmark() const;
    [[nodiscard]] QList<ActionSpec> colours() const;
    [[nodiscard]] QList<ActionSpec> notes() const;
    [[nodiscard]] QList<ActionSpec> copies() const;
    [[nodiscard]] QList<ActionSpec> steps() const;
    [[nodiscard]] QList<ActionSpec> view() const;
    [[nodiscard]] QList<ActionSpec> densities() const;
    [[nodiscard]] QList<ActionSpec> sending() const;
    [[nodiscard]] std::function<void()> run(Command command) const;
    [[nodiscard]] std::function<bool()> hasLog() const;
    [[nodiscard]] std::function<bool()> hasCapture() const;
    [[nodiscard]] std::function<bool()> canSend() const;

    CurrentLog m_current;
};

} // namespace sockeye
