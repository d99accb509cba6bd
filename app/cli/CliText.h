#pragma once

#include <QCoreApplication>

namespace sockeye::cli {

/// What the command line says, in the user's language.
inline QString tr(const char *text)
{
    return QCoreApplication::translate("Cli", text);
}

} // namespace sockeye::cli
