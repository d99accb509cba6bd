#include "widgets/log/FilterBar.h"

#include "base/Units.h"
#include "log/LogModel.h"
#include "widgets/style/Icons.h"
#include "widgets/style/Theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QInputMethodEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QRegularExpression>
#include <QStyle>
#include <QTextCharFormat>
#include <QTimer>
#include <QVBoxLayout>

namespace sockeye {

namespace {

/// Typing on is not stopped by a filter that is understood too soon.
constexpr auto TypingPause = std::chrono::milliseconds(200);
constexpr auto StatusPause = std::chrono::milliseconds(60);

/// Where a character of the line stands, in the line edit's pixels, however far it is scrolled.
int xOf(const QLineEdit &edit, qsizetype position)
{
    const QRect cursor = edit.inputMethodQuery(Qt::ImCursorRectangle).toRect();
    const QFontMetrics metrics = edit.fontMetrics();
    const int before = metrics.horizontalAdvance(edit.text(), int(position));
    const int beforeCursor = metrics.horizontalAdvance(edit.text(), edit.cursorPosition());
    return cursor.center().x() + before - beforeCursor;
}

} // namespace

/// The words of an error, and a small triangle that points at the character meant.
class FilterMark final : public QLabel
{
public:
    explicit FilterMark(QWidget *parent)
        : QLabel(parent)
    {
        setProperty("error", true);
        setWordWrap(true);
        setContentsMargins(theme::Gap, Height, theme::Gap, 0);
    }

    void pointAt(int x)
    {
        m_x = x;
        update();
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QLabel::paintEvent(event);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const double x = qBound(Height, m_x, width() - Height);
        QPainterPath triangle;
        triangle.moveTo(x, 0);
        triangle.lineTo(x + Height, Height);
        triangle.lineTo(x - Height, Height);
        // The label is transparent, so its own palette does not tell light from dark.
        painter.fillPath(triangle, theme::colors(parentWidget()->palette()).error);
    }

private:
    static constexpr int Height = 5;
    int m_x = 0;
};

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_status(new QLabel(this))
    , m_mark(new FilterMark(this))
    , m_pause(new QTimer(this))
    , m_statusPause(new QTimer(this))
{
    m_edit->setAccessibleName(tr("Filter"));
    m_edit->setPlaceholderText(tr("Filter: dir:in  op:text  size>1k  \"words\"  -not"));
    m_edit->setFont(theme::dataFont());
    m_status->setProperty("dim", true);
    m_status->hide();
    m_mark->hide();
    addClearButton();

    auto *line = new QHBoxLayout;
    line->setSpacing(theme::Gap);
    line->addWidget(m_edit, 1);
    line->addWidget(m_status);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addLayout(line);
    rows->addWidget(m_mark);
    setFocusProxy(m_edit);

    m_pause->setSingleShot(true);
    m_pause->setInterval(TypingPause);
    m_statusPause->setSingleShot(true);
    m_statusPause->setInterval(StatusPause);
    connect(m_pause, &QTimer::timeout, this, &FilterBar::apply);
    connect(m_statusPause, &QTimer::timeout, this, &FilterBar::updateStatus);
    connect(m_edit, &QLineEdit::textChanged, this, [this] {
        colourKeys();
        m_pause->start();
    });
    connect(m_edit, &QLineEdit::returnPressed, this, &FilterBar::apply);
    connect(m_edit, &QLineEdit::cursorPositionChanged, this, &FilterBar::placeMark);
}

FilterBar::~FilterBar() = default;

void FilterBar::addClearButton()
{
    m_clear = m_edit->addAction(icons::get(QStringLiteral("close"), palette()), QLineEdit::TrailingPosition);
    m_clear->setText(tr("Clear filter"));
    m_clear->setVisible(false);
    connect(m_clear, &QAction::triggered, this, [this] { setText({}); });
    connect(m_edit, &QLineEdit::textChanged, m_clear,
            [clear = m_clear](const QString &text) { clear->setVisible(!text.isEmpty()); });
}

void FilterBar::setLogModel(LogModel *model)
{
    if (m_model)
        disconnect(m_model, nullptr, this, nullptr);
    m_model = model;
    m_applied = {};
    if (model) {
        const auto later = [this] {
            if (!m_statusPause->isActive())
                m_statusPause->start();
        };
        connect(model, &LogModel::searchChanged, this, later);
        connect(model, &QObject::destroyed, this, [this] { m_model = nullptr; });
    }
    apply();
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
    return m_mark->isHidden() ? QString() : m_mark->text();
}

QString FilterBar::statusText() const
{
    return m_status->text();
}

void FilterBar::apply()
{
    m_pause->stop();
    const auto parsed = parseFilter(m_edit->text());
    if (const auto *error = std::get_if<FilterError>(&parsed))
        return showError(*error);
    clearError();
    const auto &query = std::get<EntryQuery>(parsed);
    // A space more is no reason to search anew.
    const bool isSame = m_applied.where == query.where && m_applied.values == query.values;
    m_applied = query;
    if (m_model && !isSame)
        m_model->setFilter(query);
    updateStatus();
}

void FilterBar::showError(const FilterError &error)
{
    m_errorPosition = error.position;
    m_mark->setText(error.message);
    m_mark->show();
    setErrorLook(true);
    placeMark();
}

void FilterBar::clearError()
{
    m_mark->hide();
    m_mark->clear();
    setErrorLook(false);
}

void FilterBar::setErrorLook(bool error)
{
    if (m_edit->property("error").toBool() == error)
        return;
    m_edit->setProperty("error", error);
    m_edit->style()->unpolish(m_edit);
    m_edit->style()->polish(m_edit);
}

void FilterBar::placeMark()
{
    if (!m_mark->isHidden())
        m_mark->pointAt(xOf(*m_edit, m_errorPosition) + m_edit->x() + m_edit->fontMetrics().averageCharWidth() / 2);
}

/// The names of conditions stand out from words to look for. A line edit takes colours only the way input methods give
/// them.
void FilterBar::colourKeys()
{
    static const QRegularExpression keys(QStringLiteral("(?:^|\\s)-?((?:dir|op|type|conn):|size(?=[:<>=]))"),
                                         QRegularExpression::CaseInsensitiveOption);
    QTextCharFormat format;
    format.setForeground(theme::colors(palette()).control);
    QList<QInputMethodEvent::Attribute> attributes;
    for (auto match = keys.globalMatch(m_edit->text()); match.hasNext();) {
        const auto found = match.next();
        attributes.append({QInputMethodEvent::TextFormat, int(found.capturedStart(1)) - m_edit->cursorPosition(),
                           int(found.capturedLength(1)), format});
    }
    QInputMethodEvent event(QString(), attributes);
    QCoreApplication::sendEvent(m_edit, &event);
}

void FilterBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        m_clear->setIcon(icons::get(QStringLiteral("close"), palette()));
        colourKeys();
    }
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange)
        m_edit->setFont(theme::dataFont());
}

void FilterBar::updateStatus()
{
    QString status;
    if (m_model && m_model->isFiltered()) {
        const qint64 all = m_model->lastEntry().value();
        status = tr("%1 of %2 shown").arg(countText(m_model->rowCount()), countText(all));
        if (m_model->isSearching() && all > 0)
            status += tr(" · searched %1 %").arg(m_model->searchedTo().value() * 100 / all);
    }
    m_status->setText(status);
    m_status->setVisible(!status.isEmpty());
}

} // namespace sockeye
