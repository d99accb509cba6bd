#pragma once

#include "log/LogTypes.h"
#include "log/SelectedRows.h"

#include <QObject>

namespace sockeye {

class LogModel;

/// Copies rows of a log to the clipboard, in the background, and tells how many were copied.
class LogClipboard final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// `columns` are those of formats with columns, in order.
    void copy(LogModel &log, const RowRanges &rows, const QList<int> &columns, CopyFormat format);

Q_SIGNALS:
    /// A line for the status bar.
    void copied(const QString &text);

private:
    [[nodiscard]] static QString summary(const CopiedRows &copied, qint64 selected);
};

} // namespace sockeye
