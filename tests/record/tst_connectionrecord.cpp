#include "record/ConnectionRecord.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

class ConnectionRecordTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// One meaning for the status line, tabs, profiles, the log, the timeline and the Closing page.
    void anEndHasOneSeverity_data()
    {
        QTest::addColumn<EndKind>("kind");
        QTest::addColumn<int>("code");
        QTest::addColumn<std::optional<EndDetails>>("end");
        QTest::addColumn<Severity>("severity");
        const std::optional<EndDetails> none;
        QTest::newRow("not ended") << EndKind::Live << 0 << none << Severity::Note;
        QTest::newRow("closed") << EndKind::Clean << 1000 << none << Severity::Note;
        QTest::newRow("going away") << EndKind::Clean << 1001 << none << Severity::Note;
        QTest::newRow("no code") << EndKind::Clean << 1005 << none << Severity::Note;
        QTest::newRow("cut off by the user") << EndKind::Aborted << 1006 << none << Severity::Note;
        QTest::newRow("peer's error") << EndKind::Clean << 1011 << closes(1011, 1011, 2, 1) << Severity::Warning;
        QTest::newRow("peer's own code") << EndKind::Clean << 4001 << closes(4001, 4001, 2, 1) << Severity::Warning;
        QTest::newRow("our code, answered") << EndKind::Clean << 4001 << closes(4001, 4001, 1, 2) << Severity::Note;
        QTest::newRow("our close, answered with an error")
            << EndKind::Clean << 1011 << closes(1000, 1011, 1, 2) << Severity::Warning;
        QTest::newRow("an error without details") << EndKind::Clean << 1011 << none << Severity::Warning;
        QTest::newRow("dropped") << EndKind::Dropped << 1006 << none << Severity::Warning;
        QTest::newRow("close not answered") << EndKind::CloseTimeout << 1000 << none << Severity::Warning;
        QTest::newRow("not connected") << EndKind::ConnectFailed << 1006 << none << Severity::Error;
        QTest::newRow("refused") << EndKind::HandshakeFailed << 1006 << none << Severity::Error;
        QTest::newRow("rule broken") << EndKind::RuleBroken << 1002 << none << Severity::Error;
    }

    void anEndHasOneSeverity()
    {
        QFETCH(EndKind, kind);
        QFETCH(int, code);
        QFETCH(std::optional<EndDetails>, end);
        QTEST(endSeverity(kind, static_cast<quint16>(code), end), "severity");
    }

private:
    /// Of two close frames, at these seconds.
    static std::optional<EndDetails> closes(quint16 sent, quint16 received, int sentAt, int receivedAt)
    {
        EndDetails end;
        end.sentClose = CloseBody{sent, {}, true};
        end.receivedClose = CloseBody{received, {}, true};
        end.sentCloseTime = Timestamp(std::chrono::seconds(sentAt));
        end.receivedCloseTime = Timestamp(std::chrono::seconds(receivedAt));
        return end;
    }
};

SOCKEYE_TEST(ConnectionRecordTest, QCoreApplication)
#include "tst_connectionrecord.moc"
