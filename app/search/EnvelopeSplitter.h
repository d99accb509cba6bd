#pragma once

#include <QByteArrayView>

#include <optional>

namespace sockeye {

/// A part of a payload: a JSON value with the white space around it, or what a protocol put around or between values.
struct EnvelopePart
{
    enum class Kind : quint8 {
        /// May still turn out to be no JSON: only its beginning was looked at, and where it ends.
        Json,
        /// Nothing that is known here.
        Text,
        ByteOrderMark,
        /// What keeps a JSON text from being run as a script: `)]}',` or `while(1);`.
        Guard,
        /// The byte 1e of SignalR and of RFC 7464.
        RecordSeparator,
        /// The byte 00 that ends a STOMP frame, with the line ends behind it.
        Null,
        /// `0` before an Engine.IO handshake, `4` before a message.
        EngineIo,
        /// All that stands before the JSON of a Socket.IO packet: `42`, `451-/admin,17`.
        SocketIo,
        /// `a`, `c` or `m`.
        SockJs,
        /// Command and headers of a STOMP frame, to the end of the blank line.
        StompHead,
    };

    Kind kind = Kind::Text;
    /// Bytes of the payload.
    qsizetype begin = 0;
    qsizetype size = 0;

    friend bool operator==(const EnvelopePart &, const EnvelopePart &) = default;
};

/// Finds the JSON values in a payload that is more than one JSON text: Engine.IO, Socket.IO, SockJS, STOMP, SignalR,
/// JSON Lines, a byte order mark, a guard. Its parts follow each other without gaps and make up the whole payload,
/// whatever the bytes are. It takes time by the payload's length and no memory; the payload must outlive it.
class EnvelopeSplitter final
{
public:
    explicit EnvelopeSplitter(QByteArrayView payload);

    /// The next part; nothing after the last one.
    [[nodiscard]] std::optional<EnvelopePart> next();
    [[nodiscard]] QByteArrayView bytes(const EnvelopePart &part) const
    {
        return m_payload.sliced(part.begin, part.size);
    }

private:
    enum class Place : quint8 { Beginning, AfterMark, RecordBegin, Value };

    /// Where a byte stands next. It is looked for again only behind the place that was found, so that all searches
    /// together pass over the payload once.
    class NextByte final
    {
    public:
        explicit NextByte(char byte)
            : m_byte(byte)
        {
        }
        /// The payload's size if there is none at or behind `from`.
        [[nodiscard]] qsizetype at(QByteArrayView payload, qsizetype from);

    private:
        char m_byte;
        qsizetype m_at = -1;
    };

    [[nodiscard]] EnvelopePart take(EnvelopePart::Kind kind, qsizetype size);
    [[nodiscard]] EnvelopePart record();
    [[nodiscard]] EnvelopePart stompFrame();
    [[nodiscard]] EnvelopePart value();
    [[nodiscard]] qsizetype valueSize(QByteArrayView rest);

    QByteArrayView m_payload;
    qsizetype m_at = 0;
    qsizetype m_recordEnd = 0;
    Place m_place = Place::Beginning;
    bool m_isStomp = false;
    /// Whether a value of this record was taken.
    bool m_hasValue = false;
    NextByte m_null{'\0'};
    NextByte m_separator{'\x1e'};
    NextByte m_lineBreak{'\n'};
};

} // namespace sockeye
