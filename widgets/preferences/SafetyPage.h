#pragma once

#include <QWidget>

namespace sockeye {

class OptionsForm;
class Settings;

/// What is asked before it is done, and whose values are hidden.
class SafetyPage final : public QWidget
{
    Q_OBJECT

public:
    /// The settings outlive the page.
    explicit SafetyPage(Settings &settings, QWidget *parent = nullptr);

private:
    void addQuestions();
    void addSecrets();

    Settings &m_settings;
    OptionsForm *m_form;
};

} // namespace sockeye
