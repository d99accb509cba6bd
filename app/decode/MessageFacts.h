#pragma once

#include <QByteArray>

#include <vector>

namespace sockeye {

/// What a message is in the words of its protocol, for those who group, join and filter messages. All UTF-8.
struct MessageFacts
{
    /// What the message has to do with one of the other side: what asks and what answers say the same id.
    struct Exchange
    {
        enum class Role : quint8 {
            Asks,     ///< it waits for an answer
            Answers,  ///< the answer, with which it is done
            Fails,    ///< likewise, and it says that something went wrong
            Continues ///< an answer, and more may come
        };

        Role role = Role::Asks;
        /// Tells it from all others of the connection that the same side asks and that wait at the same time:
        /// "publish 7", "/chat 12".
        QByteArray id;
        /// Of what asks: what it wants, for a table of calls: "Network.enable", "emit price", "PUBLISH", the name or the
        /// kind or both, so that those of a row can be filtered for. May be empty.
        QByteArray method = {};

        friend bool operator==(const Exchange &, const Exchange &) = default;
    };
    /// More are not kept of a message.
    static constexpr size_t MaxExchanges = 1'000;

    /// Of the protocol: "PUBLISH", "emit", "Invocation". Empty where the format knows no kinds: plain JSON.
    QByteArray kind;
    /// What it is about, where the protocol gives it a name: an event, a method, a target.
    QByteArray name;
    /// An MQTT topic, a STOMP destination, a Phoenix topic.
    QByteArray topic;
    std::vector<Exchange> exchanges;

    [[nodiscard]] bool isEmpty() const
    {
        return kind.isEmpty() && name.isEmpty() && topic.isEmpty() && exchanges.empty();
    }
    friend bool operator==(const MessageFacts &, const MessageFacts &) = default;
};

} // namespace sockeye
