#pragma once

#include "endpoint/Endpoint.h"

namespace sockeye {

/// What a text from the clipboard holds as headers.
struct PastedHeaders
{
    QList<RequestHeader> headers;
    /// Names of headers that every handshake makes anew (Connection, Upgrade, Sec-WebSocket-Key, ...): left out.
    QStringList madeAnew;
    /// Lines that are no headers; request lines and blank ones are not among them.
    QStringList notTaken;

    /// Takes a line "Name: value", or says which of the three it is.
    void add(const QString &line);
    /// How many were taken and what was not, in sentences.
    [[nodiscard]] QString summary() const;
};

/// Reads "Name: value" lines, a name and its value on lines of their own (as browsers' developer tools copy them), or a
/// curl command line: its -H, -A, -e, -b and -u. A request copied from anywhere fits.
[[nodiscard]] PastedHeaders headersFromText(const QString &text);

/// The Authorization header of HTTP's Basic scheme (RFC 7617).
[[nodiscard]] RequestHeader basicAuthorization(const QString &user, const QString &password);

} // namespace sockeye
