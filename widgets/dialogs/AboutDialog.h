#pragma once

#include <QDialog>

namespace sockeye {

/// What this program is, its version and licence.
class AboutDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit AboutDialog(QWidget *parent = nullptr);
};

} // namespace sockeye
