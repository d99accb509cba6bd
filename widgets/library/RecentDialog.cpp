#include "widgets/library/RecentDialog.h"

#include "base/Units.h"
#include "library/RecentCaptures.h"
#include "widgets/controls/Describe.h"
#include "widgets/controls/Prompts.h"
#include "widgets/library/CaptureKeeper.h"
#include "widgets/library/DiskLimitsRow.h"
#include "widgets/library/RecentModel.h"
#include "widgets/library/RetentionRow.h"
#include "widgets/style/Theme.h"

#include <QAbstractButton>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace sockeye {
namespace {

constexpr QSize PreferredSize(960, 560);

} // namespace

RecentDialog::RecentDialog(RecentCaptures &recent, CaptureKeeper &keeper, Retention &retention, Settings &settings,
                           Prompts &prompts, QWidget *parent)
    : QDialog(parent)
    , m_recent(recent)
    , m_keeper(keeper)
    , m_model(new RecentModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_search(new QLineEdit(this))
    , m_table(new QTableView(this))
    , m_empty(new QLabel(this))
    , m_total(new QLabel(this))
{
    setWindowTitle(tr("Recent captures"));
    setAccessibleName(windowTitle());
    resize(PreferredSize);
    describe(m_search, tr("Search captures"), tr("Show only captures whose title, URL, date or state holds this text"));
    m_search->setPlaceholderText(tr("Search captures"));
    m_search->setClearButtonEnabled(true);
    if (auto *clear = m_search->findChild<QAbstractButton *>())
        clear->setAccessibleName(tr("Clear search"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setProperty("dim", true);
    m_total->setProperty("dim", true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *bottom = new QHBoxLayout;
    bottom->addWidget(m_total, 1);
    bottom->addWidget(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap * 2, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_search);
    layout->addWidget(buildTable(), 1);
    layout->addWidget(m_empty, 1);
    layout->addWidget(buildButtons());
    layout->addWidget(new RetentionRow(retention, prompts, this));
    layout->addWidget(new DiskLimitsRow(settings, this));
    layout->addLayout(bottom);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_sorted->setFilterFixedString(text.trimmed());
        takeCaptures();
    });
    connect(m_model, &RecentModel::renameRequested, this,
            [this](const QString &path, const QString &name) { m_keeper.rename(this, path, name); });
    connect(&m_recent, &RecentCaptures::changed, this, &RecentDialog::takeCaptures);
    takeCaptures();
    m_table->sortByColumn(RecentModel::StartedColumn, Qt::DescendingOrder);
    m_recent.refresh();
}

QWidget *RecentDialog::buildTable()
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(RecentModel::SortRole);
    m_sorted->setFilterRole(RecentModel::SearchRole);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_table->setModel(m_sorted);
    m_table->setAccessibleName(tr("Captures"));
    m_table->setSortingEnabled(true);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(theme::RowHeight);
    QHeaderView *header = m_table->horizontalHeader();
    header->setAccessibleName(tr("Columns"));
    header->setHighlightSections(false);
    header->setSectionResizeMode(RecentModel::UrlColumn, QHeaderView::Stretch);
    constexpr std::array<int, RecentModel::ColumnCount> widths{220, 0, 130, 90, 90, 80, 130};
    for (int column = 0; column < RecentModel::ColumnCount; ++column) {
        if (column != RecentModel::UrlColumn)
            header->resizeSection(column, widths[static_cast<size_t>(column)]);
    }
    connect(m_table, &QTableView::doubleClicked, this, &RecentDialog::openSelected);
    connect(m_table, &QTableView::customContextMenuRequested, this, &RecentDialog::showMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RecentDialog::updateButtons);
    return m_table;
}

QPushButton *RecentDialog::addButton(QWidget *row, const QString &text, const QString &toolTip,
                                     void (RecentDialog::*slot)())
{
    auto *button = new QPushButton(text, row);
    describe(button, QString(text).remove(u'…'), toolTip);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, slot);
    row->layout()->addWidget(button);
    return button;
}

QWidget *RecentDialog::buildButtons()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    m_open =
        addButton(row, tr("Open"), tr("Open what is selected, each in a tab (Return)"), &RecentDialog::openSelected);
    m_rename = addButton(row, tr("Rename"), tr("Give the capture a name; named captures are never cleaned up (F2)"),
                         &RecentDialog::renameSelected);
    m_save = addButton(row, tr("Save as…"), tr("Keep a copy of the capture in a file"), &RecentDialog::saveSelected);
    m_reveal =
        addButton(row, tr("Show in folder"), tr("Open the folder of the capture"), &RecentDialog::revealSelected);
    m_delete =
        addButton(row, tr("Delete"), tr("Move what is selected to the trash (Del)"), &RecentDialog::deleteSelected);
    m_open->setProperty("primary", true);
    layout->addStretch(1);
    return row;
}

void RecentDialog::takeCaptures()
{
    m_model->setCaptures(m_recent.captures());
    const bool isEmpty = m_sorted->rowCount() == 0;
    m_empty->setText(m_model->rowCount() == 0 ? tr("No captures yet. Whatever a connection records is kept here.")
                                              : tr("No capture holds this text."));
    m_table->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    qint64 bytes = 0;
    for (const RecentCapture &capture : m_recent.captures())
        bytes += capture.item.fileSize;
    const QString total = m_model->rowCount() == 1 ? tr("%1 capture, %2") : tr("%1 captures, %2");
    m_total->setText(total.arg(countText(m_model->rowCount()), sizeText(bytes)));
    updateButtons();
}

void RecentDialog::updateButtons()
{
    const QStringList paths = selectedPaths();
    const bool isInUse =
        std::any_of(paths.cbegin(), paths.cend(), [this](const QString &path) { return m_keeper.isInUse(path); });
    m_open->setEnabled(!paths.isEmpty());
    m_rename->setEnabled(paths.size() == 1 && !isInUse);
    m_save->setEnabled(paths.size() == 1);
    m_reveal->setEnabled(!paths.isEmpty());
    m_delete->setEnabled(!paths.isEmpty() && !isInUse);
    m_delete->setToolTip(isInUse ? tr("Close the tab that shows it first")
                                 : tr("Move what is selected to the trash (Del)"));
}

QStringList RecentDialog::selectedPaths() const
{
    QStringList paths;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows)
        paths += row.data(RecentModel::PathRole).toString();
    return paths;
}

void RecentDialog::openSelected()
{
    const QStringList paths = selectedPaths();
    for (const QString &path : paths)
        Q_EMIT openRequested(path);
    if (!paths.isEmpty())
        accept();
}

void RecentDialog::renameSelected()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows(RecentModel::TitleColumn);
    if (rows.size() != 1 || m_keeper.isInUse(selectedPaths().constFirst()))
        return;
    m_table->setFocus();
    m_table->setCurrentIndex(rows.constFirst());
    m_table->edit(rows.constFirst());
}

void RecentDialog::saveSelected()
{
    const QStringList paths = selectedPaths();
    if (paths.size() == 1)
        Q_EMIT saveRequested(paths.constFirst());
}

void RecentDialog::revealSelected()
{
    if (const QStringList paths = selectedPaths(); !paths.isEmpty())
        CaptureKeeper::reveal(paths.constFirst());
}

void RecentDialog::deleteSelected()
{
    if (const QStringList paths = selectedPaths(); !paths.isEmpty())
        m_keeper.remove(this, paths);
}

void RecentDialog::showMenu(const QPoint &at)
{
    if (selectedPaths().isEmpty())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QPushButton *button : {m_open, m_rename, m_save, m_reveal, m_delete}) {
        QAction *action = menu->addAction(button->text());
        action->setEnabled(button->isEnabled());
        connect(action, &QAction::triggered, button, &QPushButton::click);
    }
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

void RecentDialog::keyPressEvent(QKeyEvent *event)
{
    const bool inTable = m_table->hasFocus();
    if (inTable && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        openSelected();
    else if (inTable && event->key() == Qt::Key_F2)
        renameSelected();
    else if (inTable && event->key() == Qt::Key_Delete)
        deleteSelected();
    else if (m_search->hasFocus() && event->key() == Qt::Key_Down)
        m_table->setFocus();
    else
        QDialog::keyPressEvent(event);
}

} // namespace sockeye
