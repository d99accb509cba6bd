#include "connection/ConnectionEnd.h"

#include <QCoreApplication>

namespace sockeye {

namespace {
struct ConnectionEndWords
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionEnd)

public:
    static QString close(const CloseBody &body);
    static QString tcp(const EndDetails &details);
    static QString dead(int pings);
    static QString clean(const EndFacts &facts);
    static QString closeTimeout(const EndDetails &details);
    static QString dropped(const EndDetails &details);
    static QString broken(const EndFacts &facts);
};

bool timedOut(const EndDetails &details)
{
    return details.closeTimedOutAfter.count() >= 0;
}

/// "1000 (normal closure, “bye”)"
QString ConnectionEndWords::close(const CloseBody &body)
{
    if (!body.wellFormed)
        return tr("a close frame without a valid code");
    if (body.code == CloseCode::NoStatus)
        return tr("a close frame without a code");
    const QString name = closeCodeName(body.code);
    return body.reason.isEmpty() ? tr("%1 (%2)").arg(body.code).arg(name)
                                 : tr("%1 (%2, “%3”)").arg(body.code).arg(name, body.reason);
}

QString ConnectionEndWords::tcp(const EndDetails &details)
{
    switch (details.tcp) {
    case TcpEnd::PeerFin:
        return tr("The peer ended TCP (FIN).");
    case TcpEnd::PeerReset:
        return tr("The peer reset TCP (RST).");
    case TcpEnd::Ours:
        return timedOut(details)
                   ? tr("The peer left TCP open for %1, so we ended it.").arg(durationText(details.closeTimedOutAfter))
                   : tr("We ended TCP.");
    case TcpEnd::Failed:
        return tr("TCP failed: %1.").arg(details.networkError);
    }
    return {};
}

QString ConnectionEndWords::dead(int pings)
{
    return pings == 1 ? tr("The peer left a ping without a pong, so we took the connection for dead and cut it off.")
                      : tr("The peer left %1 pings in a row without a pong, so we took the connection for dead and cut "
                           "it off.")
                            .arg(pings);
}

QString ConnectionEndWords::clean(const EndFacts &facts)
{
    const QString sent = close(*facts.details.sentClose);
    const QString received = close(*facts.details.receivedClose);
    const QString who = facts.peerClosedFirst ? tr("Closed by the peer with %1; we answered %2.").arg(received, sent)
                                              : tr("Closed by us with %1; the peer answered %2.").arg(sent, received);
    return who + u' ' + tcp(facts.details);
}

QString ConnectionEndWords::closeTimeout(const EndDetails &details)
{
    const QString waited = durationText(details.closeTimedOutAfter);
    return details.sentClose
               ? tr("Our close %1 was not answered within %2, so we ended TCP.").arg(close(*details.sentClose), waited)
               : tr("Our close could not be sent within %1, because the peer did not take what was to be "
                    "sent before it. We ended TCP.")
                     .arg(waited);
}

QString ConnectionEndWords::dropped(const EndDetails &details)
{
    QString text =
        details.sentClose ? tr("Our close %1 was not answered.").arg(close(*details.sentClose))
        : details.receivedClose
            ? tr("Closed by the peer with %1; our policy left it unanswered.").arg(close(*details.receivedClose))
            : tr("The connection ended without a closing handshake.");
    text += u' ' + tcp(details);
    if (details.partialBytes > 0)
        text += u' ' + (details.partialBytes == 1
                            ? tr("1 byte of an unfinished frame had come.")
                            : tr("%1 bytes of an unfinished frame had come.").arg(details.partialBytes));
    return text;
}

QString ConnectionEndWords::broken(const EndFacts &facts)
{
    const Finding &rule = *facts.brokenRule;
    const std::optional<CloseBody> &sent = facts.details.sentClose;
    const QString tcpWords = tcp(facts.details);
    if (!sent)
        return tr("The peer broke a rule: %1 %2").arg(rule.text, tcpWords);
    if (sent->code != rule.failWith)
        return tr("We had closed with %1 when the peer broke a rule: %2 %3").arg(close(*sent), rule.text, tcpWords);
    return tr("We failed the connection with %1 (%2): %3 %4")
        .arg(rule.failWith)
        .arg(closeCodeName(rule.failWith), rule.text, tcpWords);
}

EndKind kindOf(const EndFacts &facts)
{
    const EndDetails &details = facts.details;
    if (facts.abortedByUser)
        return EndKind::Aborted;
    if (facts.deadPings > 0)
        return EndKind::Dropped;
    if (facts.brokenRule)
        return EndKind::RuleBroken;
    if (details.sentClose && details.receivedClose)
        return EndKind::Clean;
    const bool weClosed = details.sentClose || !details.receivedClose;
    return timedOut(details) && weClosed ? EndKind::CloseTimeout : EndKind::Dropped;
}

QString textOf(EndKind kind, const EndFacts &facts)
{
    if (kind == EndKind::Aborted)
        return ConnectionEndWords::tr("Cut off by the user, without a closing handshake.");
    if (facts.deadPings > 0)
        return ConnectionEndWords::dead(facts.deadPings);
    if (kind == EndKind::RuleBroken)
        return ConnectionEndWords::broken(facts);
    if (kind == EndKind::Clean)
        return ConnectionEndWords::clean(facts);
    return kind == EndKind::CloseTimeout ? ConnectionEndWords::closeTimeout(facts.details)
                                         : ConnectionEndWords::dropped(facts.details);
}

/// The close frame whose code and reason stand for the end; none if no close frame ended it.
std::optional<CloseBody> endingClose(EndKind kind, const EndFacts &facts)
{
    const EndDetails &details = facts.details;
    if (kind == EndKind::Aborted || facts.deadPings > 0)
        return std::nullopt;
    return kind != EndKind::RuleBroken && details.receivedClose ? details.receivedClose : details.sentClose;
}

/// A quiet connection is often cut off by what stands between: how long it was quiet belongs to the end.
QString silence(const EndFacts &facts)
{
    const Nanoseconds silent = silentBefore(facts.details, facts.ended);
    return silent < std::chrono::seconds(1)
               ? QString()
               : u' ' + ConnectionEndWords::tr("Nothing had crossed the wire for %1 before.").arg(durationText(silent));
}
} // namespace

ConnectionEnd describeEnd(const EndFacts &facts)
{
    const EndKind kind = kindOf(facts);
    const std::optional<CloseBody> close = endingClose(kind, facts);
    return {.kind = kind,
            .code = close ? close->code : quint16(CloseCode::Abnormal),
            .reason = close ? close->reason : QString(),
            .text = textOf(kind, facts) + silence(facts),
            .details = facts.details};
}

} // namespace sockeye
