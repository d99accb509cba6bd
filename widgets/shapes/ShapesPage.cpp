#include "widgets/shapes/ShapesPage.h"

#include "base/Units.h"
#include "document/CaptureSource.h"
#include "document/OpenCapture.h"
#include "log/LogModel.h"
#include "shapes/ShapeReader.h"
#include "widgets/controls/Describe.h"
#include "widgets/controls/IconButton.h"
#include "widgets/controls/PageStack.h"
#include "widgets/shapes/ShapeShareDelegate.h"
#include "widgets/shapes/ShapesModel.h"
#include "widgets/shapes/ShapesText.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

/// Captures that were shown before and are kept as far as they were counted.
constexpr size_t MaxCounted = 4;
constexpr int ProgressSteps = 1000;
constexpr int ProgressWidth = 64;
/// Entries that are counted before anybody could press a button.
constexpr qint64 LeastToWaitFor = 20'000;

} // namespace

ShapesPage::ShapesPage(QWidget *parent)
    : QWidget(parent)
    , m_formats(FormatSet::standard())
    , m_model(new ShapesModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_find(new QLineEdit(this))
    , m_markNew(new QToolButton(this))
    , m_status(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_stop(new IconButton(u"close"_s, tr("Stop counting"), this))
    , m_goOn(new QToolButton(this))
    , m_view(new QTreeView(this))
    , m_stack(new PageStack(m_view, this))
{
    setAccessibleName(tr("Shapes"));
    build();
    wire();
    refresh();
}

ShapesPage::~ShapesPage() = default;

void ShapesPage::build()
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(ShapesModel::SortRole);
    m_sorted->setFilterRole(ShapesModel::SearchRole);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setRecursiveFilteringEnabled(true);
    m_sorted->setAutoAcceptChildRows(true);
    m_view->setModel(m_sorted);
    describe(m_view, tr("Shapes of messages"),
             tr("A click or Return shows the messages of a row alone in the log; a right click offers more"));
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setTabKeyNavigation(false);
    m_view->setExpandsOnDoubleClick(false);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setItemDelegateForColumn(ShapesModel::ShareColumn, new ShapeShareDelegate(m_view));
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(ShapesModel::CountColumn, Qt::DescendingOrder);
    m_view->header()->setStretchLastSection(true);
    const int letter = fontMetrics().averageCharWidth();
    m_view->setColumnWidth(ShapesModel::NameColumn, letter * 42);
    for (const auto &[column, letters] : {std::pair{ShapesModel::DirectionColumn, 12},
                                          {ShapesModel::FormatColumn, 14},
                                          {ShapesModel::CountColumn, 13},
                                          {ShapesModel::ShareColumn, 12},
                                          {ShapesModel::RateColumn, 12},
                                          {ShapesModel::BytesColumn, 12},
                                          {ShapesModel::SizesColumn, 20},
                                          {ShapesModel::FirstColumn, 20},
                                          {ShapesModel::LastColumn, 20}})
        m_view->setColumnWidth(column, letter * letters);

    describe(m_find, tr("Find shapes"), tr("Show the shapes whose name, keys or format hold this (Ctrl+F)"));
    m_find->setPlaceholderText(tr("Find shapes"));
    m_find->setClearButtonEnabled(true);
    m_find->setMaximumWidth(letter * 34);
    m_markNew->setText(tr("Mark new from now on"));
    m_markNew->setCheckable(true);
    describe(m_markNew, tr("Mark new from now on"),
             tr("Mark each shape that comes from now on and was not there before"));
    m_status->setProperty("dim", true);
    m_status->setTextFormat(Qt::PlainText);
    // It gives way to the controls.
    m_status->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_progress->setTextVisible(false);
    m_progress->setRange(0, ProgressSteps);
    m_progress->setFixedWidth(ProgressWidth);
    describe(m_progress, tr("Progress of counting"), tr("How much of the capture has been counted"));
    m_stop->setToolTip(tr("Stop counting, and keep what was counted"));
    m_goOn->setText(tr("Go on counting"));
    describe(m_goOn, tr("Go on counting"), tr("Count the rest of the capture, too"));

    auto *top = new QHBoxLayout;
    top->setContentsMargins(theme::Gap, theme::Gap / 2, theme::Gap, theme::Gap / 2);
    top->setSpacing(theme::Gap);
    top->addWidget(m_find, 1);
    top->addWidget(m_markNew);
    top->addWidget(m_status, 2);
    top->addWidget(m_progress);
    top->addWidget(m_stop);
    top->addWidget(m_goOn);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_stack, 1);
    setFocusProxy(m_view);
}

void ShapesPage::wire()
{
    m_view->installEventFilter(this);
    m_find->installEventFilter(this);
    connect(m_find, &QLineEdit::textChanged, m_sorted,
            [this](const QString &text) { m_sorted->setFilterFixedString(text.trimmed()); });
    connect(m_markNew, &QToolButton::toggled, this, &ShapesPage::setMarksNew);
    connect(m_view, &QTreeView::clicked, this, &ShapesPage::filterBy);
    connect(m_view, &QTreeView::customContextMenuRequested, this, &ShapesPage::showMenu);
    connect(m_stop, &QToolButton::clicked, this, [this] {
        if (m_capture)
            m_counted.back().reader->stop();
    });
    connect(m_goOn, &QToolButton::clicked, this, [this] {
        if (m_capture)
            m_counted.back().reader->goOn();
    });
}

void ShapesPage::setCapture(OpenCapture *capture)
{
    if (m_capture == capture)
        return;
    if (m_capture)
        m_counted.back().reader->setResting(true);
    m_capture = capture;
    m_problem.clear();
    m_model->clear();
    if (capture)
        begin(capture);
    m_model->setNewSince(capture ? m_counted.back().newSince : std::nullopt);
    const QSignalBlocker blocker(m_markNew);
    m_markNew->setChecked(m_model->newSince().has_value());
    refresh();
}

void ShapesPage::begin(OpenCapture *capture)
{
    const auto known = std::ranges::find(m_counted, capture, &Counted::capture);
    if (known != m_counted.end()) {
        std::rotate(known, known + 1, m_counted.end());
        ShapeReader &reader = *m_counted.back().reader;
        reader.setFormats(m_formats);
        m_model->setCounts(reader.counts());
        reader.setResting(!isVisible());
        return;
    }
    if (m_counted.size() == MaxCounted) {
        m_counted.front().capture->disconnect(this);
        m_counted.erase(m_counted.begin());
    }
    m_counted.push_back({capture, std::make_unique<ShapeReader>(capture->path(), m_formats), std::nullopt});
    ShapeReader *reader = m_counted.back().reader.get();
    reader->setResting(!isVisible());
    connect(reader, &ShapeReader::restarted, this, [this, reader] {
        if (reader == this->reader())
            m_model->clear();
    });
    connect(reader, &ShapeReader::changed, this, [this, reader] { take(reader); });
    connect(reader, &ShapeReader::failed, this, [this, reader](const QString &message) {
        if (reader == this->reader())
            m_problem = message;
    });
    connect(capture, &OpenCapture::opened, reader, &ShapeReader::advanceTo);
    connect(&capture->source(), &CaptureSource::advanced, reader, &ShapeReader::advanceTo);
    connect(capture, &OpenCapture::aboutToClose, this, [this, capture] { forget(capture); });
    reader->advanceTo(capture->model().lastEntry());
}

void ShapesPage::forget(OpenCapture *capture)
{
    if (capture == m_capture)
        setCapture(nullptr);
    std::erase_if(m_counted, [capture](const Counted &counted) { return counted.capture == capture; });
}

void ShapesPage::setFormats(const std::shared_ptr<const FormatSet> &formats)
{
    m_formats = formats;
    if (m_capture)
        m_counted.back().reader->setFormats(formats);
    refresh();
}

const ShapeReader *ShapesPage::reader() const
{
    return m_capture ? m_counted.back().reader.get() : nullptr;
}

void ShapesPage::take(const ShapeReader *counted)
{
    if (counted != reader())
        return;
    m_model->setCounts(counted->counts());
    // Shares and rates of all rows change with each message.
    m_view->viewport()->update();
    refresh();
}

void ShapesPage::refresh()
{
    const bool hasRows = m_model->rowCount() > 0;
    if (hasRows)
        m_stack->showContent();
    else
        m_stack->showPlaceholder(emptyText());
    for (QWidget *control : {static_cast<QWidget *>(m_find), static_cast<QWidget *>(m_markNew)})
        control->setEnabled(m_capture != nullptr);
    updateProgress();
    updateNew();
}

QString ShapesPage::emptyText() const
{
    if (!m_capture)
        return tr("What a connection or a capture says is counted here, kind by kind.");
    if (!m_problem.isEmpty())
        return m_problem;
    return reader()->isBehind() ? tr("Counting…") : tr("There are no messages yet.");
}

void ShapesPage::updateProgress()
{
    const ShapeReader *counted = reader();
    const qint64 last = counted ? counted->last().value() : 0;
    const qint64 reached = counted ? counted->counts().reached.value() : 0;
    const bool isLong = counted && counted->isBehind() && last - reached >= LeastToWaitFor;
    m_progress->setVisible(isLong);
    m_stop->setVisible(isLong);
    m_goOn->setVisible(counted && counted->isStopped());
    if (last > 0)
        m_progress->setValue(static_cast<int>(reached * ProgressSteps / last));
}

void ShapesPage::updateNew()
{
    const int fresh = m_model->newCount();
    // The tab says it, whichever page is in front.
    setWindowTitle(fresh > 0 ? tr("Shapes (%1 new)").arg(countText(fresh)) : QString());
    QStringList parts;
    if (m_model->rowCount() > 0) {
        parts += tr("%1 shapes of %2 messages").arg(countText(m_model->rowCount()), countText(m_model->sums().count));
        if (reader() && reader()->isStopped())
            parts += tr("up to entry %1").arg(countText(reader()->counts().reached.value()));
    }
    if (m_model->newSince())
        parts += tr("%1 new").arg(countText(fresh));
    m_status->setText(parts.join(u" · "_s));
}

void ShapesPage::setMarksNew(bool marks)
{
    if (!m_capture)
        return;
    // What is there now, counted or not, is not new.
    m_counted.back().newSince =
        marks ? std::optional(std::max(m_counted.back().reader->last(), m_capture->model().lastEntry())) : std::nullopt;
    m_model->setNewSince(m_counted.back().newSince);
    updateNew();
}

void ShapesPage::filterBy(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const QString filter = m_model->row(m_sorted->mapToSource(index)).filter();
    if (!filter.isEmpty())
        Q_EMIT filterWanted(filter);
}

void ShapesPage::showMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const QModelIndex index = m_view->indexAt(at); index.isValid()) {
        const ShapesModel::Row row = m_model->row(m_sorted->mapToSource(index));
        const QString filter = row.filter();
        menu->addAction(tr("&Filter by it"), this, [this, filter] { Q_EMIT filterWanted(filter); })
            ->setEnabled(!filter.isEmpty());
        const auto addEntry = [this, menu](const QString &text, EntryId id) {
            menu->addAction(text, this, [this, id] { Q_EMIT entryActivated(id); });
        };
        addEntry(tr("Show the f&irst"), row.sums.first);
        addEntry(tr("Show the &last"), row.sums.last);
        addEntry(tr("Show an &example (the largest)"), row.sums.example);
        menu->addSeparator();
    }
    menu->addAction(tr("&Copy all as a table (TSV)"), this, [this] { copy(false); });
    menu->addAction(tr("Copy all as &Markdown"), this, [this] { copy(true); });
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

void ShapesPage::copy(bool asMarkdown)
{
    QModelIndexList rows;
    for (int row = 0; row < m_sorted->rowCount(); ++row)
        rows += m_sorted->mapToSource(m_sorted->index(row, 0));
    QGuiApplication::clipboard()->setText(
        shapesText(*m_model, rows, asMarkdown ? ShapesTextFormat::Markdown : ShapesTextFormat::TabSeparated));
}

void ShapesPage::openFind()
{
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
}

void ShapesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_capture)
        m_counted.back().reader->setResting(false);
}

void ShapesPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (m_capture)
        m_counted.back().reader->setResting(true);
}

bool ShapesPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isReturn = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (watched == m_view && isReturn) {
        filterBy(m_view->currentIndex());
        return true;
    }
    if (watched == m_view && key->matches(QKeySequence::Copy)) {
        copy(false);
        return true;
    }
    // From the field to what it found.
    if (watched == m_find && (isReturn || key->key() == Qt::Key_Down)) {
        m_view->setFocus(Qt::OtherFocusReason);
        if (!m_view->currentIndex().isValid() && m_sorted->rowCount() > 0)
            m_view->setCurrentIndex(m_sorted->index(0, 0));
        return true;
    }
    if (watched == m_find && key->key() == Qt::Key_Escape && !m_find->text().isEmpty()) {
        m_find->clear();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace sockeye
