#include "capture/CaptureWriter.h"

#include "capture/CaptureFile.h"
#include "capture/CaptureWorker.h"

namespace sockeye {

Result<std::unique_ptr<CaptureWriter>> CaptureWriter::create(const QString &path, Limits limits)
{
    Result<SqliteDatabase> database = CaptureFile::create(path);
    if (!database)
        return database.error();
    Result<EntryInserter> inserter = EntryInserter::create(database.value());
    if (!inserter)
        return inserter.error();
    auto worker = std::make_unique<Worker>(std::move(database).value(), std::move(inserter).value(), limits);
    return std::unique_ptr<CaptureWriter>(new CaptureWriter(std::move(worker)));
}

Result<std::unique_ptr<CaptureWriter>> CaptureWriter::create(const QString &path)
{
    return create(path, Limits());
}

CaptureWriter::CaptureWriter(std::unique_ptr<Worker> worker)
    : m_worker(std::move(worker))
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
    m_worker->put(record);
}

EntryId CaptureWriter::append(NewEntry &&entry)
{
    return m_worker->append(std::move(entry));
}

bool CaptureWriter::hasRoom() const
{
    return m_worker->hasRoom();
}

EntryId CaptureWriter::committed() const
{
    return m_worker->committed();
}

qint64 CaptureWriter::dropped() const
{
    return m_worker->dropped();
}

void CaptureWriter::flush()
{
    m_worker->flush();
}

Result<> CaptureWriter::finish()
{
    return m_worker->finish();
}

Result<> CaptureWriter::state() const
{
    return m_worker->state();
}

} // namespace sockeye
