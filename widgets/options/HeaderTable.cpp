#include "widgets/options/HeaderTable.h"

#include "endpoint/InvisibleCharacters.h"
#include "endpoint/UrlParser.h"
#include "pasted/PastedHeaders.h"
#include "widgets/options/HeaderDialog.h"
#include "widgets/style/Theme.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

enum HeaderColumn { SendColumn, NameColumn, ValueColumn, ColumnCount };

QString hostOf(const QString &text)
{
    const auto url = parseUrl(text);
    return url ? url->hostField() : QString();
}

QString originOf(const QString &text)
{
    const auto url = parseUrl(text);
    return url ? url->origin() : QString();
}

} // namespace

HeaderTable::HeaderTable(QWidget *parent)
    : QWidget(parent)
    , m_table(new QTableWidget(0, ColumnCount, this))
    , m_told(new QLabel(this))
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

    m_told->setProperty("dim", true);
    m_told->setWordWrap(true);
    m_told->setTextFormat(Qt::PlainText);
    m_told->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_table, 1);
    layout->addWidget(makeButtons());
    layout->addWidget(m_told);
    connect(m_table, &QTableWidget::itemChanged, this, [this](const QTableWidgetItem *item) {
        if (item->column() == NameColumn)
            nameTick(item->row());
    });
    connect(m_table, &QTableWidget::itemChanged, this, &HeaderTable::changed);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &HeaderTable::updateButtons);
    updateButtons();
}

QWidget *HeaderTable::makeButtons()
{
    auto *row = new QWidget(this);
    auto *buttons = new QHBoxLayout(row);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(theme::Gap);
    const auto button = [this, row, buttons](const QString &text, const QString &toolTip, auto slot) {
        auto *made = new QPushButton(text, row);
        made->setAutoDefault(false);
        made->setAccessibleName(toolTip);
        made->setToolTip(toolTip);
        connect(made, &QPushButton::clicked, this, slot);
        buttons->addWidget(made);
        return made;
    };
    button(tr("&Add"), tr("Add a header"), &HeaderTable::addHeader);
    auto *common = new QPushButton(tr("Add &common"), row);
    common->setAutoDefault(false);
    common->setAccessibleName(tr("Add a common header"));
    common->setToolTip(tr("Authentication, cookies, Origin, User-Agent, Host"));
    common->setMenu(makeCommonMenu());
    buttons->addWidget(common);
    m_remove = button(tr("&Remove"), tr("Remove the selected headers"), &HeaderTable::removeHeader);
    m_up = button(tr("U&p"), tr("Send the selected header earlier"), [this] { move(-1); });
    m_down = button(tr("Do&wn"), tr("Send the selected header later"), [this] { move(1); });
    buttons->addStretch(1);
    button(tr("Paste &headers"), tr("Add the headers on the clipboard, a line each"), &HeaderTable::pasteHeaders)
        ->setToolTip(tr("Add the headers on the clipboard: a line each, from a browser's developer tools, or a curl "
                        "command"));
    return row;
}

QMenu *HeaderTable::makeCommonMenu()
{
    auto *menu = new QMenu(this);
    const auto ask = [this, menu](const QString &text, HeaderDialog::Kind kind, auto take) {
        connect(menu->addAction(text), &QAction::triggered, this, [this, kind, take] {
            auto *dialog = new HeaderDialog(kind, this);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            connect(dialog, &QDialog::accepted, this, [this, dialog, take] { (this->*take)(dialog->header()); });
            dialog->open();
        });
    };
    ask(tr("&Basic authentication…"), HeaderDialog::Kind::Basic, &HeaderTable::replace);
    ask(tr("Bearer &token…"), HeaderDialog::Kind::Bearer, &HeaderTable::replace);
    ask(tr("&Cookie…"), HeaderDialog::Kind::Cookie, &HeaderTable::addCookie);
    menu->addSeparator();
    connect(menu->addAction(tr("&Origin")), &QAction::triggered, this,
            [this] { editValue(u"Origin"_s, originOf(m_url)); });
    connect(menu->addAction(tr("&User-Agent")), &QAction::triggered, this,
            [this] { editValue(u"User-Agent"_s, QStringLiteral("Sockeye/" SOCKEYE_VERSION)); });
    connect(menu->addAction(tr("&Host")), &QAction::triggered, this, [this] { editValue(u"Host"_s, hostOf(m_url)); });
    return menu;
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
    const PastedHeaders pasted = headersFromText(QGuiApplication::clipboard()->text());
    for (const RequestHeader &header : pasted.headers)
        append(header);
    tell(pasted.summary());
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
    nameTick(row);
}

void HeaderTable::nameTick(int row)
{
    const QSignalBlocker quiet(m_table);
    const QString name = m_table->item(row, NameColumn)->text();
    m_table->item(row, SendColumn)
        ->setData(Qt::AccessibleTextRole, name.isEmpty() ? tr("Send this header") : tr("Send %1").arg(name));
}

void HeaderTable::replace(const RequestHeader &header)
{
    const int row = find(header.name);
    if (row < 0) {
        append(header);
    } else {
        const QSignalBlocker quiet(m_table);
        m_table->item(row, ValueColumn)->setText(header.value);
        m_table->item(row, SendColumn)->setCheckState(Qt::Checked);
    }
    Q_EMIT changed();
}

void HeaderTable::addCookie(const RequestHeader &cookie)
{
    const int row = find(cookie.name);
    const QString before = row < 0 ? QString() : m_table->item(row, ValueColumn)->text();
    replace({cookie.name, before.isEmpty() ? cookie.value : before + u"; "_s + cookie.value, true});
}

void HeaderTable::editValue(const QString &name, const QString &suggestion)
{
    if (find(name) < 0)
        append({name, suggestion, true});
    const int row = find(name);
    m_table->setCurrentCell(row, ValueColumn);
    m_table->setFocus();
    m_table->editItem(m_table->item(row, ValueColumn));
    Q_EMIT changed();
}

int HeaderTable::find(const QString &name) const
{
    for (int row = 0; row < m_table->rowCount(); ++row) {
        if (headerAt(row).name.compare(name, Qt::CaseInsensitive) == 0)
            return row;
    }
    return -1;
}

void HeaderTable::tell(const QString &text)
{
    m_told->setText(text);
    m_told->show();
    QAccessibleEvent alert(m_told, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
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
    return {withoutBlanks(m_table->item(row, NameColumn)->text()).toString(), m_table->item(row, ValueColumn)->text(),
            m_table->item(row, SendColumn)->checkState() == Qt::Checked};
}

} // namespace sockeye
