#pragma once

#include "base/StrongId.h"

#include <QPointer>
#include <QWidget>

#include <memory>

class QLabel;
class QLineEdit;
class QProgressBar;
class QSortFilterProxyModel;
class QStackedWidget;
class QToolButton;

namespace sockeye {

class FormatSet;
class OpenCapture;
class RequestListModel;
class RequestMethodsModel;
class RequestReader;
class RequestsTable;

/// Requests and their answers: how those of each method fared, which took longest, and which got no answer. Reads while
/// it is visible, and goes on as the capture grows.
class RequestsPage final : public QWidget
{
    Q_OBJECT

public:
    explicit RequestsPage(QWidget *parent = nullptr);
    ~RequestsPage() override;

    /// Null for none.
    void setCapture(OpenCapture *capture);
    /// As what the capture's messages are read.
    void setFormats(const std::shared_ptr<const FormatSet> &formats);

    [[nodiscard]] RequestsTable *methodsTable() const { return m_methodsTable; }
    [[nodiscard]] RequestsTable *slowestTable() const { return m_slowestTable; }
    [[nodiscard]] RequestsTable *unansweredTable() const { return m_unansweredTable; }
    [[nodiscard]] QLineEdit *pathField() const { return m_path; }
    [[nodiscard]] QToolButton *stopButton() const { return m_stop; }
    /// What it says of all, or why there is nothing.
    [[nodiscard]] QString sentence() const;

Q_SIGNALS:
    /// Emitted to show an entry in the log.
    void entryActivated(sockeye::EntryId id);
    /// Emitted to filter the log by this.
    void filterWanted(const QString &filter);
    /// Emitted when the user said where ids stand (DecodeOptions::requestPath); empty for what the protocols say.
    void requestPathWanted(const QString &path);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void build();
    [[nodiscard]] QWidget *section(const QString &heading, RequestsTable *table, QLabel **more = nullptr);
    void wireList(RequestsTable *table, const RequestListModel *model);
    void want();
    void update();
    void updateProgress();
    void toggleReading();
    void takePath();
    void showMethodsMenu(const QPoint &place);
    void showListMenu(RequestsTable *table, const RequestListModel *model, const QPoint &place);
    void addCopying(QMenu &menu, const RequestsTable *table);
    /// The term that finds the requests of the chosen methods; empty if none does.
    [[nodiscard]] QString methodsFilter() const;
    [[nodiscard]] static QString listFilter(const RequestsTable *table, const RequestListModel *model);

    QPointer<RequestReader> m_reader;
    std::shared_ptr<const FormatSet> m_formats;
    RequestMethodsModel *m_methods;
    QSortFilterProxyModel *m_sorted;
    RequestListModel *m_slowest;
    RequestListModel *m_unanswered;
    RequestsTable *m_methodsTable;
    RequestsTable *m_slowestTable;
    RequestsTable *m_unansweredTable;
    QLineEdit *m_path;
    QLabel *m_problem;
    QLabel *m_sums;
    QLabel *m_more = nullptr;
    QProgressBar *m_progress;
    QToolButton *m_stop;
    QStackedWidget *m_stack;
    QLabel *m_nothing;
    QString m_failure;
};

} // namespace sockeye
