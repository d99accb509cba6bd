#include "widgets/inspector/NoteStrip.h"

#include "widgets/controls/IconButton.h"
#include "widgets/controls/WrappedLabel.h"
#include "widgets/dialogs/NoteDialog.h"
#include "widgets/style/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace sockeye {
namespace {

constexpr int ColourBarWidth = 3;
/// More of a note would leave no room for what it is about; the dialog has all of it.
constexpr qsizetype MaxNoteShown = 400;
constexpr qsizetype MaxNoteLines = 5;

QString noteShown(const QString &note)
{
    QString shown = note.section(u'\n', 0, MaxNoteLines - 1).left(MaxNoteShown);
    if (shown.size() < note.size())
        shown += u'…';
    return shown;
}

} // namespace

NoteStrip::NoteStrip(QWidget *parent)
    : QFrame(parent)
    , m_marks(new QLabel(this))
    , m_note(new WrappedLabel(this))
{
    setAccessibleName(tr("Your note on the entry"));
    m_marks->setProperty("dim", true);
    m_marks->setTextFormat(Qt::PlainText);
    auto *edit = new IconButton(QStringLiteral("rename"), tr("Edit note"), this);
    connect(edit, &QToolButton::clicked, this, &NoteStrip::editNote);

    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(m_marks);
    texts->addWidget(m_note);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme::Gap + ColourBarWidth, theme::Gap / 2, theme::Gap / 2, theme::Gap / 2);
    layout->addLayout(texts, 1);
    layout->addWidget(edit, 0, Qt::AlignTop);
    hide();
}

void NoteStrip::setAnnotations(Annotations *annotations)
{
    if (m_annotations)
        m_annotations->disconnect(this);
    m_annotations = annotations;
    if (annotations) {
        connect(annotations, &Annotations::changed, this, [this](EntryId first, EntryId last) {
            if (first <= m_entry && m_entry <= last)
                refresh();
        });
        connect(annotations, &Annotations::loaded, this, &NoteStrip::refresh);
    }
    refresh();
}

void NoteStrip::setEntry(EntryId id)
{
    if (id == m_entry)
        return;
    m_entry = id;
    refresh();
}

void NoteStrip::refresh()
{
    const Annotation *annotation = m_annotations ? m_annotations->find(m_entry) : nullptr;
    setVisible(annotation && !annotation->isEmpty());
    if (!annotation)
        return;
    QStringList marks;
    if (annotation->bookmarked)
        marks += tr("Bookmark");
    if (annotation->colour > 0)
        marks += theme::tintName(annotation->colour);
    m_marks->setText(marks.join(QStringLiteral(" · ")));
    m_marks->setVisible(!marks.isEmpty());
    m_note->showText(noteShown(annotation->note));
    m_note->setVisible(!annotation->note.isEmpty());
    m_colour = annotation->colour;
    update();
}

void NoteStrip::editNote()
{
    if (!m_annotations)
        return;
    const Annotation *annotation = m_annotations->find(m_entry);
    auto *dialog = new NoteDialog(annotation ? annotation->note : QString(), 1, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // Entry and capture that were there when the dialog opened: others may be shown by then.
    connect(dialog, &QDialog::accepted, m_annotations,
            [annotations = m_annotations.data(), dialog, id = m_entry] { annotations->setNote({id}, dialog->note()); });
    dialog->open();
}

void NoteStrip::paintEvent(QPaintEvent *event)
{
    QFrame::paintEvent(event);
    const auto &bars = theme::colors(palette()).tintBars;
    if (m_colour <= 0 || m_colour > int(bars.size()))
        return;
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, ColourBarWidth, height()), bars.at(static_cast<size_t>(m_colour - 1)));
}

} // namespace sockeye
