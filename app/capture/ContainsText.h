#pragma once

#include "base/Job.h"
#include "capture/Sqlite.h"

#include <optional>

namespace sockeye {

/// The SQL function contains_text(entry_id, size, head, needle, case_sensitive) of EntryQuery.h. A payload that does
/// not stand in `head` is read part by part, on the same connection.
class ContainsText final
{
public:
    /// Registers the function; this object must outlive the statements that use it.
    [[nodiscard]] static Result<std::unique_ptr<ContainsText>> install(const SqliteDatabase &database);
    ContainsText(const ContainsText &) = delete;
    ContainsText &operator=(const ContainsText &) = delete;

    /// While set, a long payload is given up when the token is cancelled.
    void setCancel(const std::optional<CancelToken> &cancel) { m_cancel = cancel; }

private:
    class Call;
    explicit ContainsText(SqliteStatement parts)
        : m_parts(std::move(parts))
    {
    }

    SqliteStatement m_parts;
    std::optional<CancelToken> m_cancel;
};

} // namespace sockeye
