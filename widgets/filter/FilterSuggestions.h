#pragma once

#include "filter/FilterCompletion.h"

#include <QObject>
#include <QPointer>

class QLineEdit;
class QListWidget;

namespace sockeye {

/// Below the filter line, while it is typed: how it may go on. Down chooses, Tab and Enter take, Escape closes, the
/// mouse does it too; the keyboard's focus stays in the line, and Enter is the line's own as long as nothing is chosen.
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
