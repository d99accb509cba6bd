#pragma once

#include <QFrame>
#include <QPointer>

class QLabel;
class QLineEdit;
class QListView;

namespace sockeye {

class CommandModel;
struct Command;

/// Everything that can be done, found by its name: a line to type in and a list of what matches, over the window. The
/// arrows choose, Return runs and Escape closes; so does a click elsewhere. What is run acts on the widget that had the
/// focus before.
class CommandPalette final : public QFrame
{
    Q_OBJECT

public:
    /// A child of the window, hidden at first.
    explicit CommandPalette(QWidget *window);

    /// Offers these commands, with nothing typed yet.
    void open(const QList<Command> &commands);
    void close();

    [[nodiscard]] QLineEdit *line() const { return m_line; }
    [[nodiscard]] QListView *list() const { return m_list; }
    [[nodiscard]] CommandModel *model() const { return m_model; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void place();
    void take(const QString &typed);
    void choose(int row);
    [[nodiscard]] bool pressed(int key, Qt::KeyboardModifiers modifiers);
    void run(int row);

    CommandModel *m_model;
    QLineEdit *m_line;
    QListView *m_list;
    QLabel *m_none;
    /// Who had the focus before.
    QPointer<QWidget> m_before;
};

} // namespace sockeye
