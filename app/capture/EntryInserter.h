#pragma once

#include "capture/Connection.h"
#include "capture/Entry.h"
#include "capture/Sqlite.h"

namespace sockeye {

/// Writes entries and connections into an open capture, by statements prepared once. Used in one thread.
class EntryInserter final
{
public:
    [[nodiscard]] static Result<EntryInserter> create(const SqliteDatabase &database);

    [[nodiscard]] Result<> begin() { return m_begin.run(); }
    [[nodiscard]] Result<> commit() { return m_commit.run(); }
    [[nodiscard]] Result<> insert(EntryId id, const NewEntry &entry);
    [[nodiscard]] Result<> put(const ConnectionRecord &record);

private:
    EntryInserter() = default;
    [[nodiscard]] Result<> insertRow(EntryId id, const NewEntry &entry);
    [[nodiscard]] Result<> insertFrames(EntryId id, const FrameHeaders &frames);
    [[nodiscard]] Result<> insertPayload(EntryId id, QByteArrayView payload);
    [[nodiscard]] Result<> insertFindings(EntryId id, const Findings &findings);

    SqliteStatement m_begin;
    SqliteStatement m_commit;
    SqliteStatement m_entry;
    SqliteStatement m_frame;
    SqliteStatement m_payload;
    SqliteStatement m_finding;
    SqliteStatement m_connection;
};

} // namespace sockeye
