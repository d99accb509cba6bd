#include "widgets/hex/PagedBytes.h"

#include "reading/CaptureLoader.h"

#include <algorithm>

namespace sockeye {

PagedBytes::PagedBytes(QObject *parent)
    : ByteSource(parent)
{
}

PagedBytes::~PagedBytes() = default;

void PagedBytes::reset(CaptureLoader *loader, EntryId entry, qint64 size, const QByteArray &head)
{
    ++m_generation;
    m_loader = loader;
    m_entry = entry;
    m_size = size;
    m_head = head;
    m_pages.clear();
    m_requested.clear();
    Q_EMIT sourceReset();
}

void PagedBytes::clear()
{
    reset(nullptr, EntryId(), 0, {});
}

ByteSource::Byte PagedBytes::at(ByteOffset offset) const
{
    return {valueAt(offset.value()), false};
}

std::optional<quint8> PagedBytes::valueAt(qint64 at) const
{
    if (at < 0 || at >= m_size)
        return {};
    if (at < m_head.size())
        return static_cast<quint8>(m_head[at]);
    const qint64 page = at / PageSize;
    if (const QByteArray *bytes = m_pages.object(page)) {
        const qint64 within = at % PageSize;
        return within < bytes->size() ? std::optional(static_cast<quint8>((*bytes)[within])) : std::nullopt;
    }
    request(page);
    return {};
}

void PagedBytes::request(qint64 page) const
{
    if (!m_loader || m_requested.contains(page))
        return;
    m_requested.insert(page);
    auto *self = const_cast<PagedBytes *>(this);
    m_loader->read(
        self,
        [entry = m_entry, page](const CaptureReader &capture) {
            return capture.payload(entry, page * PageSize, PageSize);
        },
        [self, page, generation = m_generation](Result<QByteArray> bytes) {
            if (generation == self->m_generation)
                self->take(page, std::move(bytes));
        });
}

void PagedBytes::take(qint64 page, Result<QByteArray> bytes)
{
    if (!bytes) {
        // The page stays among the requested ones: reading it again would not repair a damaged file.
        Q_EMIT failed(bytes.message());
        return;
    }
    m_requested.remove(page);
    m_pages.insert(page, new QByteArray(std::move(bytes).value()));
    Q_EMIT arrived();
}

std::optional<QByteArray> PagedBytes::cached(qint64 offset, qint64 length) const
{
    if (offset + length <= m_head.size())
        return m_head.mid(offset, length);
    QByteArray bytes;
    for (qint64 at = offset; at < offset + length;) {
        const QByteArray *page = m_pages.object(at / PageSize);
        const qint64 within = at % PageSize;
        const qint64 count = std::min(offset + length - at, PageSize - within);
        if (!page || page->size() < within + count)
            return {};
        bytes += QByteArrayView(*page).sliced(within, count);
        at += count;
    }
    return bytes;
}

void PagedBytes::read(ByteOffset offset, qint64 length, Done done) const
{
    length = std::clamp<qint64>(length, 0, std::max<qint64>(m_size - offset.value(), 0));
    if (auto bytes = cached(offset.value(), length)) {
        done(std::move(*bytes));
        return;
    }
    if (!m_loader)
        return;
    auto *self = const_cast<PagedBytes *>(this);
    m_loader->read(
        self,
        [entry = m_entry, offset, length](const CaptureReader &capture) {
            return capture.payload(entry, offset.value(), length);
        },
        [self, generation = m_generation, done = std::move(done)](Result<QByteArray> bytes) {
            if (generation == self->m_generation)
                done(std::move(bytes));
        });
}

} // namespace sockeye
