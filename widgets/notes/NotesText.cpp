#include "widgets/notes/NotesText.h"

#include "widgets/style/Theme.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

struct NotesTextWords
{
    Q_DECLARE_TR_FUNCTIONS(NotesText)
};

/// Signs of Markdown get a backslash; a line break is one of the cell's.
QString escaped(QString text)
{
    static const QRegularExpression signs(u"([\\\\`*_{}\\[\\]<>()#+!|~&-])"_s);
    static const QRegularExpression breaks(u"\r\n|\n|\r"_s);
    return text.replace(signs, u"\\\\1"_s).replace(breaks, u"<br>"_s);
}

QString marksOf(const Annotation &annotation)
{
    QStringList marks;
    if (annotation.bookmarked)
        marks += NotesTextWords::tr("bookmark");
    if (annotation.colour != 0)
        marks += theme::tintName(annotation.colour).toLower();
    return marks.join(u", "_s);
}

} // namespace

QString notesAsMarkdown(const QString &title, const AnnotationMap &annotations)
{
    QString text = u"# %1\n\n| %2 | %3 | %4 |\n|---:|---|---|\n"_s.arg(
        escaped(title), NotesTextWords::tr("entry"), NotesTextWords::tr("marks"), NotesTextWords::tr("note"));
    for (auto it = annotations.cbegin(); it != annotations.cend(); ++it) {
        text +=
            u"| %1 | %2 | %3 |\n"_s.arg(QString::number(it.key().value()), escaped(marksOf(*it)), escaped(it->note));
    }
    return text;
}

QString noteLine(const Annotation &annotation)
{
    if (!annotation.note.isEmpty())
        return annotation.note.simplified();
    return annotation.bookmarked ? NotesTextWords::tr("Bookmark") : theme::tintName(annotation.colour);
}

} // namespace sockeye
