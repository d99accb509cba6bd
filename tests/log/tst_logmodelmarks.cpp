#include "log/OpenedLog.h"
#include "reading/AnnotationMatcher.h"
#include "reading/Annotations.h"
#include "support/TestProgram.h"

#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

using Mode = LogModel::FilterMode;

/// 4, 8, 12, ...: the pings of SampleLog::addMany().
QList<qint64> everyFourth(qint64 last)
{
    QList<qint64> ids;
    for (qint64 id = 4; id <= last; id += 4)
        ids.append(id);
    return ids;
}

EntryQuery bookmarked()
{
    return query(u"has:bookmark"_s);
}

} // namespace

class TestLogModelMarks final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void markKeepsAllRows();
    void marksAreToldAsTheyAreFound();
    void anotherFilterMarksOthers();
    void switchingModesSearchesNothingAgain();
    void switchingModesWhileItSearches();
    void laterEntriesAreMarkedAsTheyCome();
    void goesFromMatchToMatch();
    void cancelKeepsWhatWasFound();
    void cancelledFilterMatchesWhatComes();
    void cancelledFilterCanBeAskedAgain();

    void annotationsAreInTheRows();
    void bookmarkIsAMatchAtOnce();
    void bookmarkComesAndGoesAsARow();
    void manyBookmarksAreSearchedForAnew();
    void annotationWhileItSearches();
    void stepsFromBookmarkToBookmark();

private:
    void annotate();

    std::unique_ptr<SampleLog> m_log;
    std::unique_ptr<OpenedLog> m_opened;
    std::unique_ptr<Annotations> m_annotations;
    LogModel *m_model = nullptr;
};

void TestLogModelMarks::init()
{
    m_log = std::make_unique<SampleLog>();
    m_log->addMany(1000);
    m_opened = std::make_unique<OpenedLog>(m_log->path());
    m_model = &m_opened->model;
    QTRY_COMPARE(m_model->rowCount(), 1000);
}

void TestLogModelMarks::cleanup()
{
    m_annotations.reset();
    m_opened.reset();
    m_log.reset();
}

void TestLogModelMarks::annotate()
{
    m_annotations = std::make_unique<Annotations>(
        m_opened->loader, [this](const AnnotationMap &changed) { m_log->writer().annotate(changed); });
    connect(&m_log->writer(), &CaptureWriter::annotated, m_annotations.get(), &Annotations::setWritten,
            Qt::QueuedConnection);
    m_model->setAnnotations(m_annotations.get());
    QTRY_VERIFY(m_annotations->isLoaded());
}

void TestLogModelMarks::markKeepsAllRows()
{
    QSignalSpy reset(m_model, &LogModel::modelReset);
    m_model->setFilterMode(Mode::Mark);
    m_model->setFilter(query(u"op:ping"_s));
    QCOMPARE(m_model->rowCount(), 1000);
    QVERIFY(m_model->isFiltered());
    QVERIFY(!m_model->hidesEntries());
    QTRY_VERIFY(!m_model->isSearching());
    QCOMPARE(m_model->rowCount(), 1000);
    QCOMPARE(m_model->matchCount(), 250);
    QCOMPARE(m_opened->marked(), everyFourth(1000));
    QVERIFY(reset.isEmpty());
    m_model->setFilter({});
    QCOMPARE(m_opened->marked(), QList<qint64>());
    QCOMPARE(m_model->matchCount(), 0);
    QVERIFY(reset.isEmpty());
}

void TestLogModelMarks::marksAreToldAsTheyAreFound()
{
    m_model->setFilterMode(Mode::Mark);
    QSignalSpy changed(m_model, &LogModel::dataChanged);
    m_model->setFilter(query(u"op:ping"_s));
    QTRY_VERIFY(!m_model->isSearching());
    int top = 1000;
    int bottom = 0;
    for (const QList<QVariant> &change : changed) {
        QVERIFY(change.at(2).value<QList<int>>().contains(LogModel::MatchedRole));
        top = std::min(top, change.at(0).toModelIndex().row());
        bottom = std::max(bottom, change.at(1).toModelIndex().row());
    }
    QVERIFY(top <= 3);
    QCOMPARE(bottom, 999);
}

void TestLogModelMarks::anotherFilterMarksOthers()
{
    m_model->setFilterMode(Mode::Mark);
    m_model->setFilter(query(u"op:ping"_s));
    m_model->setFilter(query(u"entry<=3"_s));
    QTRY_VERIFY(!m_model->isSearching());
    QCOMPARE(m_opened->marked(), (QList<qint64>{1, 2, 3}));
}

void TestLogModelMarks::switchingModesSearchesNothingAgain()
{
    m_model->setFilter(query(u"op:ping"_s));
    QTRY_COMPARE(m_model->rowCount(), 250);
    QSignalSpy reset(m_model, &LogModel::modelReset);
    m_model->setFilterMode(Mode::Mark);
    // Here at once: nothing is searched.
    QVERIFY(!m_model->isSearching());
    QCOMPARE(m_model->rowCount(), 1000);
    QCOMPARE(m_opened->marked(), everyFourth(1000));
    QCOMPARE(m_model->rowOf(EntryId(8)), Row(7));
    m_model->setFilterMode(Mode::Hide);
    QVERIFY(!m_model->isSearching());
    QCOMPARE(m_opened->shown(), everyFourth(1000));
    QCOMPARE(m_opened->marked(), QList<qint64>());
    QCOMPARE(m_model->rowOf(EntryId(8)), Row(1));
    QCOMPARE(reset.count(), 2);
    m_model->setFilterMode(Mode::Hide);
    QCOMPARE(reset.count(), 2);
}

void TestLogModelMarks::switchingModesWhileItSearches()
{
    m_model->advanceTo(m_log->addMany(20'000));
    for (int round = 0; round < 10; ++round) {
        m_model->setFilter(query(round % 2 == 0 ? u"op:ping"_s : u"op:ping,pong"_s));
        m_model->setFilterMode(round % 3 == 0 ? Mode::Mark : Mode::Hide);
        QCoreApplication::processEvents();
        m_model->setFilterMode(round % 3 == 1 ? Mode::Mark : Mode::Hide);
        QCoreApplication::processEvents();
    }
    m_model->setFilterMode(Mode::Mark);
    QTRY_VERIFY(!m_model->isSearching());
    QCOMPARE(m_model->rowCount(), 21'000);
    QCOMPARE(m_opened->marked(), everyFourth(21'000));
}

void TestLogModelMarks::laterEntriesAreMarkedAsTheyCome()
{
    m_model->setFilterMode(Mode::Mark);
    m_model->setFilter(query(u"op:ping"_s));
    QTRY_COMPARE(m_model->matchCount(), 250);
    m_model->advanceTo(m_log->addMany(400));
    QCOMPARE(m_model->rowCount(), 1400);
    QVERIFY(!m_model->isSearching());
    QTRY_COMPARE(m_model->matchCount(), 350);
    QCOMPARE(m_opened->marked(), everyFourth(1400));
}

void TestLogModelMarks::goesFromMatchToMatch()
{
    for (const Mode mode : {Mode::Hide, Mode::Mark}) {
        m_model->setFilterMode(mode);
        m_model->setFilter(query(u"op:ping"_s));
        QTRY_VERIFY(!m_model->isSearching());
        QCOMPARE(m_model->nextMatch(EntryId(), true), EntryId(4));
        QCOMPARE(m_model->nextMatch(EntryId(4), true), EntryId(8));
        QCOMPARE(m_model->nextMatch(EntryId(1000), true), EntryId());
        QCOMPARE(m_model->nextMatch(EntryId(9), false), EntryId(8));
        QCOMPARE(m_model->nextMatch(EntryId(4), false), EntryId());
    }
    m_model->setFilter({});
    QCOMPARE(m_model->nextMatch(EntryId(), true), EntryId());
}

void TestLogModelMarks::cancelKeepsWhatWasFound()
{
    m_model->advanceTo(m_log->addMany(50'000));
    m_model->setFilter(query(u"\"call 1\""_s));
    QTRY_VERIFY(m_model->rowCount() > 0);
    m_model->cancelSearch();
    QVERIFY(!m_model->isSearching());
    const int kept = m_model->rowCount();
    m_model->setFilterMode(Mode::Mark);
    QCOMPARE(m_opened->marked().size(), kept);
}

void TestLogModelMarks::cancelledFilterMatchesWhatComes()
{
    m_model->setFilter(query(u"op:ping"_s));
    m_model->cancelSearch();
    QVERIFY(!m_model->isSearchSound());
    QCOMPARE(m_model->searchedTo(), EntryId(1000));
    QCOMPARE(m_model->rowCount(), 0);
    m_model->advanceTo(m_log->addMany(40));
    QTRY_COMPARE(m_model->rowCount(), 10);
    QCOMPARE(m_model->entryAt(Row(0)), EntryId(1004));
}

void TestLogModelMarks::cancelledFilterCanBeAskedAgain()
{
    m_model->setFilter(query(u"op:ping"_s));
    m_model->cancelSearch();
    m_model->setFilter(query(u"op:ping"_s));
    QTRY_COMPARE(m_model->rowCount(), 250);
    QVERIFY(m_model->isSearchSound());
    QCOMPARE(m_opened->shown(), everyFourth(1000));
}

void TestLogModelMarks::annotationsAreInTheRows()
{
    annotate();
    QSignalSpy changed(m_model, &LogModel::dataChanged);
    m_annotations->set(EntryId(500), {true, 3, u"here"_s});
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex().row(), 499);
    QCOMPARE(changed.first().at(1).toModelIndex().row(), 499);
    // Of a row that has not been read.
    QCOMPARE(m_opened->data(499, 0, LogModel::BookmarkedRole), QVariant(true));
    QCOMPARE(m_opened->data(499, 0, LogModel::ColourRole), QVariant(3));
    QCOMPARE(m_opened->data(499, 0, LogModel::NoteRole), QVariant(u"here"_s));
    QCOMPARE(m_opened->data(498, 0, LogModel::BookmarkedRole), QVariant(false));
    m_annotations.reset();
    QCOMPARE(m_opened->data(499, 0, LogModel::BookmarkedRole), QVariant(false));
}

void TestLogModelMarks::bookmarkIsAMatchAtOnce()
{
    annotate();
    m_annotations->toggleBookmarks({EntryId(7)});
    m_model->setFilterMode(Mode::Mark);
    m_log->writer().flush();
    m_model->setFilter(bookmarked());
    QTRY_COMPARE(m_opened->marked(), QList<qint64>{7});
    m_annotations->toggleBookmarks({EntryId(3), EntryId(900)});
    QTRY_COMPARE(m_opened->marked(), (QList<qint64>{3, 7, 900}));
    m_annotations->toggleBookmarks({EntryId(7)});
    QTRY_COMPARE(m_opened->marked(), (QList<qint64>{3, 900}));
    // What has nothing to do with the filter changes nothing.
    m_annotations->setNote({EntryId(5)}, u"note"_s);
    m_annotations->setNote({EntryId(3)}, u"note"_s);
    m_log->writer().flush();
    QTest::qWait(0);
    QCOMPARE(m_opened->marked(), (QList<qint64>{3, 900}));
}

void TestLogModelMarks::bookmarkComesAndGoesAsARow()
{
    annotate();
    m_model->setFilter(bookmarked());
    QTRY_VERIFY(!m_model->isSearching());
    m_annotations->toggleBookmarks({EntryId(10), EntryId(20), EntryId(30)});
    QTRY_COMPARE(m_opened->shown(), (QList<qint64>{10, 20, 30}));
    m_annotations->toggleBookmarks({EntryId(20)});
    QTRY_COMPARE(m_opened->shown(), (QList<qint64>{10, 30}));
    // On and off at once: what the file has in the end counts.
    m_annotations->toggleBookmarks({EntryId(40)});
    m_annotations->toggleBookmarks({EntryId(40)});
    m_annotations->toggleBookmarks({EntryId(50)});
    QTRY_COMPARE(m_opened->shown(), (QList<qint64>{10, 30, 50}));
    // Entries that come afterwards stand behind.
    m_model->advanceTo(m_log->addMany(10));
    m_annotations->toggleBookmarks({EntryId(1005)});
    QTRY_COMPARE(m_opened->shown(), (QList<qint64>{10, 30, 50, 1005}));
}

void TestLogModelMarks::manyBookmarksAreSearchedForAnew()
{
    annotate();
    m_model->advanceTo(m_log->addMany(2000));
    m_model->setFilter(bookmarked());
    QTRY_VERIFY(!m_model->isSearching());
    QList<EntryId> ids;
    for (qint64 id = 1; id <= 3000; id += 2)
        ids.append(EntryId(id));
    QVERIFY(ids.size() > AnnotationMatcher::MaxChecked);
    m_annotations->toggleBookmarks(ids);
    QTRY_COMPARE(m_model->rowCount(), int(ids.size()));
    m_annotations->toggleBookmarks(ids);
    QTRY_COMPARE(m_model->rowCount(), 0);
}

void TestLogModelMarks::annotationWhileItSearches()
{
    annotate();
    m_model->advanceTo(m_log->addMany(30'000));
    for (int round = 1; round <= 20; ++round) {
        m_annotations->toggleBookmarks({EntryId(round * 1500), EntryId(round * 10)});
        m_model->setFilter(round % 2 == 0 ? bookmarked() : query(u"has:bookmark size>=0"_s));
        QCoreApplication::processEvents();
        m_annotations->toggleBookmarks({EntryId(round * 10)});
    }
    QList<qint64> wanted;
    for (qint64 round = 1; round <= 20; ++round)
        wanted.append(round * 1500);
    QTRY_COMPARE(m_opened->shown(), wanted);
}

void TestLogModelMarks::stepsFromBookmarkToBookmark()
{
    annotate();
    m_annotations->toggleBookmarks({EntryId(8), EntryId(21), EntryId(100)});
    m_annotations->setNote({EntryId(50)}, u"no bookmark"_s);
    EntryId at;
    const auto step = [this, &at](qint64 from, bool forward) {
        m_model->step(EntryId(from), LogModel::Step::Bookmark, forward, this, [&at](EntryId id) { at = id; });
        return at;
    };
    QCOMPARE(step(1, true), EntryId(8));
    QCOMPARE(step(21, true), EntryId(100));
    QCOMPARE(step(100, true), EntryId());
    QCOMPARE(step(100, false), EntryId(21));
    m_model->setFilter(query(u"op:ping"_s));
    QTRY_COMPARE(m_model->rowCount(), 250);
    QCOMPARE(step(8, true), EntryId(100));
}

SOCKEYE_TEST(TestLogModelMarks, QCoreApplication)
#include "tst_logmodelmarks.moc"
