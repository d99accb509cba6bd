#include "document/Recording.h"

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace sockeye {
namespace {

/// 60 times a second.
constexpr auto BatchInterval = 16ms;
constexpr auto LossInterval = 1s;

} // namespace

namespace {

CaptureWriter::Limits limitsWith(const DiskLimits &disk)
{
    CaptureWriter::Limits limits;
    limits.disk = disk;
    return limits;
}

} // namespace

Recording::Recording(const QString &path, const Clock &clock, const DiskLimits &limits)
    : Recording(CaptureWriter::createLater(path, limitsWith(limits)), false, clock)
{
    m_writer->start();
}

Recording::Recording(std::unique_ptr<CaptureWriter> writer, bool isCreated, const Clock &clock)
    : m_writer(std::move(writer))
    , m_session(std::make_unique<Session>(*m_writer, clock))
    , m_isCreated(isCreated)
    , m_clock(clock)
{
    followWriter();
}

Result<std::unique_ptr<Recording>> Recording::create(const QString &path, const Clock &clock, const DiskLimits &limits)
{
    auto writer = CaptureWriter::create(path, limitsWith(limits));
    if (!writer)
        return writer.error();
    return std::unique_ptr<Recording>(new Recording(std::move(writer).value(), true, clock));
}

Recording::~Recording() = default;

QString Recording::path() const
{
    return m_writer->path();
}

bool Recording::annotate(const AnnotationMap &annotations)
{
    return m_writer->annotate(annotations);
}

void Recording::resume(const DiskLimits &limits)
{
    if (!m_writer->resume(limits, m_clock.now()))
        return;
    m_losses.stop();
    Q_EMIT resumed();
}

bool Recording::hasReachedMaxSize() const
{
    return m_writer->hasReachedMaxSize();
}

EntryId Recording::committed() const
{
    return m_writer->committed();
}

void Recording::flush()
{
    m_writer->flush();
}

Result<> Recording::finish()
{
    return m_writer->finish();
}

std::shared_ptr<CaptureWriter> Recording::endSession()
{
    m_session.reset();
    return m_writer;
}

void Recording::followWriter()
{
    const CaptureWriter *writer = m_writer.get();
    constexpr auto Queued = Qt::QueuedConnection;
    connect(writer, &CaptureWriter::created, this, &Recording::takeCreated, Queued);
    connect(writer, &CaptureWriter::advanced, this, &Recording::takeAdvanced, Queued);
    connect(writer, &CaptureWriter::connectionsChanged, this, &Recording::connectionsChanged, Queued);
    connect(writer, &CaptureWriter::annotated, this, &Recording::annotated, Queued);
    connect(writer, &CaptureWriter::failed, this, &Recording::failed, Queued);
    connect(this, &Recording::failed, this, &Recording::watchLosses);
    m_batch.setSingleShot(true);
    m_batch.setInterval(BatchInterval);
    connect(&m_batch, &QTimer::timeout, this, &Recording::announce);
    m_losses.setInterval(LossInterval);
    connect(&m_losses, &QTimer::timeout, this, &Recording::watchLosses);
}

void Recording::takeCreated()
{
    m_isCreated = true;
    Q_EMIT created();
}

void Recording::takeAdvanced(EntryId last)
{
    m_last = std::max(m_last, last);
    if (!m_batch.isActive())
        m_batch.start();
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

} // namespace sockeye
