#include "reading/CaptureLoader.h"

#include <QPointer>

namespace sockeye {

CaptureLoader::CaptureLoader(const QString &path, QObject *parent)
    : QObject(parent)
    , m_path(path)
{
    m_thread.run([this] { open(); });
}

CaptureLoader::~CaptureLoader()
{
    m_thread.clear();
    m_thread.run([this] { m_reader.reset(); });
}

void CaptureLoader::open()
{
    auto reader = CaptureReader::open(m_path);
    auto last = reader ? reader.value()->lastEntry() : Result<EntryId>(reader.error());
    if (reader)
        m_reader = std::move(reader).value();
    QMetaObject::invokeMethod(this, [this, last = std::move(last)] {
        if (last)
            Q_EMIT opened(last.value());
        else
            Q_EMIT failed(last.message());
    });
}

void CaptureLoader::post(QObject *context, Task task)
{
    m_thread.run([this, context = QPointer<QObject>(context), task = std::move(task)] {
        if (!m_reader)
            return;
        QMetaObject::invokeMethod(this, [context, answer = task(*m_reader)] {
            if (context)
                answer();
        });
    });
}

} // namespace sockeye
