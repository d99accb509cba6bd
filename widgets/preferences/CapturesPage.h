#pragma once

#include <QWidget>

namespace sockeye {

class CaptureFolderChoice;
class OptionsForm;
class PathField;
class Prompts;
class Retention;
class Settings;

/// Where captures go, how many stay, and how much of the disk they take.
class CapturesPage final : public QWidget
{
    Q_OBJECT

public:
    /// All outlive the page.
    CapturesPage(Settings &settings, CaptureFolderChoice &choice, Retention &retention, Prompts &prompts,
                 QWidget *parent = nullptr);

private:
    void addFolder();

    Settings &m_settings;
    CaptureFolderChoice &m_choice;
    Prompts &m_prompts;
    OptionsForm *m_form;
    PathField *m_folder = nullptr;
};

} // namespace sockeye
