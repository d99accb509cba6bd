#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <memory>
#include <optional>

namespace sockeye {

/// permessage-deflate as it is offered (RFC 7692 section 7.1). The window bits are 8 to 15; 15 is the default and is
/// not named in the offer, but that client_max_window_bits is understood always is.
struct DeflateOptions
{
    bool offered = true;
    bool serverNoContextTakeover = false;
    bool clientNoContextTakeover = false;
    int serverMaxWindowBits = 15;
    int clientMaxWindowBits = 15;

    friend bool operator==(const DeflateOptions &, const DeflateOptions &) = default;
};

/// permessage-deflate as agreed on. "server" is how the peer compresses, "client" how we do.
struct DeflateParameters
{
    bool serverNoContextTakeover = false;
    bool clientNoContextTakeover = false;
    int serverMaxWindowBits = 15;
    int clientMaxWindowBits = 15;

    friend bool operator==(const DeflateParameters &, const DeflateParameters &) = default;
};

/// What Sec-WebSocket-Extensions offers: "permessage-deflate; client_max_window_bits"; empty if nothing is offered.
[[nodiscard]] QByteArray deflateOffer(const DeflateOptions &options);
/// Reads the server's extensions (the elements of its Sec-WebSocket-Extensions) against the elements that were offered.
/// None if compression was not agreed on; an error names what the answer may not say (RFC 7692 section 7.1: unknown,
/// repeated or unoffered parameters, window bits that are out of range, an accepted extension that was not offered).
[[nodiscard]] Result<std::optional<DeflateParameters>> parseDeflateAnswer(const QList<QByteArray> &offered,
                                                                          const QList<QByteArray> &answered);

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
    /// Leaves a message that cannot be inflated, for those who want to go on. Where messages hang together (context
    /// takeover) the ones that follow are corrupt as well; else they start anew.
    void giveUpMessage();
    /// What is wrong with corrupt data, in words.
    [[nodiscard]] QString errorText() const;

private:
    class Stream;
    std::unique_ptr<Stream> m_stream;
    bool m_noContextTakeover;
    /// A message before this one could not be inflated, and what it would have left in the window is missing.
    bool m_contextIsLost = false;
};

} // namespace sockeye
