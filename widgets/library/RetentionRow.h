#pragma once

#include <QWidget>

class QCheckBox;
class QPushButton;
class QSpinBox;

namespace sockeye {

class Prompts;
class Retention;

/// One row of controls that say how many captures are kept, and clean up beyond that.
class RetentionRow final : public QWidget
{
    Q_OBJECT

public:
    /// The retention and the prompts outlive it.
    RetentionRow(Retention &retention, Prompts &prompts, QWidget *parent = nullptr);

private:
    [[nodiscard]] QSpinBox *makeLimit(int most, const QString &suffix, const QString &name, const QString &toolTip);
    void showLimits();
    void keepLimits();
    void updateEnabled();
    void cleanUp();

    Retention &m_retention;
    Prompts &m_prompts;
    QCheckBox *m_retain;
    QSpinBox *m_count;
    QSpinBox *m_gigabytes;
    QPushButton *m_cleanUp;
};

} // namespace sockeye
