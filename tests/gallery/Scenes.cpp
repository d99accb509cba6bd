#include "gallery/Scenes.h"

#include "log/LogModel.h"
#include "peers/RawServer.h"
#include "peers/TlsServer.h"
#include "widgets/composer/Composer.h"
#include "widgets/controls/Banner.h"
#include "widgets/dialogs/CertificateDialog.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/log/LogView.h"
#include "widgets/options/OptionsDialog.h"
#include "widgets/tab/ConnectionTab.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QTabBar>
#include <QTabWidget>
#include <QTcpServer>
#include <QTest>

namespace sockeye::gallery {
namespace {

using State = ConnectionTab::State;
using namespace std::chrono_literals;

template<typename Widget>
Widget &find(const QWidget &root, const char *name)
{
    const QList<Widget *> all = root.findChildren<Widget *>();
    for (Widget *widget : all) {
        if (widget->accessibleName() == QString::fromUtf8(name))
            return *widget;
    }
    qFatal("There is no %s", name);
}

void connectTo(ConnectionTab &tab, const Endpoint &endpoint, State wanted)
{
    // That it connects, and how that ended, in a capture of its own for another URL.
    constexpr int Events = 2;
    const QString before = tab.capturePath();
    tab.setEndpoint(endpoint);
    tab.connectToPeer();
    const auto isThere = [&] {
        return tab.state() == wanted && tab.capturePath() != before && tab.view()->model() &&
               tab.view()->model()->rowCount() >= Events;
    };
    require(QTest::qWaitFor(isThere, 20'000), "A connection did not go as it should");
}

/// The tab as a picture of its own: with its banner, its status and the page.
void takeTab(ConnectionTab &tab, const QDir &directory, const QString &page, const QString &name)
{
    // The inspector follows the chosen entry: the latest is of this connection.
    tab.view()->logView()->setCurrentEntry(EntryId(tab.view()->model()->rowCount()));
    choosePage(tab, page);
    take(tab, directory, name);
}

Endpoint endpointFor(const QString &url)
{
    Endpoint endpoint;
    endpoint.url = url;
    return endpoint;
}

void takeCertificate(ConnectionTab &tab, const QDir &directory)
{
    test::TestCa ca;
    require(ca.create(), "No certificate could be made");
    const test::TlsServer server({.certificate = ca.selfSigned(QStringLiteral("DNS:localhost")),
                                  .clientCaFile = {},
                                  .protocol = QSsl::SecureProtocols,
                                  .alpn = {}});
    connectTo(tab, endpointFor(server.url(QStringLiteral("localhost"))), State::Failed);
    takeTab(tab, directory, QStringLiteral("TLS"), QStringLiteral("refused.png"));
    find<QPushButton>(*tab.banner(), "Show certificate").click();
    auto *dialog = tab.findChild<CertificateDialog *>();
    require(dialog, "The certificate is not shown");
    take(*dialog, directory, QStringLiteral("certificate.png"));
    dialog->close();
}

void takeLenient(ConnectionTab &tab, const QDir &directory)
{
    test::RawServer server;
    server.setReply([](const QByteArray &) {
        return QByteArray("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Accept: bm90IHdoYXQgd2FzIGFza2Vk\r\n\r\n");
    });
    connectTo(tab, endpointFor(server.url()), State::Failed);
    takeTab(tab, directory, QStringLiteral("Handshake"), QStringLiteral("lenient.png"));
}

/// Nobody listens, and the next attempt is some seconds away.
void takeCountdown(ConnectionTab &tab, const QDir &directory)
{
    QTcpServer closed;
    require(closed.listen(QHostAddress::LocalHost), "No port");
    Endpoint endpoint = endpointFor(QStringLiteral("ws://127.0.0.1:%1/").arg(closed.serverPort()));
    closed.close();
    endpoint.reconnect.enabled = true;
    endpoint.reconnect.first = 30s;
    tab.setEndpoint(endpoint);
    tab.connectToPeer();
    require(QTest::qWaitFor([&tab] { return tab.isWaiting(); }, 20'000), "The next attempt is not waited for");
    take(tab, directory, QStringLiteral("countdown.png"));
    tab.disconnectFromPeer();
}

Endpoint filledEndpoint()
{
    Endpoint endpoint = endpointFor(QStringLiteral("wss://feed.staging.example.com/v2/stream"));
    endpoint.headers = {{QStringLiteral("Authorization"), QStringLiteral("Bearer 3fb1c2a9"), true},
                        {QStringLiteral("Origin"), QStringLiteral("https://staging.example.com"), true},
                        {QStringLiteral("X-Trace"), QStringLiteral("on"), false}};
    endpoint.subprotocols = {QStringLiteral("feed.v2"), QStringLiteral("feed.v1")};
    endpoint.keepalive.interval = 20s;
    endpoint.reconnect.enabled = true;
    return endpoint;
}

} // namespace

void require(bool holds, const char *what)
{
    if (!holds)
        qFatal("%s", what);
}

void take(QWidget &widget, const QDir &directory, const QString &name)
{
    QTest::qWait(400);
    // From the screen: QWidget::grab() paints nothing below what says that it paints all of itself.
    const QWidget &window = *widget.window();
    const QPixmap picture =
        window.screen()->grabWindow(window.winId(), widget.mapTo(&window, QPoint()).x(),
                                    widget.mapTo(&window, QPoint()).y(), widget.width(), widget.height());
    require(picture.save(directory.filePath(name)), "A picture cannot be written");
}

void choosePage(const DocumentTab &tab, const QString &name)
{
    const QList<QTabBar *> bars = tab.view()->inspector()->findChildren<QTabBar *>();
    for (QTabBar *bar : bars) {
        for (int i = 0; i < bar->count(); ++i) {
            if (bar->tabText(i) == name)
                bar->setCurrentIndex(i);
        }
    }
}

void takeOptions(Prompts &prompts, const QDir &directory, const QString &only)
{
    OptionsDialog dialog(filledEndpoint(), prompts);
    dialog.show();
    auto *pages = dialog.findChild<QTabWidget *>();
    for (int i = 0; i < pages->count(); ++i) {
        const QString page = pages->tabText(i);
        pages->setCurrentIndex(i);
        if (page == only)
            take(dialog, directory, QStringLiteral("options.png"));
        else if (only.isEmpty())
            take(dialog, directory, QStringLiteral("options-%1.png").arg(page.toLower()));
    }
}

void takeComposer(ConnectionTab &tab, const QDir &directory, bool all)
{
    Composer &composer = *tab.composer();
    if (all) {
        find<QPushButton>(composer, "Frames and control messages").click();
        find<QComboBox>(composer, "Cut into frames").setCurrentIndex(1);
        take(tab, directory, QStringLiteral("fragments.png"));
        find<QPushButton>(composer, "Frames and control messages").click();
    }
    const Composer::PayloadType before = composer.payloadType();
    composer.setPayloadType(Composer::PayloadType::Raw);
    find<QPlainTextEdit>(composer, "Payload of the raw frame").setPlainText(QStringLiteral("hello"));
    find<QCheckBox>(composer, "RSV2").setChecked(true);
    take(composer, directory, QStringLiteral("raw.png"));
    composer.setPayloadType(before);
}

void takeEnd(ConnectionTab &tab, const QDir &directory)
{
    tab.disconnectFromPeer();
    require(QTest::qWaitFor([&tab] { return !tab.isActive(); }, 20'000), "The connection did not end");
    choosePage(tab, QStringLiteral("Timing"));
    take(*tab.view()->inspector(), directory, QStringLiteral("timing.png"));
    choosePage(tab, QStringLiteral("Closing"));
    take(*tab.view()->inspector(), directory, QStringLiteral("closing.png"));
}

void takeTrouble(ConnectionTab &tab, const QDir &directory)
{
    takeCertificate(tab, directory);
    takeLenient(tab, directory);
    takeCountdown(tab, directory);
}

} // namespace sockeye::gallery
