#include "widgets/log/LogSign.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

/// Grey, amber and red before an entry mean what they mean everywhere else.
class LogSignTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEntryHasItsSign_data()
    {
        QTest::addColumn<Entry>("entry");
        QTest::addColumn<int>("end");
        QTest::addColumn<LogSign>("sign");
        const int unknown = -1;
        QTest::newRow("message") << entry(EntryKind::Text) << unknown << LogSign::None;
        QTest::newRow("peer's 1000") << close(Direction::In, 1000) << unknown << LogSign::None;
        QTest::newRow("peer's 1011") << close(Direction::In, 1011) << int(Severity::Warning) << LogSign::Warning;
        QTest::newRow("peer's 1011, still open") << close(Direction::In, 1011) << unknown << LogSign::Warning;
        QTest::newRow("peer repeats our 4001") << close(Direction::In, 4001) << int(Severity::Note) << LogSign::None;
        QTest::newRow("our 4001") << close(Direction::Out, 4001) << unknown << LogSign::None;
        QTest::newRow("closed") << event(EventKind::Closed) << unknown << LogSign::None;
        QTest::newRow("closed with an error") << event(EventKind::Closed) << int(Severity::Warning) << LogSign::Warning;
        QTest::newRow("interrupted") << event(EventKind::Broken) << unknown << LogSign::Warning;
        QTest::newRow("rule broken") << event(EventKind::Broken) << int(Severity::Error) << LogSign::Trouble;
        QTest::newRow("failed") << event(EventKind::Failed) << unknown << LogSign::Trouble;
        QTest::newRow("redirect") << event(EventKind::Redirect) << unknown << LogSign::Redirect;
        Entry found = entry(EntryKind::Text);
        found.findingCount = 1;
        QTest::newRow("note") << found << unknown << LogSign::Note;
        found.severity = Severity::Warning;
        QTest::newRow("warning") << found << unknown << LogSign::Warning;
        found.severity = Severity::Error;
        QTest::newRow("error") << found << unknown << LogSign::Trouble;
    }

    void anEntryHasItsSign()
    {
        QFETCH(Entry, entry);
        QFETCH(int, end);
        QTEST(signOf(entry, end < 0 ? std::nullopt : std::optional(static_cast<Severity>(end))), "sign");
    }

private:
    static Entry entry(EntryKind kind)
    {
        Entry entry;
        entry.kind = kind;
        return entry;
    }

    static Entry close(Direction direction, int code)
    {
        Entry entry;
        entry.kind = EntryKind::Close;
        entry.direction = direction;
        entry.head = QByteArray(1, char(code >> 8)) + QByteArray(1, char(code & 0xff));
        return entry;
    }

    static Entry event(EventKind kind)
    {
        Entry entry;
        entry.kind = EntryKind::Event;
        entry.direction = Direction::None;
        entry.event = kind;
        return entry;
    }
};

SOCKEYE_TEST(LogSignTest, QApplication)
#include "tst_logsign.moc"
