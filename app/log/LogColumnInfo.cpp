#include "log/LogColumnInfo.h"

#include "record/EntryText.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

struct LogColumnInfoWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::LogColumnInfo)
};

constexpr Qt::Alignment Left = Qt::AlignLeft | Qt::AlignVCenter;
constexpr Qt::Alignment Right = Qt::AlignRight | Qt::AlignVCenter;
constexpr Qt::Alignment Centre = Qt::AlignHCenter | Qt::AlignVCenter;

QString connectionTitle(const CellStyle &style)
{
    return style.lanes.isEmpty() ? LogColumnInfoWords::tr("Conn.") : LogColumnInfoWords::tr("Lane");
}

QString fullConnectionTitle(const CellStyle &style)
{
    return style.lanes.isEmpty() ? LogColumnInfoWords::tr("Connection") : LogColumnInfoWords::tr("Lane");
}

QString timeTitle(const CellStyle &style)
{
    switch (style.time) {
    case TimeFormat::Utc:
        return LogColumnInfoWords::tr("Time (UTC)");
    case TimeFormat::Relative:
        return LogColumnInfoWords::tr("Since start");
    case TimeFormat::Epoch:
        return LogColumnInfoWords::tr("Unix time");
    case TimeFormat::Local:
        break;
    }
    return LogColumnInfoWords::tr("Time");
}

QString deltaTitle(const CellStyle &style)
{
    return style.deltaFrom == DeltaFrom::Selected ? LogColumnInfoWords::tr("From selected")
                                                  : LogColumnInfoWords::tr("Delta");
}

QString deltaText(const CellSource &cell)
{
    return cell.origin ? logtext::delta(*cell.origin, cell.entry.time) : QString();
}

/// Of a log that is narrow, the delta in as few characters as will do.
QString sizeAndDeltaText(const CellSource &cell)
{
    const QString size = logtext::size(cell.entry);
    if (!cell.style.mergesDelta || !cell.origin)
        return size;
    // Sizes stand one below the other.
    constexpr qsizetype DeltaLength = 6;
    const QString delta = logtext::shortDelta(*cell.origin, cell.entry.time);
    return size.isEmpty() ? delta : size + u' ' + delta.rightJustified(DeltaLength);
}

QString fullSizeAndDeltaText(const CellSource &cell)
{
    const QString size = logtext::size(cell.entry);
    const QString delta = cell.style.mergesDelta ? deltaText(cell) : QString();
    return size.isEmpty() || delta.isEmpty() ? size + delta : LogColumnInfoWords::tr("%1, %2").arg(size, delta);
}

QStringList sizeAndDeltaSamples(const CellStyle &style, int)
{
    return {style.mergesDelta ? QStringLiteral("999 B +999ms") : QStringLiteral("999 B")};
}

QStringList sizeSamples(const CellStyle &, int)
{
    return {QStringLiteral("999 B")};
}

/// THE table of columns.
constexpr std::array<LogColumnInfo, LogTable::ColumnCount> columnTable{{
    {.id = LogTable::EntryColumn,
     .name = "entry",
     .isShown = true,
     .tone = CellTone::Dim,
     .alignment = Right,
     .isPayload = false,
     .title = [](const CellStyle &) { return LogColumnInfoWords::tr("#"); },
     .fullTitle = [](const CellStyle &) { return LogColumnInfoWords::tr("Number"); },
     .widthSamples = [](const CellStyle &, int digits) { return QStringList{QString(digits, u'0')}; },
     .text = [](const CellSource &cell) { return QString::number(cell.entry.id.value()); },
     .idText = [](EntryId id) { return QString::number(id.value()); }},
    {.id = LogTable::ConnectionColumn,
     .name = "connection",
     .isShown = false,
     .tone = CellTone::Dim,
     .alignment = Right,
     .isPayload = false,
     .title = connectionTitle,
     .fullTitle = fullConnectionTitle,
     .widthSamples = [](const CellStyle &, int) { return QStringList{QStringLiteral("999")}; },
     .text = [](const CellSource &cell) { return logtext::connection(cell.entry.connection, cell.style); }},
    {.id = LogTable::TimeColumn,
     .name = "time",
     .isShown = true,
     .tone = CellTone::Plain,
     .alignment = Left,
     .isPayload = false,
     .title = timeTitle,
     .fullTitle = nullptr,
     .widthSamples = [](const CellStyle &style, int) { return QStringList{logtext::longestTime(style)}; },
     .text = [](const CellSource &cell) { return logtext::time(cell.entry.time, cell.style); },
     .toolTip = [](const CellSource &cell) { return logtext::fullTime(cell.entry.time); }},
    {.id = LogTable::DeltaColumn,
     .name = "delta",
     .isShown = true,
     .tone = CellTone::Dim,
     .alignment = Right,
     .isPayload = false,
     .title = deltaTitle,
     .fullTitle = nullptr,
     .widthSamples = [](const CellStyle &, int) { return QStringList{QStringLiteral("+999 µs")}; },
     .growsWithContent = true,
     .text = deltaText,
     .needsOrigin = true},
    {.id = LogTable::DirectionColumn,
     .name = "direction",
     .isShown = true,
     .tone = CellTone::Kind,
     .alignment = Centre,
     .isPayload = false,
     // The arrows need no title.
     .title = [](const CellStyle &) { return QString(); },
     .fullTitle = [](const CellStyle &) { return LogColumnInfoWords::tr("Direction"); },
     .widthSamples = [](const CellStyle &, int) { return QStringList{QStringLiteral("↓")}; },
     .text = [](const CellSource &cell) { return directionArrow(cell.entry.direction); },
     .spokenText = [](const CellSource &cell) { return logtext::direction(cell.entry.direction); },
     .toolTip = [](const CellSource &cell) { return logtext::direction(cell.entry.direction); }},
    {.id = LogTable::TypeColumn,
     .name = "type",
     .isShown = true,
     .tone = CellTone::Kind,
     .alignment = Left,
     .isPayload = false,
     // Icons need no title either.
     .title = [](const CellStyle &) { return QString(); },
     .fullTitle = [](const CellStyle &) { return LogColumnInfoWords::tr("Type"); },
     .widthSamples = [](const CellStyle &, int) { return QStringList{QStringLiteral("↓")}; },
     .text = [](const CellSource &cell) { return logtext::kind(cell.entry.kind); },
     .toolTip = [](const CellSource &cell) { return logtext::kind(cell.entry.kind); }},
    {.id = LogTable::SizeColumn,
     .name = "size",
     .isShown = true,
     .tone = CellTone::Dim,
     .alignment = Right,
     .isPayload = false,
     .title =
         [](const CellStyle &style) {
             return style.mergesDelta ? LogColumnInfoWords::tr("Size, Δ") : LogColumnInfoWords::tr("Size");
         },
     .fullTitle =
         [](const CellStyle &style) {
             return style.mergesDelta ? LogColumnInfoWords::tr("Size and delta") : LogColumnInfoWords::tr("Size");
         },
     .widthSamples = sizeAndDeltaSamples,
     .growsWithContent = true,
     .text = sizeAndDeltaText,
     .spokenText = fullSizeAndDeltaText,
     .toolTip = [](const CellSource &cell) { return cell.style.mergesDelta ? fullSizeAndDeltaText(cell) : QString(); }},
    {.id = LogTable::WireSizeColumn,
     .name = "wire-size",
     .isShown = false,
     .tone = CellTone::Dim,
     .alignment = Right,
     .isPayload = false,
     .title = [](const CellStyle &) { return LogColumnInfoWords::tr("On wire"); },
     .fullTitle = [](const CellStyle &) { return LogColumnInfoWords::tr("Size on the wire"); },
     .widthSamples = sizeSamples,
     .growsWithContent = true,
     .text = [](const CellSource &cell) { return logtext::wireSize(cell.entry); }},
    {.id = LogTable::RatioColumn,
     .name = "ratio",
     .isShown = false,
     .tone = CellTone::Dim,
     .alignment = Right,
     .isPayload = false,
     .title = [](const CellStyle &) { return LogColumnInfoWords::tr("Ratio"); },
     .fullTitle = [](const CellStyle &) { return LogColumnInfoWords::tr("Compression ratio"); },
     .widthSamples = [](const CellStyle &, int) { return QStringList{QStringLiteral("9.9 : 1")}; },
     .growsWithContent = true,
     .text = [](const CellSource &cell) { return logtext::ratio(cell.entry); }},
    {.id = LogTable::LatencyColumn,
     .name = "latency",
     .isShown = false,
     .tone = CellTone::Plain,
     .alignment = Right,
     .isPayload = false,
     .title = [](const CellStyle &) { return LogColumnInfoWords::tr("Latency"); },
     .fullTitle =
         [](const CellStyle &) { return LogColumnInfoWords::tr("Latency from ping to pong, from request to answer"); },
     .widthSamples = [](const CellStyle &, int) { return QStringList{QStringLiteral("99.9 ms")}; },
     .growsWithContent = true,
     .text = [](const CellSource &cell) { return logtext::latency(cell.entry); }},
    {.id = LogTable::PreviewColumn,
     .name = "preview",
     .isShown = true,
     .tone = CellTone::Trouble,
     .alignment = Left,
     .isPayload = true,
     .title = [](const CellStyle &) { return LogColumnInfoWords::tr("Preview"); },
     .fullTitle = nullptr,
     .widthSamples = [](const CellStyle &, int) { return QStringList(); },
     .text = [](const CellSource &cell) { return logtext::preview(cell.entry); }},
    {.id = LogTable::FindingsColumn,
     .name = "findings",
     .isShown = false,
     .tone = CellTone::Severity,
     .alignment = Left,
     .isPayload = false,
     .title = [](const CellStyle &) { return LogColumnInfoWords::tr("Findings"); },
     .fullTitle = nullptr,
     .widthSamples = [](const CellStyle &, int) { return QStringList{logtext::longestFindings()}; },
     .text = [](const CellSource &cell) { return logtext::findings(cell.entry); }},
}};

constexpr bool standInOrder()
{
    for (size_t place = 0; place < columnTable.size(); ++place) {
        if (size_t(columnTable.at(place).id) != place)
            return false;
    }
    return true;
}
static_assert(standInOrder(), "of() finds a column at the place of its id");

} // namespace

std::span<const LogColumnInfo> LogColumnInfo::all()
{
    return columnTable;
}

const LogColumnInfo &LogColumnInfo::of(int column)
{
    return columnTable.at(static_cast<size_t>(column));
}

const LogColumnInfo *LogColumnInfo::named(QStringView name)
{
    const auto found = std::find_if(columnTable.begin(), columnTable.end(),
                                    [name](const LogColumnInfo &one) { return name == QLatin1StringView(one.name); });
    return found == columnTable.end() ? nullptr : &*found;
}

Qt::Alignment LogColumnInfo::alignmentFor(const CellStyle &style) const
{
    return id == LogTable::ConnectionColumn && !style.lanes.isEmpty() ? Left : alignment;
}

} // namespace sockeye
