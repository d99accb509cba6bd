#pragma once

#include "wire/Frame.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace sockeye {

/// Says as what some messages of a connection are read. Of several that fit a message the first counts.
struct DecodeRule
{
    /// Which messages, or payloads in messages, it is about.
    enum class About : quint8 { Any, Text, Binary };

    About about = About::Any;
    /// None for both.
    Direction direction = Direction::None;
    /// Not empty: what messages of other protocols carry under this topic (NodeBuilder::setTopic()), as MQTT writes
    /// it: "+" stands for one level, "#" for all that follow; "*" for any characters.
    QString topic;
    /// The id of a format, or a chain of them: "gzip > msgpack" (FormatSet::find()); FormatSet::ByContent for what
    /// fits each message.
    QString format;
    /// It was made by choosing a format for a message that is shown, and goes when another one is chosen there.
    bool isChoice = false;

    friend bool operator==(const DecodeRule &, const DecodeRule &) = default;
};

/// How the user wants the messages of a connection to be read, beside what they say themselves. Part of a profile.
struct DecodeOptions
{
    QList<DecodeRule> rules;
    /// Folders of .proto files, single ones, and descriptor sets: what messages of Protocol Buffers look like.
    QStringList schemas;
    /// Descriptions of structs, as docs/structs.md has them; each names the struct that a message is.
    QStringList structs;
    /// Where the ids stand that join requests and answers, of messages whose protocol says nothing of them: "$.id"
    /// (search/FieldPath.h). Empty for what the protocols say.
    QString requestPath = {};

    [[nodiscard]] bool isEmpty() const
    {
        return rules.isEmpty() && schemas.isEmpty() && structs.isEmpty() && requestPath.isEmpty();
    }
    friend bool operator==(const DecodeOptions &, const DecodeOptions &) = default;
};

/// Whether a rule's topic is this one.
[[nodiscard]] bool isTopicMatched(QStringView pattern, QStringView topic);

} // namespace sockeye
