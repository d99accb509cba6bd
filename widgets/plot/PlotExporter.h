#pragma once

#include "base/Job.h"
#include "plot/PlotCsv.h"

#include <QObject>

namespace sockeye {

class PlotView;
class Prompts;

/// Writes what a plot shows into files, in the background: as a picture, as a drawing, and as its points.
class PlotExporter final : public QObject
{
    Q_OBJECT

public:
    /// The view outlives it.
    explicit PlotExporter(PlotView &view, QObject *parent = nullptr);
    ~PlotExporter() override;

    /// Each asks where to.
    void savePng(Prompts &prompts);
    void saveSvg(Prompts &prompts);
    /// All points of the range that is shown.
    void saveCsv(Prompts &prompts, const std::vector<PlotCsv::Column> &columns);

    [[nodiscard]] bool isRunning() const { return m_job.isRunning(); }
    /// From 0 to 1.
    [[nodiscard]] double progress() const { return m_progress; }
    void cancel();

Q_SIGNALS:
    /// Writing began, went on or ended.
    void progressed();
    /// How it went, in a sentence.
    void done(const QString &text);

private:
    using Write = std::function<Result<>(QIODevice &, const JobContext &)>;
    void save(const QString &path, Write write);

    PlotView &m_view;
    double m_progress = 0;
    /// The last member, and so the first to go: it reports to what stands above.
    JobRunner m_job;
};

} // namespace sockeye
