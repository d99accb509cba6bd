#include "widgets/inspector/FramesPage.h"

#include "base/Units.h"
#include "document/EntryDetails.h"
#include "widgets/inspector/FramesModel.h"
#include "widgets/style/Theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace sockeye {

namespace {

QString sumsText(const EntryDetails &details)
{
    qint64 headers = 0;
    for (const FrameHeader &frame : details.frames)
        headers += frame.size;
    const qsizetype count = details.frames.size();
    QStringList parts{count == 1 ? FramesPage::tr("1 frame") : FramesPage::tr("%1 frames").arg(countText(count)),
                      FramesPage::tr("%1 of headers").arg(sizeText(headers)),
                      FramesPage::tr("%1 of payload").arg(sizeText(details.wirePayload()))};
    parts += FramesPage::tr("%1 on the wire").arg(sizeText(details.entry.wireSize));
    QString text = parts.join(QStringLiteral(" · "));
    if (details.entry.compressed)
        text +=
            u'\n' + FramesPage::tr("compressed: %1").arg(compressionText(details.wirePayload(), details.entry.size));
    if (count > FramesModel::MaxRows)
        text += u'\n' + FramesPage::tr("The first %1 frames are shown.").arg(countText(FramesModel::MaxRows));
    return text;
}

} // namespace

FramesPage::FramesPage(InspectorContext &, QWidget *parent)
    : InspectorPage(Subject::Entry, name(), parent)
    , m_model(new FramesModel(this))
    , m_sums(new QLabel(this))
    , m_table(new QTableView(this))
{
    m_sums->setProperty("dim", true);
    m_sums->setProperty("strip", QStringLiteral("bottom"));
    m_sums->setIndent(0);
    m_sums->setWordWrap(true);
    m_sums->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_sums->setContentsMargins(theme::Gap + 2, 6, theme::Gap, 6);
    m_table->setAccessibleName(tr("Frames"));
    m_table->setModel(m_model);
    m_table->setProperty("flat", true);
    m_table->setFont(theme::dataFont());
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(theme::RowHeight);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setMinimumSectionSize(24);
    m_table->installEventFilter(this);

    auto *content = new QWidget(this);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_sums);
    setContent(content);
    setColumnWidths();
}

FramesPage::~FramesPage() = default;

void FramesPage::showEntry(const EntryDetails &details)
{
    m_model->setFrames(details.frames, details.entry.compressed);
    if (std::exchange(m_isCompressed, details.entry.compressed) != m_isCompressed)
        setColumnWidths();
    m_sums->setText(sumsText(details));
    if (details.frames.isEmpty())
        showPlaceholder(details.entry.kind == EntryKind::Event ? tr("An event is no frame.")
                                                               : tr("This entry came in no frame."));
    else
        showContent();
}

void FramesPage::clear()
{
    m_model->setFrames({}, false);
}

void FramesPage::setColumnWidths()
{
    // From the longest text that a column can hold: measuring every row would take time with every entry.
    const QFontMetrics metrics(m_table->font());
    const auto widthOf = [&metrics](int chars) { return metrics.horizontalAdvance(u'0') * chars + 3 * theme::Gap; };
    m_table->setColumnWidth(FramesModel::NumberColumn, widthOf(3));
    m_table->setColumnWidth(FramesModel::FinColumn, widthOf(4));
    m_table->setColumnWidth(FramesModel::RsvColumn, widthOf(m_isCompressed ? 12 : 4));
    m_table->setColumnWidth(FramesModel::OpcodeColumn, widthOf(16));
    m_table->setColumnWidth(FramesModel::LengthColumn, widthOf(8));
    m_table->setColumnWidth(FramesModel::HeaderColumn, widthOf(23));
    m_table->setColumnWidth(FramesModel::MaskColumn, widthOf(11));
}

void FramesPage::changeEvent(QEvent *event)
{
    InspectorPage::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        setColumnWidths();
}

bool FramesPage::eventFilter(QObject *watched, QEvent *event)
{
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (watched == m_table && isKey && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy)) {
        event->accept();
        if (event->type() == QEvent::KeyPress)
            copySelected();
        return true;
    }
    return InspectorPage::eventFilter(watched, event);
}

void FramesPage::copySelected() const
{
    QStringList lines;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows()) {
        QStringList cells;
        for (int column = 0; column < FramesModel::ColumnCount; ++column)
            cells += row.siblingAtColumn(column).data().toString();
        lines += cells.join(u'\t');
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace sockeye
