#include "connection/ReconnectSchedule.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace sockeye {

namespace {
struct ReconnectText
{
    Q_DECLARE_TR_FUNCTIONS(ReconnectText)
};

bool wasNeverOpen(const ReconnectSchedule::End &end)
{
    return end.kind == EndKind::ConnectFailed || end.kind == EndKind::HandshakeFailed;
}
} // namespace

ReconnectSchedule::ReconnectSchedule(const ReconnectPolicy &policy)
    : m_policy(policy)
{
}

ReconnectSchedule::Decision ReconnectSchedule::next(const End &end, double chance)
{
    if (!m_policy.enabled || end.kind == EndKind::Aborted)
        return {};
    if (const QString reason = refusal(end); !reason.isEmpty())
        return {std::nullopt, reason};
    ++m_attempt;
    return {waitFor(m_attempt, chance), {}};
}

QString ReconnectSchedule::refusal(const End &end) const
{
    if (end.kind == EndKind::HandshakeFailed && end.httpStatus >= 400 && end.httpStatus < 500) {
        return ReconnectText::tr("Not trying again: the peer refused us with %1, and would again.").arg(end.httpStatus);
    }
    if (end.wouldFailAgain)
        return ReconnectText::tr("Not trying again: it would fail in the same way.");
    if (!isListed(end)) {
        return ReconnectText::tr("Not trying again: close code %1 is not one after which this connection does.")
            .arg(end.closeCode);
    }
    if (m_policy.attempts > 0 && m_attempt >= m_policy.attempts)
        return ReconnectText::tr("Not trying again: attempt %1 of %1 has failed too.").arg(m_attempt);
    return {};
}

bool ReconnectSchedule::isListed(const End &end) const
{
    // The list is about open connections. Once one of them has ended with a listed code, the peer may well refuse for a
    // while: a restart does just that.
    if (wasNeverOpen(end) && m_attempt > 0)
        return true;
    const quint16 code = wasNeverOpen(end) ? CloseCode::Abnormal : end.closeCode;
    return m_policy.closeCodes.isEmpty() ? code != CloseCode::Normal : m_policy.closeCodes.contains(code);
}

std::chrono::milliseconds ReconnectSchedule::waitFor(int attempt, double chance) const
{
    const auto first = static_cast<double>(m_policy.first.count());
    const auto maximum = static_cast<double>(m_policy.maximum.count());
    const double wait = std::min(first * std::pow(m_policy.factor, attempt - 1), maximum);
    const double spread = 1 + m_policy.jitter * (2 * chance - 1);
    return std::chrono::milliseconds(std::llround(std::max(wait * spread, 0.0)));
}

} // namespace sockeye
