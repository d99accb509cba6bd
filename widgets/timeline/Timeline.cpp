#include "widgets/timeline/Timeline.h"

#include "widgets/controls/OutsideText.h"
#include "widgets/controls/SentenceAccessible.h"
#include "widgets/timeline/TimelineText.h"

#include <QActionGroup>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

namespace sockeye {

Timeline::Timeline(QWidget *parent)
    : QWidget(parent)
    , m_input(*this, m_viewport)
{
    installSentenceAccessible();
    setAccessibleName(tr("Timeline"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    // Until it has its real place: what a sparkline shows is read for a timeline that is never shown, too.
    m_viewport.setPlace(0, Timeline::sizeHint().width());
    connect(&m_viewport, &TimelineViewport::changed, this, [this] {
        update();
        Q_EMIT changed();
    });
    connect(&m_input, &TimelineInput::timeRangeSelected, this, &Timeline::timeRangeSelected);
    connect(&m_input, &TimelineInput::timeRangeCleared, this, &Timeline::timeRangeCleared);
    connect(&m_input, &TimelineInput::jumpRequested, this, &Timeline::jumpRequested);
}

Timeline::~Timeline() = default;

QSize Timeline::sizeHint() const
{
    return {400, TimelinePainter::height(font())};
}

QSize Timeline::minimumSizeHint() const
{
    return {80, TimelinePainter::height(font())};
}

void Timeline::setTimelineModel(TimelineModel *model, bool live)
{
    m_input.cancel();
    m_viewport.setModel(model, live);
}

void Timeline::setUnit(Unit unit)
{
    if (unit == this->unit())
        return;
    m_viewport.setUnit(unit);
    Q_EMIT unitChanged(unit);
}

void Timeline::setScale(Scale scale)
{
    if (scale == this->scale())
        return;
    m_viewport.setScale(scale);
    Q_EMIT scaleChanged(scale);
}

void Timeline::setTimeRange(const std::optional<TimeSpan> &range)
{
    if (!m_input.isSelecting())
        m_viewport.setSelection(range);
}

void Timeline::setVisiblePart(const std::optional<TimeSpan> &part)
{
    m_viewport.setVisiblePart(part);
}

void Timeline::setRates(const std::optional<TimelineRates> &rates)
{
    m_viewport.setRates(rates);
}

void Timeline::showWholeSession()
{
    m_viewport.showWhole();
}

void Timeline::showVisiblePart()
{
    m_viewport.showVisiblePart();
}

QString Timeline::textAt(QPoint point) const
{
    return TimelineText::textAt(scene(), places(), point);
}

QString Timeline::sentence() const
{
    return TimelineText::sentence(scene());
}

bool Timeline::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), plainToolTip(textAt(help->pos())), this);
    return true;
}

void Timeline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    TimelinePainter(painter, theme::colors(palette()), font(), rect()).paint(scene());
}

void Timeline::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const QRectF plot = places().plot;
    m_viewport.setPlace(plot.left(), plot.width());
}

void Timeline::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        update();
}

void Timeline::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    m_viewport.setFocus(true);
}

void Timeline::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    m_viewport.setFocus(false);
}

void Timeline::wheelEvent(QWheelEvent *event)
{
    event->accept();
    m_input.wheel(*event);
}

void Timeline::mousePressEvent(QMouseEvent *event)
{
    m_input.press(*event);
}

void Timeline::mouseMoveEvent(QMouseEvent *event)
{
    m_input.move(*event);
}

void Timeline::mouseReleaseEvent(QMouseEvent *event)
{
    m_input.release(*event);
}

void Timeline::mouseDoubleClickEvent(QMouseEvent *event)
{
    m_input.doubleClick(*event);
}

void Timeline::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    m_input.leave();
}

void Timeline::keyPressEvent(QKeyEvent *event)
{
    if (!m_input.key(*event))
        QWidget::keyPressEvent(event);
}

void Timeline::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto choice = [menu](QActionGroup *group, const QString &text, bool checked) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(checked);
        group->addAction(action);
        return action;
    };
    auto *units = new QActionGroup(menu);
    const auto addUnit = [this, &choice, units](const QString &text, Unit value) {
        connect(choice(units, text, unit() == value), &QAction::triggered, this, [this, value] { setUnit(value); });
    };
    addUnit(tr("&Messages per second"), Unit::Messages);
    addUnit(tr("&Bytes per second"), Unit::Bytes);
    menu->addSeparator();
    auto *scales = new QActionGroup(menu);
    const auto addScale = [this, &choice, scales](const QString &text, Scale value) {
        connect(choice(scales, text, scale() == value), &QAction::triggered, this, [this, value] { setScale(value); });
    };
    addScale(tr("&Automatic scale"), Scale::Automatic);
    addScale(tr("&Linear scale"), Scale::Linear);
    addScale(tr("&Square root scale"), Scale::SquareRoot);
    menu->addSeparator();
    QAction *all = menu->addAction(tr("&Whole session") + QStringLiteral("\tHome"));
    all->setEnabled(!m_viewport.isEmpty() && !m_viewport.showsWhole());
    connect(all, &QAction::triggered, this, &Timeline::showWholeSession);
    QAction *part = menu->addAction(tr("&What the log shows"));
    part->setEnabled(!m_viewport.isEmpty() && scene().visible.has_value());
    connect(part, &QAction::triggered, this, &Timeline::showVisiblePart);
    QAction *clear = menu->addAction(tr("&Clear the time range") + QStringLiteral("\tEsc"));
    clear->setEnabled(scene().selection.has_value());
    connect(clear, &QAction::triggered, &m_input, &TimelineInput::clearSelection);
    menu->popup(event->globalPos());
}

} // namespace sockeye
