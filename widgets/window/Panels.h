#pragma once

#include <QObject>

#include <array>

class QWidget;

namespace sockeye {

class DocumentTab;
class Documents;
class Settings;

enum class Panel : quint8 { Profiles, Inspector, Composer, Timeline };

/// Which panels of the window and of its tabs are shown, kept in the settings.
class Panels final : public QObject
{
    Q_OBJECT

public:
    /// All outlive it; `profiles` is the panel beside the tabs.
    Panels(Settings &settings, Documents &documents, QWidget &profiles);

    [[nodiscard]] bool isShown(Panel panel) const { return m_shown[static_cast<size_t>(panel)]; }
    void toggle(Panel panel);
    /// Shows and hides the panels as chosen.
    void apply();

private:
    void applyTo(DocumentTab *tab) const;

    Settings &m_settings;
    Documents &m_documents;
    QWidget &m_profiles;
    /// By Panel.
    std::array<bool, 4> m_shown{};
};

} // namespace sockeye
