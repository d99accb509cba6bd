// Takes the pictures of docs/images: the real window on a small demo feed. Run by scripts/screenshots.
//
//     gallery DIRECTORY [all]
//
// With "all" every page that has something to show is taken, and the window at several sizes in several states, not
// only what the documents use. QT_SCALE_FACTOR=2 takes them as on a screen of twice the density.

#include "base/Paths.h"
#include "gallery/DecodedSession.h"
#include "gallery/DemoFeed.h"
#include "gallery/FormatScenes.h"
#include "gallery/LargeSession.h"
#include "gallery/Scenes.h"
#include "gallery/States.h"
#include "log/LogModel.h"
#include "profiles/ProfileStore.h"
#include "widgets/composer/Composer.h"
#include "widgets/controls/Prompts.h"
#include "widgets/log/LogView.h"
#include "widgets/profiles/ProfilesDock.h"
#include "widgets/style/Theme.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;
using namespace sockeye::gallery;

namespace {

constexpr QSize WindowSize(1440, 900);
/// Entries of the log in the pictures: what the feed sends, and the connection's own.
constexpr int Entries = 45;

[[nodiscard]] Profile makeProfile(const QString &name, const QString &folder, const QString &url)
{
    Profile profile;
    profile.name = name;
    profile.folder = folder;
    profile.endpoint.url = url;
    return profile;
}

/// The profiles of the pictures; the id of the one to connect.
[[nodiscard]] QString makeProfiles(quint16 port)
{
    ProfileStore store(paths::profiles());
    const QString feed = QStringLiteral("ws://localhost:%1/v2/stream").arg(port);
    Result<QString> id = store.add(makeProfile(QStringLiteral("market feed"), QStringLiteral("staging"), feed));
    require(id.ok(), "The profiles cannot be written");
    const std::array others{
        makeProfile(QStringLiteral("chat"), QStringLiteral("staging"),
                    QStringLiteral("wss://chat.staging.example.com/")),
        makeProfile(QStringLiteral("device gateway"), QStringLiteral("staging"),
                    QStringLiteral("wss://gateway.staging.example.com/devices")),
        makeProfile(QStringLiteral("market feed"), QStringLiteral("production"),
                    QStringLiteral("wss://feed.example.com/v2/stream")),
    };
    for (const Profile &profile : others)
        require(store.add(profile).ok(), "The profiles cannot be written");
    return id.value();
}

void fillTab(MainWindow &window, ConnectionTab &tab)
{
    require(QTest::qWaitFor([&tab] { return tab.state() == ConnectionTab::State::Open; }), "No connection");
    tab.composer()->setPayloadType(Composer::PayloadType::Json);
    tab.composer()->editor()->setPlainText(
        QStringLiteral("{\n  \"op\": \"subscribe\",\n  \"channels\": [\"trades\", \"books\"]\n}"));
    tab.composer()->send();
    require(
        QTest::qWaitFor([&tab] { return tab.view()->model() && tab.view()->model()->rowCount() >= Entries; }, 20'000),
        "The feed did not come");
    tab.composer()->editor()->setPlainText(
        QStringLiteral("{\n  \"op\": \"subscribe\",\n  \"channels\": [\"trades\", \"books\"]\n}"));
    window.resize(WindowSize);
}

} // namespace

int main(int argc, char *argv[])
{
    const QTemporaryDir home;
    qputenv("XDG_DATA_HOME", home.filePath(QStringLiteral("data")).toUtf8());
    qputenv("XDG_CONFIG_HOME", home.filePath(QStringLiteral("config")).toUtf8());
    paths::setApplicationNames();
    QApplication app(argc, argv);
    const bool all = argc == 3 && qstrcmp(argv[2], "all") == 0;
    require(argc == 2 || all, "usage: gallery DIRECTORY [all]");
    const QDir directory(QDir(QString::fromLocal8Bit(argv[1])).absolutePath());

    DemoFeed feed;
    const QString profile = makeProfiles(feed.port());
    DialogPrompts prompts;
    MainWindow window(prompts);
    theme::apply(app, theme::Scheme::Light);
    window.resize(WindowSize);
    window.show();
    take(window, directory, QStringLiteral("welcome.png"));

    Q_EMIT window.profilesDock()->profileOpened(profile, true);
    auto *const tab = qobject_cast<ConnectionTab *>(window.documents().current());
    require(tab, "The profile did not open");
    fillTab(window, *tab);
    tab->view()->logView()->setFollowing(false);
    // An order book, as indented JSON.
    tab->view()->logView()->setCurrentEntry(EntryId(10));
    tab->view()->logView()->scrollToTop();
    // Without a window manager the URL would stay selected.
    const QList<QLineEdit *> edits = window.findChildren<QLineEdit *>();
    for (QLineEdit *edit : edits)
        edit->deselect();
    take(window, directory, QStringLiteral("light.png"));
    choosePage(*tab, QStringLiteral("Handshake"));
    take(window, directory, QStringLiteral("handshake.png"));

    takeOptions(prompts, directory, QStringLiteral("Request"));
    takeComposer(*tab, directory, all);

    theme::apply(app, theme::Scheme::Dark);
    // A binary message as it was on the wire, the frame's header first.
    tab->view()->logView()->setCurrentEntry(EntryId(7));
    choosePage(*tab, QStringLiteral("Hex"));
    choosePage(*tab, QStringLiteral("Wire"));
    take(window, directory, QStringLiteral("dark.png"));

    theme::apply(app, theme::Scheme::Light);
    takeEnd(*tab, directory);
    if (all) {
        takeOptions(prompts, directory, {});
        takeTrouble(*tab, directory);
    }
    takeLargeSession(window, directory, QDir(home.path()));
    takeDecoded(window, directory, QDir(home.path()), all);
    takeFormats(window, directory, QDir(home.path()), all);
    if (all)
        takeStates(window, QStringLiteral("ws://localhost:%1/v2/stream").arg(feed.port()), directory);
    return 0;
}
