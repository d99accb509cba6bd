#include "tls/VerifyErrors.h"

#include "support/TestProgram.h"

#include <QSet>
#include <QTest>

#include <openssl/x509_vfy.h>

using namespace sockeye;
using namespace Qt::StringLiterals;

class VerifyErrorsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyErrorHasWords();
    void everyErrorHasAnAdvice();
    void namesTheCertificateOfTheChain();
    void tellsOfAnErrorToCome();
    void theNumbersAreOpenSsls();
    void qtsErrorsHaveWords();

private:
    /// All codes that this OpenSSL has words for.
    [[nodiscard]] static QList<int> codes();
};

QList<int> VerifyErrorsTest::codes()
{
    // OpenSSL's words for a number that is no error.
    const QByteArray unknown(X509_verify_cert_error_string(99'999));
    QList<int> all;
    for (int code = X509_V_OK + 1; code < 1'000; ++code) {
        if (X509_verify_cert_error_string(code) != unknown)
            all += code;
    }
    return all;
}

void VerifyErrorsTest::everyErrorHasWords()
{
    QVERIFY(codes().size() >= 90);
    QSet<QString> sentences;
    for (const int code : codes()) {
        const char *name = X509_verify_cert_error_string(code);
        QVERIFY2(isKnownVerifyError(code), name);
        const QStringList said = certificateErrors({CertificateProblem{.code = code}}, u"h.example"_s);
        QCOMPARE(said.size(), 1);
        const QString &sentence = said.constFirst();
        QVERIFY2(sentence.endsWith(u'.') && !sentence.contains(u'%'), qPrintable(sentence));
        QVERIFY2(sentence.startsWith(u"It ") || sentence.startsWith(u"The server "), qPrintable(sentence));
        sentences += sentence;
    }
    // None is a word for two things.
    QCOMPARE(sentences.size(), codes().size());
}

void VerifyErrorsTest::everyErrorHasAnAdvice()
{
    for (const int code : codes()) {
        const QString advice = certificateAdvice({CertificateProblem{.code = code}});
        QVERIFY2(advice.size() > 20 && advice.endsWith(u'.'), X509_verify_cert_error_string(code));
    }
}

void VerifyErrorsTest::namesTheCertificateOfTheChain()
{
    const QString said =
        certificateErrors({CertificateProblem{.code = X509_V_ERR_CA_KEY_TOO_SMALL, .depth = 1}}, u"h.example"_s)
            .value(0);
    QCOMPARE(said, u"A certificate of its chain has a key that is too weak for an authority."_s);
}

void VerifyErrorsTest::tellsOfAnErrorToCome()
{
    QVERIFY(!isKnownVerifyError(4'711));
    QCOMPARE(certificateErrors({CertificateProblem{.code = 4'711}}, u"h"_s),
             QStringList{u"It could not be verified (OpenSSL's error 4711)."_s});
    QVERIFY(!certificateAdvice({CertificateProblem{.code = 4'711}}).isEmpty());
}

/// They stand as numbers in the table, which is in use without OpenSSL, too.
void VerifyErrorsTest::theNumbersAreOpenSsls()
{
    const auto says = [](int code, const QString &words) {
        return certificateErrors({CertificateProblem{.code = code}}, u"h"_s).value(0).contains(words);
    };
    QVERIFY(says(X509_V_ERR_CERT_HAS_EXPIRED, u"expired"_s));
    QVERIFY(says(X509_V_ERR_CERT_NOT_YET_VALID, u"not valid yet"_s));
    QVERIFY(says(X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, u"self-signed: nobody"_s));
    QVERIFY(says(X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, u"self-signed and not known"_s));
    QVERIFY(says(X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, u"not known here"_s));
    QVERIFY(says(X509_V_ERR_HOSTNAME_MISMATCH, u"another name"_s));
    QVERIFY(says(X509_V_ERR_IP_ADDRESS_MISMATCH, u"another address"_s));
    QVERIFY(says(X509_V_ERR_EE_KEY_TOO_SMALL, u"too weak"_s));
    QVERIFY(says(X509_V_ERR_CA_MD_TOO_WEAK, u"digest"_s));
    QVERIFY(says(X509_V_ERR_INVALID_CA, u"no authority's"_s));
    QVERIFY(says(X509_V_ERR_INVALID_PURPOSE, u"not meant for servers"_s));
    QVERIFY(says(X509_V_ERR_EC_KEY_EXPLICIT_PARAMS, u"spells out the curve"_s));
    // What only follows from an unknown issuer is left out.
    QCOMPARE(certificateErrors({CertificateProblem{.code = X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY},
                                CertificateProblem{.code = X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE},
                                CertificateProblem{.code = X509_V_ERR_CERT_UNTRUSTED}},
                               u"h"_s)
                 .size(),
             1);
}

void VerifyErrorsTest::qtsErrorsHaveWords()
{
    for (int error = QSslError::UnableToGetIssuerCertificate; error <= QSslError::CertificateBlacklisted; ++error) {
        const auto problems = problemsOf({QSslError(static_cast<QSslError::SslError>(error))}, {});
        QCOMPARE(problems.size(), 1);
        QVERIFY(isKnownVerifyError(problems.constFirst().code));
    }
}

SOCKEYE_TEST(VerifyErrorsTest, QCoreApplication)
#include "tst_verifyerrors.moc"
