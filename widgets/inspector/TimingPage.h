#pragma once

#include "record/ConnectionRecord.h"
#include "widgets/inspector/ScrolledPage.h"

class QGridLayout;
class QLabel;

namespace sockeye {

class InspectorContext;

/// How long each phase of connecting took, as a waterfall: a row for each phase with its name, a bar for its place
/// in time, and its duration.
class TimingPage final : public ScrolledPage
{
    Q_OBJECT

public:
    /// The page's title.
    [[nodiscard]] static QString name() { return tr("Timing"); }

    explicit TimingPage(InspectorContext &context, QWidget *parent = nullptr);

    void showConnection(const ConnectionDetails &details) override;

private:
    void showPhases(const PhaseTimings &timings);

    PhaseTimings m_timings;
    bool m_hasRest = false;
    QLabel *m_title;
    QGridLayout *m_grid;
    QLabel *m_note;
};

} // namespace sockeye
