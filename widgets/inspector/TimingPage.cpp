#include "widgets/inspector/TimingPage.h"

#include "widgets/inspector/ConnectionDetails.h"
#include "widgets/inspector/TimingBar.h"
#include "widgets/style/Theme.h"

#include <QGridLayout>
#include <QLabel>

#include <algorithm>

namespace sockeye {

namespace {

struct Phase
{
    QString name;
    QString what;
    Nanoseconds duration;
};

QList<Phase> phasesOf(const PhaseTimings &timings)
{
    return {
        {TimingPage::tr("Resolve"), TimingPage::tr("The host's name is looked up"), timings.resolve},
        {TimingPage::tr("TCP"), TimingPage::tr("The TCP connection is made"), timings.tcp},
        {TimingPage::tr("Proxy"), TimingPage::tr("The proxy connects to the host"), timings.proxy},
        {TimingPage::tr("TLS"), TimingPage::tr("Certificates and keys are exchanged"), timings.tls},
        {TimingPage::tr("Upgrade"), TimingPage::tr("From the request to the reply's head"), timings.upgrade},
    };
}

Nanoseconds sumOf(const QList<Phase> &phases)
{
    Nanoseconds sum(0);
    for (const Phase &phase : phases)
        sum += std::max(Nanoseconds(0), phase.duration);
    return sum;
}

double share(Nanoseconds part, Nanoseconds whole)
{
    return whole.count() > 0 ? static_cast<double>(part.count()) / static_cast<double>(whole.count()) : 0;
}

/// The smallest rest that gets a row, as a part of the whole: less is the clock's inaccuracy.
constexpr double LeastRest = 0.02;

void addRow(QGridLayout &grid, const Phase &phase, TimingBar *bar)
{
    const int row = grid.rowCount();
    grid.setRowMinimumHeight(row, theme::RowHeight - 4);
    auto *name = new QLabel(phase.name);
    name->setToolTip(phase.what);
    auto *value = new QLabel(phase.duration.count() < 0 ? TimingPage::tr("none") : durationText(phase.duration));
    value->setAccessibleName(QStringLiteral("%1: %2").arg(phase.name, value->text()));
    value->setToolTip(phase.what);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setProperty("dim", phase.duration.count() < 0);
    grid.addWidget(name, row, 0);
    if (bar) {
        bar->setToolTip(phase.what);
        grid.addWidget(bar, row, 1);
    }
    grid.addWidget(value, row, 2, Qt::AlignRight | Qt::AlignVCenter);
}

} // namespace

TimingPage::TimingPage(InspectorContext &, QWidget *parent)
    : ScrolledPage(name(), parent)
    , m_title(new QLabel(tr("From dialling to the reply"), this))
    , m_grid(new QGridLayout)
    , m_note(new QLabel(this))
{
    m_title->setProperty("heading", true);
    m_grid->setHorizontalSpacing(2 * theme::Gap);
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnStretch(1, 1);
    m_note->setProperty("dim", true);
    m_note->setWordWrap(true);
    sections()->addWidget(m_title);
    sections()->addLayout(m_grid);
    sections()->addWidget(m_note);
}

void TimingPage::showConnection(const ConnectionDetails &details)
{
    const ConnectionRecord &record = details.record;
    const QList<Phase> phases = phasesOf(record.timings);
    const bool isKnown =
        record.timings.total.count() >= 0 ||
        std::any_of(phases.begin(), phases.end(), [](const Phase &phase) { return phase.duration.count() >= 0; });
    if (!isKnown) {
        showPlaceholder(record.hasEnded() ? tr("The connection failed before anything could be timed.")
                                          : tr("Connecting. Each phase is timed."));
        return;
    }
    if (record.timings != m_timings) {
        m_timings = record.timings;
        showPhases(m_timings);
    }
    if (record.timings.total.count() >= 0)
        m_note->setText(tr("Phases follow one another. “none” stands for one that was not needed.") +
                        (m_hasRest ? u' ' + tr("“Rest” is the time that no phase accounts for: this program's own work "
                                               "between them, such as starting its side of the connection.")
                                   : QString()));
    else
        m_note->setText(record.hasEnded() ? tr("Connecting failed after the last phase that has a time.")
                                          : tr("Connecting goes on."));
    showContent();
}

void TimingPage::showPhases(const PhaseTimings &timings)
{
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const QList<Phase> phases = phasesOf(timings);
    const Nanoseconds whole = std::max(timings.total, sumOf(phases));
    Nanoseconds at(0);
    for (const Phase &phase : phases) {
        TimingBar *bar = nullptr;
        if (phase.duration.count() >= 0) {
            bar = new TimingBar(share(at, whole), share(at + phase.duration, whole), TimingBar::Kind::Phase);
            at += phase.duration;
        }
        addRow(*m_grid, phase, bar);
    }
    const bool complete = timings.total.count() >= 0;
    const Nanoseconds rest = whole - at;
    m_hasRest = complete && share(rest, whole) > LeastRest;
    if (m_hasRest)
        addRow(*m_grid,
               {tr("Rest"), tr("What no phase accounts for: this program's own work between them, not the network's"),
                rest},
               nullptr);
    addRow(*m_grid, {tr("Total"), tr("From dialling to the reply"), timings.total},
           complete ? new TimingBar(0, share(timings.total, whole), TimingBar::Kind::Total) : nullptr);
}

} // namespace sockeye
