#pragma once

#include <QWidget>

namespace sockeye {

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
    CapturesPage(Settings &settings, Retention &retention, Prompts &prompts, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Emitted when new captures go to another folder.
    void folderChanged();

private:
    void addFolder();
    void takeFolder();

    Settings &m_settings;
    Retention &m_retention;
    Prompts &m_prompts;
    OptionsForm *m_form;
    PathField *m_folder = nullptr;
};

} // namespace sockeye
