#include "widgets/plot/PlotPage.h"

#include "document/CaptureSource.h"
#include "document/OpenCapture.h"
#include "filter/TimeRangeTerm.h"
#include "plot/FieldSampler.h"
#include "reading/CaptureJob.h"
#include "widgets/controls/Describe.h"
#include "widgets/controls/IconButton.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/plot/PlotPainter.h"
#include "widgets/plot/PlotView.h"
#include "widgets/style/Theme.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QProgressBar>
#include <QSplitter>
#include <QStackedLayout>
#include <QStringListModel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

constexpr int ProgressSteps = 1000;
constexpr int ProgressWidth = 96;
constexpr int ListWidth = 176;
constexpr int SignSize = 16;

/// The mark and the colour of a line, beside its name.
QIcon signOf(const QPalette &palette, int style)
{
    QPixmap sign(SignSize * 2, SignSize * 2);
    sign.setDevicePixelRatio(2);
    sign.fill(Qt::transparent);
    QPainter painter(&sign);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor color = plotpainter::colorOf(theme::colors(palette), PlotInk::Line, style);
    painter.setPen(QPen(color, 1.4));
    constexpr double Middle = SignSize / 2.0;
    painter.drawLine(QPointF(0, Middle), QPointF(SignSize, Middle));
    plotpainter::paintMarker(painter, {Middle, Middle}, style, color);
    return QIcon(sign);
}

QToolButton *textButton(const QString &text, const QString &name, const QString &toolTip, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setText(text);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    describe(button, name, toolTip);
    return button;
}

} // namespace

struct PlotPage::Line
{
    PlotField field;
    int style = 0;
    /// It was read, and there is nothing to draw.
    bool hasNoNumbers = false;
};

/// What is drawn of one capture.
struct PlotPage::Plot
{
    explicit Plot(const QString &path)
        : reader(path)
    {
    }

    std::vector<Line> lines;
    std::optional<TimeSpan> range;
    bool isLogarithmic = false;
    SeriesReader reader;

    [[nodiscard]] int freeStyle() const
    {
        for (int style = 0; style < PlotStyleCount; ++style) {
            if (std::none_of(lines.begin(), lines.end(), [style](const Line &line) { return line.style == style; }))
                return style;
        }
        return 0;
    }
};

PlotPage::PlotPage(QWidget *parent)
    : QWidget(parent)
{
    build();
    m_pace.setResting(true);
    m_exporter = std::make_unique<PlotExporter>(*m_view);
    connect(m_view, &PlotView::sceneWanted, this, [this] {
        if (m_plot)
            m_plot->range = m_view->range();
        ask();
    });
    connect(m_view, &PlotView::entryActivated, this, &PlotPage::entryActivated);
    connect(&m_pace, &Pace::due, this, &PlotPage::ask);
    connect(&m_query, &PlotQuery::answered, this, [this](const PlotScene &scene, const std::optional<TimeSpan> &whole) {
        m_view->setScene(scene, whole);
        updateState();
    });
    connect(&m_query, &PlotQuery::failed, this, &PlotPage::showMessage);
    connect(m_exporter.get(), &PlotExporter::progressed, this, &PlotPage::updateProgress);
    connect(m_exporter.get(), &PlotExporter::done, this, &PlotPage::notice);
    updateState();
    updateProgress();
}

PlotPage::~PlotPage() = default;

// The controls

void PlotPage::build()
{
    m_list = new QListWidget(this);
    describe(m_list, tr("Lines of the plot"), tr("What is drawn; Del takes the chosen line away"));
    m_list->setProperty("flat", true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->installEventFilter(this);
    m_view = new PlotView(this);
    m_view->setToolTip({});
    m_empty = new QLabel(this);
    m_empty->setProperty("dim", true);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_list);
    splitter->addWidget(m_view);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({ListWidth, ListWidth * 4});
    m_drawn = splitter;
    auto *shown = new QWidget(this);
    m_stack = new QStackedLayout(shown);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_drawn);
    m_message = new QLabel(this);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setProperty("error", true);
    m_message->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap, theme::Gap, theme::Gap, theme::Gap);
    layout->setSpacing(theme::Gap / 2);
    layout->addWidget(buildBar());
    layout->addWidget(m_message);
    layout->addWidget(shown, 1);
    connect(m_list, &QListWidget::currentRowChanged, this, &PlotPage::updateState);
}

QWidget *PlotPage::buildBar()
{
    auto *bar = new QWidget(this);
    m_path = new QLineEdit(bar);
    m_path->setPlaceholderText(tr("Field to draw: $.price, or price"));
    describe(m_path, tr("Field to draw"),
             tr("The place of a number in messages: $.data.price from the message's beginning on, price wherever it "
                "stands, items[*].price of each element; Return draws it"));
    m_path->setClearButtonEnabled(true);
    m_path->installEventFilter(this);
    m_paths = new QStringListModel(this);
    auto *completer = new QCompleter(m_paths, this);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_path->setCompleter(completer);
    m_add = new IconButton(u"plus"_s, tr("Draw this field"), bar);
    m_add->setToolTip(tr("Draw this field (Return)"));
    m_known = textButton(tr("&More"), tr("Draw something else"),
                         tr("Draw sizes, rates and times, which are known of every message"), bar);
    buildKnownFields(m_known);
    m_remove = new IconButton(u"trash"_s, tr("Take the line away"), bar);
    m_remove->setToolTip(tr("Take the chosen line away (Del)"));
    m_logarithmic =
        textButton(tr("&Log scale"), tr("Logarithmic scale"),
                   tr("Each power of ten has the same height; what is zero or below stands at the bottom"), bar);
    m_logarithmic->setCheckable(true);
    m_all = textButton(tr("&All"), tr("Show all of it"), tr("Show all of the time (Home)"), bar);
    m_filter = textButton(tr("&Filter"), tr("Filter the log by this time"),
                          tr("Show the entries of the time that is drawn in the log"), bar);
    m_export = new IconButton(u"export"_s, tr("Export the plot"), bar);
    m_export->setToolTip(tr("Write the plot into a file: a picture, a drawing, or its points"));
    buildExport(m_export);
    m_progress = new QProgressBar(bar);
    m_progress->setTextVisible(false);
    m_progress->setRange(0, ProgressSteps);
    m_progress->setFixedWidth(ProgressWidth);
    describe(m_progress, tr("Progress of the plot"), tr("How much of the capture has been read"));
    m_stop = textButton(tr("Stop"), tr("Stop"), {}, bar);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins({});
    layout->setSpacing(theme::Gap / 2);
    layout->addWidget(m_path, 1);
    for (QWidget *control : std::initializer_list<QWidget *>{m_add, m_known, m_remove, m_logarithmic, m_all, m_filter,
                                                             m_export, m_progress, m_stop})
        layout->addWidget(control);
    connect(m_path, &QLineEdit::returnPressed, this, &PlotPage::addTyped);
    connect(m_path, &QLineEdit::textChanged, this, [this] { showMessage({}); });
    connect(m_add, &QToolButton::clicked, this, &PlotPage::addTyped);
    connect(m_remove, &QToolButton::clicked, this, &PlotPage::removeCurrent);
    connect(m_all, &QToolButton::clicked, this, [this] { m_view->setRange(std::nullopt); });
    connect(m_filter, &QToolButton::clicked, this, &PlotPage::filterRange);
    connect(m_stop, &QToolButton::clicked, this, &PlotPage::toggleWork);
    connect(m_logarithmic, &QToolButton::toggled, this, [this](bool isOn) {
        if (m_plot)
            m_plot->isLogarithmic = isOn;
        ask();
    });
    return bar;
}

void PlotPage::buildKnownFields(QToolButton *button)
{
    auto *menu = new QMenu(button);
    using Kind = PlotField::Kind;
    for (const Kind kind : {Kind::Size, Kind::WireSize, Kind::Rate, Kind::Latency, Kind::Delta}) {
        const PlotField field{kind};
        menu->addAction(PlotScene::title(field), this, [this, field] { addField(field); });
    }
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
}

void PlotPage::buildExport(QToolButton *button)
{
    auto *menu = new QMenu(button);
    menu->addAction(tr("&Picture (PNG)…"), this, [this] { m_exporter->savePng(prompts()); });
    menu->addAction(tr("&Drawing (SVG)…"), this, [this] { m_exporter->saveSvg(prompts()); });
    menu->addAction(tr("All points of this time (&CSV)…"), this, [this] {
        std::vector<PlotCsv::Column> columns;
        for (const SeriesReader::Line &line : m_plot ? m_plot->reader.lines() : std::vector<SeriesReader::Line>())
            columns.push_back({line.field, line.series});
        m_exporter->saveCsv(prompts(), columns);
    });
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
}

// What is drawn

void PlotPage::setCapture(OpenCapture *capture)
{
    if (capture == m_capture)
        return;
    if (m_plot)
        m_plot->reader.setResting(true);
    m_capture = capture;
    m_sampler.reset();
    m_plot = nullptr;
    if (capture) {
        std::unique_ptr<Plot> &plot = m_plots[capture];
        if (!plot) {
            plot = std::make_unique<Plot>(capture->path());
            plot->reader.setResting(true);
            connect(&plot->reader, &SeriesReader::changed, this, [this, one = plot.get()] {
                if (one == m_plot)
                    m_pace.request();
            });
            connect(&plot->reader, &SeriesReader::progressed, this, [this, one = plot.get()] {
                if (one == m_plot)
                    tellEmptyLines();
                updateProgress();
            });
            connect(&plot->reader, &SeriesReader::failed, this, [this, one = plot.get()](const QString &message) {
                if (one == m_plot)
                    showMessage(message);
            });
            connect(&capture->source(), &CaptureSource::advanced, &plot->reader, &SeriesReader::advance);
            connect(capture, &OpenCapture::aboutToClose, this, [this, capture] {
                if (capture == m_capture)
                    setCapture(nullptr);
                m_plots.erase(capture);
            });
        }
        m_plot = plot.get();
        // They may have become others while another capture was shown.
        m_plot->reader.setFormats(m_formats);
        m_plot->reader.setResting(!isVisible());
        m_sampler = std::make_unique<CaptureJob>(capture->path());
    }
    showPlot();
}

void PlotPage::setFormats(const std::shared_ptr<const FormatSet> &formats)
{
    m_formats = formats;
    if (m_plot)
        m_plot->reader.setFormats(formats);
}

void PlotPage::showPlot()
{
    m_query.drop();
    // What was typed was meant for the other capture.
    m_path->clear();
    showMessage({});
    m_paths->setStringList({});
    const QSignalBlocker noToggle(m_logarithmic);
    const QSignalBlocker noRange(m_view);
    m_logarithmic->setChecked(m_plot && m_plot->isLogarithmic);
    m_view->setScene({}, std::nullopt);
    m_view->setRange(m_plot ? m_plot->range : std::nullopt);
    listFields();
    ask();
    updateProgress();
}

void PlotPage::listFields()
{
    const int row = m_list->currentRow();
    m_list->clear();
    for (const Line &line : m_plot ? m_plot->lines : std::vector<Line>()) {
        auto *item = new QListWidgetItem(signOf(palette(), line.style), titleOf(line), m_list);
        item->setToolTip(plainToolTip(item->text()));
        // As wide as the list: what has no room is elided.
        item->setSizeHint({1, m_list->fontMetrics().height() + theme::Gap});
    }
    m_list->setCurrentRow(std::min(std::max(row, 0), m_list->count() - 1));
    updateState();
}

QString PlotPage::titleOf(const Line &line)
{
    const QString title = withFewMarks(PlotScene::title(line.field));
    return line.hasNoNumbers ? tr("%1 · no numbers").arg(title) : title;
}

/// Says of lines that have been read to the end whether they have anything to draw.
void PlotPage::tellEmptyLines()
{
    // One that was left halfway may have numbers yet.
    const bool isRead = m_plot && isVisible() && !m_plot->reader.isReading() && !m_plot->reader.isStopped();
    const std::vector<SeriesReader::Line> series = m_plot ? m_plot->reader.lines() : std::vector<SeriesReader::Line>();
    for (size_t i = 0; i < series.size() && i < m_plot->lines.size(); ++i) {
        Line &line = m_plot->lines[i];
        const Series &points = *series[i].series;
        if (points.count() > 0)
            line.hasNoNumbers = false;
        else if (isRead && points.readTo() > EntryId())
            line.hasNoNumbers = true;
        QListWidgetItem *item = m_list->item(static_cast<int>(i));
        if (const QString title = titleOf(line); item && item->text() != title) {
            item->setText(title);
            item->setToolTip(plainToolTip(title));
        }
    }
}

std::vector<PlotField> PlotPage::fields() const
{
    std::vector<PlotField> fields;
    for (const Line &line : m_plot ? m_plot->lines : std::vector<Line>())
        fields.push_back(line.field);
    return fields;
}

void PlotPage::addField(const PlotField &field)
{
    if (!m_plot)
        return;
    const std::vector<PlotField> known = fields();
    if (const auto found = std::find(known.begin(), known.end(), field); found != known.end())
        return m_list->setCurrentRow(static_cast<int>(found - known.begin()));
    if (m_plot->lines.size() >= size_t(MaxLines))
        return showMessage(tr("A plot has %1 lines at most. Take one away first.").arg(MaxLines));
    showMessage({});
    m_plot->lines.push_back({.field = field, .style = m_plot->freeStyle()});
    m_plot->reader.setFormats(m_formats);
    m_plot->reader.add(field);
    listFields();
    m_list->setCurrentRow(m_list->count() - 1);
    ask();
}

void PlotPage::removeField(const PlotField &field)
{
    if (!m_plot)
        return;
    std::erase_if(m_plot->lines, [&field](const Line &line) { return line.field == field; });
    m_plot->reader.remove(field);
    listFields();
    updateProgress();
    ask();
}

void PlotPage::addTyped()
{
    const Result<PlotField> field = PlotField::ofPath(m_path->text());
    if (!field)
        return showMessage(field.message());
    m_path->clear();
    addField(field.value());
}

void PlotPage::removeCurrent()
{
    const int row = m_list->currentRow();
    if (m_plot && row >= 0 && static_cast<size_t>(row) < m_plot->lines.size())
        removeField(PlotField(m_plot->lines[static_cast<size_t>(row)].field));
}

void PlotPage::ask()
{
    if (!m_plot || !isVisible())
        return;
    PlotQuery::Wish wish{{}, m_plot->range, m_view->columns(), m_plot->isLogarithmic};
    const std::vector<SeriesReader::Line> series = m_plot->reader.lines();
    for (size_t i = 0; i < series.size() && i < m_plot->lines.size(); ++i)
        wish.lines.push_back({series[i], m_plot->lines[i].style});
    m_query.ask(std::move(wish));
}

void PlotPage::filterRange()
{
    if (m_view->scene().columnCount() > 0)
        Q_EMIT filterWanted(timeRangeTerm(m_view->scene().range));
}

/// What can be completed. Looked up anew each time, for a capture grows.
void PlotPage::sample()
{
    if (!m_sampler || m_sampler->isRunning())
        return;
    m_sampler->start([this, formats = m_formats](const CaptureReader &capture, const JobContext &job) {
        const Result<QStringList> paths = FieldSampler::numberPaths(capture, formats, job.token());
        if (paths)
            job.report([this, found = paths.value()] { m_paths->setStringList(found); });
    });
}

// What is shown

void PlotPage::updateState()
{
    const bool hasLines = m_plot && !m_plot->lines.empty();
    m_stack->setCurrentWidget(hasLines ? m_drawn : m_empty);
    setFocusProxy(hasLines ? static_cast<QWidget *>(m_view) : m_path);
    m_empty->setText(m_capture ? tr("Nothing is drawn yet. Type the place of a number above, choose something under "
                                    "More, or choose Plot This in the menu of a number in a message's tree.")
                               : tr("Open a capture, or connect, to draw its values over time."));
    for (QWidget *control : std::initializer_list<QWidget *>{m_path, m_add, m_known})
        control->setEnabled(m_plot != nullptr);
    m_remove->setEnabled(hasLines && m_list->currentRow() >= 0);
    m_logarithmic->setEnabled(hasLines);
    m_all->setEnabled(hasLines && m_view->range().has_value());
    m_filter->setEnabled(hasLines && !m_view->scene().isEmpty());
    m_export->setEnabled(hasLines && !m_view->scene().isEmpty());
}

void PlotPage::updateProgress()
{
    const bool isExporting = m_exporter && m_exporter->isRunning();
    // A live plot reads all the time; what is worth a bar is a stretch that it is behind.
    constexpr double AlmostAll = 0.98;
    const bool isBehind = m_plot && m_plot->reader.isReading() && m_plot->reader.progress() < AlmostAll;
    const double share = isExporting ? m_exporter->progress() : isBehind ? m_plot->reader.progress() : 1;
    m_progress->setValue(static_cast<int>(share * ProgressSteps));
    m_progress->setVisible(isExporting || isBehind);
    const bool isStopped = !isExporting && m_plot && !m_plot->lines.empty() && m_plot->reader.isStopped();
    m_stop->setVisible(isExporting || isBehind || isStopped);
    m_stop->setText(isStopped ? tr("Go on") : tr("Stop"));
    describe(m_stop, m_stop->text(),
             isExporting ? tr("Stop exporting")
             : isStopped ? tr("Read the rest of the capture")
                         : tr("Stop reading, and keep what was drawn"));
}

void PlotPage::toggleWork()
{
    if (m_exporter->isRunning())
        return m_exporter->cancel();
    if (!m_plot)
        return;
    showMessage({});
    if (m_plot->reader.isStopped())
        m_plot->reader.resume();
    else
        m_plot->reader.stop();
}

void PlotPage::showMessage(const QString &text)
{
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
}

// Events

void PlotPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_pace.setResting(false);
    if (m_plot) {
        m_plot->reader.setResting(false);
        if (m_plot->reader.isStopped())
            m_plot->reader.resume();
    }
    ask();
}

void PlotPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_pace.setResting(true);
    if (m_plot)
        m_plot->reader.setResting(true);
}

void PlotPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_list)
        listFields();
}

bool PlotPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_path && event->type() == QEvent::FocusIn)
        sample();
    if (watched == m_list && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Delete) {
        removeCurrent();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace sockeye
