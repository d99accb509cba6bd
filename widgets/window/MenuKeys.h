#pragma once

#include <QAction>
#include <QList>
#include <QObject>

namespace sockeye {

/// Keeps a window's keys from being taken by the field that has the focus: on X11 a line edit would take Ctrl+E for
/// "end of line", and Export would not answer.
class MenuKeys final : public QObject
{
    Q_OBJECT

public:
    /// The shortcuts of these actions come first in the window, which is the parent, and in others that they were added
    /// to.
    MenuKeys(const QList<QAction *> &actions, QWidget *window);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QList<QAction *> m_actions;
};

} // namespace sockeye
