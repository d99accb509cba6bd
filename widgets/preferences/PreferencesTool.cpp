#include "widgets/preferences/PreferencesTool.h"

namespace sockeye {

PreferencesTool::PreferencesTool(const PreferencesDialog::Parts &parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
}

void PreferencesTool::show()
{
    auto *dialog = new PreferencesDialog(m_parts, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PreferencesDialog::lookChanged, this, &PreferencesTool::lookChanged);
    connect(dialog, &PreferencesDialog::captureFolderChanged, this, &PreferencesTool::captureFolderChanged);
    dialog->open();
}

} // namespace sockeye
