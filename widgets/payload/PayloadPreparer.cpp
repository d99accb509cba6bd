#include "widgets/payload/PayloadPreparer.h"

#include "base/Bytes.h"
#include "conversation/ConversationReader.h"
#include "reading/CaptureLoader.h"
#include "search/EnvelopeSplitter.h"
#include "widgets/payload/FormattedPayload.h"

#include <QElapsedTimer>

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

/// What decodes and formats at once is to take no longer than this.
constexpr qint64 AtOnceMs = 8;

/// Whether it is worth the while to read the rest of a message that was cut.
bool mayBeDecoded(const EntryDetails &details)
{
    // Longer envelopes are those of frames in other protocols, whose headers are small beside what they hold.
    constexpr qsizetype MaxEnvelope = 4096;
    if (details.entry.size > PayloadPreparer::MaxDecoded || details.entry.kind == EntryKind::Raw)
        return false;
    const QByteArrayView beginning = QByteArrayView(details.text).first(std::min(details.text.size(), MaxEnvelope));
    return details.entry.kind == EntryKind::Binary || beginning.contains('{') || beginning.contains('[');
}

DecodeInput inputOf(const EntryDetails &details, const QByteArray &payload)
{
    return {payload, details.entry.kind != EntryKind::Binary, details.entry.direction, details.subprotocol,
            details.before};
}

bool isJsonContainerNode(const Node &node)
{
    return node.textPlace == Node::TextPlace::Json && node.isContainer();
}

/// What is too long to be formatted is decoded all the same.
void addDecoded(PreparedPayload &prepared, const DecodeInput &input, const FormatSet &formats, const GoOn &goOn,
                qsizetype maxFormatted, NodeBuilder::Limits limits = {})
{
    // Formatting counts the percents, once it begins.
    const GoOn isWanted = [&goOn](qsizetype) { return !goOn || goOn(0); };
    prepared.decoded = decodeMessage(input, isWanted, nullptr, limits, formats);
    if (!input.isText)
        return;
    prepared.isJson = prepared.decoded && !prepared.decoded->tree->nodes.empty() &&
                      isJsonContainerNode(prepared.decoded->tree->at(0)) &&
                      EnvelopeSplitter(input.payload).next()->size == input.payload.size();
    const std::optional<QString> formatted = formattedPayload(input.payload, maxFormatted, goOn);
    if (formatted && formatted->count(u'\n') < MaxLines)
        prepared.formatted = PreparedText::from(*formatted, true);
}

PreparedPayload makePayload(const DecodeInput &input, bool isWhole, const FormatSet &formats, const GoOn &goOn,
                            qsizetype maxFormatted, NodeBuilder::Limits limits = {})
{
    PreparedPayload prepared;
    if (isWhole)
        addDecoded(prepared, input, formats, goOn, maxFormatted, limits);
    if (input.isText)
        prepared.plain = PreparedText::from(textFromUtf8(input.payload), prepared.isJson);
    return prepared;
}

} // namespace

PreparedPayload PreparedPayload::from(const DecodeInput &input, bool isWhole, const FormatSet &formats,
                                      const GoOn &goOn)
{
    return makePayload(input, isWhole, formats, goOn, MaxFormatted);
}

std::optional<PreparedPayload> PreparedPayload::atOnce(const DecodeInput &input, bool isWhole, const FormatSet &formats)
{
    QElapsedTimer timer;
    timer.start();
    bool isLate = false;
    const GoOn hasTime = [&](qsizetype) {
        isLate = isLate || timer.elapsed() >= AtOnceMs;
        return !isLate;
    };
    // What unpacks to more, too, is left to the background: it takes long to be looked through.
    NodeBuilder::Limits limits;
    limits.stepBytes = PreparedAtOnce;
    limits.stopsAtSteps = true;
    PreparedPayload prepared = makePayload(input, isWhole, formats, hasTime, MaxFormattedAtOnce, limits);
    const bool isDone = prepared.decoded || !isWhole || !formats.choose(input).format;
    return !isLate && isDone ? std::optional(std::move(prepared)) : std::nullopt;
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
    // It may be what calls this.
    if (m_conversation) {
        m_conversation->cancel();
        m_conversation.release()->deleteLater();
    }
    Q_EMIT progressed(100);
}

void PayloadPreparer::prepare(const EntryDetails &details, CaptureLoader *loader,
                              const std::shared_ptr<const FormatSet> &formats)
{
    cancel();
    // Another capture's loader answers nothing of what this one was asked.
    if (m_loader != loader)
        m_isReading = false;
    m_loader = loader;
    m_formats = formats;
    const bool isWhole = !details.isCut();
    if (details.text.size() <= PreparedAtOnce) {
        const auto payload = PreparedPayload::atOnce(inputOf(details, details.text), isWhole, *formats);
        // A few bytes that nest deeply make a long text.
        const bool isFormattedLater = payload && !payload->formatted && payload->decoded &&
                                      std::ranges::any_of(payload->decoded->tree->nodes, isJsonContainerNode) &&
                                      details.entry.kind != EntryKind::Binary;
        if (payload && !isFormattedLater) {
            takeFirst(details, *payload);
            return;
        }
    }
    m_job.start([this, details, isWhole, formats](const JobContext &job) {
        const PreparedPayload payload = PreparedPayload::from(inputOf(details, details.text), isWhole, *formats,
                                                              [&job](qsizetype) { return !job.isCancelled(); });
        job.report([this, details, payload] { takeFirst(details, payload); });
    });
}

void PayloadPreparer::takeFirst(const EntryDetails &details, const PreparedPayload &payload)
{
    m_plain = payload.plain;
    Q_EMIT prepared(details, payload);
    if (details.isCut() && mayBeDecoded(details)) {
        m_wanted = details;
        m_pause.start();
        Q_EMIT progressed(0);
    } else if (details.conversation && !details.before) {
        followConversation(details);
    }
}

void PayloadPreparer::followConversation(const EntryDetails &details)
{
    const Decoder *follower = details.conversation;
    if (!m_loader || !follower)
        return;
    Q_EMIT progressed(0);
    m_conversation = std::make_unique<CaptureJob>(m_loader->path());
    m_conversation->start([this, details, follower](const CaptureReader &capture, const JobContext &job) {
        ConversationReader conversation(capture, details.entry.connection, *follower, details.subprotocol);
        const auto tell = [&](qint64 done) {
            const int percent = static_cast<int>(done * 100 / std::max<qint64>(details.entry.id.value(), 1));
            job.report([this, percent] { Q_EMIT progressed(std::min(percent, 99)); });
        };
        const auto before = conversation.before(details.entry.id, ConversationReader::Any, job.token(), tell);
        job.report([this, details, before] {
            Q_EMIT progressed(100);
            if (!before || !before.value())
                return;
            EntryDetails known = details;
            known.before = before.value();
            prepare(known, m_loader, m_formats);
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
    m_job.start([this, details, payload, formats = m_formats](const JobContext &job) {
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
        addDecoded(whole, inputOf(details, payload), *formats, goOn, MaxFormatted);
        job.report([this, details, whole = std::move(whole)]() mutable {
            Q_EMIT progressed(100);
            if (!whole.decoded)
                return;
            whole.plain = m_plain;
            Q_EMIT prepared(details, whole);
        });
    });
}

} // namespace sockeye
