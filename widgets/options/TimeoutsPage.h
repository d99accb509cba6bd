#pragma once

#include "widgets/options/OptionsPage.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace sockeye {

class NumberBox;
class OptionsForm;
class SecondsBox;

/// The options' page about time: how long is waited, how often is pinged, when is connected again.
class TimeoutsPage final : public OptionsPage
{
    Q_OBJECT

public:
    explicit TimeoutsPage(QWidget *parent = nullptr);

    void load(const Endpoint &endpoint) override;
    void store(Endpoint &endpoint) const override;
    bool check(const Endpoint &endpoint) override;

private:
    void addTimeouts();
    void addKeepalive();
    void addReconnect();

    OptionsForm *m_form;
    SecondsBox *m_connect = nullptr;
    SecondsBox *m_close = nullptr;
    SecondsBox *m_interval = nullptr;
    QSpinBox *m_deadAfter = nullptr;
    QCheckBox *m_reconnect = nullptr;
    SecondsBox *m_first = nullptr;
    NumberBox *m_factor = nullptr;
    SecondsBox *m_maximum = nullptr;
    NumberBox *m_jitter = nullptr;
    QSpinBox *m_attempts = nullptr;
    QLineEdit *m_codes = nullptr;
    QLabel *m_summary = nullptr;
};

/// "Waits 1 s, 2 s, 4 s, … 30 s, each 20 % more or less. Gives up after 10 attempts in a row."
[[nodiscard]] QString reconnectText(const ReconnectPolicy &policy);

} // namespace sockeye
