#pragma once

#include <QDialog>

class QTabWidget;

namespace sockeye {

class CaptureFolderChoice;
class Prompts;
class Retention;
class Settings;
class ThemeChoice;

/// What the user can choose about the program as a whole. Each choice holds at once; there is nothing to apply or to
/// take back but the choice itself.
class PreferencesDialog final : public QDialog
{
    Q_OBJECT

public:
    /// All outlive the dialog.
    struct Parts
    {
        Settings &settings;
        ThemeChoice &theme;
        Retention &retention;
        Prompts &prompts;
    };

    /// The choice outlives the dialog, too.
    PreferencesDialog(const Parts &parts, CaptureFolderChoice &captureFolder, QWidget *parent = nullptr);

    [[nodiscard]] QTabWidget *pages() const { return m_pages; }

Q_SIGNALS:
    /// Emitted when logs are to look as the settings say now.
    void lookChanged();

private:
    void addPage(QWidget *page, const QString &title);

    QTabWidget *m_pages;
};

} // namespace sockeye
