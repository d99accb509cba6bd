#pragma once

#include "base/Result.h"

#include <QStringView>

namespace sockeye {

/// "host:port" taken apart, as views into the text: an IPv6 address keeps its brackets.
struct HostPort
{
    QStringView host;
    QStringView port;
    bool hasPort = false;
};

/// An error says what is wrong with the brackets of an IPv6 address, or that it has none.
[[nodiscard]] Result<HostPort> splitHostAndPort(QStringView text);
/// A number from 1 to 65535, or nothing: an empty port stands for the scheme's own (RFC 3986 section 3.2.3).
[[nodiscard]] Result<> checkPort(QStringView port);
/// A part of what the user wrote, for a message: a pasted novel must not fill the dialog.
[[nodiscard]] QString shortened(QStringView text);

} // namespace sockeye
