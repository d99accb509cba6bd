#include "filter/JsonMatcher.h"

#include "search/EnvelopeSplitter.h"
#include "search/JsonStrings.h"

#include <algorithm>

namespace sockeye::filter {

Result<JsonMatcher> JsonMatcher::of(const JsonValueIs &wanted)
{
    Result<JsonPath> path = JsonPath::parse(wanted.path);
    if (!path)
        return path.error();
    Result<ValueTest> test = ValueTest::of(wanted.sign, wanted.value);
    if (!test)
        return test.error();
    return JsonMatcher(std::move(path).value(), std::move(test).value());
}

JsonMatcher::JsonMatcher(JsonPath path, ValueTest test)
    : m_path(std::move(path))
    , m_test(std::move(test))
{
}

bool JsonMatcher::matches(QByteArrayView payload, JsonReader &reader)
{
    QByteArrayView sockJsArray;
    if (hasMatch(payload, reader, &sockJsArray))
        return true;
    const QByteArrayList messages = jsonStrings(sockJsArray);
    return std::any_of(messages.begin(), messages.end(),
                       [&](const QByteArray &message) { return hasMatch(message, reader, nullptr); });
}

/// Sets `sockJsArray`, if there is one, to the messages of a SockJS frame.
bool JsonMatcher::hasMatch(QByteArrayView payload, JsonReader &reader, QByteArrayView *sockJsArray)
{
    EnvelopeSplitter splitter(payload);
    bool isSockJs = false;
    m_isFound = false;
    while (const auto part = splitter.next()) {
        if (part->kind == EnvelopePart::Kind::Json) {
            if (isSockJs && sockJsArray != nullptr)
                *sockJsArray = splitter.bytes(*part);
            reader.read(splitter.bytes(*part), m_path, *this);
        }
        if (m_isFound)
            break;
        isSockJs = part->kind == EnvelopePart::Kind::SockJs;
    }
    return m_isFound;
}

void JsonMatcher::takeNumber(QByteArrayView literal)
{
    m_isFound = m_test.holdsForNumber(literal);
}

void JsonMatcher::takeBool(bool value)
{
    takeNumber(value ? "1" : "0");
}

void JsonMatcher::takeText(QByteArrayView utf8)
{
    m_isFound = m_test.holdsForText(utf8);
}

} // namespace sockeye::filter
