#pragma once

#include <QLabel>

namespace sockeye {

/// The text of a filter in a dialog: in the data font, dimmed, over several lines if it must be.
class FilterText final : public QLabel
{
    Q_OBJECT

public:
    explicit FilterText(const QString &text, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;
};

} // namespace sockeye
