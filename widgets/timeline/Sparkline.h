#pragma once

#include "widgets/timeline/RateHistory.h"

#include <QAbstractButton>
#include <QTimer>

#include <functional>
#include <optional>

namespace sockeye {

class Timeline;

/// What a sparkline shows.
struct SparklineData
{
    /// Of equal stretches of time, the oldest first.
    QList<MessageRate> rates;
    /// All of that time, in words: "the last 120 s".
    QString stretch;
    /// That of the last second, of a live connection only.
    std::optional<MessageRate> now;

    friend bool operator==(const SparklineData &, const SparklineData &) = default;
};

/// The timeline of a small window, on the height of a line of text: bars of messages a second, received below sent,
/// and the rate of now as a figure. It only asks for what it shows, no more often than it is told to (refresh()) and,
/// until its bars have left it, once a second; it paints only what has changed. Pressing it shows the timeline.
class Sparkline final : public QAbstractButton
{
    Q_OBJECT

public:
    /// The bars of a timeline, put together.
    static constexpr int Columns = 60;

    /// What the source uses outlives the widget.
    explicit Sparkline(std::function<SparklineData()> source, QWidget *parent = nullptr);

    /// The messages of the part of a session that the timeline has in view.
    [[nodiscard]] static SparklineData ofTimeline(const Timeline &timeline);
    /// What was asked for last.
    [[nodiscard]] const SparklineData &data() const { return m_data; }

    /// Whether it asks by itself, for its bars move on.
    [[nodiscard]] bool isAging() const { return m_aging.isActive(); }

    /// What the source says may have changed. Hidden, it does not ask.
    void refresh();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] int figureWidth() const;
    void paintBars(QPainter &painter, const QRect &place) const;

    std::function<SparklineData()> m_source;
    SparklineData m_data;
    /// Moves the bars of a live connection on while nothing comes.
    QTimer m_aging;
};

} // namespace sockeye
