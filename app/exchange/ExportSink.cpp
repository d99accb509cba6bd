#include "exchange/ExportSink.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDevice>

namespace sockeye {

namespace {
constexpr qsizetype DrainSize = 256 * 1024;
}

Result<> ExportSink::settle()
{
    return m_buffer.size() < DrainSize ? Result<>() : drain();
}

Result<> ExportSink::finish()
{
    if (auto drained = drain(); !drained)
        return drained;
    // A file keeps the last bytes to itself and would report the full disk to nobody.
    auto *file = qobject_cast<QFileDevice *>(&m_out);
    if (file && !file->flush())
        return error();
    return {};
}

Result<> ExportSink::drain()
{
    for (qsizetype done = 0; done < m_buffer.size();) {
        const qint64 written = m_out.write(m_buffer.constData() + done, m_buffer.size() - done);
        if (written <= 0)
            return error();
        done += written;
    }
    // Keeps its memory for the next piece.
    m_buffer.resize(0);
    return {};
}

Error ExportSink::error() const
{
    const auto *file = qobject_cast<const QFileDevice *>(&m_out);
    const QString name = file ? QDir::toNativeSeparators(file->fileName()) : QString();
    if (name.isEmpty()) {
        return Error{
            QCoreApplication::translate("Exporter", "The export could not be written: %1.").arg(m_out.errorString())};
    }
    return Error{QCoreApplication::translate(
                     "Exporter", "The export could not be written to %1: %2. Make room or choose another place.")
                     .arg(name, m_out.errorString())};
}

} // namespace sockeye
