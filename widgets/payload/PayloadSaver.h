#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "record/Entry.h"

namespace sockeye {

class HexView;
class Prompts;

/// Writes an entry's whole payload to a file, in the background and with a reader of its own, so that 256 MB
/// block nothing. An existing file is replaced only by a complete one.
class PayloadSaver final : public QObject
{
    Q_OBJECT

public:
    explicit PayloadSaver(QObject *parent = nullptr);

    void save(const QString &capture, const Entry &entry, const QString &target);
    /// Asks where to, and writes the bytes that are selected in the view at the time of the question.
    void saveSelection(HexView &view, Prompts &prompts);
    [[nodiscard]] static QString suggestedName(const Entry &entry, bool isJson);

Q_SIGNALS:
    /// The result, in a sentence.
    void done(const QString &text);

private:
    void saveBytes(const QByteArray &bytes, const QString &target);
    void tell(const Result<> &result, qint64 size, const QString &target);

    JobRunner m_job;
};

} // namespace sockeye
