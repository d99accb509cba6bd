#include "cli/EntryPrinter.h"

#include "cli/StandardOutput.h"
#include "cli/Terminal.h"
#include "reading/CaptureReader.h"
#include "record/EntryText.h"
#include "secrets/EntryMask.h"

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace sockeye::cli {

namespace {
/// Entries to a write: some 500 kB of lines at most.
constexpr qint64 Batch = 2048;
/// How long the write that is under way may take once nothing more is wanted.
constexpr auto StopTime = 300ms;
} // namespace

EntryPrinter::EntryPrinter(QString path, StandardOutput &out, bool keepSecrets)
    : m_path(std::move(path))
    , m_out(out)
    , m_lines(keepSecrets ? previewText : maskedPreview)
    , m_thread([this] { run(); })
{
}

EntryPrinter::~EntryPrinter()
{
    static_cast<void>(stop());
    m_thread.join();
}

void EntryPrinter::printTo(EntryId last)
{
    {
        const std::lock_guard lock(m_mutex);
        m_wanted = std::max(m_wanted, last);
    }
    m_wake.notify_all();
}

void EntryPrinter::releaseCapture()
{
    const std::lock_guard reading(m_reading);
    m_reader.reset();
    const std::lock_guard lock(m_mutex);
    m_isReleased = true;
}

void EntryPrinter::takeCaptureAgain()
{
    {
        const std::lock_guard reading(m_reading);
        const std::lock_guard lock(m_mutex);
        m_isReleased = false;
    }
    m_wake.notify_all();
}

bool EntryPrinter::stop()
{
    std::unique_lock lock(m_mutex);
    m_isStopping = true;
    m_wake.notify_all();
    return m_wake.wait_for(lock, StopTime, [this] { return m_hasEnded; });
}

void EntryPrinter::run()
{
    EntryId printed;
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [&] { return m_isStopping || (printed < m_wanted && !m_isReleased); });
        if (m_isStopping)
            break;
        const EntryId last = m_wanted;
        lock.unlock();
        printed = printRange(printed + 1, std::min(last, printed + Batch));
        if (printed == last)
            Q_EMIT caughtUp(last);
        lock.lock();
    }
    m_hasEnded = true;
    // With the lock, for whoever waits may delete this.
    m_wake.notify_all();
}

/// The last entry that is done with: none of these where the capture was released a moment ago. What cannot be read is
/// told by those who record.
EntryId EntryPrinter::printRange(EntryId first, EntryId last)
{
    if (!m_out.isOpen())
        return last;
    m_lines.clear();
    {
        const std::lock_guard reading(m_reading);
        if (m_isReleased)
            return first - 1;
        if (!m_reader) {
            auto reader = CaptureReader::open(m_path);
            if (!reader)
                return last;
            m_reader = std::move(reader).value();
        }
        const auto append = [this](const Entry &entry) {
            m_lines.append(entry);
            return true;
        };
        if (const auto read = m_reader->scanner().forEach(first, last, {}, append); !read)
            Terminal::error(read.message());
    }
    m_out.write(m_lines.bytes());
    return last;
}

} // namespace sockeye::cli
