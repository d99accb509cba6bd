#pragma once

#include "endpoint/Endpoint.h"
#include "pasted/PastedCommand.h"

namespace sockeye {

/// What a text from the clipboard holds as headers.
struct PastedHeaders
{
    QList<RequestHeader> headers;
    /// Names of headers that every handshake makes anew (Connection, Upgrade, Sec-WebSocket-Key, ...): left out.
    QStringList madeAnew;
    /// Lines, and options of a command, that are no headers; request lines and blank ones are not among them.
    QStringList notTaken;

    /// Takes a line "Name: value", or says which of the three it is.
    void add(const QString &line);
    /// Takes what an option of a command says of the headers; most say nothing of them.
    void take(const PastedCommand::Option &option);
    /// How many were taken and what was not, in sentences.
    [[nodiscard]] QString summary() const;
};

/// Reads "Name: value" lines, a name and its value on lines of their own (as browsers' developer tools copy them), or a
/// command line as PastedCommand has them; the options of curl alone will do. A request copied from anywhere fits.
[[nodiscard]] PastedHeaders headersFromText(const QString &text);

/// The Authorization header of HTTP's Basic scheme (RFC 7617).
[[nodiscard]] RequestHeader basicAuthorization(const QString &user, const QString &password);

} // namespace sockeye
