#pragma once

#include "widgets/preferences/CaptureFolderChoice.h"
#include "widgets/preferences/PreferencesDialog.h"

#include <QObject>

namespace sockeye {

/// Opens the preferences of a window, and says what they have changed.
class PreferencesTool final : public QObject
{
    Q_OBJECT

public:
    /// The window is the parent.
    PreferencesTool(const PreferencesDialog::Parts &parts, QWidget *window);

    void show();

Q_SIGNALS:
    /// As PreferencesDialog's.
    void lookChanged();
    /// Emitted when new captures go to another folder.
    void captureFolderChanged();

private:
    PreferencesDialog::Parts m_parts;
    QWidget *m_window;
    CaptureFolderChoice m_captureFolder;
};

} // namespace sockeye
