// How the window shows the captures of several tabs in one log.
#include "document/CaptureMerge.h"
#include "widgets/controls/Prompts.h"
#include "widgets/dialogs/MergeDialog.h"
#include "widgets/tab/MergeTab.h"
#include "widgets/window/DocumentTabs.h"
#include "widgets/window/MainWindow.h"

#include <QDir>
#include <QPointer>
#include <QStandardPaths>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

/// Where a merged capture lives while its tab is open. Not the folder for temporary files, which may be in memory.
QString newMergePath()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::CacheLocation);
    if (!QDir().mkpath(folder))
        return {};
    return CaptureMerge::newPath(folder);
}

/// The name, or the name with the first number that makes it another one than all of these.
QString uniqueName(const QString &name, const QStringList &others)
{
    QString unique = name;
    for (int number = 2; others.contains(unique); ++number)
        unique = u"%1 (%2)"_s.arg(name).arg(number);
    return unique;
}

} // namespace

/// A program that died could not remove its own.
void MainWindow::removeMergeLeftovers()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::CacheLocation);
    QThreadPool::globalInstance()->start(
        [folder, now = QDateTime::currentDateTime()] { CaptureMerge::removeLeftovers(folder, now); });
}

void MainWindow::mergeView()
{
    QStringList names;
    QList<QPointer<DocumentTab>> tabs;
    for (int i = 0; i < m_tabs->count(); ++i) {
        DocumentTab *tab = tabAt(i);
        if (!tab->view()->model() || qobject_cast<MergeTab *>(tab))
            continue;
        names.append(uniqueName(tab->title(), names));
        tabs.append(tab);
    }
    auto *dialog = new MergeDialog(names, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &MergeDialog::accepted, this, [this, dialog, names, tabs] {
        QStringList chosenNames;
        QList<DocumentTab *> chosen;
        for (const int place : dialog->chosen()) {
            // A tab may have been closed meanwhile.
            if (DocumentTab *tab = tabs.at(place)) {
                chosenNames.append(names.at(place));
                chosen.append(tab);
            }
        }
        openMerge(chosen, chosenNames);
    });
    dialog->open();
}

void MainWindow::openMerge(const QList<DocumentTab *> &tabs, const QStringList &names)
{
    const QString path = newMergePath();
    if (path.isEmpty()) {
        m_prompts.tell(
            this, tr("Merge view"), tr("The merge view could not be opened."),
            tr("No file can be made in %1.").arg(QStandardPaths::writableLocation(QStandardPaths::CacheLocation)));
        return;
    }
    QList<MergeLane> lanes;
    for (qsizetype i = 0; i < tabs.size(); ++i)
        lanes.append({tabs[i]->capturePath(), names[i], tabs[i]->source()->isLive()});
    auto merge = std::make_unique<CaptureMerge>(path, lanes, m_clock);
    for (const DocumentTab *tab : tabs) {
        connect(tab->source(), &CaptureSource::advanced, merge.get(), &CaptureMerge::refresh);
        connect(tab->source(), &CaptureSource::connectionsChanged, merge.get(), &CaptureMerge::refresh);
    }
    connect(&m_closer, &RecordingCloser::finished, merge.get(), &CaptureMerge::setEnded);
    addTab(new MergeTab(services(), std::move(merge), m_tabs->pageParent()));
}

} // namespace sockeye
