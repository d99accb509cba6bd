#pragma once

#include "exchange/JsonLinesWriter.h"
#include "log/LogCopy.h"

#include <QBuffer>

#include <memory>

namespace sockeye {

/// Puts rows together as one text, in one format.
class RowCopier
{
public:
    virtual ~RowCopier() = default;
    RowCopier(const RowCopier &) = delete;
    RowCopier &operator=(const RowCopier &) = delete;

    /// `room` characters are left for this row and those after it.
    [[nodiscard]] virtual Result<> add(Row row, const Entry &entry, qint64 room) = 0;
    /// Characters so far.
    [[nodiscard]] virtual qint64 size() const = 0;
    /// About the size of the row, before its payload is read.
    [[nodiscard]] virtual qint64 sizeOf(const Entry &entry) const = 0;
    /// Whether add() can cut a row that is larger than the room that is left.
    [[nodiscard]] virtual bool canCut() const { return true; }
    [[nodiscard]] virtual QString text() = 0;

protected:
    RowCopier() = default;
};

/// The copier for this style's format. All arguments outlive it.
[[nodiscard]] std::unique_ptr<RowCopier> makeCopier(const CaptureReader &capture, const SelectedRows &rows,
                                                    const CopyStyle &style, const CancelToken &cancel);

} // namespace sockeye
