#include "widgets/window/RecentTool.h"

#include "widgets/controls/OutsideText.h"
#include "widgets/library/RecentDialog.h"
#include "widgets/library/RecentNames.h"

#include <QDir>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

constexpr qsizetype MaxInMenu = 12;

} // namespace

RecentTool::RecentTool(const CaptureLibrary &library, Settings &settings, Prompts &prompts, QWidget *window)
    : m_settings(settings)
    , m_prompts(prompts)
    , m_window(window)
    , m_captures(library)
    , m_keeper(prompts)
    , m_retention(settings, m_captures, m_keeper)
{
    connect(&m_keeper, &CaptureKeeper::changed, &m_captures, &RecentCaptures::refresh);
}

void RecentTool::fillMenu(QMenu &menu)
{
    const QList<RecentCapture> captures = m_captures.captures().first(qMin(m_captures.captures().size(), MaxInMenu));
    const QList<RecentName> names = recentNames(captures, QDateTime::currentDateTime());
    for (qsizetype i = 0; i < captures.size(); ++i) {
        const RecentCapture &capture = captures.at(i);
        const CaptureLibrary::Item &item = capture.item;
        QAction *action = menu.addAction(withoutMnemonic(withFewMarks(names.at(i).titled(item.title))));
        action->setToolTip(plainToolTip(QDir::toNativeSeparators(item.path) + u'\n' + factsText(capture)));
        connect(action, &QAction::triggered, this, [this, path = item.path] { Q_EMIT openRequested(path); });
    }
    if (captures.isEmpty())
        menu.addAction(tr("No captures yet"))->setEnabled(false);
}

void RecentTool::showDialog()
{
    auto *dialog = new RecentDialog(m_captures, m_keeper, m_retention, m_settings, m_prompts, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RecentDialog::openRequested, this, &RecentTool::openRequested);
    connect(dialog, &RecentDialog::saveRequested, this, &RecentTool::saveRequested);
    dialog->open();
}

} // namespace sockeye
