#include "widgets/filter/FilterBar.h"

#include "base/Units.h"
#include "widgets/controls/SegmentedControl.h"
#include "widgets/filter/FilterMark.h"
#include "widgets/filter/FilterMenu.h"
#include "widgets/filter/FilterSuggestions.h"
#include "widgets/style/Icons.h"
#include "widgets/style/Theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QProgressBar>
#include <QRegularExpression>
#include <QTextCharFormat>
#include <QTimer>
#include <QToolButton>

namespace sockeye {

namespace {

/// Below these widths the line would have too little room beside what they let stand there.
constexpr int WidthForStatus = 760;
constexpr int WidthForModes = 600;
constexpr int WidthForMatches = 420;

/// A time of day is one of the capture's first day, and "time>-5m" counts from its last entry, which changes: the
/// capture is asked first.
bool needsTimes(const QString &text, const FilterContext &context)
{
    static const QRegularExpression time(QStringLiteral("time\\s*[:<>=!]"), QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression fromEnd(QStringLiteral("time[:<>=!]+(\\S*(\\.\\.|,))?-"),
                                            QRegularExpression::CaseInsensitiveOption);
    return context.first ? fromEnd.match(text).hasMatch() : time.match(text).hasMatch();
}

} // namespace

void FilterBar::setLogModel(LogModel *model)
{
    if (m_model)
        disconnect(m_model, nullptr, this, nullptr);
    m_model = model;
    m_applied = {};
    m_context = {};
    m_current = {};
    m_patience->stop();
    m_isLong = false;
    if (model) {
        connect(model, &LogModel::searchChanged, this, &FilterBar::searchChanged);
        connect(model, &QAbstractItemModel::rowsInserted, this, &FilterBar::searchChanged);
        model->setFilterMode(filterMode());
        model->setQuiet(quiet());
    }
    if (model)
        readTimes({});
    apply();
}

void FilterBar::setSettings(Settings *settings)
{
    m_menu->setSettings(settings);
}

void FilterBar::setConnections(const QStringList &urls)
{
    m_suggestions->setConnections(urls);
}

QString FilterBar::text() const
{
    return m_edit->text();
}

void FilterBar::setText(const QString &text)
{
    m_edit->setText(text);
    apply();
}

void FilterBar::focusFilter()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

QString FilterBar::errorText() const
{
    return m_mark->errorText();
}

QString FilterBar::counterText() const
{
    return m_counter->text();
}

void FilterBar::apply()
{
    m_pause->stop();
    const QString text = m_edit->text();
    if (!m_model || !needsTimes(text, m_context))
        return take();
    readTimes([this, text] {
        if (m_edit->text() == text)
            take();
    });
}

void FilterBar::readTimes(std::function<void()> done)
{
    m_model->readTimeSpan(this, [this, model = m_model, done = std::move(done)](const std::optional<TimeSpan> &span) {
        if (model != m_model)
            return;
        m_context = span ? FilterContext{span->first, span->last} : FilterContext();
        if (done)
            done();
    });
}

void FilterBar::take()
{
    const auto parsed = parseFilter(m_edit->text(), m_context);
    if (const auto *error = std::get_if<FilterError>(&parsed))
        return m_mark->showError(error->message, error->position);
    m_mark->clearError();
    const auto &query = std::get<EntryQuery>(parsed);
    // A space more is no reason to search anew.
    const bool isSame = m_applied == query;
    m_applied = query;
    m_menu->setFilter(m_edit->text().trimmed());
    if (m_model && !isSame)
        m_model->setFilter(query);
    updateStatus();
    Q_EMIT applied();
}

/// The names of conditions stand out from words to look for. A line edit takes colours only the way input methods give
/// them.
void FilterBar::colourTerms()
{
    const ThemeColors &colors = theme::colors(palette());
    QList<QInputMethodEvent::Attribute> attributes;
    for (const FilterSpan &span : filterSpans(m_edit->text())) {
        QTextCharFormat format;
        format.setForeground(span.kind == FilterSpan::Kind::Key        ? colors.control
                             : span.kind == FilterSpan::Kind::Operator ? colors.sent
                                                                       : colors.received);
        attributes.append(
            {QInputMethodEvent::TextFormat, int(span.begin) - m_edit->cursorPosition(), int(span.length), format});
    }
    QInputMethodEvent event(QString(), attributes);
    QCoreApplication::sendEvent(m_edit, &event);
}

void FilterBar::nextMatch()
{
    goToMatch(true);
}

void FilterBar::previousMatch()
{
    goToMatch(false);
}

void FilterBar::goToMatch(bool forward)
{
    if (!m_model || m_model->matchCount() == 0)
        return;
    const EntryId beyond = forward ? EntryId() : m_model->lastEntry() + 1;
    EntryId match = m_model->nextMatch(m_current.value() > 0 ? m_current : beyond, forward);
    if (match.value() == 0)
        match = m_model->nextMatch(beyond, forward);
    if (match.value() > 0)
        Q_EMIT entryWanted(match);
}

void FilterBar::setCurrentEntry(EntryId id)
{
    m_current = id;
    updateCounter();
    fitControls();
}

LogModel::FilterMode FilterBar::filterMode() const
{
    return static_cast<LogModel::FilterMode>(m_mode->current());
}

void FilterBar::setFilterMode(LogModel::FilterMode mode)
{
    m_mode->setCurrent(int(mode));
    (mode == LogModel::FilterMode::Hide ? m_hide : m_markMatches)->setChecked(true);
    if (m_model)
        m_model->setFilterMode(mode);
    updateStatus();
    Q_EMIT choiceChanged();
}

LogModel::Quiet FilterBar::quiet() const
{
    return {m_quietControl->isChecked(), m_quietRepeats->isChecked()};
}

void FilterBar::setQuiet(LogModel::Quiet quiet)
{
    m_quietControl->setChecked(quiet.control);
    m_quietRepeats->setChecked(quiet.repeats);
}

void FilterBar::chooseQuiet()
{
    if (m_model)
        m_model->setQuiet(quiet());
    updateStatus();
    Q_EMIT choiceChanged();
}

void FilterBar::searchChanged()
{
    if (!m_statusPause->isActive())
        m_statusPause->start();
}

void FilterBar::updateStatus()
{
    QStringList parts;
    if (m_model) {
        const QString all = countText(m_model->lastEntry().value());
        if (m_model->isFiltered() && m_model->filterMode() == LogModel::FilterMode::Mark)
            parts += tr("%1 of %2 match").arg(countText(m_model->matchCount()), all);
        else if (m_model->hidesEntries())
            parts += tr("%1 of %2 shown").arg(countText(m_model->rowCount()), all);
        if (m_model->hiddenCount() > 0)
            parts += tr("%1 hidden").arg(countText(m_model->hiddenCount()));
    }
    m_statusText = parts.join(QStringLiteral(" · "));
    m_status->setText(m_statusText);
    const qint64 hidden = m_model ? m_model->hiddenCount() : 0;
    m_quiet->setText(hidden > 0 ? tr("Quiet · %1").arg(countText(hidden)) : tr("Quiet"));
    m_quiet->setAccessibleName(hidden > 0 ? tr("Quiet, %1 hidden").arg(countText(hidden)) : tr("Quiet"));
    m_quiet->setChecked(m_quietControl->isChecked() || m_quietRepeats->isChecked());
    updateCounter();
    updateSearching();
}

void FilterBar::updateCounter()
{
    QString counter;
    const qint64 count = m_model ? m_model->matchCount() : 0;
    if (m_model && m_model->isFiltered()) {
        const qint64 upTo = m_model->matchesUpTo(m_current);
        const bool isMatch = m_current.value() > 0 && upTo > m_model->matchesUpTo(EntryId(m_current.value() - 1));
        counter = isMatch ? tr("%1 of %2").arg(countText(upTo), countText(count)) : tr("– of %1").arg(countText(count));
    }
    m_counter->setText(counter);
    m_counter->setAccessibleName(counter.isEmpty() ? QString() : tr("Match %1").arg(counter));
    m_previous->setEnabled(count > 0);
    m_next->setEnabled(count > 0);
}

void FilterBar::updateSearching()
{
    const bool isSearching = m_model && m_model->isSearching();
    if (!isSearching) {
        m_patience->stop();
        m_isLong = false;
    } else if (!m_isLong && !m_patience->isActive()) {
        m_patience->start();
    }
    if (isSearching && m_model->lastEntry().value() > 0)
        m_progress->setValue(int(m_model->searchedTo().value() * ProgressSteps / m_model->lastEntry().value()));
    fitControls();
}

void FilterBar::fitControls()
{
    const bool isFiltered = m_model && m_model->isFiltered();
    m_mode->setVisible(width() >= WidthForModes);
    m_quiet->setVisible(width() >= WidthForModes);
    for (QWidget *widget :
         {static_cast<QWidget *>(m_counter), static_cast<QWidget *>(m_previous), static_cast<QWidget *>(m_next)})
        widget->setVisible(isFiltered && width() >= WidthForMatches);
    m_progress->setVisible(m_isLong);
    m_stop->setVisible(m_isLong);
    m_status->setVisible(!m_statusText.isEmpty() && width() >= WidthForStatus);
}

void FilterBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitControls();
    m_mark->place();
}

void FilterBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_clear) {
        m_clear->setIcon(icons::get(QStringLiteral("close"), palette()));
        colourTerms();
    }
    if ((event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange) && m_edit)
        m_edit->setFont(theme::dataFont());
}

} // namespace sockeye
