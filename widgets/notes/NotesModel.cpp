#include "widgets/notes/NotesModel.h"

#include "base/Units.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/notes/NotesText.h"

namespace sockeye {

NotesModel::NotesModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void NotesModel::setAnnotations(Annotations *annotations)
{
    if (m_annotations == annotations)
        return;
    if (m_annotations)
        m_annotations->disconnect(this);
    m_annotations = annotations;
    if (annotations) {
        connect(annotations, &Annotations::loaded, this, &NotesModel::refresh);
        connect(annotations, &Annotations::changed, this, &NotesModel::refresh);
        // Its own part is gone by then, so nothing is asked of it.
        connect(annotations, &QObject::destroyed, this, [this] {
            m_annotations.clear();
            refresh();
        });
    }
    refresh();
}

int NotesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

int NotesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant NotesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !m_annotations)
        return {};
    const EntryId id = m_ids[index.row()];
    const Annotation *annotation = m_annotations->find(id);
    if (role == Qt::TextAlignmentRole && index.column() == EntryColumn)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole && annotation)
        return plainToolTip(annotation->note.isEmpty() ? noteLine(*annotation) : annotation->note);
    if (role != Qt::DisplayRole || !annotation)
        return {};
    return index.column() == EntryColumn ? countText(id.value()) : withFewMarks(noteLine(*annotation));
}

QVariant NotesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == EntryColumn ? tr("Entry") : tr("Note");
}

/// People make each of them, so that all are listed anew.
void NotesModel::refresh()
{
    const QList<EntryId> ids = m_annotations ? m_annotations->all().keys() : QList<EntryId>();
    if (ids == m_ids) {
        if (!ids.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_ids = ids;
    endResetModel();
}

} // namespace sockeye
