#include "reading/CaptureJob.h"

#include "reading/CaptureReader.h"
#include "reading/CaptureReaders.h"

namespace sockeye {

CaptureJob::CaptureJob(const QString &path, QObject *parent)
    : QObject(parent)
    , m_readers(CaptureReaders::of(path))
{
    connect(&m_runner, &JobRunner::finished, this, &CaptureJob::finished);
}

CaptureJob::~CaptureJob() = default;

void CaptureJob::start(Work work)
{
    m_runner.start([this, readers = m_readers.get(), work = std::move(work)](const JobContext &job) {
        const auto reader = readers->lend();
        if (!reader)
            return job.report([this, message = reader.message()] { Q_EMIT failed(message); });
        work(*reader.value(), job);
    });
}

} // namespace sockeye
