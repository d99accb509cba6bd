#include "document/FileSource.h"
#include "document/OpenCapture.h"
#include "formats/FormatSet.h"
#include "requests/RequestReader.h"
#include "support/Patience.h"
#include "support/SampleCapture.h"
#include "support/TestProgram.h"
#include "widgets/requests/RequestsPage.h"
#include "widgets/requests/RequestsTable.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QToolButton>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// The page of requests on a capture that grows.
class RequestsPageTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_capture = std::make_unique<SampleCapture>();
        m_connection = m_capture->addConnection({});
        ask("420[\"price\",1]");
        ask("421[\"price\",2]");
        answer("430[1]");
        ask("422[\"say \\\"hi\\\"\"]");
        m_capture->writer().flush();
        m_source = std::make_unique<FileSource>(m_capture->writer().path());
        m_open = std::make_unique<OpenCapture>(*m_source);
        m_page = std::make_unique<RequestsPage>();
        m_page->resize(1000, 400);
    }

    void cleanup()
    {
        m_page.reset();
        m_open.reset();
        m_source.reset();
        m_capture.reset();
    }

    void readsWhileItIsSeen()
    {
        QVERIFY(!m_page->sentence().isEmpty());
        m_page->setCapture(m_open.get());
        QSignalSpy opened(m_open.get(), &OpenCapture::opened);
        QVERIFY(!opened.isEmpty() || opened.wait(Patience));
        QCoreApplication::processEvents();
        QVERIFY(!m_open->requests().isActive());
        showRead();
        QCOMPARE(column(m_page->methodsTable(), 0), (QStringList{u"emit price"_s, u"emit say \"hi\""_s}));
        QCOMPARE(column(m_page->slowestTable(), 0), QStringList{u"1"_s});
        QCOMPARE(column(m_page->unansweredTable(), 0), (QStringList{u"2"_s, u"4"_s}));
        QVERIFY(m_page->sentence().startsWith(u"3 requests"));
        m_page->hide();
        QVERIFY(!m_open->requests().isActive());
    }

    void saysWhyThereIsNothing()
    {
        m_page->show();
        QVERIFY(!m_page->methodsTable()->isVisible());
        QVERIFY(!m_page->pathField()->isEnabled());
        m_page->setCapture(m_open.get());
        showRead();
        QVERIFY(m_page->methodsTable()->isVisible());
        // The capture goes first.
        m_open.reset();
        QVERIFY(!m_page->methodsTable()->isVisible());
        QCOMPARE(m_page->methodsTable()->model()->rowCount(), 0);
    }

    void rowsLeadToEntriesAndFilters()
    {
        m_page->setCapture(m_open.get());
        showRead();
        QSignalSpy entries(m_page.get(), &RequestsPage::entryActivated);
        QSignalSpy filters(m_page.get(), &RequestsPage::filterWanted);
        RequestsTable *unanswered = m_page->unansweredTable();
        QTest::mouseClick(unanswered->viewport(), Qt::LeftButton, {}, middleOf(unanswered, 1));
        QTest::mouseDClick(unanswered->viewport(), Qt::LeftButton, {}, middleOf(unanswered, 1));
        QCOMPARE(entries.size(), 1);
        QCOMPARE(entries.last().first().value<EntryId>(), EntryId(4));
        QTest::keyClick(unanswered, Qt::Key_Up);
        QTest::keyClick(unanswered, Qt::Key_Return);
        QCOMPARE(entries.last().first().value<EntryId>(), EntryId(2));
        RequestsTable *methods = m_page->methodsTable();
        methods->selectRow(1);
        QTest::keyClick(methods, Qt::Key_Return);
        QCOMPARE(filters.size(), 1);
        QCOMPARE(filters.last().first().toString(), u"msg:\"emit say \\\"hi\\\"\""_s);
    }

    void theMenuFiltersAndCopies()
    {
        m_page->setCapture(m_open.get());
        showRead();
        QSignalSpy entries(m_page.get(), &RequestsPage::entryActivated);
        QSignalSpy filters(m_page.get(), &RequestsPage::filterWanted);
        RequestsTable *slowest = m_page->slowestTable();
        slowest->setCurrentIndex(slowest->model()->index(0, 0));
        choose(slowest, u"Filter these"_s);
        QCOMPARE(filters.last().first().toString(), u"entry:1,3"_s);
        choose(slowest, u"Show the answer"_s);
        QCOMPARE(entries.last().first().value<EntryId>(), EntryId(3));
        choose(slowest, u"Copy as Markdown"_s);
        const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines.at(1).startsWith(u"| --: | --- | --: | ---"));
        QTest::keyClick(slowest, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"Entry\tMethod\t"));
    }

    void theUserSaysWhereIdsStand()
    {
        m_page->setCapture(m_open.get());
        showRead();
        QSignalSpy wanted(m_page.get(), &RequestsPage::requestPathWanted);
        QTest::keyClicks(m_page->pathField(), u"$.id"_s);
        QTest::keyClick(m_page->pathField(), Qt::Key_Return);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.last().first().toString(), u"$.id"_s);
        DecodeOptions options;
        options.requestPath = u"$.id"_s;
        m_page->setFormats(FormatSet::make(options));
        QCOMPARE(m_page->pathField()->text(), u"$.id"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_open->requests().known() == EntryId(4), Patience);
        QVERIFY(!m_page->methodsTable()->isVisible());
        // What is no path is not taken.
        m_page->pathField()->setText(u"$..["_s);
        QTest::keyClick(m_page->pathField(), Qt::Key_Return);
        QCOMPARE(wanted.size(), 1);
    }

    void canBeStopped()
    {
        m_page->show();
        m_page->setCapture(m_open.get());
        m_open->requests().cancel();
        QVERIFY(m_page->stopButton()->isVisible());
        QTest::mouseClick(m_page->stopButton(), Qt::LeftButton);
        QVERIFY(!m_open->requests().isCancelled());
        QTRY_COMPARE_WITH_TIMEOUT(m_page->methodsTable()->model()->rowCount(), 2, Patience);
    }

private:
    void ask(const QByteArray &text) { m_capture->add(m_connection, EntryKind::Text, text, Direction::Out); }
    void answer(const QByteArray &text) { m_capture->add(m_connection, EntryKind::Text, text); }

    void showRead()
    {
        m_page->show();
        QTRY_VERIFY_WITH_TIMEOUT(m_open->requests().known() == EntryId(4), Patience);
    }

    static QStringList column(const QTableView *table, int column)
    {
        QStringList texts;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            texts += table->model()->index(row, column).data().toString();
        return texts;
    }

    static QPoint middleOf(const QTableView *table, int row)
    {
        return table->visualRect(table->model()->index(row, 0)).center();
    }

    /// From the menu that opens over the current row.
    void choose(RequestsTable *table, const QString &text)
    {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
        QApplication::sendEvent(table, &event);
        auto *menu = m_page->findChild<QMenu *>();
        QVERIFY(menu);
        for (QAction *action : menu->actions()) {
            if (action->text().remove(u'&') == text)
                action->trigger();
        }
        delete menu;
    }

    std::unique_ptr<SampleCapture> m_capture;
    ConnectionId m_connection;
    std::unique_ptr<FileSource> m_source;
    std::unique_ptr<OpenCapture> m_open;
    std::unique_ptr<RequestsPage> m_page;
};

SOCKEYE_TEST(RequestsPageTest, QApplication)
#include "tst_requestspage.moc"
