#pragma once

#include "tls/OpenSsl.h"

namespace sockeye {

/// While it lives, OpenSSL knows the algorithms of its legacy provider (RC2, single DES and others) in this thread, and
/// in no other: the provider is loaded into a library context of its own, so that no connection ever uses them. What
/// was made meanwhile must be written out before it goes, and read in again.
class LegacyAlgorithms final
{
public:
    LegacyAlgorithms();
    LegacyAlgorithms(const LegacyAlgorithms &) = delete;
    LegacyAlgorithms &operator=(const LegacyAlgorithms &) = delete;
    ~LegacyAlgorithms();

    /// Whether this machine has the provider.
    [[nodiscard]] static bool areAvailable();

private:
    OSSL_LIB_CTX *m_previous;
};

/// What `attempt` gives; where that is null or empty, and not for a wrong passphrase, once more with the legacy
/// algorithms.
template<typename Attempt>
[[nodiscard]] auto withLegacyAlgorithms(const Attempt &attempt, openssl::Failure &failure)
{
    auto result = attempt();
    if (result)
        return result;
    failure = openssl::takeFailure();
    if (failure.isWrongPassphrase || !LegacyAlgorithms::areAvailable())
        return result;
    const LegacyAlgorithms legacy;
    result = attempt();
    if (!result) {
        // Unless it came as far as the passphrase, the current algorithms tell better what was missing.
        const openssl::Failure second = openssl::takeFailure();
        if (second.isWrongPassphrase || failure.reasons.isEmpty())
            failure = second;
    }
    return result;
}

} // namespace sockeye
