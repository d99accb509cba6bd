#include "widgets/filter/MatchStepper.h"

#include "filter/Filter.h"
#include "log/LogModel.h"
#include "reading/CaptureLoader.h"
#include "support/TestProgram.h"
#include "tests/log/SampleLog.h"
#include "widgets/controls/IconButton.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestMatchStepper final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void tellsNothingWithoutAFilter();
    void countsFromTheCurrentEntry();
    void goesRoundInBothDirections();
    void buttonsStep();
    void survivesItsModel();

private:
    void filter(const QString &text);
    [[nodiscard]] EntryId wanted() const { return m_wanted->constLast().constFirst().value<EntryId>(); }

    std::unique_ptr<SampleLog> m_log;
    std::unique_ptr<CaptureLoader> m_loader;
    std::unique_ptr<LogModel> m_model;
    std::unique_ptr<MatchStepper> m_stepper;
    std::unique_ptr<QSignalSpy> m_wanted;
};

/// 40 entries, of which each fourth is a ping.
void TestMatchStepper::init()
{
    m_log = std::make_unique<SampleLog>();
    m_log->addMany(40);
    m_loader = std::make_unique<CaptureLoader>(m_log->path());
    m_model = std::make_unique<LogModel>(*m_loader);
    QTRY_COMPARE(m_model->rowCount(), 40);
    m_model->setFilterMode(FilterMode::Mark);
    m_stepper = std::make_unique<MatchStepper>();
    m_stepper->setLogModel(m_model.get());
    m_wanted = std::make_unique<QSignalSpy>(m_stepper.get(), &MatchStepper::entryWanted);
}

void TestMatchStepper::cleanup()
{
    m_wanted.reset();
    m_stepper.reset();
    m_model.reset();
    m_loader.reset();
    m_log.reset();
}

void TestMatchStepper::filter(const QString &text)
{
    m_model->setFilter(std::get<EntryQuery>(parseFilter(text)));
    QTRY_VERIFY(!m_model->isSearching());
    m_stepper->updateCounter();
}

void TestMatchStepper::tellsNothingWithoutAFilter()
{
    QCOMPARE(m_stepper->counterText(), QString());
    m_stepper->next();
    m_stepper->previous();
    QVERIFY(m_wanted->isEmpty());
    for (const IconButton *button : m_stepper->findChildren<IconButton *>())
        QVERIFY(!button->isEnabled());
}

void TestMatchStepper::countsFromTheCurrentEntry()
{
    filter(u"type:ping"_s);
    QCOMPARE(m_stepper->counterText(), u"– of 10"_s);
    m_stepper->setCurrentEntry(EntryId(8));
    QCOMPARE(m_stepper->counterText(), u"2 of 10"_s);
    m_stepper->setCurrentEntry(EntryId(9));
    QCOMPARE(m_stepper->counterText(), u"– of 10"_s);
    filter(u"type:close"_s);
    QCOMPARE(m_stepper->counterText(), u"– of 0"_s);
}

void TestMatchStepper::goesRoundInBothDirections()
{
    filter(u"type:ping"_s);
    m_stepper->next();
    QCOMPARE(wanted(), EntryId(4));
    m_stepper->previous();
    QCOMPARE(wanted(), EntryId(40));
    m_stepper->setCurrentEntry(EntryId(9));
    m_stepper->next();
    QCOMPARE(wanted(), EntryId(12));
    m_stepper->previous();
    QCOMPARE(wanted(), EntryId(8));
    m_stepper->setCurrentEntry(EntryId(40));
    m_stepper->next();
    QCOMPARE(wanted(), EntryId(4));
    m_stepper->setCurrentEntry(EntryId(4));
    m_stepper->previous();
    QCOMPARE(wanted(), EntryId(40));
}

void TestMatchStepper::buttonsStep()
{
    filter(u"type:ping"_s);
    const auto buttons = m_stepper->findChildren<IconButton *>();
    QCOMPARE(buttons.size(), 2);
    m_stepper->setCurrentEntry(EntryId(8));
    buttons.at(0)->click();
    QCOMPARE(wanted(), EntryId(4));
    buttons.at(1)->click();
    QCOMPARE(wanted(), EntryId(12));
}

void TestMatchStepper::survivesItsModel()
{
    filter(u"type:ping"_s);
    m_model.reset();
    m_stepper->next();
    m_stepper->updateCounter();
    QCOMPARE(m_stepper->counterText(), QString());
    QVERIFY(m_wanted->isEmpty());
}

SOCKEYE_TEST(TestMatchStepper, QApplication)
#include "tst_matchstepper.moc"
