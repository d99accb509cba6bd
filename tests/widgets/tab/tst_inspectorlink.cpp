#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/peers/RawServer.h"
#include "tests/support/TabBench.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/hex/HexView.h"
#include "widgets/inspector/HexPage.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/payload/PayloadText.h"

#include <QApplication>
#include <QLabel>
#include <QTabBar>
#include <QTabWidget>
#include <QTextEdit>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// What the inspector of a tab shows, and how the focus goes between the tab's panes.
class InspectorLinkTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<TabBench>();
        QVERIFY(QTest::qWaitForWindowActive(tab()));
    }
    void cleanup() { m_bench.reset(); }

    void theLatestIsShownWhileNothingIsChosen()
    {
        QVERIFY(m_bench->connectToEcho());
        QSignalSpy status(inspector(), &Inspector::statusText);
        QVERIFY(m_bench->say(u"one"_s));
        QTRY_COMPARE_WITH_TIMEOUT(text()->toPlainText(), u"one"_s, Patience);
        QVERIFY(m_bench->say(u"two"_s));
        QTRY_COMPARE_WITH_TIMEOUT(text()->toPlainText(), u"two"_s, Patience);
        QCOMPARE(page(), u"Message"_s);
        // Nobody has chosen it.
        for (const QList<QVariant> &said : status)
            QVERIFY2(!said.first().toString().contains(u"Entry"), qPrintable(said.first().toString()));
        log()->setCurrentEntry(EntryId(1));
        QTRY_VERIFY_WITH_TIMEOUT(text()->isHidden(), Patience);
        QVERIFY(status.last().first().toString().startsWith(u"Entry 1"));
        QVERIFY(m_bench->say(u"three"_s));
        QVERIFY(text()->isHidden());
    }

    /// What is read there is not taken away.
    void theLatestWaitsWhileTheInspectorIsUsed()
    {
        QVERIFY(m_bench->connectToEcho());
        QVERIFY(m_bench->say(u"one"_s));
        QTRY_COMPARE_WITH_TIMEOUT(text()->toPlainText(), u"one"_s, Patience);
        inspector()->focusPage();
        QVERIFY(text()->hasFocus());
        QVERIFY(m_bench->say(u"two"_s));
        QVERIFY(stays(u"one"_s));
        // Nor when another window is in front, whose focus is not here.
        QWidget other;
        other.show();
        other.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&other));
        QVERIFY(m_bench->say(u"three"_s));
        QVERIFY(stays(u"one"_s));
        tab()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(tab()));
        log()->setFocus();
        QTRY_COMPARE_WITH_TIMEOUT(text()->toPlainText(), u"three"_s, Patience);
    }

    void noPageIsTornAwayWhileMessagesPass()
    {
        QVERIFY(m_bench->connectToEcho());
        QVERIFY(m_bench->say(u"one"_s));
        QTRY_COMPARE_WITH_TIMEOUT(text()->toPlainText(), u"one"_s, Patience);
        QCOMPARE(page(), u"Message"_s);
        // A click leaves the focus where it was.
        const int timing = pages()->count() - 3;
        QCOMPARE(pages()->tabText(timing), u"Timing"_s);
        QTest::mouseClick(pages()->tabBar(), Qt::LeftButton, {}, pages()->tabBar()->tabRect(timing).center());
        QCOMPARE(page(), u"Timing"_s);
        tab()->composer()->setPayloadType(Composer::PayloadType::Hex);
        tab()->composer()->editor()->setPlainText(u"00 ff"_s);
        tab()->composer()->send();
        const auto *hex = inspector()->findChild<HexPage *>()->findChild<HexView *>();
        QTRY_COMPARE_WITH_TIMEOUT(hex->hexLayout().size(), qint64(2), Patience);
        QCOMPARE(page(), u"Timing"_s);
    }

    void aRefusalShowsWhatWasReplied()
    {
        RawServer server;
        server.setReply([](const QByteArray &) {
            return QByteArray("HTTP/1.1 403 Forbidden\r\nContent-Length: 15\r\n\r\n{\"error\":\"why\"}");
        });
        connectTo(server);
        QTRY_COMPARE_WITH_TIMEOUT(page(), u"Handshake"_s, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"✗ 403 Forbidden"), Patience);
        QVERIFY2(words().contains(u"No Origin was sent"), qPrintable(words()));
        QCOMPARE(named<QTextEdit>(inspector(), u"Body of the reply"_s)->toPlainText(), u"{\n  \"error\": \"why\"\n}"_s);
    }

    void anAbnormalEndShowsWhoEndedIt()
    {
        RawServer server;
        connectTo(server);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), DocumentTab::State::Open, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(page(), u"Message"_s, Patience);
        server.end(RawServer::End::Reset);
        QTRY_COMPARE_WITH_TIMEOUT(page(), u"Closing"_s, Patience);
    }

    void withoutFollowingTheConnectionIsShown()
    {
        QVERIFY(m_bench->connectToEcho());
        QTRY_COMPARE_WITH_TIMEOUT(page(), u"Message"_s, Patience);
        log()->setFollowing(false);
        QTRY_COMPARE_WITH_TIMEOUT(page(), u"Handshake"_s, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(words().contains(m_bench->echo.url().toString()), Patience);
        log()->setFollowing(true);
        QTRY_COMPARE_WITH_TIMEOUT(page(), u"Message"_s, Patience);
    }

    void panesAreGoneThroughInACircle()
    {
        QVERIFY(m_bench->connectToEcho());
        QTRY_COMPARE_WITH_TIMEOUT(page(), u"Message"_s, Patience);
        tab()->focusUrl();
        const QList<const QWidget *> panes{tab()->address(), log(), inspector(), tab()->composer()};
        for (int i = 1; i <= panes.size(); ++i) {
            tab()->goToNextPane();
            QVERIFY2(isIn(panes.at(i % panes.size())), qPrintable(QString::number(i)));
        }
        for (int i = 3; i >= 0; --i) {
            tab()->goToPreviousPane();
            QVERIFY2(isIn(panes.at(i)), qPrintable(QString::number(i)));
        }
        inspector()->hide();
        log()->setFocus();
        tab()->goToNextPane();
        QVERIFY(isIn(tab()->composer()));
    }

    void escapeLeadsBackToTheLog()
    {
        QVERIFY(m_bench->connectToEcho());
        QVERIFY(m_bench->say(u"one"_s));
        QTRY_COMPARE_WITH_TIMEOUT(text()->toPlainText(), u"one"_s, Patience);
        for (const QString &title : {u"Message"_s, u"Hex"_s, u"Frames"_s, u"Handshake"_s}) {
            inspector()->showPage(title);
            inspector()->focusPage();
            QVERIFY2(isIn(inspector()), qPrintable(title));
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
            QVERIFY2(isIn(log()), qPrintable(title));
        }
        // First it ends what is open there.
        inspector()->showPage(u"Message"_s);
        inspector()->find();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(isIn(inspector()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(isIn(log()));
    }

    /// What the tree's menu wishes of the filter: what was typed to hide stays, and so does what is marked already.
    void itsTermsJoinTheFilter()
    {
        FilterBar &filter = *tab()->view()->filterBar();
        filter.setText(u"op:text or op:binary"_s);
        Q_EMIT inspector()->filterWanted(u"json:$.a=1"_s);
        QCOMPARE(filter.text(), u"(op:text or op:binary) json:$.a=1"_s);
        QCOMPARE(filter.filterMode(), FilterMode::Hide);
        Q_EMIT inspector()->markWanted(u"json:$.b=2"_s);
        QCOMPARE(filter.filterMode(), FilterMode::Mark);
        QCOMPARE(filter.text(), u"json:$.b=2"_s);
        Q_EMIT inspector()->markWanted(u"json:$.c=3"_s);
        Q_EMIT inspector()->markWanted(u"json:$.c=3"_s);
        QCOMPARE(filter.text(), u"json:$.b=2 or json:$.c=3"_s);
        Q_EMIT inspector()->filterWanted(u"json:$.d=4"_s);
        QCOMPARE(filter.filterMode(), FilterMode::Hide);
        QCOMPARE(filter.text(), u"json:$.d=4"_s);
    }

private:
    void connectTo(RawServer &server)
    {
        tab()->address()->setUrl(server.url());
        tab()->connectToPeer();
    }
    [[nodiscard]] static bool isIn(const QWidget *pane)
    {
        const QWidget *focused = QApplication::focusWidget();
        return focused && (focused == pane || pane->isAncestorOf(focused));
    }
    [[nodiscard]] ConnectionTab *tab() const { return m_bench->tab.get(); }
    [[nodiscard]] LogView *log() const { return tab()->view()->logView(); }
    /// Longer than the latest entry waits to be shown.
    [[nodiscard]] bool stays(const QString &shown) const
    {
        constexpr int Long = 700;
        return !QTest::qWaitFor([this, &shown] { return text()->toPlainText() != shown; }, Long);
    }
    [[nodiscard]] Inspector *inspector() const { return tab()->view()->inspector(); }
    [[nodiscard]] PayloadText *text() const { return inspector()->findChild<PayloadText *>(); }
    [[nodiscard]] QTabWidget *pages() const { return inspector()->findChild<QTabWidget *>(); }
    [[nodiscard]] QString page() const { return pages()->tabText(pages()->currentIndex()); }
    [[nodiscard]] QString words() const
    {
        QStringList all;
        for (const QLabel *label : pages()->currentWidget()->findChildren<QLabel *>()) {
            if (label->isVisible())
                all += label->text();
        }
        return all.join(u'\n');
    }

    std::unique_ptr<TabBench> m_bench;
};

SOCKEYE_TEST(InspectorLinkTest, QApplication)
#include "tst_inspectorlink.moc"
