#pragma once

#include "record/Annotation.h"
#include "record/ConnectionRecord.h"
#include "record/Entry.h"
#include "capture/SecondSums.h"
#include "capture/Sqlite.h"

#include <span>

namespace sockeye {

/// Writes entries and connections into an open capture, by statements prepared once. Used in one thread.
class EntryInserter final
{
public:
    [[nodiscard]] static Result<EntryInserter> create(const SqliteDatabase &database);

    [[nodiscard]] Result<> begin() { return m_begin.run(); }
    /// Writes the sums of the transaction's seconds first (table `bucket`).
    [[nodiscard]] Result<> commit();
    /// One entry with all that belongs to it.
    [[nodiscard]] Result<> insert(EntryId id, const NewEntry &entry);
    /// How many entries insertPlain() takes at once. Each statement run costs SQLite about as much as three rows do.
    static constexpr size_t RowsAtOnce = 16;
    /// Whether an entry is a row and nothing else: a short payload, one frame at most, no finding.
    [[nodiscard]] static bool isPlain(const NewEntry &entry);
    /// Plain entries, the first with that id and the others following.
    [[nodiscard]] Result<> insertPlain(EntryId firstId, std::span<const NewEntry, RowsAtOnce> entries);
    [[nodiscard]] Result<> put(const ConnectionRecord &record);
    [[nodiscard]] Result<> annotate(const AnnotationMap &annotations);

private:
    EntryInserter() = default;
    [[nodiscard]] Result<> insertFrames(EntryId id, const FrameHeaders &frames);
    [[nodiscard]] Result<> insertPayload(EntryId id, QByteArrayView payload);
    [[nodiscard]] Result<> insertFindings(EntryId id, const Findings &findings);

    SqliteStatement m_begin;
    SqliteStatement m_commit;
    SqliteStatement m_entry;
    SqliteStatement m_entries;
    SqliteStatement m_frame;
    SqliteStatement m_payload;
    SqliteStatement m_finding;
    SqliteStatement m_connection;
    SqliteStatement m_proxyStep;
    SqliteStatement m_bucket;
    SqliteStatement m_annotation;
    SqliteStatement m_noAnnotation;
    SecondSums m_sums;
};

} // namespace sockeye
