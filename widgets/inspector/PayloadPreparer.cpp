#include "widgets/inspector/PayloadPreparer.h"

#include "base/Bytes.h"
#include "reading/CaptureLoader.h"
#include "search/EnvelopeSplitter.h"
#include "widgets/payload/FormattedPayload.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace sockeye {

namespace {

/// The longest text that is prepared at once: it takes less than a frame, so nothing flickers.
constexpr qsizetype PreparedAtOnce = 32 * 1024;
/// Of indented text, which deep nesting makes much longer than the payload.
constexpr qsizetype MaxFormatted = 32 * 1024 * 1024;

/// Whether it is worth the while to read the rest of a text that was cut.
bool mayBeginJson(QByteArrayView text)
{
    // Longer envelopes are those of frames in other protocols, whose headers are small beside what they hold.
    constexpr qsizetype MaxEnvelope = 4096;
    const QByteArrayView beginning = text.first(std::min(text.size(), MaxEnvelope));
    return beginning.contains('{') || beginning.contains('[');
}

/// Whether it is JSON.
bool addJson(PreparedPayload &prepared, const QByteArray &payload, const GoOn &goOn)
{
    const std::optional<QString> formatted = formattedPayload(payload, MaxFormatted, goOn);
    if (!formatted)
        return false;
    prepared.formatted = PreparedText::from(*formatted, true);
    const GoOn isWanted = [&goOn, &payload](qsizetype) { return !goOn || goOn(payload.size()); };
    if (std::optional<NodeTree> tree = jsonNodes(payload, MaxJsonNodes, isWanted))
        prepared.tree = std::make_shared<const NodeTree>(std::move(*tree));
    prepared.isJson = EnvelopeSplitter(payload).next()->size == payload.size();
    return true;
}

} // namespace

PreparedPayload PreparedPayload::from(const QByteArray &payload, bool mayBeJson, const GoOn &goOn)
{
    PreparedPayload prepared;
    const bool isJson = mayBeJson && addJson(prepared, payload, goOn);
    prepared.plain = PreparedText::from(textFromUtf8(payload), isJson);
    return prepared;
}

PayloadPreparer::PayloadPreparer(QObject *parent)
    : QObject(parent)
{
    // Longer than the latest entry is shown before another one takes its place (Pace::Figures).
    constexpr std::chrono::milliseconds Pause(400);
    m_pause.setSingleShot(true);
    m_pause.setInterval(Pause);
    connect(&m_pause, &QTimer::timeout, this, &PayloadPreparer::readWhole);
}

PayloadPreparer::~PayloadPreparer() = default;

void PayloadPreparer::cancel()
{
    ++m_generation;
    m_wanted.reset();
    m_pause.stop();
    m_job.cancel();
    Q_EMIT progressed(100);
}

void PayloadPreparer::prepare(const EntryDetails &details, CaptureLoader *loader)
{
    cancel();
    m_loader = loader;
    // A text that was cut is not valid JSON.
    const bool mayBeJson = !details.isCut();
    if (details.text.size() <= PreparedAtOnce) {
        Q_EMIT prepared(details, PreparedPayload::from(details.text, mayBeJson));
        return;
    }
    m_job.start([this, details, mayBeJson](const JobContext &job) {
        const PreparedPayload payload =
            PreparedPayload::from(details.text, mayBeJson, [&job](qsizetype) { return !job.isCancelled(); });
        job.report([this, details, payload] {
            m_plain = payload.plain;
            Q_EMIT prepared(details, payload);
            if (details.isCut() && details.entry.size <= MaxJsonPayload && mayBeginJson(details.text)) {
                m_wanted = details;
                m_pause.start();
                Q_EMIT progressed(0);
            }
        });
    });
}

void PayloadPreparer::readWhole()
{
    if (m_isReading || !m_wanted || !m_loader)
        return;
    m_isReading = true;
    m_loader->read(
        this, [id = m_wanted->entry.id](const CaptureReader &capture) { return capture.payload(id); },
        [this, details = *std::exchange(m_wanted, std::nullopt),
         generation = m_generation](const Result<QByteArray> &payload) {
            m_isReading = false;
            if (generation != m_generation) {
                // What was wanted meanwhile, unless its pause is not over.
                if (!m_pause.isActive())
                    readWhole();
                return;
            }
            // The hex page tells what cannot be read.
            if (payload)
                format(details, payload.value());
            else
                Q_EMIT progressed(100);
        });
}

void PayloadPreparer::format(const EntryDetails &details, const QByteArray &payload)
{
    m_job.start([this, details, payload](const JobContext &job) {
        int told = 0;
        const GoOn goOn = [&](qsizetype done) {
            const int percent = static_cast<int>(done * 100 / std::max<qsizetype>(payload.size(), 1));
            if (percent > told && percent < 100) {
                told = percent;
                job.report([this, percent] { Q_EMIT progressed(percent); });
            }
            return !job.isCancelled();
        };
        PreparedPayload whole;
        addJson(whole, payload, goOn);
        job.report([this, details, whole = std::move(whole)]() mutable {
            Q_EMIT progressed(100);
            if (!whole.formatted)
                return;
            whole.plain = m_plain;
            Q_EMIT prepared(details, whole);
        });
    });
}

} // namespace sockeye
