#pragma once

#include <QObject>

#include <array>

class QWidget;

namespace sockeye {

class DocumentTab;
class Documents;
class Settings;

enum class Panel : quint8 { Profiles, Inspector, Composer, Timeline };

/// Which panels of the window and of its tabs are shown, and whether the inspector stands below the log: kept in the
/// settings, for small windows and for others.
class Panels final : public QObject
{
    Q_OBJECT

public:
    /// All outlive it; `profiles` is the panel beside the tabs.
    Panels(Settings &settings, Documents &documents, QWidget &window, QWidget &profiles);

    [[nodiscard]] bool isShown(Panel panel) const;
    void toggle(Panel panel);
    [[nodiscard]] bool isInspectorBelow() const;
    void setInspectorBelow(bool below);
    /// Shows and hides the panels as chosen.
    void apply();

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addTab(DocumentTab *tab);
    void applyTo(DocumentTab *tab) const;

    Settings &m_settings;
    Documents &m_documents;
    QWidget &m_window;
    QWidget &m_profiles;
    bool m_isSmall = false;
};

} // namespace sockeye
