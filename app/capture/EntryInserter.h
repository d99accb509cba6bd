#pragma once

#include "capture/NewEntryTable.h"
#include "capture/PayloadFile.h"
#include "capture/SecondSums.h"
#include "record/Annotation.h"
#include "record/ConnectionRecord.h"
#include "record/Entry.h"
#include "sqlite/Sqlite.h"

#include <memory>
#include <span>

namespace sockeye {

/// Writes entries and connections into an open capture, by statements prepared once. Used in one thread.
class EntryInserter final
{
public:
    /// For a capture without entries.
    [[nodiscard]] static Result<EntryInserter> create(const SqliteDatabase &database);

    [[nodiscard]] Result<> begin() { return m_begin.run(); }
    /// After a transaction that was rolled back: forgets what it counted of it.
    [[nodiscard]] Result<> beginAnew(const SqliteDatabase &database);
    /// With sums, those of all seconds since they were last written go into the table `bucket` first.
    [[nodiscard]] Result<> commit(bool withSums);
    /// Entries with all that belongs to them, the first with that id and the others following. Each call costs SQLite
    /// about as much as three rows do.
    [[nodiscard]] Result<> insert(EntryId firstId, std::span<const NewEntry> entries);
    [[nodiscard]] Result<> put(const ConnectionRecord &record);
    [[nodiscard]] Result<> annotate(const AnnotationMap &annotations);

private:
    explicit EntryInserter(const QString &capturePath)
        : m_outsidePayloads(capturePath)
    {
    }
    /// What of an entry does not stand in its row.
    [[nodiscard]] Result<> insertRest(EntryId id, const NewEntry &entry);
    [[nodiscard]] Result<> insertFrames(EntryId id, const FrameHeaders &frames);
    [[nodiscard]] Result<> insertPayload(EntryId id, QByteArrayView payload);
    [[nodiscard]] Result<> insertFindings(EntryId id, const Findings &findings);

    /// The statements end before it does.
    std::unique_ptr<NewEntryTable> m_table;
    SqliteStatement m_begin;
    SqliteStatement m_commit;
    SqliteStatement m_insert;
    SqliteStatement m_append;
    SqliteStatement m_frame;
    SqliteStatement m_payload;
    SqliteStatement m_outside;
    SqliteStatement m_finding;
    SqliteStatement m_connection;
    SqliteStatement m_proxyStep;
    SqliteStatement m_bucket;
    SqliteStatement m_summed;
    SqliteStatement m_annotation;
    SqliteStatement m_noAnnotation;
    PayloadFile::Appender m_outsidePayloads;
    SecondSums m_sums;
    /// The id that SQLite gives to the next row of `entry`.
    qint64 m_nextId = 1;
};

} // namespace sockeye
