#include "formats/MessageFormats.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/TabBench.h"
#include "widgets/columns/LogFields.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/log/LogHeader.h"
#include "widgets/payload/NodeView.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTabBar>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// A field of a message becomes a column of its tab.
class FieldColumnsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<TabBench>(); }
    void cleanup() { m_bench.reset(); }

    void aNodeOfTheTreeBecomesAColumn()
    {
        QVERIFY(m_bench->connectToEcho());
        QVERIFY(m_bench->say(u"{\"trade\":{\"price\":1.50}}"_s));
        QSignalSpy changed(m_bench->tab.get(), &DocumentTab::tabStateChanged);
        m_bench->click(m_bench->rowOf(u"trade"_s));
        auto *nodes = view()->inspector()->findChild<NodeView *>();
        QTRY_VERIFY_WITH_TIMEOUT(showTree() && nodes->tree() && nodes->tree()->size() == 3, Patience);
        nodes->setCurrentNode(2);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, nodes->mapToGlobal(QPoint()));
        QCoreApplication::sendEvent(nodes->viewport(), &event);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        TabBench::find(menu, u"Show as &column"_s)->trigger();
        menu->close();
        QCOMPARE(view()->logFields()->options().columns, (QList<FieldColumn>{{u"$.trade.price"_s}}));
        QVERIFY(!changed.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(cell(m_bench->rowOf(u"trade"_s)), u"1.50"_s, Patience);

        // What comes later has it, and so has the next capture.
        QVERIFY(m_bench->say(u"{\"trade\":{\"price\":1.75}}"_s));
        QTRY_COMPARE_WITH_TIMEOUT(cell(m_bench->rowOf(u"1.75"_s)), u"1.75"_s, Patience);

        // As what messages are read by hand decides what fields they have.
        view()->formats().setFormat(DecodeRule::About::Text, Direction::None, u"base64"_s);
        QTRY_COMPARE_WITH_TIMEOUT(cell(m_bench->rowOf(u"1.75"_s)), QString(), Patience);
        view()->formats().setFormat(DecodeRule::About::Text, Direction::None, {});
        QTRY_COMPARE_WITH_TIMEOUT(cell(m_bench->rowOf(u"1.75"_s)), u"1.75"_s, Patience);

        const std::optional<TabState> state = m_bench->tab->tabState();
        QVERIFY(state);
        QCOMPARE(state->columns.columns.size(), 1);
        QVERIFY(m_bench->closeTab());
        m_bench->makeTab();
        m_bench->tab->restore(*state);
        QCOMPARE(m_bench->tab->columnOptions(), state->columns);
        QTRY_COMPARE_WITH_TIMEOUT(view()->model() && view()->model()->rowCount() > 0 ? cell(m_bench->rowOf(u"1.75"_s))
                                                                                     : QString(),
                                  u"1.75"_s, Patience);
    }

private:
    [[nodiscard]] CaptureView *view() const { return m_bench->shown()->view(); }
    [[nodiscard]] QString cell(int row) const
    {
        LogModel *model = view()->model();
        return model->index(row, LogModel::ColumnCount).data().toString();
    }

    /// Chooses the tab of the message that shows it as a tree.
    [[nodiscard]] bool showTree() const
    {
        const QList<QTabBar *> bars = view()->inspector()->findChildren<QTabBar *>();
        for (QTabBar *bar : bars) {
            if (bar->accessibleName() == u"Text shown" && bar->isTabEnabled(2)) {
                QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(2).center());
                return bar->currentIndex() == 2;
            }
        }
        return false;
    }

    std::unique_ptr<TabBench> m_bench;
};

SOCKEYE_TEST(FieldColumnsTest, QApplication)
#include "tst_fieldcolumns.moc"
