#pragma once

#include "base/Result.h"
#include "conformance/Payload.h"

#include <QList>

namespace sockeye::conformance {

/// Parameters of permessage-deflate (RFC 7692 section 7.1) as the server answers them. 0 bits: not mentioned.
struct DeflateAnswer
{
    bool serverNoContextTakeover = false;
    bool clientNoContextTakeover = false;
    int serverMaxWindowBits = 0;
    int clientMaxWindowBits = 0;
};

/// One line of a case: something the server does, or something it waits for. README.md describes the words.
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
        Fail,       ///< likewise from a client that fails the connection; TCP ended without it is not strict
        FailOrDrop, ///< likewise, or TCP ended without it
        End         ///< the client closes or ends TCP, however it likes
    };

    Kind kind = Kind::Frame;
    quint8 opcode = 0;
    bool fin = true;
    quint8 rsv = 0;
    bool compressed = false;
    /// Payload bytes per fragment; 0: one frame.
    qsizetype fragmentSize = 0;
    qsizetype count = 0;
    Payload payload;
    /// 1005 stands for a close frame without a code.
    QList<quint16> codes;
};

/// What one connection does to a client, and what a client must do about it: a value, read from the files in cases/.
struct ConformanceCase
{
    /// In the numbering of the public Autobahn test suite: "1.1.1".
    QString id;
    QString family;
    /// What the server does, and what a client that echoes data messages must do: for people.
    QString title;
    QString expectation;
    /// Acceptable answers to an offer of permessage-deflate, the preferred one first; none: no extension is agreed on.
    QList<DeflateAnswer> deflate;
    QList<Step> steps;

    /// Whether a client that passes must have failed the connection.
    [[nodiscard]] bool isFailed() const;
};

/// How a client did. NonStrict: it did what a client may do, but not what is best (a bad text refused only at its end).
enum class Verdict : quint8 { Passed, NonStrict, Failed };

/// What came of one case.
struct ConformanceResult
{
    QString id;
    Verdict verdict = Verdict::Failed;
    /// What was not strict, or what was expected and what came instead.
    QString why;
};

/// All cases of all *.cases files of a directory (on disk or in the resources), in the order of the files' names. An
/// error names file and line.
[[nodiscard]] Result<QList<ConformanceCase>> loadCases(const QString &directory);

} // namespace sockeye::conformance
