// What people type into the filter line, up to what SQLite makes of it: parsed, coloured, completed at a place within,
// and asked of a capture.
// Byte 0: where the cursor stands. The rest: the line.

#include "capture/CaptureWriter.h"
#include "capture/QuerySql.h"
#include "fields/FieldDecoding.h"
#include "filter/Filter.h"
#include "filter/FilterCompletion.h"
#include "formats/FormatSet.h"
#include "fuzz/Fuzzing.h"
#include "reading/CaptureReader.h"

#include <QFileInfo>
#include <QTemporaryDir>

using namespace sockeye;
using namespace sockeye::fuzz;

namespace {

constexpr qint64 EntryCount = 4;
constexpr qint64 Start = 1'795'363'200'000'000'000;

/// An entry of each kind that a condition treats in its own way.
void record(const QString &path)
{
    Result<std::unique_ptr<CaptureWriter>> created = CaptureWriter::create(path);
    require(created.ok(), "a capture can be made");
    CaptureWriter &writer = *created.value();
    const auto add = [&writer](EntryKind kind, const QByteArray &payload) {
        NewEntry entry;
        entry.connection = ConnectionId(1);
        entry.time = timestampFromNs(Start);
        entry.kind = kind;
        entry.payload = payload;
        return writer.append(std::move(entry));
    };
    add(EntryKind::Text, R"({"data":[{"price":1.5}],"ok":true,"type":"trade"})");
    add(EntryKind::Text, QByteArray(300, 'a'));
    add(EntryKind::Binary, QByteArray::fromHex("deadbeefff"));
    writer.append(NewEntry::fromEvent(ConnectionId(1), timestampFromNs(Start), EventKind::Open, QStringLiteral("x")));
    require(writer.finish().ok(), "a capture can be closed");
}

[[nodiscard]] const CaptureReader &capture()
{
    // In memory, where the system has files there.
    static const QString shared = QStringLiteral("/dev/shm");
    static const QTemporaryDir directory((QFileInfo(shared).isWritable() ? shared : QDir::tempPath()) +
                                         QStringLiteral("/sockeye-fuzz-XXXXXX"));
    static const std::unique_ptr<CaptureReader> reader = [] {
        const QString path = directory.filePath(QStringLiteral("a.sockeye"));
        record(path);
        auto opened = CaptureReader::open(path);
        require(opened.ok(), "the capture opens");
        return std::move(opened).value();
    }();
    return *reader;
}

void lookAt(const QString &line, qsizetype cursor)
{
    qsizetype end = 0;
    for (const FilterSpan &span : filterSpans(line)) {
        require(span.begin >= end && span.length > 0, "colours are in order");
        end = span.begin + span.length;
        require(end <= line.size(), "colours are inside the line");
    }
    const FilterCompletions found = completeFilter(line, cursor,
                                                   {{QStringLiteral("ws://h/")},
                                                    {QStringLiteral("mqtt")},
                                                    {QStringLiteral("a \"b\\")},
                                                    {QStringLiteral("a/b")},
                                                    {QStringLiteral("$.a[*]")}});
    require(found.begin >= 0 && found.begin <= found.end && found.end <= line.size(),
            "what a completion replaces is inside the line");
}

[[nodiscard]] qint64 count(const EntryQuery &query)
{
    qint64 matches = 0;
    const EntryQuery asked = withFormats(query, FormatSet::standard());
    const Result<> matched = capture().scanner().match(asked, EntryId(1), EntryId(EntryCount), CancelToken(),
                                                       [&matches](const Matches &some) { matches += some.ids.size(); });
    require(matched.ok(), "SQLite takes what a filter makes");
    return matches;
}

void ask(const QString &line)
{
    const FilterContext context{timestampFromNs(Start), timestampFromNs(Start)};
    const auto parsed = parseFilter(line, context);
    if (const auto *error = std::get_if<FilterError>(&parsed)) {
        require(error->position >= 0 && error->position <= line.size(), "an error is inside the line");
        require(!error->message.isEmpty(), "a refusal has words");
        return;
    }
    const auto &query = std::get<EntryQuery>(parsed);
    const QuerySql sql = querySql(query.condition);
    require(sql.where.count(u'?') == sql.values.size(), "each place of a query has its value");
    if (query.matchesAll())
        return;
    EntryQuery negated = query;
    negated.condition = filter::Condition::negation(query.condition);
    require(count(query) + count(negated) == EntryCount, "a condition is true or false of each entry");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size);
    const quint8 cursor = input.byte();
    const QString line = QString::fromUtf8(input.rest());
    lookAt(line, cursor % (line.size() + 1));
    ask(line);
    return 0;
}
