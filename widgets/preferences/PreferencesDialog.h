#pragma once

#include <QDialog>

class QTabWidget;

namespace sockeye {

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

    explicit PreferencesDialog(const Parts &parts, QWidget *parent = nullptr);

    [[nodiscard]] QTabWidget *pages() const { return m_pages; }

Q_SIGNALS:
    /// Emitted when logs are to look as the settings say now.
    void lookChanged();
    /// Emitted when new captures go to another folder.
    void captureFolderChanged();

private:
    void addPage(QWidget *page, const QString &title);

    QTabWidget *m_pages;
};

} // namespace sockeye
