#include "tls/VerifyErrors.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {
struct VerifyErrorsWords
{
    Q_DECLARE_TR_FUNCTIONS(VerifyErrors)
};

/// What is to be done about an error. The first of a certificate's in this order is the one that is told.
enum class Remedy : quint8 {
    Compromised, ///< do not connect
    Again,       ///< this machine could not do it
    Server,      ///< the server's settings
    Authority,   ///< name who issued it, if he is to be trusted
    SelfSigned,  ///< trust the one certificate
    Name,        ///< ask for another name
    Date,        ///< the clock, or a new certificate
    Weak,        ///< a stronger one
    Purpose,     ///< one for servers
    Revocation,  ///< the issuer's lists and services
    Chain,       ///< the authority's own certificates
    Renew,       ///< one that is made in order
    Other
};

struct Row
{
    int code;
    Remedy remedy;
    /// %1 is “It” or the certificate of the chain.
    const char *words;
};

// As x509_vfy.h has them.
constexpr std::array Rows{
    Row{-2, Remedy::Compromised, QT_TRANSLATE_NOOP("VerifyErrors", "%1 is known to have been stolen or forged.")},
    Row{-1, Remedy::Server, QT_TRANSLATE_NOOP("VerifyErrors", "The server showed no certificate.")},
    Row{1, Remedy::Other,
        QT_TRANSLATE_NOOP("VerifyErrors",
                          "%1 could not be verified, for a reason that the TLS library does not name.")},
    Row{2, Remedy::Authority,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 was issued by somebody whose certificate is not there.")},
    Row{3, Remedy::Revocation,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 could not be looked up in a revocation list: the list is missing.")},
    Row{4, Remedy::Renew, QT_TRANSLATE_NOOP("VerifyErrors", "%1 has a signature that cannot be decrypted.")},
    Row{5, Remedy::Revocation,
        QT_TRANSLATE_NOOP("VerifyErrors",
                          "%1 could not be looked up in a revocation list: the list's signature cannot be decrypted.")},
    Row{6, Remedy::Renew, QT_TRANSLATE_NOOP("VerifyErrors", "%1 was issued with a public key that cannot be read.")},
    Row{7, Remedy::Renew,
        QT_TRANSLATE_NOOP(
            "VerifyErrors",
            "%1 has a signature that does not fit what it says: it was altered, or another key has signed it.")},
    Row{8, Remedy::Revocation,
        QT_TRANSLATE_NOOP("VerifyErrors",
                          "%1 could not be looked up in a revocation list: the list's signature is wrong.")},
    Row{9, Remedy::Date, QT_TRANSLATE_NOOP("VerifyErrors", "%1 is not valid yet.")},
    Row{10, Remedy::Date, QT_TRANSLATE_NOOP("VerifyErrors", "%1 has expired.")},
    Row{11, Remedy::Revocation,
        QT_TRANSLATE_NOOP("VerifyErrors",
                          "%1 could not be looked up in a revocation list: the list is not valid yet.")},
    Row{12, Remedy::Revocation,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 could not be looked up in a revocation list: the list has expired.")},
    Row{13, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 says from when on it is valid in a form that cannot be read.")},
    Row{14, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 says until when it is valid in a form that cannot be read.")},
    Row{15, Remedy::Revocation,
        QT_TRANSLATE_NOOP("VerifyErrors",
                          "%1 could not be looked up in a revocation list: the list's date cannot be read.")},
    Row{16, Remedy::Revocation,
        QT_TRANSLATE_NOOP("VerifyErrors",
                          "%1 could not be looked up in a revocation list: the date of the next list cannot be read.")},
    Row{17, Remedy::Again, QT_TRANSLATE_NOOP("VerifyErrors", "%1 could not be verified: memory ran out.")},
    Row{18, Remedy::SelfSigned, QT_TRANSLATE_NOOP("VerifyErrors", "%1 is self-signed: nobody else vouches for it.")},
    Row{19, Remedy::Authority,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 is self-signed and not known here, and all others hang on it.")},
    Row{20, Remedy::Authority,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 was issued by a certificate authority that is not known here.")},
    Row{21, Remedy::Authority,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 came without the certificate that vouches for it.")},
    Row{22, Remedy::Server, QT_TRANSLATE_NOOP("VerifyErrors", "%1 has more certificates above it than are looked at.")},
    Row{23, Remedy::Compromised, QT_TRANSLATE_NOOP("VerifyErrors", "%1 was revoked by its issuer.")},
    Row{24, Remedy::Renew, QT_TRANSLATE_NOOP("VerifyErrors", "%1 was issued by a certificate without a public key.")},
    Row{25, Remedy::Chain,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 stands further below an authority than that one allows.")},
    Row{26, Remedy::Purpose, QT_TRANSLATE_NOOP("VerifyErrors", "%1 is not meant for servers.")},
    Row{27, Remedy::Authority,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 hangs on an authority that is not trusted for servers.")},
    Row{28, Remedy::Authority, QT_TRANSLATE_NOOP("VerifyErrors", "%1 is marked as not to be trusted for servers.")},
    Row{29, Remedy::Chain, QT_TRANSLATE_NOOP("VerifyErrors", "%1 names another issuer than the one above it.")},
    Row{30, Remedy::Chain,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 names another key of its issuer than the one above it has.")},
    Row{31, Remedy::Chain,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 names another serial number of its issuer than the one above it has.")},
    Row{32, Remedy::Chain,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 was issued with a certificate that must not sign others.")},
    Row{33, Remedy::Revocation,
        QT_TRANSLATE_NOOP("VerifyErrors",
                          "%1 could not be looked up in a revocation list: who issued the list is not known.")},
    Row{34, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 has a critical extension that OpenSSL does not know.")},
    Row{35, Remedy::Revocation,
        QT_TRANSLATE_NOOP("VerifyErrors",
                          "%1 could not be looked up in a revocation list: its issuer must not sign such lists.")},
    Row{36, Remedy::Revocation,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 could not be looked up in a revocation list: the list has a critical "
                                          "extension that OpenSSL does not know.")},
    Row{37, Remedy::Chain, QT_TRANSLATE_NOOP("VerifyErrors", "%1 is marked as an authority's and must not be one.")},
    Row{38, Remedy::Chain,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 is a proxy certificate further below its owner's than that one allows.")},
    Row{39, Remedy::Purpose,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 must not be used for digital signatures, which TLS needs.")},
    Row{40, Remedy::Chain,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 is a proxy certificate (RFC 3820), which servers must not have.")},
    Row{41, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 has an extension that is invalid or contradicts others.")},
    Row{42, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 has an extension about policies that is invalid or contradicts others.")},
    Row{43, Remedy::Chain,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 stands for none of the policies that were asked for.")},
    Row{44, Remedy::Revocation,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 could not be looked up in a revocation list: the list is about others.")},
    Row{45, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 uses a feature of an extension that OpenSSL does not know.")},
    Row{46, Remedy::Chain,
        QT_TRANSLATE_NOOP("VerifyErrors",
                          "%1 is for network addresses that its issuer must not give away (RFC 3779).")},
    Row{47, Remedy::Name,
        QT_TRANSLATE_NOOP("VerifyErrors",
                          "%1 is for a name that its authority must not issue for (name constraints).")},
    Row{48, Remedy::Name,
        QT_TRANSLATE_NOOP("VerifyErrors",
                          "%1 is for a name that its authority is excluded from issuing for (name constraints).")},
    Row{49, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors",
                          "%1 stands under name constraints with minimum or maximum, which OpenSSL does not know.")},
    Row{50, Remedy::Other, QT_TRANSLATE_NOOP("VerifyErrors", "%1 was refused by the application.")},
    Row{51, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 stands under name constraints of a type that OpenSSL does not know.")},
    Row{52, Remedy::Renew, QT_TRANSLATE_NOOP("VerifyErrors", "%1 stands under name constraints that cannot be read.")},
    Row{53, Remedy::Renew, QT_TRANSLATE_NOOP("VerifyErrors", "%1 has a name in a form that cannot be compared.")},
    Row{54, Remedy::Revocation,
        QT_TRANSLATE_NOOP("VerifyErrors",
                          "%1 could not be looked up in a revocation list: the list itself cannot be verified.")},
    Row{55, Remedy::Chain, QT_TRANSLATE_NOOP("VerifyErrors", "%1 is vouched for in a circle.")},
    Row{56, Remedy::Renew, QT_TRANSLATE_NOOP("VerifyErrors", "%1 has a version that Suite B does not allow.")},
    Row{57, Remedy::Renew, QT_TRANSLATE_NOOP("VerifyErrors", "%1 has a kind of key that Suite B does not allow.")},
    Row{58, Remedy::Renew, QT_TRANSLATE_NOOP("VerifyErrors", "%1 has a curve that Suite B does not allow.")},
    Row{59, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 has a kind of signature that Suite B does not allow.")},
    Row{60, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 has a curve that Suite B does not allow at this level.")},
    Row{61, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors",
                          "%1 has a key on P-384 that was signed by one on P-256, which Suite B does not allow.")},
    Row{62, Remedy::Name, QT_TRANSLATE_NOOP("VerifyErrors", "%1 is for another name than the one that was asked for.")},
    Row{63, Remedy::Name,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 is for another e-mail address than the one that was asked for.")},
    Row{64, Remedy::Name,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 is for another address than the one that was asked for.")},
    Row{65, Remedy::Server, QT_TRANSLATE_NOOP("VerifyErrors", "%1 fits none of the TLSA records in the DNS (DANE).")},
    Row{66, Remedy::Weak, QT_TRANSLATE_NOOP("VerifyErrors", "%1 has a key that is too weak.")},
    Row{67, Remedy::Weak, QT_TRANSLATE_NOOP("VerifyErrors", "%1 has a key that is too weak for an authority.")},
    Row{68, Remedy::Weak,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 was signed with a digest that is too weak, such as SHA-1 or MD5.")},
    Row{69, Remedy::Again,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 could not be verified: OpenSSL was asked in the wrong way.")},
    Row{70, Remedy::Again,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 could not be verified: looking for its issuer failed.")},
    Row{71, Remedy::Server,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 came without proof that it was published (Certificate Transparency).")},
    Row{72, Remedy::Chain,
        QT_TRANSLATE_NOOP("VerifyErrors",
                          "%1 is a proxy certificate with a name that does not follow from its owner's.")},
    Row{73, Remedy::Revocation,
        QT_TRANSLATE_NOOP("VerifyErrors",
                          "%1 came without an answer about its revocation (OCSP), which was asked for.")},
    Row{74, Remedy::Revocation,
        QT_TRANSLATE_NOOP("VerifyErrors",
                          "%1 came with an answer about its revocation (OCSP) that cannot be verified.")},
    Row{75, Remedy::Revocation,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 is not known to the server that answers for its revocation (OCSP).")},
    Row{76, Remedy::Renew, QT_TRANSLATE_NOOP("VerifyErrors", "%1 was signed in a way that OpenSSL does not know.")},
    Row{77, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 was signed in a way that does not fit its issuer's key.")},
    Row{78, Remedy::Renew, QT_TRANSLATE_NOOP("VerifyErrors", "%1 contradicts itself about how it was signed.")},
    Row{79, Remedy::Chain, QT_TRANSLATE_NOOP("VerifyErrors", "%1 must not issue others: it is no authority's.")},
    Row{80, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 limits how many may stand below it, though it is no authority's.")},
    Row{81, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 limits how many may stand below it, though it must not sign others.")},
    Row{82, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 says that it may sign others, though it is no authority's.")},
    Row{83, Remedy::Renew, QT_TRANSLATE_NOOP("VerifyErrors", "%1 does not say who issued it.")},
    Row{84, Remedy::Renew, QT_TRANSLATE_NOOP("VerifyErrors", "%1 does not say whose it is.")},
    Row{85, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 does not say which key has signed it (authority key identifier).")},
    Row{86, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 does not identify its own key (subject key identifier).")},
    Row{87, Remedy::Renew, QT_TRANSLATE_NOOP("VerifyErrors", "%1 has an empty list of names.")},
    Row{88, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 has no subject, and a list of names that is not marked critical.")},
    Row{89, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 says that it is an authority's without marking that critical.")},
    Row{90, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 marks its authority key identifier as critical, which it must not be.")},
    Row{91, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 marks its subject key identifier as critical, which it must not be.")},
    Row{92, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors", "%1 does not say what its authority's key may be used for.")},
    Row{93, Remedy::Renew, QT_TRANSLATE_NOOP("VerifyErrors", "%1 has extensions, which its version does not allow.")},
    Row{94, Remedy::Renew,
        QT_TRANSLATE_NOOP("VerifyErrors",
                          "%1 spells out the curve of its key instead of naming it, which is not allowed.")},
    Row{95, Remedy::Server,
        QT_TRANSLATE_NOOP("VerifyErrors", "The server showed a bare public key that is not trusted here.")},
};

namespace code {
constexpr int UnableToGetIssuer = 2;
constexpr int NotYetValid = 9;
constexpr int Expired = 10;
constexpr int SelfSigned = 18;
constexpr int SelfSignedInChain = 19;
constexpr int UnableToGetIssuerLocally = 20;
constexpr int UnableToVerifyLeaf = 21;
constexpr int Untrusted = 27;
constexpr int HostMismatch = 62;
constexpr int AddressMismatch = 64;
} // namespace code

const Row *rowOf(int code)
{
    const auto *row = std::find_if(Rows.begin(), Rows.end(), [code](const Row &r) { return r.code == code; });
    return row == Rows.end() ? nullptr : row;
}

Remedy remedyFor(int code)
{
    const Row *row = rowOf(code);
    return row ? row->remedy : Remedy::Other;
}

QString dateText(const QDateTime &time)
{
    return time.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'"));
}

/// Names in certificates are anybody's, and may be long.
QString quoted(const QString &text)
{
    constexpr qsizetype MaxShown = 100;
    return u'“' + (text.size() <= MaxShown ? text : text.left(MaxShown) + u'…') + u'”';
}

/// "“example.com”, “*.example.com”", cut where there are very many.
QString namesText(const QSslCertificate &certificate)
{
    constexpr qsizetype MaxShown = 6;
    QStringList names = certificate.subjectAlternativeNames().values();
    if (names.isEmpty())
        names = certificate.subjectInfo(QSslCertificate::CommonName);
    names.sort();
    names.removeDuplicates();
    const qsizetype more = names.size() - MaxShown;
    QStringList shown;
    std::transform(names.cbegin(), names.cbegin() + std::min(names.size(), MaxShown), std::back_inserter(shown),
                   quoted);
    if (more > 0)
        shown += VerifyErrorsWords::tr("%n more", nullptr, static_cast<int>(more));
    return shown.join(QStringLiteral(", "));
}

QString mismatchText(const QSslCertificate &certificate, const QString &name)
{
    const QString names = namesText(certificate);
    if (names.isEmpty())
        return VerifyErrorsWords::tr("It is for no name at all, and thus not for “%1”.").arg(name);
    const QString text = VerifyErrorsWords::tr("It is not for “%1” but for %2.").arg(name, names);
    // Who sees the name there must be told why it does not count.
    const bool hasItAsCommonName = !certificate.subjectAlternativeNames().isEmpty() &&
                                   certificate.subjectInfo(QSslCertificate::CommonName).contains(name);
    return hasItAsCommonName
               ? text + u' ' +
                     VerifyErrorsWords::tr("Its common name does not count beside these (RFC 9525 section 2).")
               : text;
}

QString issuerText(const CertificateProblem &problem)
{
    const QString issuer = quoted(problem.certificate.issuerDisplayName());
    if (problem.depth == 0 || problem.code == code::SelfSignedInChain)
        return VerifyErrorsWords::tr("It was issued by %1, a certificate authority that is not known here.")
            .arg(issuer);
    return VerifyErrorsWords::tr(
               "It was issued through %1, and that by %2, a certificate authority that is not known here.")
        .arg(quoted(problem.certificate.subjectDisplayName()), issuer);
}

/// “It”, or the certificate of the chain.
QString subjectText(const CertificateProblem &problem)
{
    if (problem.depth == 0)
        return VerifyErrorsWords::tr("It");
    const QString name = problem.certificate.subjectDisplayName();
    return name.isEmpty() ? VerifyErrorsWords::tr("A certificate of its chain")
                          : VerifyErrorsWords::tr("The certificate %1 of its chain").arg(quoted(name));
}

QString tableText(const CertificateProblem &problem)
{
    const Row *row = rowOf(problem.code);
    if (!row) {
        return VerifyErrorsWords::tr("%1 could not be verified (OpenSSL's error %2).")
            .arg(subjectText(problem), QString::number(problem.code));
    }
    QString words = VerifyErrorsWords::tr(row->words);
    return words.replace(QStringLiteral("%1"), subjectText(problem));
}

QString sentenceFor(const CertificateProblem &problem, const QString &name)
{
    const QSslCertificate &certificate = problem.certificate;
    if (certificate.isNull())
        return tableText(problem);
    switch (problem.code) {
    case code::UnableToGetIssuer:
    case code::SelfSignedInChain:
    case code::UnableToGetIssuerLocally:
    case code::UnableToVerifyLeaf:
        return certificate.issuerDisplayName().isEmpty() ? tableText(problem) : issuerText(problem);
    case code::HostMismatch:
    case code::AddressMismatch:
        return mismatchText(certificate, name);
    case code::Expired:
        return VerifyErrorsWords::tr("%1 expired on %2.").arg(subjectText(problem), dateText(certificate.expiryDate()));
    case code::NotYetValid:
        return VerifyErrorsWords::tr("%1 is not valid before %2.")
            .arg(subjectText(problem), dateText(certificate.effectiveDate()));
    default:
        return tableText(problem);
    }
}

/// These only follow from an issuer that is not known.
bool isConsequence(int code)
{
    return code == code::UnableToVerifyLeaf || code == code::Untrusted;
}

bool hasUnknownIssuer(const QList<CertificateProblem> &problems)
{
    return std::any_of(problems.cbegin(), problems.cend(), [](const CertificateProblem &problem) {
        return problem.code == code::UnableToGetIssuer || problem.code == code::SelfSigned ||
               problem.code == code::SelfSignedInChain || problem.code == code::UnableToGetIssuerLocally;
    });
}

QString adviceFor(Remedy remedy)
{
    switch (remedy) {
    case Remedy::Compromised:
        return VerifyErrorsWords::tr(
            "Do not send anything to this server before its operator has replaced the certificate.");
    case Remedy::Again:
        return VerifyErrorsWords::tr("Connect again; if that does not help, check this machine's OpenSSL.");
    case Remedy::Server:
        return VerifyErrorsWords::tr("Check how the server's TLS is set up; “openssl s_client” shows what it sends.");
    case Remedy::Authority:
        return VerifyErrorsWords::tr(
            "If that authority is your own, name its file under Connection options > TLS; one certificate "
            "can be trusted there by its fingerprint.");
    case Remedy::SelfSigned:
        return VerifyErrorsWords::tr("If you know it, trust it by its fingerprint under Connection options > TLS.");
    case Remedy::Name:
        return VerifyErrorsWords::tr(
            "Check the URL's host, or set the name to ask for (SNI) under Connection options > TLS.");
    case Remedy::Date:
        return VerifyErrorsWords::tr(
            "Check this machine's clock and have the server's certificate renewed; until then it can be "
            "trusted by its fingerprint under Connection options > TLS.");
    case Remedy::Weak:
        return VerifyErrorsWords::tr(
            "Have the certificate made anew with a key that is strong today (RSA of 2,048 bits or more, or "
            "EC) and signed with SHA-256; an old device can be trusted by its fingerprint under Connection "
            "options > TLS.");
    case Remedy::Purpose:
        return VerifyErrorsWords::tr(
            "Have a certificate made for the server whose key usage includes server authentication; until "
            "then this one can be trusted by its fingerprint under Connection options > TLS.");
    case Remedy::Revocation:
        return VerifyErrorsWords::tr(
            "Ask the certificate's issuer about its revocation lists and services, or trust the one "
            "certificate by its fingerprint under Connection options > TLS.");
    case Remedy::Chain:
        return VerifyErrorsWords::tr(
            "Have the authority's certificates checked by who runs it; one certificate can be trusted by its "
            "fingerprint under Connection options > TLS.");
    case Remedy::Renew:
        return VerifyErrorsWords::tr(
            "Have the certificate made anew, in the form that RFC 5280 wants; until then it can be trusted by "
            "its fingerprint under Connection options > TLS.");
    case Remedy::Other:
        break;
    }
    return VerifyErrorsWords::tr(
        "Look at the certificate; if you know it, trust it by its fingerprint under Connection options > "
        "TLS.");
}
} // namespace

QStringList certificateErrors(const QList<CertificateProblem> &problems, const QString &name)
{
    const bool omitsConsequences = hasUnknownIssuer(problems);
    QStringList sentences;
    for (const CertificateProblem &problem : problems) {
        if (!omitsConsequences || !isConsequence(problem.code))
            sentences += sentenceFor(problem, name);
    }
    sentences.removeDuplicates();
    return sentences;
}

QString certificateAdvice(const QList<CertificateProblem> &problems)
{
    Remedy first = Remedy::Other;
    for (const CertificateProblem &problem : problems)
        first = std::min(first, remedyFor(problem.code));
    return adviceFor(first);
}

bool isKnownVerifyError(int code)
{
    return rowOf(code) != nullptr;
}

} // namespace sockeye
