#include "document/EntryDetails.h"

#include "base/Units.h"
#include "conversation/ConversationChoice.h"
#include "conversation/ConversationReader.h"

#include <QCoreApplication>

namespace sockeye {

qint64 EntryDetails::wirePayload() const
{
    qint64 payload = entry.wireSize;
    for (const FrameHeader &frame : frames)
        payload -= frame.size;
    return payload;
}

QString compressionText(qint64 wireBytes, qint64 plainBytes)
{
    const QString sizes = QCoreApplication::translate("EntryDetails", "%1 on the wire, %2 inflated")
                              .arg(sizeText(wireBytes), sizeText(plainBytes));
    if (wireBytes <= 0 || plainBytes <= 0)
        return sizes;
    const double ratio = static_cast<double>(plainBytes) / static_cast<double>(wireBytes);
    return QStringLiteral("%1 (%2 : 1)").arg(sizes).arg(ratio, 0, 'f', ratio < 9.95 ? 2 : 1);
}

Result<EntryDetails> EntryDetails::read(const CaptureReader &capture, EntryId id, const FormatSet &formats)
{
    EntryDetails details;
    auto entry = capture.entry(id);
    if (!entry)
        return entry.error();
    details.entry = std::move(entry).value();
    if (details.entry.findingCount > 0) {
        auto findings = capture.findings(id);
        if (!findings)
            return findings.error();
        details.findings = std::move(findings).value();
    }
    auto frames = capture.frames(id);
    if (!frames)
        return frames.error();
    details.frames = std::move(frames).value();
    details.text = details.entry.head;
    const bool readsAsText = details.entry.kind != EntryKind::Binary && details.entry.kind != EntryKind::Raw;
    const bool isShortBinary = details.entry.kind == EntryKind::Binary && details.entry.size <= MaxBinary;
    const ConversationChoice choice = ConversationChoice::of(capture, details.entry.connection, formats);
    details.subprotocol = choice.subprotocol;
    const bool isMessage = details.entry.kind == EntryKind::Text || details.entry.kind == EntryKind::Binary;
    if (isMessage && choice.format) {
        ConversationReader conversation(capture, details.entry.connection, *choice.format, details.subprotocol);
        if (auto before = conversation.before(id, ConversationReader::Few))
            details.before = std::move(before).value();
    }
    if ((readsAsText || isShortBinary) && !details.entry.isWhole()) {
        auto text = capture.payload(id, 0, MaxText);
        if (!text)
            return text.error();
        details.text = std::move(text).value();
    }
    const DecodeInput input{details.text, details.entry.kind == EntryKind::Text, details.entry.direction,
                            details.subprotocol, details.before};
    if (isMessage && (details.before || choice.dependence(input, formats) != Dependence::None))
        details.conversation = choice.format;
    if (details.entry.kind == EntryKind::Binary)
        details.hasFormat = formats.choose(input).format != nullptr;
    return details;
}

} // namespace sockeye
