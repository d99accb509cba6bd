// A message of any format: as what it is taken for, or as what the first byte says. Its tree has to hold together, and to
// be the same the second time.

#include "decode/NodePath.h"
#include "decode/NodeText.h"
#include "formats/Formats.h"
#include "formats/MessageDecoder.h"
#include "formats/TreeFault.h"
#include "fuzz/Fuzzing.h"

using namespace sockeye;
using namespace sockeye::fuzz;

namespace {

/// Larger trees say nothing more.
constexpr qsizetype MaxText = 64 * 1024;

/// By the byte's upper six bits; null for what fits.
const Decoder *formatBy(quint8 byte)
{
    const size_t choice = (byte >> 2) % (formats().size() + 1);
    return choice == 0 ? nullptr : formats()[choice - 1];
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size);
    const quint8 how = input.byte();
    const DecodeInput message{input.rest().toByteArray(), (how & 1) != 0,
                              (how & 2) != 0 ? Direction::Out : Direction::In, {}};
    const auto decoded = decodeMessage(message, {}, formatBy(how));
    if (!decoded)
        return 0;
    const NodeTree &tree = *decoded->tree;
    require(fault(tree).isEmpty(), "the tree holds together");
    require(!tree.error || !tree.error->rule.isEmpty(), "an error has words");
    const auto again = decodeMessage(message, {}, formatBy(how));
    require(again && again->tree->size() == tree.size() && again->tree->summary == tree.summary,
            "the same message says the same again");
    require(nodesText(tree, MaxText) == nodesText(*again->tree, MaxText), "its text is the same again");
    for (qint32 i = 0; i < std::min(tree.size(), 100); ++i)
        require(nodePath(tree, i).startsWith(u'$'), "a node has a way to it");
    return 0;
}
