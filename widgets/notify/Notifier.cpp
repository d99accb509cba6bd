#include "widgets/notify/Notifier.h"

#include "base/Clock.h"

#include <QEvent>
#include <QGuiApplication>

#include <algorithm>
#include <utility>

namespace sockeye {

Notifier::Notifier(std::unique_ptr<NoticePresenter> presenter, const Clock &clock, Looked isLookedAt, Nanoseconds pause)
    : m_presenter(std::move(presenter))
    , m_clock(clock)
    , m_isLookedAt(std::move(isLookedAt))
    , m_pace(pause)
{
    m_due.setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, &Notifier::showDue);
    connect(m_presenter.get(), &NoticePresenter::chosen, this, &Notifier::showWanted);
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, &Notifier::look);
}

Notifier::~Notifier() = default;

void Notifier::watch(ConnectionTab *tab)
{
    m_watched.push_back(std::make_unique<TabNotices>(++m_lastId, *tab, m_clock, m_isLookedAt));
    TabNotices *notices = m_watched.back().get();
    tab->installEventFilter(this);
    connect(notices, &TabNotices::noticed, this, &Notifier::take);
    // Later: a connection that ends is told of after its tab has changed, and the presenter is to be there still.
    connect(notices, &TabNotices::changed, this, &Notifier::update, Qt::QueuedConnection);
    connect(tab, &QObject::destroyed, this, [this, notices] {
        m_pace.forget(notices->id());
        std::erase_if(m_watched, [notices](const auto &watched) { return watched.get() == notices; });
        update();
    });
    update();
}

void Notifier::look()
{
    for (const auto &notices : m_watched) {
        ConnectionTab *tab = notices->tab();
        if (!tab || !m_isLookedAt(*tab))
            continue;
        m_pace.forget(notices->id());
        tab->setHasNotice(false);
    }
}

bool Notifier::isInFront(const ConnectionTab &tab)
{
    return QGuiApplication::applicationState() == Qt::ApplicationActive && tab.isVisible() &&
           !tab.window()->isMinimized();
}

bool Notifier::eventFilter(QObject *object, QEvent *event)
{
    // Later, for it is not visible yet.
    if (event->type() == QEvent::Show)
        QMetaObject::invokeMethod(this, &Notifier::look, Qt::QueuedConnection);
    return QObject::eventFilter(object, event);
}

void Notifier::take(const Notice &notice)
{
    m_pace.add(notice);
    if (ConnectionTab *tab = tabOf(notice.connection))
        tab->setHasNotice(true);
    showDue();
}

void Notifier::showDue()
{
    const Timestamp now = m_clock.now();
    if (const QList<Notice> due = m_pace.take(now); !due.isEmpty()) {
        m_shown = due.constFirst();
        m_presenter->show(NoticeText::of(due, now));
    }
    if (const std::optional<Nanoseconds> wait = m_pace.wait(now))
        m_due.start(std::chrono::ceil<std::chrono::milliseconds>(*wait));
}

void Notifier::showWanted()
{
    if (ConnectionTab *tab = tabOf(m_shown.connection))
        Q_EMIT wanted(tab, m_shown.entry);
}

void Notifier::update()
{
    const bool isReady = std::any_of(m_watched.cbegin(), m_watched.cend(), [](const auto &notices) {
        return notices->isReady() || (notices->tab() && notices->tab()->hasNotice());
    });
    if (std::exchange(m_isReady, isReady) != isReady)
        m_presenter->setReady(isReady);
}

ConnectionTab *Notifier::tabOf(WatchedId id) const
{
    const auto found =
        std::find_if(m_watched.cbegin(), m_watched.cend(), [id](const auto &notices) { return notices->id() == id; });
    return found == m_watched.cend() ? nullptr : (*found)->tab();
}

} // namespace sockeye
