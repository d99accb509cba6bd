#pragma once

#include "base/Job.h"
#include "capture/OutsidePayloads.h"
#include "filter/MessageTerms.h"
#include "search/JsonReader.h"
#include "sqlite/Sqlite.h"

#include <optional>
#include <utility>

namespace sockeye {

/// SQL functions over an entry's whole payload. Each begins with the entry's `id, size, head` and reads the payload's
/// rest, part by part on the same connection, only when the head does not decide. A pattern or path that makes no sense
/// is an error.
/// The JSON functions look at each JSON value of a payload, also inside of an envelope (EnvelopeSplitter).
/// All arguments after the entry's own are meant to be the same in each row.
///
///     contains_text(id, size, head, needle, case_sensitive)   holds the bytes of `needle`, folding ASCII case unless
///                                                             case_sensitive is 1
///     matches_regex(id, size, head, pattern, fold_case)       Perl's syntax over the payload as UTF-8; 0 for what is
///                                                             no UTF-8
///     contains_bytes(id, size, head, pattern)                 "de??ad": hex digits, ? for any digit, spaces between
///                                                             bytes do not count
///     json_exists(id, size, head, path)                       there is a value at "$.data[0].price", other than null
///     json_number(id, size, head, path, sign, number)         it compares so (filter::JsonValueIs::Sign) with a number
///                                                             of any length, exactly
///     json_text(id, size, head, path, sign, text)             it compares so with a text
///     json_at(id, size, head, path)                           the value at "$.data[0].price" as SQL's own (a number,
///                                                             a text, 0 or 1 for false and true); NULL for none,
///                                                             for null, and for what is no JSON. An array or object
///                                                             gives its JSON text
///     message_matches(id, size, head, connection, direction, kind, term)
///                                                             what the message says is as this term wants it
///                                                             (setMessageTerms()); 0 without terms
class PayloadFunctions final
{
public:
    /// How much of a payload matches_regex and the JSON functions look at: the first bytes for the one, which may find
    /// less in a longer payload than there is, and nothing of a longer payload for the other.
    static constexpr qint64 MaxExamined = 16 * 1024 * 1024;

    /// Registers the functions; this object must outlive the statements that use them.
    [[nodiscard]] static Result<std::unique_ptr<PayloadFunctions>> install(const SqliteDatabase &database);
    PayloadFunctions(const PayloadFunctions &) = delete;
    PayloadFunctions &operator=(const PayloadFunctions &) = delete;

    /// While set, whatever the functions do is given up when the token is cancelled.
    void setCancel(const std::optional<CancelToken> &cancel) { m_cancel = cancel; }

    /// What message_matches() asks from now on, null for none; gives what it asked before. They outlive what asks.
    filter::MessageTerms *setMessageTerms(filter::MessageTerms *terms) { return std::exchange(m_messageTerms, terms); }

    /// Where they read what stands in no table.
    [[nodiscard]] OutsidePayloads &outsidePayloads() { return m_outside; }

private:
    class Call;
    class ContainsText;
    class MatchesRegex;
    class ContainsBytes;
    class JsonAt;
    class JsonMatches;
    class JsonExists;
    class JsonNumber;
    class JsonText;
    class MessageMatches;
    PayloadFunctions(const SqliteDatabase &database, SqliteStatement parts)
        : m_parts(std::move(parts))
        , m_outside(database)
    {
    }

    SqliteStatement m_parts;
    OutsidePayloads m_outside;
    std::optional<CancelToken> m_cancel;
    filter::MessageTerms *m_messageTerms = nullptr;
    // Kept from call to call, for their memory.
    QByteArray m_payload;
    QString m_text;
    JsonReader m_json;
};

} // namespace sockeye
