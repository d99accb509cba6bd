// A message that may hold JSON values in an envelope: taken apart, and searched for a value.

#include "filter/JsonMatcher.h"
#include "fuzz/Fuzzing.h"
#include "search/EnvelopeSplitter.h"

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

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray payload(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    takeApart(payload);
    search(payload);
    return 0;
}
