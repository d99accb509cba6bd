#include "widgets/payload/FindBar.h"

#include "base/Units.h"
#include "search/BytePattern.h"
#include "widgets/controls/IconButton.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/style/Theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <utility>

namespace sockeye {

namespace {

constexpr auto Pause = std::chrono::milliseconds(120);

} // namespace

FindBar::FindBar(const QString &name, QWidget *parent)
    : QFrame(parent)
    , m_mode(new QComboBox(this))
    , m_field(new QLineEdit(this))
    , m_count(new QLabel(this))
    , m_previous(new IconButton(QStringLiteral("previous"), tr("Previous place"), this))
    , m_next(new IconButton(QStringLiteral("next"), tr("Next place"), this))
    , m_pause(new QTimer(this))
{
    setProperty("strip", QStringLiteral("top"));
    m_field->setAccessibleName(name);
    m_field->setPlaceholderText(name);
    m_field->setFont(theme::dataFont());
    m_mode->addItems({tr("Text"), tr("Regex"), tr("Bytes")});
    m_mode->setAccessibleName(tr("Find as"));
    m_mode->setToolTip(
        tr("Find text, whose case counts only if a capital is typed; a regular expression; or bytes in hex: "
           "“de ad ??”"));
    m_count->setProperty("dim", true);
    m_previous->setToolTip(tr("Previous place (Shift+Return)"));
    m_next->setToolTip(tr("Next place (Return)"));
    auto *close = new IconButton(QStringLiteral("close"), tr("End finding"), this);
    close->setToolTip(tr("End finding (Escape)"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme::Gap, 4, 4, 4);
    layout->setSpacing(4);
    layout->addWidget(m_field, 1);
    layout->addWidget(m_mode);
    layout->addWidget(m_count);
    for (IconButton *button : {m_previous, m_next, close}) {
        button->setFocusPolicy(Qt::TabFocus);
        layout->addWidget(button);
    }
    m_pause->setSingleShot(true);
    m_pause->setInterval(Pause);
    connect(m_pause, &QTimer::timeout, this, &FindBar::takePattern);
    connect(m_field, &QLineEdit::textChanged, m_pause, qOverload<>(&QTimer::start));
    connect(m_mode, &QComboBox::currentIndexChanged, this, &FindBar::takePattern);
    connect(m_previous, &IconButton::clicked, this, [this] { Q_EMIT stepRequested(false); });
    connect(m_next, &IconButton::clicked, this, [this] { Q_EMIT stepRequested(true); });
    connect(close, &IconButton::clicked, this, &FindBar::end);
    showCount(0, true, -1);
    hide();
}

void FindBar::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    // What is typed needs the room more.
    constexpr int Narrow = 400;
    m_field->setClearButtonEnabled(width() >= Narrow);
}

void FindBar::begin()
{
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    takePattern();
}

void FindBar::end()
{
    if (isHidden())
        return;
    hide();
    takePattern();
    Q_EMIT ended();
}

FindBar::Mode FindBar::mode() const
{
    return Mode(m_mode->currentIndex());
}

void FindBar::setMode(Mode mode)
{
    m_mode->setCurrentIndex(int(mode));
}

void FindBar::takePattern()
{
    m_pause->stop();
    const QString text = isHidden() ? QString() : m_field->text();
    QString problem;
    MatchMarks marks;
    if (text.isEmpty()) {
        // Nothing is looked for.
    } else if (mode() == Mode::Text) {
        // As in the filter line.
        const bool caseCounts = std::any_of(text.begin(), text.end(), [](QChar c) { return c.isUpper(); });
        marks = MatchMarks(filter::Condition::of(filter::Contains{text.toUtf8(), caseCounts}));
    } else if (mode() == Mode::Regex) {
        const QRegularExpression regex(text);
        if (regex.isValid())
            marks = MatchMarks(filter::Condition::of(filter::MatchesRegex{text}));
        else
            problem = tr("No expression: %1").arg(regex.errorString());
    } else if (const auto pattern = BytePattern::parse(text); pattern) {
        marks = MatchMarks(filter::Condition::of(filter::HoldsBytes{text}));
    } else {
        problem = pattern.message();
    }
    // What was looked for before is still counted, and stays said.
    if (std::exchange(m_marks, marks) != marks)
        Q_EMIT marksChanged();
    else if (m_marks.isEmpty())
        showCount(0, true, -1);
    if (!problem.isEmpty())
        showProblem(problem);
}

void FindBar::showText(const QString &count, const QString &problem)
{
    m_count->setText(count);
    m_count->setAccessibleName(count.isEmpty() ? QString() : tr("Places: %1").arg(count));
    setStyleRole(m_field, "error", !problem.isEmpty());
    setStyleRole(m_count, "error", !problem.isEmpty());
    m_field->setAccessibleDescription(problem);
    m_field->setToolTip(problem.isEmpty()
                            ? tr("Return goes to the next place, Shift+Return to the previous one, Escape ends")
                            : plainToolTip(problem));
    m_count->setToolTip(problem.isEmpty() ? tr("The place that is shown, and how many there are")
                                          : plainToolTip(problem));
}

void FindBar::showSearching()
{
    showText(tr("…"), {});
}

void FindBar::showProblem(const QString &problem)
{
    showText(tr("–"), problem);
    m_previous->setEnabled(false);
    m_next->setEnabled(false);
}

void FindBar::showCount(qsizetype count, bool areAll, qsizetype current)
{
    const QString all = areAll ? countText(count) : tr("%1 or more").arg(countText(count));
    if (m_marks.isEmpty())
        showText({}, {});
    else if (count == 0)
        showText(tr("none"), {});
    else
        showText(current < 0 ? all : tr("%1 of %2").arg(countText(current + 1), all), {});
    m_previous->setEnabled(count > 0);
    m_next->setEnabled(count > 0);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        return end();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (m_pause->isActive())
            takePattern();
        Q_EMIT stepRequested(!event->modifiers().testFlag(Qt::ShiftModifier));
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace sockeye
