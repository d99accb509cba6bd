#include "reading/CaptureCheck.h"

#include "base/Units.h"
#include "capture/CaptureSchema.h"
#include "capture/ConnectionRow.h"
#include "reading/LotScan.h"
#include "reading/ReadingConnection.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace sockeye {

namespace {

/// Ids looked at in one read transaction.
constexpr qint64 Lot = 65'536;

struct CaptureCheckWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::CaptureCheck)
};

/// One SQL question that counts impossible values, and what to say of them; %1 is their number.
struct Question
{
    QByteArray sql;
    QString one;
    QString many;
};

QByteArray number(qint64 value)
{
    return QByteArray::number(value);
}

class Look final
{
public:
    Look(ReadingConnection &connection, CaptureCheck &check, const CancelToken &cancel)
        : m_connection(connection)
        , m_check(check)
        , m_cancel(cancel)
    {
    }

    [[nodiscard]] Result<> run()
    {
        if (const Result<> done = lookAtIds(); !done)
            return done;
        if (const Result<> done = lookAtEntries(); !done)
            return done;
        return lookAtTables();
    }

private:
    /// Counts the entries, and those with impossible values, lot by lot; notes the first gap between ids.
    [[nodiscard]] Result<> lookAtEntries()
    {
        static const QByteArray sql = "SELECT count(*), min(id), max(id), total(time_ns NOT BETWEEN -" +
                                      number(CaptureSchema::MaxTimeNs) + " AND " + number(CaptureSchema::MaxTimeNs) +
                                      "), total(size NOT BETWEEN 0 AND " + number(CaptureSchema::MaxPayload) +
                                      " OR wire_size < 0 OR frame_count < 0 OR finding_count < 0)" +
                                      " FROM entry WHERE id BETWEEN ? AND ?";
        const Result<SqliteStatement *> statement = m_connection.statement(sql);
        if (!statement)
            return statement.error();
        const Result<EntryId> last = m_connection.lastEntry();
        if (!last)
            return last.error();
        qint64 next = 1;
        while (next <= last->value() && !m_cancel.isCancelled()) {
            qint64 rows = 0;
            qint64 first = 0;
            qint64 end = 0;
            const qint64 to = std::min(next + Lot - 1, last->value());
            const Result<> read = forEachRow(*statement.value(), numbers(next, to), [&](const SqliteStatement &row) {
                rows = row.number(0);
                first = row.number(1);
                end = row.number(2);
                m_badTimes += row.number(3);
                m_badSizes += row.number(4);
            });
            if (!read)
                return read;
            if (rows == 0) {
                // On to where there are entries again.
                const Result<std::optional<qint64>> after = m_connection.firstNumber(
                    QByteArrayLiteral("SELECT id FROM entry WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1"),
                    numbers(to, last->value()));
                if (!after)
                    return after.error();
                next = after->value_or(last->value() + 1);
                continue;
            }
            if (m_check.isConsecutive && (first != m_check.entries + 1 || end - first + 1 != rows)) {
                m_check.isConsecutive = false;
                if (const Result<> found = findGap(first, end); !found)
                    return found;
            }
            m_check.entries += rows;
            next = to + 1;
        }
        say(m_check.isConsecutive ? 0 : 1,
            CaptureCheckWords::tr(
                "its entry ids are not consecutive: entry ids from %1 come after %2, the last is %3, and there "
                "are %4 entries")
                .arg(countText(m_gapEnd), countText(m_gapStart), countText(last->value()), countText(m_check.entries)),
            {});
        say(m_badTimes, CaptureCheckWords::tr("an entry has an impossible time"),
            CaptureCheckWords::tr("%1 entries have impossible times"));
        say(m_badSizes, CaptureCheckWords::tr("an entry has an impossible size or count"),
            CaptureCheckWords::tr("%1 entries have impossible sizes or counts"));
        return {};
    }

    /// The first id that does not follow the one before it, in a lot that has the first gap.
    [[nodiscard]] Result<> findGap(qint64 first, qint64 end)
    {
        qint64 before = m_check.entries;
        bool isFound = false;
        return m_connection.forEachRow(QByteArrayLiteral("SELECT id FROM entry WHERE id BETWEEN ? AND ? ORDER BY id"),
                                       numbers(first, end), [&](const SqliteStatement &row) {
                                           if (!isFound && row.number(0) != before + 1) {
                                               isFound = true;
                                               m_gapStart = before;
                                               m_gapEnd = row.number(0);
                                           }
                                           before = row.number(0);
                                       });
    }

    /// Entries that are never shown, because their ids are none.
    [[nodiscard]] Result<> lookAtIds()
    {
        return ask(
            {"SELECT (SELECT count(*) FROM entry WHERE id < 1) + (SELECT count(*) FROM entry WHERE id > " +
                 number(CaptureSchema::MaxEntryId) + ')',
             CaptureCheckWords::tr("an entry is not shown, because its id is none that an entry can have"),
             CaptureCheckWords::tr("%1 entries are not shown, because their ids are none that an entry can have")});
    }

    [[nodiscard]] Result<> lookAtTables()
    {
        static const QByteArray outside =
            " NOT BETWEEN -" + number(CaptureSchema::MaxTimeNs) + " AND " + number(CaptureSchema::MaxTimeNs);
        QList<Question> questions{
            {"SELECT count(*) FROM connection WHERE id < 1 OR id > " + number(CaptureSchema::MaxEntryId),
             CaptureCheckWords::tr("a connection has an impossible id"),
             CaptureCheckWords::tr("%1 connections have impossible ids")},
            {"SELECT count(*) FROM connection WHERE started_ns" + outside + " OR ended_ns" + outside,
             CaptureCheckWords::tr("a connection has impossible times"),
             CaptureCheckWords::tr("%1 connections have impossible times")},
            {"SELECT count(*) FROM connection WHERE length(url) > " + number(ConnectionRow::MaxWords) +
                 " OR length(request_head) > " + number(ConnectionRow::MaxHeadBytes) + " OR length(response_head) > " +
                 number(ConnectionRow::MaxHeadBytes) + " OR length(response_body) > " +
                 number(ConnectionRow::MaxHeadBytes),
             CaptureCheckWords::tr("a connection's URL or head is impossibly long and shown only in part"),
             CaptureCheckWords::tr("the URLs or heads of %1 connections are impossibly long and shown only in part")},
        };
        const Result<bool> buckets = m_connection.hasBuckets();
        if (buckets && buckets.value()) {
            questions.append({"SELECT count(*) FROM bucket WHERE in_count < 0 OR out_count < 0 OR in_bytes < 0 OR "
                              "out_bytes < 0 OR first_entry NOT BETWEEN 1 AND last_entry OR second NOT BETWEEN -" +
                                  number(CaptureSchema::MaxTimeNs / 1'000'000'000) + " AND " +
                                  number(CaptureSchema::MaxTimeNs / 1'000'000'000),
                              CaptureCheckWords::tr("a second of its timeline has impossible sums"),
                              CaptureCheckWords::tr("%1 seconds of its timeline have impossible sums")});
        }
        const Result<bool> annotations = m_connection.hasAnnotations();
        if (annotations && annotations.value()) {
            questions.append(
                {"SELECT count(*) FROM annotation WHERE entry NOT IN (SELECT id FROM entry)",
                 CaptureCheckWords::tr("a bookmark, colour or note is on an entry that is not there"),
                 CaptureCheckWords::tr("%1 bookmarks, colours or notes are on entries that are not there")});
        }
        for (const Question &question : std::as_const(questions)) {
            if (const Result<> done = m_cancel.isCancelled() ? Result<>() : ask(question); !done)
                return done;
        }
        return {};
    }

    [[nodiscard]] Result<> ask(const Question &question)
    {
        const Result<std::optional<qint64>> count = m_connection.firstNumber(question.sql, numbers());
        if (m_cancel.isCancelled())
            return {};
        if (!count)
            return count.error();
        say(count->value_or(0), question.one, question.many);
        return {};
    }

    void say(qint64 count, const QString &one, const QString &many)
    {
        if (count == 1)
            m_check.remarks.append(one);
        else if (count > 1)
            m_check.remarks.append(many.arg(countText(count)));
    }

    ReadingConnection &m_connection;
    CaptureCheck &m_check;
    const CancelToken &m_cancel;
    qint64 m_badTimes = 0;
    qint64 m_badSizes = 0;
    qint64 m_gapStart = 0;
    qint64 m_gapEnd = 0;
};

} // namespace

Result<CaptureCheck> CaptureCheck::run(const QString &path, const CancelToken &cancel)
{
    const auto connection = ReadingConnection::open(path);
    if (!connection)
        return connection.error();
    CaptureCheck check;
    const ReadingConnection::Cancelling cancelling(*connection.value(), cancel);
    const Result<> done = Look(*connection.value(), check, cancel).run();
    return done || cancel.isCancelled() ? Result<CaptureCheck>(check) : done.error();
}

QString CaptureCheck::summary(const QString &path) const
{
    if (remarks.isEmpty())
        return {};
    return CaptureCheckWords::tr("%1 is damaged, or was not written by Sockeye: %2. What can be read of it is shown.")
        .arg(QFileInfo(path).fileName(), remarks.join(u"; "));
}

} // namespace sockeye
