#include "widgets/log/KeptSelection.h"

#include "filter/Filter.h"
#include "log/LogModel.h"
#include "reading/CaptureLoader.h"
#include "support/TestProgram.h"
#include "tests/log/SampleLog.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

using State = KeptSelection::State;

class TestKeptSelection final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void keepsNothingAtFirst();
    void findsTheRowsOfOtherRows();
    void waitsForTheSearch();
    void theCurrentRowAloneIsKeptByItsEntry();
    void keepsNoSelectionOfVeryMany();
    void forgets();

private:
    void filter(const QString &text);

    std::unique_ptr<SampleLog> m_log;
    std::unique_ptr<CaptureLoader> m_loader;
    std::unique_ptr<LogModel> m_model;
};

/// 400 entries, of which each fourth is a ping.
void TestKeptSelection::init()
{
    m_log = std::make_unique<SampleLog>();
    m_log->addMany(400);
    m_loader = std::make_unique<CaptureLoader>(m_log->path());
    m_model = std::make_unique<LogModel>(*m_loader);
    QTRY_COMPARE(m_model->rowCount(), 400);
}

void TestKeptSelection::cleanup()
{
    m_model.reset();
    m_loader.reset();
    m_log.reset();
}

void TestKeptSelection::filter(const QString &text)
{
    m_model->setFilter(std::get<EntryQuery>(parseFilter(text)));
}

void TestKeptSelection::keepsNothingAtFirst()
{
    KeptSelection kept;
    QVERIFY(!kept.isWaiting());
    QCOMPARE(kept.state(*m_model), State::None);
    QVERIFY(kept.takeRows(*m_model).isEmpty());
    QVERIFY(!kept.top());
}

void TestKeptSelection::findsTheRowsOfOtherRows()
{
    KeptSelection kept;
    // Entries 3 to 9 and 12; of these 4, 8 and 12 are pings.
    kept.keep(*m_model, {{Row(2), Row(8)}, {Row(11), Row(11)}}, 40);
    filter(u"type:ping"_s);
    kept.await(EntryId(8));
    QTRY_COMPARE(m_model->rowCount(), 100);
    QCOMPARE(kept.state(*m_model), State::Shown);
    QCOMPARE(kept.top(), std::optional<qint64>(40));
    QCOMPARE(kept.takeCurrent(), EntryId(8));
    QVERIFY(!kept.isWaiting());
    QCOMPARE(kept.takeRows(*m_model), (RowRanges{{Row(0), Row(2)}}));
    QVERIFY(kept.takeRows(*m_model).isEmpty());
}

void TestKeptSelection::waitsForTheSearch()
{
    KeptSelection kept;
    kept.keep(*m_model, {{Row(8), Row(8)}}, std::nullopt);
    filter(u"type:ping"_s);
    kept.await(EntryId(9));
    // Nothing has been found before control returns to the event loop.
    QCOMPARE(kept.state(*m_model), State::Waiting);
    QTRY_COMPARE(kept.state(*m_model), State::Gone);
    filter({});
    QCOMPARE(kept.state(*m_model), State::Shown);
}

void TestKeptSelection::theCurrentRowAloneIsKeptByItsEntry()
{
    KeptSelection kept;
    kept.keep(*m_model, {{Row(8), Row(8)}}, std::nullopt);
    QVERIFY(kept.takeRows(*m_model).isEmpty());
    kept.keep(*m_model, {{Row(8), Row(8)}, {Row(10), Row(10)}}, std::nullopt);
    QCOMPARE(kept.takeRows(*m_model), (RowRanges{{Row(8), Row(8)}, {Row(10), Row(10)}}));
}

void TestKeptSelection::keepsNoSelectionOfVeryMany()
{
    KeptSelection kept;
    m_model->advanceTo(EntryId(20'000));
    kept.keep(*m_model, {{Row(0), Row(int(KeptSelection::MaxRows))}}, std::nullopt);
    QVERIFY(kept.takeRows(*m_model).isEmpty());
    kept.keep(*m_model, {{Row(0), Row(int(KeptSelection::MaxRows) - 1)}}, std::nullopt);
    QCOMPARE(kept.takeRows(*m_model), (RowRanges{{Row(0), Row(int(KeptSelection::MaxRows) - 1)}}));
}

void TestKeptSelection::forgets()
{
    KeptSelection kept;
    kept.keep(*m_model, {{Row(2), Row(8)}}, 40);
    kept.await(EntryId(8));
    kept.forget();
    QCOMPARE(kept.state(*m_model), State::None);
    QVERIFY(kept.takeRows(*m_model).isEmpty());
}

SOCKEYE_TEST(TestKeptSelection, QCoreApplication)
#include "tst_keptselection.moc"
