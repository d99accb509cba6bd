#include "connection/InboundFrames.h"

#include "wire/CloseCode.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

Finding notProcessed()
{
    return {.severity = Severity::Note,
            .rule = QStringLiteral("frame.not-processed"),
            .section = QStringLiteral("RFC 6455 7.1.7"),
            .text = QCoreApplication::translate("InboundFrames", "This came after the connection was failed. It is "
                                                                 "recorded and not processed.")};
}

namespace {
struct InboundFramesWords
{
    Q_DECLARE_TR_FUNCTIONS(InboundFrames)
};

Finding afterClose()
{
    return {.rule = QStringLiteral("frame.after-close"),
            .section = QStringLiteral("RFC 6455 5.5.1"),
            .text = InboundFramesWords::tr("The peer sent this after its close frame, which must be its last frame.")};
}

Finding tooLarge(quint64 announced, qint64 limit)
{
    return {
        .rule = QStringLiteral("message.too-large"),
        .section = QStringLiteral("RFC 6455 10.4"),
        .text =
            InboundFramesWords::tr("A frame announces %1 bytes of payload; the limit is %2.").arg(announced).arg(limit),
        .failWith = CloseCode::MessageTooBig};
}

Finding lengthTooLong()
{
    return {.rule = QStringLiteral("frame.length"),
            .section = QStringLiteral("RFC 6455 5.2"),
            .text = InboundFramesWords::tr("A frame's 64-bit length has its highest bit set."),
            .failWith = CloseCode::ProtocolError};
}
} // namespace

InboundFrames::InboundFrames(const Options &options)
    : m_options(options)
    , m_decoder(static_cast<quint64>(options.maxMessage))
    , m_assembler(options.direction, options.sender, {.maxMessage = options.maxMessage})
{
    m_assembler.setLenient(options.lenient);
}

void InboundFrames::agreeOnDeflate(const DeflateParameters &parameters)
{
    m_assembler.inflateWith(
        m_options.sender == Role::Server
            ? std::make_unique<Inflater>(parameters.serverMaxWindowBits, parameters.serverNoContextTakeover)
            : std::make_unique<Inflater>(parameters.clientMaxWindowBits, parameters.clientNoContextTakeover));
}

std::optional<Message> InboundFrames::next(QByteArrayView &input, Timestamp now)
{
    std::optional<Message> message;
    Frame frame;
    while (!message && !m_brokenRule && m_decoder.next(input, frame)) {
        frame.time = now;
        // A close begins the closing: what matters is how long it was quiet before.
        if (!m_hasClose && frame.header.opcode != Opcode::Close)
            m_lastFrameTime = now;
        message = m_assembler.add(std::move(frame));
    }
    const bool isSound = !message && !m_brokenRule;
    if (isSound && m_decoder.status() != FrameDecoder::Status::Ok)
        refuseLength();
    else if (isSound && !m_options.lenient && !m_hasClose && m_decoder.isInFrame())
        message = refuseEarly(now);
    if (message)
        judge(*message);
    return message;
}

std::optional<Message> InboundFrames::refuseEarly(Timestamp now)
{
    const QByteArrayView payload = m_decoder.partialPayload();
    std::optional<Message> message = m_assembler.refuseEarly(m_decoder.header(), payload, now);
    if (message)
        m_refusedEarly = payload.size();
    return message;
}

void InboundFrames::judge(Message &message)
{
    if (m_hasClose) {
        message.findings += afterClose();
        return;
    }
    m_hasClose = message.opcode == Opcode::Close;
    if (m_options.lenient)
        return;
    const auto broken = std::find_if(message.findings.cbegin(), message.findings.cend(),
                                     [](const Finding &finding) { return finding.failWith != 0; });
    if (broken != message.findings.cend())
        m_brokenRule = *broken;
}

void InboundFrames::refuseLength()
{
    const FrameHeader &header = m_decoder.header();
    m_brokenRule = m_decoder.status() == FrameDecoder::Status::TooLarge
                       ? tooLarge(header.payloadSize, m_options.maxMessage)
                       : lengthTooLong();
    m_refusedHeader = header.view().toByteArray();
}

std::optional<Message> InboundFrames::nextUnprocessed(QByteArrayView &input, Timestamp now)
{
    // Nobody knows where the next frame begins.
    if (m_decoder.status() != FrameDecoder::Status::Ok) {
        m_unprocessed += std::exchange(input, {});
        return std::nullopt;
    }
    Frame frame;
    if (!m_decoder.next(input, frame)) {
        if (m_decoder.status() != FrameDecoder::Status::Ok)
            m_unprocessed += m_decoder.header().view();
        return std::nullopt;
    }
    if (const qsizetype told = std::exchange(m_refusedEarly, -1); told >= 0) {
        m_unprocessed += QByteArrayView(frame.payload).sliced(told);
        return std::nullopt;
    }
    Message message;
    message.direction = m_options.direction;
    message.opcode = frame.header.opcode;
    message.frames.append(frame.header);
    message.time = now;
    message.wireSize = frame.header.size + frame.payload.size();
    message.payload = std::move(frame.payload);
    message.complete = frame.header.fin;
    message.findings = {notProcessed()};
    return message;
}

QByteArray InboundFrames::takeUnprocessed()
{
    return std::exchange(m_unprocessed, {});
}

std::optional<QByteArray> InboundFrames::takeRefusedHeader()
{
    return std::exchange(m_refusedHeader, std::nullopt);
}

std::optional<Message> InboundFrames::takeUnfinished()
{
    return m_brokenRule ? std::nullopt : m_assembler.takeUnfinished();
}

QByteArray InboundFrames::partialBytes() const
{
    if (m_decoder.status() != FrameDecoder::Status::Ok)
        return {};
    return m_refusedEarly < 0 ? m_decoder.partialBytes()
                              : m_decoder.partialPayload().sliced(m_refusedEarly).toByteArray();
}

} // namespace sockeye
