#pragma once

#include "wire/DeflateAgreement.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace sockeye {

/// Compresses the messages of one direction (RFC 7692 section 7.2.1). Not thread-safe.
class Deflater final
{
public:
    Deflater(int windowBits, bool noContextTakeover);
    ~Deflater();
    Deflater(const Deflater &) = delete;
    Deflater &operator=(const Deflater &) = delete;

    /// A whole message's payload as it goes on the wire, without the empty block at its end.
    [[nodiscard]] QByteArray deflate(QByteArrayView payload);

private:
    class Stream;
    std::unique_ptr<Stream> m_stream;
    bool m_noContextTakeover;
};

/// Inflates the messages of one direction (RFC 7692 section 7.2.2), any split of the bytes. Memory grows with what is
/// inflated, at most by the limit given. After anything but Ok it gives up the message. Not thread-safe.
class Inflater final
{
public:
    enum class Status : quint8 {
        Ok,
        TooLarge,  ///< more than the limit comes out
        Corrupt,   ///< no DEFLATE data (RFC 1951)
        Truncated, ///< the message ends inside a block
    };

    Inflater(int windowBits, bool noContextTakeover);
    ~Inflater();
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;

    /// Appends to `payload` what the bytes inflate to, as long as it holds at most `limit` bytes.
    [[nodiscard]] Status inflate(QByteArrayView bytes, qint64 limit, QByteArray &payload);
    /// The message has ended.
    [[nodiscard]] Status finishMessage(qint64 limit, QByteArray &payload);
    /// Whether the message that finishMessage() finished last ended with a block marked as the last one and without the
    /// empty byte that must follow it (RFC 7692 section 7.2.3.4). It was inflated all the same.
    [[nodiscard]] bool endedWithLastBlock() const { return m_endedWithLastBlock; }
    /// Leaves a message that cannot be inflated, for those who want to go on. Where messages hang together (context
    /// takeover) the ones that follow are corrupt as well; else they start anew.
    void giveUpMessage();
    /// An earlier message could not be inflated, and so no later one can: messages hang together here.
    [[nodiscard]] bool hasLostContext() const { return m_contextIsLost; }
    /// What is wrong with corrupt data, in words.
    [[nodiscard]] QString errorText() const;

private:
    class Stream;
    std::unique_ptr<Stream> m_stream;
    bool m_noContextTakeover;
    /// A message before this one could not be inflated, and what it would have left in the window is missing.
    bool m_contextIsLost = false;
    /// The bytes so far end with a block marked as the last one of the stream.
    bool m_isAfterLastBlock = false;
    bool m_endedWithLastBlock = false;
};

} // namespace sockeye
