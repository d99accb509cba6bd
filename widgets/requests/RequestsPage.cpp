#include "widgets/requests/RequestsPage.h"

#include "base/Bytes.h"
#include "base/Units.h"
#include "document/OpenCapture.h"
#include "formats/FormatSet.h"
#include "requests/RequestReader.h"
#include "search/FieldPath.h"
#include "widgets/controls/Describe.h"
#include "widgets/requests/RequestListModel.h"
#include "widgets/requests/RequestMethodsModel.h"
#include "widgets/requests/RequestsTable.h"
#include "widgets/style/Theme.h"

#include <QClipboard>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

constexpr int ProgressSteps = 1000;
/// Terms that name more entries are of no use to anybody.
constexpr qsizetype MaxFilteredRows = 200;

} // namespace

RequestsPage::RequestsPage(QWidget *parent)
    : QWidget(parent)
    , m_formats(FormatSet::standard())
    , m_methods(new RequestMethodsModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_slowest(new RequestListModel(this))
    , m_unanswered(new RequestListModel(this))
    , m_methodsTable(new RequestsTable(tr("Requests by method"),
                                       tr("Return or a double click filters the log by the method"), this))
    , m_slowestTable(
          new RequestsTable(tr("Slowest requests"), tr("Return or a double click shows the request in the log"), this))
    , m_unansweredTable(new RequestsTable(tr("Unanswered requests"),
                                          tr("Return or a double click shows the request in the log"), this))
    , m_path(new QLineEdit(this))
    , m_problem(new QLabel(this))
    , m_sums(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_stop(new QToolButton(this))
    , m_stack(new QStackedWidget(this))
    , m_nothing(new QLabel(this))
{
    m_sorted->setSourceModel(m_methods);
    m_sorted->setSortRole(RequestMethodsModel::SortRole);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    build();
    wireList(m_slowestTable, m_slowest);
    wireList(m_unansweredTable, m_unanswered);
    connect(m_methodsTable, &RequestsTable::rowTaken, this, [this] {
        if (const QString filter = methodsFilter(); !filter.isEmpty())
            Q_EMIT filterWanted(filter);
    });
    connect(m_methodsTable, &RequestsTable::menuWanted, this, &RequestsPage::showMethodsMenu);
    connect(m_path, &QLineEdit::editingFinished, this, &RequestsPage::takePath);
    connect(m_stop, &QToolButton::clicked, this, &RequestsPage::toggleReading);
    update();
}

RequestsPage::~RequestsPage()
{
    // A field that goes while it has the focus says that its text was edited to its end.
    m_path->disconnect(this);
}

void RequestsPage::build()
{
    describe(m_path, tr("Path of the ids"),
             tr("Where the id stands that joins a request and its answer, like $.id or $.meta.reqId, in messages whose "
                "protocol says nothing of it. Empty: what the protocol says. Return takes it"));
    m_path->setPlaceholderText(tr("as the protocol says"));
    m_path->setMaxLength(1000);
    m_path->setFixedWidth(QFontMetrics(m_path->font()).averageCharWidth() * 26);
    auto *pathLabel = new QLabel(tr("&Ids at"), this);
    pathLabel->setBuddy(m_path);
    for (QLabel *label : {m_sums, m_problem, m_nothing}) {
        label->setTextFormat(Qt::PlainText);
        label->setProperty("dim", true);
    }
    m_problem->setWordWrap(true);
    m_problem->setAccessibleName(tr("What is wrong with the path"));
    m_nothing->setWordWrap(true);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_progress->setRange(0, ProgressSteps);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(120);
    m_progress->setAccessibleName(tr("How far the capture has been read"));

    auto *top = new QHBoxLayout;
    top->setSpacing(theme::Gap);
    top->addWidget(m_sums, 1);
    top->addWidget(m_progress);
    top->addWidget(m_stop);
    top->addWidget(pathLabel);
    top->addWidget(m_path);

    m_methodsTable->setModel(m_sorted);
    m_methodsTable->setSortingEnabled(true);
    m_methodsTable->sortByColumn(RequestMethodsModel::CountColumn, Qt::DescendingOrder);
    m_slowestTable->setModel(m_slowest);
    m_unansweredTable->setModel(m_unanswered);
    const QFontMetrics metrics(m_methodsTable->font());
    const auto widthOf = [&metrics](int chars) { return metrics.horizontalAdvance(u'0') * chars + 3 * theme::Gap; };
    m_methodsTable->horizontalHeader()->setSectionResizeMode(RequestMethodsModel::MethodColumn, QHeaderView::Stretch);
    for (int column = RequestMethodsModel::CountColumn; column < RequestMethodsModel::ColumnCount; ++column) {
        const QString title = m_methods->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        m_methodsTable->setColumnWidth(column, std::max(widthOf(8), metrics.horizontalAdvance(title) + 4 * theme::Gap));
    }
    for (RequestsTable *table : {m_slowestTable, m_unansweredTable}) {
        table->horizontalHeader()->setSectionResizeMode(RequestListModel::MethodColumn, QHeaderView::Stretch);
        table->setColumnWidth(RequestListModel::EntryColumn, widthOf(8));
        table->setColumnWidth(RequestListModel::LatencyColumn, widthOf(7));
        table->setColumnWidth(RequestListModel::StateColumn, widthOf(14));
    }
    m_unansweredTable->hideColumn(RequestListModel::LatencyColumn);

    auto *lists = new QSplitter(Qt::Vertical, this);
    lists->setChildrenCollapsible(false);
    lists->addWidget(section(tr("SLOWEST TEN"), m_slowestTable));
    lists->addWidget(section(tr("UNANSWERED"), m_unansweredTable, &m_more));
    auto *tables = new QSplitter(Qt::Horizontal, this);
    tables->setChildrenCollapsible(false);
    tables->addWidget(section(tr("METHODS"), m_methodsTable));
    tables->addWidget(lists);
    tables->setStretchFactor(0, 3);
    tables->setStretchFactor(1, 2);
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(tables);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap, theme::Gap, theme::Gap, theme::Gap);
    layout->setSpacing(theme::Gap / 2);
    layout->addLayout(top);
    layout->addWidget(m_problem);
    layout->addWidget(m_stack, 1);
    setFocusProxy(m_methodsTable);
}

QWidget *RequestsPage::section(const QString &heading, RequestsTable *table, QLabel **more)
{
    auto *part = new QWidget(this);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    auto *line = new QHBoxLayout;
    auto *label = new QLabel(heading, part);
    label->setProperty("heading", true);
    line->addWidget(label);
    if (more) {
        *more = new QLabel(part);
        (*more)->setProperty("dim", true);
        line->addWidget(*more);
    }
    line->addStretch(1);
    layout->addLayout(line);
    layout->addWidget(table, 1);
    return part;
}

void RequestsPage::wireList(RequestsTable *table, const RequestListModel *model)
{
    connect(table, &RequestsTable::rowTaken, this,
            [this, model](const QModelIndex &index) { Q_EMIT entryActivated(model->request(index.row()).asked); });
    connect(table, &RequestsTable::menuWanted, this,
            [this, table, model](const QPoint &place) { showListMenu(table, model, place); });
}

void RequestsPage::setCapture(OpenCapture *capture)
{
    RequestReader *reader = capture ? &capture->requests() : nullptr;
    if (m_reader == reader)
        return;
    if (m_reader) {
        m_reader->disconnect(this);
        m_reader->setWanted(this, false);
    }
    m_reader = reader;
    m_failure.clear();
    if (reader) {
        reader->setFormats(m_formats);
        connect(reader, &RequestReader::changed, this, &RequestsPage::update);
        connect(reader, &RequestReader::failed, this, [this](const QString &message) {
            m_failure = message;
            update();
        });
        connect(reader, &QObject::destroyed, this, &RequestsPage::update);
    }
    want();
    update();
}

void RequestsPage::setFormats(const std::shared_ptr<const FormatSet> &formats)
{
    m_formats = formats;
    if (!m_path->hasFocus() || !m_path->isModified())
        m_path->setText(formats->options().requestPath);
    m_failure.clear();
    if (m_reader)
        m_reader->setFormats(formats);
    update();
}

void RequestsPage::want()
{
    if (m_reader)
        m_reader->setWanted(this, isVisible());
}

void RequestsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    want();
}

void RequestsPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    want();
}

QString RequestsPage::sentence() const
{
    if (!m_reader)
        return tr("There is no capture whose requests could be shown.");
    if (!m_failure.isEmpty())
        return m_failure;
    const RequestReport &report = m_reader->report();
    if (report.count == 0) {
        if (m_reader->isReading())
            return tr("Looking for requests…");
        return m_formats->options().requestPath.isEmpty()
                   ? tr("No message here asks for an answer in a protocol that is known. If yours has ids that join "
                        "requests and answers, say above where they stand.")
                   : tr("No message here has an id at this path.");
    }
    QStringList parts{report.count == 1 ? tr("1 request") : tr("%1 requests").arg(countText(report.count)),
                      tr("%1 unanswered").arg(countText(report.unansweredCount))};
    if (m_reader->isCancelled())
        parts += tr("up to entry %1").arg(countText(m_reader->known().value()));
    if (report.isCut)
        parts += tr("too many for all to be found in the log");
    return parts.join(u" · "_s);
}

void RequestsPage::update()
{
    const RequestReport report = m_reader ? m_reader->report() : RequestReport();
    m_methods->setMethods(report.methods);
    m_slowest->setRequests(report.slowest);
    m_unanswered->setRequests(report.unanswered);
    const auto shown = static_cast<qint64>(report.unanswered.size());
    m_more->setText(report.unansweredCount > shown
                        ? tr("the last %1 of %2").arg(countText(shown), countText(report.unansweredCount))
                        : QString());
    const bool hasRequests = report.count > 0;
    m_sums->setText(hasRequests ? sentence() : QString());
    m_nothing->setText(hasRequests ? QString() : sentence());
    m_stack->setCurrentIndex(hasRequests ? 1 : 0);
    const QString problem = m_reader ? m_reader->index()->problem() : QString();
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_path->setEnabled(m_reader);
    updateProgress();
}

void RequestsPage::updateProgress()
{
    const bool isReading = m_reader && m_reader->isReading();
    const bool isCancelled = m_reader && m_reader->isCancelled();
    m_progress->setVisible(isReading);
    m_progress->setValue(m_reader ? static_cast<int>(m_reader->progress() * ProgressSteps) : 0);
    m_stop->setVisible(isReading || isCancelled);
    m_stop->setText(isCancelled ? tr("Go on") : tr("Stop"));
    describe(m_stop, m_stop->text(),
             isCancelled ? tr("Read the rest of the capture") : tr("Stop reading, and keep what was found"));
}

void RequestsPage::toggleReading()
{
    if (!m_reader)
        return;
    m_failure.clear();
    if (m_reader->isCancelled())
        m_reader->resume();
    else
        m_reader->cancel();
}

void RequestsPage::takePath()
{
    const QString path = m_path->text().trimmed();
    m_path->setModified(false);
    if (path == m_formats->options().requestPath)
        return;
    if (const Result<FieldPath> parsed = FieldPath::parse(path); !path.isEmpty() && !parsed) {
        m_problem->setText(parsed.message());
        m_problem->show();
        return;
    }
    Q_EMIT requestPathWanted(path);
}

void RequestsPage::addCopying(QMenu &menu, const RequestsTable *table)
{
    menu.addAction(tr("&Copy"), this, [table] { QGuiApplication::clipboard()->setText(table->asTsv()); })
        ->setToolTip(tr("Values with tabs between them, for a spreadsheet"));
    menu.addAction(tr("Copy as &Markdown"), this,
                   [table] { QGuiApplication::clipboard()->setText(table->asMarkdown()); });
}

void RequestsPage::showMethodsMenu(const QPoint &place)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString filter = methodsFilter();
    menu->addAction(tr("&Filter these"), this, [this, filter] { Q_EMIT filterWanted(filter); })
        ->setEnabled(!filter.isEmpty());
    menu->addSeparator();
    addCopying(*menu, m_methodsTable);
    menu->popup(place);
}

void RequestsPage::showListMenu(RequestsTable *table, const RequestListModel *model, const QPoint &place)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QModelIndex current = table->currentIndex();
    const Request request = current.isValid() ? model->request(current.row()) : Request();
    menu->addAction(tr("Show the &request"), this, [this, request] { Q_EMIT entryActivated(request.asked); })
        ->setEnabled(request.asked != EntryId());
    menu->addAction(tr("Show the &answer"), this, [this, request] { Q_EMIT entryActivated(request.answered); })
        ->setEnabled(request.answered != EntryId());
    const QString filter = listFilter(table, model);
    menu->addAction(tr("&Filter these"), this, [this, filter] { Q_EMIT filterWanted(filter); })
        ->setEnabled(!filter.isEmpty());
    menu->addSeparator();
    addCopying(*menu, table);
    menu->popup(place);
}

QString RequestsPage::methodsFilter() const
{
    // Of ids at a path nobody knows what kind of message has them.
    if (!m_formats->options().requestPath.isEmpty())
        return {};
    QModelIndexList rows = m_methodsTable->chosenRows();
    if (rows.isEmpty() && m_methodsTable->currentIndex().isValid())
        rows += m_methodsTable->currentIndex();
    QStringList words;
    for (const QModelIndex &row : rows) {
        const QByteArray name = m_methods->method(m_sorted->mapToSource(row).row()).name;
        if (name.isEmpty() || name == RequestTable::OtherMethods)
            continue;
        QString word = textFromUtf8(name);
        // A star of its own is none of the language's; what a name was cut off is anything.
        word.replace(u'\\', u"\\\\"_s).replace(u'*', u"\\*"_s);
        constexpr qsizetype MostBytesOfACharacter = 4;
        if (name.size() > RequestTable::MaxMethodName - MostBytesOfACharacter)
            word += u'*';
        word.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
        words += u"msg:\""_s + word + u'"';
    }
    return words.size() > MaxFilteredRows ? QString() : words.join(u" OR "_s);
}

QString RequestsPage::listFilter(const RequestsTable *table, const RequestListModel *model)
{
    QStringList entries;
    const QModelIndexList chosen = table->chosenRows();
    const auto add = [&](int row) {
        const Request &request = model->request(row);
        for (const EntryId id : {request.asked, request.answered}) {
            if (id != EntryId())
                entries += QString::number(id.value());
        }
    };
    for (const QModelIndex &row : chosen)
        add(row.row());
    for (int row = 0; chosen.isEmpty() && row < model->rowCount(); ++row)
        add(row);
    const bool isUseful = !entries.isEmpty() && entries.size() <= MaxFilteredRows;
    return isUseful ? u"entry:"_s + entries.join(u',') : QString();
}

} // namespace sockeye
