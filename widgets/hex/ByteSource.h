#pragma once

#include "base/Result.h"
#include "base/StrongId.h"

#include <QByteArray>
#include <QObject>

#include <functional>
#include <optional>

namespace sockeye {

/// A sequence of bytes to look at. Its size is known from the start, its bytes may still have to be read: nothing here
/// waits, at() requests what is missing and arrived() tells when it is there. Belongs to the window's thread.
///
/// Some of the bytes may be frame headers; the others are a message's payload, in order.
class ByteSource : public QObject
{
    Q_OBJECT

public:
    struct Byte
    {
        /// Empty while the byte is being read, and outside of the source.
        std::optional<quint8> value;
        bool isHeader = false;
    };
    using Done = std::function<void(Result<QByteArray>)>;

    ~ByteSource() override;

    /// In bytes.
    [[nodiscard]] virtual qint64 size() const = 0;
    [[nodiscard]] virtual Byte at(ByteOffset offset) const = 0;
    /// Reads `length` bytes from `offset` on, or as many as there are. `done` is called at once if they are in memory,
    /// otherwise later; it is never called if the source is reset or destroyed before.
    virtual void read(ByteOffset offset, qint64 length, Done done) const = 0;

    /// The position in the payload of the byte at `offset`; nothing for a header's byte and outside of the source.
    [[nodiscard]] virtual std::optional<ByteOffset> payloadOffset(ByteOffset offset) const;
    /// The position in this source of a byte of the payload; size() for one behind its end.
    [[nodiscard]] virtual ByteOffset offsetOfPayload(ByteOffset payload) const;

Q_SIGNALS:
    /// Size and bytes have been replaced.
    void sourceReset();
    /// Bytes that were missing have been read.
    void arrived();
    /// Bytes could not be read; the message says why.
    void failed(const QString &message);

protected:
    explicit ByteSource(QObject *parent = nullptr);
};

} // namespace sockeye
