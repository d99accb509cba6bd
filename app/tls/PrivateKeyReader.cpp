#include "tls/PrivateKeyReader.h"

#include "tls/LegacyAlgorithms.h"

#include <QCoreApplication>

#include <openssl/pem.h>

#include <cstring>
#include <optional>

namespace sockeye {

namespace {
struct PrivateKeyReaderWords
{
    Q_DECLARE_TR_FUNCTIONS(PrivateKeyReader)
};

using KeyReading = Result<openssl::Key>;

Error missingPassphrase(const TlsFile &file)
{
    return Error{
        PrivateKeyReaderWords::tr("The private key in %1 has a passphrase. Enter it under Connection options > TLS.")
            .arg(file.path)};
}

Error wrongKeyPassphrase(const TlsFile &file)
{
    return Error{PrivateKeyReaderWords::tr(
                     "The passphrase does not open the private key in %1. Check it under Connection options > "
                     "TLS.")
                     .arg(file.path)};
}

Error unusableKey(const TlsFile &file, const QString &reasons)
{
    return Error{
        PrivateKeyReaderWords::tr("The private key in %1 is broken, or of a kind that OpenSSL does not take here: %2.")
            .arg(file.path, reasons)};
}

/// The passphrase may be right: what it protects is not read here.
Error undecryptable(const TlsFile &file, const openssl::Failure &failure)
{
    const QString text =
        PrivateKeyReaderWords::tr("OpenSSL cannot decrypt the private key in %1: %2. The passphrase is not the "
                                  "reason. Save the key anew with a cipher of today (“openssl pkcs8 -topk8 -v2 "
                                  "aes256”).")
            .arg(file.path, failure.reasons);
    if (LegacyAlgorithms::areAvailable())
        return Error{text};
    return Error{
        text + u' ' +
        PrivateKeyReaderWords::tr("OpenSSL's legacy provider, which knows old ciphers, is not installed here.")};
}

KeyReading keyOf(const TlsFile &file, const QByteArray &der)
{
    openssl::Key key = openssl::keyFromDer(der);
    if (!key)
        return unusableKey(file, openssl::takeFailure().reasons);
    return key;
}

/// RFC 5958 section 3: EncryptedPrivateKeyInfo.
openssl::EncryptedKey encryptedKey(const QByteArray &der)
{
    const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
    return openssl::EncryptedKey(d2i_X509_SIG(nullptr, &at, static_cast<long>(der.size())));
}

KeyReading decrypted(const TlsFile &file, const openssl::EncryptedKey &encrypted, const QByteArray &passphrase)
{
    if (passphrase.isEmpty())
        return missingPassphrase(file);
    openssl::Failure failure;
    const openssl::KeyInfo info = withLegacyAlgorithms(
        [&encrypted, &passphrase] {
            return openssl::KeyInfo(
                PKCS8_decrypt(encrypted.get(), passphrase.constData(), static_cast<int>(passphrase.size())));
        },
        failure);
    if (!info)
        return failure.isWrongPassphrase ? wrongKeyPassphrase(file) : undecryptable(file, failure);
    openssl::Key key(EVP_PKCS82PKEY(info.get()));
    if (!key)
        return unusableKey(file, openssl::takeFailure().reasons);
    return key;
}

struct PemKey
{
    QByteArray label;
    /// RFC 1421's, of the older forms: "Proc-Type: 4,ENCRYPTED".
    QByteArray header;
    QByteArray data;

    [[nodiscard]] bool isEncrypted() const { return header.contains("ENCRYPTED"); }
};

/// The first private key of the text.
std::optional<PemKey> firstKey(const QByteArray &content)
{
    const openssl::Bio bio = openssl::readingBio(content);
    char *name = nullptr;
    char *header = nullptr;
    unsigned char *data = nullptr;
    long size = 0;
    while (PEM_read_bio(bio.get(), &name, &header, &data, &size)) {
        const openssl::Memory nameMemory(name);
        const openssl::Memory headerMemory(header);
        const openssl::Memory dataMemory(data);
        if (QByteArrayView(name).endsWith("PRIVATE KEY")) {
            return PemKey{name, header, QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size))};
        }
    }
    return std::nullopt;
}

int givePassphrase(char *buffer, int size, int /*writing*/, void *passphrase)
{
    const auto &text = *static_cast<const QByteArray *>(passphrase);
    const int length = static_cast<int>(text.size());
    if (length > size)
        return -1;
    std::memcpy(buffer, text.constData(), static_cast<std::size_t>(length));
    return length;
}

/// Empty, with the reason in the queue of errors, if it cannot be decrypted.
QByteArray decryptedData(PemKey key, QByteArray passphrase)
{
    EVP_CIPHER_INFO cipher;
    auto *bytes = reinterpret_cast<unsigned char *>(key.data.data());
    auto size = static_cast<long>(key.data.size());
    if (!PEM_get_EVP_CIPHER_INFO(key.header.data(), &cipher) ||
        !PEM_do_header(&cipher, bytes, &size, givePassphrase, &passphrase)) {
        return {};
    }
    return key.data.first(size);
}

/// Whether the bytes are one whole ASN.1 sequence, as every key is: padding comes out right by chance once in 256
/// times.
bool isSequence(const QByteArray &bytes)
{
    const auto *at = reinterpret_cast<const unsigned char *>(bytes.constData());
    long length = 0;
    int tag = 0;
    int tagClass = 0;
    const int result = ASN1_get_object(&at, &length, &tag, &tagClass, static_cast<long>(bytes.size()));
    const auto head = at - reinterpret_cast<const unsigned char *>(bytes.constData());
    return result == V_ASN1_CONSTRUCTED && tag == V_ASN1_SEQUENCE && head + length == bytes.size();
}

KeyReading fromEncryptedPem(const TlsFile &file, const PemKey &pem, const QByteArray &passphrase)
{
    if (passphrase.isEmpty())
        return missingPassphrase(file);
    openssl::Failure failure;
    const auto der = withLegacyAlgorithms(
        [&pem, &passphrase]() -> std::optional<QByteArray> {
            QByteArray data = decryptedData(pem, passphrase);
            return data.isEmpty() ? std::nullopt : std::optional(data);
        },
        failure);
    if (!der)
        return failure.isWrongPassphrase ? wrongKeyPassphrase(file) : undecryptable(file, failure);
    return isSequence(*der) ? keyOf(file, *der) : wrongKeyPassphrase(file);
}

KeyReading keyFromPem(const TlsFile &file, const QByteArray &passphrase)
{
    const auto pem = firstKey(file.content);
    if (!pem && file.content.contains("PRIVATE KEY-----"))
        return unusableKey(file, openssl::takeFailure().reasons);
    if (!pem) {
        return Error{PrivateKeyReaderWords::tr(
                         "The file %1 holds no private key, but %2. Name the key's file under Connection options "
                         "> TLS.")
                         .arg(file.path, file.pemLabels().join(QStringLiteral(", ")))};
    }
    if (pem->label == "OPENSSH PRIVATE KEY") {
        return Error{PrivateKeyReaderWords::tr(
                         "The private key in %1 is in OpenSSH's own form, which TLS does not know. Convert a copy "
                         "of it with “ssh-keygen -p -m PEM -f FILE”.")
                         .arg(file.path)};
    }
    if (pem->label == PEM_STRING_PKCS8) {
        if (const openssl::EncryptedKey encrypted = encryptedKey(pem->data))
            return decrypted(file, encrypted, passphrase);
        return unusableKey(file, openssl::takeFailure().reasons);
    }
    return pem->isEncrypted() ? fromEncryptedPem(file, *pem, passphrase) : keyOf(file, pem->data);
}

/// RFC 5958 section 2: a key of whatever algorithm.
bool isKeyInfo(const QByteArray &der)
{
    const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
    return openssl::KeyInfo(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size()))) != nullptr;
}

KeyReading keyFromDerFile(const TlsFile &file, const QByteArray &passphrase)
{
    if (const openssl::EncryptedKey encrypted = encryptedKey(file.content))
        return decrypted(file, encrypted, passphrase);
    static_cast<void>(openssl::takeFailure());
    if (openssl::Key key = openssl::keyFromDer(file.content))
        return key;
    const QString reasons = openssl::takeFailure().reasons;
    if (isKeyInfo(file.content))
        return unusableKey(file, reasons);
    return Error{PrivateKeyReaderWords::tr(
                     "The file %1 holds no private key, neither as PEM nor as DER (%2). Name the key's file under "
                     "Connection options > TLS.")
                     .arg(file.path, reasons)};
}
} // namespace

KeyReading readPrivateKey(const TlsFile &file, const QString &passphrase)
{
    const openssl::ErrorQueue queue;
    const QByteArray bytes = passphrase.toUtf8();
    return file.isPem() ? keyFromPem(file, bytes) : keyFromDerFile(file, bytes);
}

} // namespace sockeye
