#pragma once

#include "log/LogTypes.h"

#include <QMenu>

namespace sockeye {

class LogHeader;
class LogModel;

/// The context menu of the log's header: which columns are shown and in which order, how times are shown, and from
/// where they are measured. Shows the state at the time of its making.
class LogHeaderMenu final : public QMenu
{
    Q_OBJECT

public:
    /// The header, which becomes the menu's parent, shows this model's columns.
    LogHeaderMenu(LogHeader *header, const LogModel &model);

Q_SIGNALS:
    void timeFormatChosen(sockeye::TimeFormat format);
    void deltaFromChosen(sockeye::DeltaFrom from);

private:
    void addColumns();
    void addMoves(QMenu *menu);
    void addTimeFormats(TimeFormat current);
    void addDeltas(DeltaFrom current);

    LogHeader &m_header;
};

} // namespace sockeye
