#pragma once

#include "filter/FilterCompletion.h"

#include <QObject>
#include <QPointer>

class QLineEdit;
class QListWidget;

namespace sockeye {

/// A list below the filter line of how the filter may go on while it is typed. Down chooses, Tab and Enter take, Escape
/// closes; the mouse works as well. The keyboard focus stays in the line, and Enter belongs to the line as long as
/// nothing is chosen.
class FilterSuggestions final : public QObject
{
    Q_OBJECT

public:
    explicit FilterSuggestions(QLineEdit &edit);
    ~FilterSuggestions() override;

    /// The URLs of the capture's connections, for conn:.
    void setConnections(const QStringList &urls) { m_connections = urls; }
    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] QListWidget *list() const;
    void close();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void suggest(bool evenWithoutText);
    void open();
    void place();
    bool keyPressed(int key, Qt::KeyboardModifiers modifiers);
    void choose(int row);
    void take(int row);
    void tellChosen();

    QLineEdit &m_edit;
    QPointer<QListWidget> m_list;
    QStringList m_connections;
    FilterCompletions m_found;
};

} // namespace sockeye
