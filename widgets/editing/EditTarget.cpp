#include "widgets/editing/EditTarget.h"

#include "widgets/controls/Findable.h"
#include "widgets/controls/Seekable.h"
#include "widgets/controls/WrappedLabel.h"
#include "widgets/hex/HexView.h"
#include "widgets/log/LogView.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QKeyEvent>
#include <QKeySequence>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTextEdit>

namespace sockeye {
namespace {

QKeySequence::StandardKey keyOf(EditCommand command)
{
    switch (command) {
    case EditCommand::Undo:
        return QKeySequence::Undo;
    case EditCommand::Redo:
        return QKeySequence::Redo;
    case EditCommand::Cut:
        return QKeySequence::Cut;
    case EditCommand::Copy:
        return QKeySequence::Copy;
    case EditCommand::Paste:
        return QKeySequence::Paste;
    case EditCommand::SelectAll:
        break;
    }
    return QKeySequence::SelectAll;
}

/// The line that is edited in the widget: itself, or the one inside of a box that has the focus in its place.
const QLineEdit *lineOf(const QWidget *widget)
{
    if (const auto *combo = qobject_cast<const QComboBox *>(widget))
        return combo->lineEdit();
    if (qobject_cast<const QAbstractSpinBox *>(widget))
        return widget->findChild<QLineEdit *>();
    return qobject_cast<const QLineEdit *>(widget);
}

bool canInLine(const QLineEdit &line, EditCommand command, bool canPaste)
{
    // What stands for a password is not taken out of its field.
    const bool canTake = line.hasSelectedText() && line.echoMode() == QLineEdit::Normal;
    switch (command) {
    case EditCommand::Undo:
        return line.isUndoAvailable();
    case EditCommand::Redo:
        return line.isRedoAvailable();
    case EditCommand::Cut:
        return canTake && !line.isReadOnly();
    case EditCommand::Copy:
        return canTake;
    case EditCommand::Paste:
        return !line.isReadOnly() && canPaste;
    case EditCommand::SelectAll:
        return !line.text().isEmpty();
    }
    return false;
}

/// For both kinds of text edits, which have no class in common.
template<typename TextEdit>
bool canInText(const TextEdit &edit, EditCommand command, bool canPaste)
{
    const bool isEditable = !edit.isReadOnly();
    switch (command) {
    case EditCommand::Undo:
        return isEditable && edit.document()->isUndoAvailable();
    case EditCommand::Redo:
        return isEditable && edit.document()->isRedoAvailable();
    case EditCommand::Cut:
        return isEditable && edit.textCursor().hasSelection();
    case EditCommand::Copy:
        return edit.textCursor().hasSelection();
    case EditCommand::Paste:
        return isEditable && canPaste;
    case EditCommand::SelectAll:
        return !edit.document()->isEmpty();
    }
    return false;
}

bool canInView(const QAbstractItemView &view, EditCommand command)
{
    const bool hasRows = view.model() && view.model()->rowCount(view.rootIndex()) > 0;
    const bool selectsSeveral = view.selectionMode() == QAbstractItemView::ExtendedSelection ||
                                view.selectionMode() == QAbstractItemView::MultiSelection ||
                                view.selectionMode() == QAbstractItemView::ContiguousSelection;
    // The log copies what is selected, other lists what is current.
    const bool isLog = qobject_cast<const LogView *>(&view) != nullptr;
    switch (command) {
    case EditCommand::Copy:
        return hasRows && (isLog ? view.selectionModel()->hasSelection() : view.currentIndex().isValid());
    case EditCommand::SelectAll:
        return hasRows && selectsSeveral;
    default:
        return false;
    }
}

bool canInHex(const HexView &view, EditCommand command)
{
    switch (command) {
    case EditCommand::Copy:
        return view.selection().length > 0;
    case EditCommand::SelectAll:
        return view.hexLayout().size() > 0;
    default:
        return false;
    }
}

bool canInLabel(const QLabel &label, EditCommand command)
{
    if (!label.textInteractionFlags().testAnyFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard))
        return false;
    switch (command) {
    case EditCommand::Copy:
        return label.hasSelectedText();
    case EditCommand::SelectAll:
        return !label.text().isEmpty();
    default:
        return false;
    }
}

bool canInWrappedLabel(const WrappedLabel &label, EditCommand command)
{
    switch (command) {
    case EditCommand::Copy:
        return label.hasSelection();
    case EditCommand::SelectAll:
        return !label.text().isEmpty();
    default:
        return false;
    }
}

/// The innermost widget of this kind around the one given, itself included, that can do it; null for none.
template<typename Kind>
Kind *nearest(QWidget *inside, bool (Kind::*can)() const)
{
    for (QWidget *widget = inside; widget && widget->isVisible(); widget = widget->parentWidget()) {
        auto *found = dynamic_cast<Kind *>(widget);
        if (found && (found->*can)())
            return found;
    }
    return nullptr;
}

} // namespace

EditTarget::EditTarget(QWidget *window)
    : QObject(window)
{
    connect(qApp, &QApplication::focusChanged, this, [this](const QWidget *, QWidget *now) { take(now); });
    connect(QGuiApplication::clipboard(), &QClipboard::dataChanged, this, &EditTarget::askClipboard);
}

void EditTarget::askClipboard()
{
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    m_clipboardHasText = data && data->hasText();
}

bool EditTarget::can(EditCommand command) const
{
    const QWidget *widget = m_widget;
    if (!widget || !widget->isVisible() || !widget->isEnabled())
        return false;
    if (const QLineEdit *line = lineOf(widget))
        return canInLine(*line, command, m_clipboardHasText);
    if (const auto *edit = qobject_cast<const QPlainTextEdit *>(widget))
        return canInText(*edit, command, m_clipboardHasText);
    if (const auto *edit = qobject_cast<const QTextEdit *>(widget))
        return canInText(*edit, command, m_clipboardHasText);
    if (const auto *view = qobject_cast<const QAbstractItemView *>(widget))
        return canInView(*view, command);
    if (const auto *view = qobject_cast<const HexView *>(widget))
        return canInHex(*view, command);
    if (const auto *label = qobject_cast<const WrappedLabel *>(widget))
        return canInWrappedLabel(*label, command);
    if (const auto *label = qobject_cast<const QLabel *>(widget))
        return canInLabel(*label, command);
    return false;
}

void EditTarget::run(EditCommand command)
{
    const QList<QKeySequence> keys = QKeySequence::keyBindings(keyOf(command));
    if (!m_widget || keys.isEmpty())
        return;
    // As after a choice in any menu, what was chosen happens where the focus is.
    m_widget->setFocus(Qt::MenuBarFocusReason);
    const QKeyCombination key = keys.constFirst()[0];
    for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease}) {
        QKeyEvent event(type, key.key(), key.keyboardModifiers());
        if (m_widget)
            QCoreApplication::sendEvent(m_widget, &event);
    }
}

Findable *EditTarget::findable() const
{
    return nearest<Findable>(m_widget, &Findable::canFind);
}

Seekable *EditTarget::seekable() const
{
    return nearest<Seekable>(m_widget, &Seekable::canGoTo);
}

void EditTarget::take(QWidget *focused)
{
    // While the menus have the focus, and while another window has, they are about the widget that had it before.
    const auto *window = static_cast<QWidget *>(parent());
    if (!focused || (focused->window() != window && focused->window() != m_included))
        return;
    if (qobject_cast<QMenuBar *>(focused) || focused == m_widget)
        return;
    if (m_leftOut && (m_leftOut == focused || m_leftOut->isAncestorOf(focused)))
        return;
    m_widget = focused;
    Q_EMIT changed();
}

} // namespace sockeye
