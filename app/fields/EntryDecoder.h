#pragma once

#include "base/Job.h"
#include "filter/MessageTerms.h"
#include "formats/MessageDecoder.h"

#include <QHash>

#include <map>
#include <memory>

namespace sockeye {

class CaptureReader;
class ConversationReader;

/// Decodes the messages of a capture one after another, each by the formats of the user and with what the messages
/// before it decide. Entries come in ascending order, all or some; where all come, nothing is read twice. One thread.
class EntryDecoder final
{
public:
    /// Longer payloads are not looked into.
    static constexpr qint64 MaxSize = 1024 * 1024;
    /// Nodes of a message that are kept, and bytes that are unpacked of it.
    static constexpr qint32 MaxNodes = 20'000;
    static constexpr qsizetype MaxUnpacked = 1024 * 1024;

    /// What a message says. The tree is null for what no format fits, and for what is too long to be looked into; it is
    /// valid until the next entry.
    struct Decoded
    {
        const NodeTree *tree = nullptr;
        const Decoder *format = nullptr;
        Certainty certainty = Certainty::None;
        /// It was told to give up before it was known what comes before the message: another try may say more.
        bool isGivenUp = false;
    };

    /// The capture outlives it.
    EntryDecoder(const CaptureReader &capture, std::shared_ptr<const FormatSet> formats);
    ~EntryDecoder();
    EntryDecoder(const EntryDecoder &) = delete;
    EntryDecoder &operator=(const EntryDecoder &) = delete;

    [[nodiscard]] const FormatSet &formats() const { return *m_formats; }
    /// Whether trees have the line that says what a message holds; false at first, which costs less.
    void setSummarized(bool isSummarized) { m_wantsSummary = isSummarized; }
    /// Gives up what takes long: following a connection from far before an entry.
    void setCancel(const CancelToken &cancel) { m_cancel = cancel; }
    /// Of what is no message, nothing. What was decoded last is given again for the same entry.
    [[nodiscard]] const Decoded &decode(const filter::PassedEntry &entry);

private:
    /// A connection, and who follows its messages if they depend on each other.
    struct Lane
    {
        QString subprotocol;
        std::unique_ptr<ConversationReader> conversation;
        /// Until it is known who does: how many messages have come, and at which it is asked again.
        qint64 messages = 0;
        qint64 nextChoice = 0;
    };

    [[nodiscard]] Lane &laneOf(ConnectionId connection);
    void choose(ConnectionId connection, Lane &lane) const;
    [[nodiscard]] bool decodeMessage(const filter::PassedEntry &entry, Lane &lane);

    const CaptureReader &m_capture;
    std::shared_ptr<const FormatSet> m_formats;
    std::map<ConnectionId, Lane> m_lanes;
    NodeTree m_tree;
    Decoded m_decoded;
    bool m_wantsSummary = false;
    CancelToken m_cancel;
    EntryId m_last;
    /// All entries from here to the last one have come.
    EntryId m_allFrom;
};

} // namespace sockeye
