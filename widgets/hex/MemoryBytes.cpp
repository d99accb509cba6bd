#include "widgets/hex/MemoryBytes.h"

namespace sockeye {

MemoryBytes::MemoryBytes(QObject *parent)
    : ByteSource(parent)
{
}

void MemoryBytes::setBytes(const QByteArray &bytes)
{
    m_bytes = bytes;
    Q_EMIT sourceReset();
}

ByteSource::Byte MemoryBytes::at(ByteOffset offset) const
{
    if (offset.value() < 0 || offset.value() >= m_bytes.size())
        return {};
    return {static_cast<quint8>(m_bytes.at(offset.value())), false};
}

void MemoryBytes::read(ByteOffset offset, qint64 length, Done done) const
{
    done(m_bytes.mid(offset.value(), length));
}

} // namespace sockeye
