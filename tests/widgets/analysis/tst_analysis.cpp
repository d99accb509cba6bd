#include "formats/MessageFormats.h"
#include "log/LogModel.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/analysis/AnalysisTool.h"
#include "widgets/composer/Composer.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/log/LogView.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/Actions.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

/// A page that notes what it is given.
class NotingPage final : public QWidget
{
    Q_OBJECT

public:
    explicit NotingPage(QWidget *parent = nullptr)
        : QWidget(parent)
        , field(new QLineEdit(this))
    {
        setFocusProxy(field);
    }

    void setCapture(OpenCapture *given) { capture = given; }
    void setFormats(const std::shared_ptr<const FormatSet> &given) { formats = given; }

    QLineEdit *field;
    OpenCapture *capture = nullptr;
    std::shared_ptr<const FormatSet> formats;

Q_SIGNALS:
    void entryActivated(sockeye::EntryId id);
    void filterWanted(const QString &filter);
};

} // namespace

/// The panel of pages about the current tab, with a page of the test's own.
class AnalysisTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_prompts = std::make_unique<ScriptedPrompts>();
        makeWindow();
    }

    void cleanup()
    {
        m_window.reset();
        m_sandbox.reset();
    }

    void thePanelIsRemembered()
    {
        QVERIFY(!panel()->isVisible());
        toggle();
        QVERIFY(panel()->isVisible());
        QVERIFY(m_page->isVisible());
        QVERIFY(m_page->field->hasFocus());
        QVERIFY(m_window->menuActions()->get(u"showAnalysis"_s)->isChecked());
        makeWindow();
        QVERIFY(panel()->isVisible());
        toggle();
        QVERIFY(!panel()->isVisible());
        QVERIFY(!m_window->menuActions()->get(u"showAnalysis"_s)->isChecked());
    }

    void thePageInFrontIsRemembered()
    {
        toggle();
        panel()->tabs()->setCurrentIndex(0);
        const QString first = panel()->currentPage();
        panel()->setCurrentPage(u"noting"_s);
        QVERIFY(m_page->isVisible());
        panel()->setCurrentPage(u"unheard of"_s);
        QCOMPARE(panel()->currentPage(), u"noting"_s);
        makeWindow();
        QCOMPARE(Settings().value(Settings::Key::AnalysisPage).toString(), u"noting"_s);
        panel()->setCurrentPage(first);
        QCOMPARE(Settings().value(Settings::Key::AnalysisPage).toString(), first);
    }

    void aPageNamesItsTab()
    {
        const auto title = [this] { return panel()->tabs()->tabText(panel()->tabs()->indexOf(m_page)); };
        QCOMPARE(title(), u"Noting"_s);
        m_page->setWindowTitle(u"A & B (3)"_s);
        QCOMPARE(title(), u"A && B (3)"_s);
        m_page->setWindowTitle({});
        QCOMPARE(title(), u"Noting"_s);
    }

    void pagesFollowTheTab()
    {
        QVERIFY(!m_page->capture);
        QCOMPARE(m_page->formats, FormatSet::standard());
        connectToEcho();
        QCOMPARE(m_page->capture, tab()->view()->capture());
        QVERIFY(m_page->capture);
        DecodeOptions options;
        options.rules = {{DecodeRule::About::Text, Direction::None, {}, u"cbor"_s}};
        tab()->view()->formats().setOptions(options);
        QTRY_VERIFY(m_page->formats != FormatSet::standard());
        QCOMPARE(m_page->formats, tab()->view()->formats().set());

        const OpenCapture *first = m_page->capture;
        m_window->documents().openNew();
        QVERIFY(!m_page->capture);
        QCOMPARE(m_page->formats, FormatSet::standard());
        m_window->documents().goToNext();
        QCOMPARE(m_page->capture, first);
        m_window->documents().closeAll();
        QVERIFY(!m_page->capture);
    }

    void anEntryIsShownInTheLog()
    {
        connectToEcho();
        Q_EMIT m_page->entryActivated(EntryId(3));
        QCOMPARE(tab()->view()->logView()->currentEntry(), EntryId(3));
    }

    void aFilterIsAppliedToTheLog()
    {
        connectToEcho();
        FilterBar *bar = tab()->view()->filterBar();
        bar->setFilterMode(FilterMode::Mark);
        Q_EMIT m_page->filterWanted(u"dir:out"_s);
        QCOMPARE(bar->text(), u"dir:out"_s);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->view()->model()->rowCount(), 1, Patience);
        // What the filter hides is said.
        QString said;
        connect(&m_window->analysis(), &AnalysisTool::statusText, this, [&said](const QString &text) { said = text; });
        Q_EMIT m_page->entryActivated(EntryId(4));
        QVERIFY2(said.contains(u'4'), qPrintable(said));
    }

    void keysLeadThereAndBack()
    {
        connectToEcho();
        toggle();
        QVERIFY(m_page->field->hasFocus());
        QTest::keyClick(m_page->field, Qt::Key_Escape);
        QVERIFY(tab()->view()->logView()->hasFocus());
        m_window->analysis().show(m_page);
        QVERIFY(m_page->field->hasFocus());
        QTest::mouseClick(named<QToolButton>(panel(), u"Hide the analysis"_s), Qt::LeftButton);
        QVERIFY(!panel()->isVisible());
        QVERIFY(tab()->view()->logView()->hasFocus());
    }

    void nothingIsAskedOfNoTab()
    {
        m_window->documents().closeAll();
        Q_EMIT m_page->entryActivated(EntryId(3));
        Q_EMIT m_page->filterWanted(u"dir:out"_s);
        QVERIFY(!m_window->documents().current());
    }

private:
    void makeWindow()
    {
        m_window = std::make_unique<MainWindow>(*m_prompts);
        const QString chosen = Settings().value(Settings::Key::AnalysisPage).toString();
        m_page = m_window->analysis().add<NotingPage>(u"noting"_s, u"Noting"_s);
        panel()->setCurrentPage(chosen.isEmpty() ? u"noting"_s : chosen);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void toggle() { QTest::keyClick(m_window.get(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier); }

    void connectToEcho()
    {
        m_window->echo().connectTo();
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), ConnectionTab::State::Open, Patience);
        tab()->composer()->editor()->setPlainText(u"hello"_s);
        tab()->composer()->send();
        QTRY_VERIFY_WITH_TIMEOUT(tab()->view()->model() && tab()->view()->model()->rowCount() == 4, Patience);
    }

    [[nodiscard]] ConnectionTab *tab() const { return m_window->documents().currentConnection(); }
    [[nodiscard]] AnalysisPanel *panel() const { return m_window->analysis().panel(); }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ScriptedPrompts> m_prompts;
    std::unique_ptr<MainWindow> m_window;
    NotingPage *m_page = nullptr;
};

SOCKEYE_TEST(AnalysisTest, QApplication)
#include "tst_analysis.moc"
