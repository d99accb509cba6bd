#pragma once

#include "base/Result.h"

#include <QString>

class QFile;

namespace sockeye {

/// Files that are read whole must be regular files, once links have been followed: a pipe would be waited for without
/// end, and reading from a device may do anything. Pipes, devices, sockets and folders are refused unread.
namespace RegularFile {

/// Why this is nothing to read, as the end of a sentence ("it is a pipe, not a file"); empty for a regular file, and
/// for what is not there. Opens nothing.
[[nodiscard]] QString refusal(const QString &path);

/// Opens the file that `file` names for reading, and never waits: what it has opened is looked at once more, so that
/// nobody can put a pipe in the file's place meanwhile. The error is the end of a sentence, without the file's name.
[[nodiscard]] Result<> open(QFile &file);

} // namespace RegularFile

} // namespace sockeye
