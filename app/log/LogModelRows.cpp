// The part of LogModel that reads in the background what rows hold. Rows and pages are in LogModel.cpp.
#include "log/LogModel.h"

#include "log/EntrySearch.h"
#include "log/LogCopy.h"
#include "log/LogSteps.h"
#include "log/SelectedRows.h"
#include "reading/Annotations.h"
#include "reading/CaptureJob.h"
#include "reading/CaptureLoader.h"
#include "reading/CaptureReader.h"

#include <QPointer>

#include <algorithm>

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

SelectedRows LogModel::selected(const RowRanges &ranges) const
{
    return SelectedRows(hidesEntries() ? std::optional(m_rows->found()) : std::nullopt, m_last, ranges);
}

void LogModel::step(EntryId from, Step step, bool forward, QObject *context, std::function<void(EntryId)> done)
{
    m_steps->cancel();
    if (step == Step::Bookmark) {
        EntryId next = from;
        do
            next = m_annotations ? m_annotations->next(next, forward) : EntryId();
        while (next.value() > 0 && !(m_annotations->find(next)->bookmarked && isShown(next)));
        return done(next);
    }
    m_steps->start(
        [this, from, step, forward, context = QPointer(context), done = std::move(done),
         rows = selected({{Row(0), Row(rowCount() - 1)}})](const CaptureReader &capture, const JobContext &job) {
            const Result<EntryId> found = findStep(capture, rows, {from, step, forward}, job.token());
            if (!found)
                job.report([this, message = found.message()] { Q_EMIT failed(message); });
            answer<EntryId>(job, context, done, found ? found.value() : EntryId());
        });
}

void LogModel::rowAtTime(Timestamp time, QObject *context, std::function<void(Row)> done)
{
    m_loader.read(
        context, [time](const CaptureReader &capture) { return capture.timeline().entryAt(time); },
        [this, guard = QPointer(this), done = std::move(done)](const Result<EntryId> &found) {
            if (!guard)
                return;
            if (!found)
                Q_EMIT failed(found.message());
            const Row last(rowCount() - 1);
            if (!found || found->value() == 0)
                return done(last);
            const Row before = rowOf(found.value() - 1);
            done(std::min(before + 1, last));
        });
}

void LogModel::readSums(const RowRanges &ranges, QObject *context, std::function<void(const SelectionSums &)> done)
{
    m_sums->start([this, context = QPointer(context), done = std::move(done),
                   rows = selected(ranges)](const CaptureReader &capture, const JobContext &job) {
        const Result<SelectionSums> sums = sumsOf(capture, rows, job.token());
        if (sums)
            answer<const SelectionSums &>(job, context, done, sums.value());
        else
            job.report([this, message = sums.message()] { Q_EMIT failed(message); });
    });
}

EntryQuery LogModel::selectionQuery(const RowRanges &ranges) const
{
    return queryOf(selected(ranges), m_rows->query());
}

void LogModel::readText(const RowRanges &ranges, CopyFormat format, QObject *context,
                        std::function<void(const CopiedRows &)> done)
{
    CopyStyle style{format, m_copiedColumns, {}, m_style, m_deltaFrom, m_reference};
    for (const int column : m_copiedColumns)
        style.titles += headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString();
    m_text->start([this, style, context = QPointer(context), done = std::move(done),
                   rows = selected(ranges)](const CaptureReader &capture, const JobContext &job) {
        const Result<CopiedRows> copied = copyRows(capture, rows, style, job.token());
        if (copied)
            answer<const CopiedRows &>(job, context, done, copied.value());
        else
            job.report([this, message = copied.message()] { Q_EMIT failed(message); });
    });
}

} // namespace sockeye
