#include "log/LogSteps.h"

#include "reading/CaptureReader.h"

#include <algorithm>

namespace sockeye {

namespace {

using filter::Condition;

/// Entries looked at in one question: few at first, because the next step is near as a rule.
constexpr qint64 FirstStepSpan = 256;
constexpr qint64 MaxStepSpan = 262'144;
/// However few there are, so that ids which a file from elsewhere claims do not take for ever.
constexpr qint64 FewestStepSpans = 64;

EntryQuery conditionOf(LogStep step, const Entry &from)
{
    switch (step) {
    case LogStep::SameDirection:
        return EntryQuery::of(filter::DirectionIs{{from.direction}});
    case LogStep::Error:
        return {Condition::anyOf({Condition::of(filter::WorstFindingIs{{Severity::Error}}),
                                  Condition::of(filter::EventIs{{EventKind::Failed, EventKind::Broken}})})};
    case LogStep::Connection: {
        const qint64 connection = from.connection.value();
        return {Condition::negation(Condition::of(filter::NumberIn{FilterKey::Conn, {{connection, connection}}}))};
    }
    case LogStep::Finding:
    case LogStep::Bookmark:
        break;
    }
    return EntryQuery::of(filter::HasFeature{{FilterFeature::Finding}});
}

/// The nearest row of these ids, which are in order.
EntryId nearest(const QList<EntryId> &ids, const SelectedRows &rows, bool forward)
{
    const auto isRow = [&rows](EntryId id) { return rows.contains(id); };
    if (forward) {
        const auto found = std::find_if(ids.begin(), ids.end(), isRow);
        return found == ids.end() ? EntryId() : *found;
    }
    const auto found = std::find_if(ids.rbegin(), ids.rend(), isRow);
    return found == ids.rend() ? EntryId() : *found;
}

/// What a repetition is depends on all that came before it, so a query for some rows cannot tell: they are named one
/// by one. False if that would be too many words.
bool spellOut(const SelectedRows &rows, QList<filter::Range> &ids)
{
    constexpr qsizetype MaxSpans = 10'000;
    rows.forEachRun(rows.last().value(), [&ids](const SelectedRows::Run &run) {
        ids.append({run.first.value(), run.last.value()});
        return ids.size() <= MaxSpans;
    });
    return ids.size() <= MaxSpans;
}

} // namespace

Result<EntryId> findStep(const CaptureReader &capture, const SelectedRows &rows, const StepFrom &step,
                         const CancelToken &cancel)
{
    const bool needsEntry = step.step == LogStep::SameDirection || step.step == LogStep::Connection;
    Entry from;
    if (needsEntry && step.from.value() > 0) {
        const Result<Entry> entry = capture.entry(step.from);
        if (!entry)
            return entry.error();
        from = entry.value();
    }
    const EntryQuery condition = conditionOf(step.step, from);
    const qint64 maxSpan = std::max(MaxStepSpan, rows.last().value() / FewestStepSpans);
    EntryId at = step.forward ? step.from + 1 : step.from - 1;
    for (qint64 span = FirstStepSpan; at.value() >= 1 && at <= rows.last() && !cancel.isCancelled();
         span = std::min(span * 4, maxSpan)) {
        const EntryId first = step.forward ? at : std::max(at - (span - 1), EntryId(1));
        const EntryId last = step.forward ? std::min(at + (span - 1), rows.last()) : at;
        EntryId found;
        const Result<> matched = capture.scanner().match(condition, first, last, cancel, [&](const Matches &some) {
            if (step.forward && found.value() > 0)
                return;
            const EntryId here = nearest(some.ids, rows, step.forward);
            found = here.value() > 0 ? here : found;
        });
        if (!matched)
            return matched.error();
        if (found.value() > 0)
            return found;
        at = step.forward ? last + 1 : first - 1;
    }
    return EntryId();
}

Result<SelectionSums> sumsOf(const CaptureReader &capture, const SelectedRows &rows, const CancelToken &cancel)
{
    SelectionSums sums;
    const auto add = [&sums](const EntrySize &entry) {
        sums.first = sums.entries == 0 ? entry.time : std::min(sums.first, entry.time);
        sums.last = sums.entries == 0 ? entry.time : std::max(sums.last, entry.time);
        ++sums.entries;
        sums.bytes += entry.size;
        sums.wireBytes += entry.wireSize;
    };
    Result<> walked;
    rows.forEachSpan(rows.last().value(), [&](const SelectedRows::Span &span) {
        walked = capture.scanner().forEachSize(span.first, span.last, cancel, [&](const EntrySize &entry) {
            if (span.isRun || rows.contains(entry.id))
                add(entry);
        });
        return walked.ok() && !cancel.isCancelled();
    });
    if (!walked)
        return walked.error();
    return sums;
}

EntryQuery queryOf(const SelectedRows &rows, const EntryQuery &shown)
{
    QList<filter::Range> ids;
    if (shown.withoutRepeats && spellOut(rows, ids))
        return EntryQuery::of(filter::IdAmong{ids});
    ids.clear();
    for (const auto &[first, last] : rows.ranges())
        ids.append({rows.entryAt(first).value(), rows.entryAt(last).value()});
    EntryQuery query = shown;
    const Condition isChosen = Condition::of(filter::IdAmong{ids});
    query.condition = shown.condition.matchesAll() ? isChosen : Condition::allOf({shown.condition, isChosen});
    return query;
}

} // namespace sockeye
