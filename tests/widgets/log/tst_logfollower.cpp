#include "widgets/log/LogFollower.h"

#include "filter/Filter.h"
#include "log/LogModel.h"
#include "reading/CaptureLoader.h"
#include "support/TestProgram.h"
#include "tests/log/SampleLog.h"
#include "widgets/log/LogScroller.h"

#include <QApplication>
#include <QHeaderView>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// The follower and the scroller of a log, without a view: ten rows of 20 pixels fit.
class TestLogFollower final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void showsOnlyWhatIsLoaded();
    void jumpsToTheEndWhileHidden();
    void doesNotWaitForASlowReader();
    void countsWhatComesBelow();
    void whatCameBeforeItStoppedIsNotNew();
    void scrollingUpStopsAndDownToTheEndResumes();
    void anotherLogStartsAfresh();

private:
    void takeRows();
    [[nodiscard]] const LogGeometry &geometry() const { return m_scroller->geometry(); }

    std::unique_ptr<SampleLog> m_log;
    std::unique_ptr<CaptureLoader> m_loader;
    std::unique_ptr<LogModel> m_model;
    std::unique_ptr<QScrollArea> m_area;
    std::unique_ptr<QHeaderView> m_header;
    LogScroller *m_scroller = nullptr;
    LogFollower *m_follower = nullptr;
};

void TestLogFollower::init()
{
    m_log = std::make_unique<SampleLog>();
    m_log->addMany(200);
    m_loader = std::make_unique<CaptureLoader>(m_log->path());
    m_model = std::make_unique<LogModel>(*m_loader);
    m_area = std::make_unique<QScrollArea>();
    m_header = std::make_unique<QHeaderView>(Qt::Horizontal);
    m_scroller = new LogScroller(m_area.get(), *m_header);
    m_scroller->setRowHeight(20);
    m_scroller->setViewportHeight(200);
    m_follower = new LogFollower(*m_scroller, m_area.get());
    m_follower->setLogModel(m_model.get());
    QTRY_COMPARE(m_model->rowCount(), 200);
}

void TestLogFollower::cleanup()
{
    m_area.reset();
    m_header.reset();
    m_model.reset();
    m_loader.reset();
    m_log.reset();
}

/// As a view does when rows have come.
void TestLogFollower::takeRows()
{
    m_scroller->setRows(m_model->rowCount());
    m_scroller->sync();
    m_follower->chaseEnd();
}

void TestLogFollower::showsOnlyWhatIsLoaded()
{
    m_area->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_area.get()));
    m_scroller->setViewportHeight(200);
    takeRows();
    QCOMPARE(geometry().offset(), 0);
    connect(m_model.get(), &LogModel::dataChanged, m_follower, &LogFollower::chaseEnd);
    bool wasLoaded = true;
    connect(m_scroller, &LogScroller::moved, this,
            [&] { wasLoaded = wasLoaded && m_model->entry(m_model->entryAt(geometry().lastVisible())); });
    QTRY_VERIFY(geometry().isAtEnd());
    QVERIFY(wasLoaded);
    QVERIFY(m_follower->isFollowing());
}

void TestLogFollower::jumpsToTheEndWhileHidden()
{
    takeRows();
    QVERIFY(geometry().isAtEnd());
    QVERIFY(geometry().offset() > 0);
}

void TestLogFollower::doesNotWaitForASlowReader()
{
    m_area->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_area.get()));
    m_scroller->setViewportHeight(200);
    // Rows that the capture does not have are never loaded.
    m_model->advanceTo(EntryId(100'000));
    takeRows();
    QVERIFY(!geometry().isAtEnd());
    QTRY_VERIFY(geometry().isAtEnd());
}

void TestLogFollower::countsWhatComesBelow()
{
    takeRows();
    QSignalSpy following(m_follower, &LogFollower::followingChanged);
    QSignalSpy below(m_follower, &LogFollower::newBelowChanged);
    m_follower->setFollowing(false);
    QCOMPARE(following.size(), 1);
    QCOMPARE(m_follower->newBelow(), 0);
    m_model->advanceTo(m_log->addMany(30));
    takeRows();
    QCOMPARE(m_follower->newBelow(), 30);
    QCOMPARE(below.constLast().constFirst().toLongLong(), 30);
    QVERIFY(!geometry().isAtEnd());
    // Rows that have been seen are not below any more.
    m_scroller->scrollBy(5 * 20);
    QCOMPARE(m_follower->newBelow(), 25);
    m_follower->setFollowing(true);
    QCOMPARE(m_follower->newBelow(), 0);
    QCOMPARE(below.constLast().constFirst().toLongLong(), 0);
    QVERIFY(geometry().isAtEnd());
}

void TestLogFollower::whatCameBeforeItStoppedIsNotNew()
{
    takeRows();
    m_follower->setFollowing(false);
    m_scroller->scrollBy(-1'000'000);
    QCOMPARE(m_follower->newBelow(), 0);
    // Another filter shows other rows, none of which is new.
    m_model->setFilter(std::get<EntryQuery>(parseFilter(u"type:ping"_s)));
    QTRY_COMPARE(m_model->rowCount(), 50);
    takeRows();
    QCOMPARE(m_follower->newBelow(), 0);
    m_model->advanceTo(m_log->addMany(8));
    QTRY_COMPARE(m_model->rowCount(), 52);
    takeRows();
    QCOMPARE(m_follower->newBelow(), 2);
}

void TestLogFollower::scrollingUpStopsAndDownToTheEndResumes()
{
    takeRows();
    m_scroller->scrollBy(-50);
    m_follower->scrolledByUser(false);
    QVERIFY(!m_follower->isFollowing());
    m_scroller->scrollBy(10);
    m_follower->scrolledByUser(true);
    QVERIFY(!m_follower->isFollowing());
    m_scroller->showEnd();
    m_follower->scrolledByUser(true);
    QVERIFY(m_follower->isFollowing());
}

void TestLogFollower::anotherLogStartsAfresh()
{
    takeRows();
    m_follower->setFollowing(false);
    m_follower->setLogModel(nullptr);
    QCOMPARE(m_follower->newBelow(), 0);
    QVERIFY(!m_follower->isFollowing());
    m_follower->setLogModel(m_model.get());
    m_scroller->sync();
    // Its entries are those with which it begins.
    QCOMPARE(m_follower->newBelow(), 0);
}

SOCKEYE_TEST(TestLogFollower, QApplication)
#include "tst_logfollower.moc"
