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
        qint64 fileSize = 0;
    };

    explicit CaptureLibrary(QString directory);

    [[nodiscard]] QString directory() const { return m_directory; }
    /// A path for a new capture of this URL: "2026-11-22 152000 localhost_9001_echo.sockeye", never one that exists or
    /// was given before. Makes the folder.
    [[nodiscard]] Result<QString> newPath(const QString &url, const QDateTime &now) const;
    /// Newest first. Reads names and dates only.
    [[nodiscard]] QList<Item> items() const;
    /// Removes the capture and what SQLite keeps beside it.
    [[nodiscard]] Result<> remove(const QString &path) const;

private:
    QString m_directory;
    /// What was given out; its files may still be on their way.
    mutable QSet<QString> m_given;
};

} // namespace sockeye
