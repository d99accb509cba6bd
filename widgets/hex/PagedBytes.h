#pragma once

#include "widgets/hex/ByteSource.h"

#include <QCache>
#include <QPointer>
#include <QSet>

namespace sockeye {

class CaptureLoader;

/// The payload of an entry, of any length, read from the capture in pages as they are looked at. Holds MaxPages pages
/// at most, so a payload of 256 MB opens at once and costs 2 MiB.
class PagedBytes final : public ByteSource
{
    Q_OBJECT

public:
    static constexpr qint64 PageSize = 64 * 1024;
    static constexpr int MaxPages = 32;

    explicit PagedBytes(QObject *parent = nullptr);
    ~PagedBytes() override;

    /// Shows the payload of another entry; `head` is the beginning that is known already. Answers to requests for the
    /// one before are dropped. The loader outlives its use.
    void reset(CaptureLoader *loader, EntryId entry, qint64 size, const QByteArray &head);
    /// Shows no bytes.
    void clear();

    [[nodiscard]] qint64 size() const override { return m_size; }
    [[nodiscard]] Byte at(ByteOffset offset) const override;
    void read(ByteOffset offset, qint64 length, Done done) const override;

private:
    /// The byte, if its page is in memory; else the page is requested.
    [[nodiscard]] std::optional<quint8> valueAt(qint64 at) const;
    void request(qint64 page) const;
    void take(qint64 page, Result<QByteArray> bytes);
    [[nodiscard]] std::optional<QByteArray> cached(qint64 offset, qint64 length) const;

    QPointer<CaptureLoader> m_loader;
    EntryId m_entry;
    qint64 m_size = 0;
    QByteArray m_head;
    /// Counts resets: an answer to a request from before the last one is stale.
    quint64 m_generation = 0;
    mutable QCache<qint64, QByteArray> m_pages{MaxPages};
    mutable QSet<qint64> m_requested;
};

} // namespace sockeye
