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
    return {entry, std::make_shared<const ComparedNodes>(ComparedNodes{before, compareNodes(*before, now)}), {}, 0, {}};
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

/// What `compare` makes of the nearest entry before that is of the same connection, direction and kind, and of which it
/// makes something.
template<typename Compare>
Result<std::optional<ComparedMessage>> nearestBefore(const CaptureReader &capture, const Entry &entry,
                                                     const CancelToken &cancel, const Compare &compare)
{
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
            Result<std::optional<ComparedMessage>> compared = compare(*other);
            if (!compared || compared.value())
                return compared;
        }
        end = begin;
    }
    return std::optional<ComparedMessage>();
}

/// Piece by piece, so that it can be cancelled; none then, and for a payload that is too long.
Result<std::optional<QByteArray>> comparedPayload(const CaptureReader &capture, const Entry &entry,
                                                  const CancelToken &cancel)
{
    constexpr qint64 Piece = 4 * 1024 * 1024;
    if (entry.size > MaxComparedBytes)
        return std::optional<QByteArray>();
    QByteArray payload;
    payload.reserve(entry.size);
    while (payload.size() < entry.size) {
        if (cancel.isCancelled())
            return std::optional<QByteArray>();
        const auto piece = capture.payload(entry.id, payload.size(), Piece);
        if (!piece)
            return piece.error();
        // Less was kept than there was.
        if (piece.value().isEmpty())
            break;
        payload += piece.value();
    }
    return std::optional(payload);
}

/// `before` without what it was compared to.
Result<std::optional<ComparedMessage>> comparedBytes(const CaptureReader &capture, const Entry &entry,
                                                     ComparedMessage before, const QByteArray &bytes,
                                                     const CancelToken &cancel)
{
    const auto now = comparedPayload(capture, entry, cancel);
    if (!now)
        return now.error();
    if (!now.value())
        return std::optional<ComparedMessage>();
    auto diff = compareBytes(bytes, *now.value(), [&cancel] { return !cancel.isCancelled(); });
    if (!diff)
        return std::optional<ComparedMessage>();
    before.bytes = std::make_shared<const ByteDiff>(std::move(*diff));
    before.size = bytes.size();
    return std::optional(before);
}

} // namespace

Result<std::optional<ComparedMessage>> compareWithPrevious(const CaptureReader &capture, const Entry &entry,
                                                           const NodeTree &now, const FormatSet &formats,
                                                           const CancelToken &cancel)
{
    return nearestBefore(capture, entry, cancel,
                         [&, shape = shapeOf(now)](const Entry &other) -> Result<std::optional<ComparedMessage>> {
                             const auto tree = treeOf(capture, other.id, formats, cancel);
                             if (!tree)
                                 return tree.error();
                             const bool isAlike = tree.value() && shapeOf(*tree.value()) == shape;
                             return isAlike ? std::optional(comparedWith(other.id, tree.value(), now)) : std::nullopt;
                         });
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

Result<std::optional<ComparedMessage>> compareBytesWithPrevious(const CaptureReader &capture, const Entry &entry,
                                                                const CancelToken &cancel)
{
    return nearestBefore(capture, entry, cancel,
                         [&](const Entry &other) { return compareBytesWithEntry(capture, entry, other.id, cancel); });
}

Result<std::optional<ComparedMessage>> compareBytesWithEntry(const CaptureReader &capture, const Entry &entry,
                                                             EntryId other, const CancelToken &cancel)
{
    const auto before = capture.entry(other);
    if (!before)
        return before.error();
    const auto bytes = comparedPayload(capture, before.value(), cancel);
    if (!bytes)
        return bytes.error();
    if (!bytes.value())
        return std::optional<ComparedMessage>();
    return comparedBytes(capture, entry, {other, {}, {}, 0, {}}, *bytes.value(), cancel);
}

Result<std::optional<ComparedMessage>> compareBytesWithText(const CaptureReader &capture, const Entry &entry,
                                                            const QByteArray &text, const CancelToken &cancel)
{
    return comparedBytes(capture, entry, {EntryId(), {}, {}, 0, text}, text, cancel);
}

} // namespace sockeye
