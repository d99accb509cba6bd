#include "widgets/filter/FilterHelp.h"

#include "widgets/style/Theme.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTableWidget>
#include <QVBoxLayout>

namespace sockeye {

namespace {

constexpr QSize HelpSize(560, 620);

using Line = QPair<QString, QString>;

/// What can be typed, which is the same in every language, and its meaning.
QList<Line> lines()
{
    const auto line = [](const char *typed, const QString &meaning) { return Line{QString::fromUtf8(typed), meaning}; };
    return {
        line("price \"two words\"", FilterHelp::tr("holds all of these; case counts only if a capital is typed")),
        line("dir:in", FilterHelp::tr("which way: in, out, none (events)")),
        line("type:text,binary", FilterHelp::tr("what it is: text, binary, ping, pong, close, raw, event")),
        line("size>1k  size:10..2k", FilterHelp::tr("bytes of the payload; wire: bytes on the wire")),
        line("time>12:00:01", FilterHelp::tr("after a time of the capture's first day")),
        line("time:12:00..12:05", FilterHelp::tr("between two times; dates as 2026-11-22T12:00")),
        line("time<+5m  time>-30s", FilterHelp::tr("from the capture's beginning, or its end")),
        line("conn:2  entry>1000", FilterHelp::tr("which connection; the entry's number")),
        line("latency>50ms", FilterHelp::tr("from a request to its answer, a ping to its pong; ns to h")),
        line("has:finding", FilterHelp::tr("or bookmark, note, colour, fragments, compression")),
        line("rule:frame.rsv", FilterHelp::tr("broke this rule, or one below it")),
        line("/regex/  /regex/i", FilterHelp::tr("a regular expression; with i, case does not count")),
        line("hex:de??ad", FilterHelp::tr("these bytes; ? stands for any digit")),
        line("json:$.data.price>100", FilterHelp::tr("a value in the JSON: = != < <= > >=, ~ for “contains”")),
        line("json:$.list[0]", FilterHelp::tr("there is such a value")),
        line("-dir:in  not dir:in", FilterHelp::tr("not")),
        line("type:ping or type:pong", FilterHelp::tr("either; without “or” between them, all must hold")),
        line("(a or b) -c", FilterHelp::tr("parentheses")),
    };
}

} // namespace

FilterHelp::FilterHelp(QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("What a filter can say"));
    setAccessibleName(windowTitle());
    resize(HelpSize);
    const QList<Line> all = lines();
    auto *table = new QTableWidget(int(all.size()), 2, this);
    table->setAccessibleName(windowTitle());
    table->setHorizontalHeaderLabels({tr("Typed"), tr("Shows entries")});
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(theme::RowHeight);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    for (int row = 0; row < table->rowCount(); ++row) {
        auto *typed = new QTableWidgetItem(all[row].first);
        typed->setFont(theme::dataFont());
        table->setItem(row, 0, typed);
        table->setItem(row, 1, new QTableWidgetItem(all[row].second));
    }
    table->resizeColumnToContents(0);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap * 2, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap * 2);
    layout->addWidget(table, 1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

} // namespace sockeye
