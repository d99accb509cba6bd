#include "reading/CaptureReaders.h"

#include "reading/CaptureReader.h"

#include <QHash>

#include <utility>

namespace sockeye {

std::shared_ptr<CaptureReaders> CaptureReaders::of(const QString &path)
{
    static std::mutex mutex;
    static QHash<QString, std::weak_ptr<CaptureReaders>> known;
    const std::lock_guard lock(mutex);
    if (std::shared_ptr<CaptureReaders> readers = known.value(path).lock())
        return readers;
    known.removeIf([](const auto &other) { return other.value().expired(); });
    const std::shared_ptr<CaptureReaders> readers(new CaptureReaders(path));
    known.insert(path, readers);
    return readers;
}

CaptureReaders::CaptureReaders(QString path)
    : m_path(std::move(path))
{
}

CaptureReaders::~CaptureReaders() = default;

Result<CaptureReaders::Lent> CaptureReaders::lend()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        ++m_lent;
        if (m_kept)
            return Lent(shared_from_this(), std::move(m_kept));
        lock.unlock();
        Result<std::unique_ptr<CaptureReader>> opened = CaptureReader::open(m_path);
        if (opened)
            return Lent(shared_from_this(), std::move(opened).value());
        lock.lock();
        --m_lent;
        if (!m_kept && m_lent == 0) {
            // Whoever waits meanwhile waits for nothing: they are to fail for themselves.
            m_returned.notify_all();
            return opened.error();
        }
        m_returned.wait(lock, [this] { return m_kept || m_lent == 0; });
    }
}

void CaptureReaders::takeBack(std::unique_ptr<CaptureReader> reader)
{
    {
        const std::lock_guard lock(m_mutex);
        --m_lent;
        if (!m_kept)
            m_kept = std::move(reader);
    }
    m_returned.notify_all();
    // One too many is closed here, without the lock.
}

CaptureReaders::Lent::Lent(std::shared_ptr<CaptureReaders> owner, std::unique_ptr<CaptureReader> reader)
    : m_owner(std::move(owner))
    , m_reader(std::move(reader))
{
}

CaptureReaders::Lent::Lent(Lent &&) noexcept = default;

CaptureReaders::Lent::~Lent()
{
    if (m_owner)
        m_owner->takeBack(std::move(m_reader));
}

} // namespace sockeye
