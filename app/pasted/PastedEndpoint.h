#pragma once

#include "endpoint/Endpoint.h"

namespace sockeye {

/// What a pasted text says of a connection.
struct PastedEndpoint
{
    Endpoint endpoint;
    /// Options of the command that mean nothing here, or that are not taken from a paste.
    QStringList notTaken;
};

/// Reads a URL, or a command line of curl ("Copy as cURL" in a browser), wscat or websocat, as a shell would: nothing
/// in it is run. What it does not say is as in `fresh`. http:// and https:// become ws:// and wss://. Fails if there is
/// no URL in it, with a sentence for the user. Certificates are verified whatever the command says.
[[nodiscard]] Result<PastedEndpoint> endpointFromText(const QString &text, const Endpoint &fresh);

} // namespace sockeye
