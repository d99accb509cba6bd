#include "widgets/log/LogTimes.h"

#include "log/LogModel.h"

namespace sockeye {

void LogTimes::setLogModel(LogModel *log)
{
    m_log = log;
    m_measuredFrom = {};
    handOn();
}

void LogTimes::set(TimeFormat format, DeltaFrom from)
{
    m_format = format;
    m_deltaFrom = from;
    handOn();
}

void LogTimes::setCurrentEntry(EntryId id)
{
    m_current = id;
    handOnReference();
}

void LogTimes::handOn() const
{
    if (!m_log)
        return;
    m_log->setTimeFormat(m_format);
    m_log->setDeltaFrom(m_deltaFrom);
    handOnReference();
}

void LogTimes::handOnReference() const
{
    if (m_log && m_deltaFrom == DeltaFrom::Selected)
        m_log->setDeltaReference(m_measuredFrom.value() > 0 ? m_measuredFrom : m_current);
}

} // namespace sockeye
