#include "search/JsonReader.h"

#include "search/JsonPath.h"

#include <cstring>
#include <limits>

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

template<typename Value>
void takeNumber(Value &value, JsonReader::Target &target)
{
    ondemand::number number;
    if (value.get_number().get(number) != SUCCESS) {
        // Of more than 64 bits.
        if (double approximate = 0; value.get_double().get(approximate) == SUCCESS)
            target.takeDouble(approximate);
    } else if (number.is_int64()) {
        target.takeInteger(number.get_int64());
    } else {
        target.takeDouble(number.is_uint64() ? double(number.get_uint64()) : number.get_double());
    }
}

void takeJson(simdjson_result<std::string_view> &&json, JsonReader::Target &target)
{
    std::string_view text;
    if (std::move(json).get(text) == SUCCESS)
        target.takeText(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
}

template<typename Value>
void take(Value &value, JsonReader::Target &target)
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
        return takeNumber(value, target);
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
        return take(document, target);
    ondemand::value value;
    if (follow(document, path.steps().front()).get(value) != SUCCESS)
        return;
    for (auto step = path.steps().begin() + 1; step != path.steps().end(); ++step) {
        ondemand::value next;
        if (follow(value, *step).get(next) != SUCCESS)
            return;
        value = next;
    }
    take(value, target);
}

} // namespace sockeye
