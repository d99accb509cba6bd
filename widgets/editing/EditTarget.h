#pragma once

#include <QObject>
#include <QPointer>
#include <QWidget>

namespace sockeye {

class Findable;
class Seekable;

/// What the Edit menu can ask of the widget that has the focus.
enum class EditCommand : quint8 { Undo, Redo, Cut, Copy, Paste, SelectAll };

/// The widget of a window, or of another one that belongs to it, that its Edit menu acts on: the one that has the
/// keyboard focus, or had it before the menu was opened. A command presses its standard key there, so that it does what
/// the key does in each kind of widget.
class EditTarget final : public QObject
{
    Q_OBJECT

public:
    /// The window is the parent.
    explicit EditTarget(QWidget *window);

    /// What is in this widget is never the target: it has the focus for a moment only, to choose a command.
    void leaveOut(QWidget *widget) { m_leftOut = widget; }
    /// What has the focus in this window, which outlives its use, is a target as well.
    void include(const QWidget *window) { m_included = window; }
    /// Null for none.
    [[nodiscard]] QWidget *widget() const { return m_widget; }
    /// Whether the widget knows the command and could do it now. Asked anew whenever the menu opens: not every widget
    /// tells that its selection has changed. Whether there is anything to paste is known from askClipboard().
    [[nodiscard]] bool can(EditCommand command) const;
    /// Asks the program that holds the clipboard whether it has text. That program may be slow to answer, so this is
    /// done when the menu opens, and by itself when the clipboard changes.
    void askClipboard();
    void run(EditCommand command);
    /// The Findable around the widget; null for none that can find anything.
    [[nodiscard]] Findable *findable() const;
    /// The Seekable around the widget; null for none that has any place.
    [[nodiscard]] Seekable *seekable() const;

Q_SIGNALS:
    /// Emitted when another widget has the focus.
    void changed();

private:
    void take(QWidget *focused);

    QPointer<QWidget> m_widget;
    QPointer<QWidget> m_leftOut;
    QPointer<const QWidget> m_included;
    bool m_clipboardHasText = false;
};

} // namespace sockeye
