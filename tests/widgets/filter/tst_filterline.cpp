#include "widgets/filter/FilterLine.h"

#include "log/LogModel.h"
#include "reading/CaptureLoader.h"
#include "support/TestProgram.h"
#include "tests/log/SampleLog.h"
#include "widgets/filter/FilterMark.h"
#include "widgets/filter/FilterSuggestions.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// The line by itself, without a bar.
class TestFilterLine final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void understandsAfterAPause();
    void understandsAtOnceOnEnter();
    void tellsWhatItCannotUnderstand();
    void tellsWhatWasUsed();
    void asksTheCaptureForItsTimes();
    void clearsWithItsButton();
    void suggests();

private:
    std::unique_ptr<QWidget> m_window;
    FilterLine *m_line = nullptr;
};

void TestFilterLine::init()
{
    m_window = std::make_unique<QWidget>();
    m_line = new FilterLine(m_window.get());
    auto *layout = new QVBoxLayout(m_window.get());
    layout->addWidget(m_line);
    layout->addWidget(m_line->mark());
    m_window->resize(600, 300);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_line->setFocus();
}

void TestFilterLine::cleanup()
{
    m_window.reset();
}

void TestFilterLine::understandsAfterAPause()
{
    QSignalSpy understood(m_line, &FilterLine::understood);
    QTest::keyClicks(m_line, u"dir:in"_s);
    QVERIFY(understood.isEmpty());
    QVERIFY(understood.wait());
    QCOMPARE(understood.size(), 1);
    QCOMPARE(understood.constLast().constFirst().value<EntryQuery>(), std::get<EntryQuery>(parseFilter(u"dir:in"_s)));
}

void TestFilterLine::understandsAtOnceOnEnter()
{
    QSignalSpy understood(m_line, &FilterLine::understood);
    QTest::keyClicks(m_line, u"dir:in "_s);
    QTest::keyClick(m_line, Qt::Key_Return);
    QCOMPARE(understood.size(), 1);
    // Nothing is left to be parsed later.
    m_line->setFilter(u"dir:out"_s);
    QCOMPARE(understood.size(), 2);
}

void TestFilterLine::tellsWhatItCannotUnderstand()
{
    QSignalSpy understood(m_line, &FilterLine::understood);
    m_line->setFilter(u"dir:up"_s);
    QVERIFY(understood.isEmpty());
    QVERIFY(!m_line->errorText().isEmpty());
    QVERIFY(m_line->mark()->isVisible());
    m_line->setFilter(u"dir:in"_s);
    QCOMPARE(understood.size(), 1);
    QVERIFY(m_line->errorText().isEmpty());
    QVERIFY(!m_line->mark()->isVisible());
}

void TestFilterLine::tellsWhatWasUsed()
{
    QSignalSpy finished(m_line, &FilterLine::finished);
    QTest::keyClicks(m_line, u"dir:up"_s);
    QTest::keyClick(m_line, Qt::Key_Return);
    QVERIFY(finished.isEmpty());
    m_line->setText(u"dir:in"_s);
    m_line->suggestions()->close();
    QTest::keyClick(m_line, Qt::Key_Return);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished.constFirst().constFirst().toString(), u"dir:in"_s);
}

void TestFilterLine::asksTheCaptureForItsTimes()
{
    SampleLog log;
    log.addMany(10);
    CaptureLoader loader(log.path());
    LogModel model(loader);
    QTRY_COMPARE(model.rowCount(), 10);
    QSignalSpy understood(m_line, &FilterLine::understood);
    m_line->setLogModel(&model);
    QCOMPARE(understood.size(), 1);
    // Without the capture's times this is read otherwise: its end has to be known.
    m_line->setFilter(u"time>-5ms"_s);
    QCOMPARE(understood.size(), 1);
    QTRY_COMPARE(understood.size(), 2);
    const Timestamp first = timestampFromNs(SampleLog::Start + 1'000'000);
    const Timestamp last = timestampFromNs(SampleLog::Start + 10'000'000);
    QCOMPARE(understood.constLast().constFirst().value<EntryQuery>(),
             std::get<EntryQuery>(parseFilter(u"time>-5ms"_s, FilterContext{first, last})));
    // Once the answer comes, another text may be in the line.
    m_line->setFilter(u"time>-6ms"_s);
    m_line->setFilter(u"dir:in"_s);
    QCOMPARE(understood.size(), 3);
    m_line->setFilter(u"time>-7ms"_s);
    QTRY_COMPARE(understood.size(), 4);
}

void TestFilterLine::clearsWithItsButton()
{
    QSignalSpy understood(m_line, &FilterLine::understood);
    m_line->setFilter(u"dir:in"_s);
    QAction *clear = m_line->actions().constFirst();
    QVERIFY(clear->isVisible());
    clear->trigger();
    QCOMPARE(m_line->text(), QString());
    QCOMPARE(understood.size(), 2);
    QVERIFY(understood.constLast().constFirst().value<EntryQuery>().matchesAll());
    QVERIFY(!clear->isVisible());
}

void TestFilterLine::suggests()
{
    m_line->setConnections({u"ws://first.example/"_s, u"ws://second.example/"_s});
    QTest::keyClicks(m_line, u"conn:"_s);
    QVERIFY(m_line->suggestions()->isOpen());
    QTest::keyClick(m_line, Qt::Key_Escape);
    QVERIFY(!m_line->suggestions()->isOpen());
}

SOCKEYE_TEST(TestFilterLine, QApplication)
#include "tst_filterline.moc"
