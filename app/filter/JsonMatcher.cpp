#include "filter/JsonMatcher.h"

#include "search/EnvelopeSplitter.h"
#include "search/JsonStrings.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye::filter {

namespace {

using Sign = JsonValueIs::Sign;

bool holds(std::strong_ordering order, Sign sign)
{
    switch (sign) {
    case Sign::Equal:
        return order == 0;
    case Sign::Unequal:
        return order != 0;
    case Sign::Less:
        return order < 0;
    case Sign::LessOrEqual:
        return order <= 0;
    case Sign::Greater:
        return order > 0;
    case Sign::GreaterOrEqual:
        return order >= 0;
    case Sign::Exists:
    case Sign::Contains:
        break;
    }
    return false;
}

std::strong_ordering compareBytes(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b) <=> 0;
}

QByteArray lowered(QByteArrayView text)
{
    return text.toByteArray().toLower();
}

} // namespace

Result<JsonMatcher> JsonMatcher::of(const JsonValueIs &wanted)
{
    Result<JsonPath> path = JsonPath::parse(wanted.path);
    if (!path)
        return path.error();
    const auto *number = std::get_if<JsonNumber>(&wanted.value);
    if (number != nullptr && !DecimalNumber::parse(number->literal))
        return Error{QCoreApplication::translate("sockeye::Filter", "“%1” is no number.")
                         .arg(QString::fromUtf8(number->literal))};
    return JsonMatcher(wanted, std::move(path).value());
}

JsonMatcher::JsonMatcher(const JsonValueIs &wanted, JsonPath path)
    : m_path(std::move(path))
    , m_sign(wanted.sign)
{
    if (const auto *text = std::get_if<QString>(&wanted.value)) {
        m_comparesText = true;
        m_wanted = text->toUtf8();
        m_caseCounts = std::any_of(text->begin(), text->end(), [](QChar c) { return c.isUpper(); });
    } else {
        m_wanted = std::get<JsonNumber>(wanted.value).literal;
    }
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

/// A value of another type is unequal to what is wanted, and neither less nor greater.
void JsonMatcher::takeNumber(QByteArrayView literal)
{
    if (m_sign == Sign::Exists)
        m_isFound = true;
    else if (m_sign == Sign::Contains)
        m_isFound = contains(literal);
    else
        m_isFound = m_comparesText ? m_sign == Sign::Unequal : isNumberWanted(literal);
}

void JsonMatcher::takeBool(bool value)
{
    takeNumber(value ? "1" : "0");
}

void JsonMatcher::takeText(QByteArrayView utf8)
{
    if (m_sign == Sign::Exists)
        m_isFound = true;
    else if (m_sign == Sign::Contains)
        m_isFound = contains(utf8);
    else
        m_isFound = m_comparesText ? holds(compareBytes(utf8, m_wanted), m_sign) : m_sign == Sign::Unequal;
}

bool JsonMatcher::isNumberWanted(QByteArrayView literal) const
{
    const auto number = DecimalNumber::parse(literal);
    const auto wanted = DecimalNumber::parse(m_wanted);
    return number && wanted && holds(*number <=> *wanted, m_sign);
}

bool JsonMatcher::contains(QByteArrayView text) const
{
    return m_caseCounts ? text.contains(m_wanted) : lowered(text).contains(m_wanted);
}

} // namespace sockeye::filter
