#include "encodings/ProtobufDecoder.h"

#include "encodings/ProtobufFields.h"
#include "encodings/ProtobufWire.h"
#include "encodings/ReadableText.h"

#include <algorithm>

namespace sockeye {

namespace {

constexpr qsizetype ProtoProbeStretch = 64 * 1024;
/// Of what is taken for a message: those that schemas begin with.
constexpr quint32 ProtoTellingNumber = 512;
constexpr quint32 ProtoFirstNumber = 32;
/// Messages that hold nothing but a message.
constexpr int ProtoProbeLevels = 4;
constexpr qsizetype ProtoRecordFields = 3;
/// Bytes of a message that tell whether it is text.
constexpr qsizetype ProtoTextStretch = 4 * 1024;

} // namespace

Certainty ProtobufDecoder::probe(const DecodeInput &input) const
{
    QByteArrayView bytes(input.payload);
    // Plain text in a binary message is text.
    if (input.isText || isReadableBeginning(bytes.first(std::min(bytes.size(), ProtoTextStretch))))
        return Certainty::None;
    for (int level = 0; level < ProtoProbeLevels; ++level) {
        const ProtoShape shape = protoShape(bytes, ProtoProbeStretch);
        if (!shape.isMessage || shape.firstNumber > ProtoFirstNumber || shape.largestNumber > ProtoTellingNumber)
            break;
        const auto tells = [&](const ProtoField &field) {
            const ProtoShape part = protoShape(protoPart(bytes, field), ProtoProbeStretch);
            return part.isMessage && part.fields >= 2 && part.largestNumber <= ProtoTellingNumber;
        };
        if (shape.fields >= 2 && (shape.hasText || std::ranges::any_of(shape.parts, tells)))
            return Certainty::Likely;
        const bool isRecord =
            shape.fields >= ProtoRecordFields && shape.isAscending && shape.largestNumber <= ProtoFirstNumber;
        if (isRecord)
            return Certainty::Likely;
        if (shape.parts.empty())
            break;
        bytes = protoPart(bytes, shape.parts.front());
    }
    return Certainty::None;
}

void ProtobufDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    addProtobufMessage(builder, input.payload);
}

} // namespace sockeye
