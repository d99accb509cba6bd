#include "plot/PlotQuery.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace sockeye {

namespace {

std::optional<TimeSpan> spanOf(const std::vector<PlotQuery::Line> &lines)
{
    std::optional<TimeSpan> whole;
    for (const PlotQuery::Line &line : lines) {
        const std::optional<TimeSpan> span = line.line.series->span();
        if (!span)
            continue;
        whole = whole ? TimeSpan{std::min(whole->first, span->first), std::max(whole->last, span->last)} : *span;
    }
    return whole;
}

/// A single point has room on both sides.
TimeSpan withRoom(TimeSpan range)
{
    return range.first < range.last ? range : TimeSpan{range.first - 1s, range.last + 1s};
}

} // namespace

PlotQuery::PlotQuery(QObject *parent)
    : QObject(parent)
{
    connect(&m_runner, &JobRunner::finished, this, [this] {
        if (m_isAskedAgain)
            start();
    });
}

PlotQuery::~PlotQuery() = default;

void PlotQuery::ask(Wish wish)
{
    m_wish = std::move(wish);
    if (m_runner.isRunning())
        m_isAskedAgain = true;
    else
        start();
}

void PlotQuery::drop()
{
    ++m_generation;
    m_wish = {};
    m_isAskedAgain = false;
}

void PlotQuery::start()
{
    m_isAskedAgain = false;
    m_runner.start([this, wish = m_wish, generation = m_generation](const JobContext &job) {
        const std::optional<TimeSpan> whole = spanOf(wish.lines);
        PlotScene scene;
        scene.isLogarithmic = wish.isLogarithmic;
        scene.range = wish.range ? *wish.range : withRoom(whole.value_or(TimeSpan{}));
        for (const Line &line : wish.lines) {
            Result<std::vector<PlotColumn>> columns = line.line.series->columns(scene.range, wish.columns);
            if (!columns)
                return job.report([this, generation, message = columns.message()] {
                    if (generation == m_generation)
                        Q_EMIT failed(message);
                });
            scene.lines.push_back({line.line.field, line.style, std::move(columns).value()});
        }
        job.report([this, generation, scene, whole] {
            if (generation == m_generation)
                Q_EMIT answered(scene, whole);
        });
    });
}

} // namespace sockeye
