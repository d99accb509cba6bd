#pragma once

#include "endpoint/WebSocketUrl.h"

namespace sockeye {

/// What was typed checked and taken apart: scheme ws or wss (http and https are taken as these), a host (WHATWG URL
/// section 4.4), no fragment (RFC 6455 section 3). A text without a scheme gets ws:// for localhost and addresses,
/// wss:// otherwise. ws+unix:///path/to.sock:/resource names a Unix domain socket. ASCII blanks around it are cut off.
/// The error says what is wrong with the text and what a right one looks like, and quotes no part of a password.
[[nodiscard]] Result<WebSocketUrl> parseUrl(const QString &text);
/// Whether both lead to the same, however they were typed, but for a password.
[[nodiscard]] bool isSameUrl(const QString &one, const QString &other);

/// What is sent otherwise than it was typed, in a sentence: "“é” is sent as %C3%A9."; empty for nothing.
[[nodiscard]] QString encodingNote(const QString &text);

} // namespace sockeye
