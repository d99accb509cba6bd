#include "tls/SecurityLevel.h"

#include "tls/OpenSsl.h"

namespace sockeye {

int securityLevel(const TlsOptions &options)
{
    if (options.minimumVersion == TlsVersion::Tls10 || options.minimumVersion == TlsVersion::Tls11)
        return 0;
    const openssl::Context context(SSL_CTX_new(TLS_client_method()));
    return context ? SSL_CTX_get_security_level(context.get()) : 1;
}

} // namespace sockeye
