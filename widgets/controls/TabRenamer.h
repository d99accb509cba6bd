#pragma once

#include <QObject>
#include <QPointer>

class QLineEdit;
class QTabBar;

namespace sockeye {

/// A line over a tab, to write its name into. Enter and leaving it take the name, Escape does not.
class TabRenamer final : public QObject
{
    Q_OBJECT

public:
    explicit TabRenamer(QTabBar *bar);

    /// Begins with this name, all of it selected.
    void start(int index, const QString &name);

Q_SIGNALS:
    /// Emitted once after start(), with the name that was written; not after Escape.
    void renamed(const QString &name);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void finish(bool take);

    QTabBar *m_bar;
    QPointer<QLineEdit> m_line;
};

} // namespace sockeye
