#pragma once

#include <QObject>

namespace sockeye::cli {

/// Turns Ctrl+C (SIGINT), a polite kill (SIGTERM) and a terminal that goes (SIGHUP, unless nohup has it ignored) into a
/// signal of the event loop, so that the program ends in order. One at a time.
class Interrupt final : public QObject
{
    Q_OBJECT

public:
    explicit Interrupt(QObject *parent = nullptr);
    ~Interrupt() override;

Q_SIGNALS:
    /// Emitted for the first and the second of them, which asks for haste. The third ends the process at once.
    void interrupted();
};

} // namespace sockeye::cli
