#pragma once

#include "base/StrongId.h"
#include "widgets/controls/IconButton.h"

namespace sockeye {

/// With what each message that is shown is compared.
struct CompareChoice
{
    enum class With : quint8 { Nothing, Previous, Entry, Clipboard };

    With with = With::Nothing;
    /// Of With::Entry.
    EntryId entry;

    friend bool operator==(const CompareChoice &, const CompareChoice &) = default;
};

/// Lets one choose with what messages are compared.
class CompareButton final : public IconButton
{
    Q_OBJECT

public:
    explicit CompareButton(QWidget *parent = nullptr);

    [[nodiscard]] const CompareChoice &choice() const { return m_choice; }
    /// The entry that is shown, which others can be compared with.
    void setShown(EntryId entry) { m_shown = entry; }

Q_SIGNALS:
    void chosen();

protected:
    void initStyleOption(QStyleOptionToolButton *option) const override;

private:
    void fillMenu();
    void choose(const CompareChoice &choice);

    CompareChoice m_choice;
    EntryId m_shown;
};

} // namespace sockeye
