#pragma once

#include "widgets/filter/FilterStore.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace sockeye {

/// Asks for a name to keep a filter under, and says so if there is one of that name already.
class SaveFilterDialog final : public QDialog
{
    Q_OBJECT

public:
    SaveFilterDialog(FilterStore store, const QString &filter, QWidget *parent);

    void accept() override;

private:
    void nameChanged();

    FilterStore m_store;
    QString m_filter;
    QLineEdit *m_name = nullptr;
    QLabel *m_note = nullptr;
    QPushButton *m_save = nullptr;
};

/// The named filters: each can be renamed in its place (F2) or deleted (Del).
class ManageFiltersDialog final : public QDialog
{
    Q_OBJECT

public:
    ManageFiltersDialog(FilterStore store, QWidget *parent);

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill(const QString &current);
    void renamed();
    void removeCurrent();
    void update();

    FilterStore m_store;
    QListWidget *m_list = nullptr;
    QLabel *m_text = nullptr;
    QPushButton *m_rename = nullptr;
    QPushButton *m_delete = nullptr;
};

} // namespace sockeye
