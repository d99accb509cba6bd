#pragma once

#include "tests/support/SampleCapture.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/hex/HexView.h"
#include "widgets/inspector/HexPage.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/payload/PayloadText.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>

namespace sockeye::test {

inline ConnectionRecord sampleRecord()
{
    ConnectionRecord record;
    record.url = QStringLiteral("wss://example.com/feed");
    record.peerAddress = QStringLiteral("203.0.113.7:443");
    record.requestHead = "GET /feed HTTP/1.1\r\nHost: example.com\r\n\r\n";
    record.responseHead = "HTTP/1.1 101 Switching Protocols\r\nServer: caf\xe9\r\n\r\n";
    record.checks = {
        {QStringLiteral("status"), QStringLiteral("RFC 6455 4.1"), true, QStringLiteral("The status is 101")},
        {QStringLiteral("accept"), QStringLiteral("RFC 6455 4.1"), false, QStringLiteral("Wrong accept")}};
    record.tls.version = QStringLiteral("TLS 1.3");
    record.tls.cipher = QStringLiteral("TLS_AES_128_GCM_SHA256");
    record.timings.total = std::chrono::milliseconds(84);
    return record;
}

/// An inspector over a capture that each test fills.
class Bench final
{
public:
    Bench()
    {
        inspector.resize(640, 480);
        inspector.setPrompts(&prompts);
        connection = capture.addConnection(sampleRecord());
    }

    Sandbox sandbox;
    SampleCapture capture;
    ScriptedPrompts prompts;
    ConnectionId connection;
    Inspector inspector;

    void open()
    {
        inspector.setLoader(&capture.loader());
        inspector.show();
        QVERIFY(QTest::qWaitForWindowExposed(&inspector));
    }
    void choosePage(const QString &name) { inspector.showPage(name); }
    [[nodiscard]] QTabWidget *tabs() const { return inspector.findChild<QTabWidget *>(); }
    [[nodiscard]] PayloadText *text() const { return inspector.findChild<PayloadText *>(); }
    [[nodiscard]] HexView *hex() const { return inspector.findChild<HexPage *>()->findChild<HexView *>(); }
    [[nodiscard]] QTabBar *barWith(const QString &first) const
    {
        for (QTabBar *bar : inspector.findChildren<QTabBar *>(QStringLiteral("subTabs"))) {
            if (bar->tabText(0) == first)
                return bar;
        }
        return nullptr;
    }
    /// All words that stand on the current page.
    [[nodiscard]] QString words() const
    {
        QStringList all;
        for (const QLabel *label : tabs()->currentWidget()->findChildren<QLabel *>()) {
            if (label->isVisible())
                all += label->text();
        }
        return all.join(u'\n');
    }
};

} // namespace sockeye::test
