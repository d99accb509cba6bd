#pragma once

#include "widgets/controls/ActionSpec.h"
#include "widgets/editing/EditTarget.h"

#include <QCoreApplication>

namespace sockeye {

/// The actions on the widget that has the focus: what every program has at the top of its Edit menu, and Go to.
class EditActions final
{
    Q_DECLARE_TR_FUNCTIONS(EditActions)

public:
    /// Does it where the focus is not: the widget that has it knows no such thing.
    struct Elsewhere
    {
        std::function<void()> run;
        std::function<bool()> canRun;
    };

    /// The target outlives the actions.
    EditActions(EditTarget &target, Elsewhere find, Elsewhere goTo)
        : m_target(target)
        , m_find(std::move(find))
        , m_goTo(std::move(goTo))
    {
    }

    /// In the order of the menu.
    [[nodiscard]] QList<ActionSpec> all() const;

private:
    [[nodiscard]] ActionSpec command(const QString &id, const QString &text, const QString &toolTip,
                                     const QKeySequence &keys, EditCommand command) const;
    [[nodiscard]] ActionSpec find() const;
    [[nodiscard]] ActionSpec goTo() const;

    EditTarget &m_target;
    Elsewhere m_find;
    Elsewhere m_goTo;
};

} // namespace sockeye
