#pragma once

#include "document/CaptureSource.h"

namespace sockeye {

/// A capture that is opened from a file: it is there, and nothing is recorded into it. Annotations go straight into the
/// file (AnnotationFile), so annotate() declines.
class FileSource final : public CaptureSource
{
    Q_OBJECT

public:
    explicit FileSource(const QString &path, QObject *parent = nullptr);

    [[nodiscard]] QString path() const override { return m_path; }
    [[nodiscard]] bool isCreated() const override { return true; }
    [[nodiscard]] bool isLive() const override { return false; }
    bool annotate(const AnnotationMap &annotations) override;

private:
    const QString m_path;
};

} // namespace sockeye
