#include "filter/Condition.h"

#include <algorithm>

namespace sockeye::filter {

namespace {

bool isAboutAnnotations(FilterFeature feature)
{
    return feature == FilterFeature::Bookmark || feature == FilterFeature::Note || feature == FilterFeature::Colour;
}

constexpr Range NoTimes{Range::Highest, Range::Lowest};

Range united(const Range &a, const Range &b)
{
    return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

Range intersected(const Range &a, const Range &b)
{
    return {std::max(a.low, b.low), std::min(a.high, b.high)};
}

Range timesOf(const Term &term)
{
    const auto *numbers = std::get_if<NumberIn>(&term);
    if (!numbers || numbers->of != FilterKey::Time || numbers->any.isEmpty())
        return {};
    Range times = NoTimes;
    for (const Range &range : numbers->any)
        times = united(times, range);
    return times;
}

} // namespace

Condition Condition::of(Term term)
{
    return {Type::Leaf, {}, std::move(term)};
}

Condition Condition::allOf(QList<Condition> parts)
{
    return {Type::All, std::move(parts), {}};
}

Condition Condition::anyOf(QList<Condition> parts)
{
    return {Type::Any, std::move(parts), {}};
}

Condition Condition::negation(Condition part)
{
    return {Type::Not, {std::move(part)}, {}};
}

Range Condition::times() const
{
    if (type == Type::Leaf)
        return timesOf(term);
    if (type == Type::Not || parts.isEmpty())
        return {};
    Range times = type == Type::Any ? NoTimes : Range();
    for (const Condition &part : parts)
        times = type == Type::Any ? united(times, part.times()) : intersected(times, part.times());
    return times;
}

bool Condition::usesAnnotations() const
{
    if (const auto *features = std::get_if<HasFeature>(&term); type == Type::Leaf && features)
        return std::any_of(features->any.cbegin(), features->any.cend(), isAboutAnnotations);
    return std::any_of(parts.cbegin(), parts.cend(), [](const Condition &part) { return part.usesAnnotations(); });
}

QList<Term> Condition::messageTerms() const
{
    if (type == Type::Leaf) {
        const auto *numbers = std::get_if<NumberIn>(&term);
        const bool isOne = std::holds_alternative<FieldIs>(term) || std::holds_alternative<MessageIs>(term) ||
                           (numbers && numbers->of == FilterKey::Latency);
        return isOne ? QList<Term>{term} : QList<Term>();
    }
    QList<Term> terms;
    for (const Condition &part : parts) {
        for (const Term &one : part.messageTerms()) {
            if (!terms.contains(one))
                terms += one;
        }
    }
    return terms;
}

bool operator==(const Condition &a, const Condition &b)
{
    return a.type == b.type && a.parts == b.parts && a.term == b.term;
}

} // namespace sockeye::filter
