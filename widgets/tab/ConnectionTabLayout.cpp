// What a ConnectionTab looks like and how its parts are tied together; what it does stands in ConnectionTab.cpp.
#include "widgets/tab/AddressBar.h"
#include "widgets/controls/Banner.h"
#include "widgets/tab/ConnectionTab.h"
#include "library/Settings.h"
#include "widgets/tab/StatusLine.h"
#include "widgets/composer/Composer.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/log/FollowButton.h"
#include "widgets/log/LogCommands.h"
#include "widgets/log/LogMenu.h"
#include "widgets/log/LogView.h"
#include "widgets/timeline/Timeline.h"
#include "widgets/timeline/TimelineLink.h"
#include "widgets/style/Theme.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

#include <chrono>

namespace sockeye {
namespace {

// Shares of the space, as in the mock; the user's own come from the settings.
constexpr int LogShare = 58;
constexpr int InspectorShare = 42;
constexpr int ComposerHeight = 128;
constexpr int LogHeight = 490;
/// Connections often change several times in a row.
constexpr auto SuggestionPause = std::chrono::milliseconds(50);

} // namespace

void ConnectionTab::build()
{
    m_address = new AddressBar(this);
    m_status = new StatusLine(this);
    m_banner = new Banner(this);
    m_timeline = new Timeline(this);
    m_filter = new FilterBar(this);
    m_filter->setSettings(&m_services.settings);
    m_follow = new FollowButton(this);
    // Each part is made where it stays: a move costs a new look at the style of all that is in it.
    m_down = new QSplitter(Qt::Vertical, this);
    m_across = new QSplitter(Qt::Horizontal, m_down);
    m_log = new LogView(m_across);
    m_commands = new LogCommands(m_log, m_filter, m_services.prompts);
    m_inspector = new Inspector(m_across);
    m_composer = new Composer(m_down);
    for (QSplitter *splitter : {m_across, m_down}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(theme::Gap);
    }
    m_across->setAccessibleName(tr("Log and inspector"));
    m_across->handle(1)->setAccessibleName(tr("Width of the log"));
    m_down->setAccessibleName(tr("Log and composer"));
    m_down->handle(1)->setAccessibleName(tr("Height of the composer"));
    m_across->setStretchFactor(0, LogShare);
    m_across->setStretchFactor(1, InspectorShare);
    m_across->setSizes({LogShare * 10, InspectorShare * 10});
    m_down->setStretchFactor(0, 1);
    m_down->setStretchFactor(1, 0);
    m_down->setSizes({LogHeight, ComposerHeight});
    m_across->restoreState(m_services.settings.value(Settings::Key::LogSplitter).toByteArray());
    m_down->restoreState(m_services.settings.value(Settings::Key::ComposerSplitter).toByteArray());

    auto *filterRow = new QHBoxLayout;
    filterRow->setSpacing(theme::Gap);
    filterRow->addWidget(m_filter, 1);
    filterRow->addWidget(m_follow, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap, theme::Gap, theme::Gap, theme::Gap);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_address);
    layout->addWidget(m_status);
    layout->addWidget(m_banner);
    layout->addWidget(m_timeline);
    layout->addLayout(filterRow);
    layout->addWidget(m_down, 1);
    setFocusProxy(m_address);
}

void ConnectionTab::setUpTimeline()
{
    using Key = Settings::Key;
    Settings &settings = m_services.settings;
    const bool bytes = settings.value(Key::TimelineUnit).toString() == u"bytes";
    m_timeline->setUnit(bytes ? TimelineUnit::Bytes : TimelineUnit::Messages);
    const QString scale = settings.value(Key::TimelineScale).toString();
    m_timeline->setScale(scale == u"linear"       ? TimelineScale::Linear
                         : scale == u"squareRoot" ? TimelineScale::SquareRoot
                                                  : TimelineScale::Automatic);
    m_timelineLink = new TimelineLink(*m_timeline, *m_log, *m_filter, this);
    connect(m_timeline, &Timeline::unitChanged, this, [&settings](TimelineUnit unit) {
        settings.setValue(Key::TimelineUnit,
                          unit == TimelineUnit::Bytes ? QStringLiteral("bytes") : QStringLiteral("messages"));
    });
    connect(m_timeline, &Timeline::scaleChanged, this, [&settings](TimelineScale value) {
        settings.setValue(Key::TimelineScale, value == TimelineScale::Linear       ? QStringLiteral("linear")
                                              : value == TimelineScale::SquareRoot ? QStringLiteral("squareRoot")
                                                                                   : QStringLiteral("automatic"));
    });
}

void ConnectionTab::wire()
{
    connect(m_address, &AddressBar::connectRequested, this, &ConnectionTab::connectToPeer);
    connect(m_address, &AddressBar::disconnectRequested, this, &ConnectionTab::disconnectFromPeer);
    connect(m_address, &AddressBar::optionsRequested, this, &ConnectionTab::showOptions);
    connect(m_address, &AddressBar::urlEdited, this, [this] {
        m_address->setInvalid(false);
        Q_EMIT changed();
    });
    connect(m_status, &StatusLine::retryRequested, this, &ConnectionTab::connectAgainNow);
    connect(m_status, &StatusLine::stopRequested, this, &ConnectionTab::disconnectFromPeer);
    wireLog();
    connect(m_inspector, &Inspector::statusText, this, &ConnectionTab::statusText);
    connect(m_inspector, &Inspector::lenientWanted, this, &ConnectionTab::connectLeniently);
    connect(m_composer, &Composer::sendRequested, this, &ConnectionTab::send);
    connect(m_composer, &Composer::closeRequested, this, &ConnectionTab::sendClose);
    connect(m_across, &QSplitter::splitterMoved, this,
            [this] { m_services.settings.setValue(Settings::Key::LogSplitter, m_across->saveState()); });
    connect(m_down, &QSplitter::splitterMoved, this,
            [this] { m_services.settings.setValue(Settings::Key::ComposerSplitter, m_down->saveState()); });
}

void ConnectionTab::wireLog()
{
    connect(m_log, &LogView::currentEntryChanged, m_filter, &FilterBar::setCurrentEntry);
    connect(m_filter, &FilterBar::entryWanted, m_log, &LogView::setCurrentEntry);
    m_suggesting.setSingleShot(true);
    m_suggesting.setInterval(SuggestionPause);
    connect(&m_suggesting, &QTimer::timeout, this, &ConnectionTab::suggestConnections);
    restoreLook();
    // A screen reader toggles without a click.
    connect(m_follow, &QPushButton::toggled, m_log, &LogView::setFollowing);
    connect(m_log, &LogView::followingChanged, m_follow, &FollowButton::setFollowing);
    connect(m_log, &LogView::newBelowChanged, m_follow, &FollowButton::setNewBelow);
    connect(m_log, &LogView::currentEntryChanged, m_inspector, &Inspector::showEntry);
    connect(m_log, &LogView::statusText, this, &ConnectionTab::statusText);
    connect(m_log, &LogView::contextMenuRequested, this, &ConnectionTab::showLogMenu);
    connect(m_log, &LogView::lookChanged, this, [this] {
        m_log->look().save(m_services.settings);
        Q_EMIT lookChanged();
    });
    connect(m_commands, &LogCommands::statusText, this, &ConnectionTab::statusText);
    connect(m_commands, &LogCommands::selectionText, this, &ConnectionTab::selectionText);
    connect(m_commands, &LogCommands::failed, m_composer, &Composer::showError);
    m_commands->setConnection([this](const Outgoing &message) { return sendOut(message); },
                              [this] { return m_recording ? m_recording->session().status().messagesOut : 0; });
}

void ConnectionTab::restoreLook()
{
    m_log->setLook(LogLook::load(m_services.settings));
}

void ConnectionTab::showLogMenu(const QPoint &at)
{
    (new LogMenu(*m_commands, this))->popup(at);
}

} // namespace sockeye
