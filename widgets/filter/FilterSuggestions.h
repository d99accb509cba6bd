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

    /// What there is to be suggested of the capture.
    void setHints(const FilterHints &hints);
    [[nodiscard]] const FilterHints &hints() const { return m_hints; }
    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] QListWidget *list() const;
    void close();

Q_SIGNALS:
    /// What messages had is to be suggested: setHints() may bring more of it.
    void messagesWanted();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void suggest(bool evenWithoutText);
    void show(bool evenWithoutText);
    void open();
    void place();
    bool keyPressed(int key, Qt::KeyboardModifiers modifiers);
    void choose(int row);
    void take(int row);
    void tellChosen();

    QLineEdit &m_edit;
    QPointer<QListWidget> m_list;
    FilterHints m_hints;
    FilterCompletions m_found;
};

} // namespace sockeye
