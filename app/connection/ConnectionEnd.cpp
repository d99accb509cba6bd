#include "connection/ConnectionEnd.h"

#include <QCoreApplication>

namespace sockeye {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionEnd)

public:
    static QString close(const CloseBody &body);
    static QString tcp(const EndFacts &facts);
    static QString clean(const EndFacts &facts);
    static QString dropped(const EndFacts &facts);
    static QString broken(const EndFacts &facts);
};

/// "1000 (normal closure, “bye”)"
QString Words::close(const CloseBody &body)
{
    if (!body.wellFormed)
        return tr("a close frame without a valid code");
    if (body.code == CloseCode::NoStatus)
        return tr("a close frame without a code");
    const QString name = closeCodeName(body.code);
    return body.reason.isEmpty() ? tr("%1 (%2)").arg(body.code).arg(name)
                                 : tr("%1 (%2, “%3”)").arg(body.code).arg(name, body.reason);
}

QString Words::tcp(const EndFacts &facts)
{
    switch (facts.tcp) {
    case TcpEnd::PeerFin:
        return tr("The peer ended TCP (FIN).");
    case TcpEnd::PeerReset:
        return tr("The peer reset TCP (RST).");
    case TcpEnd::Ours:
        return facts.closeTimedOutAfter
                   ? tr("The peer left TCP open for %1, so we ended it.").arg(durationText(*facts.closeTimedOutAfter))
                   : tr("We ended TCP.");
    case TcpEnd::Failed:
        return tr("TCP failed: %1.").arg(facts.networkError);
    }
    return {};
}

QString Words::clean(const EndFacts &facts)
{
    const QString who = facts.peerClosedFirst ? tr("Closed by the peer with %1; we answered %2.")
                                                    .arg(close(*facts.receivedClose), close(*facts.sentClose))
                                              : tr("Closed by us with %1; the peer answered %2.")
                                                    .arg(close(*facts.sentClose), close(*facts.receivedClose));
    return who + u' ' + tcp(facts);
}

QString Words::dropped(const EndFacts &facts)
{
    QString text =
        facts.sentClose ? tr("Our close %1 was not answered.").arg(close(*facts.sentClose))
        : facts.receivedClose
            ? tr("Closed by the peer with %1; our policy left it unanswered.").arg(close(*facts.receivedClose))
            : tr("The connection ended without a closing handshake.");
    text += u' ' + tcp(facts);
    if (facts.bytesInFrame > 0)
        text +=
            u' ' + (facts.bytesInFrame == 1 ? tr("1 byte of an unfinished frame had come.")
                                            : tr("%1 bytes of an unfinished frame had come.").arg(facts.bytesInFrame));
    return text;
}

QString Words::broken(const EndFacts &facts)
{
    const Finding &rule = *facts.brokenRule;
    if (!facts.sentClose)
        return tr("The peer broke a rule: %1 %2").arg(rule.text, tcp(facts));
    if (facts.sentClose->code != rule.failWith)
        return tr("We had closed with %1 when the peer broke a rule: %2 %3")
            .arg(close(*facts.sentClose), rule.text, tcp(facts));
    return tr("We failed the connection with %1 (%2): %3 %4")
        .arg(rule.failWith)
        .arg(closeCodeName(rule.failWith), rule.text, tcp(facts));
}
} // namespace

ConnectionEnd describeEnd(const EndFacts &facts)
{
    ConnectionEnd end;
    if (facts.receivedClose) {
        end.code = facts.receivedClose->code;
        end.reason = facts.receivedClose->reason;
    } else if (facts.sentClose) {
        end.code = facts.sentClose->code;
        end.reason = facts.sentClose->reason;
    }

    if (facts.abortedByUser) {
        end.kind = EndKind::Aborted;
        end.code = CloseCode::Abnormal;
        end.text = Words::tr("Cut off by the user, without a closing handshake.");
    } else if (facts.deadPings > 0) {
        end.kind = EndKind::Dropped;
        end.code = CloseCode::Abnormal;
        end.text =
            facts.deadPings == 1
                ? Words::tr("The peer left a ping without a pong, so we took the connection for dead and cut it off.")
                : Words::tr("The peer left %1 pings in a row without a pong, so we took the connection for dead and "
                            "cut it off.")
                      .arg(facts.deadPings);
    } else if (facts.brokenRule) {
        end.kind = EndKind::RuleBroken;
        end.code = facts.sentClose ? facts.sentClose->code : CloseCode::Abnormal;
        end.text = Words::broken(facts);
    } else if (facts.sentClose && facts.receivedClose) {
        end.kind = EndKind::Clean;
        end.text = Words::clean(facts);
    } else if (!facts.sentClose && !facts.receivedClose && facts.closeTimedOutAfter) {
        end.kind = EndKind::CloseTimeout;
        end.text = Words::tr("Our close could not be sent within %1, because the peer did not take what was to be sent "
                             "before it. We ended TCP.")
                       .arg(durationText(*facts.closeTimedOutAfter));
    } else if (facts.sentClose && facts.closeTimedOutAfter) {
        end.kind = EndKind::CloseTimeout;
        end.text = Words::tr("Our close %1 was not answered within %2, so we ended TCP.")
                       .arg(Words::close(*facts.sentClose), durationText(*facts.closeTimedOutAfter));
    } else {
        end.kind = EndKind::Dropped;
        if (!facts.sentClose)
            end.code = CloseCode::Abnormal;
        end.text = Words::dropped(facts);
    }
    return end;
}

} // namespace sockeye
