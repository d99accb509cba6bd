// What a tab offers when a connection failed, and how it waits for the next.

#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/peers/RawServer.h"
#include "tests/peers/TlsServer.h"
#include "tests/support/TabBench.h"
#include "widgets/controls/Banner.h"
#include "widgets/dialogs/CertificateDialog.h"
#include "widgets/tab/StatusLine.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTcpServer>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = ConnectionTab::State;

class ConnectionHelpTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_ca.create(), qPrintable(m_ca.errorText()));
        m_certificate = m_ca.selfSigned(u"DNS:localhost,IP:127.0.0.1"_s);
        QVERIFY2(!m_certificate.keyFile.isEmpty(), qPrintable(m_ca.errorText()));
    }

    void init()
    {
        m_bench = std::make_unique<TabBench>();
        QVERIFY(QTest::qWaitForWindowActive(tab()));
    }

    void cleanup() { m_bench.reset(); }

    void aRefusedCertificateIsLookedAtAndTrusted()
    {
        const TlsServer server(tlsOptions());
        connectTo(server.url());
        QTRY_VERIFY_WITH_TIMEOUT(tab()->banner()->isVisible(), Patience);
        QVERIFY2(tab()->banner()->message().contains(u"self-signed"), qPrintable(tab()->banner()->message()));
        QCOMPARE(tab()->state(), State::Failed);

        QTest::mouseClick(offer(u"Show certificate"_s), Qt::LeftButton);
        auto *dialog = tab()->findChild<CertificateDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(named<QLabel>(dialog, u"Names"_s)->text().contains(u"localhost"));
        QSignalSpy saved(tab(), &ConnectionTab::saveToProfileRequested);
        QTest::mouseClick(named<QPushButton>(dialog, u"Trust this certificate for this connection"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
        QCOMPARE(tab()->endpoint().tls.trustedFingerprint,
                 certificateFacts({readFile(m_certificate.certificateFile)}).first().sha256);
        QVERIFY2(status().contains(u"certificate trusted by you"), qPrintable(status()));
        QVERIFY(!tab()->banner()->isVisible());
        QCOMPARE(saved.size(), 0);
    }

    void trustIsNotOfferedAgainstAPin()
    {
        const TlsServer server(tlsOptions());
        Endpoint endpoint;
        endpoint.url = server.url();
        endpoint.tls.pinnedKeys = {u"ab"_s.repeated(32)};
        tab()->setEndpoint(endpoint);
        tab()->connectToPeer();
        QTRY_VERIFY_WITH_TIMEOUT(tab()->banner()->isVisible(), Patience);
        QVERIFY2(tab()->banner()->message().contains(u"is pinned to"), qPrintable(tab()->banner()->message()));
        QTest::mouseClick(offer(u"Show certificate"_s), Qt::LeftButton);
        auto *dialog = tab()->findChild<CertificateDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(!named<QPushButton>(dialog, u"Trust this certificate for this connection"_s)->isVisible());
        // What may be pinned instead.
        QCOMPARE(named<QLabel>(dialog, u"Key's pin"_s)->text(),
                 certificateFacts({readFile(m_certificate.certificateFile)}).first().pin);
    }

    void trustIsKeptInTheProfileIfWanted()
    {
        const TlsServer server(tlsOptions());
        tab()->setProfile(u"id"_s, u"ticker"_s);
        connectTo(server.url());
        QTRY_VERIFY_WITH_TIMEOUT(tab()->banner()->isVisible(), Patience);
        QTest::mouseClick(offer(u"Show certificate"_s), Qt::LeftButton);
        auto *dialog = tab()->findChild<CertificateDialog *>();
        QVERIFY(named<QCheckBox>(dialog, u"Keep in the profile “ticker” too"_s)->isChecked());
        QSignalSpy saved(tab(), &ConnectionTab::saveToProfileRequested);
        QTest::mouseClick(named<QPushButton>(dialog, u"Trust this certificate for this connection"_s), Qt::LeftButton);
        QCOMPARE(saved.size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
    }

    void aBrokenHandshakeCanBeOpenedLeniently()
    {
        RawServer server;
        server.setReply(wrongAccept);
        connectTo(server.url());
        QTRY_VERIFY_WITH_TIMEOUT(tab()->banner()->isVisible(), Patience);
        QVERIFY2(tab()->banner()->message().contains(u"Sec-WebSocket-Accept"), qPrintable(tab()->banner()->message()));
        QTest::mouseClick(offer(u"Connect leniently"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
        QVERIFY2(status().contains(u"lenient"), qPrintable(status()));
        // As after Enter in the URL, the keyboard goes on with the message.
        QTRY_COMPARE_WITH_TIMEOUT(QApplication::focusWidget(), tab()->composer()->editor(), Patience);
        QVERIFY(!tab()->banner()->isVisible());

        // The next plain connect is a strict one again.
        tab()->cutOff();
        QTRY_VERIFY_WITH_TIMEOUT(!tab()->isActive(), Patience);
        tab()->connectToPeer();
        QTRY_VERIFY_WITH_TIMEOUT(tab()->banner()->isVisible(), Patience);
        QCOMPARE(tab()->state(), State::Failed);
        tab()->connectLeniently();
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
    }

    void theHandshakePageOffersItToo()
    {
        RawServer server;
        server.setReply(wrongAccept);
        connectTo(server.url());
        QTRY_VERIFY_WITH_TIMEOUT(tab()->banner()->isVisible(), Patience);
        auto *pages = named(tab(), u"Inspector"_s)->findChild<QTabWidget *>();
        for (int i = 0; i < pages->count(); ++i) {
            if (pages->tabText(i) == u"Handshake"_s)
                pages->setCurrentIndex(i);
        }
        auto *lenient = named<QPushButton>(tab(), u"Connect again leniently"_s);
        QTRY_VERIFY_WITH_TIMEOUT(lenient->isVisible(), Patience);
        QTest::mouseClick(lenient, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
        QTRY_VERIFY(!lenient->isVisible());
    }

    void aRefusalOffersNothing()
    {
        RawServer server;
        server.setReply(
            [](const QByteArray &) { return QByteArray("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"); });
        connectTo(server.url());
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Failed, Patience);
        QVERIFY(!tab()->banner()->isVisible());
        QVERIFY(!named<QPushButton>(tab(), u"Connect again leniently"_s)->isVisibleTo(tab()));
    }

    void theWaitIsCountedDown()
    {
        waitForNext();
        QVERIFY2(status().contains(u"attempt 1 of 10: "), qPrintable(status()));
        QVERIFY2(status().contains(u"refused"), qPrintable(status()));
        QVERIFY(named<QPushButton>(tab()->address(), u"Disconnect"_s));
        const QString before = status();
        QTRY_VERIFY_WITH_TIMEOUT(status() != before, Patience);
        QVERIFY2(status().startsWith(u"Waiting "), qPrintable(status()));
    }

    void theNextAttemptIsMadeAtOnce()
    {
        waitForNext();
        QTest::mouseClick(named<QPushButton>(tab()->statusLine(), u"Connect again now"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(status().contains(u"attempt 2 of 10"), Patience);
    }

    void tryingIsStopped_data()
    {
        QTest::addColumn<QString>("button");
        QTest::newRow("in the status line") << u"Stop trying"_s;
        QTest::newRow("beside the URL") << u"Disconnect"_s;
    }

    void tryingIsStopped()
    {
        QFETCH(QString, button);
        waitForNext();
        QTest::mouseClick(named<QPushButton>(tab(), button), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(status().startsWith(u"Failed"), Patience);
        QVERIFY(!named(tab(), u"Stop trying"_s)->isVisible());
        QVERIFY(!named(tab(), u"Connect again now"_s)->isVisible());
        QCOMPARE(tab()->state(), State::Failed);
    }

    void connectingInsteadOfWaitingTakesTheUrlAsItIsNow()
    {
        waitForNext();
        RawServer server;
        tab()->address()->setUrl(server.url());
        tab()->connectToPeer();
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), State::Open, Patience);
    }

private:
    [[nodiscard]] TlsServer::Options tlsOptions() const
    {
        return {.certificate = m_certificate, .clientCaFile = {}, .protocol = QSsl::SecureProtocols, .alpn = {}};
    }

    [[nodiscard]] static QByteArray wrongAccept(const QByteArray &)
    {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
               "Sec-WebSocket-Accept: bm90IHdoYXQgd2FzIGFza2Vk\r\n\r\n";
    }

    void connectTo(const QString &url)
    {
        tab()->address()->setUrl(url);
        tab()->connectToPeer();
    }

    /// Nobody listens, and the next attempt is ten minutes away.
    void waitForNext()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        Endpoint endpoint;
        endpoint.url = u"ws://127.0.0.1:%1/"_s.arg(closed.serverPort());
        endpoint.reconnect.enabled = true;
        endpoint.reconnect.first = 10min;
        endpoint.reconnect.maximum = 10min;
        closed.close();
        tab()->setEndpoint(endpoint);
        tab()->connectToPeer();
        QTRY_VERIFY_WITH_TIMEOUT(status().startsWith(u"Waiting "), Patience);
    }

    [[nodiscard]] QPushButton *offer(const QString &name) const { return named<QPushButton>(tab()->banner(), name); }
    [[nodiscard]] QString status() const { return tab()->statusLine()->text(); }

    TestCa m_ca;
    TestCa::Certificate m_certificate;
    [[nodiscard]] ConnectionTab *tab() const { return m_bench->tab.get(); }

    std::unique_ptr<TabBench> m_bench;
};

SOCKEYE_TEST(ConnectionHelpTest, QApplication)
#include "tst_connectionhelp.moc"
