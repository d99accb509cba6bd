#pragma once

#include "base/StrongId.h"

#include <QAbstractItemView>

class QHeaderView;

namespace sockeye {

class LogModel;

/// The message log: a table of uniform rows over a LogModel that costs the same at ten and at ten million rows (QTableView and
/// QTreeView keep data for each row). Whole rows are selected. While following it keeps the newest row in view; scrolling up
/// or choosing an entry stops that, End resumes it.
class LogView final : public QAbstractItemView
{
    Q_OBJECT

public:
    explicit LogView(QWidget *parent = nullptr);
    ~LogView() override;

    void setLogModel(LogModel *model);
    [[nodiscard]] bool isFollowing() const { return m_following; }
    void setFollowing(bool following);
    /// The entry of the current row; EntryId() for none.
    [[nodiscard]] EntryId currentEntry() const;
    void setCurrentEntry(EntryId id);
    [[nodiscard]] QHeaderView *header() const { return m_header; }

Q_SIGNALS:
    void followingChanged(bool following);
    void currentEntryChanged(sockeye::EntryId id);

private:
    LogModel *m_log = nullptr;
    QHeaderView *m_header = nullptr;
    bool m_following = true;
};

} // namespace sockeye
