#include "widgets/filter/FilterLine.h"

#include "log/LogModel.h"
#include "widgets/filter/FilterMark.h"
#include "widgets/filter/FilterSuggestions.h"
#include "widgets/style/Icons.h"
#include "widgets/style/Theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QInputMethodEvent>
#include <QRegularExpression>
#include <QTextCharFormat>
#include <QTimer>

#include <chrono>

namespace sockeye {

namespace {

/// A filter is parsed when nothing has been typed for so long.
constexpr auto TypingPause = std::chrono::milliseconds(200);
constexpr int MinimumLineWidth = 160;

/// A time of day belongs to the capture's first day, and "time>-5m" counts from its last entry, which changes: the
/// capture has to be asked first.
bool needsTimes(const QString &text, const FilterContext &context)
{
    static const QRegularExpression time(QStringLiteral("time\\s*[:<>=!]"), QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression fromEnd(QStringLiteral("time[:<>=!]+(\\S*(\\.\\.|,))?-"),
                                            QRegularExpression::CaseInsensitiveOption);
    return context.first ? fromEnd.match(text).hasMatch() : time.match(text).hasMatch();
}

} // namespace

FilterLine::FilterLine(QWidget *parent)
    : QLineEdit(parent)
    , m_suggestions(new FilterSuggestions(*this))
    , m_mark(new FilterMark(*this, parent))
    , m_pause(new QTimer(this))
{
    connect(m_suggestions, &FilterSuggestions::messagesWanted, this, &FilterLine::readMessages);
    setAccessibleName(tr("Filter"));
    setPlaceholderText(tr("Filter: dir:in  type:text  size>1k  \"words\"  -not"));
    setToolTip(tr("What the log shows (Ctrl+Shift+F, and Ctrl+F where nothing else is searched); Down offers what can "
                  "stand here"));
    setFont(theme::dataFont());
    setMinimumWidth(MinimumLineWidth);
    addClearButton();
    m_pause->setSingleShot(true);
    m_pause->setInterval(TypingPause);
    connect(m_pause, &QTimer::timeout, this, &FilterLine::apply);
    connect(this, &QLineEdit::textChanged, this, [this] {
        colourTerms();
        m_pause->start();
    });
    connect(this, &QLineEdit::returnPressed, this, &FilterLine::apply);
    connect(this, &QLineEdit::editingFinished, this, &FilterLine::finish);
}

FilterLine::~FilterLine() = default;

void FilterLine::addClearButton()
{
    m_clear = addAction(icons::get(QStringLiteral("close"), palette()), QLineEdit::TrailingPosition);
    m_clear->setText(tr("Clear filter"));
    m_clear->setVisible(false);
    connect(m_clear, &QAction::triggered, this, [this] { setFilter({}); });
    connect(this, &QLineEdit::textChanged, m_clear,
            [clear = m_clear](const QString &text) { clear->setVisible(!text.isEmpty()); });
}

void FilterLine::setLogModel(LogModel *model)
{
    m_model = model;
    m_context = {};
    // What another capture's messages have is of no use.
    m_sinceRead.invalidate();
    m_suggestions->setHints({m_suggestions->hints().connections});
    if (model)
        readTimes({});
    apply();
}

void FilterLine::setConnections(const QStringList &urls)
{
    FilterHints hints = m_suggestions->hints();
    hints.connections = urls;
    m_suggestions->setHints(hints);
}

/// Some of the capture's messages are looked into while it is typed what they are to say.
void FilterLine::readMessages()
{
    constexpr qint64 FreshMs = 2'000;
    if (!m_model || (m_sinceRead.isValid() && m_sinceRead.elapsed() < FreshMs))
        return;
    m_sinceRead.start();
    m_model->readSeen(this, [this, model = m_model](const FilterHints &seen) {
        if (model != m_model)
            return;
        FilterHints hints = seen;
        hints.connections = m_suggestions->hints().connections;
        m_suggestions->setHints(hints);
    });
}

void FilterLine::setFilter(const QString &text)
{
    setText(text);
    apply();
}

QString FilterLine::errorText() const
{
    return m_mark->errorText();
}

void FilterLine::apply()
{
    m_pause->stop();
    const QString asked = text();
    if (!m_model || !needsTimes(asked, m_context))
        return parse();
    readTimes([this, asked] {
        if (text() == asked)
            parse();
    });
}

void FilterLine::readTimes(std::function<void()> done)
{
    m_model->readTimeSpan(this, [this, model = m_model, done = std::move(done)](const std::optional<TimeSpan> &span) {
        if (model != m_model)
            return;
        m_context = span ? FilterContext{span->first, span->last} : FilterContext();
        if (done)
            done();
    });
}

void FilterLine::parse()
{
    const auto parsed = parseFilter(text(), m_context);
    if (const auto *error = std::get_if<FilterError>(&parsed))
        return m_mark->showError(error->message, error->position);
    m_mark->clearError();
    Q_EMIT understood(std::get<EntryQuery>(parsed));
}

void FilterLine::finish()
{
    // A user who leaves the line at once has not seen yet what is wrong with the filter.
    if (m_pause->isActive())
        apply();
    if (errorText().isEmpty())
        Q_EMIT finished(text());
}

/// Sets the names of conditions off from words to search for. A line edit takes colours only in the way in which input
/// methods set them.
void FilterLine::colourTerms()
{
    const ThemeColors &colors = theme::colors(parentWidget()->palette());
    QList<QInputMethodEvent::Attribute> attributes;
    for (const FilterSpan &span : filterSpans(text())) {
        QTextCharFormat format;
        format.setForeground(span.kind == FilterSpan::Kind::Key        ? colors.control
                             : span.kind == FilterSpan::Kind::Operator ? colors.sent
                                                                       : colors.received);
        attributes.append(
            {QInputMethodEvent::TextFormat, int(span.begin) - cursorPosition(), int(span.length), format});
    }
    QInputMethodEvent event(QString(), attributes);
    QCoreApplication::sendEvent(this, &event);
}

void FilterLine::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !m_clear)
        return;
    m_clear->setIcon(icons::get(QStringLiteral("close"), parentWidget()->palette()));
    colourTerms();
}

} // namespace sockeye
