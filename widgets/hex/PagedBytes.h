#pragma once

#include "base/Result.h"
#include "base/StrongId.h"

#include <QCache>
#include <QObject>
#include <QPointer>
#include <QSet>

#include <functional>
#include <optional>

namespace sockeye {

class CaptureLoader;

/// A payload of any length, read in pages as they are looked at: a byte whose page is not here is asked for, and
/// arrived() tells when it came. Holds some pages only, so a payload of 256 MB opens at once and costs 2 MiB.
class PagedBytes final : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 PageSize = 64 * 1024;
    static constexpr int MaxPages = 32;

    explicit PagedBytes(QObject *parent = nullptr);
    ~PagedBytes() override;

    /// Shows the payload of the entry; `head` is what of its beginning is known already. What was asked for before and
    /// comes later is dropped.
    void reset(CaptureLoader *loader, EntryId entry, qint64 size, const QByteArray &head);
    /// No payload.
    void clear();

    [[nodiscard]] qint64 size() const { return m_size; }
    /// The byte, if its page is here; else the page is asked for.
    [[nodiscard]] std::optional<quint8> at(ByteOffset offset) const;
    /// `length` bytes from `offset` on, at once if they are here, else when they were read. Not called when reset
    /// meanwhile.
    void read(ByteOffset offset, qint64 length, std::function<void(Result<QByteArray>)> done) const;

Q_SIGNALS:
    /// Bytes that were missing are here now.
    void arrived();
    void failed(const QString &message);

private:
    void request(qint64 page) const;
    void take(qint64 page, Result<QByteArray> bytes);
    [[nodiscard]] std::optional<QByteArray> cached(qint64 offset, qint64 length) const;

    QPointer<CaptureLoader> m_loader;
    EntryId m_entry;
    qint64 m_size = 0;
    QByteArray m_head;
    /// Counts resets: an answer to an older one is stale.
    quint64 m_generation = 0;
    mutable QCache<qint64, QByteArray> m_pages{MaxPages};
    mutable QSet<qint64> m_requested;
};

} // namespace sockeye
