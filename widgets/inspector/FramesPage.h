#pragma once

#include "document/EntryDetails.h"

#include <QWidget>

class QLabel;
class QTableView;

namespace sockeye {

class FramesModel;
class PageStack;

/// The frames that an entry came or went in.
class FramesPage final : public QWidget
{
    Q_OBJECT

public:
    explicit FramesPage(QWidget *parent = nullptr);
    ~FramesPage() override;

    void show(const EntryDetails &details);
    void showWords(const QString &text);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setColumnWidths();
    void copySelected() const;

    FramesModel *m_model;
    QLabel *m_sums;
    QTableView *m_table;
    PageStack *m_stack;
    bool m_isCompressed = false;
};

} // namespace sockeye
