#include "widgets/log/LogClipboard.h"

#include "log/LogModel.h"

#include <QClipboard>
#include <QGuiApplication>

namespace sockeye {

void LogClipboard::copy(LogModel &log, const RowRanges &rows, const QList<int> &columns, CopyFormat format)
{
    log.setCopiedColumns(columns);
    log.readText(rows, format, this, [this, selected = countOf(rows)](const CopiedRows &text) {
        QGuiApplication::clipboard()->setText(text.text);
        Q_EMIT copied(summary(text, selected));
    });
}

QString LogClipboard::summary(const CopiedRows &copied, qint64 selected)
{
    if (!copied.isComplete)
        return tr("Copied the first %L1 of %L2 selected entries. Export the log to get all of them.")
            .arg(copied.rows)
            .arg(selected);
    return selected == 1 ? tr("Copied 1 entry") : tr("Copied %L1 entries").arg(selected);
}

} // namespace sockeye
