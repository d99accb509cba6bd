#pragma once

#include "connection/SessionStatus.h"

#include <QCoreApplication>

namespace sockeye {

/// How a connection stands, in words: what goes with the sign and the colour of its state.
class StateWords final
{
    Q_DECLARE_TR_FUNCTIONS(StateWords)

public:
    /// "Open", "Interrupted", "Closed with 1011". Only what was open is called closed.
    [[nodiscard]] static QString of(const SessionStatus &status);

private:
    [[nodiscard]] static QString ofEnd(const SessionStatus &status);
};

} // namespace sockeye
