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
/// Of the indented text of one that is prepared at once.
constexpr qsizetype MaxFormattedAtOnce = 256 * 1024;
/// A document costs some hundred bytes a line.
constexpr qsizetype MaxLines = 500'000;

/// Whether it is worth the while to read the rest of a text that was cut.
bool mayBeginJson(QByteArrayView text)
{
    // Longer envelopes are those of frames in other protocols, whose headers are small beside what they hold.
    constexpr qsizetype MaxEnvelope = 4096;
    const QByteArrayView beginning = text.first(std::min(text.size(), MaxEnvelope));
    return beginning.contains('{') || beginning.contains('[');
}

/// Whether it is JSON. What is too long to be formatted has a tree all the same.
bool addJson(PreparedPayload &prepared, const QByteArray &payload, const GoOn &goOn, qsizetype maxFormatted)
{
    const GoOn isWanted = [&goOn](qsizetype) { return !goOn || goOn(0); };
    std::optional<NodeTree> tree = jsonNodes(payload, MaxJsonNodes, isWanted);
    if (!tree)
        return false;
    prepared.tree = std::make_shared<const NodeTree>(std::move(*tree));
    prepared.isJson = EnvelopeSplitter(payload).next()->size == payload.size();
    const std::optional<QString> formatted = formattedPayload(payload, maxFormatted, goOn);
    if (formatted && formatted->count(u'\n') < MaxLines)
        prepared.formatted = PreparedText::from(*formatted, true);
    return true;
}

} // namespace

PreparedPayload PreparedPayload::from(const QByteArray &payload, bool mayBeJson, const GoOn &goOn)
{
    return make(payload, mayBeJson, goOn, MaxFormatted);
}

PreparedPayload PreparedPayload::atOnce(const QByteArray &payload, bool mayBeJson)
{
    return make(payload, mayBeJson, {}, MaxFormattedAtOnce);
}

PreparedPayload PreparedPayload::make(const QByteArray &payload, bool mayBeJson, const GoOn &goOn,
                                      qsizetype maxFormatted)
{
    PreparedPayload prepared;
    const bool isJson = mayBeJson && addJson(prepared, payload, goOn, maxFormatted);
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
    // Another capture's loader answers nothing of what this one was asked.
    if (m_loader != loader)
        m_isReading = false;
    m_loader = loader;
    // A text that was cut is not valid JSON.
    const bool mayBeJson = !details.isCut();
    if (details.text.size() <= PreparedAtOnce) {
        const PreparedPayload payload = PreparedPayload::atOnce(details.text, mayBeJson);
        // A few bytes that nest deeply make a long text.
        if (payload.formatted || !payload.tree) {
            Q_EMIT prepared(details, payload);
            return;
        }
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
        addJson(whole, payload, goOn, MaxFormatted);
        job.report([this, details, whole = std::move(whole)]() mutable {
            Q_EMIT progressed(100);
            if (!whole.tree)
                return;
            whole.plain = m_plain;
            Q_EMIT prepared(details, whole);
        });
    });
}

} // namespace sockeye
