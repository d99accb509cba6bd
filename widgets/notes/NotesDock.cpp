#include "widgets/notes/NotesDock.h"

#include "widgets/controls/Describe.h"
#include "widgets/controls/IconButton.h"
#include "widgets/controls/Prompts.h"
#include "widgets/dialogs/NoteDialog.h"
#include "widgets/notes/NotesModel.h"
#include "widgets/notes/NotesText.h"
#include "widgets/style/Theme.h"

#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPointer>
#include <QSaveFile>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace sockeye {

NotesDock::NotesDock(Prompts &prompts, QWidget *parent)
    : QDockWidget(tr("Notes"), parent)
    , m_prompts(prompts)
    , m_model(new NotesModel(this))
    , m_table(new QTableView(this))
    , m_none(new QLabel(tr("No bookmarks or notes. Ctrl+F2 sets a bookmark, Ctrl+Shift+N writes a note."), this))
    , m_edit(new IconButton(u"rename"_s, tr("Edit note"), this))
    , m_remove(new IconButton(u"trash"_s, tr("Remove bookmark and note"), this))
    , m_export(new IconButton(u"export"_s, tr("Export notes"), this))
{
    setObjectName(u"notesDock"_s);
    setAccessibleName(tr("Notes"));
    setFeatures(QDockWidget::NoDockWidgetFeatures);
    setAllowedAreas(Qt::LeftDockWidgetArea);
    auto *noTitle = new QWidget(this);
    noTitle->setFixedHeight(0);
    setTitleBarWidget(noTitle);
    build();
    m_table->installEventFilter(this);
    connect(m_table, &QTableView::clicked, this, &NotesDock::goTo);
    connect(m_edit, &QToolButton::clicked, this, &NotesDock::editNote);
    connect(m_remove, &QToolButton::clicked, this, &NotesDock::removeMarks);
    connect(m_export, &QToolButton::clicked, this, &NotesDock::exportNotes);
    connect(m_model, &QAbstractItemModel::modelReset, this, &NotesDock::updateState);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &NotesDock::updateState);
    updateState();
}

void NotesDock::build()
{
    m_table->setModel(m_model);
    describe(m_table, tr("Notes of the capture"),
             tr("A click or Return goes to the entry, F2 edits its note, Del takes bookmark, colour and note away"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(theme::RowHeight);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(NotesModel::EntryColumn, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(NotesModel::NoteColumn, QHeaderView::Stretch);
    m_none->setProperty("dim", true);
    m_none->setTextFormat(Qt::PlainText);
    m_none->setWordWrap(true);
    m_none->setAlignment(Qt::AlignTop);
    m_edit->setToolTip(tr("Edit the note of this entry (F2)"));
    m_remove->setToolTip(tr("Take bookmark, colour and note away (Del)"));
    m_export->setToolTip(tr("Write all of them into a file, as a table of Markdown"));

    auto *body = new QWidget(this);
    auto *heading = new QLabel(tr("NOTES"), body);
    heading->setAccessibleName(tr("Notes"));
    heading->setProperty("heading", true);
    auto *top = new QHBoxLayout;
    top->setSpacing(0);
    top->addWidget(heading, 1);
    for (QToolButton *button : {m_edit, m_remove, m_export})
        top->addWidget(button);
    auto *layout = new QVBoxLayout(body);
    // On the right, the window's separator serves as the margin.
    layout->setContentsMargins(theme::Gap, theme::Gap, 0, theme::Gap);
    layout->setSpacing(theme::Gap / 2);
    layout->addLayout(top);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_none, 1);
    body->setMinimumHeight(theme::RowHeight * 7);
    setWidget(body);
}

void NotesDock::setAnnotations(Annotations *annotations, const QString &title)
{
    m_title = title;
    m_model->setAnnotations(annotations);
    updateState();
}

void NotesDock::updateState()
{
    const bool hasNotes = m_model->rowCount() > 0;
    m_table->setVisible(hasNotes);
    m_none->setVisible(!hasNotes);
    const bool hasCurrent = hasNotes && m_table->currentIndex().isValid();
    m_edit->setEnabled(hasCurrent);
    m_remove->setEnabled(hasCurrent);
    m_export->setEnabled(hasNotes);
}

EntryId NotesDock::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? m_model->entry(index.row()) : EntryId();
}

void NotesDock::goTo()
{
    if (const EntryId id = current(); id != EntryId())
        Q_EMIT entryWanted(id);
}

void NotesDock::editNote()
{
    const EntryId id = current();
    Annotations *annotations = m_model->annotations();
    if (id == EntryId() || !annotations)
        return;
    const Annotation *annotation = annotations->find(id);
    auto *dialog = new NoteDialog(annotation ? annotation->note : QString(), 1, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, annotations,
            [annotations, dialog, id] { annotations->setNote({id}, dialog->note()); });
    dialog->open();
}

void NotesDock::removeMarks()
{
    const EntryId id = current();
    if (id == EntryId() || !m_model->annotations())
        return;
    const int row = m_table->currentIndex().row();
    m_model->annotations()->set(id, {});
    // The next one, so that several can be taken away in a row.
    if (m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(qMin(row, m_model->rowCount() - 1), NotesModel::EntryColumn));
}

void NotesDock::exportNotes()
{
    if (!m_model->annotations())
        return;
    m_prompts.saveFile(
        this,
        {tr("Export notes"), QDir::homePath() + u'/' + tr("notes.md"), tr("Markdown (*.md);;All files (*)"), u"md"_s},
        [this](const QString &file) { write(file); });
}

void NotesDock::write(const QString &file)
{
    if (!m_model->annotations())
        return;
    const QByteArray text = notesAsMarkdown(m_title, m_model->annotations()->all()).toUtf8();
    QSaveFile out(file);
    if (out.open(QIODevice::WriteOnly) && out.write(text) == text.size() && out.commit())
        Q_EMIT statusText(tr("The notes are in %1").arg(QDir::toNativeSeparators(file)));
    else
        m_prompts.tell(this, tr("Export notes"), tr("The notes could not be written."),
                       tr("%1: %2").arg(QDir::toNativeSeparators(file), out.errorString()));
}

bool NotesDock::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            goTo();
            return true;
        case Qt::Key_F2:
            editNote();
            return true;
        case Qt::Key_Delete:
            removeMarks();
            return true;
        default:
            break;
        }
    }
    return QDockWidget::eventFilter(watched, event);
}

} // namespace sockeye
