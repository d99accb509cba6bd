// A message that may hold JSON values in an envelope: taken apart, searched for a value, and made a tree of.

#include "decode/JsonNodes.h"
#include "decode/NodePath.h"
#include "filter/JsonMatcher.h"
#include "fuzz/Fuzzing.h"
#include "search/EnvelopeSplitter.h"
#include "search/JsonPath.h"

using namespace sockeye;
using namespace sockeye::filter;
using namespace sockeye::fuzz;

namespace {

void takeApart(QByteArrayView payload)
{
    EnvelopeSplitter splitter(payload);
    qsizetype end = 0;
    while (const auto part = splitter.next()) {
        require(part->size > 0, "a part has bytes");
        require(part->begin == end, "parts follow each other without gaps");
        end += part->size;
    }
    require(end == payload.size(), "the parts make up the message");
}

void search(const QByteArray &payload)
{
    static JsonReader reader;
    static JsonMatcher matcher = JsonMatcher::of({QStringLiteral("$.a"), JsonValueIs::Sign::Exists, {}}).value();
    const bool isFound = matcher.matches(payload, reader);
    require(!isFound || payload.contains('{'), "a member is in an object");
    require(matcher.matches(payload, reader) == isFound, "the same message is judged the same again");
}

void makeATree(const QByteArray &payload)
{
    constexpr qint32 MaxNodes = 200;
    const auto tree = jsonNodes(payload, MaxNodes);
    if (!tree)
        return;
    require(tree->size() <= MaxNodes, "no more nodes than there may be");
    for (qint32 i = 0; i < tree->size(); ++i) {
        const Node &node = tree->at(i);
        require(node.value.size > 0 && node.value.begin + node.value.size <= payload.size(),
                "a value is in the message");
        require(node.parent < i && node.end > i && node.end <= tree->size(), "a node stands behind what holds it");
        require(JsonPath::parse(nodePath(*tree, i)).ok(), "the way to a node can be read");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray payload(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    takeApart(payload);
    search(payload);
    makeATree(payload);
    return 0;
}
