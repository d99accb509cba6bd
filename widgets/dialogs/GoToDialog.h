#pragma once

#include "widgets/dialogs/GoToTarget.h"
#include "widgets/dialogs/PlaceDialog.h"

namespace sockeye {

/// Asks for an entry's number or a time to go to.
class GoToDialog final : public PlaceDialog
{
    Q_OBJECT

public:
    explicit GoToDialog(const GoToContext &context, QWidget *parent = nullptr);

    /// The log has grown, or more is known of it.
    void setContext(const GoToContext &context);

Q_SIGNALS:
    void entryChosen(sockeye::EntryId id);
    void timeChosen(sockeye::Timestamp time);

private:
    [[nodiscard]] QString problemWith(const QString &text) const override;
    [[nodiscard]] QString hint() const override;
    void goTo(const QString &text) override;

    GoToContext m_context;
};

} // namespace sockeye
