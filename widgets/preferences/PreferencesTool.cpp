#include "widgets/preferences/PreferencesTool.h"

namespace sockeye {

PreferencesTool::PreferencesTool(const PreferencesDialog::Parts &parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
    , m_captureFolder(parts.settings, parts.retention)
{
    connect(&m_captureFolder, &CaptureFolderChoice::changed, this, &PreferencesTool::captureFolderChanged);
}

void PreferencesTool::show()
{
    auto *dialog = new PreferencesDialog(m_parts, m_captureFolder, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PreferencesDialog::lookChanged, this, &PreferencesTool::lookChanged);
    dialog->open();
}

} // namespace sockeye
