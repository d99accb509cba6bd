#include "widgets/library/RecentModel.h"

#include "base/CombiningMarks.h"
#include "base/Units.h"
#include "secrets/SecretMasker.h"
#include "widgets/controls/OutsideText.h"

#include <QDir>
#include <QHash>
#include <QLocale>

namespace sockeye {
namespace {

QDateTime startOf(const RecentCapture &capture)
{
    if (!capture.summary || toNs(capture.summary->started) == 0)
        return capture.item.modified;
    return QDateTime::fromMSecsSinceEpoch(toNs(capture.summary->started) / 1'000'000);
}

QString stateText(const RecentCapture &capture)
{
    if (!capture.summary)
        return {};
    const CaptureSummary &summary = *capture.summary;
    QStringList words;
    if (!summary.problem.isEmpty())
        words += RecentModel::tr("Cannot be read");
    if (summary.isLive)
        words += RecentModel::tr("Recording");
    if (summary.isCutShort)
        words += RecentModel::tr("Cut short");
    if (summary.isAnnotated)
        words += RecentModel::tr("Bookmarked");
    return words.join(QStringLiteral(", "));
}

QString explanation(const RecentCapture &capture)
{
    QStringList lines{QDir::toNativeSeparators(capture.item.path)};
    if (capture.summary && !capture.summary->problem.isEmpty())
        lines += capture.summary->problem;
    if (capture.summary && capture.summary->isCutShort)
        lines += RecentModel::tr("The program ended while it was recording this.");
    if (capture.summary && capture.summary->connections > 1)
        lines += RecentModel::tr("%1 connections").arg(countText(capture.summary->connections));
    return lines.join(u'\n');
}

} // namespace

RecentModel::RecentModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void RecentModel::setCaptures(const QList<RecentCapture> &captures)
{
    QHash<QString, qsizetype> wanted;
    for (qsizetype i = 0; i < captures.size(); ++i)
        wanted.insert(captures[i].item.path, i);
    for (int row = rowCount() - 1; row >= 0; --row) {
        const auto found = wanted.constFind(m_captures[row].item.path);
        if (found == wanted.cend()) {
            beginRemoveRows({}, row, row);
            m_captures.removeAt(row);
            endRemoveRows();
            continue;
        }
        if (m_captures[row] != captures[*found]) {
            m_captures[row] = captures[*found];
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
        wanted.erase(found);
    }
    if (wanted.isEmpty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(wanted.size()) - 1);
    for (const RecentCapture &capture : captures) {
        if (wanted.contains(capture.item.path))
            m_captures.append(capture);
    }
    endInsertRows();
}

int RecentModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_captures.size());
}

int RecentModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RecentModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RecentCapture &capture = m_captures[index.row()];
    const bool isNumber = index.column() >= DurationColumn && index.column() <= SizeColumn;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return withFewMarks(text(capture, index.column()));
    case Qt::ToolTipRole:
        return plainToolTip(explanation(capture));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
    case PathRole:
        return capture.item.path;
    case SortRole:
        return sortValue(capture, index.column());
    case SearchRole:
        return QString(text(capture, TitleColumn) + u'\n' + text(capture, UrlColumn) + u'\n' +
                       text(capture, StartedColumn) + u'\n' + text(capture, StateColumn));
    default:
        return {};
    }
}

QVariant RecentModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const bool isNumber = section >= DurationColumn && section <= SizeColumn;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TitleColumn:
        return tr("Title");
    case UrlColumn:
        return tr("URL");
    case StartedColumn:
        return tr("When");
    case DurationColumn:
        return tr("Duration");
    case EntriesColumn:
        return tr("Entries");
    case SizeColumn:
        return tr("Size");
    case StateColumn:
        return tr("State");
    default:
        return {};
    }
}

Qt::ItemFlags RecentModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
    return index.column() == TitleColumn ? flags | Qt::ItemIsEditable : flags;
}

bool RecentModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid) || index.column() != TitleColumn ||
        name.isEmpty() || name == m_captures[index.row()].item.title)
        return false;
    Q_EMIT renameRequested(m_captures[index.row()].item.path, name);
    return true;
}

QVariant RecentModel::sortValue(const RecentCapture &capture, int column) const
{
    switch (column) {
    case StartedColumn:
        return startOf(capture);
    case DurationColumn:
        return capture.summary ? qlonglong(capture.summary->duration.count()) : -1LL;
    case EntriesColumn:
        return capture.summary ? capture.summary->entries : -1LL;
    case SizeColumn:
        return capture.item.fileSize;
    default:
        return text(capture, column);
    }
}

QString RecentModel::text(const RecentCapture &capture, int column) const
{
    const bool isRead = capture.summary && capture.summary->problem.isEmpty();
    switch (column) {
    case TitleColumn:
        return capture.item.title;
    case UrlColumn:
        return isRead ? maskSecretsInUrl(capture.summary->url) : QString();
    case StartedColumn:
        return QLocale().toString(startOf(capture), QLocale::ShortFormat);
    case DurationColumn:
        return isRead ? durationText(capture.summary->duration) : QString();
    case EntriesColumn:
        return isRead ? countText(capture.summary->entries) : QString();
    case SizeColumn:
        return sizeText(capture.item.fileSize);
    case StateColumn:
        return stateText(capture);
    default:
        return {};
    }
}

} // namespace sockeye
