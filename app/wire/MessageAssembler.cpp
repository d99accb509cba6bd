#include "wire/MessageAssembler.h"

#include "wire/CloseCode.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

constexpr quint64 MaxControlPayload = 125;

Finding protocolError(const QString &rule, const QString &section, const QString &text)
{
    return {.rule = rule, .section = section, .text = text, .failWith = CloseCode::ProtocolError};
}

void checkMask(const FrameHeader &header, Direction direction, Findings &findings)
{
    const QString section = QStringLiteral("RFC 6455 5.1");
    if (direction == Direction::In && header.masked) {
        findings += protocolError(
            QStringLiteral("frame.masked"), section,
            QCoreApplication::translate("MessageAssembler", "The server masked this frame; only a client may mask."));
    }
    if (direction == Direction::Out && !header.masked) {
        findings += protocolError(QStringLiteral("frame.unmasked"), section,
                                  QCoreApplication::translate("MessageAssembler",
                                                              "The client sent this frame unmasked; it must mask every "
                                                              "frame."));
    }
}

void checkFirstByte(const FrameHeader &header, Findings &findings)
{
    const QString section = QStringLiteral("RFC 6455 5.2");
    if (header.rsv != 0) {
        QStringList bits;
        for (int bit = 1; bit <= 3; ++bit) {
            if ((header.rsv & (8 >> bit)) != 0)
                bits += QStringLiteral("RSV%1").arg(bit);
        }
        findings += protocolError(QStringLiteral("frame.rsv"), section,
                                  QCoreApplication::translate("MessageAssembler",
                                                              "%1 is set, but no extension that gives it a meaning was "
                                                              "agreed on.")
                                      .arg(bits.join(QStringLiteral(", "))));
    }
    if (isReserved(header.opcode)) {
        findings += protocolError(
            QStringLiteral("frame.reserved-opcode"), section,
            QCoreApplication::translate("MessageAssembler", "Opcode 0x%1 is reserved and means nothing yet.")
                .arg(QString::number(static_cast<int>(header.opcode), 16).toUpper()));
    }
}

void checkLengthForm(const FrameHeader &header, Findings &findings)
{
    if (header.hasMinimalLength())
        return;
    findings += Finding{.severity = Severity::Warning,
                        .rule = QStringLiteral("frame.length-form"),
                        .section = QStringLiteral("RFC 6455 5.2"),
                        .text = QCoreApplication::translate("MessageAssembler",
                                                            "The length %1 is written in %2 bytes, more than it needs.")
                                    .arg(header.payloadSize)
                                    .arg(header.lengthSize),
                        .offset = -1,
                        .failWith = 0};
}

void checkControl(const FrameHeader &header, Findings &findings)
{
    if (!isControl(header.opcode))
        return;
    const QString section = QStringLiteral("RFC 6455 5.5");
    if (!header.fin) {
        findings += protocolError(QStringLiteral("frame.control-fragmented"), section,
                                  QCoreApplication::translate("MessageAssembler",
                                                              "A control frame (%1) came without FIN; it must not be "
                                                              "fragmented.")
                                      .arg(opcodeName(header.opcode)));
    }
    if (header.payloadSize > MaxControlPayload) {
        findings += protocolError(QStringLiteral("frame.control-too-long"), section,
                                  QCoreApplication::translate("MessageAssembler",
                                                              "A control frame (%1) holds %2 bytes; at most 125 are "
                                                              "allowed.")
                                      .arg(opcodeName(header.opcode))
                                      .arg(header.payloadSize));
    }
}

// A reserved data opcode begins nothing that is known, so it stands outside this rule.
void checkSequence(const FrameHeader &header, bool inMessage, Findings &findings)
{
    const QString section = QStringLiteral("RFC 6455 5.4");
    if (header.opcode == Opcode::Continuation && !inMessage) {
        findings += protocolError(
            QStringLiteral("frame.unexpected-continuation"), section,
            QCoreApplication::translate("MessageAssembler", "A continuation frame came, but no message was begun."));
    }
    if ((header.opcode == Opcode::Text || header.opcode == Opcode::Binary) && inMessage) {
        findings += protocolError(
            QStringLiteral("frame.expected-continuation"), section,
            QCoreApplication::translate("MessageAssembler", "A new %1 frame came before the fragmented message ended.")
                .arg(opcodeName(header.opcode)));
    }
}

Findings checkHeader(const FrameHeader &header, Direction direction, bool inMessage)
{
    Findings findings;
    checkMask(header, direction, findings);
    checkFirstByte(header, findings);
    checkLengthForm(header, findings);
    checkControl(header, findings);
    checkSequence(header, inMessage, findings);
    return findings;
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
        findings += protocolError(
            QStringLiteral("close.one-byte"), QStringLiteral("RFC 6455 5.5.1"),
            QCoreApplication::translate("MessageAssembler", "The close frame holds one byte; a close code takes two."));
        return;
    }
    const quint16 code = parseCloseBody(body).code;
    if (!isSendableCloseCode(code)) {
        findings += protocolError(
            QStringLiteral("close.code"), QStringLiteral("RFC 6455 7.4"),
            QCoreApplication::translate("MessageAssembler", "The close code %1 (%2) must not be sent in a close frame.")
                .arg(QString::number(code), closeCodeName(code)));
    }
    checkCloseReason(body, findings);
}

qint64 wireSizeOf(const FrameHeader &header)
{
    return header.size + static_cast<qint64>(header.payloadSize);
}

} // namespace

quint16 Message::failWith() const
{
    const auto fatal = std::find_if(findings.begin(), findings.end(), [](const Finding &f) { return f.failWith != 0; });
    return fatal == findings.end() ? 0 : fatal->failWith;
}

MessageAssembler::MessageAssembler(Direction direction, Limits limits)
    : m_direction(direction)
    , m_limits(limits)
{
}

std::optional<Message> MessageAssembler::add(Frame &&frame)
{
    Findings findings = checkHeader(frame.header, m_direction, isInMessage());
    if (frame.header.opcode == Opcode::Continuation && isInMessage())
        return addFragment(std::move(frame), std::move(findings));

    Message message = begin(std::move(frame), std::move(findings));
    const FrameHeader &header = message.frames.front();
    const bool beginsFragments =
        !header.fin && !isInMessage() && (header.opcode == Opcode::Text || header.opcode == Opcode::Binary);
    // Reserved bits may say that the payload is not what it seems: that is found already, guesses would only mislead.
    if (header.opcode == Opcode::Text && header.rsv == 0) {
        Utf8Validator utf8;
        checkText(utf8, message.payload, message.complete, message.findings);
        if (beginsFragments)
            m_utf8 = utf8;
    } else if (header.opcode == Opcode::Close && header.rsv == 0) {
        checkClose(message.payload, message.findings);
    }
    if (beginsFragments && message.failWith() == 0) {
        m_fragmented = std::move(message);
        return std::nullopt;
    }
    return message;
}

Message MessageAssembler::begin(Frame &&frame, Findings &&findings) const
{
    Message message;
    message.direction = m_direction;
    message.opcode = frame.header.opcode;
    message.frames.append(frame.header);
    message.time = frame.time;
    message.wireSize = wireSizeOf(frame.header);
    message.complete = frame.header.fin;
    message.findings = std::move(findings);
    message.payload = std::move(frame.payload);
    if (message.payload.size() > m_limits.maxMessage) {
        message.payload.truncate(static_cast<qsizetype>(m_limits.maxMessage));
        refuseSize(message);
    }
    return message;
}

std::optional<Message> MessageAssembler::addFragment(Frame &&frame, Findings &&findings)
{
    Message &message = *m_fragmented;
    message.frames.append(frame.header);
    message.time = frame.time;
    message.wireSize += wireSizeOf(frame.header);
    message.complete = frame.header.fin;
    message.findings += std::move(findings);

    const qint64 room = m_limits.maxMessage - message.payload.size();
    const QByteArrayView accepted = QByteArrayView(frame.payload).first(std::min<qint64>(room, frame.payload.size()));
    message.payload.append(accepted);
    if (accepted.size() < frame.payload.size() || message.frames.size() > m_limits.maxFrames)
        refuseSize(message);
    if (message.opcode == Opcode::Text && frame.header.rsv == 0)
        checkText(m_utf8, accepted, message.complete, message.findings);

    if (!frame.header.fin && message.failWith() == 0)
        return std::nullopt;
    return std::exchange(m_fragmented, std::nullopt);
}

void MessageAssembler::refuseSize(Message &message) const
{
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
