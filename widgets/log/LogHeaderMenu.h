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
    /// The header, which becomes the menu's parent, shows this model's columns; `column` is that which was clicked on,
    /// or -1.
    LogHeaderMenu(LogHeader *header, const LogModel &model, int column = -1);

    /// What stands behind the columns.
    [[nodiscard]] QAction *endOfColumns() const { return m_endOfColumns; }

Q_SIGNALS:
    void timeFormatChosen(sockeye::TimeFormat format);
    void deltaFromChosen(sockeye::DeltaFrom from);

private:
    void addFit(int column);
    void addColumns();
    void addMoves(QMenu *menu);
    void addTimeFormats(TimeFormat current);
    void addDeltas(DeltaFrom current);

    LogHeader &m_header;
    QAction *m_endOfColumns = nullptr;
};

} // namespace sockeye
