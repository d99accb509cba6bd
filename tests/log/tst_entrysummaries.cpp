#include "log/EntrySummaries.h"

#include "capture/CaptureWriter.h"
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
        for (const EntrySummary &summary : summarize(*capture.value(), entries.value())) {
            QString line;
            for (const SummaryPart &part : summary) {
                if (part.role == SummaryPart::Role::Name)
                    line += line.isEmpty() ? part.text + u'=' : u' ' + part.text + u'=';
                else
                    line += part.text;
            }
            lines += line;
        }
        return lines;
    }
};

SOCKEYE_TEST(EntrySummariesTest, QCoreApplication)
#include "tst_entrysummaries.moc"
