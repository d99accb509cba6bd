// What goes between a ConnectionTab and the capture that it shows, beside the entries.
#include "reading/CaptureReader.h"
#include "reading/AnnotationFile.h"
#include "reading/Annotations.h"
#include "reading/CaptureLoader.h"
#include "document/CaptureMerge.h"
#include "widgets/controls/Banner.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/tab/RecordingTrouble.h"
#include "widgets/filter/FilterBar.h"

namespace sockeye {
namespace {

/// More connections are not looked for in a list.
constexpr int MaxSuggested = 1000;

} // namespace

/// What is put on entries goes the way of the entries in a live capture, and straight into a file.
void ConnectionTab::showAnnotations()
{
    m_annotationFile = std::make_unique<AnnotationFile>(m_capturePath);
    connect(m_annotationFile.get(), &AnnotationFile::failed, this, &ConnectionTab::takeAnnotationsLost);
    const auto write = [recording = m_recording.get(), merge = m_merge.get(),
                        file = m_annotationFile.get()](const AnnotationMap &changed) {
        // Once recording has stopped, the file may still have room for a note.
        if (!(recording && recording->annotate(changed)) && !(merge && merge->annotate(changed)))
            file->write(changed);
    };
    m_annotations = std::make_unique<Annotations>(*m_loader, write);
    connect(m_annotations.get(), &Annotations::failed, m_banner, &Banner::showMessage);
    connect(m_annotationFile.get(), &AnnotationFile::written, m_annotations.get(), &Annotations::setWritten);
    if (m_recording) {
        connect(m_recording.get(), &Recording::annotated, m_annotations.get(), &Annotations::setWritten);
        connect(m_recording.get(), &Recording::failed, m_annotations.get(), &Annotations::writeAgain);
    } else if (m_merge) {
        connect(m_merge.get(), &CaptureMerge::annotated, m_annotations.get(), &Annotations::setWritten);
        connect(m_merge.get(), &CaptureMerge::failed, m_annotations.get(), &Annotations::writeAgain);
    }
    m_model->setAnnotations(m_annotations.get());
}

void ConnectionTab::takeAnnotationsLost(const QString &message, const AnnotationMap &lost)
{
    m_annotations->takeBack(lost);
    if (m_trouble && m_trouble->hasCome())
        m_trouble->tellAnnotationsLost();
    else
        m_banner->showMessage(message);
}

void ConnectionTab::suggestSoon()
{
    if (!m_suggesting.isActive())
        m_suggesting.start();
}

/// What can stand after "conn:", by the capture's short list of connections.
void ConnectionTab::suggestConnections()
{
    if (!m_loader)
        return;
    m_loader->read(
        m_model.get(), [](const CaptureReader &capture) { return capture.connectionUrls(MaxSuggested); },
        [this](const Result<QStringList> &urls) {
            QStringList found = urls ? urls.value() : QStringList();
            // Lanes may well have the same URL.
            for (qsizetype i = 0; m_merge && i < found.size(); ++i) {
                const QString lane = m_merge->laneNames().value(ConnectionId(i + 1));
                found[i] = lane.isEmpty() ? found.at(i) : tr("%1 · %2").arg(lane, found.at(i));
            }
            m_filter->setConnections(found);
        });
}

} // namespace sockeye
