#pragma once

#include "widgets/tab/CaptureView.h"

#include <QObject>

#include <memory>

class QWidget;

namespace sockeye {

class DocumentTab;
class Documents;
class InspectorWindow;
class Settings;

enum class Panel : quint8 { Profiles, Inspector, Composer, Timeline };

/// Which panels of the window and of its tabs are shown, and where the inspector stands: kept in the settings, for
/// small windows and for others. An inspector in a window of its own is there while this window is.
class Panels final : public QObject
{
    Q_OBJECT

public:
    /// All outlive it; `profiles` is the panel beside the tabs.
    Panels(Settings &settings, Documents &documents, QWidget &window, QWidget &profiles);
    ~Panels() override;

    [[nodiscard]] bool isShown(Panel panel) const;
    void toggle(Panel panel);
    [[nodiscard]] InspectorPlace inspectorPlace() const;
    /// Shows the inspector there.
    void setInspectorPlace(InspectorPlace place);
    [[nodiscard]] InspectorWindow *inspectorWindow() const { return m_inspectorWindow.get(); }
    /// Shows and hides the panels as chosen.
    void apply();

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// Emitted when the panels have been shown and hidden anew.
    void changed();

private:
    void addTab(DocumentTab *tab);
    void applyTo(DocumentTab *tab) const;
    void showInspectorWindow();
    void takeClosed();

    Settings &m_settings;
    Documents &m_documents;
    QWidget &m_window;
    QWidget &m_profiles;
    std::unique_ptr<InspectorWindow> m_inspectorWindow;
    bool m_isSmall = false;
    /// The user has closed the inspector's window; that it is to stay so is about to be kept.
    bool m_isBeingClosed = false;
};

} // namespace sockeye
