#include "document/OpenCapture.h"

#include "document/CaptureSource.h"
#include "log/LogModel.h"
#include "log/TimelineModel.h"
#include "reading/AnnotationFile.h"
#include "reading/Annotations.h"
#include "reading/CaptureLoader.h"
#include "requests/RequestReader.h"

#include <chrono>

namespace sockeye {
namespace {

constexpr auto NamesPause = std::chrono::milliseconds(50);

} // namespace

OpenCapture::OpenCapture(CaptureSource &source, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_loader(std::make_unique<CaptureLoader>(source.path()))
    , m_annotationFile(std::make_unique<AnnotationFile>(source.path()))
    , m_model(std::make_unique<LogModel>(*m_loader))
    , m_timeline(std::make_unique<TimelineModel>(source.path()))
    , m_requests(std::make_unique<RequestReader>(source.path()))
{
    Q_ASSERT(source.isCreated());
    const auto write = [source = &m_source, file = m_annotationFile.get()](const AnnotationMap &changed) {
        // Once recording has stopped, the file may still have room for a note.
        if (!source->annotate(changed))
            file->write(changed);
    };
    m_annotations = std::make_unique<Annotations>(*m_loader, write);
    m_model->setAnnotations(m_annotations.get());
    m_model->setRequests(m_requests.get());
    connect(m_loader.get(), &CaptureLoader::opened, m_annotationFile.get(),
            [this] { m_annotationFile->setIdentity(identity()); });
    connect(m_loader.get(), &CaptureLoader::opened, m_model.get(), &LogModel::advanceTo);
    connect(m_loader.get(), &CaptureLoader::opened, m_requests.get(), &RequestReader::advanceTo);
    connect(m_loader.get(), &CaptureLoader::opened, this, &OpenCapture::opened);
    connect(m_loader.get(), &CaptureLoader::failed, this, &OpenCapture::failed);
    connect(m_model.get(), &LogModel::failed, this, &OpenCapture::failed);
    connect(m_annotations.get(), &Annotations::failed, this, &OpenCapture::failed);
    connect(m_annotationFile.get(), &AnnotationFile::written, m_annotations.get(), &Annotations::setWritten);
    connect(m_annotationFile.get(), &AnnotationFile::failed, this, &OpenCapture::takeBack);
    m_namesPause.setSingleShot(true);
    m_namesPause.setInterval(NamesPause);
    connect(&m_namesPause, &QTimer::timeout, this, &OpenCapture::readConnectionNames);
    connect(m_timeline.get(), &TimelineModel::marksChanged, this, &OpenCapture::takeMarks);
    followSource();
    m_namesPause.start();
}

OpenCapture::~OpenCapture()
{
    Q_EMIT aboutToClose();
}

QString OpenCapture::path() const
{
    return m_loader->path();
}

const CaptureIdentity &OpenCapture::identity() const
{
    return m_loader->identity();
}

void OpenCapture::setLaneNames(const QHash<ConnectionId, QString> &names)
{
    m_laneNames = names;
    m_model->setLanes(names);
    m_namesPause.start();
}

void OpenCapture::followSource()
{
    using Source = CaptureSource;
    connect(&m_growth, &Pace::due, this, &OpenCapture::takeGrowth);
    connect(&m_source, &Source::advanced, this, [this](EntryId last) {
        m_last = last;
        m_growth.request();
    });
    connect(&m_source, &Source::connectionsChanged, m_timeline.get(), &TimelineModel::connectionsChanged);
    connect(&m_source, &Source::connectionsChanged, m_requests.get(), &RequestReader::takeEnds);
    connect(&m_source, &Source::connectionsChanged, &m_namesPause, [this] {
        // Not put off by what comes again and again.
        if (!m_namesPause.isActive())
            m_namesPause.start();
    });
    connect(&m_source, &Source::annotated, m_annotations.get(), &Annotations::setWritten);
    connect(&m_source, &Source::failed, m_annotations.get(), &Annotations::writeAgain);
}

void OpenCapture::takeGrowth()
{
    m_model->advanceTo(m_last);
    m_timeline->advanceTo(m_last);
    m_requests->advanceTo(m_last);
}

void OpenCapture::takeBack(const QString &message, const AnnotationMap &lost)
{
    m_annotations->takeBack(lost);
    Q_EMIT annotationsLost(message);
}

/// The log's entries say how an end is to be taken; the timeline has read that with its marks.
void OpenCapture::takeMarks()
{
    QHash<ConnectionId, Severity> ends;
    for (const TimelineMark &mark : m_timeline->marks()) {
        if (mark.kind != EventKind::Open)
            ends.insert(mark.connection, mark.severity);
    }
    m_model->setEndSeverities(ends);
}

void OpenCapture::readConnectionNames()
{
    const auto read = [](const CaptureReader &capture) { return capture.connectionUrls(MaxConnectionNames); };
    m_loader->read(this, read, [this](const Result<QStringList> &urls) {
        QStringList names = urls ? urls.value() : QStringList();
        // Lanes may well have the same URL.
        for (qsizetype i = 0; !m_laneNames.isEmpty() && i < names.size(); ++i) {
            const QString lane = m_laneNames.value(ConnectionId(i + 1));
            names[i] = lane.isEmpty() ? names.at(i) : tr("%1 · %2").arg(lane, names.at(i));
        }
        m_connectionNames = names;
        Q_EMIT connectionNamesChanged();
    });
}

} // namespace sockeye
