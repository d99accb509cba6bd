#include "document/Recording.h"

#include <QCoreApplication>
#include <QFile>
#include <QPointer>

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace sockeye {
namespace {

constexpr auto BatchInterval = 16ms;
constexpr auto LossInterval = 1s;
/// How long a peer has to answer our close once its tab is gone.
constexpr auto Goodbye = 500ms;
constexpr auto LastResort = 1500ms;
constexpr int QuitWaitMs = 10'000;

} // namespace

Recording::Recording(const QString &path, const Clock &clock)
    : m_path(path)
    , m_writer(CaptureWriter::createLater(path))
    , m_session(std::make_unique<Session>(*m_writer, clock))
{
    m_batch.setSingleShot(true);
    m_batch.setInterval(BatchInterval);
    connect(&m_batch, &QTimer::timeout, this, &Recording::announce);
    const auto note = [this](EntryId last) {
        m_last = std::max(m_last, last);
        if (!m_batch.isActive())
            m_batch.start();
    };
    connect(m_writer.get(), &CaptureWriter::created, this, &Recording::created, Qt::QueuedConnection);
    connect(m_writer.get(), &CaptureWriter::advanced, this, note, Qt::QueuedConnection);
    connect(m_writer.get(), &CaptureWriter::connectionsChanged, this, &Recording::connectionsChanged,
            Qt::QueuedConnection);
    connect(m_writer.get(), &CaptureWriter::annotated, this, &Recording::annotated, Qt::QueuedConnection);
    connect(m_writer.get(), &CaptureWriter::failed, this, &Recording::failed, Qt::QueuedConnection);
    connect(this, &Recording::failed, this, &Recording::watchLosses);
    m_losses.setInterval(LossInterval);
    connect(&m_losses, &QTimer::timeout, this, &Recording::watchLosses);
    m_writer->start();
}

Recording::~Recording() = default;

bool Recording::annotate(const AnnotationMap &annotations)
{
    return m_writer->annotate(annotations);
}

void Recording::announce()
{
    Q_EMIT advanced(m_last);
}

void Recording::watchLosses()
{
    m_losses.start();
    const qint64 lostNow = m_writer->dropped();
    if (lostNow != std::exchange(m_lost, lostNow))
        Q_EMIT lost(lostNow);
}

RecordingCloser::RecordingCloser(QObject *parent)
    : QObject(parent)
    , m_pool(std::make_unique<QThreadPool>())
{
}

RecordingCloser::~RecordingCloser()
{
    while (!m_closing.empty())
        finish(m_closing.back().get());
    // A disk that hangs must not keep the program from ending. The capture can be recovered, so the pool is left to the
    // process's end rather than waited for by its destructor.
    if (!m_pool->waitForDone(QuitWaitMs))
        static_cast<void>(m_pool.release());
}

void RecordingCloser::take(std::unique_ptr<Recording> recording)
{
    if (!m_lock)
        m_lock.emplace();
    Recording *it = recording.get();
    it->disconnect();
    m_closing.push_back(std::move(recording));
    Session &session = it->session();
    if (!session.status().isActive()) {
        finish(it);
        return;
    }
    connect(
        &session, &Session::closed, it, [this, it] { finish(it); }, Qt::QueuedConnection);
    QTimer::singleShot(Goodbye, it, [it] { it->session().abort(); });
    QTimer::singleShot(LastResort, it, [this, it] { finish(it); });
    session.close();
}

bool RecordingCloser::isBusy(const QString &path) const
{
    const auto isAt = [&path](const auto &recording) { return recording->path() == path; };
    return m_finishing.contains(path) || std::any_of(m_closing.cbegin(), m_closing.cend(), isAt);
}

void RecordingCloser::finish(Recording *recording)
{
    const auto isIt = [recording](const auto &other) { return other.get() == recording; };
    const auto found = std::find_if(m_closing.begin(), m_closing.end(), isIt);
    if (found == m_closing.end())
        return;
    const std::unique_ptr<Recording> last = std::move(*found);
    m_closing.erase(found);
    m_finishing.append(last->path());
    last->m_session.reset();
    m_pool->start([self = QPointer(this), writer = std::move(last->m_writer)] {
        const QString path = writer->path();
        // Nobody is left to be told of an error here: the tab showed the writer's own failure, and what was committed
        // stays.
        const bool done = writer->finish().ok();
        if (done && writer->committed() == EntryId())
            QFile::remove(path);
        const auto tell = [self, path] {
            if (self)
                self->takeFinished(path);
        };
        QMetaObject::invokeMethod(QCoreApplication::instance(), tell, Qt::QueuedConnection);
    });
}

void RecordingCloser::takeFinished(const QString &path)
{
    m_finishing.removeOne(path);
    Q_EMIT finished(path);
    if (isIdle())
        m_lock.reset();
}

} // namespace sockeye
