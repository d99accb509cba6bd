#include "capture/CaptureWriter.h"

#include "capture/CaptureWorker.h"

namespace sockeye {

Result<std::unique_ptr<CaptureWriter>> CaptureWriter::create(const QString &path, Limits limits)
{
    auto worker = std::make_unique<CaptureWorker>(path, limits);
    if (const Result<> made = worker->makeFile(); !made)
        return made.error();
    auto writer = std::unique_ptr<CaptureWriter>(new CaptureWriter(std::move(worker)));
    writer->start();
    return writer;
}

Result<std::unique_ptr<CaptureWriter>> CaptureWriter::create(const QString &path)
{
    return create(path, Limits());
}

std::unique_ptr<CaptureWriter> CaptureWriter::createLater(const QString &path, Limits limits)
{
    return std::unique_ptr<CaptureWriter>(new CaptureWriter(std::make_unique<CaptureWorker>(path, limits)));
}

CaptureWriter::CaptureWriter(std::unique_ptr<CaptureWorker> worker)
    : m_worker(std::move(worker))
{
}

void CaptureWriter::start()
{
    m_worker->start(this);
}

CaptureWriter::~CaptureWriter() = default;

QString CaptureWriter::path() const
{
    return m_worker->path();
}

ConnectionId CaptureWriter::newConnectionId()
{
    return m_worker->newConnectionId();
}

void CaptureWriter::put(const ConnectionRecord &record)
{
    m_worker->queue().put(record);
}

EntryId CaptureWriter::append(NewEntry &&entry)
{
    return m_worker->queue().append(std::move(entry));
}

bool CaptureWriter::annotate(const AnnotationMap &annotations)
{
    return m_worker->queue().annotate(annotations);
}

bool CaptureWriter::resume(const DiskLimits &limits, Timestamp now)
{
    return m_worker->resume(limits, now);
}

bool CaptureWriter::hasReachedMaxSize() const
{
    return m_worker->hasReachedMaxSize();
}

bool CaptureWriter::hasRoom() const
{
    return m_worker->queue().hasRoom();
}

EntryId CaptureWriter::committed() const
{
    return m_worker->committed();
}

qint64 CaptureWriter::dropped() const
{
    return m_worker->queue().dropped();
}

void CaptureWriter::flush()
{
    m_worker->queue().flush();
}

Result<> CaptureWriter::finish()
{
    return m_worker->finish();
}

Result<> CaptureWriter::state() const
{
    return m_worker->queue().state();
}

} // namespace sockeye
