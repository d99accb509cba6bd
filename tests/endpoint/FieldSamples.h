#pragma once

#include "endpoint/EndpointFields.h"

namespace sockeye::test {

/// A valid value for a text field; a text that any field takes where it does not matter.
[[nodiscard]] inline QString sampleText(const EndpointField &field)
{
    using namespace Qt::StringLiterals;
    if (field.json == u"url")
        return u"wss://other.example/x"_s;
    if (field.json == u"proxy")
        return u"socks5://me:p%40ss@127.0.0.1:1080"_s;
    if (field.json == u"connectTo")
        return u"127.0.0.1:9001"_s;
    if (field.reading)
        return u"ab"_s.repeated(32);
    return u"sample.example"_s;
}

/// A valid value that is not the field's default.
[[nodiscard]] inline FieldValue sampleValue(const EndpointField &field)
{
    using namespace Qt::StringLiterals;
    switch (field.kind) {
    case EndpointField::Kind::Switch:
        return !std::get<bool>(field.standard());
    case EndpointField::Kind::Integer: {
        const auto lowest = static_cast<qint64>(field.bounds.lowest);
        return std::get<qint64>(field.standard()) == lowest + 1 ? lowest + 2 : lowest + 1;
    }
    case EndpointField::Kind::Number:
        return 0.5 >= field.bounds.lowest ? 0.5 : 1.5;
    case EndpointField::Kind::Duration:
        return std::chrono::milliseconds(31'250);
    case EndpointField::Kind::Choice:
        return qint64{std::ssize(field.choices) - 1};
    case EndpointField::Kind::Text:
        return sampleText(field);
    case EndpointField::Kind::TextList:
        if (field.json == u"tls.pinnedKeys")
            return QStringList{u"sha256//"_s + u"A"_s.repeated(43) + u'=', u"ab"_s.repeated(32)};
        return QStringList{u"b"_s, u"a"_s};
    case EndpointField::Kind::Bytes:
        return QByteArray("\x00\xff", 2);
    case EndpointField::Kind::CloseCodes:
        return QList<quint16>{1001, 1006};
    case EndpointField::Kind::Headers:
        break;
    }
    return QList<RequestHeader>{{u"X-A"_s, u"1"_s, true}, {u"X-A"_s, u"2"_s, true}};
}

/// Whether the field has bounds beside those of its type.
[[nodiscard]] inline bool hasBounds(const EndpointField &field)
{
    return field.bounds.highest > 0;
}

} // namespace sockeye::test
