#pragma once

#include "base/WorkerThread.h"
#include "capture/CaptureIdentity.h"
#include "record/Annotation.h"

#include <QObject>

namespace sockeye {

/// Writes annotations into a capture that nobody records into, or into which recording has stopped, in the background
/// and in their order. What it was given is written even if it is destroyed right after.
class AnnotationFile final : public QObject
{
    Q_OBJECT

public:
    explicit AnnotationFile(const QString &path, QObject *parent = nullptr);
    ~AnnotationFile() override;

    /// Which capture is meant: nothing is written into another one that stands at its path by then.
    void setIdentity(const CaptureIdentity &identity) { m_identity = identity; }
    void write(const AnnotationMap &changed);

Q_SIGNALS:
    /// What it was given before is in the file now.
    void written();
    /// These are not in the file.
    void failed(const QString &message, const sockeye::AnnotationMap &lost);

private:
    void writeNext();

    const QString m_path;
    CaptureIdentity m_identity;
    /// What was given while something was being written: written together, next.
    AnnotationMap m_waiting;
    bool m_isWriting = false;
    WorkerThread m_thread;
};

} // namespace sockeye
