#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QSpinBox;

namespace sockeye {

class OptionsForm;
class Settings;
class ThemeChoice;

/// How the window looks: its colours, its font, and the font of data.
class AppearancePage final : public QWidget
{
    Q_OBJECT

public:
    /// Both outlive the page.
    AppearancePage(Settings &settings, ThemeChoice &theme, QWidget *parent = nullptr);

private:
    void addTheme();
    void addInterfaceFont();
    void chooseInterfaceFont();
    void addFont();
    void chooseFont();

    Settings &m_settings;
    ThemeChoice &m_theme;
    OptionsForm *m_form;
    QComboBox *m_interfaceFont = nullptr;
    QSpinBox *m_interfaceSize = nullptr;
    QComboBox *m_font = nullptr;
    QLabel *m_sample = nullptr;
};

} // namespace sockeye
