#pragma once

#include "widgets/filter/FilterStore.h"

#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;

namespace sockeye {

/// Lists the named filters: each can be renamed in the list (F2) or deleted (Del).
class ManageFiltersDialog final : public QDialog
{
    Q_OBJECT

public:
    ManageFiltersDialog(FilterStore store, QWidget *parent);

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
