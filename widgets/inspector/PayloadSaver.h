#pragma once

#include "base/Job.h"
#include "record/Entry.h"

namespace sockeye {

/// Writes an entry's whole payload to a file, in the background and with a reader of its own, so that 256 MB
/// block nothing. An existing file is replaced only by a complete one.
class PayloadSaver final : public QObject
{
    Q_OBJECT

public:
    explicit PayloadSaver(QObject *parent = nullptr);

    void save(const QString &capture, const Entry &entry, const QString &target);
    [[nodiscard]] static QString suggestedName(const Entry &entry, bool isJson);

Q_SIGNALS:
    /// The result, in a sentence.
    void done(const QString &text);

private:
    JobRunner m_job;
};

} // namespace sockeye
