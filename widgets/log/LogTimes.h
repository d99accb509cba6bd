#pragma once

#include "base/StrongId.h"
#include "log/LogTypes.h"

#include <QPointer>

namespace sockeye {

class LogModel;

/// How the log shows times: in which format, and from which entry the delta is measured. The user's choice, which
/// outlives the model that it is handed on to.
class LogTimes final
{
public:
    /// Null for none.
    void setLogModel(LogModel *log);
    void set(TimeFormat format, DeltaFrom from);
    [[nodiscard]] TimeFormat format() const { return m_format; }
    [[nodiscard]] DeltaFrom deltaFrom() const { return m_deltaFrom; }
    /// DeltaFrom::Selected measures from this entry; from the current one again if it is EntryId().
    void setMeasuredFrom(EntryId id) { m_measuredFrom = id; }
    void setCurrentEntry(EntryId id);

private:
    void handOn() const;
    void handOnReference() const;

    QPointer<LogModel> m_log;
    TimeFormat m_format = TimeFormat::Local;
    DeltaFrom m_deltaFrom = DeltaFrom::Previous;
    EntryId m_measuredFrom;
    EntryId m_current;
};

} // namespace sockeye
