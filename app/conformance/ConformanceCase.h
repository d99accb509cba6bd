#pragma once

#include "conformance/CasePayload.h"
#include "conformance/PeerFrames.h"

#include <QList>

namespace sockeye::conformance {

/// Parameters of permessage-deflate (RFC 7692 section 7.1) as a server answers them. 0 bits: not mentioned.
struct DeflateAnswer
{
    bool serverNoContextTakeover = false;
    bool clientNoContextTakeover = false;
    int serverMaxWindowBits = 0;
    int clientMaxWindowBits = 0;
};

/// One line of a case: something that is done to the subject, or something that it must do. README.md describes the
/// words.
struct Step
{
    enum class Kind : quint8 {
        Pieces,     ///< from here on writes are cut into pieces of `count` bytes; 0: a write per frame
        Frame,      ///< sends a frame, or a message in fragments
        Header,     ///< sends only the header of a frame that announces `count` bytes
        Bytes,      ///< sends bytes as they are
        Trips,      ///< `count` times: sends a message and waits for its echo
        Echo,       ///< the oldest message not yet echoed comes back
        MaybeEcho,  ///< it may come back, or not
        Pong,       ///< a pong for the oldest ping not yet answered
        Pongs,      ///< pongs for all pings, in order; fewer that end with the last are not strict
        Nothing,    ///< nothing comes for `count` milliseconds
        EarlyFail,  ///< the connection is failed within `count` milliseconds; otherwise it is not strict and goes on
        Close,      ///< a close frame with one of the codes; the case ends
        Fail,       ///< likewise from a subject that fails the connection; TCP ended without it is not strict
        FailOrDrop, ///< likewise, or TCP ended without it
        End         ///< the subject closes or ends TCP, however it likes
    };

    Kind kind = Kind::Frame;
    quint8 opcode = 0;
    bool fin = true;
    quint8 rsv = 0;
    bool compressed = false;
    /// With a mask where there must be none, and without one where there must.
    bool wronglyMasked = false;
    /// Payload bytes per fragment; 0: one frame.
    qsizetype fragmentSize = 0;
    qsizetype count = 0;
    CasePayload payload;
    /// 1005 stands for a close frame without a code.
    QList<quint16> codes;
};

struct HeaderLine
{
    QByteArray name;
    QByteArray value;
};

/// A client's opening request as a case wants it, and what the server must make of it (RFC 6455 section 4.2). By
/// default it is a valid one.
struct OpeningScript
{
    QByteArray method = "GET";
    /// "1.1"
    QByteArray httpVersion = "1.1";
    /// Headers that a valid request has and this one has not.
    QList<QByteArray> without;
    /// Further header lines.
    QList<HeaderLine> lines;
    /// The request is written in pieces of so many bytes; 0: whole.
    qsizetype pieceSize = 0;

    /// Not empty: the request must be refused, best with one of these statuses; then the case ends.
    QList<int> statuses;
    /// Header lines that the reply must have: the value as one of a list.
    QList<HeaderLine> answered;
    /// Headers that it must not have.
    QList<QByteArray> absent;
};

/// What one connection does to a client or a server, and what that must do about it: a value, read from the files in
/// cases/.
struct ConformanceCase
{
    /// In the numbering of the public Autobahn test suite: "1.1.1". From 20 on cases of our own.
    QString id;
    QString family;
    /// What is done to the subject, and what one that echoes data messages must do: for people.
    QString title;
    QString expectation;
    /// None: for clients and servers.
    std::optional<Subject> onlyFor;
    OpeningScript opening;
    /// To a client that is put to the test: acceptable answers to its offer of permessage-deflate, the preferred one
    /// first; none: no extension is agreed on. To a server: offers, with the roles turned round.
    QList<DeflateAnswer> deflate;
    QList<Step> steps;

    [[nodiscard]] bool isFor(Subject subject) const;
    /// Whether a subject that passes must have failed the connection.
    [[nodiscard]] bool isFailed() const;
};

/// How the subject did.
enum class Verdict : quint8 {
    Passed,
    NonStrict,   ///< it did what it may do, but not what is best (a bad text refused only at its end)
    Unsupported, ///< it does not know what the case is about (permessage-deflate), which it need not
    Failed
};

/// What came of one case.
struct ConformanceResult
{
    QString id;
    Verdict verdict = Verdict::Failed;
    /// In a sentence: what was not strict, or what was expected and what came instead. Empty if it passed.
    QString why;
    /// The same in two parts; empty if it passed.
    QString expected;
    QString came;
};

} // namespace sockeye::conformance
