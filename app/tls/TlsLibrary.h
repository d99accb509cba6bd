#pragma once

#include <QString>

namespace sockeye {

/// Name and version of the library that TLS is done by, as it was loaded; empty for none.
[[nodiscard]] QString tlsLibraryVersion();

} // namespace sockeye
