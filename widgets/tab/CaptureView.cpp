#include "widgets/tab/CaptureView.h"

#include "document/OpenCapture.h"
#include "document/TabState.h"
#include "library/Settings.h"
#include "log/LogModel.h"
#include "requests/RequestDecoding.h"
#include "widgets/columns/LogFields.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/formats/FormatsDialog.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/log/FollowButton.h"
#include "widgets/log/LogCommands.h"
#include "widgets/log/LogMenu.h"
#include "widgets/log/LogView.h"
#include "widgets/log/MarkerStrip.h"
#include "widgets/style/Theme.h"
#include "widgets/tab/InspectorLink.h"
#include "widgets/timeline/Timeline.h"
#include "widgets/timeline/TimelineLink.h"

#include <QDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace sockeye {
namespace {

// Shares of the space; the user's own come from the settings.
constexpr int LogShare = 68;
constexpr int InspectorShare = 32;
constexpr int FootHeight = 128;
constexpr int LogHeight = 490;

} // namespace

CaptureView::CaptureView(Settings &settings, Prompts &prompts, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_prompts(prompts)
    , m_timeline(new Timeline(this))
    , m_filter(new FilterBar(this))
    , m_follow(new FollowButton(this))
    , m_down(new QSplitter(Qt::Vertical, this))
    , m_across(new QSplitter(Qt::Horizontal, m_down))
    , m_log(new LogView(m_across))
    , m_commands(new LogCommands(m_log, m_filter, prompts))
    , m_fields(new LogFields(m_log, [this] { return currentFormat(); }))
    , m_inspectorPlace(new QWidget(m_across))
    , m_inspector(new Inspector(m_inspectorPlace))
    , m_inspectorLink(new InspectorLink(*m_log, *m_inspector, this))
    , m_timelineLink(new TimelineLink(*m_timeline, *m_log, *m_filter, this))
{
    m_filter->setSettings(&settings);
    layOut();
    restoreTimeline();
    restoreLook();
    wire();
}

CaptureView::~CaptureView()
{
    // The parts must not outlive each other's use of what they show.
    if (m_capture)
        letGo();
    if (m_inspector->parentWidget() != m_inspectorPlace)
        delete m_inspector;
}

void CaptureView::showCapture(OpenCapture &capture, StartAt start)
{
    if (m_capture)
        letGo();
    m_capture = &capture;
    connect(&capture, &OpenCapture::aboutToClose, this, &CaptureView::letGo);
    connect(&capture, &OpenCapture::connectionNamesChanged, this, &CaptureView::showConnectionNames);
    m_log->setLogModel(&capture.model());
    m_log->markerStrip()->setSource(&capture.model(), capture.path(), &capture.annotations());
    m_commands->setCapture(&capture.model(), &capture.loader(), &capture.annotations());
    m_filter->setLogModel(&capture.model());
    m_timelineLink->setTimelineModel(capture.timeline(), start == StartAt::End);
    m_inspector->setLoader(&capture.loader());
    m_inspector->setAnnotations(&capture.annotations());
    const auto showFormats = [this, &model = capture.model()] { model.setFormats(formats().set()); };
    connect(&formats(), &MessageFormats::changed, &capture.model(), showFormats);
    showFormats();
    const auto showMarks = [this, &model = capture.model()] { m_inspector->setFilterMarks(model.matchMarks()); };
    connect(&capture.model(), &LogModel::searchChanged, m_inspector, showMarks);
    showMarks();
    if (start == StartAt::Beginning)
        m_log->setFollowing(false);
    m_inspectorLink->setLogModel(&capture.model());
    capture.setWatched(!m_isOutOfSight);
}

void CaptureView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_isOutOfSight = false;
    if (m_capture)
        m_capture->setWatched(true);
}

void CaptureView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    // The window is minimized, and the inspector's own one is not.
    if (event->spontaneous() && m_inspector->isVisible())
        return;
    m_isOutOfSight = true;
    if (m_capture)
        m_capture->setWatched(false);
}

void CaptureView::letGo()
{
    m_capture->disconnect(this);
    m_capture->model().disconnect(m_inspector);
    formats().disconnect(&m_capture->model());
    m_capture = nullptr;
    m_inspectorLink->setLogModel(nullptr);
    m_inspector->setAnnotations(nullptr);
    m_inspector->setLoader(nullptr);
    m_timelineLink->close();
    m_filter->setLogModel(nullptr);
    m_filter->setConnections({});
    m_commands->setCapture(nullptr, nullptr, nullptr);
    m_log->markerStrip()->setSource(nullptr, {}, nullptr);
    m_log->setLogModel(nullptr);
}

LogModel *CaptureView::model() const
{
    return m_capture ? &m_capture->model() : nullptr;
}

Annotations *CaptureView::annotations() const
{
    return m_capture ? &m_capture->annotations() : nullptr;
}

MessageFormats &CaptureView::formats() const
{
    return m_inspector->formats();
}

void CaptureView::showFormats()
{
    if (!m_formatsDialog) {
        m_formatsDialog = new FormatsDialog(formats(), m_prompts, this);
        m_formatsDialog->setAttribute(Qt::WA_DeleteOnClose);
        m_formatsDialog->setExample(m_inspector->payload());
        connect(m_inspector, &Inspector::payloadShown, m_formatsDialog, &FormatsDialog::setExample);
    }
    m_formatsDialog->show();
    m_formatsDialog->raise();
    m_formatsDialog->activateWindow();
}

EntryQuery CaptureView::query() const
{
    return withRequests(m_filter->query(), formats().set());
}

QWidget *CaptureView::footParent() const
{
    return m_down;
}

void CaptureView::setFoot(QWidget *foot)
{
    m_foot = foot;
    m_down->addWidget(foot);
    m_down->handle(1)->setAccessibleName(tr("Height of the composer"));
    m_down->setStretchFactor(0, 1);
    m_down->setStretchFactor(1, 0);
    m_down->setSizes({LogHeight, FootHeight});
    restoreSizes();
}

void CaptureView::arrange(const Arrangement &arrangement)
{
    const bool isApart = arrangement.inspectorPlace == InspectorPlace::OwnWindow;
    m_inspectorPlace->setVisible(arrangement.inspector && !isApart);
    if (m_foot)
        m_foot->setVisible(arrangement.foot);
    m_timeline->setVisible(arrangement.timeline);
    const Arrangement before = std::exchange(m_arrangement, arrangement);
    m_across->setOrientation(arrangement.inspectorPlace == InspectorPlace::Below ? Qt::Vertical : Qt::Horizontal);
    if (arrangement.isSmall != before.isSmall || arrangement.inspectorPlace != before.inspectorPlace)
        restoreSizes();
    if (arrangement.isSmall != before.isSmall)
        Q_EMIT smallChanged(arrangement.isSmall);
}

void CaptureView::lendInspector(QWidget *to)
{
    QWidget *place = to ? to : m_inspectorPlace;
    if (m_inspector->parentWidget() == place)
        return;
    // Dialogs would stay behind with the window that they belong to.
    const QList<QDialog *> dialogs = m_inspector->findChildren<QDialog *>();
    for (QDialog *dialog : dialogs)
        dialog->close();
    m_inspector->setParent(place);
    if (to)
        return;
    m_inspectorPlace->layout()->addWidget(m_inspector);
    m_inspector->show();
}

void CaptureView::setFootFolded(bool folded)
{
    m_isFootFolded = folded;
    restoreFoot();
}

void CaptureView::restoreFoot()
{
    const auto key = m_arrangement.isSmall ? Settings::Key::SmallComposerSplitter : Settings::Key::ComposerSplitter;
    const int height = m_isFootFolded ? m_foot->maximumHeight() : FootHeight;
    if (m_isFootFolded || !m_down->restoreState(m_settings.value(key).toByteArray()))
        m_down->setSizes({std::max(m_down->height() - height, height), height});
}

void CaptureView::restoreSizes()
{
    using Key = Settings::Key;
    const bool isSmall = m_arrangement.isSmall;
    // A state has the orientation in it, which is the user's choice of another place.
    const Qt::Orientation orientation = m_across->orientation();
    m_across->restoreState(m_settings.value(isSmall ? Key::SmallLogSplitter : Key::LogSplitter).toByteArray());
    m_across->setOrientation(orientation);
    if (m_foot)
        restoreFoot();
}

void CaptureView::keepSizes()
{
    using Key = Settings::Key;
    const bool isSmall = m_arrangement.isSmall;
    m_settings.setValue(isSmall ? Key::SmallLogSplitter : Key::LogSplitter, m_across->saveState());
    // What is folded has the size that it needs, and none of the user's.
    if (!m_isFootFolded)
        m_settings.setValue(isSmall ? Key::SmallComposerSplitter : Key::ComposerSplitter, m_down->saveState());
}

void CaptureView::restoreLook()
{
    m_log->setLook(LogLook::load(m_settings));
}

void CaptureView::saveTo(TabState &state) const
{
    state.filter = m_filter->text();
    state.filterMode = m_filter->filterMode();
    state.quiet = m_filter->quiet();
    state.decode = formats().options();
    state.columns = m_fields->options();
}

void CaptureView::restoreFrom(const TabState &state)
{
    m_filter->setText(state.filter);
    m_filter->setFilterMode(state.filterMode);
    m_filter->setQuiet(state.quiet);
    formats().setOptions(state.decode);
    m_fields->setOptions(state.columns);
}

void CaptureView::layOut()
{
    for (QSplitter *splitter : {m_across, m_down}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(theme::Gap);
    }
    auto *place = new QVBoxLayout(m_inspectorPlace);
    place->setContentsMargins({});
    place->addWidget(m_inspector);
    m_across->setAccessibleName(tr("Log and inspector"));
    m_across->handle(1)->setAccessibleName(tr("Width of the log"));
    m_down->setAccessibleName(tr("Log and composer"));
    m_across->setStretchFactor(0, LogShare);
    m_across->setStretchFactor(1, InspectorShare);
    m_across->setSizes({LogShare * 10, InspectorShare * 10});
    restoreSizes();

    auto *filterRow = new QHBoxLayout;
    filterRow->setSpacing(theme::Gap);
    filterRow->addWidget(m_filter, 1);
    filterRow->addWidget(m_follow, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_timeline);
    layout->addLayout(filterRow);
    layout->addWidget(m_down, 1);
}

void CaptureView::restoreTimeline()
{
    using Key = Settings::Key;
    const bool bytes = m_settings.value(Key::TimelineUnit).toString() == u"bytes";
    m_timeline->setUnit(bytes ? TimelineUnit::Bytes : TimelineUnit::Messages);
    const QString scale = m_settings.value(Key::TimelineScale).toString();
    m_timeline->setScale(scale == u"linear"       ? TimelineScale::Linear
                         : scale == u"squareRoot" ? TimelineScale::SquareRoot
                                                  : TimelineScale::Automatic);
}

void CaptureView::wire()
{
    wireLog();
    wireSettings();
    connect(m_log, &LogView::statusText, this, &CaptureView::statusText);
    connect(m_commands, &LogCommands::statusText, this, &CaptureView::statusText);
    connect(m_inspector, &Inspector::formatsWanted, this, &CaptureView::showFormats);
    connect(m_inspector, &Inspector::statusText, this, &CaptureView::statusText);
    connect(m_inspector, &Inspector::plotWanted, this, &CaptureView::plotWanted);
    connect(m_commands, &LogCommands::selectionText, this, &CaptureView::selectionText);
    connect(m_filter->lineEdit(), &QLineEdit::textChanged, this, &CaptureView::filterChanged);
    connect(m_filter, &FilterBar::choiceChanged, this, &CaptureView::filterChanged);
    connect(&formats(), &MessageFormats::optionsChanged, this, &CaptureView::formatsChanged);
    connect(m_fields, &LogFields::statusText, this, &CaptureView::statusText);
    connect(m_fields, &LogFields::changed, this, &CaptureView::columnsChanged);
    connect(m_inspector, &Inspector::columnWanted, this,
            [this](const QString &path) { m_fields->add({.path = path}); });
}

void CaptureView::wireLog()
{
    connect(m_log, &LogView::currentEntryChanged, m_filter, &FilterBar::setCurrentEntry);
    connect(m_inspector, &Inspector::filterWanted, this, [this](const QString &term) {
        // What only marked was no choice of what is shown.
        const bool wasHiding = m_filter->filterMode() == FilterMode::Hide;
        m_filter->setFilterMode(FilterMode::Hide);
        if (!wasHiding)
            m_commands->narrowTo(term);
        else if (!m_filter->text().contains(term))
            m_commands->narrowBy(term);
    });
    connect(m_inspector, &Inspector::markWanted, this, [this](const QString &term) {
        // What is marked already stays so; what only hid was no choice of what is marked.
        const bool wasMarking = m_filter->filterMode() == FilterMode::Mark;
        m_filter->setFilterMode(FilterMode::Mark);
        if (!wasMarking)
            m_commands->narrowTo(term);
        else if (!m_filter->text().contains(term))
            m_commands->widenBy(term);
    });
    connect(m_filter, &FilterBar::entryWanted, m_log, &LogView::setCurrentEntry);
    // A screen reader toggles without a click.
    connect(m_follow, &QPushButton::toggled, m_log, &LogView::setFollowing);
    connect(m_log, &LogView::followingChanged, m_follow, &FollowButton::setFollowing);
    connect(m_log, &LogView::newBelowChanged, m_follow, &FollowButton::setNewBelow);
    connect(m_log, &LogView::contextMenuRequested, this, &CaptureView::showLogMenu);
}

/// What the user arranges is kept for all tabs.
void CaptureView::wireSettings()
{
    using Key = Settings::Key;
    connect(m_log, &LogView::lookChanged, this, [this] {
        m_log->look().save(m_settings);
        Q_EMIT lookChanged();
    });
    for (const QSplitter *splitter : {m_across, m_down})
        connect(splitter, &QSplitter::splitterMoved, this, &CaptureView::keepSizes);
    connect(m_timeline, &Timeline::unitChanged, this, [this](TimelineUnit unit) {
        m_settings.setValue(Key::TimelineUnit,
                            unit == TimelineUnit::Bytes ? QStringLiteral("bytes") : QStringLiteral("messages"));
    });
    connect(m_timeline, &Timeline::scaleChanged, this, [this](TimelineScale value) {
        m_settings.setValue(Key::TimelineScale, value == TimelineScale::Linear       ? QStringLiteral("linear")
                                                : value == TimelineScale::SquareRoot ? QStringLiteral("squareRoot")
                                                                                     : QStringLiteral("automatic"));
    });
}

void CaptureView::showConnectionNames()
{
    m_filter->setConnections(m_capture->connectionNames());
}

QString CaptureView::currentFormat() const
{
    // A look at more would hold the menu up.
    constexpr qsizetype MaxExamined = 64 * 1024;
    const Entry *entry = m_commands->current();
    const QByteArray &payload = m_inspector->payload();
    if (!entry || payload.isEmpty() || payload.size() > MaxExamined)
        return {};
    const FormatChoice choice =
        formats().set()->choose({payload, entry->kind == EntryKind::Text, entry->direction, {}});
    return choice.format ? choice.format->id() : QString();
}

void CaptureView::showLogMenu(const QPoint &at)
{
    (new LogMenu(*m_commands, this))->popup(at);
}

} // namespace sockeye
