#pragma once

#include <QDialog>

class QAction;

namespace sockeye {

/// Lists the keys of the given actions, and those of the log and the composer.
class ShortcutsDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutsDialog(const QList<QAction *> &actions, QWidget *parent = nullptr);
};

} // namespace sockeye
