#pragma once

#include "base/StrongId.h"
#include "base/Time.h"

#include <QList>
#include <QString>
#include <QVariant>

#include <optional>

namespace sockeye {

/// A condition on entries in SQL: what stands after WHERE over the table `entry`, and the values of its `?`. Empty
/// matches all.
///
/// Besides SQL's own, a reader offers these functions over an entry's whole payload; each begins with the entry's
/// `id, size, head` and reads the payload's rest only when the head does not decide:
///
/// Of a payload of more than 16 MiB matches_regex looks at the first 16 MiB, and json_at gives NULL. A pattern or path
/// that makes no sense is an error.
///
///     contains_text(id, size, head, needle, case_sensitive)   holds the bytes of `needle`, folding ASCII case unless
///                                                             case_sensitive is 1
///     matches_regex(id, size, head, pattern, fold_case)       Perl's syntax over the payload as UTF-8; 0 for what is
///                                                             no UTF-8
///     contains_bytes(id, size, head, pattern)                 "de??ad": hex digits, ? for any digit, spaces between
///                                                             bytes do not count
///     json_at(id, size, head, path)                           the value at "$.data[0].price" as SQL's own (a number,
///                                                             a text, 0 or 1 for false and true); NULL for none,
///                                                             for null, and for what is no JSON. An array or object
///                                                             gives its JSON text
struct EntryQuery
{
    QString where;
    QList<QVariant> values;

    /// What `where` says about time, if it does: nothing outside of it matches, so that a reader need not look there.
    std::optional<Timestamp> notBefore = std::nullopt;
    std::optional<Timestamp> notAfter = std::nullopt;
    /// The condition looks at annotations (Annotation.h), which change.
    bool usesAnnotations = false;

    /// Noise, left out of what else matches: pings and pongs...
    bool withoutControl = false;
    /// ...and heartbeats: a short message, ping or pong (at most Entry::HeadSize bytes) that came before with the same
    /// payload, kind and direction, whatever came in between. What counts is what matched before in the whole scan, of
    /// which some ten thousand different payloads are remembered, the latest; a scan that goes on where another of the
    /// same reader ended remembers that one's.
    bool withoutRepeats = false;

    [[nodiscard]] bool matchesAll() const { return where.isEmpty() && !withoutControl && !withoutRepeats; }
    friend bool operator==(const EntryQuery &, const EntryQuery &) = default;
};

} // namespace sockeye
