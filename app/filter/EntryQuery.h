#pragma once

#include "base/Time.h"
#include "filter/Condition.h"
#include "filter/MessageTerms.h"

#include <memory>
#include <optional>

namespace sockeye {

/// Which entries are wanted: a condition on each, and whether noise is left out. A plain value, cheap to copy, also
/// into another thread. The default matches all.
struct EntryQuery
{
    filter::Condition condition;

    /// Noise, left out of what else matches: pings and pongs...
    bool withoutControl = false;
    /// ...and heartbeats: a short message, ping or pong (at most Entry::HeadSize bytes) that came before with the same
    /// payload, kind and direction, whatever came in between. What counts is what matched before in the whole scan, of
    /// which some ten thousand different payloads are remembered, the latest; a scan that goes on where another of the
    /// same reader ended remembers that one's.
    bool withoutRepeats = false;

    /// How messages are decoded where the condition asks for what they say; without it none of them says anything.
    std::shared_ptr<const filter::MessageDecoding> decoding = nullptr;

    /// A query of this term alone.
    [[nodiscard]] static EntryQuery of(filter::Term term) { return {filter::Condition::of(std::move(term))}; }

    [[nodiscard]] bool matchesAll() const { return condition.matchesAll() && !withoutControl && !withoutRepeats; }
    [[nodiscard]] bool usesMessages() const { return condition.usesMessages(); }
    [[nodiscard]] bool usesAnnotations() const { return condition.usesAnnotations(); }
    /// What the condition says about time, if it does: nothing outside of it matches.
    [[nodiscard]] std::optional<Timestamp> notBefore() const
    {
        const qint64 low = condition.times().low;
        return low == filter::Range::Lowest ? std::nullopt : std::optional(timestampFromNs(low));
    }
    [[nodiscard]] std::optional<Timestamp> notAfter() const
    {
        const qint64 high = condition.times().high;
        return high == filter::Range::Highest ? std::nullopt : std::optional(timestampFromNs(high));
    }
    friend bool operator==(const EntryQuery &, const EntryQuery &) = default;
};

} // namespace sockeye
