#include "widgets/dialogs/HeaderTable.h"

#include "widgets/style/Theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>

#include <array>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

enum Column { SendColumn, NameColumn, ValueColumn, ColumnCount };

bool isMadeAnew(const QString &name)
{
    static const std::array made = {u"Connection"_s,
                                    u"Upgrade"_s,
                                    u"Sec-WebSocket-Key"_s,
                                    u"Sec-WebSocket-Version"_s,
                                    u"Sec-WebSocket-Extensions"_s,
                                    u"Sec-WebSocket-Protocol"_s,
                                    u"Content-Length"_s};
    return std::any_of(made.begin(), made.end(),
                       [&name](const QString &other) { return name.compare(other, Qt::CaseInsensitive) == 0; });
}

} // namespace

QList<RequestHeader> headersFromText(const QString &text)
{
    QList<RequestHeader> headers;
    const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        // A name that begins with a colon is HTTP/2's (":authority"), not a header.
        const qsizetype colon = line.indexOf(u':');
        const QString name = line.left(colon).trimmed();
        if (colon <= 0 || name.isEmpty() || name.contains(u' ') || isMadeAnew(name))
            continue;
        headers += RequestHeader{name, line.mid(colon + 1).trimmed(), true};
    }
    return headers;
}

HeaderTable::HeaderTable(QWidget *parent)
    : QWidget(parent)
    , m_table(new QTableWidget(0, ColumnCount, this))
{
    m_table->setAccessibleName(tr("Headers"));
    m_table->setHorizontalHeaderLabels({tr("Send"), tr("Name"), tr("Value")});
    m_table->horizontalHeader()->setSectionResizeMode(SendColumn, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(NameColumn, QHeaderView::Interactive);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    constexpr int NameWidth = 200;
    m_table->setColumnWidth(NameColumn, NameWidth);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(theme::RowHeight + 2);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                             QAbstractItemView::AnyKeyPressed);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(theme::Gap);
    const auto button = [this, buttons](const QString &text, const QString &toolTip, auto slot) {
        auto *made = new QPushButton(text, this);
        made->setAutoDefault(false);
        made->setAccessibleName(toolTip);
        made->setToolTip(toolTip);
        connect(made, &QPushButton::clicked, this, slot);
        buttons->addWidget(made);
        return made;
    };
    button(tr("Add"), tr("Add a header"), &HeaderTable::addHeader);
    m_remove = button(tr("Remove"), tr("Remove the selected headers"), &HeaderTable::removeHeader);
    m_up = button(tr("Up"), tr("Send the selected header earlier"), [this] { move(-1); });
    m_down = button(tr("Down"), tr("Send the selected header later"), [this] { move(1); });
    buttons->addStretch(1);
    button(tr("Paste headers"), tr("Add the headers on the clipboard, a line each"), &HeaderTable::pasteHeaders);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_table, 1);
    layout->addLayout(buttons);
    connect(m_table, &QTableWidget::itemChanged, this, &HeaderTable::changed);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &HeaderTable::updateButtons);
    updateButtons();
}

QList<RequestHeader> HeaderTable::headers() const
{
    QList<RequestHeader> headers;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const RequestHeader header = headerAt(row);
        if (!header.name.isEmpty() || !header.value.isEmpty())
            headers += header;
    }
    return headers;
}

void HeaderTable::setHeaders(const QList<RequestHeader> &headers)
{
    m_table->setRowCount(0);
    for (const RequestHeader &header : headers)
        append(header);
    Q_EMIT changed();
}

void HeaderTable::addHeader()
{
    append({});
    const int row = m_table->rowCount() - 1;
    m_table->setCurrentCell(row, NameColumn);
    m_table->editItem(m_table->item(row, NameColumn));
    Q_EMIT changed();
}

void HeaderTable::removeHeader()
{
    const QList<QTableWidgetSelectionRange> ranges = m_table->selectedRanges();
    for (auto range = ranges.crbegin(); range != ranges.crend(); ++range) {
        for (int row = range->bottomRow(); row >= range->topRow(); --row)
            m_table->removeRow(row);
    }
    Q_EMIT changed();
}

void HeaderTable::pasteHeaders()
{
    for (const RequestHeader &header : headersFromText(QGuiApplication::clipboard()->text()))
        append(header);
    Q_EMIT changed();
}

void HeaderTable::append(const RequestHeader &header)
{
    const QSignalBlocker quiet(m_table);
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    auto *send = new QTableWidgetItem;
    send->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    send->setCheckState(header.enabled ? Qt::Checked : Qt::Unchecked);
    send->setToolTip(tr("Whether this header is sent"));
    m_table->setItem(row, SendColumn, send);
    for (const auto &[column, text] : {std::pair(NameColumn, header.name), std::pair(ValueColumn, header.value)}) {
        auto *item = new QTableWidgetItem(text);
        item->setFont(theme::dataFont());
        m_table->setItem(row, column, item);
    }
}

void HeaderTable::move(int by)
{
    QList<RequestHeader> all;
    for (int row = 0; row < m_table->rowCount(); ++row)
        all += headerAt(row);
    const int from = m_table->currentRow();
    const int to = from + by;
    if (from < 0 || to < 0 || to >= all.size())
        return;
    all.swapItemsAt(from, to);
    setHeaders(all);
    m_table->selectRow(to);
}

void HeaderTable::updateButtons()
{
    const QList<QTableWidgetSelectionRange> ranges = m_table->selectedRanges();
    const bool one = ranges.size() == 1 && ranges.first().rowCount() == 1;
    m_remove->setEnabled(!ranges.isEmpty());
    m_up->setEnabled(one && ranges.first().topRow() > 0);
    m_down->setEnabled(one && ranges.first().bottomRow() < m_table->rowCount() - 1);
}

RequestHeader HeaderTable::headerAt(int row) const
{
    return {m_table->item(row, NameColumn)->text().trimmed(), m_table->item(row, ValueColumn)->text(),
            m_table->item(row, SendColumn)->checkState() == Qt::Checked};
}

} // namespace sockeye
