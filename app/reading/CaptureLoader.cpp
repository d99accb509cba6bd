#include "reading/CaptureLoader.h"

#include "reading/CaptureReaders.h"

#include <QPointer>

namespace sockeye {

CaptureLoader::CaptureLoader(const QString &path, QObject *parent)
    : QObject(parent)
    , m_path(path)
    , m_readers(CaptureReaders::of(path))
{
    m_thread.run([this] { open(); });
}

CaptureLoader::~CaptureLoader()
{
    m_thread.clear();
    // Not in the window's thread, as far as it can be helped: the last to close a file may have to write it.
    m_thread.run([this] { m_readers.reset(); });
}

void CaptureLoader::open()
{
    const auto reader = m_readers->lend();
    auto last = reader ? reader.value()->lastEntry() : Result<EntryId>(reader.error());
    m_isOpen = reader.ok();
    QMetaObject::invokeMethod(this, [this, last = std::move(last), identity = m_readers->identity()] {
        m_identity = identity;
        if (last)
            Q_EMIT opened(last.value());
        else
            Q_EMIT failed(last.message());
    });
}

void CaptureLoader::post(QObject *context, Task task)
{
    m_thread.run([this, context = QPointer<QObject>(context), task = std::move(task)] {
        if (!m_isOpen)
            return;
        const auto reader = m_readers->lend();
        if (!reader)
            return;
        QMetaObject::invokeMethod(this, [context, answer = task(*reader.value())] {
            if (context)
                answer();
        });
    });
}

} // namespace sockeye
