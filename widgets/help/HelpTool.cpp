#include "widgets/help/HelpTool.h"

#include "widgets/help/HelpDialog.h"
#include "widgets/help/HelpPages.h"
#include "widgets/help/ReportDialog.h"

namespace sockeye {

HelpTool::HelpTool(QWidget *window)
    : QObject(window)
    , m_window(window)
{
}

void HelpTool::showGuide()
{
    show(HelpPages::guide());
}

void HelpTool::showWhatIsNew()
{
    show(HelpPages::whatIsNew());
}

void HelpTool::showReport()
{
    auto *dialog = new ReportDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void HelpTool::show(const QString &page)
{
    if (!m_dialog) {
        m_dialog = new HelpDialog(m_window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_dialog->showPage(page);
    // Not modal: what it describes is tried out beside it.
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

} // namespace sockeye
