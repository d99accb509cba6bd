#pragma once

#include "base/Result.h"
#include "base/Time.h"

#include <QDateTime>
#include <QList>
#include <QSet>
#include <QString>

namespace sockeye {

/// The folder in the user's data directory where new captures live until they are saved elsewhere: the list under
/// Recent.
class CaptureLibrary final
{
public:
    struct Item
    {
        QString path;
        /// "localhost:9001/echo": taken from the file's name.
        QString title;
        QDateTime modified;
        /// With what SQLite keeps beside it.
        qint64 fileSize = 0;
        /// The user has given it a name.
        bool isNamed = false;

        friend bool operator==(const Item &, const Item &) = default;
    };

    explicit CaptureLibrary(QString directory);

    [[nodiscard]] QString directory() const { return m_directory; }
    /// Another folder from now on; nothing is moved.
    void setDirectory(const QString &directory) { m_directory = directory; }
    /// A path for a new capture of this URL: "2026-11-22 152000 localhost_9001_echo.sockeye", never one that exists or
    /// was given before. Makes the folder.
    [[nodiscard]] Result<QString> newPath(const QString &url, const QDateTime &now) const;
    /// The same in a new folder for temporary files, which only this user may read: for when the library's own folder
    /// cannot be written. Nobody removes it but the system.
    [[nodiscard]] static Result<QString> newTemporaryPath(const QString &url, const QDateTime &now);
    /// Newest first. Reads names and dates only.
    [[nodiscard]] QList<Item> items() const;
    /// Removes the capture and what SQLite keeps beside it.
    [[nodiscard]] Result<> remove(const QString &path) const;

    // What follows waits for the disk, and fails for a capture that somebody records into or reads while it is live.
    // Any thread.
    /// Moves the capture to the desktop's trash, where there is one.
    [[nodiscard]] static Result<> moveToTrash(const QString &path);
    /// Gives the capture a name of the user's; the new path. Characters that files cannot have are replaced.
    [[nodiscard]] static Result<QString> rename(const QString &path, const QString &name);

private:
    QString m_directory;
    /// What was given out; its files may still be on their way.
    mutable QSet<QString> m_given;
};

} // namespace sockeye
