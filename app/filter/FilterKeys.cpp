#include "filter/FilterKeys.h"

#include "record/Entry.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

constexpr std::array Directions{
    FilterValue{"in"_L1, int(Direction::In), QT_TRANSLATE_NOOP("sockeye::Filter", "Came from the peer")},
    FilterValue{"out"_L1, int(Direction::Out), QT_TRANSLATE_NOOP("sockeye::Filter", "Went to the peer")},
    FilterValue{"none"_L1, int(Direction::None), QT_TRANSLATE_NOOP("sockeye::Filter", "Events, which are neither")}};

constexpr std::array Kinds{
    FilterValue{"text"_L1, int(EntryKind::Text), QT_TRANSLATE_NOOP("sockeye::Filter", "Text messages")},
    FilterValue{"binary"_L1, int(EntryKind::Binary), QT_TRANSLATE_NOOP("sockeye::Filter", "Binary messages")},
    FilterValue{"ping"_L1, int(EntryKind::Ping), QT_TRANSLATE_NOOP("sockeye::Filter", "Ping frames")},
    FilterValue{"pong"_L1, int(EntryKind::Pong), QT_TRANSLATE_NOOP("sockeye::Filter", "Pong frames")},
    FilterValue{"close"_L1, int(EntryKind::Close), QT_TRANSLATE_NOOP("sockeye::Filter", "Close frames")},
    FilterValue{"raw"_L1, int(EntryKind::Raw),
                QT_TRANSLATE_NOOP("sockeye::Filter", "Bytes that are no frame, and reserved opcodes")},
    FilterValue{"event"_L1, int(EntryKind::Event),
                QT_TRANSLATE_NOOP("sockeye::Filter", "What happened to the connection")}};

constexpr std::array Features{
    FilterValue{"finding"_L1, int(FilterFeature::Finding), QT_TRANSLATE_NOOP("sockeye::Filter", "Broke a rule")},
    FilterValue{"bookmark"_L1, int(FilterFeature::Bookmark), QT_TRANSLATE_NOOP("sockeye::Filter", "Is bookmarked")},
    FilterValue{"note"_L1, int(FilterFeature::Note), QT_TRANSLATE_NOOP("sockeye::Filter", "Carries a note")},
    FilterValue{"colour"_L1, int(FilterFeature::Colour), QT_TRANSLATE_NOOP("sockeye::Filter", "Was given a colour")},
    FilterValue{"color"_L1, int(FilterFeature::Colour), nullptr},
    FilterValue{"fragments"_L1, int(FilterFeature::Fragments),
                QT_TRANSLATE_NOOP("sockeye::Filter", "Came or went in several frames")},
    FilterValue{"compression"_L1, int(FilterFeature::Compression),
                QT_TRANSLATE_NOOP("sockeye::Filter", "Was compressed on the wire")}};

constexpr std::array Keys{
    FilterKeyInfo{FilterKey::Dir,
                  "dir"_L1,
                  {},
                  false,
                  QT_TRANSLATE_NOOP("sockeye::Filter", "Which way it went: dir:in"),
                  Directions},
    FilterKeyInfo{FilterKey::Type, "type"_L1, "op"_L1, false,
                  QT_TRANSLATE_NOOP("sockeye::Filter", "What it is: type:text,binary"), Kinds},
    FilterKeyInfo{FilterKey::Size,
                  "size"_L1,
                  {},
                  true,
                  QT_TRANSLATE_NOOP("sockeye::Filter", "Bytes of the payload: size>1k, size:10..2k"),
                  {}},
    FilterKeyInfo{FilterKey::Wire,
                  "wire"_L1,
                  {},
                  true,
                  QT_TRANSLATE_NOOP("sockeye::Filter", "Bytes on the wire, with headers: wire>64k"),
                  {}},
    FilterKeyInfo{FilterKey::Time,
                  "time"_L1,
                  {},
                  true,
                  QT_TRANSLATE_NOOP("sockeye::Filter", "When: time>12:00:01, time:12:00..12:05"),
                  {}},
    FilterKeyInfo{FilterKey::Conn,
                  "conn"_L1,
                  {},
                  true,
                  QT_TRANSLATE_NOOP("sockeye::Filter", "Which connection of the capture: conn:2"),
                  {}},
    FilterKeyInfo{FilterKey::Entry,
                  "entry"_L1,
                  {},
                  true,
                  QT_TRANSLATE_NOOP("sockeye::Filter", "The entry's number: entry>1000, entry:5..9"),
                  {}},
    FilterKeyInfo{
        FilterKey::Latency,
        "latency"_L1,
        {},
        true,
        QT_TRANSLATE_NOOP("sockeye::Filter", "From a request to its answer, a ping to its pong: latency>50ms"),
        {}},
    FilterKeyInfo{FilterKey::Has,
                  "has"_L1,
                  {},
                  false,
                  QT_TRANSLATE_NOOP("sockeye::Filter", "What it has: has:finding, has:bookmark,note"),
                  Features},
    FilterKeyInfo{FilterKey::Rule,
                  "rule"_L1,
                  {},
                  false,
                  QT_TRANSLATE_NOOP("sockeye::Filter", "Which rule it broke: rule:frame.rsv"),
                  {}},
    FilterKeyInfo{FilterKey::Hex,
                  "hex"_L1,
                  {},
                  false,
                  QT_TRANSLATE_NOOP("sockeye::Filter", "Bytes in it, ? for any digit: hex:de??ad"),
                  {}},
    FilterKeyInfo{FilterKey::Json,
                  "json"_L1,
                  {},
                  false,
                  QT_TRANSLATE_NOOP("sockeye::Filter", "A value in its JSON: json:$.data.price>100"),
                  {}},
    FilterKeyInfo{FilterKey::Field,
                  "field"_L1,
                  {},
                  false,
                  QT_TRANSLATE_NOOP("sockeye::Filter",
                                    "A field of the decoded message: field:topic=\"a/b\", field:$.params.id=7"),
                  {}},
    FilterKeyInfo{FilterKey::Proto,
                  "proto"_L1,
                  {},
                  false,
                  QT_TRANSLATE_NOOP("sockeye::Filter", "As what it is read: proto:mqtt, proto:msgpack"),
                  {}},
    FilterKeyInfo{
        FilterKey::Msg,
        "msg"_L1,
        {},
        false,
        QT_TRANSLATE_NOOP("sockeye::Filter", "What kind of message, or its name: msg:PUBLISH, msg:\"Network.*\""),
        {}},
    FilterKeyInfo{FilterKey::Topic,
                  "topic"_L1,
                  {},
                  false,
                  QT_TRANSLATE_NOOP("sockeye::Filter", "Its topic, + and # as in MQTT: topic:\"sensors/+\""),
                  {}},
    FilterKeyInfo{FilterKey::Shape,
                  "shape"_L1,
                  {},
                  false,
                  QT_TRANSLATE_NOOP("sockeye::Filter", "Its shape, as the panel Shapes names it: shape:1a2b3c4d"),
                  {}}};

} // namespace

QString FilterKeyInfo::explained() const
{
    return QCoreApplication::translate("sockeye::Filter", explanation);
}

std::span<const FilterKeyInfo> filterKeys()
{
    return Keys;
}

const FilterKeyInfo &filterKeyInfo(FilterKey key)
{
    return Keys[size_t(key)];
}

const FilterKeyInfo *findFilterKey(QStringView name)
{
    const auto isNamed = [name](const FilterKeyInfo &info) {
        return name.compare(info.name, Qt::CaseInsensitive) == 0 ||
               (!info.alias.isEmpty() && name.compare(info.alias, Qt::CaseInsensitive) == 0);
    };
    const auto found = std::find_if(Keys.begin(), Keys.end(), isNamed);
    return found == Keys.end() ? nullptr : &*found;
}

QString listed(std::span<const FilterValue> values)
{
    QStringList names;
    for (const FilterValue &value : values) {
        if (value.explanation != nullptr)
            names += QString(value.name);
    }
    return names.join(", "_L1);
}

QString explained(const FilterValue &value)
{
    return value.explanation != nullptr ? QCoreApplication::translate("sockeye::Filter", value.explanation) : QString();
}

} // namespace sockeye
