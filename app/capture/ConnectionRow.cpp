#include "capture/ConnectionRow.h"

#include "capture/CaptureSchema.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace sockeye::ConnectionRow {

using namespace Qt::StringLiterals;

namespace {

/// The columns in order; read() and write() count through them in the same order.
constexpr char Columns[] =
    "id, url, started_ns, ended_ns, end_kind, close_code, close_reason, end_text, peer_address, subprotocol, "
    "resolve_ns, tcp_ns, proxy_ns, tls_ns, upgrade_ns, total_ns, tls_version, tls_cipher, tls_alpn, tls_chain, "
    "tls_errors, extensions, end_details, in_compressed, in_compressed_wire, in_compressed_plain, out_compressed, "
    "out_compressed_wire, out_compressed_plain, checks, request_head, response_head, response_body";
constexpr int ColumnCount = 33;

QByteArray checksToJson(const QList<HandshakeCheck> &checks)
{
    QJsonArray array;
    for (const HandshakeCheck &check : checks) {
        array.append(QJsonObject{{u"rule"_s, check.rule},
                                 {u"section"_s, check.section},
                                 {u"passed"_s, check.passed},
                                 {u"text"_s, check.text}});
    }
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

QList<HandshakeCheck> checksFromJson(const QByteArray &json)
{
    QList<HandshakeCheck> checks;
    const QJsonArray array = QJsonDocument::fromJson(json).array();
    for (const QJsonValue &value : array) {
        const QJsonObject object = value.toObject();
        checks.append({object[u"rule"].toString(), object[u"section"].toString(), object[u"passed"].toBool(),
                       object[u"text"].toString()});
    }
    return checks;
}

QByteArray chainToJson(const QList<QByteArray> &chain)
{
    QJsonArray array;
    for (const QByteArray &pem : chain)
        array.append(QString::fromUtf8(pem));
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

QList<QByteArray> chainFromJson(const QByteArray &json)
{
    QList<QByteArray> chain;
    const QJsonArray array = QJsonDocument::fromJson(json).array();
    for (const QJsonValue &value : array)
        chain.append(value.toString().toUtf8());
    return chain;
}

QJsonValue closeToJson(const std::optional<CloseBody> &close, Timestamp time)
{
    if (!close)
        return {};
    return QJsonObject{{u"code"_s, close->code},
                       {u"reason"_s, close->reason},
                       {u"well_formed"_s, close->wellFormed},
                       {u"time_ns"_s, QString::number(toNs(time))}};
}

std::optional<CloseBody> closeFromJson(const QJsonValue &value, Timestamp &time)
{
    if (!value.isObject())
        return std::nullopt;
    const QJsonObject object = value.toObject();
    time = CaptureSchema::timeFrom(object[u"time_ns"].toString().toLongLong());
    return CloseBody{static_cast<quint16>(object[u"code"].toInt()), object[u"reason"].toString(),
                     object[u"well_formed"].toBool(true)};
}

/// Times as strings: a JSON number does not hold nanoseconds since 1970 exactly.
QByteArray endToJson(const EndDetails &end)
{
    const QJsonObject object{{u"sent_close"_s, closeToJson(end.sentClose, end.sentCloseTime)},
                             {u"received_close"_s, closeToJson(end.receivedClose, end.receivedCloseTime)},
                             {u"tcp"_s, int(end.tcp)},
                             {u"network_error"_s, end.networkError},
                             {u"broken_rule"_s, end.brokenRule},
                             {u"unsent_bytes"_s, end.unsentBytes},
                             {u"partial_bytes"_s, end.partialBytes},
                             {u"last_in_ns"_s, QString::number(toNs(end.lastIn))},
                             {u"last_out_ns"_s, QString::number(toNs(end.lastOut))},
                             {u"waited_ns"_s, QString::number(end.closeTimedOutAfter.count())}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// Binds one column after the other, keeping alive what SQLite only points to until the statement has run.
class Binder final
{
public:
    explicit Binder(SqliteStatement &statement)
        : m_statement(statement)
    {
    }

    void number(qint64 value) { m_statement.bindNumber(m_next++, value); }
    void blob(const QByteArray &value) { m_statement.bindBlob(m_next++, value); }
    void text(const QByteArray &utf8)
    {
        m_kept.append(utf8);
        m_statement.bindText(m_next++, m_kept.constLast());
    }
    void text(const QString &value) { text(value.toUtf8()); }
    void time(Timestamp value) { numberOrNull(toNs(value), value != Timestamp()); }
    void phase(Nanoseconds value) { numberOrNull(value.count(), value.count() >= 0); }
    void totals(const CompressionTotals &value)
    {
        number(value.messages);
        number(value.wireBytes);
        number(value.plainBytes);
    }

private:
    void numberOrNull(qint64 value, bool present)
    {
        if (present)
            m_statement.bindNumber(m_next++, value);
        else
            m_statement.bindNull(m_next++);
    }

    SqliteStatement &m_statement;
    QByteArrayList m_kept;
    int m_next = 1;
};

class Fields final
{
public:
    explicit Fields(const SqliteStatement &row)
        : m_row(row)
    {
    }

    qint64 number() { return m_row.number(m_next++); }
    QString text() { return QString::fromUtf8(bytes(MaxWords)); }
    QByteArray blob() { return bytes(MaxHeadBytes).toByteArray(); }
    Timestamp time() { return CaptureSchema::timeFrom(number()); }
    CompressionTotals totals()
    {
        const qint64 messages = number();
        const qint64 wireBytes = number();
        return {messages, wireBytes, number()};
    }
    Nanoseconds phase()
    {
        const int column = m_next++;
        return Nanoseconds(m_row.isNull(column) ? -1 : std::min(m_row.number(column), CaptureSchema::MaxTimeNs));
    }

private:
    /// A file from elsewhere may hold any amount.
    QByteArrayView bytes(qsizetype most)
    {
        const QByteArrayView all = m_row.bytes(m_next++);
        return all.first(std::min(all.size(), most));
    }

    const SqliteStatement &m_row;
    int m_next = 0;
};

EndKind endKindFrom(qint64 value)
{
    const bool known = value >= 0 && value <= qint64(EndKind::Aborted);
    return known ? static_cast<EndKind>(value) : EndKind::Dropped;
}

} // namespace

QByteArray insertSql()
{
    QByteArrayList marks;
    marks.fill("?", ColumnCount);
    return QByteArray("INSERT OR REPLACE INTO connection(") + Columns + ") VALUES (" + marks.join(", ") + ')';
}

Result<> write(SqliteStatement &insert, const ConnectionRecord &record)
{
    Binder bind(insert);
    bind.number(record.id.value());
    bind.text(record.url);
    bind.number(toNs(record.started));
    bind.time(record.ended);
    bind.number(qint64(record.endKind));
    bind.number(record.closeCode);
    bind.text(record.closeReason);
    bind.text(record.endText);
    bind.text(record.peerAddress);
    bind.text(record.subprotocol);
    bind.phase(record.timings.resolve);
    bind.phase(record.timings.tcp);
    bind.phase(record.timings.proxy);
    bind.phase(record.timings.tls);
    bind.phase(record.timings.upgrade);
    bind.phase(record.timings.total);
    bind.text(record.tls.version);
    bind.text(record.tls.cipher);
    bind.text(record.tls.alpn);
    bind.text(chainToJson(record.tls.chainPem));
    bind.text(QJsonDocument(QJsonArray::fromStringList(record.tls.errors)).toJson(QJsonDocument::Compact));
    bind.text(record.extensions);
    bind.text(record.end ? endToJson(*record.end) : QByteArray());
    bind.totals(record.compressedIn);
    bind.totals(record.compressedOut);
    bind.text(checksToJson(record.checks));
    bind.blob(record.requestHead);
    bind.blob(record.responseHead);
    bind.blob(record.responseBody);
    return insert.run();
}

QByteArray selectSql()
{
    return QByteArray("SELECT ") + Columns + " FROM connection";
}

QByteArray selectEndsSql()
{
    QByteArrayList columns = QByteArray(Columns).split(',');
    for (QByteArray &column : columns) {
        column = column.trimmed();
        // SQLite does not fetch what is not named.
        if (column == "tls_chain" || column == "checks" || column == "request_head" || column == "response_head" ||
            column == "response_body")
            column = "''";
    }
    return "SELECT " + columns.join(", ") + " FROM connection WHERE end_details <> ''";
}

ConnectionRecord read(const SqliteStatement &row)
{
    Fields fields(row);
    ConnectionRecord record;
    record.id = ConnectionId(fields.number());
    record.url = fields.text();
    record.started = fields.time();
    record.ended = fields.time();
    record.endKind = endKindFrom(fields.number());
    record.closeCode = static_cast<quint16>(fields.number());
    record.closeReason = fields.text();
    record.endText = fields.text();
    record.peerAddress = fields.text();
    record.subprotocol = fields.text();
    record.timings.resolve = fields.phase();
    record.timings.tcp = fields.phase();
    record.timings.proxy = fields.phase();
    record.timings.tls = fields.phase();
    record.timings.upgrade = fields.phase();
    record.timings.total = fields.phase();
    record.tls.version = fields.text();
    record.tls.cipher = fields.text();
    record.tls.alpn = fields.text();
    record.tls.chainPem = chainFromJson(fields.blob());
    record.tls.errors = QJsonDocument::fromJson(fields.blob()).toVariant().toStringList();
    record.extensions = fields.text();
    record.end = endFrom(fields.blob());
    record.compressedIn = fields.totals();
    record.compressedOut = fields.totals();
    record.checks = checksFromJson(fields.blob());
    record.requestHead = fields.blob();
    record.responseHead = fields.blob();
    record.responseBody = fields.blob();
    return record;
}

std::optional<EndDetails> endFrom(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (object.isEmpty())
        return std::nullopt;
    const auto number = [&object](const QString &name) { return object[name].toString().toLongLong(); };
    EndDetails end;
    end.sentClose = closeFromJson(object[u"sent_close"], end.sentCloseTime);
    end.receivedClose = closeFromJson(object[u"received_close"], end.receivedCloseTime);
    end.tcp = static_cast<TcpEnd>(std::clamp(object[u"tcp"].toInt(), 0, int(TcpEnd::Failed)));
    end.networkError = object[u"network_error"].toString();
    end.brokenRule = object[u"broken_rule"].toString();
    end.unsentBytes = object[u"unsent_bytes"].toInteger();
    end.partialBytes = object[u"partial_bytes"].toInteger();
    end.lastIn = CaptureSchema::timeFrom(number(u"last_in_ns"_s));
    end.lastOut = CaptureSchema::timeFrom(number(u"last_out_ns"_s));
    end.closeTimedOutAfter = Nanoseconds(number(u"waited_ns"_s));
    return end;
}

} // namespace sockeye::ConnectionRow
