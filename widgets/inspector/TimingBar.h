#pragma once

#include <QWidget>

namespace sockeye {

/// A bar from one moment to another on a track that stands for the whole time. A label beside the bar says the same in
/// words.
class TimingBar final : public QWidget
{
    Q_OBJECT

public:
    enum class Kind : quint8 { Phase, Total };

    /// The begin and the end as parts of the track, 0 to 1.
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
