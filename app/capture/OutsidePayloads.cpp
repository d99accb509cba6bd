#include "capture/OutsidePayloads.h"

#include "capture/CaptureSchema.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <sqlite3.h>

namespace sockeye {

namespace {

/// Others hold the file for a moment at most.
constexpr int FoldingBusyMs = 5000;

struct OutsidePayloadsWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::OutsidePayloads)

public:
    static Error missing(const QString &capture, const QString &payloadFile, qint64 entry)
    {
        return Error{
            tr("The payload of entry %1 of %2 is not there: it stands in %3, which is missing or cut off. Copy "
               "both files together.")
                .arg(entry)
                .arg(QDir::toNativeSeparators(capture), QFileInfo(payloadFile).fileName())};
    }
};

/// Writes payloads into the table, in their parts.
class Folder final
{
public:
    Folder(const SqliteDatabase &database, PayloadFile::Source &source, const CancelToken &cancel)
        : m_database(database)
        , m_source(source)
        , m_cancel(cancel)
    {
    }

    [[nodiscard]] Result<> run()
    {
        Result<SqliteStatement> rows = m_database.prepare(
            "SELECT o.entry, o.at, e.size FROM outside o JOIN entry e ON e.id = o.entry WHERE o.entry <= ? "
            "ORDER BY o.entry");
        if (!rows)
            return rows.error();
        Result<SqliteStatement> insert =
            m_database.prepare("INSERT OR REPLACE INTO payload(id, data) VALUES (?, ?)", true);
        if (!insert)
            return insert.error();
        m_insert = std::move(insert).value();
        m_size = m_source.size();
        Result<> done;
        const Result<> read =
            forEachRow(rows.value(), numbers(CaptureSchema::MaxEntryId), [&](const SqliteStatement &row) {
                done = fold(row.number(0), row.number(1), row.number(2));
                return done.ok() && !m_cancel.isCancelled();
            });
        return read ? done : read;
    }

private:
    /// What lies is left out: a few rows of a file from elsewhere must not make a large file of a small one.
    [[nodiscard]] Result<> fold(qint64 entry, qint64 at, qint64 size)
    {
        if (entry < 1 || at < m_end || size < 1 || size > CaptureSchema::MaxPayload || at > m_size - size)
            return {};
        m_end = at + size;
        for (qint64 part = 0; part * CaptureSchema::PartSize < size; ++part) {
            const qint64 offset = part * CaptureSchema::PartSize;
            m_part.resize(std::min(CaptureSchema::PartSize, size - offset));
            if (!m_source.read(m_part.data(), at + offset, m_part.size()))
                return {};
            m_insert.bindNumber(1, CaptureSchema::partId(entry, part));
            m_insert.bindBlob(2, m_part);
            if (Result<> done = m_insert.run(); !done)
                return done;
        }
        return {};
    }

    const SqliteDatabase &m_database;
    PayloadFile::Source &m_source;
    const CancelToken &m_cancel;
    SqliteStatement m_insert;
    QByteArray m_part;
    qint64 m_size = 0;
    qint64 m_end = 0;
};

} // namespace

OutsidePayloads::OutsidePayloads(const SqliteDatabase &database)
    : m_database(database)
    , m_source(PayloadFile::pathFor(database.path()))
{
    // Captures of earlier versions have no such table.
    if (Result<SqliteStatement> find = database.prepare("SELECT at FROM outside WHERE entry = ?", true); find)
        m_find = std::move(find).value();
}

Result<bool> OutsidePayloads::read(qint64 entry, qint64 begin, qint64 end,
                                   const std::function<bool(QByteArrayView)> &take)
{
    if (!m_find.isPrepared())
        return false;
    // The row is held while the file is read: nobody brings the payload into the capture meanwhile.
    const SqliteReset reset(m_find);
    m_find.bindNumber(1, entry);
    const Result<bool> found = m_find.step();
    if (!found || !found.value())
        return found;
    const qint64 at = m_find.number(0);
    // A file that lies makes nobody take more memory than there are bytes.
    if (at < 0 || at > m_source.size() - end)
        return OutsidePayloadsWords::missing(m_database.path(), m_source.path(), entry);
    for (bool wanted = true; wanted && begin < end; begin += m_piece.size()) {
        m_piece.resize(std::min(CaptureSchema::PartSize, end - begin));
        if (!m_source.read(m_piece.data(), at + begin, m_piece.size()))
            return OutsidePayloadsWords::missing(m_database.path(), m_source.path(), entry);
        wanted = take(m_piece);
    }
    return true;
}

Result<> OutsidePayloads::foldIn(const SqliteDatabase &database, const QString &payloadPath, const CancelToken &cancel)
{
    PayloadFile::Source source(payloadPath);
    if (!source.isThere())
        return {};
    // The file may come from elsewhere: it must not run what its schema says.
    sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    database.setBusyTimeout(FoldingBusyMs);
    if (Result<> begun = database.run("PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE"); !begun)
        return begun;
    Result<> done = Folder(database, source, cancel).run();
    if (done && !cancel.isCancelled())
        done = database.run(("DELETE FROM outside; " + CaptureSchema::closedVersionSql()).constData());
    if (done && !cancel.isCancelled())
        done = database.run("COMMIT");
    if (!done || cancel.isCancelled())
        static_cast<void>(database.run("ROLLBACK").ok());
    return done;
}

} // namespace sockeye
