#pragma once

#include <QFile>
#include <QString>

// Files that may hold secrets, and the folders that Sockeye makes for them: for their owner alone, whatever the umask.
// Modes exist on Unix; on Windows the access list of the user's folder stands.
namespace sockeye::owneronly {

/// 0600.
inline constexpr QFileDevice::Permissions FilePermissions = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
/// 0700.
inline constexpr QFileDevice::Permissions FolderPermissions =
    QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;

/// Makes the folder and those above it that are missing, each 0700. What exists keeps its mode. Any thread.
[[nodiscard]] bool makeFolder(const QString &path);
/// Opens a file that must not exist yet for writing, 0600 from its first moment on.
[[nodiscard]] bool openNew(QFile &file);
/// Takes what the group and others may do away from a file or folder, if there is one and it is the user's.
void narrow(const QString &path);
/// Makes an empty file with its folders where there is none, and narrows what is there: for what is written by others
/// than us, such as QSettings, who keep the mode of a file.
void prepareFile(const QString &path);

} // namespace sockeye::owneronly
