// What a FilterBar is made of; what it does stands in FilterBar.cpp.
#include "widgets/controls/SegmentedControl.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/filter/FilterMark.h"
#include "widgets/filter/FilterMenu.h"
#include "widgets/filter/FilterSuggestions.h"
#include "widgets/controls/Describe.h"
#include "widgets/style/Icons.h"
#include "widgets/style/Theme.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QTimer>
#include <QVBoxLayout>

namespace sockeye {

namespace {

/// Typing on is not stopped by a filter that is understood too soon.
constexpr auto TypingPause = std::chrono::milliseconds(200);
constexpr auto StatusPause = std::chrono::milliseconds(60);
/// A search that is through before needs no progress: it would only flicker.
constexpr auto Patience = std::chrono::milliseconds(300);
constexpr int LeastLineWidth = 160;
constexpr int ProgressWidth = 64;

QTimer *newTimer(std::chrono::milliseconds interval, QObject *parent)
{
    auto *timer = new QTimer(parent);
    timer->setSingleShot(true);
    timer->setInterval(interval);
    return timer;
}

} // namespace

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_suggestions(new FilterSuggestions(*m_edit))
    , m_mark(new FilterMark(*m_edit, this))
    , m_pause(newTimer(TypingPause, this))
    , m_statusPause(newTimer(StatusPause, this))
    , m_patience(newTimer(Patience, this))
{
    m_edit->setAccessibleName(tr("Filter"));
    m_edit->setPlaceholderText(tr("Filter: dir:in  type:text  size>1k  \"words\"  -not"));
    m_edit->setToolTip(tr("What the log shows (Ctrl+F); Down offers what can stand here"));
    m_edit->setFont(theme::dataFont());
    m_edit->setMinimumWidth(LeastLineWidth);
    addClearButton();
    addActions();
    addControls();
    layOut();
    wire();
    setFocusProxy(m_edit);
    updateStatus();
}

FilterBar::~FilterBar()
{
    // The line loses the focus while what it would tell of that is gone.
    disconnect(m_edit, nullptr, this, nullptr);
}

void FilterBar::addClearButton()
{
    m_clear = m_edit->addAction(icons::get(QStringLiteral("close"), palette()), QLineEdit::TrailingPosition);
    m_clear->setText(tr("Clear filter"));
    m_clear->setVisible(false);
    connect(m_clear, &QAction::triggered, this, [this] { setText({}); });
    connect(m_edit, &QLineEdit::textChanged, m_clear,
            [clear = m_clear](const QString &text) { clear->setVisible(!text.isEmpty()); });
}

/// What stands in the menus, and is done by the controls too.
void FilterBar::addActions()
{
    m_modes = new QActionGroup(this);
    m_hide = m_modes->addAction(tr("&Hide what does not match"));
    m_markMatches = m_modes->addAction(tr("Mar&k what matches"));
    m_quietControl = new QAction(tr("Hide &pings and pongs"), this);
    m_quietRepeats = new QAction(tr("Hide &repeated heartbeats"), this);
    m_quietRepeats->setToolTip(tr("Short messages with the same payload as the one before, from their second time on"));
    for (QAction *action : {m_hide, m_markMatches, m_quietControl, m_quietRepeats})
        action->setCheckable(true);
    m_hide->setChecked(true);
}

void FilterBar::addControls()
{
    m_menu = new FilterMenu(m_modes->actions(), {m_quietControl, m_quietRepeats}, this);
    m_mode = new SegmentedControl(this);
    m_mode->setAccessibleName(tr("What the filter does"));
    m_mode->addSegment(int(LogModel::FilterMode::Hide), tr("Hide"), tr("Hide what does not match"),
                       tr("Show only what matches"));
    m_mode->addSegment(int(LogModel::FilterMode::Mark), tr("Mark"), tr("Mark what matches"),
                       tr("Show all, and mark what matches"));
    m_mode->finish();
    m_counter = new QLabel(this);
    m_counter->setProperty("dim", true);
    m_counter->setToolTip(tr("The match that is selected, and how many there are"));
    m_previous = new IconButton(QStringLiteral("previous"), tr("Previous match"), this);
    m_previous->setToolTip(tr("Previous match (Shift+F3)"));
    m_next = new IconButton(QStringLiteral("next"), tr("Next match"), this);
    m_next->setToolTip(tr("Next match (F3)"));
    m_progress = new QProgressBar(this);
    m_progress->setTextVisible(false);
    m_progress->setRange(0, ProgressSteps);
    m_progress->setFixedWidth(ProgressWidth);
    describe(m_progress, tr("Progress of the search"), tr("How much of the log has been searched"));
    m_stop = new IconButton(QStringLiteral("close"), tr("Stop searching"), this);
    m_stop->setToolTip(tr("Stop searching, and keep what was found; Enter begins again"));
    m_status = new QLabel(this);
    m_status->setProperty("dim", true);
    m_quiet = new QToolButton(this);
    m_quiet->setPopupMode(QToolButton::InstantPopup);
    m_quiet->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_quiet->setFocusPolicy(Qt::StrongFocus);
    m_quiet->setCheckable(true);
    m_quiet->setToolTip(tr("Hide noise: pings and pongs, and heartbeats that repeat"));
    auto *menu = new QMenu(m_quiet);
    menu->setToolTipsVisible(true);
    menu->addActions({m_quietControl, m_quietRepeats});
    m_quiet->setMenu(menu);
    for (IconButton *button : {m_previous, m_next, m_stop})
        button->setFocusPolicy(Qt::TabFocus);
}

void FilterBar::layOut()
{
    auto *line = new QHBoxLayout;
    line->setSpacing(theme::Gap);
    line->addWidget(m_menu);
    line->addWidget(m_edit, 1);
    line->addWidget(m_mode);
    auto *matches = new QHBoxLayout;
    matches->setSpacing(2);
    for (QWidget *widget :
         {static_cast<QWidget *>(m_counter), static_cast<QWidget *>(m_previous), static_cast<QWidget *>(m_next)})
        matches->addWidget(widget);
    line->addLayout(matches);
    line->addWidget(m_progress);
    line->addWidget(m_stop);
    line->addWidget(m_status);
    line->addWidget(m_quiet);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addLayout(line);
    rows->addWidget(m_mark);
}

void FilterBar::wire()
{
    connect(m_pause, &QTimer::timeout, this, &FilterBar::apply);
    connect(m_statusPause, &QTimer::timeout, this, &FilterBar::updateStatus);
    connect(m_patience, &QTimer::timeout, this, [this] {
        m_isLong = true;
        updateSearching();
    });
    connect(m_edit, &QLineEdit::textChanged, this, [this] {
        colourTerms();
        m_pause->start();
    });
    connect(m_edit, &QLineEdit::returnPressed, this, [this] {
        apply();
        // A search that was stopped goes on.
        if (m_model && m_model->isFiltered() && errorText().isEmpty() && !m_model->isSearchSound())
            m_model->setFilter(m_applied);
    });
    connect(m_edit, &QLineEdit::editingFinished, this, [this] {
        // Whoever leaves at once has not heard yet what is wrong with it.
        if (m_pause->isActive())
            apply();
        if (errorText().isEmpty())
            m_menu->remember(m_edit->text());
    });
    connect(m_menu, &FilterMenu::filterChosen, this, [this](const QString &text) {
        setText(text);
        m_menu->remember(text);
    });
    connect(m_mode, &SegmentedControl::currentChanged, this,
            [this](int id) { setFilterMode(static_cast<LogModel::FilterMode>(id)); });
    connect(m_modes, &QActionGroup::triggered, this, [this](const QAction *action) {
        setFilterMode(action == m_hide ? LogModel::FilterMode::Hide : LogModel::FilterMode::Mark);
    });
    for (QAction *action : {m_quietControl, m_quietRepeats})
        connect(action, &QAction::toggled, this, &FilterBar::chooseQuiet);
    connect(m_previous, &IconButton::clicked, this, &FilterBar::previousMatch);
    connect(m_next, &IconButton::clicked, this, &FilterBar::nextMatch);
    connect(m_stop, &IconButton::clicked, this, [this] {
        if (m_model)
            m_model->cancelSearch();
        m_edit->setFocus(Qt::OtherFocusReason);
    });
}

} // namespace sockeye
