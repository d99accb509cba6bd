#pragma once

#include <QDialog>

namespace sockeye {

/// What belongs into a report of a problem, and the versions to copy into it. It sends nothing.
class ReportDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit ReportDialog(QWidget *parent = nullptr);
};

} // namespace sockeye
