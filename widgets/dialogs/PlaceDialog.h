#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace sockeye {

/// Asks in a line where to go, and says what is wrong with that while it is typed.
class PlaceDialog : public QDialog
{
    Q_OBJECT

public:
    /// What is wrong with what is typed; empty for nothing, and while nothing is typed.
    [[nodiscard]] QString errorText() const;

protected:
    /// `name` and `toolTip` are those of the line. Who derives calls check() once it can answer.
    PlaceDialog(const QString &title, const QString &name, const QString &toolTip, QWidget *parent);

    /// Why this is no place; empty if it is one.
    [[nodiscard]] virtual QString problemWith(const QString &text) const = 0;
    /// What may be typed, in a sentence.
    [[nodiscard]] virtual QString hint() const = 0;
    /// Goes there; only called for a place.
    virtual void goTo(const QString &text) = 0;
    /// Looks anew at what is typed.
    void check();

private:
    void go();

    QLineEdit *m_edit;
    QLabel *m_hint;
    QPushButton *m_go = nullptr;
};

} // namespace sockeye
