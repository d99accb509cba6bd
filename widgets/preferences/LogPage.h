#pragma once

#include "widgets/log/LogLook.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace sockeye {

class OptionsForm;

/// How logs look, in all tabs: times, delta, rows, previews, size. Columns are chosen at the log itself.
class LogPage final : public QWidget
{
    Q_OBJECT

public:
    /// The settings outlive the page.
    explicit LogPage(Settings &settings, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Emitted when logs are to look as the settings say now.
    void lookChanged();

private:
    [[nodiscard]] QComboBox *addChoice(const QString &label, const QString &name, const QString &toolTip);
    void addTimes();
    void addRows();
    void keep();

    Settings &m_settings;
    LogLook m_look;
    OptionsForm *m_form;
    QComboBox *m_time = nullptr;
    QComboBox *m_delta = nullptr;
    QComboBox *m_density = nullptr;
    QCheckBox *m_raw = nullptr;
    QCheckBox *m_same = nullptr;
    QSpinBox *m_zoom = nullptr;
};

} // namespace sockeye
