#include "tls/ChainVerifier.h"

#include "tls/OpenSsl.h"

#include <QFileInfo>
#include <QSslConfiguration>

#include <openssl/x509_vfy.h>

namespace sockeye {

namespace {
/// Whether this OpenSSL knows where the system has its authorities; one that was built for another system does not.
bool hasDefaultPaths()
{
    const auto exists = [](const char *variable, const char *standard) {
        const QString path =
            qEnvironmentVariableIsSet(variable) ? qEnvironmentVariable(variable) : QString::fromLocal8Bit(standard);
        return !path.isEmpty() && QFileInfo::exists(path);
    };
    return exists(X509_get_default_cert_dir_env(), X509_get_default_cert_dir()) ||
           exists(X509_get_default_cert_file_env(), X509_get_default_cert_file());
}

void add(X509_STORE *store, const QByteArray &der)
{
    if (const openssl::Certificate certificate = openssl::certificateFromDer(der))
        X509_STORE_add_cert(store, certificate.get());
}

openssl::Store createStore(const TrustAnchors &anchors)
{
    openssl::Store store(X509_STORE_new());
    if (!store)
        return nullptr;
    if (hasDefaultPaths()) {
        X509_STORE_set_default_paths(store.get());
    } else {
        for (const QSslCertificate &certificate : QSslConfiguration::systemCaCertificates())
            add(store.get(), certificate.toDer());
    }
    for (const QByteArray &der : anchors.certificates())
        add(store.get(), der);
    return store;
}

QSslCertificate toQt(X509 *certificate)
{
    return certificate ? QSslCertificate(openssl::derOf(certificate), QSsl::Der) : QSslCertificate();
}

CertificateProblem problemOf(X509_STORE_CTX *context)
{
    return {X509_STORE_CTX_get_error(context), X509_STORE_CTX_get_error_depth(context),
            toQt(X509_STORE_CTX_get_current_cert(context))};
}

/// Called for every step of the verification: notes what is wrong, and has it go on to find the rest.
int noteProblem(int isOk, X509_STORE_CTX *context)
{
    if (!isOk) {
        auto *problems = static_cast<QList<CertificateProblem> *>(X509_STORE_CTX_get_app_data(context));
        problems->append(problemOf(context));
        // An error that is left standing would be told again in place of the next one.
        X509_STORE_CTX_set_error(context, X509_V_OK);
    }
    return 1;
}

/// Those that stand above the peer's own.
openssl::Certificates rest(const QList<QSslCertificate> &chain)
{
    openssl::Certificates certificates(sk_X509_new_null());
    for (qsizetype i = 1; certificates && i < chain.size(); ++i) {
        if (const openssl::Certificate certificate = openssl::certificateFromDer(chain[i].toDer()))
            X509_add_cert(certificates.get(), certificate.get(), X509_ADD_FLAG_UP_REF);
    }
    return certificates;
}

CertificateProblem outOfMemory(const QSslCertificate &certificate)
{
    return {X509_V_ERR_OUT_OF_MEM, 0, certificate};
}
} // namespace

ChainVerifier::ChainVerifier(TrustAnchors anchors, int securityLevel)
    : m_anchors(std::move(anchors))
    , m_securityLevel(securityLevel)
{
}

QList<CertificateProblem> ChainVerifier::verify(const QList<QSslCertificate> &chain) const
{
    const openssl::ErrorQueue queue;
    if (chain.isEmpty())
        return {CertificateProblem{.code = CertificateProblem::NoCertificate}};
    const openssl::Store store = createStore(m_anchors);
    const openssl::StoreContext context(X509_STORE_CTX_new());
    const openssl::Certificate own = openssl::certificateFromDer(chain.constFirst().toDer());
    const openssl::Certificates others = rest(chain);
    if (!store || !context || !own || !X509_STORE_CTX_init(context.get(), store.get(), own.get(), others.get()))
        return {outOfMemory(chain.constFirst())};
    QList<CertificateProblem> problems;
    // The purpose, and what a certificate must be trusted for.
    X509_STORE_CTX_set_default(context.get(), "ssl_server");
    X509_VERIFY_PARAM *parameters = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_auth_level(parameters, m_securityLevel);
    X509_STORE_CTX_set_app_data(context.get(), &problems);
    X509_STORE_CTX_set_verify_cb(context.get(), noteProblem);
    // What ends it at once, such as a lack of memory, is not told by the way.
    if (X509_verify_cert(context.get()) <= 0 && problems.isEmpty()) {
        const int code = X509_STORE_CTX_get_error(context.get());
        problems.append({code == X509_V_OK ? X509_V_ERR_UNSPECIFIED : code, 0, chain.constFirst()});
    }
    return problems;
}

} // namespace sockeye
