#include "capture/PayloadFile.h"

#include "sqlite/Sqlite.h"

#include <QFileInfo>
#include <QStorageInfo>

#include <sqlite3.h>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <unistd.h>
#endif

namespace sockeye::PayloadFile {

using namespace Qt::StringLiterals;

namespace {

/// Smaller payloads are gathered up to so much, larger ones are written by themselves.
constexpr qsizetype GatheredBytes = 256 * 1024;

} // namespace

QString pathFor(const QString &capturePath)
{
    return capturePath + u"-payload"_s;
}

qint64 sizeFor(const QString &capturePath)
{
    return QFileInfo(pathFor(capturePath)).size();
}

Appender::Appender(const QString &capturePath)
    : m_path(pathFor(capturePath))
{
}

Result<qint64> Appender::append(QByteArrayView payload)
{
    if (m_waiting.size() + payload.size() > GatheredBytes) {
        if (const Result<> flushed = flush(); !flushed)
            return flushed.error();
    }
    const qint64 offset = m_end + m_waiting.size();
    if (payload.size() < GatheredBytes) {
        m_waiting.append(payload);
        return offset;
    }
    const Result<> written = write(payload);
    return written ? Result<qint64>(offset) : written.error();
}

Result<> Appender::flush()
{
    if (m_waiting.isEmpty())
        return {};
    if (Result<> written = write(m_waiting); !written)
        return written;
    m_waiting.resize(0);
    return {};
}

Result<> Appender::open()
{
    if (m_file)
        return {};
    // One that another capture of this name has left.
    QFile::remove(m_path);
    auto file = std::make_unique<QFile>(m_path);
    if (!file->open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered,
                    QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return error(*file, 0);
    m_file = std::move(file);
    return {};
}

Result<> Appender::write(QByteArrayView bytes)
{
    if (Result<> opened = open(); !opened)
        return opened;
    // What a write that failed has left is written over.
    if ((m_file->pos() != m_end && !m_file->seek(m_end)) || m_file->write(bytes.data(), bytes.size()) != bytes.size())
        return error(*m_file, bytes.size());
    m_end += bytes.size();
    return {};
}

Error Appender::error(const QFile &file, qint64 bytes) const
{
    // A disk that takes a part of it says nothing of why.
    int code = SQLITE_IOERR_WRITE;
    if (!file.isOpen())
        code = SQLITE_CANTOPEN;
    else if (QStorageInfo(QFileInfo(m_path).path()).bytesAvailable() < bytes)
        code = SQLITE_FULL;
    return sqliteError(code, m_path, QString::fromUtf8(sqlite3_errstr(code)));
}

bool Source::isThere()
{
    if (m_file)
        return true;
    auto file = std::make_unique<QFile>(m_path);
    if (!QFileInfo(m_path).isFile() || !file->open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return false;
    m_file = std::move(file);
    return true;
}

qint64 Source::size()
{
    return isThere() ? m_file->size() : 0;
}

bool Source::read(char *to, qint64 offset, qint64 length)
{
    return isThere() && offset >= 0 && m_file->seek(offset) && m_file->read(to, length) == length;
}

void sync(const QString &capturePath)
{
    QFile file(pathFor(capturePath));
    if (!file.exists() || !file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly))
        return;
#ifdef Q_OS_WIN
    ::_commit(file.handle());
#else
    ::fsync(file.handle());
#endif
}

} // namespace sockeye::PayloadFile
