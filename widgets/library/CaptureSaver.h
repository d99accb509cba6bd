#pragma once

#include "base/Job.h"

#include <QWidget>

class QLabel;
class QProgressBar;

namespace sockeye {

/// One "Save capture as" on its way: shows how far it is, and can be cancelled. It starts at once; one of its signals
/// ends it.
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
