#include "wire/ChunkedBody.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using Status = ChunkedBody::Status;

class ChunkedBodyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void content();
};

void ChunkedBodyTest::reads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &content, Status status) {
        QTest::newRow(name) << bytes << content << int(status);
    };
    row("nothing", "", "", Status::NeedsMore);
    row("empty", "0\r\n\r\n", "", Status::Complete);
    row("two chunks", "4\r\nWiki\r\n7\r\npedia i\r\n0\r\n\r\n", "Wikipedia i", Status::Complete);
    row("hexadecimal", "1a\r\nabcdefghijklmnopqrstuvwxyz\r\n00A\r\n0123456789\r\n0\r\n\r\n",
        "abcdefghijklmnopqrstuvwxyz0123456789", Status::Complete);
    row("extensions and blanks", "2;a=\"b\"\r\nhi\r\n1 \r\n!\r\n0;last\r\n\r\n", "hi!", Status::Complete);
    row("trailers", "2\r\nhi\r\n0\r\nExpires: never\r\nX-A: b\r\n\r\n", "hi", Status::Complete);
    row("trailers to come", "2\r\nhi\r\n0\r\nExpires: never\r\n", "hi", Status::NeedsMore);
    row("line feeds alone", "2\nhi\n0\n\n", "hi", Status::Complete);
    row("what looks like the end", "a\r\n0\r\n\r\n0\r\n\r\n\r\n", "0\r\n\r\n0\r\n\r\n", Status::NeedsMore);
    row("bytes behind it", "1\r\nx\r\n0\r\n\r\nHTTP/1.1 200 OK", "x", Status::Complete);
    row("cut in the data", "5\r\nhel", "hel", Status::NeedsMore);
    row("cut in the size", "5", "", Status::NeedsMore);
    row("no size", "\r\nhello", "", Status::Malformed);
    row("no number", "xyz\r\n", "", Status::Malformed);
    row("negative", "-1\r\n", "", Status::Malformed);
    row("data too long", "2\r\nhello\r\n0\r\n\r\n", "he", Status::Malformed);
    row("largest size", "fffffffffffffff\r\nx", "x", Status::NeedsMore);
    row("too large a size", "1000000000000000\r\nx", "", Status::Malformed);
}

void ChunkedBodyTest::reads()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, content);
    QFETCH(int, status);
    ChunkedBody whole;
    QCOMPARE(int(whole.feed(bytes)), status);
    QCOMPARE(whole.content(), content);
    ChunkedBody piecemeal;
    for (const char byte : std::as_const(bytes))
        (void)piecemeal.feed(QByteArrayView(&byte, 1));
    QCOMPARE(int(piecemeal.status()), status);
    QCOMPARE(piecemeal.content(), content);
}

void ChunkedBodyTest::content()
{
    HttpHead head;
    const QByteArray chunks = "2\r\nhi\r\n0\r\n\r\n";
    QCOMPARE(bodyContent(head, chunks), chunks);
    head.fields = {{"transfer-encoding", "gzip, Chunked"}};
    QCOMPARE(bodyContent(head, chunks), QByteArray("hi"));
    QCOMPARE(bodyContent(head, chunks.first(4)), QByteArray("h"));
    QCOMPARE(bodyContent(head, "<html>"), QByteArray("<html>"));
}

SOCKEYE_TEST(ChunkedBodyTest, QCoreApplication)
#include "tst_chunkedbody.moc"
