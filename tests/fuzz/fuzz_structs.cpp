// The description of a struct up to a NUL, and behind it a message. A fault is inside of the text; what is understood
// reads any message, and says the same of it the second time.

#include "decode/NodeText.h"
#include "formats/Formats.h"
#include "formats/MessageDecoder.h"
#include "formats/TreeFault.h"
#include "fuzz/Fuzzing.h"
#include "structs/StructDecoder.h"

using namespace sockeye;
using namespace sockeye::fuzz;

namespace {

/// Larger trees say nothing more.
constexpr NodeBuilder::Limits Small{5'000, 100, 1024 * 1024};
constexpr qsizetype MaxText = 64 * 1024;

void checkFault(const QString &text, const StructFault &fault)
{
    require(!fault.message.isEmpty(), "a fault has words");
    require(fault.offset >= 0 && fault.length >= 0 && fault.offset + fault.length <= text.size(),
            "a fault is inside the text");
    require(fault.line >= 1 && fault.column >= 1 && fault.column <= fault.offset + 1, "a fault is in its line");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input = Input(data, size).rest().toByteArray();
    const qsizetype zero = input.indexOf('\0');
    const QString text = QString::fromUtf8(input.first(zero < 0 ? input.size() : zero));
    const QByteArray payload = zero < 0 ? QByteArray() : input.sliced(zero + 1);

    const ParsedDefinition parsed = StructDefinition::parse(text, formatOf);
    require(bool(parsed.definition) != bool(parsed.fault), "a text is understood, or its fault is told");
    if (parsed.fault) {
        checkFault(text, *parsed.fault);
        return 0;
    }
    const StructDecoder decoder(parsed.definition);
    const DecodeInput message{payload, false};
    const Certainty certainty = decoder.probe(message);
    require(certainty != Certainty::Sure, "nothing is sure");
    const auto decoded = decodeMessage(message, {}, &decoder, Small);
    require(decoded.has_value(), "a message is decoded to its end");
    const NodeTree &tree = *decoded->tree;
    require(fault(tree).isEmpty(), "the tree holds together");
    require(!tree.error || !tree.error->rule.isEmpty(), "an error has words");
    require(certainty == Certainty::None || !tree.error, "what is recognised breaks no rule");
    const StructDecoder other(StructDefinition::parse(text, formatOf).definition);
    const auto again = decodeMessage(message, {}, &other, Small);
    require(nodesText(tree, MaxText) == nodesText(*again->tree, MaxText) && tree.summary == again->tree->summary,
            "the same message says the same again");
    return 0;
}
