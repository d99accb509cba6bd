#pragma once

#include "widgets/dialogs/GoToTarget.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace sockeye {

/// Asks for an entry's number or a time to go to, and says what is wrong while it is typed.
class GoToDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit GoToDialog(const GoToContext &context, QWidget *parent = nullptr);

    /// The log has grown, or more is known of it.
    void setContext(const GoToContext &context);
    [[nodiscard]] QString errorText() const;

Q_SIGNALS:
    void entryChosen(sockeye::EntryId id);
    void timeChosen(sockeye::Timestamp time);

private:
    void check();
    void go();

    GoToContext m_context;
    QLineEdit *m_edit;
    QLabel *m_hint;
    QPushButton *m_go = nullptr;
};

} // namespace sockeye
