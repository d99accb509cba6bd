#pragma once

#include "reading/Annotations.h"

#include <QFrame>
#include <QPointer>

class QLabel;

namespace sockeye {

class WrappedLabel;

/// Above the pages of an inspector: what a person put on the entry that is shown, its bookmark, colour and note, and
/// the way to change the note. Not there for an entry that has none of them.
class NoteStrip final : public QFrame
{
    Q_OBJECT

public:
    explicit NoteStrip(QWidget *parent = nullptr);

    /// Whose annotations to show; null for nobody's. They may go at any time.
    void setAnnotations(Annotations *annotations);
    /// The entry that is shown; EntryId() for none.
    void setEntry(EntryId id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void editNote();

    QPointer<Annotations> m_annotations;
    EntryId m_entry;
    int m_colour = 0;
    QLabel *m_marks;
    WrappedLabel *m_note;
};

} // namespace sockeye
