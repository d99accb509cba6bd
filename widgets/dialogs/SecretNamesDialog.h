#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace sockeye {

class Settings;

/// The one list of names under which secrets travel (SecretNames): a pattern can be added, changed in the list (F2) or
/// removed (Del), a name tried out, and the list that the program comes with brought back. What is accepted masks from
/// then on.
class SecretNamesDialog final : public QDialog
{
    Q_OBJECT

public:
    /// The settings outlive the dialog.
    explicit SecretNamesDialog(Settings &settings, QWidget *parent = nullptr);

    void accept() override;

private:
    void build();
    void fill(const QStringList &patterns);
    void addPattern();
    void removeCurrent();
    void changed();
    void tryName();
    void updateButtons();
    [[nodiscard]] QStringList patterns() const;

    Settings &m_settings;
    QListWidget *m_list;
    QLineEdit *m_new;
    QPushButton *m_add;
    QPushButton *m_remove;
    QPushButton *m_restore;
    QLineEdit *m_tried;
    QLabel *m_verdict;
};

} // namespace sockeye
