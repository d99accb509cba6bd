#pragma once

#include <QWidget>

class QLineEdit;

namespace sockeye {

class OptionsForm;
class SecondsBox;
class Settings;

/// What new connections begin with. Those that are there, and profiles, keep what they have.
class ConnectionsPage final : public QWidget
{
    Q_OBJECT

public:
    /// The settings outlive the page.
    explicit ConnectionsPage(Settings &settings, QWidget *parent = nullptr);

private:
    void addKeepalive();
    void addProxy();
    void takeProxy();
    void addCapture();

    Settings &m_settings;
    OptionsForm *m_form;
    QLineEdit *m_proxy = nullptr;
};

} // namespace sockeye
