#pragma once

#include <QWidget>

class QButtonGroup;

namespace sockeye {

/// A row of buttons of which one is chosen, as one control: one stop of the Tab key, arrow keys move within.
class SegmentedControl final : public QWidget
{
    Q_OBJECT

public:
    explicit SegmentedControl(QWidget *parent = nullptr);

    /// Call once for each segment, then finish().
    void addSegment(int id, const QString &text, const QString &accessibleName, const QString &toolTip);
    void finish();
    [[nodiscard]] int current() const;
    void setCurrent(int id);

Q_SIGNALS:
    void currentChanged(int id);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void step(int by);
    void updateFocus();

    QButtonGroup *m_group;
    int m_current = -1;
};

} // namespace sockeye
