#include "tls/LegacyAlgorithms.h"

#include <openssl/crypto.h>
#include <openssl/provider.h>

namespace sockeye {

namespace {
using Provider = std::unique_ptr<OSSL_PROVIDER, openssl::Deleter<&OSSL_PROVIDER_unload>>;

/// Null if it is not there. Never into the context of all others, which null stands for.
Provider load(OSSL_LIB_CTX *context, const char *name)
{
    return Provider(context ? OSSL_PROVIDER_load(context, name) : nullptr);
}

/// The providers go before the context that they are loaded into.
struct LegacyLibrary
{
    std::unique_ptr<OSSL_LIB_CTX, openssl::Deleter<&OSSL_LIB_CTX_free>> context{OSSL_LIB_CTX_new()};
    Provider legacy = load(context.get(), "legacy");
    Provider standard = load(context.get(), "default");
};

/// Null if this machine does not have the provider.
OSSL_LIB_CTX *legacyContext()
{
    static const LegacyLibrary library;
    return library.legacy && library.standard ? library.context.get() : nullptr;
}
} // namespace

LegacyAlgorithms::LegacyAlgorithms()
    : m_previous(OSSL_LIB_CTX_set0_default(legacyContext()))
{
}

LegacyAlgorithms::~LegacyAlgorithms()
{
    OSSL_LIB_CTX_set0_default(m_previous);
}

bool LegacyAlgorithms::areAvailable()
{
    return legacyContext() != nullptr;
}

} // namespace sockeye
