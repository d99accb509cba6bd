#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace sockeye {

class CaptureKeeper;
class Prompts;
class RecentCaptures;
class RecentModel;
class Retention;
class Settings;

/// Lists all captures of the library: to find, open, rename, save elsewhere and delete them.
class RecentDialog final : public QDialog
{
    Q_OBJECT

public:
    /// All outlive the dialog.
    RecentDialog(RecentCaptures &recent, CaptureKeeper &keeper, Retention &retention, Settings &settings,
                 Prompts &prompts, QWidget *parent = nullptr);

Q_SIGNALS:
    void openRequested(const QString &path);
    void saveRequested(const QString &path);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QWidget *buildTable();
    [[nodiscard]] QWidget *buildButtons();
    QPushButton *addButton(QWidget *row, const QString &text, const QString &toolTip, void (RecentDialog::*slot)());
    void takeCaptures();
    void updateButtons();
    void showMenu(const QPoint &at);
    [[nodiscard]] QStringList selectedPaths() const;
    void openSelected();
    void renameSelected();
    void saveSelected();
    void revealSelected();
    void deleteSelected();

    RecentCaptures &m_recent;
    CaptureKeeper &m_keeper;
    RecentModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QLineEdit *m_search;
    QTableView *m_table;
    QLabel *m_empty;
    QLabel *m_total;
    QPushButton *m_open = nullptr;
    QPushButton *m_rename = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_reveal = nullptr;
    QPushButton *m_delete = nullptr;
};

} // namespace sockeye
