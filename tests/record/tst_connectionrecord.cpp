#include "record/ConnectionRecord.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

class ConnectionRecordTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// One meaning for the status line, the tab's dot and the Closing page.
    void endedWellIsWhatWasWanted_data()
    {
        QTest::addColumn<EndKind>("kind");
        QTest::addColumn<bool>("well");
        QTest::newRow("not ended") << EndKind::Live << true;
        QTest::newRow("closed") << EndKind::Clean << true;
        QTest::newRow("cut off by the user") << EndKind::Aborted << true;
        QTest::newRow("not connected") << EndKind::ConnectFailed << false;
        QTest::newRow("refused") << EndKind::HandshakeFailed << false;
        QTest::newRow("dropped") << EndKind::Dropped << false;
        QTest::newRow("rule broken") << EndKind::RuleBroken << false;
        QTest::newRow("close not answered") << EndKind::CloseTimeout << false;
    }

    void endedWellIsWhatWasWanted()
    {
        QFETCH(EndKind, kind);
        QTEST(endedWell(kind), "well");
    }
};

SOCKEYE_TEST(ConnectionRecordTest, QCoreApplication)
#include "tst_connectionrecord.moc"
