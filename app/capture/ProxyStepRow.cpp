#include "capture/ProxyStepRow.h"

#include "capture/CaptureSchema.h"
#include "capture/ConnectionRow.h"

#include <algorithm>

namespace sockeye::ProxyStepRow {

namespace {

QByteArrayView bounded(QByteArrayView bytes, qsizetype most)
{
    return bytes.first(std::min(bytes.size(), most));
}

QByteArray head(const SqliteStatement &row, int column)
{
    return bounded(row.bytes(column), ConnectionRow::MaxHeadBytes).toByteArray();
}

} // namespace

const char *createSql()
{
    return R"sql(
CREATE TABLE proxy_step(
    connection INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    proxy TEXT NOT NULL,
    sent_ns INTEGER NOT NULL,
    replied_ns INTEGER,
    request_head BLOB NOT NULL,
    response_head BLOB NOT NULL,
    response_body BLOB NOT NULL,
    PRIMARY KEY(connection, seq)
);
)sql";
}

QByteArray insertSql()
{
    return "INSERT OR REPLACE INTO proxy_step(connection, seq, proxy, sent_ns, replied_ns, request_head, "
           "response_head, response_body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
}

Result<> write(SqliteStatement &insert, const ConnectionRecord &record)
{
    for (qsizetype seq = 0; seq < record.proxySteps.size(); ++seq) {
        const ProxyStep &step = record.proxySteps[seq];
        const QByteArray proxy = step.proxy.toUtf8();
        insert.bindNumber(1, record.id.value());
        insert.bindNumber(2, seq);
        insert.bindText(3, proxy);
        insert.bindNumber(4, toNs(step.sent));
        if (step.replied == Timestamp())
            insert.bindNull(5);
        else
            insert.bindNumber(5, toNs(step.replied));
        insert.bindBlob(6, step.request);
        insert.bindBlob(7, step.reply);
        insert.bindBlob(8, step.body);
        if (Result<> done = insert.run(); !done)
            return done;
    }
    return {};
}

QByteArray selectSql()
{
    return "SELECT connection, proxy, sent_ns, replied_ns, request_head, response_head, response_body FROM proxy_step "
           "ORDER BY connection, seq";
}

QByteArray selectOfConnectionSql()
{
    return "SELECT connection, proxy, sent_ns, replied_ns, request_head, response_head, response_body FROM proxy_step "
           "WHERE connection = ? ORDER BY seq";
}

ConnectionId connection(const SqliteStatement &row)
{
    return ConnectionId(row.number(0));
}

ProxyStep read(const SqliteStatement &row)
{
    return {.proxy = QString::fromUtf8(bounded(row.bytes(1), ConnectionRow::MaxWords)),
            .sent = CaptureSchema::timeFrom(row.number(2)),
            .replied = CaptureSchema::timeFrom(row.number(3)),
            .request = head(row, 4),
            .reply = head(row, 5),
            .body = head(row, 6)};
}

} // namespace sockeye::ProxyStepRow
