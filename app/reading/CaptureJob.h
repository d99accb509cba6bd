#pragma once

#include "base/Job.h"

#include <QObject>

#include <functional>
#include <memory>

namespace sockeye {

class CaptureReader;
class CaptureReaders;

/// Work over a capture in the background, with a reader for as long as it runs (CaptureReaders); latest wins
/// (JobRunner). For scans that take long: what is short asks the CaptureLoader, in whose queue the pages of the log
/// stand, too.
class CaptureJob final : public QObject
{
    Q_OBJECT

public:
    using Work = std::function<void(const CaptureReader &, const JobContext &)>;

    explicit CaptureJob(const QString &path, QObject *parent = nullptr);
    ~CaptureJob() override;

    void start(Work work);
    void cancel() { m_runner.cancel(); }
    [[nodiscard]] bool isRunning() const { return m_runner.isRunning(); }

Q_SIGNALS:
    /// The latest work has returned.
    void finished();
    /// The capture could not be opened. finished() comes all the same.
    void failed(const QString &message);

private:
    std::shared_ptr<CaptureReaders> m_readers;
    JobRunner m_runner;
};

} // namespace sockeye
