#pragma once

#include "record/Annotation.h"

#include <QObject>

#include <memory>

namespace sockeye {

/// Writes annotations into a capture that nobody records into, or into which recording has stopped, in the background
/// and in their order. What it was given is written even if it goes right after.
class AnnotationFile final : public QObject
{
    Q_OBJECT

public:
    explicit AnnotationFile(const QString &path, QObject *parent = nullptr);
    ~AnnotationFile() override;

    void write(const AnnotationMap &changed);

Q_SIGNALS:
    /// What it was given before is in the file now.
    void written();
    /// These are not in the file.
    void failed(const QString &message, const sockeye::AnnotationMap &lost);

private:
    class Queue;
    std::shared_ptr<Queue> m_queue;
};

} // namespace sockeye
