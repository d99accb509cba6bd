#include "document/FileSource.h"

namespace sockeye {

FileSource::FileSource(const QString &path, QObject *parent)
    : CaptureSource(parent)
    , m_path(path)
{
}

bool FileSource::annotate(const AnnotationMap &)
{
    return false;
}

} // namespace sockeye
