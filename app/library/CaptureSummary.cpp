#include "library/CaptureSummary.h"

#include "capture/CaptureFile.h"
#include "capture/CaptureSchema.h"
#include "record/ConnectionRecord.h"

#include <algorithm>

namespace sockeye {

namespace {

/// What cannot be answered counts as nothing, and as the summary's problem.
class Asking final
{
public:
    explicit Asking(const SqliteDatabase &database)
        : m_database(database)
    {
    }

    [[nodiscard]] QVariant value(const QByteArray &sql)
    {
        const Result<QVariant> answer = m_database.value(sql);
        if (!answer && m_problem.isEmpty())
            m_problem = answer.message();
        return answer ? answer.value() : QVariant();
    }
    [[nodiscard]] qint64 number(const QByteArray &sql) { return value(sql).toLongLong(); }
    [[nodiscard]] QString problem() const { return m_problem; }

private:
    const SqliteDatabase &m_database;
    QString m_problem;
};

/// Somebody is on it in its live form: who records into it, or who looks on after that has ended.
bool isInUse(const CaptureFile::Look &look)
{
    return look.isLive && !look.isLeft;
}

bool isMarkedRecording(const SqliteDatabase &database)
{
    const Result<bool> isMarked = CaptureSchema::isMarkedRecording(database);
    return !isMarked || isMarked.value();
}

CaptureSummary ask(const CaptureFile::Look &look)
{
    Asking asking(look.database);
    CaptureSummary summary;
    summary.url = asking.value("SELECT url FROM connection ORDER BY id LIMIT 1").toString();
    // Both count from 1 without gaps.
    summary.entries = std::max<qint64>(
        0, asking.number("SELECT max(id) FROM entry WHERE id <= " + QByteArray::number(CaptureSchema::MaxEntryId)));
    summary.connections = std::max<qint64>(0, asking.number("SELECT max(id) FROM connection"));
    if (summary.entries > 0) {
        const qint64 first = asking.number("SELECT time_ns FROM entry ORDER BY id LIMIT 1");
        const qint64 last = asking.number("SELECT time_ns FROM entry ORDER BY id DESC LIMIT 1");
        summary.started = CaptureSchema::timeFrom(first);
        // A clock that was set back, or a file that lies, has no duration.
        summary.duration = Nanoseconds(last > first && first >= 0 ? last - first : 0);
    }
    // Files of earlier versions have no such table.
    if (asking.number("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'annotation'") > 0)
        summary.isAnnotated = asking.number("SELECT EXISTS(SELECT 1 FROM annotation)") > 0;
    // A session has one connection at a time, so only the last can be without an end.
    const QVariant endKind = asking.value("SELECT end_kind FROM connection ORDER BY id DESC LIMIT 1");
    const bool hasNoEnd = endKind.isValid() && endKind.toInt() == static_cast<int>(EndKind::Live);
    summary.isLive = isInUse(look) && isMarkedRecording(look.database);
    summary.isCutShort = hasNoEnd && !summary.isLive;
    summary.isLeftByCrash = hasNoEnd && look.isLeft;
    summary.problem = asking.problem();
    return summary;
}

} // namespace

CaptureSummary CaptureSummary::read(const QString &path)
{
    CaptureSummary summary;
    bool hasEnded = false;
    {
        const Result<CaptureFile::Look> look = CaptureFile::openToLook(path);
        if (!look) {
            summary.problem = look.message();
            return summary;
        }
        summary = ask(look.value());
        hasEnded = look->isLive && !summary.isLive && !isMarkedRecording(look->database);
    }
    // A writer that finished while somebody looked could not close its form. If it is still at work, or was killed,
    // nothing happens.
    if (hasEnded)
        CaptureFile::closeFinishedForm(path);
    return summary;
}

} // namespace sockeye
