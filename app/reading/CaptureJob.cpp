#include "reading/CaptureJob.h"

#include "reading/CaptureReader.h"

namespace sockeye {

CaptureJob::CaptureJob(QString path, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_held(std::make_shared<Held>())
{
    connect(&m_runner, &JobRunner::finished, this, &CaptureJob::finished);
}

CaptureJob::~CaptureJob() = default;

void CaptureJob::start(Work work)
{
    m_runner.start([this, path = m_path, held = m_held, work = std::move(work)](const JobContext &job) {
        if (!held->reader) {
            auto opened = CaptureReader::open(path);
            if (!opened)
                return job.report([this, message = opened.message()] { Q_EMIT failed(message); });
            held->reader = std::move(opened).value();
        }
        work(*held->reader, job);
    });
}

} // namespace sockeye
