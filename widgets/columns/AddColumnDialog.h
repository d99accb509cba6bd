#pragma once

#include <QDialog>
#include <QStringList>

class QLabel;
class QLineEdit;
class QPushButton;

namespace sockeye {

/// Asks for the path of the field that is to be a column of the log, and for a title; says what is wrong with the path
/// while it is typed.
class AddColumnDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `taken` are the paths that are columns already.
    explicit AddColumnDialog(const QStringList &taken, QWidget *parent = nullptr);

    [[nodiscard]] QString path() const;
    /// Empty for the end of the path.
    [[nodiscard]] QString title() const;
    /// What is wrong with the path; empty for nothing, and while nothing is typed.
    [[nodiscard]] QString errorText() const;

private:
    void check();

    QStringList m_taken;
    QLineEdit *m_path;
    QLineEdit *m_title;
    QLabel *m_hint;
    QPushButton *m_add = nullptr;
};

} // namespace sockeye
