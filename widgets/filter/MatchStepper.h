#pragma once

#include "base/StrongId.h"

#include <QPointer>
#include <QWidget>

class QLabel;

namespace sockeye {

class IconButton;
class LogModel;

/// Goes from match to match of a log's filter, and tells which of them is the current entry: "3 of 120", with a button
/// each for the previous and the next match.
class MatchStepper final : public QWidget
{
    Q_OBJECT

public:
    explicit MatchStepper(QWidget *parent = nullptr);

    /// The log whose matches these are; null for none. It has no current entry at first.
    void setLogModel(LogModel *model);
    /// The log's current entry, from which matches are counted.
    void setCurrentEntry(EntryId id);
    /// Requests the next match after the current entry; after the last match, the first one.
    void next() { step(true); }
    /// Likewise backwards.
    void previous() { step(false); }
    /// Counts again, after matches have come or gone.
    void updateCounter();
    /// "3 of 120", or "– of 120" if the current entry is no match; empty without a filter.
    [[nodiscard]] QString counterText() const;

Q_SIGNALS:
    /// A match that the log is to go to.
    void entryWanted(sockeye::EntryId id);

private:
    void step(bool forward);

    QPointer<LogModel> m_model;
    EntryId m_current;
    QLabel *m_counter = nullptr;
    IconButton *m_previous = nullptr;
    IconButton *m_next = nullptr;
};

} // namespace sockeye
