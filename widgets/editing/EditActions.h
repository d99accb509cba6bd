#pragma once

#include "widgets/controls/ActionSpec.h"
#include "widgets/editing/EditTarget.h"

#include <QCoreApplication>

namespace sockeye {

/// The actions on the widget that has the focus: what every program has at the top of its Edit menu.
class EditActions final
{
    Q_DECLARE_TR_FUNCTIONS(EditActions)

public:
    /// Finds what the focus is not in: there is nothing to find inside the widget itself.
    struct FindElsewhere
    {
        std::function<void()> run;
        std::function<bool()> canRun;
    };

    /// The target outlives the actions.
    EditActions(EditTarget &target, FindElsewhere elsewhere)
        : m_target(target)
        , m_elsewhere(std::move(elsewhere))
    {
    }

    /// In the order of the menu.
    [[nodiscard]] QList<ActionSpec> all() const;

private:
    [[nodiscard]] ActionSpec command(const QString &id, const QString &text, const QString &toolTip,
                                     const QKeySequence &keys, EditCommand command) const;
    [[nodiscard]] ActionSpec find() const;

    EditTarget &m_target;
    FindElsewhere m_elsewhere;
};

} // namespace sockeye
