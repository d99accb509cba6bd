#pragma once

#include "log/LogColumnInfo.h"

#include <QVariant>

namespace sockeye {

/// What the log's cells and titles say, given an entry and how the log is to look. It reads and asks for nothing.
class LogCells final
{
public:
    [[nodiscard]] const CellStyle &style() const { return m_style; }
    /// Sets one member of the style; false if that changes nothing.
    template<typename Value>
    bool set(Value CellStyle::*member, const Value &value)
    {
        if (m_style.*member == value)
            return false;
        m_style.*member = value;
        return true;
    }

    /// A column's title (Qt::DisplayRole, Qt::AccessibleTextRole) or alignment; else nothing.
    [[nodiscard]] QVariant header(int column, int role) const;
    [[nodiscard]] QVariant alignment(int column) const;
    /// Whether a role of LogTable or Qt::ItemDataRole tells something of the entry, so that its page is needed.
    [[nodiscard]] static bool needsEntry(int column, int role);
    /// What the role tells without the entry.
    [[nodiscard]] static QVariant withoutEntry(EntryId id, int column, int role);
    /// What the role tells of the entry; `origin` is the time from which a delta is measured.
    [[nodiscard]] QVariant value(const Entry &entry, int column, int role,
                                 std::optional<Timestamp> origin = std::nullopt) const;

private:
    CellStyle m_style;
};

} // namespace sockeye
