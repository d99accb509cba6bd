// A file that TLS options name: certificates, or a key.

#include "fuzz/Fuzzing.h"
#include "tls/CertificateReader.h"
#include "tls/PrivateKeyReader.h"

using namespace sockeye;
using namespace sockeye::fuzz;

namespace {

void readAsCertificates(const TlsFile &file)
{
    const auto certificates = readCertificates(file);
    if (!certificates) {
        require(!certificates.message().isEmpty(), "a refusal has words");
        return;
    }
    for (const QByteArray &der : certificates.value()) {
        const openssl::Certificate certificate = openssl::certificateFromDer(der);
        require(certificate != nullptr, "a certificate that was read can be read again");
        require(openssl::trustedDerOf(certificate.get()) == der, "a certificate survives being written");
    }
}

/// Without a passphrase, so that nothing is decrypted.
void readAsKey(const TlsFile &file)
{
    const auto key = readPrivateKey(file, {});
    require(key.ok() || !key.message().isEmpty(), "a refusal has words");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size);
    const quint8 kind = input.byte();
    const TlsFile file{QStringLiteral("file"), input.rest().toByteArray()};
    if (kind % 2 == 0)
        readAsCertificates(file);
    else
        readAsKey(file);
    return 0;
}
