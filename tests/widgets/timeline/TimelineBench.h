#pragma once

#include "tests/log/SampleLog.h"
#include "widgets/timeline/Timeline.h"

#include <QApplication>
#include <QMouseEvent>
#include <QTest>
#include <QWheelEvent>

namespace sockeye::test {

/// So long after the sample log's beginning.
inline Timestamp at(Nanoseconds sinceStart)
{
    return timestampFromNs(SampleLog::Start) + sinceStart;
}

/// A timeline by itself, over a log that the test fills first.
class TimelineBench final
{
public:
    TimelineBench()
    {
        theme::apply(*qApp, theme::Scheme::Light);
        const ThemeColors &colors = theme::colors(qApp->palette());
        received = TimelinePainter::barColor(colors.received, colors);
        sent = TimelinePainter::barColor(colors.sent, colors);
    }

    /// Whether it has come up and shows the log.
    [[nodiscard]] bool show(bool live = false)
    {
        log.writer().flush();
        model = std::make_unique<TimelineModel>(log.path());
        timeline = std::make_unique<Timeline>();
        timeline->resize(610, timeline->sizeHint().height());
        timeline->setTimelineModel(model.get(), live);
        timeline->show();
        timeline->setFocus();
        const auto isRead = [this, live] {
            return model->isUpToDate() && model->session() && (live || !model->buckets().list.isEmpty());
        };
        return QTest::qWaitForWindowExposed(timeline.get()) && QTest::qWaitFor(isRead, 20'000);
    }

    [[nodiscard]] TimeSpan range() const { return timeline->scene().geometry.range(); }
    [[nodiscard]] double xOf(Nanoseconds sinceStart) const { return timeline->scene().geometry.xOf(at(sinceStart)); }

    [[nodiscard]] QPoint place(Nanoseconds sinceStart) const
    {
        return QPoint(qRound(xOf(sinceStart)), qRound(timeline->places().in.center().y()));
    }

    void wheel(QPoint point, int notches, bool sideways = false) const
    {
        const QPoint turned = sideways ? QPoint(notches * 120, 0) : QPoint(0, notches * 120);
        QWheelEvent event(point, timeline->mapToGlobal(point), {}, turned, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(timeline.get(), &event);
    }

    void drag(QPoint from, QPoint to, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers keys = {}) const
    {
        const auto move = [this, button, keys](QPoint point) {
            QMouseEvent event(QEvent::MouseMove, point, timeline->mapToGlobal(point), Qt::NoButton, button, keys);
            QApplication::sendEvent(timeline.get(), &event);
        };
        QTest::mousePress(timeline.get(), button, keys, from);
        move((from + to) / 2);
        move(to);
        QTest::mouseRelease(timeline.get(), button, keys, to);
    }

    /// To a quarter of the session, in its middle.
    void zoomIn() const
    {
        QTest::keyClick(timeline.get(), Qt::Key_Plus);
        QTest::keyClick(timeline.get(), Qt::Key_Plus);
    }

    /// How many pixels there have exactly this colour.
    [[nodiscard]] int pixels(const QColor &color, const QRectF &in) const
    {
        return count(in, [&color](const QColor &pixel) { return pixel == color; });
    }
    /// Of letters, whose edges are smoothed: near to this colour.
    [[nodiscard]] int letters(const QColor &color, const QRectF &in) const
    {
        return count(in, [&color](const QColor &pixel) { return std::abs(pixel.lightness() - color.lightness()) < 40; });
    }
    template<typename Matches>
    [[nodiscard]] int count(const QRectF &in, Matches matches) const
    {
        const QImage image = timeline->grab().toImage();
        const QRect rect = in.toAlignedRect() & image.rect();
        int count = 0;
        for (int y = rect.top(); y <= rect.bottom(); ++y) {
            for (int x = rect.left(); x <= rect.right(); ++x)
                count += matches(image.pixelColor(x, y)) ? 1 : 0;
        }
        return count;
    }

    QColor received;
    QColor sent;
    SampleLog log;
    std::unique_ptr<TimelineModel> model;
    std::unique_ptr<Timeline> timeline;
};

} // namespace sockeye::test
