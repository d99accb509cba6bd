#include "wire/CloseCode.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

class TestCloseCode final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codes_data();
    void codes();
    void everySendableCode();
    void bodies_data();
    void bodies();
};

void TestCloseCode::codes_data()
{
    QTest::addColumn<quint16>("code");
    QTest::addColumn<bool>("sendable");
    QTest::addColumn<QString>("name");
    const auto row = [](quint16 code, bool sendable, const QString &name) {
        QTest::addRow("%d", code) << code << sendable << name;
    };
    row(0, false, QStringLiteral("unassigned"));
    row(999, false, QStringLiteral("unassigned"));
    row(1000, true, QStringLiteral("normal closure"));
    row(1001, true, QStringLiteral("going away"));
    row(1002, true, QStringLiteral("protocol error"));
    row(1003, true, QStringLiteral("unsupported data"));
    row(1004, false, QStringLiteral("reserved"));
    row(1005, false, QStringLiteral("no status received"));
    row(1006, false, QStringLiteral("abnormal closure"));
    row(1007, true, QStringLiteral("invalid frame payload data"));
    row(1008, true, QStringLiteral("policy violation"));
    row(1009, true, QStringLiteral("message too big"));
    row(1010, true, QStringLiteral("mandatory extension"));
    row(1011, true, QStringLiteral("internal error"));
    row(1012, true, QStringLiteral("service restart"));
    row(1013, true, QStringLiteral("try again later"));
    row(1014, true, QStringLiteral("bad gateway"));
    row(1015, false, QStringLiteral("TLS handshake"));
    row(1016, false, QStringLiteral("unassigned"));
    row(2999, false, QStringLiteral("unassigned"));
    row(3000, true, QStringLiteral("registered with IANA"));
    row(3999, true, QStringLiteral("registered with IANA"));
    row(4000, true, QStringLiteral("private use"));
    row(4999, true, QStringLiteral("private use"));
    row(5000, false, QStringLiteral("unassigned"));
    row(65535, false, QStringLiteral("unassigned"));
}

void TestCloseCode::codes()
{
    QFETCH(quint16, code);
    QFETCH(bool, sendable);
    QFETCH(QString, name);
    QCOMPARE(isSendableCloseCode(code), sendable);
    QCOMPARE(closeCodeName(code), name);
}

void TestCloseCode::everySendableCode()
{
    int sendable = 0;
    for (int code = 0; code <= 0xffff; ++code)
        sendable += isSendableCloseCode(static_cast<quint16>(code)) ? 1 : 0;
    QCOMPARE(sendable, 4 + 8 + 2000);
}

void TestCloseCode::bodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<quint16>("code");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<bool>("wellFormed");
    QTest::newRow("empty") << QByteArray() << quint16(1005) << QString() << true;
    QTest::newRow("one byte") << QByteArray("\x03") << quint16(1005) << QString() << false;
    QTest::newRow("code only") << QByteArray("\x03\xe8") << quint16(1000) << QString() << true;
    QTest::newRow("code and reason") << QByteArray("\x03\xe9näh") << quint16(1001) << QStringLiteral("näh") << true;
    QTest::newRow("zero") << QByteArray("\0\0", 2) << quint16(0) << QString() << true;
    QTest::newRow("highest") << QByteArray("\xff\xff") << quint16(65535) << QString() << true;
    QTest::newRow("byte order mark") << QByteArray("\x03\xe8\xef\xbb\xbf") << quint16(1000) << QStringLiteral("\ufeff")
                                     << true;
    QTest::newRow("bad UTF-8") << QByteArray("\x03\xe8\xff") << quint16(1000) << QStringLiteral("\ufffd") << true;
}

void TestCloseCode::bodies()
{
    QFETCH(QByteArray, body);
    QFETCH(quint16, code);
    QFETCH(QString, reason);
    QFETCH(bool, wellFormed);
    const CloseBody parsed = parseCloseBody(body);
    QCOMPARE(parsed.code, code);
    QCOMPARE(parsed.reason, reason);
    QCOMPARE(parsed.wellFormed, wellFormed);
}

SOCKEYE_TEST(TestCloseCode, NoApplication)
#include "tst_closecode.moc"
