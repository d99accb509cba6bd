#pragma once

#include "wire/Handshake.h"

namespace sockeye {

/// What a reply holds that Sockeye accepts, but that some clients fail on and others do not look at: for whoever asks
/// why a server works here and not there. Each is a check that did not pass and fails nothing, by the name of its row
/// in docs/clients.md: "subprotocol.none", "connection.list", "accept.blanks", "upgrade.twice", "http-version.old",
/// "framing.content-length", "framing.transfer-encoding", "extensions.empty", "http.bare-line-feed", "http.interim".
/// `sent` holds the request's fields, `lines` what the parser found in the reply and before it.
[[nodiscard]] QList<HandshakeCheck> handshakeRemarks(const HttpHead &sent, const HttpHead &reply,
                                                     const Findings &lines);
/// Whether the rule is the name of a remark.
[[nodiscard]] bool isHandshakeRemark(const QString &rule);

} // namespace sockeye
