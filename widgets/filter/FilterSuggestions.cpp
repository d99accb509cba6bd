#include "widgets/filter/FilterSuggestions.h"

#include "widgets/style/Theme.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

namespace sockeye {

namespace {

constexpr int MaxRows = 8;
constexpr int MaxWidth = 460;

enum ItemRole { InsertRole = Qt::UserRole, ExplanationRole };

/// Draws the text that a suggestion inserts in the data font, and its explanation dimmed beside it.
class SuggestionDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const ThemeColors &colors = theme::colors(option.widget->palette());
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, colors.selectedRow);
        else if (option.state.testFlag(QStyle::State_MouseOver))
            painter->fillRect(option.rect, colors.hover);
        QRect rect = option.rect.adjusted(theme::Gap, 0, -theme::Gap, 0);
        painter->setFont(theme::dataFont());
        painter->setPen(colors.text);
        const QString insert = index.data(InsertRole).toString();
        painter->drawText(rect, Qt::AlignVCenter, insert);
        const QFontMetrics metrics(theme::dataFont());
        rect.setLeft(rect.left() + qMax(metrics.horizontalAdvance(QString(12, u'x')),
                                        metrics.horizontalAdvance(insert) + theme::Gap));
        painter->setFont(option.font);
        painter->setPen(colors.dimText);
        painter->drawText(
            rect, Qt::AlignVCenter,
            option.fontMetrics.elidedText(index.data(ExplanationRole).toString(), Qt::ElideRight, rect.width()));
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {100, qMax(theme::RowHeight, option.fontMetrics.height() + 6)};
    }
};

} // namespace

FilterSuggestions::FilterSuggestions(QLineEdit &edit)
    : QObject(&edit)
    , m_edit(edit)
{
    edit.installEventFilter(this);
    connect(&edit, &QLineEdit::textEdited, this, [this] { suggest(false); });
    connect(&edit, &QLineEdit::cursorPositionChanged, this, [this] {
        if (isOpen())
            suggest(false);
    });
}

FilterSuggestions::~FilterSuggestions()
{
    delete m_list.data();
}

QListWidget *FilterSuggestions::list() const
{
    return m_list;
}

bool FilterSuggestions::isOpen() const
{
    return m_list && !m_list->isHidden();
}

void FilterSuggestions::close()
{
    if (!isOpen())
        return;
    m_list->hide();
    m_edit.setAccessibleDescription({});
}

void FilterSuggestions::setHints(const FilterHints &hints)
{
    if (m_hints == hints)
        return;
    m_hints = hints;
    // Not under a hand that is choosing, and not where nothing is being typed.
    const bool isChoosing = isOpen() && m_list->currentRow() >= 0;
    if (m_found.isAboutMessages && m_edit.hasFocus() && !isChoosing)
        show(false);
}

void FilterSuggestions::suggest(bool evenWithoutText)
{
    show(evenWithoutText);
    if (m_found.isAboutMessages)
        Q_EMIT messagesWanted();
}

void FilterSuggestions::show(bool evenWithoutText)
{
    m_found = completeFilter(m_edit.text(), m_edit.cursorPosition(), m_hints);
    const bool isTyped = m_found.begin < m_edit.cursorPosition() ||
                         (m_found.begin > 0 && QStringLiteral(":,").contains(m_edit.text().at(m_found.begin - 1)));
    if (m_found.items.isEmpty() || (!isTyped && !evenWithoutText))
        return close();
    open();
}

/// A child of the window, not a window of its own: that could take the focus and the mouse away.
void FilterSuggestions::open()
{
    if (!m_list) {
        m_list = new QListWidget(m_edit.window());
        m_list->setFocusPolicy(Qt::NoFocus);
        m_list->setMouseTracking(true);
        m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        m_list->setUniformItemSizes(true);
        m_list->setItemDelegate(new SuggestionDelegate(m_list));
        m_list->setAccessibleName(tr("Suggestions for the filter"));
        connect(m_list, &QListWidget::itemClicked, this, [this](QListWidgetItem *item) { take(m_list->row(item)); });
        connect(m_list, &QListWidget::currentRowChanged, this, &FilterSuggestions::tellChosen);
    }
    m_list->clear();
    for (const FilterCompletion &item : std::as_const(m_found.items)) {
        auto *row = new QListWidgetItem(m_list);
        row->setData(InsertRole, item.insert);
        row->setData(ExplanationRole, item.explanation);
        row->setData(Qt::AccessibleTextRole,
                     item.explanation.isEmpty() ? item.insert : tr("%1, %2").arg(item.insert, item.explanation));
    }
    m_list->setCurrentRow(-1);
    place();
    m_list->show();
    m_list->raise();
}

void FilterSuggestions::place()
{
    QWidget *window = m_edit.window();
    if (m_list->parentWidget() != window)
        m_list->setParent(window);
    const int rows = int(qMin<qsizetype>(m_found.items.size(), MaxRows));
    const int height = rows * m_list->sizeHintForRow(0) + 2 * m_list->frameWidth() + 2;
    const QFontMetrics metrics(m_edit.font());
    const int before =
        metrics.horizontalAdvance(m_edit.text().sliced(m_found.begin, m_edit.cursorPosition() - m_found.begin));
    const int cursor = m_edit.inputMethodQuery(Qt::ImCursorRectangle).toRect().center().x();
    QPoint at = m_edit.mapTo(window, QPoint(qMax(0, cursor - before - theme::Gap), m_edit.height() + 1));
    const int width = qMin(MaxWidth, window->width());
    at.setX(qMax(0, qMin(at.x(), window->width() - width)));
    // Above the line if there is no room below it.
    if (at.y() + height > window->height() && at.y() - m_edit.height() - 2 >= height)
        at.setY(at.y() - m_edit.height() - 2 - height);
    m_list->setGeometry(QRect(at, QSize(width, qMin(height, qMax(1, window->height() - at.y())))));
}

bool FilterSuggestions::eventFilter(QObject *object, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress: {
        const auto *key = static_cast<QKeyEvent *>(event);
        return keyPressed(key->key(), key->modifiers()) || QObject::eventFilter(object, event);
    }
    case QEvent::ShortcutOverride:
        // Escape closes the list before it means anything else.
        if (isOpen() && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape)
            event->accept();
        break;
    case QEvent::FocusOut:
    case QEvent::Hide:
    case QEvent::Resize:
    case QEvent::Move:
        close();
        break;
    default:
        break;
    }
    return QObject::eventFilter(object, event);
}

bool FilterSuggestions::keyPressed(int key, Qt::KeyboardModifiers modifiers)
{
    const bool isPlain = (modifiers & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (!isOpen()) {
        if (key != Qt::Key_Down || !isPlain)
            return false;
        suggest(true);
        return isOpen();
    }
    const int current = m_list->currentRow();
    switch (key) {
    case Qt::Key_Down:
        choose(current + 1);
        return true;
    case Qt::Key_Up:
        choose(current - 1);
        return true;
    case Qt::Key_PageDown:
        choose(qMin(qMax(current, 0) + MaxRows, m_list->count() - 1));
        return true;
    case Qt::Key_PageUp:
        choose(qMax(current - MaxRows, 0));
        return true;
    case Qt::Key_Tab:
        take(qMax(current, 0));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (current < 0 || !isPlain) {
            close();
            return false;
        }
        take(current);
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return false;
    }
}

/// Past either end nothing is chosen, and Enter belongs to the line again.
void FilterSuggestions::choose(int row)
{
    if (row < -1)
        row = m_list->count() - 1;
    else if (row >= m_list->count())
        row = -1;
    m_list->setCurrentRow(row);
}

void FilterSuggestions::tellChosen()
{
    const QListWidgetItem *item = m_list->currentItem();
    m_edit.setAccessibleDescription(item ? item->data(Qt::AccessibleTextRole).toString() : QString());
    QAccessibleEvent event(&m_edit, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void FilterSuggestions::take(int row)
{
    if (row < 0 || row >= m_found.items.size())
        return;
    const FilterCompletion item = m_found.items.at(row);
    close();
    // Through the selection, so that it can be undone.
    m_edit.setSelection(int(m_found.begin), int(m_found.end - m_found.begin));
    m_edit.insert(item.insert);
    if (item.continues)
        suggest(false);
    else
        close();
}

} // namespace sockeye
