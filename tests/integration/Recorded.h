#pragma once

#include "base/Result.h"
#include "record/ConnectionRecord.h"
#include "record/Entry.h"

#include <QList>

#include <optional>

namespace sockeye::test {

/// An entry of a capture with all that is known of it.
struct RecordedEntry
{
    Entry entry;
    QByteArray payload;
    FrameHeaders frames;
    Findings findings;
};

/// A small capture read whole, so that a test can look at it from every side.
struct Recorded
{
    QList<RecordedEntry> entries;
    QList<ConnectionRecord> connections;

    [[nodiscard]] QList<RecordedEntry> of(EntryKind kind, Direction direction) const;
    /// Payloads of the text and binary messages of one direction, in order.
    [[nodiscard]] QList<QByteArray> messages(Direction direction) const;
    /// The last event; None if there is none.
    [[nodiscard]] EventKind lastEvent() const;
};

[[nodiscard]] Result<Recorded> readCapture(const QString &path);

/// What is wrong with the recorded header bytes of a message that was not broken: they must decode to the fields they
/// stand for, and these must fit the entry, RSV1 on the first frame of a compressed one and nowhere else (RFC 7692
/// section 6). Empty if all is well.
[[nodiscard]] QString headerProblem(const RecordedEntry &recorded);
/// The first headerProblem() in the capture.
[[nodiscard]] QString headerProblem(const Recorded &recorded);

} // namespace sockeye::test
