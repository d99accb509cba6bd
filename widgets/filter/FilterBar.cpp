#include "widgets/filter/FilterBar.h"

#include "base/Units.h"
#include "log/LogModel.h"
#include "widgets/controls/SegmentedControl.h"
#include "widgets/filter/FilterLine.h"
#include "widgets/filter/FilterMark.h"
#include "widgets/filter/FilterMenu.h"
#include "widgets/filter/FilterSuggestions.h"
#include "widgets/filter/MatchStepper.h"
#include "widgets/filter/QuietButton.h"
#include "widgets/filter/SearchProgress.h"
#include "widgets/style/Theme.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>

namespace sockeye {

namespace {

/// The status is updated no more often than this, however fast a search goes on.
constexpr auto StatusPause = std::chrono::milliseconds(60);

/// In a bar narrower than this, the control is hidden, so that there is room for the line.
constexpr int WidthForStatus = 760;
constexpr int WidthForModes = 600;
constexpr int WidthForMatches = 420;

} // namespace

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
    , m_line(new FilterLine(this))
    , m_statusPause(new QTimer(this))
{
    m_statusPause->setSingleShot(true);
    m_statusPause->setInterval(StatusPause);
    addControls();
    layOut();
    connectLine();
    connectControls();
    setFocusProxy(m_line);
    updateStatus();
}

FilterBar::~FilterBar()
{
    // The line loses the focus, and tells so, when the members that would hear of it are gone.
    disconnect(m_line, nullptr, this, nullptr);
    disconnect(m_line, nullptr, m_menu, nullptr);
}

/// In the order in which the Tab key reaches them.
void FilterBar::addControls()
{
    m_menu = new FilterMenu(this);
    addModes();
    m_matches = new MatchStepper(this);
    m_progress = new SearchProgress(this);
    m_status = new QLabel(this);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setProperty("dim", true);
    m_quiet = new QuietButton(this);
    m_menu->setChoices(m_modes->actions(), m_quiet->choices());
}

void FilterBar::addModes()
{
    m_modes = new QActionGroup(this);
    m_hide = m_modes->addAction(tr("&Hide what does not match"));
    m_markMatches = m_modes->addAction(tr("Mar&k what matches"));
    for (QAction *action : {m_hide, m_markMatches})
        action->setCheckable(true);
    m_hide->setChecked(true);
    m_mode = new SegmentedControl(this);
    m_mode->setAccessibleName(tr("What the filter does"));
    m_mode->addSegment(int(FilterMode::Hide), tr("Hide"), tr("Hide what does not match"), tr("Show only what matches"));
    m_mode->addSegment(int(FilterMode::Mark), tr("Mark"), tr("Mark what matches"),
                       tr("Show all, and mark what matches"));
    m_mode->finish();
}

void FilterBar::layOut()
{
    auto *line = new QHBoxLayout;
    line->setSpacing(theme::Gap);
    line->addWidget(m_menu);
    line->addWidget(m_line, 1);
    line->addWidget(m_mode);
    line->addWidget(m_matches);
    line->addWidget(m_progress);
    line->addWidget(m_status);
    line->addWidget(m_quiet);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addLayout(line);
    rows->addWidget(m_line->mark());
}

void FilterBar::connectLine()
{
    connect(m_line, &FilterLine::understood, this, &FilterBar::take);
    connect(m_line, &QLineEdit::returnPressed, this, &FilterBar::resumeSearch);
    connect(m_line, &FilterLine::finished, m_menu, &FilterMenu::remember);
    connect(m_menu, &FilterMenu::filterChosen, this, [this](const QString &text) {
        setText(text);
        m_menu->remember(text);
    });
}

void FilterBar::connectControls()
{
    connect(m_mode, &SegmentedControl::currentChanged, this, [this](int id) { setFilterMode(FilterMode(id)); });
    connect(m_modes, &QActionGroup::triggered, this,
            [this](const QAction *action) { setFilterMode(action == m_hide ? FilterMode::Hide : FilterMode::Mark); });
    connect(m_quiet, &QuietButton::quietChanged, this, &FilterBar::chooseQuiet);
    connect(m_matches, &MatchStepper::entryWanted, this, &FilterBar::entryWanted);
    connect(m_progress, &SearchProgress::stopped, m_line, [line = m_line] { line->setFocus(Qt::OtherFocusReason); });
    connect(m_statusPause, &QTimer::timeout, this, &FilterBar::updateStatus);
}

void FilterBar::setLogModel(LogModel *model)
{
    if (m_model)
        disconnect(m_model, nullptr, this, nullptr);
    m_model = model;
    m_applied = {};
    m_matches->setLogModel(model);
    m_progress->setLogModel(model);
    if (model) {
        connect(model, &LogModel::searchChanged, this, &FilterBar::updateStatusSoon);
        connect(model, &QAbstractItemModel::rowsInserted, this, &FilterBar::updateStatusSoon);
        model->setFilterMode(filterMode());
        model->setQuiet(quiet());
    }
    m_line->setLogModel(model);
}

void FilterBar::setSettings(Settings *settings)
{
    m_menu->setSettings(settings);
}

void FilterBar::setConnections(const QStringList &urls)
{
    m_line->setConnections(urls);
}

QString FilterBar::text() const
{
    return m_line->text();
}

void FilterBar::setText(const QString &text)
{
    m_line->setFilter(text);
}

void FilterBar::focusFilter()
{
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
}

QLineEdit *FilterBar::lineEdit() const
{
    return m_line;
}

FilterSuggestions *FilterBar::suggestions() const
{
    return m_line->suggestions();
}

QString FilterBar::errorText() const
{
    return m_line->errorText();
}

QString FilterBar::counterText() const
{
    return m_matches->counterText();
}

void FilterBar::nextMatch()
{
    m_matches->next();
}

void FilterBar::previousMatch()
{
    m_matches->previous();
}

void FilterBar::setCurrentEntry(EntryId id)
{
    m_matches->setCurrentEntry(id);
    fitControls();
}

// What the log shows

void FilterBar::take(const EntryQuery &query)
{
    // Another text with the same meaning, for example with one more space, is no reason to search anew.
    const bool isSame = m_applied == query;
    m_applied = query;
    m_menu->setFilter(text().trimmed());
    if (m_model && !isSame)
        m_model->setFilter(query);
    updateStatus();
    Q_EMIT applied();
}

/// Enter begins a search anew that was stopped or has failed.
void FilterBar::resumeSearch()
{
    if (m_model && m_model->isFiltered() && errorText().isEmpty() && !m_model->isSearchSound())
        m_model->setFilter(m_applied);
}

FilterMode FilterBar::filterMode() const
{
    return FilterMode(m_mode->current());
}

void FilterBar::setFilterMode(FilterMode mode)
{
    m_mode->setCurrent(int(mode));
    (mode == FilterMode::Hide ? m_hide : m_markMatches)->setChecked(true);
    if (m_model)
        m_model->setFilterMode(mode);
    updateStatus();
    Q_EMIT choiceChanged();
}

LogQuiet FilterBar::quiet() const
{
    return m_quiet->quiet();
}

void FilterBar::setQuiet(LogQuiet quiet)
{
    m_quiet->setQuiet(quiet);
}

void FilterBar::chooseQuiet()
{
    if (m_model)
        m_model->setQuiet(quiet());
    updateStatus();
    Q_EMIT choiceChanged();
}

// What the bar shows

void FilterBar::setEntryCount(qint64 entries)
{
    m_entries = entries;
    updateStatusSoon();
}

void FilterBar::updateStatusSoon()
{
    if (!m_statusPause->isActive())
        m_statusPause->start();
}

void FilterBar::updateStatus()
{
    QStringList parts;
    const qint64 hidden = m_model ? m_model->hiddenCount() : 0;
    if (m_model) {
        const QString all = countText(m_entries > 0 ? m_entries : m_model->lastEntry().value());
        if (m_model->isFiltered() && m_model->filterMode() == FilterMode::Mark)
            parts += tr("%1 of %2 match").arg(countText(m_model->matchCount()), all);
        else if (m_model->hidesEntries())
            parts += tr("%1 of %2 shown").arg(countText(m_model->rowCount()), all);
        if (hidden > 0)
            parts += tr("%1 hidden").arg(countText(hidden));
    }
    m_statusText = parts.join(QStringLiteral(" · "));
    m_status->setText(m_statusText);
    m_quiet->setHiddenCount(hidden);
    m_matches->updateCounter();
    m_progress->updateProgress();
    fitControls();
}

void FilterBar::fitControls()
{
    m_mode->setVisible(width() >= WidthForModes);
    m_quiet->setVisible(width() >= WidthForModes);
    m_matches->setVisible(m_model && m_model->isFiltered() && width() >= WidthForMatches);
    m_status->setVisible(!m_statusText.isEmpty() && width() >= WidthForStatus);
}

void FilterBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitControls();
    m_line->mark()->place();
}

void FilterBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if ((event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange) && m_line)
        m_line->setFont(theme::dataFont());
}

} // namespace sockeye
