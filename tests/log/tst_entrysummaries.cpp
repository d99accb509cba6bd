#include "log/EntrySummaries.h"

#include "capture/CaptureWriter.h"
#include "conversation/ConversationReader.h"
#include "formats/FormatSet.h"
#include "log/OpenedLog.h"
#include "reading/CaptureReader.h"
#include "support/TestProgram.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// What the preview says of messages of all formats.
class EntrySummariesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLineForEach_data()
    {
        QTest::addColumn<QString>("subprotocol");
        QTest::addColumn<bool>("isText");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("line");
        QTest::newRow("JSON in columns") << QString() << true << QByteArray(R"({"type":"trade","price":1.10})")
                                         << u"type=trade price=1.10"_s;
        QTest::newRow("a protocol in JSON")
            << QString() << true << QByteArray(R"({"jsonrpc":"2.0","method":"sum","params":[1,2],"id":1})")
            << u"sum 1 2 · id 1"_s;
        QTest::newRow("an encoding by its name")
            << QString() << false
            << QByteArray::fromHex("a46474797065657472616465") +
                   QByteArray::fromHex("657072696365fb406c6d1eb851eb856473697a6518646673796d626f6c644141504c")
            << u"CBOR {type=\"trade\" price=227.41 size=100 symbol=\"AAPL\"}"_s;
        QTest::newRow("a guess is one") << QString() << false << QByteArray::fromHex("a2616101616202")
                                        << u"CBOR? {a=1 b=2}"_s;
        QTest::newRow("by its subprotocol") << u"mqtt"_s << false << QByteArray::fromHex("c000") << u"MQTT PINGREQ"_s;
        QTest::newRow("nothing") << QString() << false << QByteArray::fromHex("ff00ff00c1c1") << QString();
        QTest::newRow("plain text") << QString() << true << QByteArray("hello there") << QString();
        QTest::newRow("no control characters")
            << u"mqtt"_s << false << QByteArray::fromHex("30080002") + "a\n" + "x\ty\n"
            << QString();
    }

    void aLineForEach()
    {
        QFETCH(QString, subprotocol);
        QFETCH(bool, isText);
        QFETCH(QByteArray, payload);
        QFETCH(QString, line);
        const QStringList lines = summarized(subprotocol, {payload}, isText);
        if (QByteArray(QTest::currentDataTag()) == "no control characters")
            QVERIFY2(!lines.constFirst().contains(u'\n'), qPrintable(lines.constFirst()));
        else
            QCOMPARE(lines.constFirst(), line);
    }

    void packetsOverMessages()
    {
        const QList<QByteArray> parts{QByteArray::fromHex("30"), QByteArray::fromHex("05"),
                                      QByteArray::fromHex("000174"), QByteArray("hi"), QByteArray::fromHex("d000")};
        QCOMPARE(summarized(u"mqtt"_s, parts, false),
                 (QStringList{u"MQTT part of PUBLISH"_s, u"MQTT part of PUBLISH"_s, u"MQTT part of PUBLISH"_s,
                              u"MQTT PUBLISH t · hi"_s, u"MQTT PINGRESP"_s}));
        // Without the subprotocol a part is nothing.
        QCOMPARE(summarized({}, parts, false).constFirst(), QString());
    }

    /// No subprotocol says that it is Socket.IO, but what was asked for.
    void attachmentsOfEvents()
    {
        const QTemporaryDir directory;
        const QString path = directory.filePath(u"a.sockeye"_s);
        const auto writer = CaptureWriter::create(path);
        ConnectionRecord record;
        record.id = writer.value()->newConnectionId();
        record.url = u"wss://example.com/socket.io/?EIO=4&transport=websocket"_s;
        writer.value()->put(record);
        for (const QByteArray &payload :
             {"451-7[\"price\",{\"_placeholder\":true,\"num\":0}]"_ba, "2"_ba, "\1\2\3"_ba, "430[]"_ba}) {
            NewEntry entry;
            entry.connection = record.id;
            entry.kind = payload.startsWith('\1') ? EntryKind::Binary : EntryKind::Text;
            entry.payload = payload;
            writer.value()->append(std::move(entry));
        }
        QVERIFY(writer.value()->finish());
        const auto capture = CaptureReader::open(path);
        const auto entries = capture.value()->entries(EntryId(1), 4);
        const EntrySummaries summaries = summarize(*capture.value(), entries.value(), *FormatSet::standard());
        QVERIFY(summaries.unfollowed.isEmpty());
        QStringList texts;
        for (const SummaryPart &part : summaries.entries.at(2).line)
            texts += part.text;
        QCOMPARE(texts.join(u' '), u"Socket.IO attachment 1 of 1 of \"price\" · 3 B"_s);
    }

    /// In the middle of a long session a part is not taken for what it is not; the row says it once what came before
    /// has been followed.
    void rowsFarFromTheBeginning()
    {
        const QTemporaryDir directory;
        const QString path = directory.filePath(u"a.sockeye"_s);
        const auto writer = CaptureWriter::create(path);
        ConnectionRecord record;
        record.id = writer.value()->newConnectionId();
        record.subprotocol = u"mqtt"_s;
        writer.value()->put(record);
        const QByteArray two = (QByteArray::fromHex("30040001") + "tx").repeated(2);
        const qint64 count = 3 * (ConversationReader::Few / 2);
        for (qint64 n = 0; n < count; ++n) {
            NewEntry entry;
            entry.connection = record.id;
            entry.kind = EntryKind::Binary;
            entry.payload = two.mid(n * 4 % 6, 4);
            writer.value()->append(std::move(entry));
        }
        QVERIFY(writer.value()->finish());
        const auto capture = CaptureReader::open(path);
        const auto entries = capture.value()->entries(EntryId(count - 1), 2);
        const EntrySummaries far = summarize(*capture.value(), entries.value(), *FormatSet::standard());
        QVERIFY(far.entries.constFirst().line.isEmpty() && far.entries.constLast().line.isEmpty());
        QCOMPARE(far.unfollowed.value(record.id), EntryId(count));

        OpenedLog opened(path);
        opened.model.setSmartPreview(true);
        opened.model.advanceTo(EntryId(count));
        const auto preview = [&opened](qint64 row) { return opened.text(int(row), LogModel::PreviewColumn); };
        QTRY_COMPARE_WITH_TIMEOUT(preview(count - 1), u"MQTT PUBLISH t · x"_s, 20'000);
        QTRY_COMPARE(preview(count - 3), u"MQTT part of PUBLISH"_s);
    }

    /// A row far from the beginning says at once what it says by itself, and the rest once it is known.
    void rowsThatNeedNothingAreThereAtOnce()
    {
        const QTemporaryDir directory;
        const QString path = directory.filePath(u"a.sockeye"_s);
        const auto writer = CaptureWriter::create(path);
        ConnectionRecord record;
        record.id = writer.value()->newConnectionId();
        record.url = u"wss://example.com/socket.io/?EIO=4&transport=websocket"_s;
        writer.value()->put(record);
        const qint64 count = ConversationReader::Few + 100;
        const auto append = [&](const QByteArray &payload, Direction direction, EntryKind kind = EntryKind::Text) {
            NewEntry entry;
            entry.connection = record.id;
            entry.kind = kind;
            entry.direction = direction;
            entry.payload = payload;
            writer.value()->append(std::move(entry));
        };
        append("420[\"question\"]", Direction::Out);
        for (qint64 n = 1; n < count - 3; ++n)
            append("2", Direction::In);
        append("42[\"price\",1]", Direction::In);
        append("430[43]", Direction::In);
        append("\1\2", Direction::In, EntryKind::Binary);
        QVERIFY(writer.value()->finish());
        const auto capture = CaptureReader::open(path);
        const auto entries = capture.value()->entries(EntryId(count - 2), 3);
        const auto standard = FormatSet::standard();
        const EntrySummaries far = summarize(*capture.value(), entries.value(), *standard);
        const auto said = [&far](qsizetype row) {
            return far.entries.at(row).line.isEmpty() ? QString() : far.entries.at(row).line.constLast().text;
        };
        QCOMPARE(said(0), u"emit \"price\" 1"_s);
        QCOMPARE(said(1), u"ack 0 43"_s);
        QCOMPARE(said(2), QString());
        QCOMPARE(far.unfollowed.value(record.id), EntryId(count));
        // What the user has read as something else waits for nothing.
        const auto asText = FormatSet::make({{{DecodeRule::About::Any, Direction::None, {}, u"cdp"_s}}, {}, {}});
        QVERIFY(summarize(*capture.value(), entries.value(), *asText).unfollowed.isEmpty());

        OpenedLog opened(path);
        opened.model.setSmartPreview(true);
        opened.model.advanceTo(EntryId(count));
        const auto preview = [&opened](qint64 row) { return opened.text(int(row), LogModel::PreviewColumn); };
        QTRY_COMPARE(preview(count - 2), u"ack 0 of \"question\" 43"_s);
        QCOMPARE(preview(count - 3), u"emit \"price\" 1"_s);
    }

    /// Nothing on the connection says that its messages are one stream; the user does.
    void aRuleHasMessagesFollowed()
    {
        const QTemporaryDir directory;
        const QString path = directory.filePath(u"a.sockeye"_s);
        const auto writer = CaptureWriter::create(path);
        ConnectionRecord record;
        record.id = writer.value()->newConnectionId();
        writer.value()->put(record);
        // One packet of MQTT in three messages.
        for (const QByteArray &payload :
             {QByteArray::fromHex("3005"), QByteArray::fromHex("000174"), QByteArray("hi")}) {
            NewEntry entry;
            entry.connection = record.id;
            entry.kind = EntryKind::Binary;
            entry.payload = payload;
            writer.value()->append(std::move(entry));
        }
        QVERIFY(writer.value()->finish());
        OpenedLog opened(path);
        opened.model.setSmartPreview(true);
        opened.model.advanceTo(EntryId(3));
        const auto preview = [&opened] { return opened.text(2, LogModel::PreviewColumn); };
        QTRY_VERIFY(!preview().isEmpty());
        QVERIFY(!preview().contains(u"PUBLISH"));
        const DecodeRule rule{DecodeRule::About::Binary, Direction::None, {}, u"mqtt"_s};
        opened.model.setFormats(FormatSet::make({{rule}, {}, {}}));
        QTRY_COMPARE(preview(), u"MQTT PUBLISH t · hi"_s);
        opened.model.setFormats(FormatSet::standard());
        QTRY_VERIFY(!preview().contains(u"PUBLISH"));
    }

    /// Of the same connection, direction and members, however far before as long as it is looked for.
    void whatDidNotChangeIsTold()
    {
        const QTemporaryDir directory;
        const QString path = directory.filePath(u"a.sockeye"_s);
        const auto writer = CaptureWriter::create(path);
        ConnectionRecord record;
        record.id = writer.value()->newConnectionId();
        writer.value()->put(record);
        const auto add = [&](Direction direction, const QByteArray &payload) {
            NewEntry entry;
            entry.connection = record.id;
            entry.direction = direction;
            entry.kind = EntryKind::Text;
            entry.payload = payload;
            writer.value()->append(std::move(entry));
        };
        add(Direction::In, R"({"type":"a","p":1,"q":[1,2]})");
        add(Direction::Out, R"({"type":"a","p":7,"q":[7]})");
        add(Direction::In, R"({"type":"b","p":7,"q":[7]})");
        add(Direction::In, R"({"type":"a","other":7})");
        add(Direction::In, R"({"q":[1,2],"type":"a","p":2})");
        for (int i = 0; i < 100; ++i)
            add(Direction::In, "no JSON");
        add(Direction::In, R"({"type":"a","p":2,"q":[1,2]})");
        QVERIFY(writer.value()->finish());
        const auto capture = CaptureReader::open(path);
        const auto sameOf = [&](qint64 first, int count, MarkSame marks) {
            const auto entries = capture.value()->entries(EntryId(first), count);
            QStringList same;
            const EntrySummaries summaries =
                summarize(*capture.value(), entries.value(), *FormatSet::standard(), {}, marks);
            for (const SummaryPart &part : summaries.entries.constLast().line) {
                if (part.isSame)
                    same += part.text;
            }
            return same;
        };
        QCOMPARE(sameOf(1, 5, MarkSame::Yes), (QStringList{u"[1, 2]"_s, u"a"_s}));
        // What stands before the page counts, too.
        QCOMPARE(sameOf(5, 1, MarkSame::Yes), (QStringList{u"[1, 2]"_s, u"a"_s}));
        QCOMPARE(sameOf(1, 5, MarkSame::No), QStringList());
        QCOMPARE(sameOf(1, 4, MarkSame::Yes), QStringList());
        // Too far away.
        QCOMPARE(sameOf(106, 1, MarkSame::Yes), QStringList());

        OpenedLog opened(path);
        opened.model.setSmartPreview(true);
        opened.model.advanceTo(EntryId(106));
        const auto dimmed = [&opened] {
            const Entry *entry = opened.model.entry(EntryId(5));
            return entry ? opened.model.preview(*entry).dimmed.size() : 0;
        };
        static_cast<void>(opened.text(4, LogModel::PreviewColumn));
        QTRY_COMPARE_WITH_TIMEOUT(dimmed(), 3, 20'000);
        opened.model.setDimsSame(true);
        QTRY_COMPARE_WITH_TIMEOUT(dimmed(), 5, 20'000);
        opened.model.setDimsSame(false);
        QTRY_COMPARE_WITH_TIMEOUT(dimmed(), 3, 20'000);
    }

    void longMessagesAreLeftToWhoLooksAtThem()
    {
        const QByteArray cbor = QByteArray::fromHex("a1616179ffff") + QByteArray(65'535, 'x');
        QCOMPARE(summarized({}, {cbor}, false).constFirst(), QString());
    }

private:
    /// The text of each message's summary.
    static QStringList summarized(const QString &subprotocol, const QList<QByteArray> &payloads, bool isText)
    {
        const QTemporaryDir directory;
        const QString path = directory.filePath(u"a.sockeye"_s);
        const auto writer = CaptureWriter::create(path);
        ConnectionRecord record;
        record.id = writer.value()->newConnectionId();
        record.subprotocol = subprotocol;
        writer.value()->put(record);
        for (const QByteArray &payload : payloads) {
            NewEntry entry;
            entry.connection = record.id;
            entry.kind = isText ? EntryKind::Text : EntryKind::Binary;
            entry.payload = payload;
            writer.value()->append(std::move(entry));
        }
        if (!writer.value()->finish())
            return {};
        const auto capture = CaptureReader::open(path);
        const auto entries = capture.value()->entries(EntryId(1), int(payloads.size()));
        QStringList lines;
        for (const EntrySummary &summary :
             summarize(*capture.value(), entries.value(), *FormatSet::standard()).entries) {
            QString line;
            for (const SummaryPart &part : summary.line) {
                if (part.role == SummaryPart::Role::Name)
                    line += line.isEmpty() ? part.text + u'=' : u' ' + part.text + u'=';
                else
                    line += line.isEmpty() || line.endsWith(u'=') ? part.text : u' ' + part.text;
            }
            lines += line;
        }
        return lines;
    }
};

SOCKEYE_TEST(EntrySummariesTest, QCoreApplication)
#include "tst_entrysummaries.moc"
