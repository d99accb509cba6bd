#include "widgets/window/CaptureFiles.h"

#include "document/RecordingCloser.h"
#include "library/Settings.h"
#include "widgets/controls/Prompts.h"
#include "widgets/dialogs/ExportDialog.h"
#include "widgets/library/CaptureSaver.h"
#include "widgets/window/Documents.h"
#include "widgets/window/SessionRestorer.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

QString captureFilter()
{
    return CaptureFiles::tr("Captures (*.sockeye);;All files (*)");
}

} // namespace

CaptureFiles::CaptureFiles(Documents &documents, const RecordingCloser &closer, const SessionRestorer &session,
                           Settings &settings, Prompts &prompts, QWidget *window)
    : m_documents(documents)
    , m_closer(closer)
    , m_session(session)
    , m_settings(settings)
    , m_prompts(prompts)
    , m_window(window)
{
    connect(&documents, &Documents::saveRequested, this, &CaptureFiles::save);
}

bool CaptureFiles::isInUse(const QString &path) const
{
    return m_documents.find(path) || m_closer.isBusy(path) || m_session.isOffered(path);
}

void CaptureFiles::open()
{
    const FileRequest request{tr("Open capture"), folder(), captureFilter(), {}};
    m_prompts.openFile(m_window, request, [this](const QString &path) {
        keepFolderOf(path);
        m_documents.openPath(path);
    });
}

void CaptureFiles::save(const QString &capture)
{
    const QString suggested =
        QDir(folder().isEmpty() ? QDir::homePath() : folder()).filePath(QFileInfo(capture).fileName());
    const FileRequest request{tr("Save capture as"), suggested, captureFilter(), u"sockeye"_s};
    m_prompts.saveFile(m_window, request, [this, capture](const QString &target) { saveTo(capture, target); });
}

void CaptureFiles::saveCurrent()
{
    if (m_documents.can(DocumentTab::Need::Capture))
        save(m_documents.current()->capturePath());
}

void CaptureFiles::exportCurrent()
{
    if (!m_documents.can(DocumentTab::Need::Capture))
        return;
    const DocumentTab *tab = m_documents.current();
    auto *dialog = new ExportDialog(tab->capturePath(), tab->view()->query(), m_settings, m_prompts, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ExportDialog::exported, this, [this](const QString &target) {
        Q_EMIT statusText(tr("Exported to %1").arg(QDir::toNativeSeparators(target)));
    });
    dialog->open();
}

QString CaptureFiles::folder() const
{
    return m_settings.value(Settings::Key::FileDirectory).toString();
}

void CaptureFiles::keepFolderOf(const QString &file)
{
    m_settings.setValue(Settings::Key::FileDirectory, QFileInfo(file).absolutePath());
}

void CaptureFiles::saveTo(const QString &capture, const QString &target)
{
    if (isInUse(target)) {
        m_prompts.tell(m_window, tr("Save capture as"), tr("%1 is open here.").arg(QFileInfo(target).fileName()),
                       tr("Choose another name: a capture that is open is not written over."));
        return;
    }
    keepFolderOf(target);
    auto *saver = new CaptureSaver(capture, target, m_window);
    connect(saver, &CaptureSaver::saved, this, [this, saver, target] {
        saver->deleteLater();
        Q_EMIT statusText(tr("Saved %1").arg(QDir::toNativeSeparators(target)));
    });
    connect(saver, &CaptureSaver::failed, this, [this, saver](const QString &message) {
        saver->deleteLater();
        m_prompts.tell(m_window, tr("Save capture as"), tr("The capture was not saved."), message);
    });
    connect(saver, &CaptureSaver::cancelled, this, [this, saver] {
        saver->deleteLater();
        Q_EMIT statusText(tr("Cancelled. Nothing was saved."));
    });
    Q_EMIT savingStarted(saver);
}

} // namespace sockeye
