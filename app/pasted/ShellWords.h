#pragma once

#include <QStringList>

namespace sockeye {

/// The words of a command line as a POSIX shell splits them; $'...' as bash does, for what browsers make of it. Nothing
/// is expanded or run.
[[nodiscard]] QStringList shellWords(const QString &text);

} // namespace sockeye
