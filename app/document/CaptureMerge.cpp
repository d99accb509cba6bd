#include "document/CaptureMerge.h"

#include "capture/CaptureFile.h"
#include "reading/CaptureReader.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QThreadPool>
#include <QUuid>

#include <algorithm>
#include <functional>
#include <map>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

namespace sockeye {

namespace {

/// Entries read at once from a lane.
constexpr int PageSize = 256;
/// How long the copying rests while the writer has no room.
constexpr auto WriterPause = 2ms;

} // namespace

/// The lanes as they are read, in the job's thread.
class CaptureMerge::Copier final
{
public:
    Copier(const QList<MergeLane> &lanes, CaptureWriter &writer)
        : m_writer(writer)
    {
        for (const MergeLane &lane : lanes)
            m_lanes.push_back({lane});
    }

    using Added = std::function<void(ConnectionId, const QString &)>;

    /// Copies what there is, up to the moment `now`. Tells of each connection before the first of its entries.
    Round copy(const QStringList &ended, Timestamp now, const JobContext &job, Added added)
    {
        Round round;
        m_added = std::move(added);
        for (Lane &lane : m_lanes) {
            lane.isDrained = false;
            lane.info.isLive = lane.info.isLive && !ended.contains(lane.info.path);
            open(lane, round);
            if (lane.reader)
                renewConnections(lane);
        }
        while (Lane *next = earliest(round)) {
            const Entry &entry = next->page.at(next->at);
            // A live lane that has nothing yet may still come to have something earlier.
            round.heldBack = entry.time > now - Lag && waitsForOthers(*next);
            if (round.heldBack || !waitForRoom(job))
                break;
            append(*next, entry, round);
            ++next->at;
        }
        for (Lane &lane : m_lanes)
            close(lane);
        return round;
    }

private:
    struct Lane
    {
        MergeLane info;
        std::unique_ptr<CaptureReader> reader = nullptr;
        /// What was read and stands from `at` on to be copied.
        QList<Entry> page = {};
        qsizetype at = 0;
        EntryId read = {};
        /// By the ids in the lane.
        std::map<qint64, ConnectionRecord> connections = {};
        /// It has no more in this round.
        bool isDrained = false;
        /// It will never have any more.
        bool isOver = false;
    };

    static void fail(Lane &lane, const QString &message, Round &round)
    {
        lane.isOver = true;
        lane.reader.reset();
        lane.page.clear();
        lane.at = 0;
        round.problems.append(message);
    }

    static void open(Lane &lane, Round &round)
    {
        if (lane.reader || lane.isOver)
            return;
        auto opened = CaptureReader::open(lane.info.path);
        if (!opened) {
            fail(lane, opened.message(), round);
            return;
        }
        lane.reader = std::move(opened).value();
        if (const auto complete = lane.reader->checkComplete(); !complete)
            round.problems.append(complete.message());
    }

    /// Lets go of a file that does not grow any more.
    static void close(Lane &lane)
    {
        if (lane.info.isLive || !lane.isDrained)
            return;
        lane.isOver = true;
        lane.reader.reset();
    }

    /// The lane whose next entry is the earliest, the first among equals; null if all have been copied.
    Lane *earliest(Round &round)
    {
        Lane *found = nullptr;
        for (Lane &lane : m_lanes) {
            fill(lane, round);
            if (lane.at == lane.page.size())
                continue;
            if (!found || lane.page.at(lane.at).time < found->page.at(found->at).time)
                found = &lane;
        }
        return found;
    }

    static void fill(Lane &lane, Round &round)
    {
        if (lane.at < lane.page.size() || !lane.reader || lane.isDrained)
            return;
        lane.at = 0;
        auto entries = lane.reader->entries(lane.read + 1, PageSize);
        if (!entries)
            return fail(lane, entries.message(), round);
        lane.page = std::move(entries).value();
        lane.isDrained = lane.page.isEmpty();
        if (!lane.isDrained)
            lane.read = lane.page.constLast().id;
    }

    [[nodiscard]] bool waitsForOthers(const Lane &next) const
    {
        return std::any_of(m_lanes.begin(), m_lanes.end(), [&next](const Lane &lane) {
            return &lane != &next && lane.reader && lane.info.isLive && lane.at == lane.page.size();
        });
    }

    /// False if the copying is to end.
    [[nodiscard]] bool waitForRoom(const JobContext &job) const
    {
        while (!m_writer.hasRoom() && !job.isCancelled() && m_writer.state())
            std::this_thread::sleep_for(WriterPause);
        return !job.isCancelled() && m_writer.state();
    }

    void append(Lane &lane, const Entry &entry, Round &round)
    {
        auto payload = entry.isWhole() ? Result<QByteArray>(entry.head) : lane.reader->payload(entry.id);
        auto frames = entry.frameCount > 0 ? lane.reader->frames(entry.id) : Result<FrameHeaders>(FrameHeaders());
        auto findings = entry.findingCount > 0 ? lane.reader->findings(entry.id) : Result<Findings>(Findings());
        for (const QString &problem : {payload.message(), frames.message(), findings.message()}) {
            if (!problem.isEmpty())
                round.problems.append(problem);
        }
        NewEntry copy;
        copy.connection = connectionOf(lane, entry.connection);
        copy.time = entry.time;
        copy.direction = entry.direction;
        copy.kind = entry.kind;
        copy.event = entry.event;
        copy.compressed = entry.compressed;
        copy.complete = entry.complete;
        copy.wireSize = entry.wireSize;
        copy.latency = entry.latency;
        // What cannot be read leaves a gap that is told, not an entry less.
        copy.payload = payload ? std::move(payload).value() : entry.head;
        if (frames)
            copy.frames = std::move(frames).value();
        if (findings)
            copy.findings = std::move(findings).value();
        m_writer.append(std::move(copy));
    }

    ConnectionId connectionOf(Lane &lane, ConnectionId id)
    {
        if (const auto known = lane.connections.find(id.value()); known != lane.connections.end())
            return known->second.id;
        ConnectionRecord record;
        if (auto read = lane.reader->connection(id))
            record = std::move(read).value();
        record.id = m_writer.newConnectionId();
        m_writer.put(record);
        m_added(record.id, lane.info.name);
        return lane.connections.emplace(id.value(), std::move(record)).first->second.id;
    }

    /// Writes anew what has become of connections that had not ended.
    void renewConnections(Lane &lane)
    {
        for (auto &[id, known] : lane.connections) {
            if (known.hasEnded())
                continue;
            auto read = lane.reader->connection(ConnectionId(id));
            if (!read)
                continue;
            ConnectionRecord record = std::move(read).value();
            record.id = known.id;
            if (record != known) {
                known = record;
                m_writer.put(known);
            }
        }
    }

    CaptureWriter &m_writer;
    std::vector<Lane> m_lanes;
    Added m_added;
};

CaptureMerge::CaptureMerge(const QString &target, const QList<MergeLane> &lanes, const Clock &clock, QObject *parent)
    : CaptureSource(parent)
    , m_lanes(lanes)
    , m_clock(clock)
    , m_writer(CaptureWriter::createLater(target, {}))
    , m_copier(std::make_shared<Copier>(lanes, *m_writer))
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(RefreshEvery);
    connect(&m_pause, &QTimer::timeout, this, &CaptureMerge::copy);
    connect(
        m_writer.get(), &CaptureWriter::created, this,
        [this] {
            m_isCreated = true;
            Q_EMIT created();
        },
        Qt::QueuedConnection);
    connect(m_writer.get(), &CaptureWriter::advanced, this, &CaptureMerge::advanced, Qt::QueuedConnection);
    connect(m_writer.get(), &CaptureWriter::connectionsChanged, this, &CaptureMerge::connectionsChanged,
            Qt::QueuedConnection);
    connect(m_writer.get(), &CaptureWriter::annotated, this, &CaptureMerge::annotated, Qt::QueuedConnection);
    connect(
        m_writer.get(), &CaptureWriter::failed, this,
        [this](const QString &message) {
            m_stopped = true;
            Q_EMIT failed(message);
        },
        Qt::QueuedConnection);
    connect(this, &CaptureMerge::created, this, &CaptureMerge::copy);
    connect(&m_job, &JobRunner::finished, this, [this] {
        if (m_due && !m_pause.isActive())
            m_pause.start();
    });
}

CaptureMerge::~CaptureMerge()
{
    m_job.cancel();
    m_writer->disconnect(this);
    // Finishing a large file takes a while, and nobody needs it any more.
    QThreadPool::globalInstance()->start([writer = std::move(m_writer), copier = std::move(m_copier)]() mutable {
        copier.reset();
        const QString path = writer->path();
        static_cast<void>(writer->finish().ok());
        writer.reset();
        QFile::remove(path);
    });
}

QString CaptureMerge::newPath(const QString &folder)
{
    return QStringLiteral("%1/merge-%2.sockeye").arg(folder, QUuid::createUuid().toString(QUuid::WithoutBraces));
}

void CaptureMerge::removeLeftovers(const QString &folder, const QDateTime &before)
{
    const QFileInfoList files = QDir(folder).entryInfoList({QStringLiteral("merge-*.sockeye")}, QDir::Files);
    for (const QFileInfo &file : files) {
        const QString path = file.absoluteFilePath();
        if (file.lastModified() >= before || CaptureFile::closeForm(path) == CaptureFile::Closing::InUse)
            continue;
        QFile::remove(path);
        for (const QString &companion : CaptureFile::companions(path))
            QFile::remove(companion);
    }
}

void CaptureMerge::start()
{
    m_writer->start();
}

QString CaptureMerge::path() const
{
    return m_writer->path();
}

bool CaptureMerge::annotate(const AnnotationMap &annotations)
{
    return m_writer->annotate(annotations);
}

void CaptureMerge::refresh()
{
    m_due = true;
    if (!m_job.isRunning() && !m_pause.isActive())
        m_pause.start();
}

void CaptureMerge::setEnded(const QString &path)
{
    for (MergeLane &lane : m_lanes)
        lane.isLive = lane.isLive && lane.path != path;
    refresh();
}

void CaptureMerge::copy()
{
    if (m_job.isRunning() || m_stopped)
        return;
    m_due = false;
    QStringList ended;
    for (const MergeLane &lane : m_lanes) {
        if (!lane.isLive)
            ended.append(lane.path);
    }
    m_job.start([this, ended, copier = m_copier, &clock = m_clock](const JobContext &job) {
        const auto added = [this, &job](ConnectionId id, const QString &name) {
            job.report([this, id, name] { addLaneName(id, name); });
        };
        job.report([this, round = copier->copy(ended, clock.now(), job, added)] { take(round); });
    });
}

void CaptureMerge::addLaneName(ConnectionId id, const QString &name)
{
    m_laneNames.insert(id, name);
    Q_EMIT laneNamesChanged();
}

void CaptureMerge::take(const Round &round)
{
    if (!round.problems.isEmpty())
        Q_EMIT failed(round.problems.constFirst());
    if (m_caughtUp == round.heldBack) {
        m_caughtUp = !round.heldBack;
        Q_EMIT caughtUpChanged(m_caughtUp);
    }
    m_due = m_due || round.heldBack;
}

} // namespace sockeye
