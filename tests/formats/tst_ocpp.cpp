#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// OCPP 1.6 and 2: messages after the examples of OCPP-J.
class OcppTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messages_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("lines");
        QTest::addColumn<QString>("summary");
        QTest::addColumn<bool>("isSure");
        const auto row = [](const QByteArray &bytes, const QString &lines, const QString &summary, bool isSure = true) {
            QTest::newRow(bytes.constData()) << bytes << u"-\n messageTypeId="_s + lines << summary << isSure;
        };
        row("[2,\"19223201\",\"BootNotification\",{\"chargePointVendor\":\"VendorX\"}]",
            u"2 (CALL)\n messageId=19223201\n action=BootNotification\n payload\n  chargePointVendor=VendorX"_s,
            u"CALL BootNotification {chargePointVendor=VendorX} · id 19223201"_s);
        row("[3,\"19223201\",{\"interval\":300,\"status\":\"Accepted\"}]",
            u"3 (CALLRESULT)\n messageId=19223201\n payload\n  interval=300\n  status=Accepted"_s,
            u"CALLRESULT {interval=300 status=Accepted} · id 19223201"_s, false);
        row("[4,\"162376037\",\"NotSupported\",\"no SetDisplayMessage\",{}]",
            u"4 (CALLERROR)\n messageId=162376037\n errorCode=NotSupported\n errorDescription=no SetDisplayMessage\n"
            " errorDetails"_s,
            u"CALLERROR NotSupported \"no SetDisplayMessage\" · id 162376037"_s);
        row("[6,\"1\",\"NotifyPeriodicEventStream\",{}]",
            u"6 (SEND)\n messageId=1\n action=NotifyPeriodicEventStream\n payload"_s,
            u"SEND NotifyPeriodicEventStream · id 1"_s);
        row("[2,\"1\",\"Heartbeat\",{}]", u"2 (CALL)\n messageId=1\n action=Heartbeat\n payload"_s,
            u"CALL Heartbeat · id 1"_s);
        row("[2,\"1\",\"Whatever\",{}]", u"2 (CALL)\n messageId=1\n action=Whatever\n payload"_s,
            u"CALL Whatever · id 1"_s, false);
    }
    void messages()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, lines);
        QFETCH(QString, summary);
        QFETCH(bool, isSure);
        DecodeInput input{bytes, true, Direction::In, {}};
        const NodeTree tree = treeOf(u"ocpp", input);
        QVERIFY(!tree.error);
        QCOMPARE(linesOf(tree), lines);
        QCOMPARE(tree.summary, summary);
        QCOMPARE(chooseFormat(input).format->id(), isSure ? u"ocpp"_s : u"json"_s);
        for (const QString &agreed : {u"ocpp1.6"_s, u"ocpp2.0.1"_s, u"ocpp2.1"_s}) {
            input.subprotocol = agreed;
            QCOMPARE(chooseFormat(input).format->id(), u"ocpp"_s);
        }
    }

    void bytesOfEachField()
    {
        const auto ranges = [](const QByteArray &bytes) {
            return rangesOf(treeOf(u"ocpp", {bytes, true, Direction::In, {}})).join(u", "_s);
        };
        QCOMPARE(ranges("[2,\"19\",\"Reset\",{\"type\":\"Soft\"}]"),
                 u"- 0 32, messageTypeId 1 1, messageId 3 4, action 8 7, payload 16 15, type 24 6"_s);
        QCOMPARE(
            ranges("[4,\"1\",\"GenericError\",\"\",{\"a\":[true]}]"),
            u"- 0 38, messageTypeId 1 1, messageId 3 3, errorCode 7 14, errorDescription 22 2, errorDetails 25 12, "
            "a 30 6, - 31 4"_s);
        QCOMPARE(
            ranges(
                "[2,\"19223201\",\"MeterValues\",{\"connectorId\":1,\"transactionId\":77,\"meterValue\":[{"
                "\"timestamp\":\"2026-11-28T10:00:00Z\",\"sampledValue\":[{\"value\":\"12.5\",\"unit\":\"kWh\"}]}]}]"),
            u"- 0 164, messageTypeId 1 1, messageId 3 10, action 14 13, payload 28 135, connectorId 43 1, transactionId 61 2, meterValue 77 85, - 78 83, timestamp 91 22, sampledValue 129 31, - 130 29, value 139 6, unit 153 5"_s);
        QCOMPARE(
            ranges("[3,\"19223201\",{\"interval\":300,\"status\":\"Accepted\",\"ok\":true,\"none\":null}]"),
            u"- 0 73, messageTypeId 1 1, messageId 3 10, payload 14 58, interval 26 3, status 39 10, ok 55 4, none 67 4"_s);
    }

    void errors()
    {
        const NodeTree tree = treeOf(u"ocpp", {"[2,\"1\",\"Reset\" {}]", true, Direction::In, {}});
        QVERIFY(tree.error);
        QCOMPARE(tree.error->offset, 15);
        QCOMPARE(tree.error->rule, u"No JSON: a comma or the end of the array or object has to stand here."_s);
    }

    void whatItIsTakenFor()
    {
        const auto certainty = [](const QByteArray &bytes) {
            return formatOf(u"ocpp")->probe({bytes, true, Direction::In, {}});
        };
        QVERIFY(certainty("[2,\"1\",\"Heartbeat\",{},1]") == Certainty::None);
        QVERIFY(certainty("[2,1,\"Heartbeat\",{}]") == Certainty::None);
        QVERIFY(certainty("[7,\"1\",\"Heartbeat\",{}]") == Certainty::None);
        QVERIFY(certainty("[3,\"1\",{}]") == Certainty::Likely);
        QVERIFY(certainty("[2,\"1\",\"Heartbeat\",{}") == Certainty::None);
    }
};

SOCKEYE_TEST(OcppTest, QCoreApplication)
#include "tst_ocpp.moc"
