#include "widgets/requests/RequestsTable.h"

#include "widgets/controls/Describe.h"
#include "widgets/style/Theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// In a cell of Markdown nothing ends the cell, the line or the words.
QString markdownCell(QString text)
{
    static const QString special = u"\\`*_{}[]<>#|~"_s;
    QString cell;
    for (const QChar c : text.simplified()) {
        if (special.contains(c))
            cell += u'\\';
        cell += c;
    }
    return cell;
}

QString tsvCell(const QString &text)
{
    QString cell = text;
    return cell.replace(u'\t', u' ').replace(u'\n', u' ').replace(u'\r', u' ');
}

QStringList cellsOf(const QAbstractItemModel &model, int row)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column) {
        cells +=
            row < 0 ? model.headerData(column, Qt::Horizontal).toString() : model.index(row, column).data().toString();
    }
    return cells;
}

} // namespace

RequestsTable::RequestsTable(const QString &name, const QString &toolTip, QWidget *parent)
    : QTableView(parent)
{
    describe(this, name, toolTip);
    setProperty("flat", true);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    setAlternatingRowColors(true);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(theme::RowHeight);
    horizontalHeader()->setHighlightSections(false);
}

QModelIndexList RequestsTable::chosenRows() const
{
    QModelIndexList rows = selectionModel() ? selectionModel()->selectedRows() : QModelIndexList();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    return rows;
}

QString RequestsTable::asTsv() const
{
    QStringList lines;
    const auto add = [&](int row) {
        QStringList cells = cellsOf(*model(), row);
        std::ranges::transform(cells, cells.begin(), tsvCell);
        lines += cells.join(u'\t');
    };
    add(-1);
    const QModelIndexList chosen = chosenRows();
    for (const QModelIndex &row : chosen)
        add(row.row());
    for (int row = 0; chosen.isEmpty() && row < model()->rowCount(); ++row)
        add(row);
    return lines.join(u'\n') + u'\n';
}

QString RequestsTable::asMarkdown() const
{
    QStringList lines;
    const auto add = [&](int row) {
        QStringList cells = cellsOf(*model(), row);
        std::ranges::transform(cells, cells.begin(), markdownCell);
        lines += u"| "_s + cells.join(u" | "_s) + u" |"_s;
    };
    add(-1);
    QStringList line;
    for (int column = 0; column < model()->columnCount(); ++column) {
        const QVariant side = model()->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole);
        line += side.value<Qt::Alignment>().testFlag(Qt::AlignRight) ? u"--:"_s : u"---"_s;
    }
    lines += u"| "_s + line.join(u" | "_s) + u" |"_s;
    const QModelIndexList chosen = chosenRows();
    for (const QModelIndex &row : chosen)
        add(row.row());
    for (int row = 0; chosen.isEmpty() && row < model()->rowCount(); ++row)
        add(row);
    return lines.join(u'\n') + u'\n';
}

void RequestsTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(asTsv());
        return;
    }
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && event->modifiers() == Qt::NoModifier && currentIndex().isValid()) {
        Q_EMIT rowTaken(currentIndex());
        return;
    }
    QTableView::keyPressEvent(event);
}

void RequestsTable::mouseDoubleClickEvent(QMouseEvent *event)
{
    QTableView::mouseDoubleClickEvent(event);
    if (const QModelIndex index = indexAt(event->pos()); index.isValid() && event->button() == Qt::LeftButton)
        Q_EMIT rowTaken(index);
}

void RequestsTable::contextMenuEvent(QContextMenuEvent *event)
{
    // By a key it belongs to the current row.
    const QModelIndex current = currentIndex();
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard && current.isValid();
    Q_EMIT menuWanted(isByKey ? viewport()->mapToGlobal(visualRect(current).bottomLeft()) : event->globalPos());
}

} // namespace sockeye
