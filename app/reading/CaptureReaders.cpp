#include "reading/CaptureReaders.h"

#include "reading/CaptureReader.h"

#include <QCoreApplication>
#include <QDir>
#include <QHash>

#include <utility>

namespace sockeye {

namespace {

struct Known
{
    std::mutex mutex;
    QHash<QString, std::weak_ptr<CaptureReaders>> readers;
};

Known &known()
{
    static Known all;
    return all;
}

Error replaced(const QString &path)
{
    return Error{QCoreApplication::translate("sockeye::CaptureReaders",
                                             "%1 was replaced by another file while it was open. Open it again to see "
                                             "what it holds now.")
                     .arg(QDir::toNativeSeparators(path))};
}

} // namespace

std::shared_ptr<CaptureReaders> CaptureReaders::of(const QString &path)
{
    const std::lock_guard lock(known().mutex);
    auto &all = known().readers;
    if (std::shared_ptr<CaptureReaders> readers = all.value(path).lock())
        return readers;
    all.removeIf([](const auto &other) { return other.value().expired(); });
    const std::shared_ptr<CaptureReaders> readers(new CaptureReaders(path));
    all.insert(path, readers);
    return readers;
}

void CaptureReaders::forget(const QString &path)
{
    const std::lock_guard lock(known().mutex);
    known().readers.remove(path);
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
        Result<std::unique_ptr<CaptureReader>> opened = open();
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

Result<std::unique_ptr<CaptureReader>> CaptureReaders::open()
{
    const FileIdentity before = FileIdentity::of(m_path);
    Result<std::unique_ptr<CaptureReader>> opened = CaptureReader::open(m_path);
    if (!opened)
        return opened;
    const FileIdentity file = FileIdentity::of(m_path);
    const std::lock_guard lock(m_mutex);
    // Where another one came meanwhile nobody knows which of them was opened.
    if (file != before || (m_identity && m_identity->file != file))
        return replaced(m_path);
    if (!m_identity) {
        const Result<QByteArray> created = opened.value()->created();
        m_identity = CaptureIdentity{file, created ? created.value() : QByteArray()};
    }
    return opened;
}

CaptureIdentity CaptureReaders::identity()
{
    const std::lock_guard lock(m_mutex);
    return m_identity.value_or(CaptureIdentity());
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
