#pragma once

#include "reading/Annotations.h"

#include <QAbstractTableModel>
#include <QPointer>

namespace sockeye {

/// The annotated entries of a capture, a row each, in the order of the log.
class NotesModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { EntryColumn, NoteColumn, ColumnCount };

    explicit NotesModel(QObject *parent = nullptr);

    /// Whose annotations to show; null for nobody's. They may go at any time.
    void setAnnotations(Annotations *annotations);
    [[nodiscard]] Annotations *annotations() const { return m_annotations; }
    [[nodiscard]] EntryId entry(int row) const { return m_ids.value(row); }
    /// -1 for none.
    [[nodiscard]] int rowOf(EntryId id) const { return static_cast<int>(m_ids.indexOf(id)); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void refresh();

    QPointer<Annotations> m_annotations;
    QList<EntryId> m_ids;
};

} // namespace sockeye
