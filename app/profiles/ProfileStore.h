#pragma once

#include "profiles/Profile.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace sockeye {

/// The profiles of one directory. Files are written atomically; a file that cannot be read as a profile is reported as
/// a Problem and never overwritten or removed. What other programs and other windows of Sockeye change there is taken
/// in by itself. GUI thread; the files are small.
class ProfileStore final : public QObject
{
    Q_OBJECT

public:
    struct Problem
    {
        QString file;
        QString message;

        friend bool operator==(const Problem &, const Problem &) = default;
    };

    explicit ProfileStore(const QString &directory, QObject *parent = nullptr);

    /// Reads the directory anew, and tells if anything is different.
    void load();
    /// In order of folder and name, as people sort (case and numbers).
    [[nodiscard]] const QList<Profile> &profiles() const { return m_profiles; }
    [[nodiscard]] const QList<Problem> &problems() const { return m_problems; }
    [[nodiscard]] const Profile *find(const QString &id) const;
    /// By name, for the command line; an exact id matches too.
    [[nodiscard]] const Profile *findByName(const QString &name) const;

    /// Writes a new profile under a fresh id, which is returned.
    [[nodiscard]] Result<QString> add(Profile profile);
    /// Writes the profile with this id again.
    [[nodiscard]] Result<> update(const Profile &profile);
    [[nodiscard]] Result<> rename(const QString &id, const QString &name);
    /// Puts the profile into the folder; empty for the top level.
    [[nodiscard]] Result<> move(const QString &id, const QString &folder);
    /// Renames the folder, and with it those within. What cannot be written stays where it is, and is told.
    [[nodiscard]] Result<> renameFolder(const QString &from, const QString &to);
    /// A copy named "… copy"; its id is returned.
    [[nodiscard]] Result<QString> duplicate(const QString &id);
    [[nodiscard]] Result<> remove(const QString &id);
    [[nodiscard]] QString directory() const { return m_directory; }

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] QString filePath(const QString &id) const;
    [[nodiscard]] QString freshId(const QString &name) const;
    [[nodiscard]] Result<> write(const Profile &profile);
    void sortProfiles();
    void watch();

    QString m_directory;
    QList<Profile> m_profiles;
    QList<Problem> m_problems;
    QFileSystemWatcher m_watcher;
    /// Changes come in swarms.
    QTimer m_pause;
};

} // namespace sockeye
