#include "widgets/tab/StateWords.h"

namespace sockeye {

QString StateWords::of(const SessionStatus &status)
{
    switch (status.state) {
    case SessionStatus::State::Idle:
        break;
    case SessionStatus::State::Connecting:
        return tr("Connecting");
    case SessionStatus::State::Open:
        return tr("Open");
    case SessionStatus::State::Closing:
        return tr("Closing");
    case SessionStatus::State::Closed:
        return ofEnd(status);
    case SessionStatus::State::Waiting:
        return tr("Waiting");
    }
    return tr("Not connected");
}

QString StateWords::ofEnd(const SessionStatus &status)
{
    switch (status.endKind) {
    case EndKind::ConnectFailed:
    case EndKind::HandshakeFailed:
    case EndKind::RuleBroken:
        return tr("Failed");
    case EndKind::Dropped:
    case EndKind::CloseTimeout:
        return tr("Interrupted");
    case EndKind::Aborted:
        return status.handshake.count() < 0 ? tr("Not connected") : tr("Closed");
    case EndKind::Clean:
        if (status.endSeverity() == Severity::Warning)
            return tr("Closed with %1").arg(status.closeCode);
        break;
    case EndKind::Live:
        break;
    }
    return tr("Closed");
}

} // namespace sockeye
