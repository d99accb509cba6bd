#include "widgets/filter/FilterBar.h"

#include "log/LogModel.h"
#include "reading/CaptureLoader.h"
#include "support/TestProgram.h"
#include "tests/log/SampleLog.h"
#include "tests/support/Sandbox.h"
#include "widgets/filter/FilterSuggestions.h"
#include "widgets/log/LogView.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestFilterBar final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void isNamedForScreenReaders();
    void typingFilters();
    void returnFiltersAtOnce();
    void errorIsToldAndTheLastGoodFilterStays();
    void errorGoesWhenTheTextIsMended();
    void clearButtonShowsAll();
    void aSpaceMoreIsNoNewSearch();
    void tellsHowMuchIsShown();
    void newModelGetsTheFilter();
    void survivesItsModel();
    void suggestsWhatCanStandThere();
    void enterIsNotTakenBySuggestions();
    void escapeClosesSuggestions();
    void aClickTakesASuggestion();
    void marksInstead();
    void stepsThroughMatches();
    void keepsQuiet();
    void staysCalmWhenNarrow();
    void clearingKeepsTheEntryInItsPlace();

private:
    [[nodiscard]] QString accessibleName(QWidget *widget) const;

    test::Sandbox m_sandbox;
    std::unique_ptr<SampleLog> m_log;
    std::unique_ptr<CaptureLoader> m_loader;
    std::unique_ptr<LogModel> m_model;
    std::unique_ptr<FilterBar> m_bar;
};

void TestFilterBar::initTestCase()
{
    m_log = std::make_unique<SampleLog>();
    m_log->addMany(2000);
    m_loader = std::make_unique<CaptureLoader>(m_log->path());
}

void TestFilterBar::init()
{
    m_model = std::make_unique<LogModel>(*m_loader);
    m_model->advanceTo(EntryId(2000));
    m_bar = std::make_unique<FilterBar>();
    m_bar->setLogModel(m_model.get());
    m_bar->resize(600, 60);
    m_bar->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_bar.get()));
}

void TestFilterBar::cleanup()
{
    m_bar.reset();
    m_model.reset();
}

QString TestFilterBar::accessibleName(QWidget *widget) const
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
    return interface ? interface->text(QAccessible::Name) : QString();
}

void TestFilterBar::isNamedForScreenReaders()
{
    QCOMPARE(accessibleName(m_bar->lineEdit()), u"Filter"_s);
    m_bar->setText(u"x"_s);
    const auto *button = m_bar->lineEdit()->findChild<QToolButton *>();
    QVERIFY(button);
    QCOMPARE(accessibleName(const_cast<QToolButton *>(button)), u"Clear filter"_s);
}

void TestFilterBar::typingFilters()
{
    QTest::keyClicks(m_bar->lineEdit(), u"op:ping"_s);
    QTRY_COMPARE(m_model->rowCount(), 500);
    QVERIFY(m_bar->errorText().isEmpty());
}

void TestFilterBar::returnFiltersAtOnce()
{
    QTest::keyClicks(m_bar->lineEdit(), u"op:ping"_s);
    QTest::keyClick(m_bar->lineEdit(), Qt::Key_Return);
    QVERIFY(m_model->isFiltered());
}

void TestFilterBar::errorIsToldAndTheLastGoodFilterStays()
{
    m_bar->setText(u"op:ping"_s);
    QTRY_COMPARE(m_model->rowCount(), 500);
    QSignalSpy reset(m_model.get(), &LogModel::modelReset);
    QTest::keyClicks(m_bar->lineEdit(), u" sise>1k"_s);
    QTRY_VERIFY(m_bar->errorText().contains(u"“sise”"_s));
    QCOMPARE(reset.count(), 0);
    QCOMPARE(m_model->rowCount(), 500);
    // The words are on the screen, under the line.
    QLabel *told = nullptr;
    for (QLabel *label : m_bar->findChildren<QLabel *>()) {
        if (label->isVisible() && label->text() == m_bar->errorText())
            told = label;
    }
    QVERIFY(told);
    QTRY_VERIFY(told->y() >= m_bar->lineEdit()->geometry().bottom());
    QVERIFY(accessibleName(told).contains(u"sise"_s));
}

void TestFilterBar::errorGoesWhenTheTextIsMended()
{
    m_bar->setText(u"op:pin"_s);
    QVERIFY(!m_bar->errorText().isEmpty());
    QTest::keyClicks(m_bar->lineEdit(), u"g"_s);
    QTRY_VERIFY(m_bar->errorText().isEmpty());
    QTRY_COMPARE(m_model->rowCount(), 500);
}

void TestFilterBar::clearButtonShowsAll()
{
    m_bar->setText(u"op:ping"_s);
    QTRY_COMPARE(m_model->rowCount(), 500);
    auto *button = m_bar->lineEdit()->findChild<QToolButton *>();
    QVERIFY(button && button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(m_bar->text().isEmpty());
    QCOMPARE(m_model->rowCount(), 2000);
    QVERIFY(m_bar->statusText().isEmpty());
}

void TestFilterBar::aSpaceMoreIsNoNewSearch()
{
    m_bar->setText(u"op:ping"_s);
    QSignalSpy reset(m_model.get(), &LogModel::modelReset);
    m_bar->setText(u"  op:ping "_s);
    QCOMPARE(reset.count(), 0);
    m_bar->setText(u"op:pong"_s);
    QCOMPARE(reset.count(), 1);
}

void TestFilterBar::tellsHowMuchIsShown()
{
    const QLocale locale;
    m_bar->setText(u"op:ping"_s);
    QTRY_COMPARE(m_bar->statusText(), u"%1 of %2 shown"_s.arg(locale.toString(500), locale.toString(2000)));
}

void TestFilterBar::newModelGetsTheFilter()
{
    m_bar->setText(u"op:ping"_s);
    LogModel other(*m_loader);
    other.advanceTo(EntryId(2000));
    m_bar->setLogModel(&other);
    QTRY_COMPARE(other.rowCount(), 500);
    m_bar->setLogModel(nullptr);
    m_bar->setText(u"op:pong"_s);
    QCOMPARE(other.rowCount(), 500);
}

void TestFilterBar::survivesItsModel()
{
    m_bar->setText(u"op:ping"_s);
    m_model.reset();
    m_bar->setText(u"op:pong"_s);
    QVERIFY(m_bar->statusText().isEmpty());
}

void TestFilterBar::suggestsWhatCanStandThere()
{
    m_bar->lineEdit()->setFocus();
    const FilterSuggestions *suggestions = m_bar->suggestions();
    QTest::keyClicks(m_bar->lineEdit(), u"ty"_s);
    QVERIFY(suggestions->isOpen());
    QCOMPARE(suggestions->list()->count(), 1);
    QTest::keyClick(m_bar->lineEdit(), Qt::Key_Tab);
    QCOMPARE(m_bar->text(), u"type:"_s);
    // The kinds follow at once.
    QVERIFY(suggestions->isOpen());
    QTest::keyClicks(m_bar->lineEdit(), u"p"_s);
    QCOMPARE(suggestions->list()->count(), 2);
    QTest::keyClick(m_bar->lineEdit(), Qt::Key_Down);
    QVERIFY(m_bar->lineEdit()->accessibleDescription().startsWith(u"ping"_s));
    QTest::keyClick(m_bar->lineEdit(), Qt::Key_Down);
    QTest::keyClick(m_bar->lineEdit(), Qt::Key_Return);
    QCOMPARE(m_bar->text(), u"type:pong"_s);
    QVERIFY(!suggestions->isOpen());
    QVERIFY(m_bar->lineEdit()->hasFocus());
}

void TestFilterBar::enterIsNotTakenBySuggestions()
{
    QTest::keyClicks(m_bar->lineEdit(), u"op:ping h"_s);
    QVERIFY(m_bar->suggestions()->isOpen());
    QTest::keyClick(m_bar->lineEdit(), Qt::Key_Return);
    QCOMPARE(m_bar->text(), u"op:ping h"_s);
    QVERIFY(!m_bar->suggestions()->isOpen());
    QVERIFY(m_model->isFiltered());
}

void TestFilterBar::escapeClosesSuggestions()
{
    m_bar->lineEdit()->setFocus();
    QTest::keyClick(m_bar->lineEdit(), Qt::Key_Down);
    QVERIFY(m_bar->suggestions()->isOpen());
    QVERIFY(m_bar->suggestions()->list()->count() > 8);
    QTest::keyClick(m_bar->lineEdit(), Qt::Key_Escape);
    QVERIFY(!m_bar->suggestions()->isOpen());
    QVERIFY(m_bar->text().isEmpty());
}

void TestFilterBar::aClickTakesASuggestion()
{
    m_bar->resize(600, 300);
    m_bar->lineEdit()->setFocus();
    QTest::keyClicks(m_bar->lineEdit(), u"dir:"_s);
    QVERIFY(m_bar->suggestions()->isOpen());
    QListWidget *list = m_bar->suggestions()->list();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(1)).center());
    QCOMPARE(m_bar->text(), u"dir:out"_s);
    QVERIFY(m_bar->lineEdit()->hasFocus());
}

void TestFilterBar::marksInstead()
{
    m_bar->resize(900, 60);
    m_bar->setText(u"op:ping"_s);
    QTRY_COMPARE(m_model->rowCount(), 500);
    QPushButton *mark = nullptr;
    for (QPushButton *button : m_bar->findChildren<QPushButton *>()) {
        if (button->text() == u"Mark"_s)
            mark = button;
    }
    QVERIFY(mark && mark->isVisible());
    QTest::mouseClick(mark, Qt::LeftButton);
    QCOMPARE(m_model->filterMode(), LogModel::FilterMode::Mark);
    QCOMPARE(m_model->rowCount(), 2000);
    const QLocale locale;
    QTRY_COMPARE(m_bar->statusText(), u"%1 of %2 match"_s.arg(locale.toString(500), locale.toString(2000)));
}

void TestFilterBar::stepsThroughMatches()
{
    m_bar->setText(u"op:ping"_s); // 4, 8, 12, ...
    QTRY_COMPARE(m_model->matchCount(), 500);
    QTRY_COMPARE(m_bar->counterText(), u"– of 500"_s);
    connect(m_bar.get(), &FilterBar::entryWanted, m_bar.get(), &FilterBar::setCurrentEntry);
    QSignalSpy wanted(m_bar.get(), &FilterBar::entryWanted);
    m_bar->setCurrentEntry(EntryId(9));
    QCOMPARE(m_bar->counterText(), u"– of 500"_s);
    m_bar->nextMatch();
    QCOMPARE(wanted.constLast().constFirst().value<EntryId>(), EntryId(12));
    QCOMPARE(m_bar->counterText(), u"3 of 500"_s);
    m_bar->previousMatch();
    m_bar->previousMatch();
    QCOMPARE(m_bar->counterText(), u"1 of 500"_s);
    m_bar->previousMatch();
    QCOMPARE(wanted.constLast().constFirst().value<EntryId>(), EntryId(2000));
    m_bar->nextMatch();
    QCOMPARE(wanted.constLast().constFirst().value<EntryId>(), EntryId(4));
}

void TestFilterBar::keepsQuiet()
{
    m_bar->resize(900, 60);
    QToolButton *quiet = nullptr;
    for (QToolButton *button : m_bar->findChildren<QToolButton *>()) {
        if (button->text() == u"Quiet"_s)
            quiet = button;
    }
    QVERIFY(quiet && quiet->isVisible());
    quiet->menu()->actions().constFirst()->trigger();
    QTRY_COMPARE(m_model->rowCount(), 1500);
    const QLocale locale;
    QTRY_COMPARE(m_bar->statusText(), u"%1 of %2 shown · %3 hidden"_s.arg(locale.toString(1500), locale.toString(2000),
                                                                          locale.toString(500)));
    QCOMPARE(quiet->text(), u"Quiet · 500"_s);
    QVERIFY(quiet->isChecked());
}

void TestFilterBar::staysCalmWhenNarrow()
{
    m_bar->setText(u"op:ping"_s);
    for (const int width : {1200, 900, 640, 500, 380}) {
        m_bar->resize(width, 60);
        QTRY_VERIFY(m_bar->lineEdit()->width() >= 160);
        for (QWidget *child : m_bar->findChildren<QWidget *>(Qt::FindDirectChildrenOnly)) {
            if (!child->isHidden() && !qobject_cast<QListWidget *>(child))
                QTRY_VERIFY2(m_bar->rect().contains(child->geometry()), qPrintable(child->accessibleName()));
        }
    }
}

void TestFilterBar::clearingKeepsTheEntryInItsPlace()
{
    LogView view;
    view.setLogModel(m_model.get());
    view.resize(900, 400);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    m_bar->setText(u"op:ping"_s);
    QTRY_COMPARE(m_model->rowCount(), 500);
    view.setFollowing(false);
    view.setCurrentEntry(EntryId(1000));
    QTRY_COMPARE(view.currentEntry(), EntryId(1000));
    view.scrollTo(view.currentIndex(), QAbstractItemView::PositionAtCenter);
    const auto place = [&view, this] {
        return view.visualRect(m_model->index(m_model->rowOf(EntryId(1000)).value(), 0)).top();
    };
    const int before = place();
    QVERIFY(before > 50);
    m_bar->setText({});
    QTRY_COMPARE(m_model->rowCount(), 2000);
    QTRY_COMPARE(view.currentEntry(), EntryId(1000));
    QTRY_COMPARE(place(), before);
}

SOCKEYE_TEST(TestFilterBar, QApplication)
#include "tst_filterbar.moc"
