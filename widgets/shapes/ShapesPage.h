#pragma once

#include "base/StrongId.h"
#include "formats/FormatSet.h"
#include "widgets/controls/Findable.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QLabel;
class QLineEdit;
class QProgressBar;
class QSortFilterProxyModel;
class QToolButton;
class QTreeView;

namespace sockeye {

class IconButton;
class OpenCapture;
class PageStack;
class ShapeReader;
class ShapesModel;

/// What kinds of messages a capture holds, how many of each, and since when: to get to know a feed. A click or Return
/// filters the log by the row's messages. What comes from a moment on that was not there before can be marked.
class ShapesPage final : public QWidget, public Findable
{
    Q_OBJECT

public:
    explicit ShapesPage(QWidget *parent = nullptr);
    ~ShapesPage() override;

    /// Counts its messages while the page is visible; null for none. Some captures that were shown before are kept as
    /// far as they were counted.
    void setCapture(OpenCapture *capture);
    /// As what messages are read, of this capture and of those that come.
    void setFormats(const std::shared_ptr<const FormatSet> &formats);
    void openFind() override;

    [[nodiscard]] QTreeView *view() const { return m_view; }
    [[nodiscard]] ShapesModel *model() const { return m_model; }
    /// Null for no capture.
    [[nodiscard]] const ShapeReader *reader() const;

Q_SIGNALS:
    void entryActivated(sockeye::EntryId id);
    void filterWanted(const QString &filter);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// A capture that was shown.
    struct Counted
    {
        OpenCapture *capture = nullptr;
        std::unique_ptr<ShapeReader> reader;
        std::optional<EntryId> newSince;
    };

    void build();
    void wire();
    void begin(OpenCapture *capture);
    void forget(OpenCapture *capture);
    void take(const ShapeReader *reader);
    void refresh();
    void updateProgress();
    void updateNew();
    void setMarksNew(bool marks);
    void filterBy(const QModelIndex &index);
    void showMenu(const QPoint &at);
    void copy(bool asMarkdown);
    [[nodiscard]] QString emptyText() const;

    std::shared_ptr<const FormatSet> m_formats;
    /// The current one last.
    std::vector<Counted> m_counted;
    OpenCapture *m_capture = nullptr;
    QString m_problem;

    ShapesModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QLineEdit *m_find;
    QToolButton *m_markNew;
    QLabel *m_status;
    QProgressBar *m_progress;
    IconButton *m_stop;
    QToolButton *m_goOn;
    QTreeView *m_view;
    PageStack *m_stack;
};

} // namespace sockeye
