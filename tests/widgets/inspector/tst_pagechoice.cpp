#include "InspectorBench.h"

#include "support/Patience.h"
#include "support/TestProgram.h"
#include "widgets/inspector/MessagePage.h"
#include "widgets/inspector/PageChoice.h"
#include "widgets/payload/NodeView.h"

#include <QApplication>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using Kind = PageChoice::Kind;

/// Which page of the inspector is in front.
class PageChoiceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void kinds_data()
    {
        QTest::addColumn<EntryKind>("kind");
        QTest::addColumn<EventKind>("event");
        QTest::addColumn<EndKind>("end");
        QTest::addColumn<Kind>("expected");
        QTest::newRow("text") << EntryKind::Text << EventKind::None << EndKind::Live << Kind::Text;
        QTest::newRow("binary") << EntryKind::Binary << EventKind::None << EndKind::Live << Kind::Bytes;
        QTest::newRow("raw") << EntryKind::Raw << EventKind::None << EndKind::RuleBroken << Kind::Bytes;
        QTest::newRow("ping") << EntryKind::Ping << EventKind::None << EndKind::Dropped << Kind::Text;
        QTest::newRow("open") << EntryKind::Event << EventKind::Open << EndKind::Dropped << Kind::Text;
        QTest::newRow("refused") << EntryKind::Event << EventKind::Failed << EndKind::HandshakeFailed << Kind::Refusal;
        QTest::newRow("not found") << EntryKind::Event << EventKind::Failed << EndKind::ConnectFailed << Kind::Text;
        QTest::newRow("dropped") << EntryKind::Event << EventKind::Broken << EndKind::Dropped << Kind::Interruption;
        QTest::newRow("closed") << EntryKind::Event << EventKind::Closed << EndKind::Clean << Kind::Text;
        QTest::newRow("closed before the record says so")
            << EntryKind::Event << EventKind::Closed << EndKind::Live << Kind::Text;
    }
    void kinds()
    {
        QFETCH(EntryKind, kind);
        QFETCH(EventKind, event);
        QFETCH(EndKind, end);
        ConnectionRecord record = ended(end);
        Entry entry;
        entry.connection = record.id;
        entry.kind = kind;
        entry.event = event;
        entry.size = 1;
        QTEST(PageChoice::kindOf(&entry, false, &record), "expected");
        // Another connection's end says nothing of it.
        record.id = ConnectionId(9);
        QVERIFY(PageChoice::kindOf(&entry, false, &record) <= Kind::Bytes);
    }

    void kindsOfConnections()
    {
        QCOMPARE(PageChoice::kindOf(nullptr, false, nullptr), Kind::Nothing);
        for (const auto &[end, kind] :
             {std::pair(EndKind::Live, Kind::Connection), std::pair(EndKind::Clean, Kind::Connection),
              std::pair(EndKind::ConnectFailed, Kind::Connection), std::pair(EndKind::HandshakeFailed, Kind::Refusal),
              std::pair(EndKind::RuleBroken, Kind::Interruption),
              std::pair(EndKind::CloseTimeout, Kind::Interruption)}) {
            const ConnectionRecord record = ended(end);
            QCOMPARE(PageChoice::kindOf(nullptr, false, &record), kind);
        }
    }

    void aFormatMakesFieldsOfBytes()
    {
        Entry entry;
        entry.size = 3;
        for (const auto &[of, kind] :
             {std::pair(EntryKind::Binary, Kind::Fields), std::pair(EntryKind::Text, Kind::Text),
              std::pair(EntryKind::Raw, Kind::Bytes)}) {
            entry.kind = of;
            QCOMPARE(PageChoice::kindOf(&entry, true, nullptr), kind);
        }
        Bench bench;
        const EntryId noise = bench.capture.add(bench.connection, EntryKind::Binary, "binary");
        const EntryId json = bench.capture.add(bench.connection, EntryKind::Binary, "{\"a\":[1,2,3]}");
        bench.open();
        bench.inspector.showEntry(noise);
        QTRY_COMPARE_WITH_TIMEOUT(page(bench), u"Hex"_s, Patience);
        bench.inspector.showEntry(json);
        QTRY_COMPARE_WITH_TIMEOUT(page(bench), u"Message"_s, Patience);
    }

    /// A long one is read in the background, and shown as what it says then.
    void aLongMessageIsDecodedFirst()
    {
        Bench bench;
        // Its beginning alone is no CBOR: all of it is one array of a string.
        constexpr int Long = EntryDetails::MaxBinary + 1000;
        const QByteArray cbor = QByteArray::fromHex("817a") +
                                QByteArray::fromHex(QByteArray::number(Long, 16).rightJustified(8, '0')) +
                                QByteArray(Long, 'x');
        const EntryId id = bench.capture.add(bench.connection, EntryKind::Binary, cbor);
        const EntryId again = bench.capture.add(bench.connection, EntryKind::Binary, cbor);
        bench.open();
        bench.inspector.setFocus();
        bench.inspector.showEntry(id);
        QTRY_COMPARE_WITH_TIMEOUT(page(bench), u"Hex"_s, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(page(bench), u"Message"_s, Patience);
        // Who works with the bytes stays there.
        bench.inspector.showEntry(EntryId());
        bench.inspector.showEntry(again);
        QTRY_COMPARE_WITH_TIMEOUT(page(bench), u"Hex"_s, Patience);
        bench.hex()->setFocus();
        auto *message = bench.inspector.findChild<MessagePage *>();
        QTRY_VERIFY_WITH_TIMEOUT(
            !message->findChild<NodeView *>()->isHidden() && message->findChild<NodeView *>()->tree(), Patience);
        QCOMPARE(page(bench), u"Hex"_s);
    }

    void pagesThatTheUserChose()
    {
        PageChoice choice;
        QCOMPARE(choice.pageFor(Kind::Nothing), QString());
        QCOMPARE(choice.pageFor(Kind::Text), u"Message"_s);
        QCOMPARE(choice.pageFor(Kind::Bytes), u"Hex"_s);
        choice.choose(Kind::Text, u"Frames"_s);
        QCOMPARE(choice.pageFor(Kind::Text), u"Frames"_s);
        QCOMPARE(choice.pageFor(Kind::Bytes), u"Hex"_s);
        choice.choose(Kind::Nothing, u"Timing"_s);
        QCOMPARE(choice.pageFor(Kind::Text), u"Frames"_s);
        QCOMPARE(choice.pageFor(Kind::Bytes), u"Timing"_s);
    }

    void theInspectorKeepsThem()
    {
        Bench bench;
        const EntryId text = bench.capture.add(bench.connection, EntryKind::Text, "text");
        const EntryId binary = bench.capture.add(bench.connection, EntryKind::Binary, "binary");
        bench.open();
        QCOMPARE(page(bench), u"Message"_s);
        bench.inspector.showEntry(binary);
        QTRY_COMPARE_WITH_TIMEOUT(page(bench), u"Hex"_s, Patience);
        bench.inspector.showEntry(text);
        QTRY_COMPARE_WITH_TIMEOUT(page(bench), u"Message"_s, Patience);
        bench.choosePage(u"Timing"_s);
        bench.inspector.showEntry(binary);
        QTRY_COMPARE_WITH_TIMEOUT(page(bench), u"Hex"_s, Patience);
        bench.inspector.showPage(u"Frames"_s);
        bench.inspector.showEntry(text);
        QTRY_COMPARE_WITH_TIMEOUT(page(bench), u"Timing"_s, Patience);
        // What a button leads to is not kept for others.
        bench.inspector.find();
        QCOMPARE(page(bench), u"Message"_s);
        bench.inspector.showEntry(binary);
        QTRY_COMPARE_WITH_TIMEOUT(page(bench), u"Frames"_s, Patience);
        bench.inspector.showEntry(text);
        QTRY_COMPARE_WITH_TIMEOUT(page(bench), u"Timing"_s, Patience);
        bench.inspector.showConnection(bench.connection);
        bench.inspector.showEntry(EntryId());
        QCOMPARE(page(bench), u"Handshake"_s);
    }

    /// Wherever the bytes are looked at.
    void findingsStandOnTopOfEachPageThatTheyConcern()
    {
        Bench bench;
        NewEntry entry;
        entry.connection = bench.connection;
        entry.payload = "\xff";
        entry.frames = {makeHeader({}, 1)};
        entry.findings = {{Severity::Error, u"message.utf8"_s, QString(), u"No UTF-8."_s, -1, 1007},
                          {Severity::Note, u"x"_s, QString(), u"Odd."_s, -1, 0}};
        const EntryId id = bench.capture.add(std::move(entry));
        const EntryId sound = bench.capture.add(bench.connection, EntryKind::Text, "sound");
        bench.open();
        bench.inspector.showEntry(id);
        QTRY_VERIFY_WITH_TIMEOUT(bench.words().contains(u"No UTF-8."), Patience);
        for (int i = 0; i < bench.tabs()->count(); ++i) {
            bench.tabs()->setCurrentIndex(i);
            const QString title = page(bench);
            const bool isOfEntry = title == u"Message" || title == u"Hex" || title == u"Frames";
            QVERIFY2(bench.words().contains(u"No UTF-8.") == (isOfEntry || title == u"Closing"), qPrintable(title));
            QVERIFY2(bench.words().contains(u"Odd.") == isOfEntry, qPrintable(title));
        }
        bench.inspector.showEntry(sound);
        bench.choosePage(u"Closing"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!bench.words().contains(u"No UTF-8."), Patience);
        bench.inspector.showEntry(id);
        QTRY_VERIFY_WITH_TIMEOUT(bench.words().contains(u"No UTF-8."), Patience);
        bench.inspector.showEntry(EntryId());
        bench.choosePage(u"Closing"_s);
        QVERIFY(!bench.words().contains(u"No UTF-8."));
    }

private:
    [[nodiscard]] static ConnectionRecord ended(EndKind kind)
    {
        ConnectionRecord record;
        record.id = ConnectionId(1);
        record.endKind = kind;
        if (kind != EndKind::Live && kind != EndKind::ConnectFailed && kind != EndKind::HandshakeFailed)
            record.end.emplace();
        record.closeCode = kind == EndKind::Clean ? 1000 : 1006;
        return record;
    }
    [[nodiscard]] static QString page(const Bench &bench)
    {
        return bench.tabs()->tabText(bench.tabs()->currentIndex());
    }
};

SOCKEYE_TEST(PageChoiceTest, QApplication)
#include "tst_pagechoice.moc"
