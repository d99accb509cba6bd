#include "log/RowReader.h"

#include "fields/SeenMessages.h"
#include "reading/CaptureJob.h"
#include "reading/CaptureLoader.h"
#include "reading/CaptureReader.h"

namespace sockeye {

namespace {

/// Hands a job's result to whoever asked, unless they are gone.
template<typename Value>
void answer(const JobContext &job, const QPointer<QObject> &context, const std::function<void(Value)> &done,
            std::type_identity_t<std::decay_t<Value>> value)
{
    job.report([context, done, value = std::move(value)] {
        if (context)
            done(value);
    });
}

} // namespace

RowReader::RowReader(CaptureLoader &loader, QObject *parent)
    : QObject(parent)
    , m_loader(loader)
    , m_sums(std::make_unique<CaptureJob>(loader.path()))
    , m_steps(std::make_unique<CaptureJob>(loader.path()))
    , m_text(std::make_unique<CaptureJob>(loader.path()))
    , m_seen(std::make_unique<CaptureJob>(loader.path()))
{
    for (const auto *job : {m_sums.get(), m_steps.get(), m_text.get()})
        connect(job, &CaptureJob::failed, this, &RowReader::failed);
}

RowReader::~RowReader() = default;

void RowReader::step(const SelectedRows &rows, const StepFrom &step, QObject *context,
                     std::function<void(EntryId)> done)
{
    m_steps->start([this, rows, step, context = QPointer(context), done = std::move(done)](const CaptureReader &capture,
                                                                                           const JobContext &job) {
        const Result<EntryId> found = findStep(capture, rows, step, job.token());
        if (!found)
            job.report([this, message = found.message()] { Q_EMIT failed(message); });
        answer<EntryId>(job, context, done, found ? found.value() : EntryId());
    });
}

void RowReader::cancelStep()
{
    m_steps->cancel();
}

void RowReader::readSums(const SelectedRows &rows, QObject *context, std::function<void(const SelectionSums &)> done)
{
    m_sums->start([this, rows, context = QPointer(context), done = std::move(done)](const CaptureReader &capture,
                                                                                    const JobContext &job) {
        const Result<SelectionSums> sums = sumsOf(capture, rows, job.token());
        if (sums)
            answer<const SelectionSums &>(job, context, done, sums.value());
        else
            job.report([this, message = sums.message()] { Q_EMIT failed(message); });
    });
}

void RowReader::readText(const SelectedRows &rows, const CopyStyle &style, QObject *context,
                         std::function<void(const CopiedRows &)> done)
{
    m_text->start([this, rows, style, context = QPointer(context), done = std::move(done)](const CaptureReader &capture,
                                                                                           const JobContext &job) {
        const Result<CopiedRows> copied = copyRows(capture, rows, style, job.token());
        if (copied)
            answer<const CopiedRows &>(job, context, done, copied.value());
        else
            job.report([this, message = copied.message()] { Q_EMIT failed(message); });
    });
}

void RowReader::readSeen(const std::shared_ptr<const FormatSet> &formats, QObject *context,
                         std::function<void(const FilterHints &)> done)
{
    m_seen->start([formats, context = QPointer(context), done = std::move(done)](const CaptureReader &capture,
                                                                                 const JobContext &job) {
        answer<const FilterHints &>(job, context, done, seenMessages(capture, formats, job.token()));
    });
}

void RowReader::readTimeSpan(QObject *context, std::function<void(const std::optional<TimeSpan> &)> done)
{
    m_loader.read(
        context,
        [](const CaptureReader &capture) {
            const auto span = capture.timeline().timeSpan();
            return span ? span.value() : std::nullopt;
        },
        std::move(done));
}

void RowReader::readTime(EntryId id, QObject *context, std::function<void(const Result<Timestamp> &)> done)
{
    m_loader.read(
        context,
        [id](const CaptureReader &capture) -> Result<Timestamp> {
            const Result<Entry> entry = capture.entry(id);
            if (!entry)
                return entry.error();
            return entry->time;
        },
        std::move(done));
}

void RowReader::readEntryAt(Timestamp time, QObject *context, std::function<void(const Result<EntryId> &)> done)
{
    m_loader.read(
        context, [time](const CaptureReader &capture) { return capture.timeline().entryAt(time); }, std::move(done));
}

} // namespace sockeye
