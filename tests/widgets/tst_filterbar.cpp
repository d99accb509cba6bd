#include "widgets/log/FilterBar.h"

#include "log/CaptureLoader.h"
#include "log/LogModel.h"
#include "log/SampleLog.h"

#include <QAccessible>
#include <QLabel>
#include <QLineEdit>
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

private:
    [[nodiscard]] QString accessibleName(QWidget *widget) const;

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

QTEST_MAIN(TestFilterBar)
#include "tst_filterbar.moc"
