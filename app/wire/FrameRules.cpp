#include "wire/FrameRules.h"

#include "wire/ClientBehaviour.h"
#include "wire/CloseCode.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

Finding protocolError(const QString &rule, const QString &section, const QString &text)
{
    return {.rule = rule, .section = section, .text = text, .failWith = CloseCode::ProtocolError};
}

void checkMask(const FrameHeader &header, Role sender, Findings &findings)
{
    const QString section = QStringLiteral("RFC 6455 5.1");
    if (sender == Role::Server && header.masked) {
        findings += protocolError(
            QStringLiteral("frame.masked"), section,
            QCoreApplication::translate("FrameRules", "The server masked this frame; only a client may mask."));
    }
    if (sender == Role::Client && !header.masked) {
        findings += protocolError(QStringLiteral("frame.unmasked"), section,
                                  QCoreApplication::translate("FrameRules",
                                                              "The client sent this frame unmasked; it must mask every "
                                                              "frame."));
    }
}

void checkReservedBits(const FrameHeader &header, bool deflate, Findings &findings)
{
    const quint8 allowed = deflate && mayBeCompressed(header) ? Rsv1 : 0;
    const int wrong = header.rsv & ~allowed;
    if (wrong == 0)
        return;
    if (deflate && wrong == Rsv1) {
        findings += protocolError(QStringLiteral("frame.rsv"), QStringLiteral("RFC 7692 6.1"),
                                  QCoreApplication::translate("FrameRules",
                                                              "RSV1 is set on a %1 frame; only the first frame of a "
                                                              "message may say that it is compressed.")
                                      .arg(opcodeName(header.opcode)));
        return;
    }
    QStringList bits;
    for (int bit = 1; bit <= 3; ++bit) {
        if ((wrong & (8 >> bit)) != 0)
            bits += QStringLiteral("RSV%1").arg(bit);
    }
    findings += protocolError(
        QStringLiteral("frame.rsv"), QStringLiteral("RFC 6455 5.2"),
        QCoreApplication::translate("FrameRules", "%1 is set, but no extension that gives it a meaning was agreed on.")
            .arg(bits.join(QStringLiteral(", "))));
}

void checkOpcode(const FrameHeader &header, Findings &findings)
{
    const QString section = QStringLiteral("RFC 6455 5.2");
    if (isReserved(header.opcode)) {
        findings +=
            protocolError(QStringLiteral("frame.reserved-opcode"), section,
                          QCoreApplication::translate("FrameRules", "Opcode 0x%1 is reserved and means nothing yet.")
                              .arg(QString::number(static_cast<int>(header.opcode), 16).toUpper()));
    }
}

void checkLengthForm(const FrameHeader &header, Findings &findings)
{
    if (header.hasMinimalLength())
        return;
    const QString rule = QStringLiteral("frame.length-form");
    const QString text =
        QCoreApplication::translate("FrameRules", "The length %1 is written in %2 bytes, more than it needs.")
            .arg(header.payloadSize)
            .arg(header.lengthSize);
    findings += protocolError(rule, QStringLiteral("RFC 6455 5.2"), withClientBehaviour(text, rule));
}

void checkControl(const FrameHeader &header, Findings &findings)
{
    if (!isControl(header.opcode))
        return;
    const QString section = QStringLiteral("RFC 6455 5.5");
    if (!header.fin) {
        findings += protocolError(QStringLiteral("frame.control-fragmented"), section,
                                  QCoreApplication::translate("FrameRules",
                                                              "A control frame (%1) came without FIN; it must not be "
                                                              "fragmented.")
                                      .arg(opcodeName(header.opcode)));
    }
    if (header.payloadSize > quint64(MaxControlPayload)) {
        findings += protocolError(QStringLiteral("frame.control-too-long"), section,
                                  QCoreApplication::translate("FrameRules",
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
            QCoreApplication::translate("FrameRules", "A continuation frame came, but no message was begun."));
    }
    if ((header.opcode == Opcode::Text || header.opcode == Opcode::Binary) && inMessage) {
        findings += protocolError(
            QStringLiteral("frame.expected-continuation"), section,
            QCoreApplication::translate("FrameRules", "A new %1 frame came before the fragmented message ended.")
                .arg(opcodeName(header.opcode)));
    }
}

} // namespace

bool mayBeCompressed(const FrameHeader &header)
{
    return header.opcode == Opcode::Text || header.opcode == Opcode::Binary;
}

Findings checkFrameHeader(const FrameHeader &header, Role sender, bool inMessage, bool deflate)
{
    Findings findings;
    checkMask(header, sender, findings);
    checkReservedBits(header, deflate, findings);
    checkOpcode(header, findings);
    checkLengthForm(header, findings);
    checkControl(header, findings);
    checkSequence(header, inMessage, findings);
    return findings;
}

} // namespace sockeye
