#include "capture/PayloadFunctions.h"

#include "capture/CaptureSchema.h"
#include "filter/JsonMatcher.h"
#include "record/Entry.h"
#include "search/BytePattern.h"
#include "search/EnvelopeSplitter.h"
#include "search/JsonPath.h"
#include "search/TextSearcher.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringDecoder>

#include <sqlite3.h>

namespace sockeye {

using filter::JsonMatcher;
using filter::JsonValueIs;

namespace {

/// What every function begins with, and the first argument of its own.
enum Argument { EntryIdArgument, SizeArgument, HeadArgument, FirstOwnArgument };

/// A long regular expression's payload takes memory as long as the reader lives; beyond so much it is given back.
constexpr qsizetype MaxKept = 1024 * 1024;

QByteArrayView bytesOf(sqlite3_value *value)
{
    const void *data = sqlite3_value_blob(value);
    const int size = sqlite3_value_bytes(value);
    return data != nullptr ? QByteArrayView(static_cast<const char *>(data), size) : QByteArrayView();
}

Error badPattern(const QString &pattern, const QString &reason)
{
    return Error{QCoreApplication::translate("sockeye::PayloadFunctions", "“%1” cannot be searched for: %2")
                     .arg(pattern, reason)};
}

} // namespace

/// One call of a function by SQLite.
class PayloadFunctions::Call
{
public:
    Call(sqlite3_context *context, sqlite3_value **arguments)
        : m_context(context)
        , m_arguments(arguments)
        , m_functions(*static_cast<PayloadFunctions *>(sqlite3_user_data(context)))
    {
    }

protected:
    /// Calls `use` with what `make` makes of the first own argument, a Result of a pointer. The argument is nearly
    /// always the same in every row, and SQLite keeps what was made of it; of one that varies it is not kept.
    template<typename Made, typename Make, typename Use>
    void withPattern(Make make, Use use)
    {
        if (m_functions.m_cancel && m_functions.m_cancel->isCancelled())
            return fail(SQLITE_INTERRUPT);
        if (auto *kept = static_cast<Made *>(sqlite3_get_auxdata(m_context, FirstOwnArgument)))
            return use(*kept);
        Result<std::shared_ptr<Made>> made = make();
        if (!made) {
            const QByteArray words = made.message().toUtf8();
            sqlite3_result_error(m_context, words.constData(), static_cast<int>(words.size()));
            return;
        }
        use(*made.value());
        // SQLite may give it up at once.
        sqlite3_set_auxdata(m_context, FirstOwnArgument, new Made(std::move(*made.value())),
                            [](void *kept) { delete static_cast<Made *>(kept); });
    }

    [[nodiscard]] bool isNull(int argument) const { return sqlite3_value_type(m_arguments[argument]) == SQLITE_NULL; }
    [[nodiscard]] QByteArrayView bytes(int argument) const { return bytesOf(m_arguments[argument]); }
    [[nodiscard]] QString text(int argument) const { return QString::fromUtf8(bytes(argument)); }
    [[nodiscard]] qint64 integer(int argument) const { return sqlite3_value_int64(m_arguments[argument]); }
    [[nodiscard]] int number(int argument) const { return sqlite3_value_int(m_arguments[argument]); }
    [[nodiscard]] bool flag(int argument) const { return number(argument) != 0; }
    [[nodiscard]] qint64 size() const { return sqlite3_value_int64(m_arguments[SizeArgument]); }
    [[nodiscard]] QByteArrayView head() const { return bytes(HeadArgument); }
    [[nodiscard]] bool isWhole() const { return size() <= Entry::HeadSize; }

    void answer(bool yes) { sqlite3_result_int(m_context, yes ? 1 : 0); }
    void fail(int code) { sqlite3_result_error_code(m_context, code); }

    /// Calls `take` for each part until it returns true. False, with the result set, if they cannot be read.
    template<typename Take>
    [[nodiscard]] bool forEachPart(Take take)
    {
        const qint64 entry = sqlite3_value_int64(m_arguments[EntryIdArgument]);
        bool interrupted = false;
        const auto takePart = [&](QByteArrayView part) {
            interrupted = m_functions.m_cancel && m_functions.m_cancel->isCancelled();
            return !interrupted && !take(part);
        };
        // One that should stand outside and is missing has no parts, as one that is missing in the table.
        const Result<bool> outside = m_functions.m_outside.read(entry, 0, size(), takePart);
        Result<> read;
        if (outside && !outside.value()) {
            read = forEachRow(m_functions.m_parts,
                              numbers(CaptureSchema::partId(entry, 0), CaptureSchema::partId(entry + 1, 0)),
                              [&](const SqliteStatement &row) { return takePart(row.bytes(0)); });
        }
        if (interrupted)
            fail(SQLITE_INTERRUPT);
        else if (!read)
            fail(sqlite3_extended_errcode(sqlite3_context_db_handle(m_context)));
        return read.ok() && !interrupted;
    }

    /// Finds something that has feed(part) in a payload that does not stand in the head.
    template<typename Search>
    void searchParts(Search &&search)
    {
        bool found = false;
        const auto take = [&](QByteArrayView part) { return found = search.feed(part); };
        if (forEachPart(take))
            answer(found);
    }

    /// The payload's first bytes, at most MaxExamined. False, with the result set, if they cannot be read.
    [[nodiscard]] bool readPayload(QByteArrayView &payload)
    {
        payload = head();
        if (isWhole())
            return true;
        QByteArray &buffer = m_functions.m_payload;
        if (buffer.capacity() > MaxKept)
            buffer = QByteArray();
        buffer.resize(0);
        const auto take = [&buffer](QByteArrayView part) {
            buffer.append(part.first(std::min<qsizetype>(part.size(), MaxExamined - buffer.size())));
            return buffer.size() >= MaxExamined;
        };
        if (!forEachPart(take))
            return false;
        payload = buffer;
        return true;
    }

    [[nodiscard]] PayloadFunctions &functions() const { return m_functions; }
    [[nodiscard]] sqlite3_context *context() const { return m_context; }

private:
    sqlite3_context *m_context;
    sqlite3_value **m_arguments;
    PayloadFunctions &m_functions;
};

/// contains_text(id, size, head, needle, case_sensitive)
class PayloadFunctions::ContainsText final : private Call
{
public:
    static constexpr int ArgumentCount = FirstOwnArgument + 2;
    using Call::Call;

    void run()
    {
        if (isNull(FirstOwnArgument))
            return answer(false);
        const auto make = [this]() -> Result<std::shared_ptr<TextSearcher>> {
            const bool exact = flag(FirstOwnArgument + 1);
            return std::make_shared<TextSearcher>(bytes(FirstOwnArgument),
                                                  exact ? Qt::CaseSensitive : Qt::CaseInsensitive);
        };
        withPattern<TextSearcher>(make, [this](const TextSearcher &searcher) {
            const bool inHead = searcher.isIn(head());
            if (inHead || isWhole() || size() < searcher.needleSize())
                answer(inHead);
            else
                searchParts(PartedSearch(searcher));
        });
    }
};

/// contains_bytes(id, size, head, pattern)
class PayloadFunctions::ContainsBytes final : private Call
{
public:
    static constexpr int ArgumentCount = FirstOwnArgument + 1;
    using Call::Call;

    void run()
    {
        if (isNull(FirstOwnArgument))
            return answer(false);
        const auto make = [this]() -> Result<std::shared_ptr<BytePattern>> {
            Result<BytePattern> pattern = BytePattern::parse(text(FirstOwnArgument));
            if (!pattern)
                return badPattern(text(FirstOwnArgument), pattern.message());
            return std::make_shared<BytePattern>(std::move(pattern).value());
        };
        withPattern<BytePattern>(make, [this](const BytePattern &pattern) {
            const bool inHead = pattern.isIn(head());
            if (inHead || isWhole() || size() < pattern.size())
                answer(inHead);
            else
                searchParts(PartedBytePattern(pattern));
        });
    }
};

/// matches_regex(id, size, head, pattern, fold_case)
class PayloadFunctions::MatchesRegex final : private Call
{
public:
    static constexpr int ArgumentCount = FirstOwnArgument + 2;
    using Call::Call;

    void run()
    {
        if (isNull(FirstOwnArgument))
            return answer(false);
        const auto make = [this]() -> Result<std::shared_ptr<QRegularExpression>> {
            QRegularExpression::PatternOptions options = QRegularExpression::DontCaptureOption;
            options.setFlag(QRegularExpression::CaseInsensitiveOption, flag(FirstOwnArgument + 1));
            auto expression = std::make_shared<QRegularExpression>(text(FirstOwnArgument), options);
            // Back references need the groups.
            if (!expression->isValid())
                expression->setPatternOptions(options & ~int(QRegularExpression::DontCaptureOption));
            if (!expression->isValid())
                return badPattern(text(FirstOwnArgument), expression->errorString());
            expression->optimize();
            return expression;
        };
        withPattern<QRegularExpression>(make, [this](const QRegularExpression &expression) {
            QByteArrayView payload;
            if (readPayload(payload))
                answer(decode(payload) && expression.match(functions().m_text).hasMatch());
        });
    }

private:
    /// Into the text that is kept; false for what is no UTF-8. What was cut off may end within a character.
    [[nodiscard]] bool decode(QByteArrayView payload)
    {
        QString &text = functions().m_text;
        if (text.capacity() > MaxKept)
            text = QString();
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
        text.resize(decoder.requiredSpace(payload.size()));
        const QChar *end = decoder.appendToBuffer(text.data(), payload);
        text.resize(end - text.constData());
        if (decoder.hasError())
            return false;
        // A character that lacks bytes is an error only at the payload's end: what is left in the decoder tells.
        QChar rest[8];
        const bool isComplete = decoder.appendToBuffer(rest, "a") == rest + 1 && !decoder.hasError();
        return isComplete || payload.size() < size();
    }
};

/// json_at(id, size, head, path)
class PayloadFunctions::JsonAt final : private Call, private JsonReader::Target
{
public:
    static constexpr int ArgumentCount = FirstOwnArgument + 1;
    using Call::Call;

    void run()
    {
        // NULL until something is found.
        if (isNull(FirstOwnArgument))
            return;
        const auto make = [this]() -> Result<std::shared_ptr<JsonPath>> {
            Result<JsonPath> path = JsonPath::parse(text(FirstOwnArgument));
            if (!path)
                return badPattern(text(FirstOwnArgument), path.message());
            return std::make_shared<JsonPath>(std::move(path).value());
        };
        withPattern<JsonPath>(make, [this](const JsonPath &path) {
            QByteArrayView payload;
            if (size() <= MaxExamined && readPayload(payload))
                readFirst(payload, path);
        });
    }

private:
    /// Of several JSON values in one payload the first one that has such a value counts.
    void readFirst(QByteArrayView payload, const JsonPath &path)
    {
        EnvelopeSplitter splitter(payload);
        for (auto part = splitter.next(); part && !m_isFound; part = splitter.next()) {
            if (part->kind == EnvelopePart::Kind::Json)
                functions().m_json.read(splitter.bytes(*part), path, *this);
        }
    }

    void takeNumber(QByteArrayView literal) override
    {
        m_isFound = true;
        bool isInteger = false;
        const qint64 integer = literal.toLongLong(&isInteger);
        if (isInteger)
            sqlite3_result_int64(context(), integer);
        else
            sqlite3_result_double(context(), literal.toDouble());
    }
    void takeBool(bool value) override
    {
        m_isFound = true;
        sqlite3_result_int(context(), value ? 1 : 0);
    }
    void takeText(QByteArrayView utf8) override
    {
        m_isFound = true;
        sqlite3_result_text64(context(), utf8.data(), static_cast<quint64>(utf8.size()), SQLITE_TRANSIENT, // NOLINT
                              SQLITE_UTF8);
    }

    bool m_isFound = false;
};

/// What json_exists, json_number and json_text have in common.
class PayloadFunctions::JsonMatches : protected Call
{
public:
    using Call::Call;

protected:
    /// `value` makes what the argument after the sign is compared as; it is called once for a statement.
    template<typename Value>
    void match(Value value)
    {
        if (isNull(FirstOwnArgument))
            return answer(false);
        const auto make = [&]() -> Result<std::shared_ptr<JsonMatcher>> {
            Result<JsonMatcher> matcher = JsonMatcher::of(value());
            if (!matcher)
                return badPattern(text(FirstOwnArgument), matcher.message());
            return std::make_shared<JsonMatcher>(std::move(matcher).value());
        };
        withPattern<JsonMatcher>(make, [this](JsonMatcher &matcher) {
            QByteArrayView payload;
            if (size() > MaxExamined)
                answer(false);
            else if (readPayload(payload))
                answer(matcher.matches(payload, functions().m_json));
        });
    }

    [[nodiscard]] JsonValueIs::Sign sign() const { return JsonValueIs::Sign(number(FirstOwnArgument + 1)); }
};

/// json_exists(id, size, head, path)
class PayloadFunctions::JsonExists final : private JsonMatches
{
public:
    static constexpr int ArgumentCount = FirstOwnArgument + 1;
    using JsonMatches::JsonMatches;

    void run()
    {
        match([this] { return JsonValueIs{text(FirstOwnArgument), JsonValueIs::Sign::Exists, {}}; });
    }
};

/// json_number(id, size, head, path, sign, number)
class PayloadFunctions::JsonNumber final : private JsonMatches
{
public:
    static constexpr int ArgumentCount = FirstOwnArgument + 3;
    using JsonMatches::JsonMatches;

    void run()
    {
        match([this] {
            const QByteArray literal = bytes(FirstOwnArgument + 2).toByteArray();
            return JsonValueIs{text(FirstOwnArgument), sign(), filter::JsonNumber{literal}};
        });
    }
};

/// json_text(id, size, head, path, sign, text)
class PayloadFunctions::JsonText final : private JsonMatches
{
public:
    static constexpr int ArgumentCount = FirstOwnArgument + 3;
    using JsonMatches::JsonMatches;

    void run()
    {
        match([this] { return JsonValueIs{text(FirstOwnArgument), sign(), text(FirstOwnArgument + 2)}; });
    }
};

/// message_matches(id, size, head, connection, direction, kind, term)
class PayloadFunctions::MessageMatches final : private Call
{
public:
    static constexpr int ArgumentCount = FirstOwnArgument + 4;
    using Call::Call;

    void run()
    {
        filter::MessageTerms *terms = functions().m_messageTerms;
        if (functions().m_cancel && functions().m_cancel->isCancelled())
            return fail(SQLITE_INTERRUPT);
        const filter::PassedEntry entry{EntryId(integer(EntryIdArgument)),
                                        ConnectionId(integer(FirstOwnArgument)),
                                        static_cast<Direction>(number(FirstOwnArgument + 1)),
                                        static_cast<EntryKind>(number(FirstOwnArgument + 2)),
                                        size(),
                                        head()};
        answer(terms != nullptr && terms->matches(number(FirstOwnArgument + 3), entry));
    }
};

namespace {

template<typename Function>
int create(sqlite3 *handle, const char *name, void *functions)
{
    const auto run = [](sqlite3_context *context, int, sqlite3_value **arguments) {
        Function(context, arguments).run();
    };
    return sqlite3_create_function_v2(handle, name, Function::ArgumentCount,
                                      SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, functions, +run, nullptr,
                                      nullptr, nullptr);
}

} // namespace

Result<std::unique_ptr<PayloadFunctions>> PayloadFunctions::install(const SqliteDatabase &database)
{
    Result<SqliteStatement> parts =
        database.prepare("SELECT data FROM payload WHERE id >= ? AND id < ? ORDER BY id", true);
    if (!parts)
        return parts.error();
    std::unique_ptr<PayloadFunctions> functions(new PayloadFunctions(database, std::move(parts).value()));
    sqlite3 *handle = database.handle();
    for (const int code :
         {create<ContainsText>(handle, "contains_text", functions.get()),
          create<MatchesRegex>(handle, "matches_regex", functions.get()),
          create<ContainsBytes>(handle, "contains_bytes", functions.get()),
          create<JsonExists>(handle, "json_exists", functions.get()),
          create<JsonNumber>(handle, "json_number", functions.get()),
          create<JsonText>(handle, "json_text", functions.get()), create<JsonAt>(handle, "json_at", functions.get()),
          create<MessageMatches>(handle, "message_matches", functions.get())}) {
        if (code != SQLITE_OK)
            return database.error(code);
    }
    return functions;
}

} // namespace sockeye
