#pragma once

#include "widgets/hex/ByteSource.h"

namespace sockeye {

/// Bytes that are in memory: what a step made of a payload.
class MemoryBytes final : public ByteSource
{
    Q_OBJECT

public:
    explicit MemoryBytes(QObject *parent = nullptr);

    void setBytes(const QByteArray &bytes);

    [[nodiscard]] qint64 size() const override { return m_bytes.size(); }
    [[nodiscard]] Byte at(ByteOffset offset) const override;
    void read(ByteOffset offset, qint64 length, Done done) const override;

private:
    QByteArray m_bytes;
};

} // namespace sockeye
