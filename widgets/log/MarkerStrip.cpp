#include "widgets/log/MarkerStrip.h"

#include "base/Units.h"
#include "log/LogModel.h"
#include "reading/Annotations.h"
#include "reading/CaptureJob.h"
#include "reading/CaptureReader.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/style/Theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

using Kind = StripMarks::Kind;

constexpr auto Pause = std::chrono::milliseconds(300);
/// The stretches of the log for which findings are read: more than a strip has pixels, so that findings stay at their
/// places when a filter hides most of the log.
constexpr qint64 MaxStretches = 4096;
/// No more connections than this are marked; the strip would consist of their marks.
constexpr int MaxConnections = 1000;
/// The order in which kinds are listed, and searched by a click that is on none of them.
constexpr std::array kinds{Kind::Error, Kind::Warning, Kind::Bookmark, Kind::Match, Kind::Note, Kind::Connection};

/// Where a kind is drawn in the strip.
std::pair<int, int> columnOf(Kind kind)
{
    switch (kind) {
    case Kind::Error:
    case Kind::Warning:
    case Kind::Note:
        return {0, 4};
    case Kind::Match:
        return {4, 6};
    case Kind::Bookmark:
        return {6, MarkerStrip::Width};
    case Kind::Connection:
    case Kind::KindCount:
        break;
    }
    return {0, MarkerStrip::Width};
}

Kind kindOf(int severity)
{
    switch (Severity(severity)) {
    case Severity::Error:
        return Kind::Error;
    case Severity::Warning:
        return Kind::Warning;
    case Severity::Note:
        break;
    }
    return Kind::Note;
}

} // namespace

MarkerStrip::MarkerStrip(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Markers of the log"));
    setFixedWidth(Width);
    setMouseTracking(true);
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &MarkerStrip::refresh);
}

MarkerStrip::~MarkerStrip() = default;

void MarkerStrip::setSource(LogModel *model, const QString &path, Annotations *annotations)
{
    m_job.reset();
    m_facts = {};
    for (QObject *old : {static_cast<QObject *>(m_model), static_cast<QObject *>(m_annotations)}) {
        if (old)
            disconnect(old, nullptr, this, nullptr);
    }
    m_model = model;
    m_annotations = annotations;
    m_interval = Pause;
    if (model) {
        m_job = std::make_unique<CaptureJob>(path);
        connect(model, &LogModel::rowsInserted, this, &MarkerStrip::schedule);
        connect(model, &LogModel::modelReset, this, &MarkerStrip::schedule);
        connect(model, &LogModel::searchChanged, this, &MarkerStrip::schedule);
    }
    if (annotations)
        connect(annotations, &Annotations::changed, this, &MarkerStrip::schedule);
    rebuild();
    schedule();
}

// What is known

void MarkerStrip::schedule()
{
    m_stale = true;
    if (m_pause.isActive() || !isVisible())
        return;
    // The first change is shown at once, those that come soon after it together.
    const qint64 passed = m_refreshed.isValid() ? m_refreshed.elapsed() : m_interval.count();
    m_pause.start(int(std::clamp<qint64>(m_interval.count() - passed, 0, m_interval.count())));
}

void MarkerStrip::refresh()
{
    if (!m_stale || !isVisible())
        return;
    m_stale = false;
    m_refreshed.start();
    rebuild();
    if (m_model && m_job && !m_job->isRunning() && m_model->lastEntry() != m_facts.last)
        read();
}

void MarkerStrip::read()
{
    m_readTime.start();
    m_job->start([this, last = m_model->lastEntry()](const CaptureReader &capture, const JobContext &job) {
        Facts facts;
        facts.last = last;
        const auto stretches = int(std::min(last.value(), MaxStretches));
        if (auto severities = capture.timeline().findingStrip(last, stretches, job.token()))
            facts.severities = std::move(severities).value();
        if (const auto starts = capture.connectionList().starts(MaxConnections)) {
            for (const ConnectionList::Start &one : starts.value()) {
                const auto start = capture.timeline().entryAt(one.started);
                if (start && start.value().value() > 0)
                    facts.starts.append({one.id, start.value()});
            }
        }
        job.report([this, facts = std::move(facts)] { take(facts); });
    });
}

void MarkerStrip::take(const Facts &facts)
{
    m_facts = facts;
    // A log with very many findings must not be scanned all the time.
    constexpr int Share = 4;
    m_interval = std::max(std::chrono::milliseconds(Pause), std::chrono::milliseconds(m_readTime.elapsed() * Share));
    rebuild();
    if (m_model && m_model->lastEntry() != m_facts.last)
        schedule();
}

void MarkerStrip::rebuild()
{
    StripMarks marks(m_model ? m_model->rowCount() : 0, height());
    if (m_model && marks.rows() > 0) {
        addFindings(marks);
        addBookmarks(marks);
        addMatches(marks);
        addConnections(marks);
    }
    if (marks == m_marks)
        return;
    m_marks = std::move(marks);
    update();
}

void MarkerStrip::addFindings(StripMarks &marks) const
{
    const qint64 stretches = m_facts.severities.size();
    for (qint64 n = 0; n < stretches; ++n) {
        const int severity = m_facts.severities.at(n);
        if (severity < 0)
            continue;
        // CaptureReader cuts the log into stretches in the same way.
        const EntryId before((m_facts.last.value() * n + stretches - 1) / stretches);
        const EntryId last((m_facts.last.value() * (n + 1) + stretches - 1) / stretches);
        const Row row = m_model->rowOf(before) + 1;
        if (row <= m_model->rowOf(last))
            marks.add(kindOf(severity), row);
    }
}

void MarkerStrip::addBookmarks(StripMarks &marks) const
{
    if (!m_annotations)
        return;
    const AnnotationMap &all = m_annotations->all();
    for (auto it = all.cbegin(); it != all.cend();) {
        const Row row = m_model->rowOf(it.key());
        const bool isShown = row.value() >= 0 && m_model->entryAt(row) == it.key();
        if (!it->bookmarked || !isShown) {
            ++it;
            continue;
        }
        marks.add(Kind::Bookmark, row);
        // One mark on a pixel is enough.
        it = all.upperBound(std::max(m_model->entryAt(marks.lastRow(marks.pixelOf(row))), it.key()));
    }
}

void MarkerStrip::addMatches(StripMarks &marks) const
{
    if (!m_model->isFiltered() || m_model->filterMode() != LogModel::FilterMode::Mark)
        return;
    for (EntryId id = m_model->nextMatch(EntryId(0), true); id.value() > 0;) {
        const Row row = m_model->rowOf(id);
        marks.add(Kind::Match, row);
        const Row last = marks.lastRow(marks.pixelOf(row));
        id = m_model->nextMatch(std::max(m_model->entryAt(last), id), true);
    }
}

void MarkerStrip::addConnections(StripMarks &marks) const
{
    for (const auto &[connection, start] : m_facts.starts)
        marks.add(Kind::Connection, m_model->rowOf(start - 1) + 1);
}

// What is seen

void MarkerStrip::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event);
    const ThemeColors &colors = theme::colors(palette());
    QPainter painter(this);
    painter.fillRect(rect(), colors.base);
    painter.fillRect(0, 0, 1, height(), colors.alternateRow);
    for (int y = 0; y < m_marks.height(); ++y) {
        for (auto kind = kinds.rbegin(); kind != kinds.rend(); ++kind) {
            if (m_marks.has(*kind, y))
                paintMark(painter, *kind, y);
        }
    }
}

void MarkerStrip::paintMark(QPainter &painter, StripMarks::Kind kind, int y) const
{
    const ThemeColors &colors = theme::colors(palette());
    const auto [left, right] = columnOf(kind);
    switch (kind) {
    case Kind::Error:
        painter.fillRect(left, y - 1, right - left, 4, colors.error);
        break;
    case Kind::Warning:
        painter.setPen(colors.sent);
        painter.drawRect(left, y - 1, right - left - 1, 3);
        break;
    case Kind::Note:
        painter.fillRect(left, y, right - left, 1, colors.dimText);
        break;
    case Kind::Match:
        painter.fillRect(left, y, right - left, 2, colors.matchMark);
        break;
    case Kind::Bookmark:
        for (int n = 0; n < right - left; ++n)
            painter.fillRect(left + n, y - n, 1, 2 * n + 1, colors.accent);
        break;
    case Kind::Connection:
        for (int x = left; x < right; x += 3)
            painter.fillRect(x, y, 2, 1, colors.control);
        break;
    case Kind::KindCount:
        break;
    }
}

QString MarkerStrip::words(StripMarks::Kind kind, int pixel) const
{
    const EntryId id = m_model->entryAt(m_marks.row(kind, pixel));
    const QString number = countText(id.value());
    switch (kind) {
    case Kind::Error:
        return tr("Error at entry %1 or soon after").arg(number);
    case Kind::Warning:
        return tr("Warning at entry %1 or soon after").arg(number);
    case Kind::Note:
        return tr("Note at entry %1 or soon after").arg(number);
    case Kind::Match:
        return tr("Match: entry %1").arg(number);
    case Kind::Bookmark: {
        const Annotation *annotation = m_annotations ? m_annotations->find(id) : nullptr;
        constexpr qsizetype MaxNote = 80;
        const QString note = annotation ? annotation->note.simplified() : QString();
        if (note.isEmpty())
            return tr("Bookmark: entry %1").arg(number);
        return tr("Bookmark: entry %1, %2").arg(number, note.size() > MaxNote ? note.first(MaxNote) + u'…' : note);
    }
    case Kind::Connection: {
        const auto start = std::find_if(m_facts.starts.cbegin(), m_facts.starts.cend(), [this, pixel](const auto &one) {
            return m_marks.pixelOf(m_model->rowOf(one.second - 1) + 1) == pixel;
        });
        return start == m_facts.starts.cend() ? tr("A connection begins")
                                              : tr("Connection %1 begins").arg(start->first.value());
    }
    case Kind::KindCount:
        break;
    }
    return {};
}

QString MarkerStrip::textAt(int y) const
{
    const int pixel = m_marks.nearest(y);
    if (pixel < 0 || !m_model)
        return {};
    QStringList lines;
    for (const Kind kind : kinds) {
        if (m_marks.has(kind, pixel))
            lines += words(kind, pixel);
    }
    return lines.join(u'\n');
}

bool MarkerStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString text = textAt(help->pos().y());
        const QString hint = tr("Findings, bookmarks, matches and connections of the whole log");
        QToolTip::showText(help->globalPos(), plainToolTip(text.isEmpty() ? hint : text), this);
        return true;
    }
    return QWidget::event(event);
}

void MarkerStrip::mouseMoveEvent(QMouseEvent *event)
{
    const bool isOnMark = m_marks.nearest(qRound(event->position().y())) >= 0;
    setCursor(isOnMark ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void MarkerStrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_model || m_marks.rows() == 0)
        return QWidget::mousePressEvent(event);
    const QPoint at = event->position().toPoint();
    const int pixel = m_marks.nearest(at.y());
    if (pixel < 0) {
        const int row = int(qint64(at.y()) * m_marks.rows() / std::max(m_marks.height(), 1));
        Q_EMIT placeRequested(Row(std::clamp(row, 0, m_marks.rows() - 1)));
        return;
    }
    // The mark that was clicked, or else the most severe one.
    const auto isThere = [this, pixel](Kind kind) { return m_marks.has(kind, pixel); };
    auto kind = std::find_if(kinds.begin(), kinds.end(), [&](Kind one) {
        const auto [left, right] = columnOf(one);
        return isThere(one) && at.x() >= left && at.x() < right;
    });
    if (kind == kinds.end())
        kind = std::find_if(kinds.begin(), kinds.end(), isThere);
    if (kind != kinds.end())
        go(*kind, m_marks.row(*kind, pixel));
}

void MarkerStrip::mouseReleaseEvent(QMouseEvent *event)
{
    event->accept();
}

void MarkerStrip::go(StripMarks::Kind kind, Row row)
{
    const EntryId id = m_model->entryAt(row);
    if (id.value() == 0)
        return;
    if (kind != Kind::Error && kind != Kind::Warning && kind != Kind::Note) {
        Q_EMIT entryRequested(id);
        return;
    }
    // The finding is in this stretch; the capture tells which entry has it.
    const auto step = kind == Kind::Error ? LogModel::Step::Error : LogModel::Step::Finding;
    m_model->step(id - 1, step, true, this,
                  [this, id](EntryId found) { Q_EMIT entryRequested(found.value() > 0 ? found : id); });
}

void MarkerStrip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    rebuild();
}

void MarkerStrip::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    schedule();
}

} // namespace sockeye
