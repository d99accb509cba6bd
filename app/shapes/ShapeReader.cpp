#include "shapes/ShapeReader.h"

#include "fields/MessageWalk.h"
#include "reading/CaptureReader.h"
#include "reading/CaptureReaders.h"

#include <QElapsedTimer>

#include <optional>

namespace sockeye {
namespace {

/// How often a long count tells how far it is.
constexpr auto TellEvery = Pace::Figures;
/// Messages between two looks at the clock.
constexpr int MessagesPerLook = 64;

} // namespace

/// Goes on from job to job, so that what the messages decide about those after them is not followed again.
class ShapeReader::Count final
{
public:
    Count(QString path, std::shared_ptr<const FormatSet> formats)
        : m_path(std::move(path))
        , m_formats(std::move(formats))
    {
    }

    [[nodiscard]] Result<> goOn(EntryId last, const CancelToken &cancel, const std::function<void()> &tell)
    {
        if (!m_walk) {
            auto reader = CaptureReaders::of(m_path)->open();
            if (!reader)
                return reader.error();
            m_reader = std::move(reader).value();
            m_walk.emplace(*m_reader, m_formats);
        }
        // A job may have been cancelled behind the last message, before it told.
        if (!(m_reached < last))
            return {};
        QElapsedTimer sinceTold;
        sinceTold.start();
        int looked = 0;
        const auto visit = [&](const WalkedMessage &message) {
            m_table.add({message.id, message.time, message.direction, message.isText, message.size, message.tree,
                         message.format});
            m_reached = message.id;
            if (++looked % MessagesPerLook == 0 && sinceTold.hasExpired(TellEvery.count())) {
                tell();
                sinceTold.restart();
            }
            // Whoever closes the capture waits for this.
            return !cancel.isCancelled();
        };
        if (const Result<> walked = m_walk->forEach(EntryId(m_reached.value() + 1), last, cancel, visit); !walked)
            return walked;
        // Behind the last message may be entries that are none.
        if (!cancel.isCancelled())
            m_reached = last;
        return {};
    }

    [[nodiscard]] std::shared_ptr<const ShapeCounts> counts() const
    {
        return std::make_shared<const ShapeCounts>(
            ShapeCounts{m_table.shapes(), m_table.groupCount(), m_table.sums(), m_reached});
    }

private:
    const QString m_path;
    std::shared_ptr<const FormatSet> m_formats;
    std::unique_ptr<CaptureReader> m_reader;
    std::optional<MessageWalk> m_walk;
    ShapeTable m_table;
    EntryId m_reached;
};

ShapeReader::ShapeReader(const QString &path, std::shared_ptr<const FormatSet> formats, QObject *parent)
    : QObject(parent)
    , m_path(path)
    , m_formats(std::move(formats))
{
    connect(&m_pace, &Pace::due, this, &ShapeReader::read);
    connect(&m_job, &JobRunner::finished, this, [this] {
        if (isBehind())
            m_pace.request();
    });
    restart();
}

ShapeReader::~ShapeReader() = default;

void ShapeReader::advanceTo(EntryId last)
{
    if (!(m_last < last))
        return;
    m_last = last;
    if (isBehind() && !m_job.isRunning())
        m_pace.request();
}

void ShapeReader::setFormats(const std::shared_ptr<const FormatSet> &formats)
{
    if (formats == m_formats)
        return;
    m_formats = formats;
    restart();
    Q_EMIT restarted();
}

void ShapeReader::setResting(bool resting)
{
    if (resting && m_job.isRunning()) {
        m_job.cancel();
        m_pace.request();
    }
    m_pace.setResting(resting);
}

void ShapeReader::stop()
{
    m_isStopped = true;
    m_job.cancel();
    m_pace.cancel();
    Q_EMIT changed();
}

void ShapeReader::goOn()
{
    m_isStopped = false;
    m_pace.request();
    Q_EMIT changed();
}

void ShapeReader::restart()
{
    m_job.cancel();
    m_isStopped = false;
    m_hasFailed = false;
    m_counts = std::make_shared<const ShapeCounts>();
    m_count = std::make_shared<Count>(m_path, m_formats);
    if (isBehind())
        m_pace.request();
}

void ShapeReader::read()
{
    if (!isBehind() || m_job.isRunning())
        return;
    m_job.start([this, count = m_count, last = m_last](const JobContext &job) {
        const auto tell = [this, &job, &count] { job.report([this, now = count->counts()] { take(now); }); };
        const Result<> done = count->goOn(last, job.token(), tell);
        tell();
        if (!done)
            job.report([this, message = done.message()] { fail(message); });
    });
}

void ShapeReader::take(const std::shared_ptr<const ShapeCounts> &counts)
{
    m_counts = counts;
    Q_EMIT changed();
}

void ShapeReader::fail(const QString &message)
{
    m_hasFailed = true;
    Q_EMIT failed(message);
    Q_EMIT changed();
}

} // namespace sockeye
