#pragma once

#include "base/Result.h"
#include "fields/MessageWalk.h"

#include <QList>
#include <QStringList>

namespace sockeye::test {

/// A message of a capture and what it says, as the window has it.
struct SpokenMessage
{
    EntryId id;
    ConnectionId connection;
    Direction direction = Direction::None;
    Timestamp time;
    /// The id of its format; empty for none.
    QString format;
    Certainty certainty = Certainty::None;
    NodeTree tree;

    /// The texts of the values at this path, in their order, notes aside.
    [[nodiscard]] QStringList at(const QString &path) const;
};

/// All messages of a capture.
struct Spoken
{
    QList<SpokenMessage> messages;

    /// What they say in a line each: those of one direction, of one connection.
    [[nodiscard]] QStringList lines(Direction direction, ConnectionId connection = ConnectionId(1)) const;
    /// The first message whose line begins with these words; null if there is none.
    [[nodiscard]] const SpokenMessage *find(QStringView words) const;
    /// What is wrong with one that is not known for certain to be of one of these formats, or is broken; empty if all
    /// are well.
    [[nodiscard]] QString problem(const QStringList &formats) const;
};

[[nodiscard]] Result<Spoken> readSpoken(const QString &path);

} // namespace sockeye::test
