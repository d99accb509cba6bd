#include "widgets/commands/CommandPalette.h"

#include "widgets/commands/CommandDelegate.h"
#include "widgets/commands/CommandModel.h"
#include "widgets/controls/Describe.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

namespace sockeye {
namespace {

constexpr int PreferredWidth = 640;
constexpr int MaxRows = 14;

} // namespace

CommandPalette::CommandPalette(QWidget *window)
    : QFrame(window)
    , m_model(new CommandModel(this))
    , m_line(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_none(new QLabel(tr("Nothing has this name"), this))
{
    // Of the window, not a window of its own: that could take the focus and the mouse away.
    setAccessibleName(tr("Command palette"));
    setProperty("panel", true);
    setAutoFillBackground(true);
    describe(m_line, tr("Command"), tr("Letters of the name of what you want to do; Return does it, Escape closes"));
    m_line->setPlaceholderText(tr("Do something: action, profile, capture, page, filter"));
    m_list->setAccessibleName(tr("Commands"));
    m_list->setToolTip(tr("What can be done; a click does it"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_none->setProperty("dim", true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap, theme::Gap, theme::Gap, theme::Gap);
    layout->setSpacing(theme::Gap / 2);
    layout->addWidget(m_line);
    layout->addWidget(m_none);
    layout->addWidget(m_list);
    hide();
    connect(m_line, &QLineEdit::textChanged, this, &CommandPalette::take);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { run(index.row()); });
    connect(qApp, &QApplication::focusChanged, this, [this](const QWidget *, const QWidget *now) {
        if (isVisible() && now && now->window() == this->window() && !isAncestorOf(now))
            hide();
    });
}

void CommandPalette::open(const QList<Command> &commands)
{
    if (!isVisible())
        m_before = QApplication::focusWidget();
    m_model->setCommands(commands);
    m_line->clear();
    take({});
    // It may be asked for in another window of the program, such as the inspector's.
    if (!isActiveWindow())
        window()->activateWindow();
    show();
    raise();
    // As a popup would, so that the field that had the focus keeps its selection.
    m_line->setFocus(Qt::PopupFocusReason);
    // Of the whole program, to see a click on something else and another size of the window.
    qApp->installEventFilter(this);
}

void CommandPalette::close()
{
    if (!isVisible())
        return;
    // That of the window, for another one may not have given the focus away yet.
    const bool hadFocus = isAncestorOf(window()->focusWidget());
    hide();
    if (!hadFocus || !m_before)
        return;
    if (m_before->window() != window())
        m_before->activateWindow();
    m_before->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::hideEvent(QHideEvent *event)
{
    qApp->removeEventFilter(this);
    QFrame::hideEvent(event);
}

void CommandPalette::place()
{
    const QRect room = window()->rect();
    const int width = qMin(PreferredWidth, room.width() - theme::Gap * 4);
    const int rows = qBound(1, m_model->rowCount(), MaxRows);
    const int row = m_model->rowCount() > 0 ? m_list->sizeHintForRow(0) : 0;
    m_list->setFixedHeight(qMin(rows * row + 2 * m_list->frameWidth(), room.height() / 2));
    m_list->setVisible(m_model->rowCount() > 0);
    m_none->setVisible(m_model->rowCount() == 0);
    setFixedWidth(width);
    layout()->activate();
    adjustSize();
    move((room.width() - width) / 2, room.height() / 8);
}

void CommandPalette::take(const QString &typed)
{
    m_model->setTyped(typed);
    choose(0);
    place();
}

void CommandPalette::choose(int row)
{
    const int last = m_model->runnable() - 1;
    const QModelIndex index = last >= 0 ? m_model->index(qBound(0, row, last), 0) : QModelIndex();
    m_list->setCurrentIndex(index);
    // The focus stays in the line: a screen reader reads there what is chosen.
    const QModelIndex said = index.isValid() ? index : m_model->index(0, 0);
    m_line->setAccessibleDescription(said.isValid() ? said.data(Qt::AccessibleTextRole).toString() : m_none->text());
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Resize:
        if (watched == window())
            place();
        break;
    case QEvent::MouseButtonPress:
        if (const auto *widget = qobject_cast<QWidget *>(watched);
            widget && widget->window() == window() && widget != this && !isAncestorOf(widget))
            close();
        break;
    case QEvent::KeyPress:
        if (const auto *key = static_cast<QKeyEvent *>(event); watched == m_line)
            return pressed(key->key(), key->modifiers());
        break;
    case QEvent::ShortcutOverride:
        // These are the palette's before they mean anything in the window.
        if (const int key = static_cast<QKeyEvent *>(event)->key();
            watched == m_line && (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter))
            event->accept();
        break;
    default:
        break;
    }
    return QFrame::eventFilter(watched, event);
}

bool CommandPalette::pressed(int key, Qt::KeyboardModifiers modifiers)
{
    if ((modifiers & ~Qt::KeypadModifier) != Qt::NoModifier)
        return false;
    const int current = m_list->currentIndex().row();
    const int last = m_model->runnable() - 1;
    switch (key) {
    case Qt::Key_Down:
        choose(current < last ? current + 1 : 0);
        return true;
    case Qt::Key_Up:
        choose(current > 0 ? current - 1 : last);
        return true;
    case Qt::Key_PageDown:
        choose(current + MaxRows);
        return true;
    case Qt::Key_PageUp:
        choose(current - MaxRows);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run(current);
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    // There is nothing to go on to.
    case Qt::Key_Tab:
        return true;
    default:
        return false;
    }
}

void CommandPalette::run(int row)
{
    if (row < 0 || row >= m_model->rowCount() || !m_model->command(row).canRun)
        return;
    // The command may open the palette again, or end the window.
    const std::function<void()> run = m_model->command(row).run;
    close();
    run();
}

} // namespace sockeye
