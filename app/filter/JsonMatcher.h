#pragma once

#include "filter/ValueTest.h"
#include "search/JsonPath.h"
#include "search/JsonReader.h"

#include <optional>

namespace sockeye::filter {

/// Whether a payload has a JSON value as it is wanted: a JsonValueIs made ready to be asked of many payloads. Numbers
/// are compared exactly, at any length.
class JsonMatcher final : private JsonReader::Target
{
public:
    /// The error says what is wrong with the path or the number.
    [[nodiscard]] static Result<JsonMatcher> of(const JsonValueIs &wanted);

    /// Each JSON value is looked at, also those in an envelope (EnvelopeSplitter) and in the strings of a SockJS frame.
    /// The reader lends its memory.
    [[nodiscard]] bool matches(QByteArrayView payload, JsonReader &reader);

private:
    JsonMatcher(JsonPath path, ValueTest test);

    [[nodiscard]] bool hasMatch(QByteArrayView payload, JsonReader &reader, QByteArrayView *sockJsArray);
    void takeNumber(QByteArrayView literal) override;
    void takeBool(bool value) override;
    void takeText(QByteArrayView utf8) override;

    JsonPath m_path;
    ValueTest m_test;
    bool m_isFound = false;
};

} // namespace sockeye::filter
