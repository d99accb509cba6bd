#pragma once

#include <QDialog>
#include <QStringList>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace sockeye {

/// Asks under which name the columns of fields are kept as a set, and which protocol's messages have such fields.
class ColumnSetDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `format` is the id that is proposed, `names` are those of the sets that there are.
    ColumnSetDialog(const QString &format, const QStringList &names, QWidget *parent = nullptr);

    [[nodiscard]] QString name() const;
    /// The id of a format; empty for any.
    [[nodiscard]] QString format() const;

private:
    void check();

    QStringList m_names;
    QLineEdit *m_name;
    QComboBox *m_format;
    QLabel *m_hint;
    QPushButton *m_save = nullptr;
};

} // namespace sockeye
