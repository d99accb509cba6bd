#include "widgets/window/MergeOpener.h"

#include "base/OwnerOnly.h"
#include "document/CaptureMerge.h"
#include "document/RecordingCloser.h"
#include "widgets/controls/Prompts.h"
#include "widgets/dialogs/MergeDialog.h"
#include "widgets/tab/MergeTab.h"
#include "widgets/window/Documents.h"

#include <QDir>
#include <QPointer>
#include <QStandardPaths>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

/// The folder of merged captures while their tabs are open. The folder for temporary files may be in memory.
QString mergeFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::CacheLocation);
}

/// Empty if the folder cannot be made.
QString newMergePath()
{
    return owneronly::makeFolder(mergeFolder()) ? CaptureMerge::newPath(mergeFolder()) : QString();
}

/// The name, or the name with the first number that makes it differ from all of these.
QString uniqueName(const QString &name, const QStringList &others)
{
    QString unique = name;
    for (int number = 2; others.contains(unique); ++number)
        unique = u"%1 (%2)"_s.arg(name).arg(number);
    return unique;
}

} // namespace

MergeOpener::MergeOpener(Documents &documents, const RecordingCloser &closer, const Clock &clock, Prompts &prompts,
                         QWidget *window)
    : m_documents(documents)
    , m_closer(closer)
    , m_clock(clock)
    , m_prompts(prompts)
    , m_window(window)
{
}

void MergeOpener::showDialog()
{
    QStringList names;
    QList<QPointer<DocumentTab>> tabs;
    for (DocumentTab *tab : m_documents.all()) {
        if (!tab->view()->model() || qobject_cast<MergeTab *>(tab))
            continue;
        names += uniqueName(tab->title(), names);
        tabs += tab;
    }
    auto *dialog = new MergeDialog(names, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &MergeDialog::accepted, this, [this, dialog, names, tabs] {
        QStringList chosenNames;
        QList<DocumentTab *> chosen;
        for (const int place : dialog->chosen()) {
            // A tab may have been closed meanwhile.
            if (DocumentTab *tab = tabs.at(place)) {
                chosenNames += names.at(place);
                chosen += tab;
            }
        }
        open(chosen, chosenNames);
    });
    dialog->open();
}

void MergeOpener::removeLeftovers()
{
    QThreadPool::globalInstance()->start(
        [folder = mergeFolder(), now = QDateTime::currentDateTime()] { CaptureMerge::removeLeftovers(folder, now); });
}

void MergeOpener::open(const QList<DocumentTab *> &tabs, const QStringList &names)
{
    const QString path = newMergePath();
    if (path.isEmpty()) {
        m_prompts.tell(m_window, tr("Merge view"), tr("The merge view could not be opened."),
                       tr("No file can be made in %1.").arg(mergeFolder()));
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
    m_documents.openMerge(std::move(merge));
}

} // namespace sockeye
