#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace sockeye {

/// permessage-deflate as it is offered (RFC 7692 section 7.1). The window bits are 8 to 15; 15 is the default and is
/// not named in the offer, but that client_max_window_bits is understood always is.
struct DeflateOptions
{
    bool offered = true;
    bool serverNoContextTakeover = false;
    bool clientNoContextTakeover = false;
    int serverMaxWindowBits = 15;
    int clientMaxWindowBits = 15;

    friend bool operator==(const DeflateOptions &, const DeflateOptions &) = default;
};

/// permessage-deflate as agreed on: how the server compresses, and how the client does.
struct DeflateParameters
{
    bool serverNoContextTakeover = false;
    bool clientNoContextTakeover = false;
    int serverMaxWindowBits = 15;
    int clientMaxWindowBits = 15;

    friend bool operator==(const DeflateParameters &, const DeflateParameters &) = default;
};

/// What Sec-WebSocket-Extensions offers: "permessage-deflate; client_max_window_bits"; empty if nothing is offered.
[[nodiscard]] QByteArray deflateOffer(const DeflateOptions &options);
/// Reads the server's extensions (the elements of its Sec-WebSocket-Extensions) against the elements that were offered.
/// None if compression was not agreed on; an error names what the answer may not say (RFC 7692 section 7.1: unknown,
/// repeated or unoffered parameters, window bits that are out of range, an accepted extension that was not offered).
[[nodiscard]] Result<std::optional<DeflateParameters>> parseDeflateAnswer(const QList<QByteArray> &offered,
                                                                          const QList<QByteArray> &answered);
/// As a server: the element of Sec-WebSocket-Extensions that accepts the first of the offered elements of
/// permessage-deflate that is valid, with all that it asks for and nothing beyond it. Empty if there is none: then
/// compression is declined. parseDeflateAnswer() of the offers and this gives the parameters.
[[nodiscard]] QByteArray acceptDeflate(const QList<QByteArray> &offered);

} // namespace sockeye
