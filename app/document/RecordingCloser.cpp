#include "document/RecordingCloser.h"

#include "document/Recording.h"

#include <QCoreApplication>
#include <QFile>
#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace sockeye {
namespace {

/// How long a peer has to answer our close once its tab is gone.
constexpr auto CloseTimeout = 500ms;
/// A session that has not closed by then is ended all the same.
constexpr auto AbortTimeout = 1500ms;
constexpr int QuitWaitMs = 10'000;

} // namespace

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
    QTimer::singleShot(CloseTimeout, it, [it] { it->session().abort(); });
    QTimer::singleShot(AbortTimeout, it, [this, it] { finish(it); });
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
    std::unique_ptr<Recording> last = std::move(*found);
    m_closing.erase(found);
    m_finishing.append(last->path());
    const auto ended = last->endSession();
    // Before the writer can go in the pool: who goes still asks those that it was connected to.
    last.reset();
    m_pool->start([self = QPointer(this), writer = ended] {
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
