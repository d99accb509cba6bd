#include "search/JsonReader.h"

#include "search/DecimalNumber.h"
#include "search/JsonPath.h"

#include <cstring>

#include <simdjson.h>

namespace sockeye {

namespace {

using namespace simdjson;

/// The parser's memory is given back after a text that was longer.
constexpr size_t MaxKept = 1024 * 1024;

/// A name is compared as it is meant, not as it is written: both may hold escapes.
simdjson_result<ondemand::value> member(ondemand::object object, const QByteArray &name)
{
    const std::string_view wanted(name.constData(), static_cast<size_t>(name.size()));
    for (auto field : object) {
        std::string_view key;
        if (const error_code error = field.unescaped_key().get(key); error != SUCCESS)
            return error;
        if (key == wanted)
            return field.value();
    }
    return NO_SUCH_FIELD;
}

template<typename From>
simdjson_result<ondemand::value> follow(From &from, const JsonPath::Step &step)
{
    if (const auto *name = std::get_if<QByteArray>(&step)) {
        ondemand::object object;
        if (const error_code error = from.get_object().get(object); error != SUCCESS)
            return error;
        return member(object, *name);
    }
    ondemand::array array;
    if (const error_code error = from.get_array().get(array); error != SUCCESS)
        return error;
    return array.at(static_cast<size_t>(std::get<qint64>(step)));
}

/// JSON forbids leading zeros, which DecimalNumber allows.
bool isJsonNumber(QByteArrayView literal)
{
    const QByteArrayView digits = literal.startsWith('-') ? literal.sliced(1) : literal;
    const bool hasLeadingZero = digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9';
    return !hasLeadingZero && DecimalNumber::parse(literal).has_value();
}

void takeLiteral(QByteArrayView literal, JsonReader::Target &target)
{
    literal = literal.trimmed();
    if (isJsonNumber(literal))
        target.takeNumber(literal);
}

void takeNumber(ondemand::value &value, QByteArrayView, JsonReader::Target &target)
{
    const std::string_view token = value.raw_json_token();
    takeLiteral(QByteArrayView(token.data(), static_cast<qsizetype>(token.size())), target);
}

/// The token alone would not tell whether something follows it.
void takeNumber(ondemand::document &, QByteArrayView json, JsonReader::Target &target)
{
    takeLiteral(json, target);
}

void takeJson(simdjson_result<std::string_view> &&json, JsonReader::Target &target)
{
    std::string_view text;
    if (std::move(json).get(text) == SUCCESS)
        target.takeText(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
}

template<typename Value>
void take(Value &value, QByteArrayView json, JsonReader::Target &target)
{
    ondemand::json_type type{};
    if (value.type().get(type) != SUCCESS)
        return;
    switch (type) {
    case ondemand::json_type::array:
    case ondemand::json_type::object:
        return takeJson(to_json_string(value), target);
    case ondemand::json_type::string:
        return takeJson(value.get_string(), target);
    case ondemand::json_type::number:
        return takeNumber(value, json, target);
    case ondemand::json_type::boolean:
        if (bool truth = false; value.get_bool().get(truth) == SUCCESS)
            target.takeBool(truth);
        return;
    case ondemand::json_type::null:
        return;
    }
}

} // namespace

class JsonReader::Private
{
public:
    ondemand::parser parser;
    std::string buffer;
};

JsonReader::JsonReader()
    : m_d(std::make_unique<Private>())
{
}

JsonReader::~JsonReader() = default;

void JsonReader::read(QByteArrayView json, const JsonPath &path, Target &target)
{
    const auto size = static_cast<size_t>(json.size());
    // What is no JSON at its first byte is most of what is no JSON.
    if (size == 0 || (path.steps().empty() ? false : std::strchr("{[ \t\r\n", json.front()) == nullptr))
        return;
    if (m_d->parser.capacity() > MaxKept)
        m_d = std::make_unique<Private>();
    if (m_d->buffer.size() < size + SIMDJSON_PADDING)
        m_d->buffer.resize(size + SIMDJSON_PADDING);
    std::memcpy(m_d->buffer.data(), json.data(), size);
    std::memset(m_d->buffer.data() + size, ' ', SIMDJSON_PADDING);

    ondemand::document document;
    if (m_d->parser.iterate(m_d->buffer.data(), size, m_d->buffer.size()).get(document) != SUCCESS)
        return;
    if (path.steps().empty())
        return take(document, json, target);
    ondemand::value value;
    if (follow(document, path.steps().front()).get(value) != SUCCESS)
        return;
    for (auto step = path.steps().begin() + 1; step != path.steps().end(); ++step) {
        ondemand::value next;
        if (follow(value, *step).get(next) != SUCCESS)
            return;
        value = next;
    }
    take(value, json, target);
}

} // namespace sockeye
