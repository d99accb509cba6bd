#pragma once

#include "widgets/filter/FilterStore.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace sockeye {

/// Asks for the name under which a filter is saved, and says so if there is a filter of that name already.
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

} // namespace sockeye
