#pragma once

#include <QObject>

namespace sockeye::cli {

/// Turns Ctrl+C (SIGINT) and a polite kill (SIGTERM) into a signal of the event loop, so that a command ends in order.
/// One at a time.
class Interrupt final : public QObject
{
    Q_OBJECT

public:
    explicit Interrupt(QObject *parent = nullptr);
    ~Interrupt() override;

Q_SIGNALS:
    void interrupted();
};

} // namespace sockeye::cli
