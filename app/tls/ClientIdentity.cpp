#include "tls/ClientIdentity.h"

#include "tls/QtIdentity.h"
#ifdef SOCKEYE_OPENSSL
#include "tls/OpenSsl.h"
#include "tls/OpenSslIdentity.h"
#endif

namespace sockeye {

Result<ClientIdentity> clientIdentity(const TlsOptions &options)
{
#ifdef SOCKEYE_OPENSSL
    if (openssl::isQtsLibrary())
        return openSslIdentity(options);
#endif
    return qtIdentity(options);
}

} // namespace sockeye
