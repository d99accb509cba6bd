#pragma once

#include "widgets/controls/ActionSpec.h"
#include "widgets/tab/DocumentTab.h"

#include <QCoreApplication>

namespace sockeye {

/// The actions on the current tab: its URL, its filter, its connection.
class TabActions final
{
    Q_DECLARE_TR_FUNCTIONS(TabActions)

public:
    /// Gives the current tab; null for none.
    using CurrentTab = std::function<DocumentTab *()>;

    explicit TabActions(CurrentTab current);

    /// Each in the order of the menu.
    [[nodiscard]] QList<ActionSpec> edit() const;
    [[nodiscard]] QList<ActionSpec> connection() const;
    [[nodiscard]] QList<ActionSpec> go() const;

private:
    /// Calls the current tab if it is of that kind.
    template<typename Tab>
    [[nodiscard]] std::function<void()> run(void (Tab::*command)()) const
    {
        return [current = m_current, command] {
            if (auto *tab = qobject_cast<Tab *>(current()))
                (tab->*command)();
        };
    }
    [[nodiscard]] std::function<bool()> needs(DocumentTab::Need need) const;

    CurrentTab m_current;
};

} // namespace sockeye
