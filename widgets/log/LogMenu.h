#pragma once

#include <QMenu>

namespace sockeye {

class LogCommands;

/// The log's context menu: the commands on the selected entries. It shows the state at the time of its making.
class LogMenu final : public QMenu
{
    Q_OBJECT

public:
    /// The commands outlive the menu, which deletes itself when it closes.
    LogMenu(LogCommands &commands, QWidget *parent);

private:
    void addCopies();
    void addAnnotations();
    void addFilters();
    void addMore();
    QAction *add(QMenu *menu, const QString &text, std::function<void()> call);

    LogCommands &m_commands;
};

} // namespace sockeye
