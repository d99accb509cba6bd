#pragma once

#include "base/Job.h"
#include "plot/PlotScene.h"
#include "plot/SeriesReader.h"

#include <QObject>

namespace sockeye {

/// Makes the scene of a plot out of its series, in the background: they may stand in a file. Asked again while it
/// works, it goes on with what was asked last. Lives in the window's thread.
class PlotQuery final : public QObject
{
    Q_OBJECT

public:
    struct Line
    {
        SeriesReader::Line line;
        int style = 0;
    };
    struct Wish
    {
        std::vector<Line> lines;
        /// None for all there is.
        std::optional<TimeSpan> range;
        int columns = 0;
        bool isLogarithmic = false;
    };

    explicit PlotQuery(QObject *parent = nullptr);
    ~PlotQuery() override;

    void ask(Wish wish);
    /// What was asked before is not answered any more.
    void drop();
    [[nodiscard]] bool isRunning() const { return m_runner.isRunning(); }

Q_SIGNALS:
    /// `whole` is what all lines span together; none without points.
    void answered(const sockeye::PlotScene &scene, const std::optional<sockeye::TimeSpan> &whole);
    void failed(const QString &message);

private:
    void start();

    Wish m_wish;
    /// It was asked something else than what is being worked on.
    bool m_isAskedAgain = false;
    /// Counts what was dropped: answers of before are not passed on.
    int m_generation = 0;
    /// The last member, and so the first to go: it reports to what stands above.
    JobRunner m_runner;
};

} // namespace sockeye
