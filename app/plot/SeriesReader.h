#pragma once

#include "base/Job.h"
#include "base/Pace.h"
#include "formats/FormatSet.h"
#include "plot/PlotField.h"
#include "plot/Series.h"

#include <QObject>

#include <memory>
#include <vector>

namespace sockeye {

/// Reads the lines of a plot out of a capture, in the background, and goes on as the capture grows. Lines that were
/// added together are read in one go; those that are up to date stay so while another one begins. Those of a closed
/// capture are kept for the next time (SeriesCache). Lives in the window's thread.
class SeriesReader final : public QObject
{
    Q_OBJECT

public:
    struct Line
    {
        PlotField field;
        std::shared_ptr<const Series> series;
    };

    explicit SeriesReader(const QString &path, QObject *parent = nullptr);
    ~SeriesReader() override;

    /// Where series are kept from now on; empty, which it is at first, for nowhere.
    static void setCacheFolder(const QString &folder);

    /// Begins again with the lines for which messages are decoded, if these are other formats. Never null.
    void setFormats(const std::shared_ptr<const FormatSet> &formats);
    /// One that is there already is not added again.
    void add(const PlotField &field);
    void remove(const PlotField &field);
    [[nodiscard]] std::vector<Line> lines() const;

    /// The capture has grown.
    void advance();
    /// While nobody looks, nothing is read.
    void setResting(bool resting);
    /// Leaves the lines as far as they are, until resume() or until one is added.
    void stop();
    void resume();
    [[nodiscard]] bool isStopped() const { return m_isStopped; }
    /// Whether there is much to be read still.
    [[nodiscard]] bool isReading() const { return m_runner.isRunning(); }
    /// How much of the capture has been read, of the line that is furthest behind: from 0 to 1.
    [[nodiscard]] double progress() const { return m_progress; }

Q_SIGNALS:
    /// Lines have grown, or have begun anew.
    void changed();
    /// Reading began, went on or ended.
    void progressed();
    void failed(const QString &message);

private:
    class Work;
    struct Wanted;

    void start();
    void takeProgress(double share);
    void fail(const QString &message);

    std::shared_ptr<const FormatSet> m_formats = FormatSet::standard();
    std::vector<Wanted> m_wanted;
    double m_progress = 1;
    bool m_isStopped = false;
    /// The capture may have entries that no line has seen.
    bool m_isDue = false;
    Pace m_pace{Pace::Rows};
    /// The job's alone.
    std::shared_ptr<Work> m_work;
    /// The last member, and so the first to go: it reports to what stands above.
    JobRunner m_runner;
};

} // namespace sockeye
