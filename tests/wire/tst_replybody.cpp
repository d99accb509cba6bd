#include "wire/ReplyBody.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

class ReplyBodyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ends_data();
    void ends();
    void keepsAtMostItsLimit();
};

namespace {
HttpHead parsedHead(const QByteArray &bytes)
{
    HttpHeadParser parser;
    QByteArrayView input = bytes;
    return parser.feed(input) == HttpHeadParser::Status::Complete ? parser.head() : HttpHead();
}
} // namespace

void ReplyBodyTest::ends_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isComplete");
    const auto row = [](const char *name, const char *head, const char *body, bool isComplete) {
        QTest::newRow(name) << QByteArray("HTTP/1.1 ") + head + "\r\n\r\n" << QByteArray(body) << isComplete;
    };
    row("by its length", "403 No\r\nContent-Length: 5", "never", true);
    row("short of its length", "403 No\r\nContent-Length: 6", "never", false);
    row("by its last chunk", "403 No\r\nTransfer-Encoding: chunked", "5\r\nnever\r\n0\r\n\r\n", true);
    row("before its last chunk", "403 No\r\nTransfer-Encoding: chunked", "5\r\nnever\r\n", false);
    row("with the connection", "403 No", "never", false);
    row("with the connection, a length that is none", "403 No\r\nContent-Length: many", "never", false);
    row("at once, of length 0", "403 No\r\nContent-Length: 0", "", true);
    row("at once, 204", "204 No Content", "", true);
    row("at once, 101", "101 Switching Protocols", "", true);
}

void ReplyBodyTest::ends()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, body);
    QFETCH(bool, isComplete);
    ReplyBody whole(parsedHead(head));
    whole.feed(body);
    QCOMPARE(whole.isComplete(), isComplete);
    QCOMPARE(whole.bytes(), body);
    ReplyBody byteByByte(parsedHead(head));
    for (const char byte : body) {
        QVERIFY(!byteByByte.isComplete());
        byteByByte.feed(QByteArrayView(&byte, 1));
    }
    QCOMPARE(byteByByte.isComplete(), isComplete);
    QCOMPARE(byteByByte.bytes(), body);
}

void ReplyBodyTest::keepsAtMostItsLimit()
{
    ReplyBody body(parsedHead("HTTP/1.1 500 Long\r\n\r\n"));
    body.feed(QByteArray(ReplyBody::Limit - 1, 'x'));
    QVERIFY(!body.isComplete());
    body.feed("yz");
    QVERIFY(body.isComplete());
    QCOMPARE(body.bytes().size(), ReplyBody::Limit);
    QVERIFY(body.bytes().endsWith('y'));
    body.feed("more");
    QCOMPARE(body.bytes().size(), ReplyBody::Limit);
}

SOCKEYE_TEST(ReplyBodyTest, QCoreApplication)
#include "tst_replybody.moc"
