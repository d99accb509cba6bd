#include "bench/LogRun.h"

#include "bench/Waiting.h"
#include "reading/Annotations.h"
#include "reading/CaptureReader.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/log/LogView.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/MainWindow.h"

#include <QScrollBar>

namespace sockeye::bench {

LogRun::LogRun(MainWindow &window)
    : m_window(window)
    , m_heartbeat(std::make_unique<Heartbeat>())
{
}

double LogRun::takeLongestStallMs()
{
    const double longest = m_heartbeat->longestStallMs();
    m_heartbeat = std::make_unique<Heartbeat>();
    return longest;
}

/// Whether every visible row's entry is here.
bool LogRun::isPainted() const
{
    const LogModel *model = m_tab ? m_tab->view()->model() : nullptr;
    if (!model || model->rowCount() == 0)
        return false;
    const LogGeometry &geometry = m_tab->view()->logView()->geometryOfRows();
    for (Row row = geometry.firstVisible(); row <= geometry.lastVisible(); ++row) {
        if (!model->entry(model->entryAt(row)))
            return false;
    }
    return true;
}

double LogRun::open(const QString &path)
{
    QElapsedTimer timer;
    timer.start();
    m_window.documents().openPath(path);
    m_tab = m_window.documents().current();
    return untilTrue(timer, [this] { return isPainted(); });
}

double LogRun::toEnd()
{
    QElapsedTimer timer;
    timer.start();
    m_tab->view()->logView()->setFollowing(true);
    return untilTrue(timer, [this] { return m_tab->view()->logView()->geometryOfRows().isAtEnd() && isPainted(); });
}

double LogRun::toMiddle()
{
    QElapsedTimer timer;
    timer.start();
    m_tab->view()->logView()->setFollowing(false);
    QScrollBar *bar = m_tab->view()->logView()->verticalScrollBar();
    bar->setValue(bar->maximum() / 2);
    return untilTrue(timer, [this] { return isPainted(); });
}

double LogRun::bookmark()
{
    const LogGeometry &geometry = m_tab->view()->logView()->geometryOfRows();
    const EntryId id = m_tab->view()->model()->entryAt(geometry.firstVisible() + geometry.rowsPerPage() / 2);
    QElapsedTimer timer;
    timer.start();
    m_tab->view()->annotations()->toggleBookmarks({id});
    // In the file, too.
    return untilTrue(timer, [this, id] {
        const auto reader = CaptureReader::open(m_tab->capturePath());
        const auto annotations = reader ? reader.value()->annotations() : Result<AnnotationMap>(reader.error());
        return annotations && annotations.value().value(id).bookmarked;
    });
}

FilterCost LogRun::filter(const QString &text)
{
    FilterCost cost;
    QElapsedTimer timer;
    timer.start();
    m_tab->view()->filterBar()->setText(text);
    const LogModel *model = m_tab->view()->model();
    // The line waits for a pause in typing before it filters.
    static_cast<void>(untilTrue(timer, [model] { return model->isFiltered(); }));
    timer.start();
    const double first = untilTrue(timer, [this, model] { return !model->isSearching() || isPainted(); });
    cost.all = untilTrue(timer, [model] { return !model->isSearching(); });
    cost.matches = model->rowCount();
    if (cost.matches > 0)
        cost.firstRows = first;
    return cost;
}

double LogRun::clearFilter()
{
    QElapsedTimer timer;
    timer.start();
    m_tab->view()->filterBar()->setText({});
    return untilTrue(timer, [this] { return !m_tab->view()->model()->isFiltered() && isPainted(); });
}

void LogRun::close()
{
    m_window.documents().closeCurrent();
    m_tab = nullptr;
}

} // namespace sockeye::bench
