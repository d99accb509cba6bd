#include "gallery/States.h"

#include "gallery/Scenes.h"
#include "log/LogModel.h"
#include "support/Patience.h"
#include "widgets/composer/Composer.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/style/Theme.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QTcpServer>
#include <QTest>

namespace sockeye::gallery {
namespace {

void takeStream(MainWindow &window, const QString &url, const QDir &directory, const QString &suffix)
{
    ConnectionTab &tab = *window.documents().openUrl(url);
    require(QTest::qWaitFor([&tab] { return tab.state() == ConnectionTab::State::Open; }, test::Patience),
            "No connection");
    tab.composer()->editor()->setPlainText(QStringLiteral("{\"op\":\"subscribe\",\"channels\":[\"trades\"]}"));
    tab.composer()->send();
    constexpr int Rows = 40;
    require(QTest::qWaitFor([&tab] { return tab.view()->model() && tab.view()->model()->rowCount() >= Rows; },
                            test::Patience),
            "The feed did not come");
    take(window, directory, QStringLiteral("streaming") + suffix);
    tab.view()->filterBar()->setText(QStringLiteral("json:$.symbol=NVDA"));
    const auto isFiltered = [&tab] {
        return !tab.view()->model()->isSearching() && tab.view()->model()->rowCount() < Rows;
    };
    require(QTest::qWaitFor(isFiltered, test::Patience), "The filter found nothing");
    take(window, directory, QStringLiteral("filtered") + suffix);
}

void takeFailure(MainWindow &window, const QDir &directory, const QString &suffix)
{
    QTcpServer gone;
    require(gone.listen(QHostAddress::LocalHost), "No port is free");
    const QString url = QStringLiteral("ws://127.0.0.1:%1/v2/stream").arg(gone.serverPort());
    gone.close();
    ConnectionTab &tab = *window.documents().openUrl(url);
    require(QTest::qWaitFor([&tab] { return tab.state() == ConnectionTab::State::Failed; }, test::Patience),
            "What should fail did not");
    take(window, directory, QStringLiteral("failed") + suffix);
}

} // namespace

void takeStates(MainWindow &window, const QString &url, const QDir &directory)
{
    const std::array sizes{QSize(1024, 700), QSize(1440, 900), QSize(1920, 1200)};
    const std::array themes{std::pair(theme::Scheme::Light, "light"), std::pair(theme::Scheme::Dark, "dark")};
    for (const auto &[scheme, name] : themes) {
        theme::apply(*qApp, scheme);
        for (const QSize size : sizes) {
            window.documents().closeAll();
            window.resize(size);
            const QString suffix =
                QStringLiteral("-%1x%2-%3.png").arg(size.width()).arg(size.height()).arg(QLatin1StringView(name));
            take(window, directory, QStringLiteral("empty") + suffix);
            takeStream(window, url, directory, suffix);
            takeFailure(window, directory, suffix);
        }
    }
    window.documents().closeAll();
    theme::apply(*qApp, theme::Scheme::Light);
}

} // namespace sockeye::gallery
