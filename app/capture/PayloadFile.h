#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QFile>

#include <memory>
#include <optional>

namespace sockeye {

/// The file beside a live capture with its larger payloads, one after the other (docs/capture-format.md). What goes
/// through SQLite's WAL is written twice while everybody waits; this is written once, and brought into the capture when
/// it is closed (OutsidePayloads). Whoever calls it uses it in one thread at a time.
namespace PayloadFile {

/// "session.sockeye-payload" for "session.sockeye".
[[nodiscard]] QString pathFor(const QString &capturePath);
/// Its size; 0 if there is none.
[[nodiscard]] qint64 sizeFor(const QString &capturePath);
/// Payloads longer than this stand in it.
inline constexpr qint64 LongestInside = 1024;

/// Appends payloads; the file is made with the first one, for its owner alone.
class Appender final
{
public:
    explicit Appender(const QString &capturePath);

    /// Where it will stand. What is small waits in memory until flush().
    [[nodiscard]] Result<qint64> append(QByteArrayView payload);
    /// Hands all that was appended to the system: a killed program has not lost it then.
    [[nodiscard]] Result<> flush();

private:
    [[nodiscard]] Result<> open();
    [[nodiscard]] Result<> write(QByteArrayView bytes);
    /// Of what could not be done with the file, which was to take so many bytes.
    [[nodiscard]] Error error(const QFile &file, qint64 bytes) const;

    QString m_path;
    /// On the heap: a QFile cannot be moved.
    std::unique_ptr<QFile> m_file;
    QByteArray m_waiting;
    /// Of what was written.
    qint64 m_end = 0;
};

/// Reads from it. The file is opened when it is first asked for.
class Source final
{
public:
    explicit Source(QString path)
        : m_path(std::move(path))
    {
    }

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] bool isThere();
    [[nodiscard]] qint64 size();
    /// False if it does not hold all of these.
    [[nodiscard]] bool read(char *to, qint64 offset, qint64 length);

private:
    QString m_path;
    std::unique_ptr<QFile> m_file;
};

/// Waits until what a live capture's file holds has reached the disk. Nothing without such a file.
void sync(const QString &capturePath);

} // namespace PayloadFile

} // namespace sockeye
