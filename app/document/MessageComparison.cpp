#include "document/MessageComparison.h"

#include "decode/NodeShape.h"
#include "document/EntryDetails.h"
#include "formats/MessageDecoder.h"

#include <algorithm>

namespace sockeye {

namespace {

/// Entries that are read at once.
constexpr qint64 ComparedPage = 100;

ComparedMessage comparedWith(EntryId entry, const std::shared_ptr<const NodeTree> &before, const NodeTree &now)
{
    return {entry, std::make_shared<const ComparedNodes>(ComparedNodes{before, compareNodes(*before, now)})};
}

GoOn goesOn(const CancelToken &cancel)
{
    return [cancel](qsizetype) { return !cancel.isCancelled(); };
}

/// What an entry says; null if it says nothing, or is too long to be looked at.
Result<std::shared_ptr<const NodeTree>> treeOf(const CaptureReader &capture, EntryId id, const FormatSet &formats,
                                               const CancelToken &cancel)
{
    const auto details = EntryDetails::read(capture, id, formats);
    if (!details)
        return details.error();
    const EntryDetails &read = details.value();
    std::shared_ptr<const NodeTree> tree;
    if (read.isCut())
        return tree;
    const DecodeInput input{read.text, read.entry.kind != EntryKind::Binary, read.entry.direction, read.subprotocol,
                            read.before};
    if (const auto decoded = decodeMessage(input, goesOn(cancel), nullptr, {}, formats))
        tree = decoded->tree;
    return tree;
}

} // namespace

Result<std::optional<ComparedMessage>> compareWithPrevious(const CaptureReader &capture, const Entry &entry,
                                                           const NodeTree &now, const FormatSet &formats,
                                                           const CancelToken &cancel)
{
    const QByteArray shape = shapeOf(now);
    const qint64 oldest = std::max<qint64>(1, entry.id.value() - MaxComparedBack);
    for (qint64 end = entry.id.value(); end > oldest;) {
        const qint64 begin = std::max(oldest, end - ComparedPage);
        const auto page = capture.entries(EntryId(begin), static_cast<int>(end - begin));
        if (!page)
            return page.error();
        for (auto other = page.value().crbegin(); other != page.value().crend(); ++other) {
            if (cancel.isCancelled())
                return std::optional<ComparedMessage>();
            if (other->id >= entry.id || other->connection != entry.connection || other->kind != entry.kind ||
                other->direction != entry.direction)
                continue;
            const auto tree = treeOf(capture, other->id, formats, cancel);
            if (!tree)
                return tree.error();
            if (tree.value() && shapeOf(*tree.value()) == shape)
                return std::optional(comparedWith(other->id, tree.value(), now));
        }
        end = begin;
    }
    return std::optional<ComparedMessage>();
}

Result<std::optional<ComparedMessage>> compareWithEntry(const CaptureReader &capture, EntryId entry,
                                                        const NodeTree &now, const FormatSet &formats,
                                                        const CancelToken &cancel)
{
    const auto tree = treeOf(capture, entry, formats, cancel);
    if (!tree)
        return tree.error();
    return tree.value() ? std::optional(comparedWith(entry, tree.value(), now)) : std::nullopt;
}

std::optional<ComparedMessage> compareWithText(const QByteArray &text, const NodeTree &now, const FormatSet &formats,
                                               const CancelToken &cancel)
{
    const auto decoded = decodeMessage({text, true, Direction::None, {}}, goesOn(cancel), nullptr, {}, formats);
    return decoded ? std::optional(comparedWith(EntryId(), decoded->tree, now)) : std::nullopt;
}

} // namespace sockeye
