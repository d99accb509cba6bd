#pragma once

#include <QList>
#include <QPointer>
#include <QWidget>

class QStackedLayout;

namespace sockeye {

class DocumentTab;
class Settings;

/// A window for the inspector of the tab that is in front. Each tab's own comes here as it is, with all that it shows
/// and has selected, when the tab is shown here first, and stays until it is put back or its tab is closed. The window
/// comes up again where and as large as it was.
class InspectorWindow final : public QWidget
{
    Q_OBJECT

public:
    /// The settings outlive it.
    explicit InspectorWindow(Settings &settings);
    ~InspectorWindow() override;

    /// Shows the window with the tab's inspector; the keyboard stays where it is.
    void showTab(DocumentTab *tab);

    /// The keys of these work here, too.
    void shareActions(const QList<QAction *> &actions);
    /// What closes a tab in the main window closes this window.
    void setCloseKeys(const QList<QKeySequence> &keys);
    /// A dialog blocks the window whose actions are shared: their keys rest.
    void setBlocked(bool blocked);
    /// To its size again if it is minimized.
    void restore();

Q_SIGNALS:
    /// Emitted when the user has closed the window.
    void closed();

protected:
    void closeEvent(QCloseEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void restorePlace();

    Settings &m_settings;
    QStackedLayout *m_stack;
    QList<QAction *> m_shared;
    /// Whose inspectors are here, or were.
    QList<QPointer<DocumentTab>> m_tabs;
    bool m_hasPlace = false;
};

} // namespace sockeye
