#pragma once

#include <QList>
#include <QString>

namespace sockeye {

/// How much a finding weighs: Note is unusual but allowed, Warning breaks a SHOULD or hints at a fault, Error breaks a
/// MUST.
enum class Severity : quint8 { Note = 0, Warning = 1, Error = 2 };

/// What broke which rule, and where: one sentence a person can act on, with its source.
struct Finding
{
    Severity severity = Severity::Error;
    /// A stable name for machines, e.g. "frame.reserved-opcode", "handshake.accept".
    QString rule;
    /// Where the rule stands, e.g. "RFC 6455 5.2".
    QString section;
    /// What happened, in a sentence.
    QString text;
    /// The offending byte's offset in the payload or head, or -1.
    qint64 offset = -1;
    /// The code with which the RFC wants the connection failed (1002, 1007, 1009), or 0 where it goes on.
    quint16 failWith = 0;

    friend bool operator==(const Finding &, const Finding &) = default;
};

using Findings = QList<Finding>;

} // namespace sockeye
