#include "widgets/commands/CommandModel.h"

#include "widgets/commands/FuzzyMatch.h"
#include "widgets/controls/OutsideText.h"

#include <algorithm>

namespace sockeye {
namespace {

/// What is found only with the help of the place's name was meant less likely.
constexpr int PlacePenalty = 60;

} // namespace

CommandModel::CommandModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void CommandModel::setCommands(const QList<Command> &commands)
{
    m_commands = commands;
    // Before they are matched, so that the places of the matches are those that are shown.
    for (Command &command : m_commands) {
        command.title = withFewMarks(command.title);
        command.place = withFewMarks(command.place);
    }
    rank();
}

void CommandModel::setTyped(const QString &typed)
{
    if (typed == m_typed)
        return;
    m_typed = typed;
    rank();
}

const Command &CommandModel::command(int row) const
{
    return m_commands[m_rows[row].command];
}

int CommandModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant CommandModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Command &shown = command(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return shown.title;
    case Qt::ToolTipRole:
        return plainToolTip(shown.title);
    case Qt::AccessibleTextRole: {
        QStringList parts{shown.title, shown.place};
        if (!shown.keys.isEmpty())
            parts += shown.keys;
        if (!shown.canRun)
            parts += tr("not possible now");
        return parts.join(QStringLiteral(", "));
    }
    case PlaceRole:
        return shown.place;
    case KeysRole:
        return shown.keys;
    case PositionsRole:
        return QVariant::fromValue(m_rows[index.row()].positions);
    default:
        return {};
    }
}

Qt::ItemFlags CommandModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return command(index.row()).canRun ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                                       : Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

void CommandModel::rank()
{
    beginResetModel();
    m_rows.clear();
    for (qsizetype i = 0; i < m_commands.size(); ++i) {
        const Command &command = m_commands[i];
        if (const auto found = fuzzyMatch(m_typed, command.title))
            m_rows.append({i, found->score, found->positions});
        else if (const auto wider = fuzzyMatch(m_typed, command.place + u' ' + command.title))
            m_rows.append({i, wider->score - PlacePenalty, {}});
    }
    std::stable_sort(m_rows.begin(), m_rows.end(), [this](const Row &a, const Row &b) {
        const bool canRunA = m_commands[a.command].canRun;
        const bool canRunB = m_commands[b.command].canRun;
        return canRunA != canRunB ? canRunA : a.score > b.score;
    });
    m_runnable = static_cast<int>(std::count_if(m_rows.cbegin(), m_rows.cend(),
                                                [this](const Row &row) { return m_commands[row.command].canRun; }));
    endResetModel();
}

} // namespace sockeye
