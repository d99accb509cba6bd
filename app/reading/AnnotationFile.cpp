#include "reading/AnnotationFile.h"

#include "capture/AnnotationWriter.h"

#include <utility>

namespace sockeye {

AnnotationFile::AnnotationFile(const QString &path, QObject *parent)
    : QObject(parent)
    , m_path(path)
{
}

AnnotationFile::~AnnotationFile()
{
    if (!m_waiting.isEmpty())
        m_thread.run([path = m_path, last = m_waiting, identity = m_identity] {
            static_cast<void>(writeAnnotations(path, last, identity).ok());
        });
    m_thread.finishInBackground();
}

void AnnotationFile::write(const AnnotationMap &changed)
{
    m_waiting.insert(changed);
    if (!m_isWriting)
        writeNext();
}

void AnnotationFile::writeNext()
{
    m_isWriting = !m_waiting.isEmpty();
    if (!m_isWriting)
        return;
    const AnnotationMap next = std::exchange(m_waiting, {});
    const auto work = [path = m_path, next, identity = m_identity] { return writeAnnotations(path, next, identity); };
    m_thread.run(work, this, [this, next](const Result<> &done) {
        writeNext();
        if (done)
            Q_EMIT written();
        else
            Q_EMIT failed(done.message(), next);
    });
}

} // namespace sockeye
