#pragma once

#include "wire/Frame.h"

#include <QByteArray>
#include <QList>
#include <QMap>

#include <utility>

namespace sockeye {

/// What the earlier messages of a connection decide about the next one. A value: copies are cheap, and are the
/// checkpoints from which a message in the middle of a long session is decoded.
struct Conversation
{
    /// Messages of one direction.
    struct Side
    {
        /// Longer beginnings are not kept.
        static constexpr qsizetype MaxBegun = 256 * 1024;
        static constexpr qsizetype MaxNames = 10'000;

        /// What messages so far have begun and the next ones go on with: bytes that stand before those of the next.
        QByteArray begun;
        /// In how many messages these bytes were.
        qint32 messages = 0;
        /// Bytes that are still to come of something whose beginning was too long to be kept.
        qint64 skipped = 0;
        /// What numbers stand for: topic aliases.
        QMap<quint32, QByteArray> names;
        /// Attachments: messages that belong to one before them. `announced` is how many there are, `awaited` how many
        /// are still to come, `event` what they belong to, in the words of the protocol.
        qint32 announced = 0;
        qint32 awaited = 0;
        QByteArray event;
        /// Questions that the other side has not answered, the oldest first: what names one, and what it is about.
        static constexpr qsizetype MaxAsked = 1'000;
        QList<std::pair<QByteArray, QByteArray>> asked;
        /// Records that were defined, by their number: the names of their values in UTF-8, each with a byte ff behind
        /// it.
        QMap<quint32, QByteArray> records;
        /// Its messages are one stream that is compressed, and has begun. `window` is the last of what was unpacked,
        /// which the next messages refer to.
        bool isStream = false;
        QByteArray window;

        friend bool operator==(const Side &, const Side &) = default;
    };

    /// The id of the format whose messages were followed; empty as long as none has said anything. Users may have a
    /// message read as another one, to which it means nothing.
    QByteArray format;
    Side in;
    Side out;
    /// Of the protocol, as it counts them; 0 while that is not known.
    quint8 version = 0;

    [[nodiscard]] Side &side(Direction direction) { return direction == Direction::Out ? out : in; }
    [[nodiscard]] const Side &side(Direction direction) const { return direction == Direction::Out ? out : in; }
    friend bool operator==(const Conversation &, const Conversation &) = default;
};

} // namespace sockeye
