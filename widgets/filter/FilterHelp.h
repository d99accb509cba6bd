#pragma once

#include <QDialog>

namespace sockeye {

/// The filter language at a glance; it stays open beside the window while the filter is typed.
class FilterHelp final : public QDialog
{
    Q_OBJECT

public:
    explicit FilterHelp(QWidget *parent);
};

} // namespace sockeye
