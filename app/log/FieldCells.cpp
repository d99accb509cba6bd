#include "log/FieldCells.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

struct FieldCellsWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::FieldCells)
};

} // namespace

QStringList FieldCells::paths() const
{
    QStringList paths;
    for (const FieldColumn &column : m_columns)
        paths += column.path;
    return paths;
}

void FieldCells::setColumns(const QList<FieldColumn> &columns)
{
    qsizetype same = 0;
    while (same < std::min(columns.size(), m_columns.size()) && columns.at(same).path == m_columns.at(same).path)
        ++same;
    m_seen.resize(same);
    m_seen.resize(columns.size());
    m_columns = columns;
}

bool FieldCells::isCellRole(int role)
{
    return role == Qt::DisplayRole || role == Qt::AccessibleTextRole || role == Qt::ToolTipRole ||
           role == Qt::TextAlignmentRole;
}

QVariant FieldCells::header(qsizetype place, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return titleOf(m_columns.at(place));
    case Qt::ToolTipRole:
        return FieldCellsWords::tr("The field %1 of messages").arg(m_columns.at(place).path);
    case Qt::TextAlignmentRole:
        return alignment(place);
    default:
        return {};
    }
}

QVariant FieldCells::alignment(qsizetype place) const
{
    return QVariant::fromValue((m_seen.at(place).areNumbers() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

QVariant FieldCells::value(const FieldText &field, int role)
{
    if (role == Qt::ToolTipRole && field.kind == FieldText::Kind::Unread)
        return FieldCellsWords::tr("This message is too long to be looked into here.");
    if (role == Qt::AccessibleTextRole && field.kind == FieldText::Kind::Unread)
        return FieldCellsWords::tr("not read");
    return field.text.isEmpty() && role == Qt::ToolTipRole ? QVariant() : QVariant(field.text);
}

bool FieldCells::learn(const QList<FieldText> &fields)
{
    bool hasChanged = false;
    const qsizetype known = std::min(fields.size(), m_seen.size());
    for (qsizetype place = 0; place < known; ++place) {
        Seen &seen = m_seen[place];
        const bool were = seen.areNumbers();
        seen.numbers = seen.numbers || fields.at(place).kind == FieldText::Kind::Number;
        seen.words = seen.words || fields.at(place).kind == FieldText::Kind::Words;
        hasChanged = hasChanged || seen.areNumbers() != were;
    }
    return hasChanged;
}

void FieldCells::forget()
{
    m_seen.fill(Seen());
}

} // namespace sockeye
