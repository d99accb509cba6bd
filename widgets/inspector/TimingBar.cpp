#include "widgets/inspector/TimingBar.h"

#include "widgets/style/Theme.h"

#include <QPainter>

#include <algorithm>

namespace sockeye {

namespace {
constexpr int BarHeight = 12;
constexpr int MinTrack = 80;
/// The narrowest bar, so that the shortest phase can be seen.
constexpr double MinBar = 2;
} // namespace

TimingBar::TimingBar(double begin, double end, Kind kind, QWidget *parent)
    : QWidget(parent)
    , m_begin(std::clamp(begin, 0.0, 1.0))
    , m_end(std::clamp(end, m_begin, 1.0))
    , m_kind(kind)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize TimingBar::sizeHint() const
{
    return {MinTrack, theme::RowHeight - 4};
}

void TimingBar::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = theme::colors(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF track(0, (height() - BarHeight) / 2.0, width(), BarHeight);
    painter.setBrush(colors.pressed);
    painter.drawRoundedRect(track, 2, 2);
    const double length = std::max(MinBar, (m_end - m_begin) * track.width());
    const double left = std::min(m_begin * track.width(), track.width() - length);
    painter.setBrush(m_kind == Kind::Total ? colors.dimText : colors.received);
    painter.drawRoundedRect(QRectF(left, track.top(), length, track.height()), 2, 2);
}

} // namespace sockeye
