#include "FilterSamples.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringDecoder>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

constexpr qint64 SecondNs = 1'000'000'000;

const std::array<QString, 10> Vocabulary{u"price"_s, u"Price"_s, u"AAPL"_s,       u"aapl"_s,    u"grüße"_s,
                                         u"a b"_s,   u"(x)"_s,   u"say \"hi\""_s, u"back\\s"_s, u"dir:in"_s};
const std::array<QString, 5> Rules{u"frame"_s, u"frame.rsv"_s, u"frame.rsv.bits"_s, u"framework"_s, u"message.utf8"_s};

QByteArray folded(QByteArray bytes)
{
    for (char &c : bytes)
        c = c >= 'A' && c <= 'Z' ? char(c + 32) : c;
    return bytes;
}

bool hasCapital(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.isUpper(); });
}

QString quoted(const QString &text)
{
    return u'"' + QString(text).replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) + u'"';
}

/// How one number compares with another by that sign.
bool compares(const QString &sign, auto value, auto with)
{
    if (sign == u"<"_s)
        return value < with;
    if (sign == u"<="_s)
        return value <= with;
    if (sign == u">"_s)
        return value > with;
    if (sign == u">="_s)
        return value >= with;
    return (value == with) == (sign != u"!="_s);
}

using Number = std::function<std::optional<qint64>(const FilterSamples::Sample &)>;

std::optional<qint64> sizeOf(const FilterSamples::Sample &sample)
{
    return sample.entry.kind == EntryKind::Event ? std::nullopt : std::optional<qint64>(sample.entry.payload.size());
}

std::optional<qint64> wireOf(const FilterSamples::Sample &sample)
{
    return sample.entry.kind == EntryKind::Event ? std::nullopt : std::optional(sample.entry.wireSize);
}

std::optional<qint64> latencyOf(const FilterSamples::Sample &sample)
{
    const qint64 ns = sample.entry.latency.count();
    return ns < 0 ? std::nullopt : std::optional(ns);
}

std::optional<QJsonValue> valueAt(const QByteArray &payload, const QStringList &steps)
{
    const QJsonDocument document = QJsonDocument::fromJson(payload);
    QJsonValue value = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    if (document.isNull())
        return std::nullopt;
    for (const QString &step : steps) {
        bool isIndex = false;
        const int index = step.toInt(&isIndex);
        value = isIndex ? value.toArray().at(index) : value.toObject().value(step);
        if (!isIndex && value.isUndefined())
            return std::nullopt;
    }
    return value.isNull() || value.isUndefined() ? std::nullopt : std::optional(value);
}

std::optional<double> numberIn(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? 1 : 0;
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

QString textIn(const QJsonValue &value)
{
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    const std::optional<double> number = numberIn(value);
    return number ? QString::number(*number) : value.toString();
}

} // namespace

QByteArray FilterSamples::json()
{
    QJsonObject inner{{u"price"_s, below(4)}, {u"deep"_s, QJsonObject{{u"x"_s, oneOf(Vocabulary)}}}};
    if (chance(50))
        inner[u"price"_s] = below(8) + 0.5;
    QJsonObject object{{u"data"_s, inner}, {u"n"_s, below(10)}};
    if (chance(50))
        object[u"ok"_s] = chance(50);
    if (chance(30))
        object[u"none"_s] = QJsonValue::Null;
    if (chance(50))
        object[u"my key"_s] = oneOf(Vocabulary);
    if (chance(50))
        object[u"n"_s] = QString::number(below(10));
    if (chance(60))
        object[u"list"_s] = QJsonArray{below(3), u"two"_s, QJsonObject{{u"a"_s, below(3)}}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray FilterSamples::payload(EntryKind kind)
{
    if (chance(10))
        return {};
    QByteArray bytes;
    if (kind == EntryKind::Text && chance(60)) {
        bytes = json();
    } else {
        for (int words = below(4); words >= 0; --words)
            bytes += oneOf(Vocabulary).toUtf8() + ' ';
    }
    if (kind == EntryKind::Binary || kind == EntryKind::Raw) {
        bytes += QByteArray::fromHex("ff00fe");
        bytes += char(below(256));
    }
    // Beyond the head, across its end, and into a second part.
    if (chance(20) && !bytes.startsWith('{'))
        bytes.prepend(QByteArray(chance(10) ? 1024 * 1024 - below(12) : 240 + below(40), '.'));
    return bytes;
}

FilterSamples::Sample FilterSamples::sample()
{
    constexpr std::array kinds{EntryKind::Text, EntryKind::Text, EntryKind::Text,  EntryKind::Binary, EntryKind::Ping,
                               EntryKind::Pong, EntryKind::Raw,  EntryKind::Close, EntryKind::Event};
    m_now += chance(3) ? -below(3) * SecondNs : chance(60) ? below(40) * 25'000'000LL : 0;
    Sample sample;
    sample.id = ++m_count;
    NewEntry &entry = sample.entry;
    entry.connection = ConnectionId(1 + below(Connections));
    entry.time = timestampFromNs(m_now);
    entry.kind = oneOf(kinds);
    const bool isEvent = entry.kind == EntryKind::Event;
    entry.direction = isEvent ? Direction::None : chance(50) ? Direction::In : Direction::Out;
    entry.event = isEvent ? EventKind::Open : EventKind::None;
    entry.payload = payload(entry.kind);
    entry.compressed = chance(20);
    entry.wireSize = entry.payload.size() + below(8);
    if (entry.kind == EntryKind::Pong && chance(70))
        entry.latency = Nanoseconds(below(200) * 500'000);
    FrameHeader header;
    static_cast<void>(FrameHeader::parse(QByteArray::fromHex("8105"), header));
    for (int frames = isEvent ? 0 : 1 + (chance(20) ? below(3) : 0); frames > 0; --frames)
        entry.frames.append(header);
    for (int findings = chance(25) ? 1 + below(2) : 0; findings > 0; --findings)
        entry.findings.append({Severity(below(3)), oneOf(Rules), {}, {}, -1, 0});
    if (chance(15))
        sample.annotation = {chance(50), chance(50) ? 1 + below(3) : 0, chance(50) ? u"look"_s : QString()};
    return sample;
}

FilterSamples::Filter FilterSamples::any(int depth)
{
    Filter filter = all(depth);
    for (int more = chance(40) ? 1 + below(2) : 0; more > 0; --more) {
        const Filter other = all(depth);
        filter = {filter.text + oneOf(std::array{u" or "_s, u" OR "_s}) + other.text,
                  [a = filter.holds, b = other.holds](const Sample &sample) { return a(sample) || b(sample); }};
    }
    return filter;
}

FilterSamples::Filter FilterSamples::all(int depth)
{
    Filter filter = unary(depth);
    for (int more = chance(50) ? 1 + below(2) : 0; more > 0; --more) {
        const Filter other = unary(depth);
        filter = {filter.text + oneOf(std::array{u" "_s, u"  "_s, u" and "_s}) + other.text,
                  [a = filter.holds, b = other.holds](const Sample &sample) { return a(sample) && b(sample); }};
    }
    return filter;
}

FilterSamples::Filter FilterSamples::unary(int depth)
{
    if (chance(25)) {
        Filter inner = unary(depth - 1);
        // After a minus, a second one and “not” are text.
        const bool isMinus = !inner.text.startsWith(u'-') && !inner.text.startsWith("not "_L1) && chance(60);
        return {(isMinus ? u"-"_s : u"not "_s) + inner.text,
                [holds = inner.holds](const Sample &sample) { return !holds(sample); }};
    }
    if (depth <= 0 || chance(60))
        return term();
    Filter inner = any(depth - 1);
    inner.text = u'(' + inner.text + u')';
    return inner;
}

FilterSamples::Filter FilterSamples::term()
{
    switch (below(9)) {
    case 0:
    case 1:
        return named();
    case 2:
    case 3:
        return number();
    case 4:
        return timeTerm();
    case 5:
        return chance(50) ? words() : regex();
    case 6:
        return hex();
    case 7:
        return rule();
    default:
        return jsonTerm();
    }
}

/// dir:, type: and has:, with lists.
FilterSamples::Filter FilterSamples::named()
{
    struct Value
    {
        QString key;
        QString name;
        Holds holds;
    };
    static const auto hasDirection = [](Direction direction) {
        return [direction](const Sample &sample) { return sample.entry.direction == direction; };
    };
    static const auto isOfKind = [](EntryKind kind) {
        return [kind](const Sample &sample) { return sample.entry.kind == kind; };
    };
    static const std::array<Value, 15> values{
        Value{u"dir"_s, u"in"_s, hasDirection(Direction::In)},
        Value{u"dir"_s, u"OUT"_s, hasDirection(Direction::Out)},
        Value{u"dir"_s, u"none"_s, hasDirection(Direction::None)},
        Value{u"type"_s, u"text"_s, isOfKind(EntryKind::Text)},
        Value{u"type"_s, u"binary"_s, isOfKind(EntryKind::Binary)},
        Value{u"type"_s, u"ping"_s, isOfKind(EntryKind::Ping)},
        Value{u"type"_s, u"pong"_s, isOfKind(EntryKind::Pong)},
        Value{u"type"_s, u"raw"_s, isOfKind(EntryKind::Raw)},
        Value{u"type"_s, u"event"_s, isOfKind(EntryKind::Event)},
        Value{u"has"_s, u"finding"_s, [](const Sample &sample) { return !sample.entry.findings.isEmpty(); }},
        Value{u"has"_s, u"bookmark"_s, [](const Sample &sample) { return sample.annotation.bookmarked; }},
        Value{u"has"_s, u"note"_s, [](const Sample &sample) { return !sample.annotation.note.isEmpty(); }},
        Value{u"has"_s, u"color"_s, [](const Sample &sample) { return sample.annotation.colour != 0; }},
        Value{u"has"_s, u"fragments"_s, [](const Sample &sample) { return sample.entry.frames.size() > 1; }},
        Value{u"has"_s, u"compression"_s, [](const Sample &sample) { return sample.entry.compressed; }}};
    const Value &first = values[size_t(below(int(values.size())))];
    Filter filter{first.key + u':' + first.name, first.holds};
    if (const Value &other = values[size_t(below(int(values.size())))]; other.key == first.key)
        filter = {filter.text + u',' + other.name,
                  [a = first.holds, b = other.holds](const Sample &sample) { return a(sample) || b(sample); }};
    return filter;
}

FilterSamples::Filter FilterSamples::number()
{
    struct Key
    {
        QString name;
        Number of;
        int least;
        int most;
        QString unit;
        qint64 factor;
    };
    static const std::array<Key, 5> keys{
        Key{u"size"_s, sizeOf, 0, 300, {}, 1}, Key{u"wire"_s, wireOf, 0, 2, u"k"_s, 1000},
        Key{u"conn"_s, [](const Sample &sample) { return sample.entry.connection.value(); }, 1, Connections + 1, {}, 1},
        Key{u"entry"_s, [](const Sample &sample) { return sample.id; }, 1, 300, {}, 1},
        Key{u"latency"_s, latencyOf, 0, 100, u"ms"_s, 1'000'000}};
    const Key &key = keys[size_t(below(int(keys.size())))];
    const qint64 low = key.least + below(key.most);
    const qint64 high = low + below(key.most);
    const auto text = [&key](qint64 value) { return QString::number(value) + key.unit; };
    const auto inRange = [of = key.of](qint64 from, qint64 to) {
        return [of, from, to](const Sample &sample) {
            const auto value = of(sample);
            return value && *value >= from && *value <= to;
        };
    };
    if (chance(40)) {
        constexpr qint64 end = std::numeric_limits<qint64>::max();
        if (chance(30))
            return {key.name + u':' + text(low) + u"..,"_s + text(high),
                    inRange(std::min(low, high) * key.factor, end)};
        const QString range = key.name + u':' + text(low) + u".."_s + text(high);
        return {range, inRange(low * key.factor, high * key.factor)};
    }
    const QString sign = oneOf(std::array{u":"_s, u"="_s, u"=="_s, u"!="_s, u"<"_s, u"<="_s, u">"_s, u">="_s});
    return {key.name + sign + text(low), [of = key.of, sign, with = low * key.factor](const Sample &sample) {
                const auto value = of(sample);
                return value && compares(sign, *value, with);
            }};
}

/// A second or a millisecond of the clock; where it is compared, the moment that it begins.
FilterSamples::Filter FilterSamples::timeTerm()
{
    const auto moment = [this](bool fine, qint64 *begin) {
        const int second = below(90);
        const int milli = fine ? below(40) * 25 : 0;
        *begin = Start + second * SecondNs + milli * 1'000'000LL;
        const QString text = u"2026-11-22T16:%1:%2"_s.arg(second / 60, 2, 10, QLatin1Char('0'))
                                 .arg(second % 60, 2, 10, QLatin1Char('0'));
        return fine ? text + u".%1Z"_s.arg(milli, 3, 10, QLatin1Char('0')) : text + u'Z';
    };
    const bool fine = chance(50);
    const qint64 length = fine ? 1'000'000 : SecondNs;
    qint64 begin = 0;
    const QString text = moment(fine, &begin);
    if (chance(40)) {
        qint64 to = 0;
        const QString end = moment(true, &to);
        if (to < begin)
            return {u"time>="_s + text, [begin](const Sample &sample) { return toNs(sample.entry.time) >= begin; }};
        return {u"time:"_s + text + u".."_s + end, [begin, to](const Sample &sample) {
                    return toNs(sample.entry.time) >= begin && toNs(sample.entry.time) <= to;
                }};
    }
    const QString sign = oneOf(std::array{u":"_s, u"="_s, u"!="_s, u"<"_s, u"<="_s, u">"_s, u">="_s});
    return {u"time"_s + sign + text, [sign, begin, length](const Sample &sample) {
                const qint64 time = toNs(sample.entry.time);
                const bool isWithin = time >= begin && time < begin + length;
                if (sign == u":"_s || sign == u"="_s)
                    return isWithin;
                return sign == u"!="_s ? !isWithin : compares(sign, time, begin);
            }};
}

FilterSamples::Filter FilterSamples::words()
{
    QString words = oneOf(Vocabulary);
    words = words.sliced(below(2));
    const bool exact = hasCapital(words);
    return {quoted(words), [exact, needle = words.toUtf8()](const Sample &sample) {
                const QByteArray &payload = sample.entry.payload;
                return exact ? payload.contains(needle) : folded(payload).contains(needle);
            }};
}

FilterSamples::Filter FilterSamples::regex()
{
    static const std::array<QString, 7> patterns{u"pri.e"_s,     u"^\\{"_s,  u"[0-9]{2,}"_s,   u"(a+)(b| )"_s,
                                                 u"\\x{FC}.e"_s, u"\\s+$"_s, u"(p)rice.*\\1"_s};
    const QString pattern = oneOf(patterns);
    const bool fold = chance(50);
    const QRegularExpression expression(pattern, fold ? QRegularExpression::CaseInsensitiveOption
                                                      : QRegularExpression::NoPatternOption);
    return {u'/' + pattern + (fold ? u"/i"_s : u"/"_s), [expression](const Sample &sample) {
                QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
                const QString text = decoder(sample.entry.payload);
                return !decoder.hasError() && expression.match(text).hasMatch();
            }};
}

FilterSamples::Filter FilterSamples::hex()
{
    const QByteArray bytes = chance(50) ? QByteArray::fromHex("ff00fe") : oneOf(Vocabulary).toUtf8().first(3);
    QString pattern = QString::fromLatin1(bytes.toHex());
    QByteArray masks(bytes.size(), '\xff');
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (!chance(20))
            continue;
        pattern[i] = u'?';
        masks[i / 2] = static_cast<char>(masks.at(i / 2) & (i % 2 == 0 ? 0x0f : 0xf0));
    }
    return {u"hex:"_s + pattern, [bytes, masks](const Sample &sample) {
                const QByteArray &payload = sample.entry.payload;
                for (qsizetype at = 0; at + bytes.size() <= payload.size(); ++at) {
                    qsizetype same = 0;
                    while (same < bytes.size() && ((payload[at + same] ^ bytes[same]) & masks[same]) == 0)
                        ++same;
                    if (same == bytes.size())
                        return true;
                }
                return false;
            }};
}

FilterSamples::Filter FilterSamples::rule()
{
    const QString wanted = oneOf(Rules);
    return {u"rule:"_s + wanted, [wanted](const Sample &sample) {
                return std::any_of(sample.entry.findings.begin(), sample.entry.findings.end(),
                                   [&wanted](const Finding &finding) {
                                       return finding.rule == wanted || finding.rule.startsWith(wanted + u'.');
                                   });
            }};
}

FilterSamples::Filter FilterSamples::jsonTerm()
{
    struct Path
    {
        QString text;
        QStringList steps;
    };
    static const std::array<Path, 9> paths{Path{u"$.data.price"_s, {u"data"_s, u"price"_s}},
                                           Path{u"$.n"_s, {u"n"_s}},
                                           Path{u"$.ok"_s, {u"ok"_s}},
                                           Path{u"$.none"_s, {u"none"_s}},
                                           Path{u"$[\"my key\"]"_s, {u"my key"_s}},
                                           Path{u"$.list[1]"_s, {u"list"_s, u"1"_s}},
                                           Path{u"$.list[2].a"_s, {u"list"_s, u"2"_s, u"a"_s}},
                                           Path{u"$.list[9]"_s, {u"list"_s, u"9"_s}},
                                           Path{u"$.data.deep"_s, {u"data"_s, u"deep"_s}}};
    const Path &path = paths[size_t(below(int(paths.size())))];
    const auto at = [steps = path.steps](const Sample &sample) { return valueAt(sample.entry.payload, steps); };
    if (chance(20))
        return {u"json:"_s + path.text, [at](const Sample &sample) { return at(sample).has_value(); }};
    if (chance(20)) {
        const QString words = oneOf(std::array{u"pri"_s, u"AA"_s, u"aa"_s, u"1"_s, u"x"_s});
        return {u"json:"_s + path.text + u'~' + words, [at, words](const Sample &sample) {
                    const auto value = at(sample);
                    const QByteArray text = value ? textIn(*value).toUtf8() : QByteArray();
                    return value && (hasCapital(words) ? text : folded(text)).contains(words.toUtf8());
                }};
    }
    const QString sign = oneOf(std::array{u"="_s, u"=="_s, u"!="_s, u"<"_s, u"<="_s, u">"_s, u">="_s});
    if (chance(60)) {
        const double with = below(16) / 2.0;
        return {u"json:"_s + path.text + sign + QString::number(with), [at, sign, with](const Sample &sample) {
                    const auto value = at(sample);
                    const auto number = value ? numberIn(*value) : std::nullopt;
                    // Words are unequal to every number, and neither less nor greater.
                    return number ? compares(sign, *number, with) : value.has_value() && sign == u"!="_s;
                }};
    }
    const QString with = chance(50) ? oneOf(Vocabulary) : QString::number(below(10));
    return {u"json:"_s + path.text + sign + quoted(with), [at, sign, with](const Sample &sample) {
                const auto value = at(sample);
                if (!value || numberIn(*value))
                    return value.has_value() && sign == u"!="_s;
                return compares(sign, textIn(*value).toUtf8(), with.toUtf8());
            }};
}

} // namespace sockeye
