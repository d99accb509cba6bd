// What a tab offers when a connection failed, and how it waits for the next.

#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "tests/peers/RawServer.h"
#include "tests/peers/TlsServer.h"
#include "widgets/tab/AddressBar.h"
#include "widgets/controls/Banner.h"
#include "widgets/tab/ConnectionTab.h"
#include "library/Settings.h"
#include "widgets/tab/StatusLine.h"
#include "widgets/composer/Composer.h"
#include "widgets/dialogs/CertificateDialog.h"

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

namespace {
constexpr int Patience = 20'000;
}

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
        m_sandbox = std::make_unique<Sandbox>();
        m_settings = std::make_unique<Settings>();
        m_library = std::make_unique<CaptureLibrary>(paths::captures());
        m_closer = std::make_unique<RecordingCloser>();
        m_tab = std::make_unique<ConnectionTab>(TabServices{*m_library, m_clock, *m_closer, *m_settings, m_prompts});
        m_tab->resize(1200, 800);
        m_tab->show();
        QVERIFY(QTest::qWaitForWindowActive(m_tab.get()));
    }

    void cleanup()
    {
        m_tab.reset();
        m_closer.reset();
        m_sandbox.reset();
    }

    void aRefusedCertificateIsLookedAtAndTrusted()
    {
        const TlsServer server(tlsOptions());
        connectTo(server.url());
        QTRY_VERIFY_WITH_TIMEOUT(m_tab->banner()->isVisible(), Patience);
        QVERIFY2(m_tab->banner()->message().contains(u"self-signed"), qPrintable(m_tab->banner()->message()));
        QCOMPARE(m_tab->state(), State::Failed);

        QTest::mouseClick(offer(u"Show certificate"_s), Qt::LeftButton);
        auto *dialog = m_tab->findChild<CertificateDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(named<QLabel>(dialog, u"Names"_s)->text().contains(u"localhost"));
        QSignalSpy saved(m_tab.get(), &ConnectionTab::saveToProfileRequested);
        QTest::mouseClick(named<QPushButton>(dialog, u"Trust this certificate for this connection"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_tab->state(), State::Open, Patience);
        QCOMPARE(m_tab->endpoint().tls.trustedFingerprint,
                 certificateFacts({readFile(m_certificate.certificateFile)}).first().sha256);
        QVERIFY2(status().contains(u"certificate trusted by you"), qPrintable(status()));
        QVERIFY(!m_tab->banner()->isVisible());
        QCOMPARE(saved.size(), 0);
    }

    void trustIsKeptInTheProfileIfWanted()
    {
        const TlsServer server(tlsOptions());
        m_tab->setProfile(u"id"_s, u"ticker"_s);
        connectTo(server.url());
        QTRY_VERIFY_WITH_TIMEOUT(m_tab->banner()->isVisible(), Patience);
        QTest::mouseClick(offer(u"Show certificate"_s), Qt::LeftButton);
        auto *dialog = m_tab->findChild<CertificateDialog *>();
        QVERIFY(named<QCheckBox>(dialog, u"Keep in the profile “ticker” too"_s)->isChecked());
        QSignalSpy saved(m_tab.get(), &ConnectionTab::saveToProfileRequested);
        QTest::mouseClick(named<QPushButton>(dialog, u"Trust this certificate for this connection"_s), Qt::LeftButton);
        QCOMPARE(saved.size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(m_tab->state(), State::Open, Patience);
    }

    void aBrokenHandshakeCanBeOpenedLeniently()
    {
        RawServer server;
        server.setReply(wrongAccept);
        connectTo(server.url());
        QTRY_VERIFY_WITH_TIMEOUT(m_tab->banner()->isVisible(), Patience);
        QVERIFY2(m_tab->banner()->message().contains(u"Sec-WebSocket-Accept"), qPrintable(m_tab->banner()->message()));
        QTest::mouseClick(offer(u"Connect leniently"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_tab->state(), State::Open, Patience);
        QVERIFY2(status().contains(u"lenient"), qPrintable(status()));
        // As after Enter in the URL, the keyboard goes on with the message.
        QTRY_COMPARE_WITH_TIMEOUT(QApplication::focusWidget(), m_tab->composer()->editor(), Patience);
        QVERIFY(!m_tab->banner()->isVisible());

        // The next plain connect is a strict one again.
        m_tab->cutOff();
        QTRY_VERIFY_WITH_TIMEOUT(!m_tab->isActive(), Patience);
        m_tab->connectToPeer();
        QTRY_VERIFY_WITH_TIMEOUT(m_tab->banner()->isVisible(), Patience);
        QCOMPARE(m_tab->state(), State::Failed);
        m_tab->connectLeniently();
        QTRY_COMPARE_WITH_TIMEOUT(m_tab->state(), State::Open, Patience);
    }

    void theHandshakePageOffersItToo()
    {
        RawServer server;
        server.setReply(wrongAccept);
        connectTo(server.url());
        QTRY_VERIFY_WITH_TIMEOUT(m_tab->banner()->isVisible(), Patience);
        auto *pages = named(m_tab.get(), u"Inspector"_s)->findChild<QTabWidget *>();
        for (int i = 0; i < pages->count(); ++i) {
            if (pages->tabText(i) == u"Handshake"_s)
                pages->setCurrentIndex(i);
        }
        auto *lenient = named<QPushButton>(m_tab.get(), u"Connect again leniently"_s);
        QTRY_VERIFY_WITH_TIMEOUT(lenient->isVisible(), Patience);
        QTest::mouseClick(lenient, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_tab->state(), State::Open, Patience);
        QTRY_VERIFY(!lenient->isVisible());
    }

    void aRefusalOffersNothing()
    {
        RawServer server;
        server.setReply(
            [](const QByteArray &) { return QByteArray("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"); });
        connectTo(server.url());
        QTRY_COMPARE_WITH_TIMEOUT(m_tab->state(), State::Failed, Patience);
        QVERIFY(!m_tab->banner()->isVisible());
        QVERIFY(!named<QPushButton>(m_tab.get(), u"Connect again leniently"_s)->isVisibleTo(m_tab.get()));
    }

    void theWaitIsCountedDown()
    {
        waitForNext();
        QVERIFY2(status().contains(u"attempt 1 of 10: "), qPrintable(status()));
        QVERIFY2(status().contains(u"refused"), qPrintable(status()));
        QVERIFY(named<QPushButton>(m_tab->address(), u"Disconnect"_s));
        const QString before = status();
        QTRY_VERIFY_WITH_TIMEOUT(status() != before, Patience);
        QVERIFY2(status().startsWith(u"Waiting "), qPrintable(status()));
    }

    void theNextAttemptIsMadeAtOnce()
    {
        waitForNext();
        QTest::mouseClick(named<QPushButton>(m_tab->statusLine(), u"Connect again now"_s), Qt::LeftButton);
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
        QTest::mouseClick(named<QPushButton>(m_tab.get(), button), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(status().startsWith(u"Closed"), Patience);
        QVERIFY(!named(m_tab.get(), u"Stop trying"_s)->isVisible());
        QVERIFY(!named(m_tab.get(), u"Connect again now"_s)->isVisible());
        QCOMPARE(m_tab->state(), State::Failed);
    }

    void connectingInsteadOfWaitingTakesTheUrlAsItIsNow()
    {
        waitForNext();
        RawServer server;
        m_tab->address()->setUrl(server.url());
        m_tab->connectToPeer();
        QTRY_COMPARE_WITH_TIMEOUT(m_tab->state(), State::Open, Patience);
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
        m_tab->address()->setUrl(url);
        m_tab->connectToPeer();
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
        m_tab->setEndpoint(endpoint);
        m_tab->connectToPeer();
        QTRY_VERIFY_WITH_TIMEOUT(status().startsWith(u"Waiting "), Patience);
    }

    [[nodiscard]] QPushButton *offer(const QString &name) const { return named<QPushButton>(m_tab->banner(), name); }
    [[nodiscard]] QString status() const { return m_tab->statusLine()->text(); }

    TestCa m_ca;
    TestCa::Certificate m_certificate;
    std::unique_ptr<Sandbox> m_sandbox;
    ScriptedPrompts m_prompts;
    SystemClock m_clock;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<CaptureLibrary> m_library;
    std::unique_ptr<RecordingCloser> m_closer;
    std::unique_ptr<ConnectionTab> m_tab;
};

QTEST_MAIN(ConnectionHelpTest)
#include "tst_connectionhelp.moc"
