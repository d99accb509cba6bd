#include "InspectorBench.h"
#include "document/EntryDetails.h"
#include "support/TestProgram.h"
#include "widgets/inspector/ConnectionDetails.h"
#include "widgets/inspector/InspectorContext.h"
#include "widgets/inspector/InspectorPages.h"

#include <QApplication>
#include <QSignalSpy>
#include <QStackedWidget>

using namespace sockeye;
using namespace sockeye::test;
using Subject = InspectorPage::Subject;

namespace {

/// The pages, by themselves.
class Pages final
{
public:
    InspectorContext context;
    QWidget parent;
    QList<InspectorPage *> all = makeInspectorPages(context, &parent);
};

/// Whether the page shows a placeholder, and which.
QString placeholderOf(const InspectorPage *page)
{
    const auto *stack = page->findChild<QStackedWidget *>(QString(), Qt::FindDirectChildrenOnly);
    const auto *label = stack ? qobject_cast<QLabel *>(stack->currentWidget()) : nullptr;
    return label ? label->text() : QString();
}

EntryDetails textEntry()
{
    EntryDetails details;
    details.entry.id = EntryId(1);
    details.entry.connection = ConnectionId(1);
    details.entry.kind = EntryKind::Text;
    details.entry.head = QByteArrayLiteral("hello");
    details.entry.size = 5;
    details.text = details.entry.head;
    details.frames.append(FrameHeader());
    return details;
}

ConnectionDetails endedConnection()
{
    ConnectionDetails details{sampleRecord(), {QStringLiteral("All 3 connections ended alike.")}};
    details.record.ended = details.record.started + std::chrono::seconds(1);
    details.record.endKind = EndKind::Clean;
    details.record.endText = QStringLiteral("Closed.");
    return details;
}

} // namespace

/// What each page of the list keeps to, a new one as well.
class TestInspectorPages final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void eachHasATitleOfItsOwn()
    {
        const Pages pages;
        QStringList titles;
        for (const InspectorPage *page : pages.all) {
            QVERIFY(!page->title().isEmpty());
            QCOMPARE(page->title(), page->accessibleName());
            QVERIFY2(!titles.contains(page->title()), qPrintable(page->title()));
            titles += page->title();
        }
        QCOMPARE(inspectorPageTitles(), titles);
        QCOMPARE(titles, (QStringList{QStringLiteral("Message"), QStringLiteral("Hex"), QStringLiteral("Frames"),
                                      QStringLiteral("Handshake"), QStringLiteral("Timing"), QStringLiteral("TLS"),
                                      QStringLiteral("Closing")}));
    }

    void eachShowsAPlaceholder()
    {
        const Pages pages;
        for (InspectorPage *page : pages.all) {
            page->showPlaceholder(QStringLiteral("Nothing here"));
            QCOMPARE(placeholderOf(page), QStringLiteral("Nothing here"));
        }
    }

    void eachShowsItsSubjectAlone()
    {
        const Pages pages;
        for (InspectorPage *page : pages.all) {
            const bool isOfEntry = page->subject() == Subject::Entry;
            page->showPlaceholder(QStringLiteral("Nothing here"));
            // The other subject leaves it as it is.
            if (isOfEntry)
                page->showConnection(endedConnection());
            else
                page->showEntry(textEntry());
            QCOMPARE(placeholderOf(page), QStringLiteral("Nothing here"));
            if (isOfEntry)
                page->showEntry(textEntry());
            else
                page->showConnection(endedConnection());
            QVERIFY2(placeholderOf(page).isEmpty(), qPrintable(page->title()));
            // And it can be emptied again.
            page->showPlaceholder(QStringLiteral("Gone"));
            QCOMPARE(placeholderOf(page), QStringLiteral("Gone"));
        }
    }

    void oneTakesTheWishForBytes()
    {
        Pages pages;
        QStringList raised;
        for (InspectorPage *page : std::as_const(pages.all))
            connect(page, &InspectorPage::raiseRequested, page, [page, &raised] { raised += page->title(); });
        Q_EMIT pages.context.bytesWanted();
        QCOMPARE(raised, QStringList{QStringLiteral("Hex")});
    }

    void theContextTellsOnceWhatIsOffered()
    {
        InspectorContext context;
        QSignalSpy changed(&context, &InspectorContext::lenientOfferedChanged);
        context.setLenientOffered(true);
        context.setLenientOffered(true);
        QCOMPARE(changed.size(), 1);
        QVERIFY(context.isLenientOffered());
    }
};

SOCKEYE_TEST(TestInspectorPages, QApplication)
#include "tst_inspectorpages.moc"
