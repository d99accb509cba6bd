#include "explain/CloseForensics.h"

#include "base/Units.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

struct CloseForensicsWords
{
    Q_DECLARE_TR_FUNCTIONS(CloseForensics)
};

constexpr quint16 TlsHandshake = 1015;

struct CodeWords
{
    quint16 code;
    const char *text;
};

constexpr std::array codeWords{
    CodeWords{1000, QT_TRANSLATE_NOOP("CloseForensics", "The connection has done what it was for.")},
    CodeWords{1001,
              QT_TRANSLATE_NOOP("CloseForensics", "The side that sent it goes away: a server that stops or tidies "
                                                  "up, a page that is left.")},
    CodeWords{1002, QT_TRANSLATE_NOOP("CloseForensics", "The side that sent it saw the protocol broken.")},
    CodeWords{1003, QT_TRANSLATE_NOOP("CloseForensics", "The side that sent it got a kind of data that it does not "
                                                        "take, such as binary.")},
    CodeWords{1007, QT_TRANSLATE_NOOP("CloseForensics", "The side that sent it got a message whose bytes are not what "
                                                        "its type says, such as text that is not UTF-8.")},
    CodeWords{1008, QT_TRANSLATE_NOOP("CloseForensics", "A message went against a policy; servers use it for a failed "
                                                        "log-in too.")},
    CodeWords{1009, QT_TRANSLATE_NOOP("CloseForensics", "A message was larger than the side that sent this takes.")},
    CodeWords{1010, QT_TRANSLATE_NOOP("CloseForensics", "The client needed an extension that the server did not "
                                                        "agree to.")},
    CodeWords{1011, QT_TRANSLATE_NOOP("CloseForensics", "The server met a condition that it did not expect: an error "
                                                        "of its own.")},
    CodeWords{1012, QT_TRANSLATE_NOOP("CloseForensics", "The service restarts; a client may connect again soon.")},
    CodeWords{1013, QT_TRANSLATE_NOOP("CloseForensics", "The server is overloaded; a client may try again later.")},
    CodeWords{1014, QT_TRANSLATE_NOOP("CloseForensics", "A proxy got no valid answer from the server behind it.")},
};

QString bodyText(const CloseBody &body)
{
    if (!body.wellFormed)
        return CloseForensicsWords::tr("one byte, which is no code");
    if (body.code == CloseCode::NoStatus && body.reason.isEmpty())
        return CloseForensicsWords::tr("without a code (1005)");
    const QString code = QStringLiteral("%1 (%2)").arg(body.code).arg(closeCodeName(body.code));
    return body.reason.isEmpty() ? CloseForensicsWords::tr("%1, no reason given").arg(code)
                                 : CloseForensicsWords::tr("%1, “%2”").arg(code, body.reason);
}

QString closeText(const std::optional<CloseBody> &body, Timestamp time)
{
    if (!body)
        return CloseForensicsWords::tr("none");
    // Captures without the time have only the frame.
    return toNs(time) == 0 ? bodyText(*body) : QStringLiteral("%1 · %2").arg(bodyText(*body), toLocalTimeOfDay(time));
}

/// With whose it is: a connection that was failed may hold the peer's close frame, too.
QString codeText(const ConnectionRecord &record)
{
    const QString code = QStringLiteral("%1 (%2)").arg(record.closeCode).arg(closeCodeName(record.closeCode));
    const auto from = record.end ? closeCodeFrom(record.endKind, record.closeCode, *record.end) : std::nullopt;
    if (!from)
        return code;
    return *from == Direction::In ? CloseForensicsWords::tr("%1, from the peer").arg(code)
                                  : CloseForensicsWords::tr("%1, from us").arg(code);
}

QString tcpText(const EndDetails &end)
{
    switch (end.tcp) {
    case TcpEnd::PeerFin:
        return CloseForensicsWords::tr("The peer ended it in order (FIN).");
    case TcpEnd::PeerReset:
        return CloseForensicsWords::tr(
            "The peer reset it (RST): it crashed, timed out, or something on the way cut it.");
    case TcpEnd::Ours:
        return CloseForensicsWords::tr("We ended it.");
    case TcpEnd::Failed:
        return end.networkError.isEmpty()
                   ? CloseForensicsWords::tr("The network or TLS failed.")
                   : CloseForensicsWords::tr("The network or TLS failed: %1.").arg(end.networkError);
    }
    return {};
}

QString sinceText(Timestamp frame, Timestamp end)
{
    if (toNs(frame) == 0)
        return CloseForensicsWords::tr("none");
    const Nanoseconds passed = std::max(Nanoseconds(0), end - frame);
    return CloseForensicsWords::tr("%1 before the end · %2").arg(durationText(passed), toLocalTimeOfDay(frame));
}

bool peerClosedFirst(const EndDetails &end)
{
    return end.receivedClose && (!end.sentClose || end.receivedCloseTime <= end.sentCloseTime);
}

QString droppedBy(const EndDetails &end)
{
    if (end.sentClose)
        return CloseForensicsWords::tr("We began to close; the peer ended TCP without a close frame of its own.");
    switch (end.tcp) {
    case TcpEnd::PeerFin:
        return CloseForensicsWords::tr("The peer ended it, without a close frame.");
    case TcpEnd::PeerReset:
        return CloseForensicsWords::tr("The peer, or something on the way, cut it off without a close frame.");
    case TcpEnd::Failed:
        return CloseForensicsWords::tr("The network or TLS failed; nobody closed it.");
    case TcpEnd::Ours:
        break;
    }
    return CloseForensicsWords::tr("We ended it, without a close frame.");
}

/// By the phases: an alert, an old version or no cipher in common leave no errors of a certificate.
bool tlsFailed(const ConnectionRecord &record)
{
    if (record.endKind != EndKind::ConnectFailed)
        return false;
    const bool isTls = record.url.startsWith(u"wss:", Qt::CaseInsensitive);
    const bool isReached = record.timings.tcp.count() >= 0 || record.timings.proxy.count() >= 0;
    return !record.tls.errors.isEmpty() || (isTls && isReached && record.timings.tls.count() < 0);
}

} // namespace

Timestamp closingBegan(const ConnectionRecord &record)
{
    return record.end ? closingBegan(*record.end, record.ended) : record.ended;
}

Nanoseconds openFor(const ConnectionRecord &record)
{
    if (!record.end || !record.hasEnded() || record.timings.total.count() < 0)
        return Nanoseconds(-1);
    return closingBegan(record) - record.started - record.timings.total;
}

bool endedByPeer(const ConnectionRecord &record)
{
    if (!record.end)
        return false;
    switch (record.endKind) {
    case EndKind::Clean:
        return peerClosedFirst(*record.end);
    case EndKind::Dropped:
        return !record.end->sentClose && record.end->tcp != TcpEnd::Ours;
    default:
        return false;
    }
}

QString whoEnded(const ConnectionRecord &record)
{
    const EndDetails end = record.end.value_or(EndDetails());
    switch (record.endKind) {
    case EndKind::Live:
        return CloseForensicsWords::tr("Nobody has ended it yet.");
    case EndKind::Clean:
        return peerClosedFirst(end) ? CloseForensicsWords::tr("The peer closed it, and we answered.")
                                    : CloseForensicsWords::tr("We closed it, and the peer answered.");
    case EndKind::ConnectFailed:
        return CloseForensicsWords::tr("It never opened: there was no connection to the peer.");
    case EndKind::HandshakeFailed:
        return CloseForensicsWords::tr("It never opened: the handshake was not accepted.");
    case EndKind::Dropped:
        return droppedBy(end);
    case EndKind::RuleBroken:
        return CloseForensicsWords::tr("We ended it, because the peer broke a rule.");
    case EndKind::CloseTimeout:
        return CloseForensicsWords::tr("We ended it, because the peer did not answer our close.");
    case EndKind::Aborted:
        return CloseForensicsWords::tr("The user cut it off.");
    }
    return {};
}

QString closeCodeMeaning(const ConnectionRecord &record)
{
    const quint16 code = record.closeCode;
    if (tlsFailed(record)) {
        return CloseForensicsWords::tr(
                   "TLS could not be agreed on. Programs tell this as %1, a code that no close frame may hold.")
            .arg(TlsHandshake);
    }
    const EndDetails end = record.end.value_or(EndDetails());
    const bool onTheWire = end.brokenRule == QStringLiteral("close.code");
    if (!onTheWire && code == CloseCode::NoStatus)
        return CloseForensicsWords::tr(
            "A close frame came without a code. 1005 stands for that and never crosses the wire.");
    if (!onTheWire && code == CloseCode::Abnormal)
        return CloseForensicsWords::tr("No close frame ended it. 1006 stands for that and never crosses the wire.");
    const auto *const found =
        std::find_if(codeWords.begin(), codeWords.end(), [code](const CodeWords &words) { return words.code == code; });
    if (found != codeWords.end())
        return QCoreApplication::translate("CloseForensics", found->text);
    if (code >= 4000 && code <= 4999)
        return CloseForensicsWords::tr(
            "A code that the application made up: its own documentation tells what it means.");
    if (code >= 3000 && code <= 3999)
        return CloseForensicsWords::tr("A code that a library or framework has registered with IANA.");
    return code == 0 ? QString() : CloseForensicsWords::tr("A code that must not be sent.");
}

QList<CloseFact> closeFacts(const ConnectionRecord &record)
{
    QList<CloseFact> facts;
    const auto add = [&facts](const QString &name, const QString &text, bool isTrouble = false) {
        if (!text.isEmpty())
            facts += CloseFact{name, text, isTrouble};
    };
    // What never opened has no close code, only what programs say in its place.
    const bool neverOpen = record.endKind == EndKind::ConnectFailed || record.endKind == EndKind::HandshakeFailed;
    if (record.hasEnded() && !neverOpen)
        add(CloseForensicsWords::tr("Code"), codeText(record));
    add(CloseForensicsWords::tr("What it means"), closeCodeMeaning(record));
    if (!record.end)
        return facts;
    const EndDetails &end = *record.end;
    add(CloseForensicsWords::tr("Peer's close frame"), closeText(end.receivedClose, end.receivedCloseTime),
        !end.receivedClose);
    add(CloseForensicsWords::tr("Our close frame"), closeText(end.sentClose, end.sentCloseTime));
    add(CloseForensicsWords::tr("TCP"), tcpText(end), end.tcp == TcpEnd::PeerReset || end.tcp == TcpEnd::Failed);
    add(CloseForensicsWords::tr("Rule broken"), end.brokenRule, true);
    if (end.closeTimedOutAfter.count() >= 0)
        add(CloseForensicsWords::tr("Waited in vain"), durationText(end.closeTimedOutAfter), true);
    if (openFor(record).count() >= 0)
        add(CloseForensicsWords::tr("Open for"), durationText(openFor(record)));
    add(CloseForensicsWords::tr("Last frame received"), sinceText(end.lastIn, closingBegan(record)));
    add(CloseForensicsWords::tr("Last frame sent"), sinceText(end.lastOut, closingBegan(record)));
    // The answer to a close is often still on its way when the peer ends TCP; no harm in that.
    add(CloseForensicsWords::tr("Sent, on its way"),
        end.unsentBytes > 0
            ? CloseForensicsWords::tr("%1 that the peer had not acknowledged").arg(sizeText(end.unsentBytes))
            : CloseForensicsWords::tr("nothing"),
        end.unsentBytes > 0 && record.endKind != EndKind::Clean);
    add(CloseForensicsWords::tr("Unfinished frame"),
        end.partialBytes > 0
            ? CloseForensicsWords::tr("%1 of a frame had come that never ended").arg(sizeText(end.partialBytes))
            : CloseForensicsWords::tr("none"),
        end.partialBytes > 0);
    return facts;
}

} // namespace sockeye
