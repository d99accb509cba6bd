#include "document/CaptureMerge.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/log/SampleLog.h"
#include "tests/support/TabBench.h"
#include "widgets/columns/LogFields.h"
#include "widgets/tab/MergeTab.h"
#include "widgets/tab/StatusLine.h"

#include <QApplication>
#include <QFile>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using Need = DocumentTab::Need;

/// A tab by itself that shows several captures in one log; how the window opens it stands in tst_mergeview.cpp.
class MergeTabTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_a.addMany(10);
        m_b.addMany(10);
    }
    void init() { m_bench = std::make_unique<TabBench>(); }
    void cleanup() { m_bench.reset(); }

    void itHasNeitherUrlNorComposer()
    {
        const auto tab = makeTab();
        QVERIFY(!tab->findChild<AddressBar *>());
        QVERIFY(!tab->findChild<Composer *>());
        QCOMPARE(tab->title(), u"left + right"_s);
        QCOMPARE(tab->description(), u"Merged: left, right"_s);
        QCOMPARE(tab->state(), DocumentTab::State::File);
        // What has no URL does nothing with one.
        tab->connectToPeer();
        tab->focusUrl();
        tab->copyUrl();
        tab->setPanels({.inspector = false, .timeline = false});
    }

    void itShowsAllEntriesAndFollows()
    {
        const auto tab = makeTab();
        QTRY_VERIFY_WITH_TIMEOUT(tab->view()->model() && tab->view()->model()->rowCount() == 20, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(tab->statusLine()->text().contains(u"20 entries"), Patience);
        QVERIFY(tab->view()->logView()->isFollowing());
        QVERIFY(tab->source()->isLive());
    }

    /// Whichever capture a message is from.
    void fieldsAreColumns()
    {
        const auto tab = makeTab();
        tab->view()->logFields()->add({.path = u"$.n"_s});
        QTRY_VERIFY_WITH_TIMEOUT(tab->view()->model() && tab->view()->model()->rowCount() == 20, Patience);
        const auto cells = [model = tab->view()->model()] {
            QStringList texts;
            for (int row = 0; row < model->rowCount(); ++row)
                texts += model->index(row, LogModel::ColumnCount).data().toString();
            texts.removeAll(QString());
            texts.sort();
            return texts;
        };
        QTRY_COMPARE_WITH_TIMEOUT(cells(), (QStringList{u"0"_s, u"0"_s, u"4"_s, u"4"_s, u"8"_s, u"8"_s}), Patience);
    }

    void itIsNotKept()
    {
        const auto tab = makeTab();
        QVERIFY(!tab->tabState());
        for (const Need need : {Need::Tab, Need::Capture})
            QVERIFY(tab->can(need));
        for (const Need need :
             {Need::Url, Need::Live, Need::Idle, Need::LiveIdle, Need::Active, Need::Open, Need::Profile})
            QVERIFY(!tab->can(need));
    }

    void itsFileGoesWithIt()
    {
        auto tab = makeTab();
        QTRY_VERIFY_WITH_TIMEOUT(tab->view()->model(), Patience);
        const QString path = tab->capturePath();
        QVERIFY(QFile::exists(path));
        tab.reset();
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(path), Patience);
    }

private:
    [[nodiscard]] std::unique_ptr<MergeTab> makeTab()
    {
        const QList<MergeLane> lanes{{m_a.path(), u"left"_s, false}, {m_b.path(), u"right"_s, false}};
        auto merge = std::make_unique<CaptureMerge>(m_bench->sandbox.path(u"merged.sockeye"_s), lanes, m_bench->clock);
        auto tab = std::make_unique<MergeTab>(m_bench->services(), std::move(merge));
        tab->resize(1200, 800);
        tab->show();
        return tab;
    }

    SampleLog m_a;
    SampleLog m_b;
    std::unique_ptr<TabBench> m_bench;
};

SOCKEYE_TEST(MergeTabTest, QApplication)
#include "tst_mergetab.moc"
