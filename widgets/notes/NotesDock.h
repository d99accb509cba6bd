#pragma once

#include "base/StrongId.h"

#include <QDockWidget>

class QLabel;
class QTableView;
class QToolButton;

namespace sockeye {

class Annotations;
class NotesModel;
class Prompts;

/// The panel of bookmarks, colours and notes of the capture that is shown: a click or Return goes to the entry, F2
/// edits its note, Del takes all of it away, and the list is written into a file.
class NotesDock final : public QDockWidget
{
    Q_OBJECT

public:
    /// The prompts outlive the dock.
    explicit NotesDock(Prompts &prompts, QWidget *parent = nullptr);

    /// Shows these; null for none. `title` says what was captured.
    void setAnnotations(Annotations *annotations, const QString &title);
    [[nodiscard]] QTableView *table() const { return m_table; }
    [[nodiscard]] NotesModel *model() const { return m_model; }

Q_SIGNALS:
    void entryWanted(sockeye::EntryId id);
    /// A line for the status bar.
    void statusText(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void updateState();
    [[nodiscard]] EntryId current() const;
    void goTo();
    void editNote();
    void removeMarks();
    void exportNotes();
    void write(const QString &file);

    Prompts &m_prompts;
    NotesModel *m_model;
    QTableView *m_table;
    QLabel *m_none;
    QToolButton *m_edit;
    QToolButton *m_remove;
    QToolButton *m_export;
    QString m_title;
};

} // namespace sockeye
