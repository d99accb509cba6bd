#include "log/LogCopy.h"

#include "log/RowCopier.h"
#include "reading/CaptureReader.h"

namespace sockeye {

namespace {

/// Entries read at a time.
constexpr qint64 Lot = 1024;

} // namespace

Result<CopiedRows> copyRows(const CaptureReader &capture, const SelectedRows &rows, const CopyStyle &style,
                            const CancelToken &cancel)
{
    const std::unique_ptr<RowCopier> copier = makeCopier(capture, rows, style, cancel);
    CopiedRows copied;
    const auto copyRun = [&](const SelectedRows::Run &run) -> Result<> {
        auto entries = capture.entries(run.first, int(run.last - run.first + 1));
        if (!entries)
            return entries.error();
        Row row = run.row;
        for (const Entry &entry : std::as_const(entries).value()) {
            // A damaged capture has gaps, after which there are entries of later runs.
            if (entry.id > run.last)
                break;
            const qint64 room = style.maxSize - copier->size();
            const bool fits = copier->sizeOf(entry) <= room;
            if (copied.rows >= style.maxRows || (!fits && (copied.rows > 0 || !copier->canCut()))) {
                copied.isComplete = false;
                return {};
            }
            if (auto added = copier->add(row, entry, room); !added)
                return added;
            copied.isComplete = fits;
            ++row;
            ++copied.rows;
        }
        return {};
    };
    Result<> result;
    rows.forEachRun(Lot, [&](const SelectedRows::Run &run) {
        result = copyRun(run);
        return result.ok() && copied.isComplete && !cancel.isCancelled();
    });
    if (!result)
        return result.error();
    copied.text = copier->text();
    return copied;
}

} // namespace sockeye
