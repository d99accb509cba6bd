#pragma once

#include <QLabel>

namespace sockeye {

/// A line of text that gives way: cut with "…" where there is no room, and whole in its tooltip then.
class ElidedLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    void setTextColor(const QColor &color);
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QColor m_color;
};

} // namespace sockeye
