#include "widgets/tab/InspectorLink.h"

#include "log/LogModel.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/log/LogView.h"

#include <QApplication>
#include <QEvent>

namespace sockeye {

InspectorLink::InspectorLink(LogView &log, Inspector &inspector, QObject *parent)
    : QObject(parent)
    , m_log(log)
    , m_inspector(inspector)
{
    m_pace.setResting(!inspector.isVisible());
    inspector.installEventFilter(this);
    connect(&log, &LogView::currentEntryChanged, this, &InspectorLink::update);
    connect(&log, &LogView::followingChanged, this, &InspectorLink::update);
    connect(qApp, &QApplication::focusChanged, this, [this](const QWidget *, const QWidget *now) {
        // Another program has the focus if nothing has: what was used here is used still.
        if (now)
            m_wasUsed = m_inspector.isAncestorOf(now);
        if (m_isWaiting && !isInUse())
            takeLatest();
    });
    connect(&m_pace, &Pace::due, this, &InspectorLink::takeLatest);
    connect(&inspector, &Inspector::leaveRequested, &log, [&log, &inspector] {
        if (inspector.window() != log.window())
            log.activateWindow();
        log.setFocus(Qt::ShortcutFocusReason);
    });
}

void InspectorLink::setLogModel(LogModel *model)
{
    if (m_model)
        m_model->disconnect(&m_pace);
    m_model = model;
    m_isWaiting = false;
    m_pace.cancel();
    if (!model)
        return;
    connect(model, &LogModel::rowsInserted, &m_pace, &Pace::request);
    connect(model, &LogModel::modelReset, &m_pace, &Pace::request);
    update();
}

bool InspectorLink::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_inspector && (event->type() == QEvent::Show || event->type() == QEvent::Hide))
        m_pace.setResting(event->type() == QEvent::Hide);
    return QObject::eventFilter(watched, event);
}

void InspectorLink::update()
{
    const EntryId chosen = m_log.currentEntry();
    if (chosen == EntryId() && m_log.isFollowing() && m_model && m_model->rowCount() > 0)
        m_pace.request();
    else
        m_inspector.showEntry(chosen);
}

/// What somebody is reading stays where it is.
void InspectorLink::takeLatest()
{
    if (!m_model)
        return;
    const int rows = m_model->rowCount();
    if (m_log.currentEntry() != EntryId() || !m_log.isFollowing())
        return;
    m_isWaiting = isInUse();
    if (m_isWaiting)
        return;
    if (rows > 0)
        m_inspector.showLatest(m_model->entryAt(Row(rows - 1)));
    else
        m_inspector.showEntry(EntryId());
}

bool InspectorLink::isInUse() const
{
    // A window of its own has a focus even if nobody was ever there.
    if (m_inspector.window() != m_log.window())
        return m_wasUsed;
    // That of the window, which keeps it while a dialog or another program is in front.
    const QWidget *focused = m_inspector.window()->focusWidget();
    return focused && m_inspector.isAncestorOf(focused);
}

} // namespace sockeye
