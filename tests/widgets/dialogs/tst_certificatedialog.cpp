#include "support/TestProgram.h"
#include "tests/peers/TestCa.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/dialogs/CertificateDetails.h"
#include "widgets/dialogs/CertificateDialog.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class CertificateDialogTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        TestCa ca;
        QVERIFY2(ca.create(), qPrintable(ca.errorText()));
        m_valid.chainPem = {readFile(ca.issueLocal().certificateFile), readFile(ca.caFile())};
        m_expired.chainPem = {readFile(ca.issue(u"DNS:old.example"_s, TestCa::Validity::Expired).certificateFile)};
        m_expired.errors = {u"The certificate has expired."_s, u"The certificate is not for this host."_s};
        QVERIFY2(!m_expired.chainPem.first().isEmpty(), qPrintable(ca.errorText()));
    }

    void theChainIsShownOneByOne()
    {
        CertificateDialog dialog(m_valid);
        dialog.show();
        auto *chain = named<QListWidget>(&dialog, u"Chain"_s);
        QCOMPARE(chain->count(), 2);
        QCOMPARE(text(&dialog, u"Issuer"_s), u"CN=Sockeye test CA"_s);
        QCOMPARE(text(&dialog, u"Names"_s), u"127.0.0.1, localhost"_s);
        QVERIFY2(text(&dialog, u"Today"_s).startsWith(u"valid for another"), qPrintable(text(&dialog, u"Today"_s)));
        QCOMPARE(text(&dialog, u"Key"_s), u"EC, 256 bits"_s);
        const QString sha256 = certificateFacts(m_valid.chainPem).first().sha256;
        QCOMPARE(text(&dialog, u"Key's pin"_s), certificateFacts(m_valid.chainPem).first().pin);
        QCOMPARE(text(&dialog, u"SHA-256"_s).remove(u':').remove(u'\n').toLower(), sha256);
        chain->setFocus();
        QTest::keyClick(chain, Qt::Key_Down);
        QCOMPARE(text(&dialog, u"Subject"_s), u"CN=Sockeye test CA"_s);
        QVERIFY2(text(&dialog, u"Issuer"_s).contains(u"self-signed"), qPrintable(text(&dialog, u"Issuer"_s)));
        QVERIFY(!named<QLabel>(&dialog, u"What is wrong"_s)->isVisible());
    }

    void whatIsWrongIsSaid()
    {
        CertificateDialog dialog(m_expired);
        dialog.show();
        const QString wrong = text(&dialog, u"What is wrong"_s);
        for (const QString &error : m_expired.errors)
            QVERIFY2(wrong.contains(error), qPrintable(wrong));
        auto *today = named<QLabel>(&dialog, u"Today"_s);
        QVERIFY2(today->text().startsWith(u"expired ") && today->text().endsWith(u" years ago"),
                 qPrintable(today->text()));
        QVERIFY(today->property("error").toBool());
    }

    void datesAreToldInWords_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("words");
        constexpr qint64 day = 86'400;
        QTest::newRow("not yet") << -2 * day << u"not valid yet: only in 2 days"_s;
        QTest::newRow("soon") << qint64(-90) << u"not valid yet: only in 1 minute"_s;
        QTest::newRow("fresh") << qint64(0) << u"valid for another 10 days"_s;
        QTest::newRow("last day") << 9 * day - 1 << u"valid for another 1 day"_s;
        QTest::newRow("last hours") << 10 * day - 7'300 << u"valid for another 2 hours"_s;
        QTest::newRow("just over") << 10 * day + 3'600 << u"expired 1 hour ago"_s;
        QTest::newRow("over") << 13 * day << u"expired 3 days ago"_s;
        QTest::newRow("over a year") << 410 * day << u"expired 400 days ago"_s;
        QTest::newRow("long over") << 1'200 * day << u"expired 3 years ago"_s;
    }

    void datesAreToldInWords()
    {
        QFETCH(qint64, seconds);
        CertificateFacts facts;
        facts.validFrom = QDateTime::fromString(u"2026-03-01T12:00:00Z"_s, Qt::ISODate);
        facts.validUntil = facts.validFrom.addDays(10);
        QTEST(validityText(facts, facts.validFrom.addSecs(seconds)), "words");
    }

    void trustIsGivenOnlyWhereOfferedAndOnlyToTheFirst()
    {
        CertificateDialog shown(m_valid);
        shown.show();
        QVERIFY(!trustButton(&shown)->isVisible());

        CertificateDialog dialog(m_valid);
        dialog.setTrustOffered(true);
        dialog.show();
        QSignalSpy trusted(&dialog, &CertificateDialog::trusted);
        auto *chain = named<QListWidget>(&dialog, u"Chain"_s);
        chain->setCurrentRow(1);
        QVERIFY(!trustButton(&dialog)->isEnabled());
        QTest::mouseClick(trustButton(&dialog), Qt::LeftButton);
        QCOMPARE(trusted.size(), 0);
        chain->setCurrentRow(0);
        QTest::mouseClick(trustButton(&dialog), Qt::LeftButton);
        QCOMPARE(trusted.size(), 1);
        QCOMPARE(trusted.first().first().toString(), certificateFacts(m_valid.chainPem).first().sha256);
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
    }

    void enterDoesNotTrust()
    {
        CertificateDialog dialog(m_expired);
        dialog.setTrustOffered(true);
        dialog.show();
        QSignalSpy trusted(&dialog, &CertificateDialog::trusted);
        QTest::keyClick(&dialog, Qt::Key_Return);
        QCOMPARE(trusted.size(), 0);
        QVERIFY(!dialog.isVisible());
    }

    void theProfileIsOfferedByName()
    {
        CertificateDialog dialog(m_expired);
        dialog.setTrustOffered(true);
        QVERIFY(!dialog.saveToProfile());
        dialog.offerProfile(u"ticker"_s);
        dialog.show();
        QVERIFY(dialog.saveToProfile());
        auto *keep = named<QCheckBox>(&dialog, u"Keep in the profile “ticker” too"_s);
        QTest::mouseClick(keep, Qt::LeftButton, {}, QPoint(8, keep->height() / 2));
        QVERIFY(!dialog.saveToProfile());
    }

    void theSelectedOneIsSaved()
    {
        Sandbox sandbox;
        ScriptedPrompts prompts;
        prompts.file = sandbox.path(u"ca.pem"_s);
        CertificateDialog dialog(m_valid);
        dialog.setPrompts(prompts);
        dialog.show();
        named<QListWidget>(&dialog, u"Chain"_s)->setCurrentRow(1);
        QTest::mouseClick(named<QPushButton>(&dialog, u"Save as PEM"_s), Qt::LeftButton);
        QCOMPARE(prompts.lastRequest.path, u"Sockeye-test-CA.pem"_s);
        QCOMPARE(readFile(prompts.file), m_valid.chainPem.at(1));
    }

    void oneThatCannotBeReadIsSaid()
    {
        TlsFacts odd;
        odd.chainPem = {"not a certificate"};
        CertificateDialog dialog(odd);
        dialog.setTrustOffered(true);
        dialog.show();
        QVERIFY(!trustButton(&dialog)->isVisible());
        QVERIFY2(text(&dialog, u"Subject"_s).contains(u"cannot be read"), qPrintable(text(&dialog, u"Subject"_s)));
    }

private:
    [[nodiscard]] static QString text(const QWidget *root, const QString &name)
    {
        const auto *label = named<QLabel>(root, name);
        return label ? label->text() : QString();
    }

    [[nodiscard]] static QPushButton *trustButton(const QWidget *root)
    {
        return named<QPushButton>(root, u"Trust this certificate for this connection"_s);
    }

    TlsFacts m_valid;
    TlsFacts m_expired;
};

SOCKEYE_TEST(CertificateDialogTest, QApplication)
#include "tst_certificatedialog.moc"
