#include "reading/ConnectionList.h"

#include "capture/CaptureSchema.h"
#include "capture/ConnectionRow.h"
#include "reading/ReadingConnection.h"

#include <algorithm>

namespace sockeye {

namespace {

/// A mark's words stand in a tool tip.
constexpr int MaxWords = 300;
/// The details of an end have a reason of 123 bytes in each of two close frames.
constexpr int MaxDetails = 8192;

EndKind endKindFrom(qint64 value)
{
    const bool known = value >= 0 && value <= qint64(EndKind::Aborted);
    return known ? static_cast<EndKind>(value) : EndKind::Dropped;
}

ConnectionSpan readSpan(const SqliteStatement &row)
{
    const EndKind kind = endKindFrom(row.number(5));
    const auto code = static_cast<quint16>(row.number(7));
    // Only then they make a difference.
    const bool needsDetails = kind == EndKind::Clean && isErrorCloseCode(code);
    const std::optional<EndDetails> end =
        needsDetails ? ConnectionRow::endFrom(row.text(8).toUtf8()) : std::nullopt;
    return {.id = ConnectionId(row.number(0)),
            .url = row.text(1),
            .started = CaptureSchema::timeFrom(row.number(2)),
            .total = Nanoseconds(row.isNull(3) ? -1 : std::min(row.number(3), CaptureSchema::MaxTimeNs)),
            .ended = CaptureSchema::timeFrom(row.number(4)),
            .endKind = kind,
            .endText = row.text(6),
            .severity = endSeverity(kind, code, end)};
}

} // namespace

Result<QList<ConnectionSpan>> ConnectionList::newest(int most) const
{
    QList<ConnectionSpan> spans;
    const QByteArray words = QByteArray::number(MaxWords);
    const QByteArray sql = "SELECT id, substr(url, 1, " + words +
                           "), started_ns, total_ns, ended_ns, end_kind, substr(end_text, 1, " + words +
                           "), close_code, substr(end_details, 1, " + QByteArray::number(MaxDetails) +
                           ") FROM connection ORDER BY id DESC LIMIT ?";
    const Result<> read = m_connection.forEachRow(
        sql, numbers(most), [&spans](const SqliteStatement &row) { spans.append(readSpan(row)); });
    std::reverse(spans.begin(), spans.end());
    return read ? Result<QList<ConnectionSpan>>(spans) : read.error();
}

Result<QList<ConnectionList::Start>> ConnectionList::starts(int most) const
{
    const Result<std::optional<qint64>> count =
        m_connection.firstNumber(QByteArrayLiteral("SELECT count(*) FROM connection"), numbers());
    if (!count)
        return count.error();
    const qint64 stride = (count->value_or(0) + most - 1) / std::max(most, 1);
    QList<Start> starts;
    qint64 place = 0;
    const Result<> read = m_connection.forEachRow(
        QByteArrayLiteral("SELECT id, started_ns FROM connection ORDER BY id"), numbers(),
        [&](const SqliteStatement &row) {
            // By their places: ids may be any.
            if (place++ % std::max<qint64>(stride, 1) == 0)
                starts.append({ConnectionId(row.number(0)), CaptureSchema::timeFrom(row.number(1))});
        });
    return read ? Result<QList<Start>>(starts) : read.error();
}

Result<ConnectionId> ConnectionList::last() const
{
    const Result<std::optional<qint64>> id =
        m_connection.firstNumber(QByteArrayLiteral("SELECT max(id) FROM connection"), numbers());
    return id ? Result<ConnectionId>(ConnectionId(id->value_or(0))) : id.error();
}

} // namespace sockeye
