#include "gallery/LargeSession.h"

#include "bench/TickerSession.h"
#include "capture/AnnotationWriter.h"
#include "gallery/Scenes.h"
#include "log/LogModel.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/MainWindow.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/log/LogView.h"

#include <QAbstractButton>
#include <QTest>

namespace sockeye::gallery {

namespace {

constexpr qint64 Entries = 250'000;
/// What is shown begins behind it.
constexpr EntryId Chosen(120'012);

void makeCapture(const QString &path)
{
    const Result<std::unique_ptr<CaptureWriter>> writer = CaptureWriter::create(path);
    require(writer.ok(), "The capture cannot be made");
    TickerSession session(*writer.value(), Entries, 100);
    session.record([](qint64) {});
    require(writer.value()->finish().ok(), "The capture cannot be written");
    const AnnotationMap annotations{
        {EntryId(20'000), {true, 0, {}}},
        {EntryId(120'042), {false, 3, {}}},
        {EntryId(120'046), {true, 0, QStringLiteral("The gap in the sequence starts here")}},
        {EntryId(200'000), {true, 5, {}}},
    };
    require(writeAnnotations(path, annotations).ok(), "The bookmarks cannot be written");
}

} // namespace

void takeLargeSession(MainWindow &window, const QDir &directory, const QDir &captures)
{
    const QString path = captures.filePath(QStringLiteral("market feed.sockeye"));
    makeCapture(path);
    window.openPath(path);
    ConnectionTab *const tab = window.currentTab();
    require(tab, "The capture did not open");
    require(QTest::qWaitFor([tab] { return tab->model() && tab->model()->rowCount() == Entries; }, 20'000),
            "The capture was not read");
    for (QAbstractButton *button : tab->filterBar()->findChildren<QAbstractButton *>()) {
        if (button->text() == QStringLiteral("Mark"))
            button->click();
    }
    tab->filterBar()->setText(QStringLiteral("json:$.data.price>450 or has:finding"));
    require(QTest::qWaitFor([tab] { return !tab->model()->isSearching() && tab->model()->matchCount() > 0; }, 20'000),
            "Nothing was found");
    tab->logView()->goToEntry(tab->model()->nextMatch(Chosen, true));
    tab->logView()->setFocus();
    choosePage(*tab, QStringLiteral("Message"));
    take(window, directory, QStringLiteral("large.png"));
}

} // namespace sockeye::gallery
