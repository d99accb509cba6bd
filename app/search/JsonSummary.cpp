#include "search/JsonSummary.h"

#include "search/EnvelopeSplitter.h"

#include <algorithm>
#include <cstring>
#include <string>

#include <simdjson.h>

namespace sockeye {

using namespace Qt::StringLiterals;

namespace {

using namespace simdjson;

/// Characters of a nested value, and of one string.
constexpr qsizetype MaxNested = 60;
constexpr qsizetype MaxString = 120;
/// Deeper than any message that a person reads in one line.
constexpr int MaxDepth = 64;
/// The parser's memory is given back after a text that was longer.
constexpr size_t MaxSummaryKept = 64 * 1024;
constexpr QChar Ellipsis = u'…';

QString fromUtf8(std::string_view utf8, qsizetype most)
{
    // No character of UTF-16 takes less than a byte, so this never cuts what would have been shown.
    const std::string_view enough = utf8.substr(0, static_cast<size_t>(most) * 4);
    QString text = QString::fromUtf8(enough.data(), static_cast<qsizetype>(enough.size()));
    if (text.size() <= most && enough.size() == utf8.size())
        return text;
    qsizetype keep = std::min(most - 1, text.size());
    if (keep > 0 && text[keep - 1].isHighSurrogate())
        --keep;
    return text.first(keep) + Ellipsis;
}

/// Whether a string that stands without quotes could be taken for something else: a number, a word of JSON, two
/// members.
bool needsQuotes(const QString &text)
{
    if (text.isEmpty() || text == "true"_L1 || text == "false"_L1 || text == "null"_L1)
        return true;
    const QChar first = text.front();
    if (first == u'-' || (first >= u'0' && first <= u'9')) {
        bool isNumber = false;
        text.toDouble(&isNumber);
        if (isNumber)
            return true;
    }
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.isSpace() || u"\"=,[]{}"_s.contains(c); });
}

QString stringText(std::string_view utf8)
{
    const QString text = fromUtf8(utf8, MaxString);
    return needsQuotes(text) ? u'"' + text + u'"' : text;
}

/// Gathers a nested value's text up to a length; what is beyond it is visited, so that a fault there is found, and not
/// kept.
class NestedText final
{
public:
    [[nodiscard]] bool isFull() const { return m_isCut; }
    void add(QStringView text)
    {
        if (m_isCut)
            return;
        if (m_text.size() + text.size() > MaxNested) {
            m_isCut = true;
            m_text += Ellipsis;
            return;
        }
        m_text += text;
    }
    /// A closing bracket stands behind what was cut, too.
    void close(QChar bracket, bool wasCutInside)
    {
        if (!m_isCut || wasCutInside)
            m_text += bracket;
    }
    [[nodiscard]] const QString &text() const { return m_text; }

private:
    QString m_text;
    bool m_isCut = false;
};

QStringView trimmedToken(std::string_view token, QString &keep)
{
    keep = QString::fromLatin1(token.data(), static_cast<qsizetype>(token.size())).trimmed();
    return keep;
}

bool isNumberText(QStringView text)
{
    qsizetype at = text.startsWith(u'-') ? 1 : 0;
    const auto isDigit = [&] { return at < text.size() && text[at] >= u'0' && text[at] <= u'9'; };
    const auto digits = [&] {
        const qsizetype begin = at;
        while (isDigit())
            ++at;
        return at - begin;
    };
    const qsizetype begin = at;
    const qsizetype whole = digits();
    if (whole == 0 || (whole > 1 && text[begin] == u'0'))
        return false;
    if (at < text.size() && text[at] == u'.') {
        ++at;
        if (digits() == 0)
            return false;
    }
    if (at < text.size() && (text[at] == u'e' || text[at] == u'E')) {
        ++at;
        if (at < text.size() && (text[at] == u'+' || text[at] == u'-'))
            ++at;
        if (digits() == 0)
            return false;
    }
    return at == text.size();
}

/// A number, string, true, false or null as text; nothing for a fault.
template<typename Value>
std::optional<QString> scalarText(Value &value, ondemand::json_type type)
{
    QString token;
    switch (type) {
    case ondemand::json_type::string: {
        std::string_view text;
        if (value.get_string().get(text) != SUCCESS)
            return std::nullopt;
        return stringText(text);
    }
    case ondemand::json_type::number:
        if (!isNumberText(trimmedToken(value.raw_json_token(), token)))
            return std::nullopt;
        // Tells the iterator that the value was read.
        if (double ignored = 0; value.get_double().get(ignored) != SUCCESS)
            return std::nullopt;
        return token;
    case ondemand::json_type::boolean: {
        bool truth = false;
        if (value.get_bool().get(truth) != SUCCESS)
            return std::nullopt;
        return truth ? u"true"_s : u"false"_s;
    }
    case ondemand::json_type::null:
        if (trimmedToken(value.raw_json_token(), token) != u"null"_s || !value.is_null())
            return std::nullopt;
        return token;
    case ondemand::json_type::array:
    case ondemand::json_type::object:
        break;
    }
    return std::nullopt;
}

bool addNested(ondemand::value value, NestedText &out, int depth);

bool addObject(ondemand::object object, NestedText &out, int depth)
{
    out.add(u"{");
    const bool wasOpen = !out.isFull();
    bool isFirst = true;
    for (auto field : object) {
        std::string_view name;
        ondemand::value value;
        if (field.unescaped_key().get(name) != SUCCESS || field.value().get(value) != SUCCESS)
            return false;
        if (!isFirst)
            out.add(u" ");
        isFirst = false;
        if (!out.isFull())
            out.add(QString(stringText(name) + u'='));
        if (!addNested(value, out, depth + 1))
            return false;
    }
    out.close(u'}', wasOpen);
    return true;
}

bool addArray(ondemand::array array, NestedText &out, int depth)
{
    out.add(u"[");
    const bool wasOpen = !out.isFull();
    qsizetype count = 0;
    for (auto element : array) {
        ondemand::value value;
        if (element.get(value) != SUCCESS)
            return false;
        if (count++ > 0)
            out.add(u", ");
        if (!addNested(value, out, depth + 1))
            return false;
    }
    out.close(u']', wasOpen);
    return true;
}

bool addNested(ondemand::value value, NestedText &out, int depth)
{
    if (depth > MaxDepth)
        return false;
    ondemand::json_type type{};
    if (value.type().get(type) != SUCCESS)
        return false;
    if (type == ondemand::json_type::object) {
        ondemand::object object;
        return value.get_object().get(object) == SUCCESS && addObject(object, out, depth);
    }
    if (type == ondemand::json_type::array) {
        ondemand::array array;
        return value.get_array().get(array) == SUCCESS && addArray(array, out, depth);
    }
    const std::optional<QString> text = scalarText(value, type);
    if (text)
        out.add(*text);
    return text.has_value();
}

/// The parts of a summary up to its greatest length.
class Parts final
{
public:
    void add(SummaryPart::Role role, const QString &text)
    {
        if (m_isFull)
            return;
        if (m_size + text.size() > JsonSummary::MaxLength) {
            m_isFull = true;
            m_parts.append({SummaryPart::Role::Plain, QString(Ellipsis)});
            return;
        }
        m_size += text.size();
        m_parts.append({role, text});
    }
    [[nodiscard]] QList<SummaryPart> take() { return std::exchange(m_parts, {}); }

private:
    QList<SummaryPart> m_parts;
    qsizetype m_size = 0;
    bool m_isFull = false;
};

bool addMembers(ondemand::object object, Parts &parts)
{
    bool isEmpty = true;
    for (auto field : object) {
        std::string_view name;
        ondemand::value value;
        if (field.unescaped_key().get(name) != SUCCESS || field.value().get(value) != SUCCESS)
            return false;
        isEmpty = false;
        parts.add(SummaryPart::Role::Name, stringText(name));
        NestedText text;
        if (ondemand::json_type type{}; value.type().get(type) == SUCCESS && type == ondemand::json_type::string) {
            const std::optional<QString> whole = scalarText(value, type);
            if (!whole)
                return false;
            parts.add(SummaryPart::Role::Value, *whole);
            continue;
        }
        if (!addNested(value, text, 1))
            return false;
        parts.add(SummaryPart::Role::Value, text.text());
    }
    if (isEmpty)
        parts.add(SummaryPart::Role::Plain, u"{}"_s);
    return true;
}

/// An object that is an element of the outermost array shows its members: many protocols send `["event",{...}]`.
bool addElements(ondemand::array array, Parts &parts)
{
    bool isEmpty = true;
    for (auto element : array) {
        ondemand::value value;
        ondemand::json_type type{};
        if (element.get(value) != SUCCESS || value.type().get(type) != SUCCESS)
            return false;
        isEmpty = false;
        if (type == ondemand::json_type::object) {
            ondemand::object object;
            if (value.get_object().get(object) != SUCCESS || !addMembers(object, parts))
                return false;
            continue;
        }
        NestedText text;
        if (!addNested(value, text, 1))
            return false;
        parts.add(SummaryPart::Role::Value, text.text());
    }
    if (isEmpty)
        parts.add(SummaryPart::Role::Plain, u"[]"_s);
    return true;
}

/// Nothing stands behind the value that was walked through.
bool isAtEnd(ondemand::document &document)
{
    return document.current_location().error() == OUT_OF_BOUNDS;
}

QString plainText(const EnvelopePart &part, QByteArrayView bytes)
{
    switch (part.kind) {
    case EnvelopePart::Kind::ByteOrderMark:
    case EnvelopePart::Kind::RecordSeparator:
    case EnvelopePart::Kind::Null:
        return {};
    default:
        return fromUtf8({bytes.data(), static_cast<size_t>(bytes.size())}, MaxString).simplified();
    }
}

} // namespace

class JsonSummary::Private
{
public:
    /// Adds an object's or array's parts; false for what is neither or has a fault.
    bool add(QByteArrayView json, Parts &parts)
    {
        const auto size = static_cast<size_t>(json.size());
        if (parser.capacity() > MaxSummaryKept && size <= MaxSummaryKept)
            parser = ondemand::parser();
        if (buffer.size() < size + SIMDJSON_PADDING)
            buffer.resize(size + SIMDJSON_PADDING);
        std::memcpy(buffer.data(), json.data(), size);
        std::memset(buffer.data() + size, ' ', SIMDJSON_PADDING);
        ondemand::document document;
        ondemand::json_type type{};
        if (parser.iterate(buffer.data(), size, buffer.size()).get(document) != SUCCESS ||
            document.type().get(type) != SUCCESS)
            return false;
        if (type == ondemand::json_type::object) {
            ondemand::object object;
            return document.get_object().get(object) == SUCCESS && addMembers(object, parts) && isAtEnd(document);
        }
        if (type == ondemand::json_type::array) {
            ondemand::array array;
            return document.get_array().get(array) == SUCCESS && addElements(array, parts) && isAtEnd(document);
        }
        return false;
    }

    ondemand::parser parser;
    std::string buffer;
};

JsonSummary::JsonSummary()
    : m_d(std::make_unique<Private>())
{
}

JsonSummary::~JsonSummary() = default;

bool JsonSummary::isPromising(QByteArrayView beginning)
{
    return beginning.contains('{') || beginning.contains('[');
}

QList<SummaryPart> JsonSummary::read(QByteArrayView payload)
{
    if (payload.size() > MaxExamined || !isPromising(payload))
        return {};
    Parts parts;
    bool hasJson = false;
    EnvelopeSplitter splitter(payload);
    while (const std::optional<EnvelopePart> part = splitter.next()) {
        const QByteArrayView bytes = splitter.bytes(*part);
        if (part->kind == EnvelopePart::Kind::Text)
            return {};
        if (part->kind != EnvelopePart::Kind::Json) {
            if (const QString text = plainText(*part, bytes); !text.isEmpty())
                parts.add(SummaryPart::Role::Plain, text);
            continue;
        }
        if (!m_d->add(bytes, parts))
            return {};
        hasJson = true;
    }
    return hasJson ? parts.take() : QList<SummaryPart>();
}

} // namespace sockeye
