#pragma once

#include <QWidget>

namespace sockeye {

/// A bar from one moment to another on a track that stands for all of the time. What it shows stands in words beside
/// it.
class TimingBar final : public QWidget
{
    Q_OBJECT

public:
    enum class Kind : quint8 { Phase, Total };

    /// Begin and end as shares of the track, 0 to 1.
    TimingBar(double begin, double end, Kind kind, QWidget *parent = nullptr);

    [[nodiscard]] double begin() const { return m_begin; }
    [[nodiscard]] double end() const { return m_end; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_begin;
    double m_end;
    Kind m_kind;
};

} // namespace sockeye
