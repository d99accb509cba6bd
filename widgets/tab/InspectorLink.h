#pragma once

#include "base/Pace.h"

#include <QObject>
#include <QPointer>

namespace sockeye {

class Inspector;
class LogModel;
class LogView;

/// Chooses what an inspector shows: the entry that is current in the log; without one the latest entry while the log
/// follows, and else the connection alone.
class InspectorLink final : public QObject
{
    Q_OBJECT

public:
    /// Both outlive it.
    InspectorLink(LogView &log, Inspector &inspector, QObject *parent);

    /// The log's model; null for none.
    void setLogModel(LogModel *model);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void update();
    void takeLatest();
    /// Whether the keyboard is in the inspector.
    [[nodiscard]] bool isInUse() const;

    LogView &m_log;
    Inspector &m_inspector;
    QPointer<LogModel> m_model;
    Pace m_pace{Pace::Figures};
    /// The latest entry waits until the inspector is not used any more.
    bool m_isWaiting = false;
    /// The latest widget of the program that had the focus is in the inspector.
    bool m_wasUsed = false;
};

} // namespace sockeye
