#pragma once

#include "record/ConnectionRecord.h"
#include "widgets/inspector/ScrolledPage.h"

class QGridLayout;
class QLabel;

namespace sockeye {

/// How long each phase of connecting took, as a waterfall: a row for each phase with its name, a bar where it stood in
/// time, and its length in words.
class TimingPage final : public ScrolledPage
{
    Q_OBJECT

public:
    explicit TimingPage(QWidget *parent = nullptr);

    void show(const ConnectionRecord &record);

private:
    void showPhases(const PhaseTimings &timings);

    PhaseTimings m_timings;
    QLabel *m_title;
    QGridLayout *m_grid;
    QLabel *m_note;
};

} // namespace sockeye
