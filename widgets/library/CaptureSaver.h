#pragma once

#include "base/Job.h"

#include <QWidget>

class QLabel;
class QProgressBar;

namespace sockeye {

/// Copies a capture to a file and shows the progress, with a button to cancel. Starts at once; exactly one of its
/// signals is emitted, at the end.
class CaptureSaver final : public QWidget
{
    Q_OBJECT

public:
    CaptureSaver(const QString &capture, const QString &target, QWidget *parent = nullptr);

Q_SIGNALS:
    void saved();
    void failed(const QString &message);
    void cancelled();

private:
    void start(const QString &capture, const QString &target);
    void cancel();

    QLabel *m_label;
    QProgressBar *m_progress;
    JobRunner m_job;
};

} // namespace sockeye
