// The part of LogView that is as the user wants it: columns, times, zoom. Rows and places are in LogView.cpp.
#include "widgets/log/LogHeader.h"
#include "widgets/log/LogView.h"
#include "widgets/style/Theme.h"

#include <algorithm>
#include <cmath>

namespace sockeye {

namespace {

/// How much larger a step of the zoom makes the text.
constexpr double ZoomStep = 1.1;

} // namespace

LogLook LogView::look() const
{
    return {m_header->columns(), m_timeFormat, m_deltaFrom, m_zoom};
}

void LogView::setLook(const LogLook &look)
{
    m_header->setColumns(look.columns);
    setTimes(look.time, look.delta);
    zoomTo(look.zoom);
}

void LogView::setTimes(TimeFormat format, DeltaFrom from)
{
    m_timeFormat = format;
    m_deltaFrom = from;
    if (!m_log)
        return;
    m_log->setTimeFormat(format);
    m_log->setDeltaFrom(from);
    updateReference();
    m_header->updateWidths();
}

void LogView::measureFrom(EntryId id)
{
    m_measuredFrom = id;
    setTimes(m_timeFormat, DeltaFrom::Selected);
    m_header->setColumnShown(LogModel::DeltaColumn, true);
}

void LogView::updateReference()
{
    if (m_log && m_deltaFrom == DeltaFrom::Selected)
        m_log->setDeltaReference(m_measuredFrom.value() > 0 ? m_measuredFrom : m_current);
}

void LogView::setZoom(int steps)
{
    const int before = m_zoom;
    zoomTo(steps);
    if (m_zoom != before)
        Q_EMIT lookChanged();
}

void LogView::zoomTo(int steps)
{
    steps = std::clamp(steps, LeastZoom, MostZoom);
    if (steps == m_zoom)
        return;
    m_zoom = steps;
    // What was read stays where it was: the current row if it is seen, else the first one.
    const Row current(currentIndex().row());
    const bool seesCurrent =
        currentIndex().isValid() && m_geometry.firstVisible() <= current && current <= m_geometry.lastVisible();
    const Row anchor = seesCurrent ? current : m_geometry.firstVisible();
    const qint64 place = m_geometry.top(anchor);
    updateFont();
    LogGeometry there = m_geometry;
    there.setOffset(qint64(anchor.value()) * there.rowHeight() - place);
    moveTo(there);
    if (m_following)
        jumpToEnd();
}

void LogView::updateFont()
{
    const double factor = std::pow(ZoomStep, m_zoom);
    m_dataFont = theme::dataFont();
    if (m_dataFont.pointSizeF() > 0)
        m_dataFont.setPointSizeF(m_dataFont.pointSizeF() * factor);
    else
        m_dataFont.setPixelSize(std::max(qRound(m_dataFont.pixelSize() * factor), 1));
    const int textHeight = QFontMetrics(m_dataFont).height();
    const int padding = qRound(theme::Gap * std::min(factor, 1.0));
    m_geometry.setRowHeight(std::max(qRound(theme::RowHeight * factor), textHeight + padding));
    m_header->setDataFont(m_dataFont);
    updateGeometries();
    viewport()->update();
}

} // namespace sockeye
