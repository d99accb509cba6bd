#include "filter/FilterNumberTerm.h"

#include "filter/FilterValues.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye::filter {

namespace {

constexpr qint64 Lowest = Range::Lowest;
constexpr qint64 Highest = Range::Highest;

/// What one value means: from `begin` to before `end`; where it is compared, `begin` counts but for a whole day.
using Value = TimeLiteral;

/// All but these ranges.
QList<Range> complement(QList<Range> ranges)
{
    std::sort(ranges.begin(), ranges.end(), [](const Range &a, const Range &b) { return a.low < b.low; });
    QList<Range> others;
    qint64 next = Lowest;
    for (const Range &range : std::as_const(ranges)) {
        if (range.low > next)
            others.append({next, range.low - 1});
        if (range.high == Highest)
            return others;
        next = std::max(next, range.high + 1);
    }
    others.append({next, Highest});
    return others;
}

class NumberReader final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::Filter)

public:
    NumberReader(const NumberText &text, const FilterContext &context)
        : m_text(text)
        , m_context(context)
    {
    }

    std::variant<Condition, FilterError> read()
    {
        const QStringView sign = m_text.sign;
        QList<Range> ranges;
        if (sign == u":" || sign == u"=" || sign == u"==" || sign == u"!=") {
            if (!readList(ranges))
                return m_error;
            if (sign == u"!=")
                ranges = complement(ranges);
        } else {
            const std::optional<Value> value = valueOf(m_text.value, m_text.place);
            if (!value)
                return m_error;
            ranges.append(compared(sign, *value));
        }
        return Condition::of(NumberIn{m_text.key, ranges});
    }

private:
    bool readList(QList<Range> &ranges)
    {
        qsizetype place = m_text.place;
        for (const QStringView part : m_text.value.split(u',')) {
            const qsizetype dots = part.indexOf(u".."_s);
            const QList<Range> some = dots < 0 ? one(part, place) : between(part, dots, place);
            if (some.isEmpty())
                return false;
            ranges += some;
            place += part.size() + 1;
        }
        return true;
    }

    /// None on error; two for a time that comes twice.
    QList<Range> one(QStringView part, qsizetype place)
    {
        const std::optional<Value> value = valueOf(part, place);
        if (!value)
            return {};
        QList<Range> ranges{{value->begin, value->end - 1}};
        if (value->againAfter > 0)
            ranges += {value->begin + value->againAfter, value->end - 1 + value->againAfter};
        return ranges;
    }

    QList<Range> between(QStringView part, qsizetype dots, qsizetype place)
    {
        const QStringView low = part.first(dots);
        const QStringView high = part.sliced(dots + 2);
        const qsizetype highPlace = place + dots + 2;
        Range range;
        std::optional<Value> lowest;
        if (!low.isEmpty() || high.isEmpty()) {
            lowest = lowestOf(low, place, high, highPlace);
            if (!lowest)
                return {};
            range.low = lowest->begin;
        }
        if (!high.isEmpty()) {
            const std::optional<qint64> highest = highestOf(high, highPlace, lowest);
            if (!highest)
                return {};
            range.high = *highest;
        }
        if (range.low > range.high) {
            fail(highPlace, tr("The range ends before it begins. Write the smaller value first."));
            return {};
        }
        return {range};
    }

    /// Times of day mean the first day on which the range is within the capture: its beginning may lie before that.
    std::optional<Value> lowestOf(QStringView low, qsizetype place, QStringView high, qsizetype highPlace)
    {
        const std::optional<Value> value = valueOf(low, place);
        if (!value || !value->isNextDay || high.isEmpty())
            return value;
        const std::optional<Value> earlier = valueOf(low, place, value->day.addDays(-1));
        const std::optional<qint64> end = highestOf(high, highPlace, earlier);
        return end && m_context.first && *end >= toNs(*m_context.first) ? earlier : value;
    }

    std::optional<qint64> highestOf(QStringView high, qsizetype place, const std::optional<Value> &lowest)
    {
        const QDate day = lowest ? lowest->day : QDate();
        std::optional<Value> value = valueOf(high, place, day);
        // From 23:50 to 00:10 is past midnight.
        if (value && value->isTimeOfDay && day.isValid() && value->begin < lowest->begin)
            value = valueOf(high, place, day.addDays(1));
        return value ? std::optional(compared(u"<=", *value).high) : std::nullopt;
    }

    /// Of a time that comes twice, after means after both, and before means before both.
    static Range compared(QStringView sign, const Value &value)
    {
        if (sign == u">")
            return {value.isDay ? value.end : value.begin + value.againAfter + 1, Highest};
        if (sign == u">=")
            return {value.begin, Highest};
        if (sign == u"<")
            return {Lowest, value.begin - 1};
        return {Lowest, value.isDay ? value.end - 1 : value.begin + value.againAfter};
    }

    std::optional<Value> valueOf(QStringView text, qsizetype place, QDate day = {})
    {
        const bool isQuoted = text.size() >= 2 && text.front() == u'"' && text.back() == u'"';
        const QStringView plain = isQuoted ? text.sliced(1).chopped(1) : text;
        std::optional<Value> value;
        if (m_text.key == FilterKey::Time)
            value = timeLiteral(plain, m_context, day);
        else if (const std::optional<qint64> number = numberOf(plain))
            value = valueOf(*number);
        if (!value)
            fail(place, expected());
        return value;
    }

    static Value valueOf(qint64 number)
    {
        Value value;
        value.begin = number;
        value.end = number + 1;
        return value;
    }

    [[nodiscard]] std::optional<qint64> numberOf(QStringView text) const
    {
        switch (m_text.key) {
        case FilterKey::Size:
        case FilterKey::Wire:
            return byteCount(text);
        case FilterKey::Latency:
            return durationNs(text);
        default:
            return ordinal(text);
        }
    }

    void fail(qsizetype place, const QString &message) { m_error = {message, place}; }

    [[nodiscard]] QString expected() const
    {
        switch (m_text.key) {
        case FilterKey::Size:
        case FilterKey::Wire:
            return tr("A number of bytes is expected here, as in “%1>500”, “%1<=64k” or “%1>1.5M”.")
                .arg(filterKeyInfo(m_text.key).name);
        case FilterKey::Latency:
            return tr("A duration with its unit is expected here, as in “latency>50ms”. Units are ns, us, ms, s, min "
                      "and h.");
        case FilterKey::Time:
            return tr("A time is expected here, as in “time>12:00:01”, “time:12:00..12:05” or "
                      "“time>=2026-11-22T12:00Z”.");
        case FilterKey::Conn:
            return tr("A connection's number is expected here, counted from 1, as in “conn:2”.");
        default:
            return tr("An entry's number is expected here, counted from 1, as in “entry>1000” or “entry:5..9”.");
        }
    }

    const NumberText &m_text;
    const FilterContext &m_context;
    FilterError m_error;
};

} // namespace

std::variant<Condition, FilterError> numberTerm(const NumberText &text, const FilterContext &context)
{
    return NumberReader(text, context).read();
}

} // namespace sockeye::filter
