#include "capture/ContainsText.h"

#include "capture/CaptureSchema.h"
#include "capture/Entry.h"
#include "capture/TextSearcher.h"

#include <sqlite3.h>

namespace sockeye {

namespace {

enum Argument { EntryIdArgument, SizeArgument, HeadArgument, NeedleArgument, CaseArgument, ArgumentCount };

QByteArrayView bytesOf(sqlite3_value *value)
{
    const void *data = sqlite3_value_blob(value);
    const int size = sqlite3_value_bytes(value);
    return data != nullptr ? QByteArrayView(static_cast<const char *>(data), size) : QByteArrayView();
}

void deleteSearcher(void *searcher)
{
    delete static_cast<TextSearcher *>(searcher);
}

} // namespace

/// One call of the function by SQLite.
class ContainsText::Call final
{
public:
    static void run(sqlite3_context *context, int, sqlite3_value **arguments)
    {
        Call(context, arguments, *static_cast<ContainsText *>(sqlite3_user_data(context))).answer();
    }

private:
    Call(sqlite3_context *context, sqlite3_value **arguments, ContainsText &function)
        : m_context(context)
        , m_arguments(arguments)
        , m_function(function)
    {
    }

    void answer()
    {
        if (sqlite3_value_type(m_arguments[NeedleArgument]) == SQLITE_NULL) {
            sqlite3_result_int(m_context, 0);
            return;
        }
        // The needle is nearly always the same in every row: SQLite keeps what was made of it. A needle that varies is
        // not kept, and what was made for one call goes with it.
        if (auto *kept = static_cast<TextSearcher *>(sqlite3_get_auxdata(m_context, NeedleArgument))) {
            search(*kept);
            return;
        }
        auto made = std::make_unique<TextSearcher>(bytesOf(m_arguments[NeedleArgument]), sensitivity());
        search(*made);
        sqlite3_set_auxdata(m_context, NeedleArgument, made.release(), deleteSearcher);
    }

    [[nodiscard]] Qt::CaseSensitivity sensitivity() const
    {
        return sqlite3_value_int(m_arguments[CaseArgument]) != 0 ? Qt::CaseSensitive : Qt::CaseInsensitive;
    }

    void search(const TextSearcher &searcher)
    {
        const qint64 size = sqlite3_value_int64(m_arguments[SizeArgument]);
        const QByteArrayView head = bytesOf(m_arguments[HeadArgument]);
        if (searcher.isIn(head)) {
            sqlite3_result_int(m_context, 1);
        } else if (size <= Entry::HeadSize || size < searcher.needleSize()) {
            sqlite3_result_int(m_context, 0);
        } else {
            searchParts(searcher);
        }
    }

    void searchParts(const TextSearcher &searcher)
    {
        SqliteStatement &parts = m_function.m_parts;
        const SqliteReset reset(parts);
        const qint64 entry = sqlite3_value_int64(m_arguments[EntryIdArgument]);
        parts.bindNumber(1, CaptureSchema::partId(entry, 0));
        parts.bindNumber(2, CaptureSchema::partId(entry + 1, 0));
        PartedSearch search(searcher);
        for (;;) {
            if (m_function.m_cancel && m_function.m_cancel->isCancelled()) {
                sqlite3_result_error_code(m_context, SQLITE_INTERRUPT);
                return;
            }
            const Result<bool> row = parts.step();
            if (!row) {
                sqlite3_result_error_code(m_context, sqlite3_extended_errcode(sqlite3_context_db_handle(m_context)));
                return;
            }
            const bool found = row.value() && search.feed(parts.bytes(0));
            if (found || !row.value()) {
                sqlite3_result_int(m_context, found ? 1 : 0);
                return;
            }
        }
    }

    sqlite3_context *m_context;
    sqlite3_value **m_arguments;
    ContainsText &m_function;
};

Result<std::unique_ptr<ContainsText>> ContainsText::install(const SqliteDatabase &database)
{
    Result<SqliteStatement> parts =
        database.prepare("SELECT data FROM payload WHERE id >= ? AND id < ? ORDER BY id", true);
    if (!parts)
        return parts.error();
    std::unique_ptr<ContainsText> function(new ContainsText(std::move(parts).value()));
    const int code = sqlite3_create_function_v2(database.handle(), "contains_text", ArgumentCount,
                                                SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, function.get(),
                                                &Call::run, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return database.error(code);
    return function;
}

} // namespace sockeye
