#pragma once

#include "endpoint/Endpoint.h"

namespace sockeye {

/// How weak keys and digests may be, as SSL_CTX_set_security_level(3) has it: this OpenSSL's own level (2 on Debian:
/// RSA from 2,048 bits on), or 0 where the options allow versions of TLS that OpenSSL speaks at no other.
[[nodiscard]] int securityLevel(const TlsOptions &options);

} // namespace sockeye
