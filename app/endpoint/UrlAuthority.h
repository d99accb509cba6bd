#pragma once

#include "endpoint/HostName.h"

namespace sockeye {

/// The authority of a URL taken apart (RFC 3986 section 3.2, WHATWG URL section 4.4): [user[:password]@]host[:port].
struct UrlAuthority
{
    /// Percent-encoded; the last "@" ends it, those before it are encoded.
    QString userInfo;
    HostName host;
    /// The host as it was written.
    QStringView writtenHost;
    /// 0 for none.
    quint16 port = 0;
    /// What follows: path, query and fragment.
    QStringView rest;

    /// From behind a URL's slashes. An error quotes no part of a user's information; where "/", "?" or "#" in a
    /// password cuts it into pieces, it says how that is written. `example` is a right URL.
    [[nodiscard]] static Result<UrlAuthority> parse(QStringView afterScheme, const QString &example);
};

} // namespace sockeye
