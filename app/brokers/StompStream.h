#pragma once

#include "decode/Decoder.h"

#include <QList>

#include <optional>

namespace sockeye::stomp {

/// A frame of STOMP may begin in one message and end in another: clients split long ones, and servers send pieces as
/// they come.

[[nodiscard]] bool isFrameCommand(QByteArrayView line);

/// A line without its end.
struct Line
{
    qsizetype begin = 0;
    qsizetype end = 0;
    /// Of the next line.
    qsizetype next = 0;
};
/// Nothing if it does not end.
[[nodiscard]] std::optional<Line> lineAt(QByteArrayView bytes, qsizetype at);
/// Behind the line ends that stand there.
[[nodiscard]] qsizetype behindLineEnds(QByteArrayView bytes, qsizetype at);

/// Where the frames of these bytes end, in order, as far as they are whole, and line ends between and behind them.
/// `total` gets the size of the one that is not whole, 0 where that is not told or there is none.
struct FrameEnds
{
    QList<qsizetype> ends;
    qint64 total = 0;
    /// What stands behind the last one is no frame.
    bool isBroken = false;
};
[[nodiscard]] FrameEnds frameEnds(QByteArrayView bytes);

/// Whether a message is whole frames of its own, though a frame before it has a content-length that takes it for its
/// own: which is wrong then.
[[nodiscard]] bool beginsAnew(QByteArrayView bytes, const Conversation::Side &side);

/// How many bytes of a message belong to a frame that was too long to be kept.
[[nodiscard]] qsizetype skippedBytes(QByteArrayView bytes, const Conversation::Side &side);

/// Takes note of what a message leaves open.
void followStream(const DecodeInput &input, Conversation &conversation);

} // namespace sockeye::stomp
