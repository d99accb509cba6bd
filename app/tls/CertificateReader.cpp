#include "tls/CertificateReader.h"

#include "tls/OpenSsl.h"

#include <QCoreApplication>

#include <openssl/err.h>
#include <openssl/pem.h>

namespace sockeye {

namespace {
struct CertificateReaderWords
{
    Q_DECLARE_TR_FUNCTIONS(CertificateReader)
};

using ChainReading = Result<QList<QByteArray>>;

const unsigned char *begin(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

/// Of signed data (RFC 2315 section 9.1), whether anything is signed or not; nothing if it is none.
std::optional<QList<QByteArray>> fromPkcs7(const QByteArray &der)
{
    const unsigned char *at = begin(der);
    const openssl::Pkcs7 message(d2i_PKCS7(nullptr, &at, static_cast<long>(der.size())));
    if (!message)
        return std::nullopt;
    const STACK_OF(X509) *certificates = nullptr;
    if (PKCS7_type_is_signed(message.get()) && message->d.sign)
        certificates = message->d.sign->cert;
    else if (PKCS7_type_is_signedAndEnveloped(message.get()) && message->d.signed_and_enveloped)
        certificates = message->d.signed_and_enveloped->cert;
    QList<QByteArray> all;
    for (int i = 0; certificates && i < sk_X509_num(certificates); ++i)
        all += openssl::derOf(sk_X509_value(certificates, i));
    return all;
}

/// One with what it is trusted for, or such as follow one another, as "cat" joins them.
QList<QByteArray> chainFromDer(const QByteArray &der)
{
    if (const openssl::Certificate certificate = openssl::certificateFromDer(der))
        return {openssl::trustedDerOf(certificate.get())};
    QList<QByteArray> all;
    const unsigned char *at = begin(der);
    const unsigned char *const end = at + der.size();
    while (at < end) {
        const openssl::Certificate certificate(d2i_X509(nullptr, &at, static_cast<long>(end - at)));
        if (!certificate)
            return {};
        all += openssl::derOf(certificate.get());
    }
    return all;
}

bool isCertificate(const QByteArray &label)
{
    return label == PEM_STRING_X509 || label == PEM_STRING_X509_OLD || label == PEM_STRING_X509_TRUSTED;
}

bool isPkcs7(const QByteArray &label)
{
    return label == PEM_STRING_PKCS7 || label == PEM_STRING_PKCS7_SIGNED || label == PEM_STRING_CMS;
}

struct PemBlock
{
    QByteArray label;
    QByteArray der;
};

/// The next block of any kind; nothing at the end, and where the text cannot be read any further.
std::optional<PemBlock> nextBlock(BIO *bio)
{
    char *name = nullptr;
    char *header = nullptr;
    unsigned char *data = nullptr;
    long size = 0;
    if (!PEM_read_bio(bio, &name, &header, &data, &size))
        return std::nullopt;
    const openssl::Memory nameMemory(name);
    const openssl::Memory headerMemory(header);
    const openssl::Memory dataMemory(data);
    return PemBlock{QByteArray(name), QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size))};
}

Error brokenCertificate(qsizetype number)
{
    return Error{CertificateReaderWords::tr("its certificate no. %1 is broken (%2)")
                     .arg(QString::number(number), openssl::takeFailure().reasons)};
}

ChainReading chainFromPem(const TlsFile &file)
{
    QList<QByteArray> all;
    const openssl::Bio bio = openssl::readingBio(file.content);
    while (const auto block = nextBlock(bio.get())) {
        if (isCertificate(block->label)) {
            const openssl::Certificate certificate = openssl::certificateFromDer(block->der);
            if (!certificate)
                return brokenCertificate(all.size() + 1);
            all += openssl::trustedDerOf(certificate.get());
        } else if (isPkcs7(block->label)) {
            const auto contained = fromPkcs7(block->der);
            if (!contained)
                return brokenCertificate(all.size() + 1);
            all += *contained;
        }
    }
    // A text that ends in order has no further line that begins a block.
    const bool isAtEnd = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    if (!isAtEnd)
        return Error{CertificateReaderWords::tr("its PEM text is broken (%1)").arg(openssl::takeFailure().reasons)};
    if (all.isEmpty()) {
        return Error{CertificateReaderWords::tr("it holds %1, but no certificate")
                         .arg(file.pemLabels().join(QStringLiteral(", ")))};
    }
    return all;
}

/// What a DER file without certificates is, where that can be told.
QString kindOf(const QByteArray &der)
{
    const unsigned char *at = begin(der);
    if (const openssl::Pkcs12 pkcs12(d2i_PKCS12(nullptr, &at, static_cast<long>(der.size()))); pkcs12)
        return CertificateReaderWords::tr(
            "it is a PKCS#12 file; “openssl pkcs12 -nokeys” takes the certificates out of it");
    if (openssl::keyFromDer(der))
        return CertificateReaderWords::tr("it holds a private key, but no certificate");
    return {};
}
} // namespace

ChainReading readCertificates(const TlsFile &file)
{
    const openssl::ErrorQueue queue;
    if (file.content.isEmpty())
        return Error{CertificateReaderWords::tr("it is empty")};
    if (file.isPem())
        return chainFromPem(file);
    if (const auto certificates = chainFromDer(file.content); !certificates.isEmpty())
        return certificates;
    // What is no PKCS#7 either is told in the words for a certificate.
    const QString reasons = openssl::takeFailure().reasons;
    if (const auto contained = fromPkcs7(file.content)) {
        if (!contained->isEmpty())
            return *contained;
        return Error{CertificateReaderWords::tr("it is a PKCS#7 message without certificates")};
    }
    if (const QString kind = kindOf(file.content); !kind.isEmpty())
        return Error{kind};
    return Error{
        CertificateReaderWords::tr("it holds no certificate, neither as PEM nor as DER or PKCS#7 (%1)").arg(reasons)};
}

} // namespace sockeye
