#include "reading/LotScan.h"

#include "capture/CaptureSchema.h"

namespace sockeye {

Result<> LotScan::skipGap()
{
    const Result<std::optional<qint64>> next = m_connection.firstNumber(
        QByteArrayLiteral("SELECT id FROM entry WHERE id >= ? AND id <= ? ORDER BY id LIMIT 1"),
        numbers(m_next, CaptureSchema::MaxEntryId));
    if (!next)
        return next.error();
    m_ended = !next->has_value();
    m_next = next->value_or(m_next);
    return {};
}

} // namespace sockeye
