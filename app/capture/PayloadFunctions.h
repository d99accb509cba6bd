#pragma once

#include "base/Job.h"
#include "capture/Sqlite.h"
#include "search/JsonReader.h"

#include <optional>

namespace sockeye {

/// The SQL functions of EntryQuery.h: contains_text, matches_regex, contains_bytes and json_at. A payload that does not
/// stand in `head` is read part by part, on the same connection.
class PayloadFunctions final
{
public:
    /// How much of a payload matches_regex and json_at look at: the first bytes for the one, which may find less in a
    /// longer payload than there is, and nothing of a longer payload for the other.
    static constexpr qint64 MaxExamined = 16 * 1024 * 1024;

    /// Registers the functions; this object must outlive the statements that use them.
    [[nodiscard]] static Result<std::unique_ptr<PayloadFunctions>> install(const SqliteDatabase &database);
    PayloadFunctions(const PayloadFunctions &) = delete;
    PayloadFunctions &operator=(const PayloadFunctions &) = delete;

    /// While set, whatever the functions do is given up when the token is cancelled.
    void setCancel(const std::optional<CancelToken> &cancel) { m_cancel = cancel; }

private:
    class Call;
    class ContainsText;
    class MatchesRegex;
    class ContainsBytes;
    class JsonAt;
    explicit PayloadFunctions(SqliteStatement parts)
        : m_parts(std::move(parts))
    {
    }

    SqliteStatement m_parts;
    std::optional<CancelToken> m_cancel;
    // Kept from call to call, for their memory.
    QByteArray m_payload;
    QString m_text;
    JsonReader m_json;
};

} // namespace sockeye
