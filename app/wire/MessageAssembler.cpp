#include "wire/MessageAssembler.h"

#include "wire/ClientBehaviour.h"
#include "wire/CloseCode.h"
#include "wire/FrameRules.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

Finding assemblyError(const QString &rule, const QString &section, const QString &text)
{
    return {.rule = rule, .section = section, .text = text, .failWith = CloseCode::ProtocolError};
}

Finding utf8Finding(const QString &rule, const QString &section, qint64 offset, bool endsInside)
{
    const QString text =
        endsInside
            ? QCoreApplication::translate("MessageAssembler", "The text ends inside the UTF-8 character at byte %1.")
            : QCoreApplication::translate("MessageAssembler", "The text is not valid UTF-8 at byte %1.");
    return {.rule = rule,
            .section = section,
            .text = text.arg(offset),
            .offset = offset,
            .failWith = CloseCode::InvalidPayload};
}

// Checks the next bytes of a text, the last ones if isEnd, and says once what is wrong.
void checkText(Utf8Validator &utf8, QByteArrayView bytes, bool isEnd, Findings &findings)
{
    const QString rule = QStringLiteral("message.utf8");
    const QString section = QStringLiteral("RFC 6455 8.1");
    if (!utf8.feed(bytes))
        findings += utf8Finding(rule, section, utf8.errorOffset(), false);
    else if (isEnd && !utf8.isComplete())
        findings += utf8Finding(rule, section, utf8.unfinishedOffset(), true);
}

void checkCloseReason(QByteArrayView body, Findings &findings)
{
    constexpr qsizetype codeSize = 2;
    Utf8Validator utf8;
    utf8.feed(body.sliced(codeSize));
    if (utf8.isComplete())
        return;
    const bool endsInside = utf8.errorOffset() < 0;
    findings += utf8Finding(QStringLiteral("close.utf8"), QStringLiteral("RFC 6455 5.5.1"),
                            codeSize + (endsInside ? utf8.unfinishedOffset() : utf8.errorOffset()), endsInside);
}

void checkClose(QByteArrayView body, Findings &findings)
{
    if (body.isEmpty())
        return;
    if (body.size() == 1) {
        findings += assemblyError(
            QStringLiteral("close.one-byte"), QStringLiteral("RFC 6455 5.5.1"),
            withClientBehaviour(QCoreApplication::translate("MessageAssembler",
                                                            "The close frame holds one byte; a close code takes two."),
                                u"close.one-byte"));
        return;
    }
    const quint16 code = parseCloseBody(body).code;
    if (!isSendableCloseCode(code)) {
        findings += assemblyError(
            QStringLiteral("close.code"), QStringLiteral("RFC 6455 7.4"),
            QCoreApplication::translate("MessageAssembler", "The close code %1 (%2) must not be sent in a close frame.")
                .arg(QString::number(code), closeCodeName(code)));
    }
    checkCloseReason(body, findings);
}

Finding inflateFinding(Inflater::Status status, const QString &error, qint64 limit)
{
    if (status == Inflater::Status::TooLarge) {
        return {.rule = QStringLiteral("message.too-large"),
                .section = QStringLiteral("RFC 6455 7.4.1"),
                .text = QCoreApplication::translate(
                            "MessageAssembler",
                            "The message inflates to more than the limit of %1 bytes. Its payload is kept as it came.")
                            .arg(limit),
                .failWith = CloseCode::MessageTooBig};
    }
    const QString text =
        status == Inflater::Status::Truncated
            ? QCoreApplication::translate("MessageAssembler",
                                          "The compressed message ends inside a DEFLATE block. Its payload is kept as "
                                          "it came.")
            : QCoreApplication::translate("MessageAssembler",
                                          "The compressed message cannot be inflated (%1). Its payload is kept as it "
                                          "came.")
                  .arg(error);
    return {.rule = QStringLiteral("message.deflate"),
            .section = QStringLiteral("RFC 7692 7.2.2"),
            .text = text,
            .failWith = CloseCode::InvalidPayload};
}

Finding emptyFinding()
{
    return {.rule = QStringLiteral("message.deflate-empty"),
            .section = QStringLiteral("RFC 7692 7.2.3.6"),
            .text = withClientBehaviour(
                QCoreApplication::translate("MessageAssembler",
                                            "The message is marked as compressed (RSV1) but holds no bytes. An empty "
                                            "message is compressed to one byte, 00, or sent without RSV1."),
                u"deflate.empty"),
            .failWith = CloseCode::InvalidPayload};
}

Finding lastBlockFinding()
{
    return {.severity = Severity::Warning,
            .rule = QStringLiteral("message.deflate-last-block"),
            .section = QStringLiteral("RFC 7692 7.2.3.4"),
            .text = withClientBehaviour(
                QCoreApplication::translate("MessageAssembler",
                                            "The compressed message ends with a block marked as the last one (BFINAL), "
                                            "behind which a byte 00 is missing."),
                u"deflate.final-block")};
}

// By what is there: a raw frame may claim any length.
qint64 wireSizeOf(const Frame &frame)
{
    return frame.header.size + frame.payload.size();
}

/// A peer that breaks a rule mostly breaks it with every frame: in a message of many it is told once.
void addNew(Findings &findings, Findings &&found)
{
    for (Finding &finding : found) {
        const bool isKnown = finding.failWith != 0 &&
                             std::any_of(findings.cbegin(), findings.cend(),
                                         [&finding](const Finding &known) { return known.rule == finding.rule; });
        if (!isKnown)
            findings += std::move(finding);
    }
}

Finding refusedFinding()
{
    return {.rule = QStringLiteral("message.too-large"),
            .section = QStringLiteral("RFC 6455 7.4.1"),
            .text = QCoreApplication::translate("MessageAssembler",
                                                "This frame belongs to a message that was refused as too large."),
            .failWith = CloseCode::MessageTooBig};
}

} // namespace

quint16 Message::failWith() const
{
    const auto fatal = std::find_if(findings.begin(), findings.end(), [](const Finding &f) { return f.failWith != 0; });
    return fatal == findings.end() ? 0 : fatal->failWith;
}

MessageAssembler::MessageAssembler(Direction direction, Role sender, Limits limits)
    : m_direction(direction)
    , m_sender(sender)
    , m_limits(limits)
{
}

std::optional<Message> MessageAssembler::add(Frame &&frame)
{
    const bool deflate = m_inflater != nullptr;
    const bool isRefused = m_isRefused && !isInMessage() && frame.header.opcode == Opcode::Continuation;
    Findings findings = checkFrameHeader(frame.header, m_sender, isInMessage() || isRefused, deflate);
    if (isRefused) {
        m_isRefused = !frame.header.fin;
        findings += refusedFinding();
    }
    if (frame.header.opcode == Opcode::Continuation && isInMessage())
        return addFragment(std::move(frame), std::move(findings));
    return addFirst(std::move(frame), std::move(findings));
}

/// A message of one frame, or the first frame of one. The result is made in place: this is where nearly every message
/// comes from.
std::optional<Message> MessageAssembler::addFirst(Frame &&frame, Findings &&findings)
{
    const bool deflate = m_inflater != nullptr;
    const FrameHeader header = frame.header;
    const bool beginsMessage = !isInMessage() && mayBeCompressed(header);
    // Reserved bits may say that the payload is not what it seems: that is found already, guesses would only mislead.
    const bool isReadable = header.rsv == 0 || (deflate && header.rsv == Rsv1 && beginsMessage);
    if (beginsMessage) {
        m_isRefused = false;
        m_isReadable = isReadable;
        m_utf8 = {};
    }
    std::optional<Message> result(std::in_place);
    Message &message = *result;
    begin(message, std::move(frame), std::move(findings));
    const bool isInflated = !message.compressed || !m_isDeflateBroken;
    if (header.opcode == Opcode::Text && isReadable && isInflated) {
        Utf8Validator utf8;
        checkFrameText(utf8, message, 0);
        if (!header.fin && beginsMessage)
            m_utf8 = utf8;
    } else if (header.opcode == Opcode::Close && isReadable) {
        checkClose(message.payload, message.findings);
    }
    if (!header.fin && beginsMessage && mayGoOn(message)) {
        m_fragmented = std::move(result);
        result.reset();
        return result;
    }
    if (!header.fin && beginsMessage)
        giveUp(message);
    return result;
}

bool MessageAssembler::feedEarly(const FrameHeader &header, QByteArrayView fresh)
{
    if (!header.masked)
        return m_earlyUtf8.feed(fresh);
    QByteArray text = fresh.toByteArray();
    applyMask(text.data(), text.size(), header.maskKey, static_cast<quint64>(m_earlySize));
    return m_earlyUtf8.feed(text);
}

std::optional<Message> MessageAssembler::refuseEarly(const FrameHeader &header, QByteArrayView payload, Timestamp time)
{
    const bool begins = header.opcode == Opcode::Text && !isInMessage();
    const bool continues = header.opcode == Opcode::Continuation && isInMessage() &&
                           m_fragmented->opcode == Opcode::Text && !m_fragmented->compressed;
    // A mask where there must be none is judged when the frame is whole.
    const bool isMaskedAsItMust = header.masked == (m_sender == Role::Client);
    if (header.rsv != 0 || !isMaskedAsItMust || payload.isEmpty() || (!begins && !continues))
        return std::nullopt;
    if (m_earlySize == 0)
        m_earlyUtf8 = continues ? m_utf8 : Utf8Validator();
    const bool isValid = feedEarly(header, payload.sliced(m_earlySize));
    m_earlySize = payload.size();
    if (isValid)
        return std::nullopt;
    Frame frame{header, payload.toByteArray(), time};
    if (header.masked)
        applyMask(frame.payload.data(), frame.payload.size(), header.maskKey);
    std::optional<Message> message = add(std::move(frame));
    message->complete = false;
    return message;
}

void MessageAssembler::checkFrameText(Utf8Validator &utf8, Message &message, qsizetype begin)
{
    const qsizetype checked = std::exchange(m_earlySize, 0);
    if (checked > 0)
        utf8 = m_earlyUtf8;
    const qsizetype from = std::min(begin + checked, message.payload.size());
    checkText(utf8, QByteArrayView(message.payload).sliced(from), message.complete, message.findings);
}

void MessageAssembler::begin(Message &message, Frame &&frame, Findings &&findings)
{
    message.direction = m_direction;
    message.opcode = frame.header.opcode;
    message.frames.append(frame.header);
    message.time = frame.time;
    message.wireSize = wireSizeOf(frame);
    message.complete = frame.header.fin;
    message.findings = std::move(findings);
    message.compressed = m_inflater && frame.header.rsv == Rsv1 && mayBeCompressed(frame.header) && !isInMessage();
    m_isDeflateBroken = message.compressed ? false : m_isDeflateBroken;
    if (message.compressed) {
        inflate(message, frame.payload);
        return;
    }
    message.payload = std::move(frame.payload);
    if (message.payload.size() > m_limits.maxMessage) {
        message.payload.truncate(static_cast<qsizetype>(m_limits.maxMessage));
        refuseSize(message);
    }
}

std::optional<Message> MessageAssembler::addFragment(Frame &&frame, Findings &&findings)
{
    Message &message = *m_fragmented;
    message.frames.append(frame.header);
    message.time = frame.time;
    message.wireSize += wireSizeOf(frame);
    message.complete = frame.header.fin;
    addNew(message.findings, std::move(findings));

    const qsizetype before = message.payload.size();
    addPayload(message, frame.payload);
    if (message.frames.size() > m_limits.maxFrames)
        refuseSize(message);
    m_isReadable = m_isReadable && frame.header.rsv == 0 && !(message.compressed && m_isDeflateBroken);
    // Bad text is told of once.
    if (message.opcode == Opcode::Text && m_isReadable && m_utf8.errorOffset() < 0)
        checkFrameText(m_utf8, message, before);

    if (!frame.header.fin && mayGoOn(message))
        return std::nullopt;
    if (!frame.header.fin)
        giveUp(message);
    return std::exchange(m_fragmented, std::nullopt);
}

bool MessageAssembler::mayGoOn(const Message &message) const
{
    return message.failWith() == 0 || (m_lenient && !m_isRefused);
}

/// The rest of the message will not be put together: what comes after it is to find everything as at the start.
void MessageAssembler::giveUp(const Message &message)
{
    m_compressed.clear();
    if (message.compressed && !m_isDeflateBroken)
        m_inflater->giveUpMessage();
}

void MessageAssembler::addPayload(Message &message, QByteArrayView bytes)
{
    if (message.compressed && !m_isDeflateBroken) {
        inflate(message, bytes);
        return;
    }
    const qint64 room = std::max<qint64>(m_limits.maxMessage - message.payload.size(), 0);
    message.payload.append(bytes.first(std::min<qint64>(room, bytes.size())));
    if (bytes.size() > room)
        refuseSize(message);
}

/// Adds what the next bytes of a compressed message inflate to; all of them make it whole if message.complete.
void MessageAssembler::inflate(Message &message, QByteArrayView bytes)
{
    // A message of one frame, the common case, needs no copy kept: its bytes are still at hand if it fails.
    const bool isWhole = message.complete && message.frames.size() == 1;
    if (!isWhole)
        m_compressed.append(bytes);
    Inflater::Status status = m_inflater->inflate(bytes, m_limits.maxMessage, message.payload);
    const bool isEmpty = message.complete && (isWhole ? bytes.isEmpty() : m_compressed.isEmpty());
    if (status == Inflater::Status::Ok && message.complete)
        status = m_inflater->finishMessage(m_limits.maxMessage, message.payload);
    if (status == Inflater::Status::Ok && message.complete && m_inflater->endedWithLastBlock())
        message.findings += lastBlockFinding();
    // Endless fragments may inflate to nothing at all.
    if (status == Inflater::Status::Ok && m_compressed.size() > m_limits.maxMessage)
        status = Inflater::Status::TooLarge;
    if (status != Inflater::Status::Ok) {
        message.payload = isWhole ? bytes.toByteArray() : m_compressed;
        message.findings += isEmpty && !m_inflater->hasLostContext()
                                ? emptyFinding()
                                : inflateFinding(status, m_inflater->errorText(), m_limits.maxMessage);
        m_inflater->giveUpMessage();
        m_isDeflateBroken = true;
        m_isRefused = status == Inflater::Status::TooLarge && !message.complete;
    }
    if (message.complete || status != Inflater::Status::Ok)
        m_compressed.clear();
}

void MessageAssembler::refuseSize(Message &message)
{
    // As long as its frames come, they are known for what they are.
    m_isRefused = !message.frames.back().fin;
    message.complete = false;
    message.findings += Finding{
        .severity = Severity::Error,
        .rule = QStringLiteral("message.too-large"),
        .section = QStringLiteral("RFC 6455 7.4.1"),
        .text = QCoreApplication::translate("MessageAssembler", "The message is larger than the limit of %1 bytes in "
                                                                "%2 frames.")
                    .arg(m_limits.maxMessage)
                    .arg(m_limits.maxFrames),
        .offset = -1,
        .failWith = CloseCode::MessageTooBig};
}

std::optional<Message> MessageAssembler::takeUnfinished()
{
    return std::exchange(m_fragmented, std::nullopt);
}

} // namespace sockeye
