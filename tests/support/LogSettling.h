#pragma once

#include "widgets/log/LogHeader.h"
#include "widgets/log/LogView.h"

#include <QCoreApplication>

namespace sockeye::test {

/// Paints the log until no column asks for more room: those that grow with what they show do so after it was painted.
/// What is to be shown has been read.
inline void settleColumns(LogView &log)
{
    const auto widths = [header = log.columnHeader()] {
        QList<int> all;
        for (int column = 0; column < header->count(); ++column)
            all += header->sectionSize(column);
        return all;
    };
    QList<int> before;
    do {
        before = widths();
        log.viewport()->repaint();
        QCoreApplication::sendPostedEvents(log.columnHeader(), QEvent::MetaCall);
    } while (widths() != before);
}

} // namespace sockeye::test
