#include "tls/Pkcs12Reader.h"

#include "tls/LegacyAlgorithms.h"

#include <QCoreApplication>

#include <optional>

namespace sockeye {

namespace {
struct Pkcs12ReaderWords
{
    Q_DECLARE_TR_FUNCTIONS(Pkcs12Reader)
};

openssl::Pkcs12 parsed(const TlsFile &file)
{
    const auto *at = reinterpret_cast<const unsigned char *>(file.content.constData());
    return openssl::Pkcs12(d2i_PKCS12(nullptr, &at, static_cast<long>(file.content.size())));
}

/// Written out at once: with the legacy algorithms it is made of, it could not be used without them.
std::optional<Pkcs12Content> opened(const TlsFile &file, const QByteArray &passphrase)
{
    const openssl::Pkcs12 pkcs12 = parsed(file);
    EVP_PKEY *key = nullptr;
    X509 *certificate = nullptr;
    STACK_OF(X509) *others = nullptr;
    if (!pkcs12)
        return std::nullopt;
    // OpenSSL wants a code that authenticates the file. One that has none cannot be told from an altered one anyway.
    const auto size = static_cast<int>(passphrase.size());
    if (!PKCS12_mac_present(pkcs12.get()) &&
        !PKCS12_set_mac(pkcs12.get(), passphrase.constData(), size, nullptr, 0, 1, EVP_sha256()))
        return std::nullopt;
    if (!PKCS12_parse(pkcs12.get(), passphrase.constData(), &key, &certificate, &others))
        return std::nullopt;
    const openssl::Key keyOwner(key);
    const openssl::Certificate certificateOwner(certificate);
    const openssl::Certificates othersOwner(others);
    Pkcs12Content content;
    if (key) {
        content.key = openssl::derOf(key);
        if (content.key.isEmpty())
            return std::nullopt;
    }
    if (certificate)
        content.certificates += openssl::derOf(certificate);
    for (int i = 0; others && i < sk_X509_num(others); ++i)
        content.certificates += openssl::derOf(sk_X509_value(others, i));
    return content;
}

enum class Integrity : quint8 { Proved, WrongPassphrase, Unknown };

/// The code that authenticates the file tells a wrong passphrase from everything else (RFC 7292 section 4).
Integrity integrityOf(const TlsFile &file, const QByteArray &passphrase)
{
    const openssl::ErrorQueue queue;
    const openssl::Pkcs12 pkcs12 = parsed(file);
    if (!pkcs12 || !PKCS12_mac_present(pkcs12.get()))
        return Integrity::Unknown;
    if (PKCS12_verify_mac(pkcs12.get(), passphrase.constData(), static_cast<int>(passphrase.size())) ||
        (passphrase.isEmpty() && PKCS12_verify_mac(pkcs12.get(), nullptr, 0))) {
        return Integrity::Proved;
    }
    // An algorithm that could not be had leaves an error; a code that is another one does not.
    return openssl::takeFailure().reasons.isEmpty() ? Integrity::WrongPassphrase : Integrity::Unknown;
}

Error wrongContainerPassphrase(const TlsFile &file, const QByteArray &passphrase)
{
    return Error{
        (passphrase.isEmpty()
             ? Pkcs12ReaderWords::tr("The PKCS#12 file %1 could not be opened without a passphrase. Enter it under "
                                     "Connection options > TLS.")
             : Pkcs12ReaderWords::tr(
                   "The passphrase does not open the PKCS#12 file %1. Check it under Connection options > "
                   "TLS."))
            .arg(file.path)};
}

Error unusableContainer(const TlsFile &file, Integrity integrity, const QString &reasons)
{
    QString text = Pkcs12ReaderWords::tr("OpenSSL cannot read the PKCS#12 file %1: %2.").arg(file.path, reasons);
    if (integrity == Integrity::Proved)
        text += u' ' + Pkcs12ReaderWords::tr("The passphrase is right.");
    text += u' ' + Pkcs12ReaderWords::tr("Save the file anew with a current program.");
    if (!LegacyAlgorithms::areAvailable())
        text +=
            u' ' + Pkcs12ReaderWords::tr("OpenSSL's legacy provider, which knows old ciphers, is not installed here.");
    return Error{text};
}
} // namespace

bool isPkcs12(const TlsFile &file)
{
    const openssl::ErrorQueue queue;
    return parsed(file) != nullptr;
}

Result<Pkcs12Content> readPkcs12(const TlsFile &file, const QString &passphrase)
{
    const openssl::ErrorQueue queue;
    const QByteArray bytes = passphrase.toUtf8();
    openssl::Failure failure;
    auto content = withLegacyAlgorithms([&file, &bytes] { return opened(file, bytes); }, failure);
    if (content)
        return std::move(*content);
    const Integrity integrity = integrityOf(file, bytes);
    const bool isWrong =
        integrity == Integrity::WrongPassphrase || (integrity == Integrity::Unknown && failure.isWrongPassphrase);
    return isWrong ? wrongContainerPassphrase(file, bytes) : unusableContainer(file, integrity, failure.reasons);
}

} // namespace sockeye
