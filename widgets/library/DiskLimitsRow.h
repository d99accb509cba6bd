#pragma once

#include <QWidget>

class QSpinBox;

namespace sockeye {

class Settings;

/// One row of controls that say how much of the disk recordings leave free, and how large one capture may become. They
/// hold for recordings that begin, or go on, after a change.
class DiskLimitsRow final : public QWidget
{
    Q_OBJECT

public:
    /// The settings outlive it.
    explicit DiskLimitsRow(Settings &settings, QWidget *parent = nullptr);

private:
    Settings &m_settings;
    QSpinBox *m_reserve;
    QSpinBox *m_largest;
};

} // namespace sockeye
