// The steps of a case, and what the client must do about each.

#include "conformance/ConformanceRun.h"

#include <QScopedValueRollback>

#include <utility>

namespace sockeye::conformance {

void ConformanceRun::advance()
{
    // Writing and judging may bring us here again.
    if (m_advancing || !m_isOpen)
        return;
    const QScopedValueRollback guard(m_advancing, true);
    while (!m_result && m_step < m_case.steps.size()) {
        if (!take(m_case.steps.at(m_step)))
            break;
        ++m_step;
        m_timeUp = false;
        m_stepTimer.stop();
    }
    if (!m_result && m_step == m_case.steps.size())
        conclude(Verdict::Failed, QStringLiteral("the case does not say how it ends"));
}

bool ConformanceRun::take(const Step &step)
{
    const bool isSending = step.kind == Step::Kind::Pieces || step.kind == Step::Kind::Frame ||
                           step.kind == Step::Kind::Header || step.kind == Step::Kind::Bytes;
    if (!isSending)
        m_writer.start();
    switch (step.kind) {
    case Step::Kind::Pieces:
        if (step.count > 0)
            m_writer.writePieces(step.count);
        else
            m_writer.writeFrames();
        return true;
    case Step::Kind::Frame:
    case Step::Kind::Header:
    case Step::Kind::Bytes:
        sendStep(step);
        return true;
    case Step::Kind::Trips:
        return takeTrips(step);
    case Step::Kind::Echo:
        return takeEcho(false);
    case Step::Kind::MaybeEcho:
        return takeEcho(true);
    case Step::Kind::Pong:
        return takePong();
    case Step::Kind::Pongs:
        return takePongs();
    case Step::Kind::Nothing:
        return takeNothing(step);
    case Step::Kind::EarlyFail:
        return takeEarlyFail(step);
    case Step::Kind::Close:
    case Step::Kind::Fail:
    case Step::Kind::FailOrDrop:
        takeClose(step);
        return false;
    case Step::Kind::End:
        takeEnd();
        return false;
    }
    return false;
}

/// Concludes that something else came, or the end of TCP, or nothing.
void ConformanceRun::expected(const QString &what)
{
    QString came = QStringLiteral("nothing came any more");
    if (!m_inbox.isEmpty())
        came = m_inbox.first().description() + QStringLiteral(" came");
    else if (m_tcpEnded)
        came = QStringLiteral("TCP ended");
    conclude(Verdict::Failed, QStringLiteral("step %1: expected %2, but %3").arg(m_step + 1).arg(what, came));
}

bool ConformanceRun::takeTrips(const Step &step)
{
    while (m_tripsDone < step.count) {
        if (!std::exchange(m_inTrip, true)) {
            sendStep(step);
            m_writer.start();
        }
        if (!takeEcho(false))
            return false;
        m_inTrip = false;
        ++m_tripsDone;
    }
    m_tripsDone = 0;
    return true;
}

bool ConformanceRun::takeEcho(bool isOptional)
{
    if (m_unechoed.isEmpty()) {
        conclude(Verdict::Failed, QStringLiteral("step %1 expects the echo of nothing").arg(m_step + 1));
        return false;
    }
    if (m_inbox.isEmpty() && !m_tcpEnded)
        return false;
    const Sent sent = m_unechoed.takeFirst();
    const bool isEcho =
        !m_inbox.isEmpty() && m_inbox.first().opcode == sent.opcode && m_inbox.first().payload == sent.payload;
    if (isEcho)
        m_inbox.removeFirst();
    else if (!isOptional)
        expected(QStringLiteral("the echo of %1").arg(ClientMessage{sent.opcode, sent.payload, {}}.description()));
    return isEcho || isOptional;
}

bool ConformanceRun::takePong()
{
    if (m_inbox.isEmpty() && !m_tcpEnded)
        return false;
    const bool isPong = !m_inbox.isEmpty() && !m_unanswered.isEmpty() && m_inbox.first().opcode == Opcode::Pong &&
                        m_inbox.first().payload == m_unanswered.first();
    if (!isPong) {
        expected(QStringLiteral("a pong with the ping's payload"));
        return false;
    }
    m_inbox.removeFirst();
    m_unanswered.removeFirst();
    return true;
}

bool ConformanceRun::takePongs()
{
    while (!m_unanswered.isEmpty()) {
        if (m_inbox.isEmpty() && !m_tcpEnded)
            return false;
        // RFC 6455 section 5.5.3: several pings may be answered at once, with the latest.
        const qsizetype at = m_inbox.isEmpty() ? -1 : m_unanswered.indexOf(m_inbox.first().payload);
        if (at < 0 || m_inbox.first().opcode != Opcode::Pong) {
            expected(QStringLiteral("a pong with a ping's payload"));
            return false;
        }
        if (at > 0)
            m_notStrict = QStringLiteral("not every ping was answered");
        m_inbox.removeFirst();
        m_unanswered.remove(0, at + 1);
    }
    return true;
}

/// Whether the step's time has passed, counted from when all that was to be sent is gone.
bool ConformanceRun::isTimeUp(const Step &step)
{
    if (!m_timeUp && m_writer.isIdle() && !m_stepTimer.isActive())
        m_stepTimer.start(std::chrono::milliseconds(step.count));
    return m_timeUp;
}

bool ConformanceRun::takeNothing(const Step &step)
{
    if (m_inbox.isEmpty() && !m_tcpEnded)
        return isTimeUp(step);
    expected(QStringLiteral("nothing"));
    return false;
}

bool ConformanceRun::takeEarlyFail(const Step &step)
{
    if (!m_inbox.isEmpty() || m_tcpEnded) {
        takeClose(step);
        return false;
    }
    if (!isTimeUp(step))
        return false;
    m_notStrict = QStringLiteral("the connection was not failed as soon as it could have been");
    return true;
}

void ConformanceRun::takeClose(const Step &step)
{
    if (m_inbox.isEmpty() && !m_tcpEnded)
        return;
    if (!m_inbox.isEmpty() && m_inbox.first().opcode == Opcode::Close &&
        step.codes.contains(m_inbox.first().closeCode())) {
        conclude(Verdict::Passed, {});
        return;
    }
    const bool dropped = m_inbox.isEmpty() && step.kind != Step::Kind::Close;
    if (dropped) {
        if (step.kind != Step::Kind::FailOrDrop)
            m_notStrict = QStringLiteral("TCP was ended without a close frame");
        conclude(Verdict::Passed, {});
        return;
    }
    QStringList codes;
    for (const quint16 code : step.codes)
        codes += QString::number(code);
    expected(QStringLiteral("a close frame with %1").arg(codes.join(QStringLiteral(" or "))));
}

void ConformanceRun::takeEnd()
{
    if (m_clientClose || m_tcpEnded)
        conclude(Verdict::Passed, {});
}

} // namespace sockeye::conformance
