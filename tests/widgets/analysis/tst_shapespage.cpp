#include "capture/CaptureWriter.h"
#include "document/FileSource.h"
#include "document/OpenCapture.h"
#include "shapes/ShapeReader.h"
#include "support/Patience.h"
#include "support/SampleCapture.h"
#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "widgets/shapes/ShapesModel.h"
#include "widgets/shapes/ShapesPage.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// The page of shapes on a capture that grows.
class ShapesPageTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_capture = std::make_unique<SampleCapture>();
        m_connection = m_capture->addConnection({});
        say(R"({"type":"trade","p":1})");
        say(R"({"type":"quote"})");
        say(R"({"type":"trade","p":2,"big":true})");
        say(R"({"type":"trade","p":3})");
        m_capture->writer().flush();
        m_source = std::make_unique<FileSource>(m_capture->writer().path());
        m_open = std::make_unique<OpenCapture>(*m_source);
        m_page = std::make_unique<ShapesPage>();
        m_page->resize(1000, 300);
    }

    void cleanup()
    {
        m_page.reset();
        m_open.reset();
        m_source.reset();
        m_capture.reset();
    }

    void countsWhileItIsSeen()
    {
        m_page->setCapture(m_open.get());
        QSignalSpy opened(m_open.get(), &OpenCapture::opened);
        QVERIFY(!opened.isEmpty() || opened.wait(int(Patience)));
        QCoreApplication::processEvents();
        QCOMPARE(m_page->model()->rowCount(), 0);
        showCounted(2);
        QCOMPARE(names(), (QStringList{u"type=trade"_s, u"type=quote"_s}));
        QVERIFY(m_page->view()->isVisible());
        m_page->hide();
        say(R"({"type":"order"})");
        grow();
        QCoreApplication::processEvents();
        QCOMPARE(m_page->model()->rowCount(), 2);
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(m_page->model()->rowCount(), 3, Patience);
    }

    void saysWhyThereIsNothing()
    {
        m_page->show();
        QVERIFY(!m_page->view()->isVisible());
        QVERIFY(!named<QLineEdit>(m_page.get(), u"Find shapes"_s)->isEnabled());
        m_page->setCapture(m_open.get());
        showCounted(2);
        QVERIFY(m_page->view()->isVisible());
        // The capture goes first.
        m_open.reset();
        QVERIFY(!m_page->view()->isVisible());
        QVERIFY(!m_page->reader());
    }

    void aRowFiltersTheLog()
    {
        m_page->setCapture(m_open.get());
        showCounted(2);
        QSignalSpy filters(m_page.get(), &ShapesPage::filterWanted);
        QTest::mouseClick(m_page->view()->viewport(), Qt::LeftButton, {}, middleOf(0));
        QCOMPARE(filters.size(), 1);
        QCOMPARE(filters.last().first().toString(), filterOf(0));
        QTest::keyClick(m_page->view(), Qt::Key_Down);
        QTest::keyClick(m_page->view(), Qt::Key_Return);
        QCOMPARE(filters.size(), 2);
        QCOMPARE(filters.last().first().toString(), filterOf(1));
        QVERIFY(filterOf(0) != filterOf(1));
    }

    void setsOfKeysStandBelow()
    {
        m_page->setCapture(m_open.get());
        showCounted(2);
        QTreeView *view = m_page->view();
        view->setCurrentIndex(view->model()->index(0, 0));
        QTest::keyClick(view, Qt::Key_Right);
        QVERIFY(view->isExpanded(view->model()->index(0, 0)));
        QTest::keyClick(view, Qt::Key_Down);
        QCOMPARE(view->currentIndex().data().toString(), u"{type, p}"_s);
    }

    void theMenuLeadsToEntries()
    {
        m_page->setCapture(m_open.get());
        showCounted(2);
        QSignalSpy entries(m_page.get(), &ShapesPage::entryActivated);
        for (const auto &[text, entry] :
             {std::pair{u"Show the first"_s, 1}, {u"Show the last"_s, 4}, {u"Show an example (the largest)"_s, 3}}) {
            choose(text);
            QCOMPARE(entries.last().first().value<EntryId>(), EntryId(entry));
        }
        QCOMPARE(entries.size(), 3);
        choose(u"Copy all as a table (TSV)"_s);
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 3);
        choose(u"Copy all as Markdown"_s);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"| shape |"));
        QTest::keyClick(m_page->view(), Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"shape\t"));
    }

    void theFieldFindsShapes()
    {
        m_page->setCapture(m_open.get());
        showCounted(2);
        m_page->openFind();
        auto *field = named<QLineEdit>(m_page.get(), u"Find shapes"_s);
        QTest::keyClicks(field, u"QUO"_s);
        QCOMPARE(names(), QStringList{u"type=quote"_s});
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(m_page->view()->currentIndex().data().toString(), u"type=quote"_s);
        QTest::keyClick(field, Qt::Key_Escape);
        QCOMPARE(names().size(), 2);
        // A set of keys, and so the kind that it belongs to.
        QTest::keyClicks(field, u"big"_s);
        QCOMPARE(names(), QStringList{u"type=trade"_s});
    }

    void sortsByEachColumn()
    {
        m_page->setCapture(m_open.get());
        showCounted(2);
        for (int column = 0; column < ShapesModel::ColumnCount; ++column) {
            m_page->view()->sortByColumn(column, Qt::AscendingOrder);
            QCOMPARE(names().size(), 2);
        }
        m_page->view()->sortByColumn(ShapesModel::CountColumn, Qt::AscendingOrder);
        QCOMPARE(names(), (QStringList{u"type=quote"_s, u"type=trade"_s}));
    }

    void newShapesAreTold()
    {
        m_page->setCapture(m_open.get());
        showCounted(2);
        QCOMPARE(m_page->windowTitle(), QString());
        auto *mark = named<QToolButton>(m_page.get(), u"Mark new from now on"_s);
        QTest::mouseClick(mark, Qt::LeftButton);
        QVERIFY(mark->isChecked());
        QCOMPARE(m_page->windowTitle(), QString());
        say(R"({"type":"order"})");
        say(R"({"type":"quote"})");
        grow();
        QTRY_COMPARE_WITH_TIMEOUT(m_page->windowTitle(), u"Shapes (1 new)"_s, Patience);
        QVERIFY(names().contains(u"● new: type=order"_s));
        // Another tab has its own.
        m_page->setCapture(nullptr);
        QVERIFY(!mark->isChecked());
        QCOMPARE(m_page->windowTitle(), QString());
        m_page->setCapture(m_open.get());
        QVERIFY(mark->isChecked());
        // What was counted is still there.
        QCOMPARE(m_page->windowTitle(), u"Shapes (1 new)"_s);
        QTest::mouseClick(mark, Qt::LeftButton);
        QCOMPARE(m_page->windowTitle(), QString());
    }

    void followsTheFormats()
    {
        m_page->setCapture(m_open.get());
        showCounted(2);
        DecodeOptions options;
        options.rules = {{DecodeRule::About::Text, Direction::None, {}, u"text-utf8"_s}};
        m_page->setFormats(FormatSet::make(options));
        QTRY_VERIFY_WITH_TIMEOUT(m_page->model()->rowCount() > 0 && !names().contains(u"type=trade"_s), Patience);
        m_page->setFormats(FormatSet::standard());
        QTRY_VERIFY_WITH_TIMEOUT(names().contains(u"type=trade"_s), Patience);
    }

private:
    void say(const QByteArray &json) { m_last = m_capture->add(m_connection, EntryKind::Text, json); }

    /// Tells the page as a recording would.
    void grow()
    {
        m_capture->writer().flush();
        Q_EMIT m_source->advanced(m_last);
    }

    void showCounted(int rows)
    {
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        QTRY_COMPARE_WITH_TIMEOUT(m_page->model()->rowCount(), rows, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->reader()->isBehind(), Patience);
    }

    [[nodiscard]] QStringList names() const
    {
        QStringList names;
        const QAbstractItemModel *rows = m_page->view()->model();
        for (int row = 0; row < rows->rowCount(); ++row)
            names += rows->index(row, ShapesModel::NameColumn).data().toString();
        return names;
    }

    [[nodiscard]] QPoint middleOf(int row) const
    {
        return m_page->view()->visualRect(m_page->view()->model()->index(row, ShapesModel::CountColumn)).center();
    }

    /// Of the row of the model: rows of equal counts stand in its order.
    [[nodiscard]] QString filterOf(int row) const
    {
        return m_page->model()->row(m_page->model()->index(row, 0)).filter();
    }

    void choose(const QString &text)
    {
        QWidget *viewport = m_page->view()->viewport();
        QContextMenuEvent event(QContextMenuEvent::Mouse, middleOf(0), viewport->mapToGlobal(middleOf(0)));
        QCoreApplication::sendEvent(viewport, &event);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        for (QAction *action : menu->actions()) {
            if (QString(action->text()).remove(u'&') == text)
                action->trigger();
        }
        menu->close();
    }

    std::unique_ptr<SampleCapture> m_capture;
    ConnectionId m_connection;
    EntryId m_last;
    std::unique_ptr<FileSource> m_source;
    std::unique_ptr<OpenCapture> m_open;
    std::unique_ptr<ShapesPage> m_page;
};

SOCKEYE_TEST(ShapesPageTest, QApplication)
#include "tst_shapespage.moc"
