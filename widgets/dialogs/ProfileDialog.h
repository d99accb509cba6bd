#pragma once

#include <QDialog>
#include <QStringList>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace sockeye {

/// Asks for a profile's name and folder.
class ProfileDialog final : public QDialog
{
    Q_OBJECT

public:
    ProfileDialog(const QString &name, const QString &folder, const QStringList &folders, QWidget *parent = nullptr);

    [[nodiscard]] QString name() const;
    [[nodiscard]] QString folder() const;

private:
    QLineEdit *m_name;
    QComboBox *m_folder;
    QPushButton *m_ok = nullptr;
};

} // namespace sockeye
