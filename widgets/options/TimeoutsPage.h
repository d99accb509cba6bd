#pragma once

#include "widgets/options/FieldBinder.h"
#include "widgets/options/OptionsPage.h"

class QLabel;
class QLineEdit;

namespace sockeye {

class OptionsForm;

/// The options' page about time: how long is waited, how often is pinged, when is connected again.
class TimeoutsPage final : public OptionsPage
{
    Q_OBJECT

public:
    explicit TimeoutsPage(QWidget *parent = nullptr);

    void load(const Endpoint &endpoint) override;
    void store(Endpoint &endpoint) const override;
    bool check(const Endpoint &endpoint, const QList<EndpointProblem> &problems) override;

private:
    void addTimeouts();
    void addKeepalive();
    void addReconnect();
    void addCodes();

    OptionsForm *m_form;
    FieldBinder m_fields;
    QWidget *m_deadAfter = nullptr;
    /// What has no effect without automatic reconnecting.
    QList<QWidget *> m_ofReconnect;
    QLineEdit *m_codes = nullptr;
    QLabel *m_summary = nullptr;
};

/// "Waits 1 s, 2 s, 4 s, … 30 s, each 20 % more or less. Gives up after 10 attempts in a row."
[[nodiscard]] QString reconnectText(const ReconnectPolicy &policy);

} // namespace sockeye
