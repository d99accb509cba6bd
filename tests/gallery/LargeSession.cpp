#include "gallery/LargeSession.h"

#include "bench/TickerSession.h"
#include "capture/AnnotationWriter.h"
#include "gallery/Scenes.h"
#include "log/LogModel.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/log/LogView.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/MainWindow.h"

#include <QAbstractButton>
#include <QTest>

namespace sockeye::gallery {

namespace {

constexpr qint64 LargeEntries = 250'000;
/// What is shown begins behind it.
constexpr EntryId Chosen(120'012);

void makeCapture(const QString &path)
{
    const Result<std::unique_ptr<CaptureWriter>> writer = CaptureWriter::create(path);
    require(writer.ok(), "The capture cannot be made");
    TickerSession session(*writer.value(), LargeEntries, 100);
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
    window.documents().openPath(path);
    DocumentTab *const tab = window.documents().current();
    require(tab, "The capture did not open");
    require(QTest::qWaitFor([tab] { return tab->view()->model() && tab->view()->model()->rowCount() == LargeEntries; },
                            20'000),
            "The capture was not read");
    for (QAbstractButton *button : tab->view()->filterBar()->findChildren<QAbstractButton *>()) {
        if (button->text() == QStringLiteral("Mark"))
            button->click();
    }
    tab->view()->filterBar()->setText(QStringLiteral("json:$.data.price>450 or has:finding"));
    require(
        QTest::qWaitFor(
            [tab] { return !tab->view()->model()->isSearching() && tab->view()->model()->matchCount() > 0; }, 20'000),
        "Nothing was found");
    tab->view()->logView()->goToEntry(tab->view()->model()->nextMatch(Chosen, true));
    tab->view()->logView()->setFocus();
    choosePage(*tab, QStringLiteral("Message"));
    take(window, directory, QStringLiteral("large.png"));
}

} // namespace sockeye::gallery
