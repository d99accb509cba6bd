#pragma once

#include "endpoint/Endpoint.h"

namespace sockeye {

// What keeps a field from being used, beside its bounds: in sentences for people (what is wrong, with what, what to
// do); empty for nothing. endpointFields() names the rule of each field, endpointProblems() applies them.

[[nodiscard]] QString problemOfUrl(const Endpoint &endpoint);
[[nodiscard]] QString problemOfSubprotocols(const Endpoint &endpoint);
/// Of the headers that are sent.
[[nodiscard]] QString problemOfHeaders(const Endpoint &endpoint);
[[nodiscard]] QString problemOfKeyFile(const Endpoint &endpoint);
[[nodiscard]] QString problemOfServerName(const Endpoint &endpoint);
[[nodiscard]] QString problemOfAlpn(const Endpoint &endpoint);
[[nodiscard]] QString problemOfFingerprint(const Endpoint &endpoint);
[[nodiscard]] QString problemOfPins(const Endpoint &endpoint);
/// Never shows a password.
[[nodiscard]] QString problemOfProxy(const Endpoint &endpoint);
/// While there is no valid URL, of the text by itself.
[[nodiscard]] QString problemOfConnectTo(const Endpoint &endpoint);
[[nodiscard]] QString problemOfLongestDelay(const Endpoint &endpoint);

} // namespace sockeye
