#include "explain/RefusalAdvice.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class RefusalAdviceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatToDo_data()
    {
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("status");
        QTest::addColumn<QString>("advice");
        const QByteArray none;
        QTest::newRow("no reply") << none << none << QString() << u"(wss://)"_s;
        QTest::newRow("a page") << QByteArray("200 OK") << none << u"200 OK"_s << u"takes Upgrade and Connection off"_s;
        QTest::newRow("moved") << QByteArray("301 Moved\r\nLocation: wss://b/") << none << u"301 Moved"_s
                               << u"Connect to wss://b/, or"_s;
        QTest::newRow("moved, not where to") << QByteArray("302 Found") << none << u"302 Found"_s << u"where to"_s;
        QTest::newRow("log-in") << QByteArray("401 Unauthorized\r\nWWW-Authenticate: Bearer realm=x") << none
                                << u"401 Unauthorized"_s << u"The server asks for: Bearer realm=x"_s;
        QTest::newRow("no origin") << QByteArray("403 Forbidden") << none << u"403 Forbidden"_s
                                   << u"No Origin was sent"_s;
        QTest::newRow("an origin") << QByteArray("403 Forbidden") << QByteArray("Origin: https://a")
                                   << u"403 Forbidden"_s << u"allows the Origin https://a."_s;
        QTest::newRow("no such path") << QByteArray("404 Not Found") << none << u"404 Not Found"_s
                                      << u"Check the path"_s;
        QTest::newRow("version") << QByteArray("426 Upgrade Required\r\nSec-WebSocket-Version: 8, 7") << none
                                 << u"426 Upgrade Required"_s << u"version 8, 7 of the protocol"_s;
        QTest::newRow("later") << QByteArray("503 Down\r\nRetry-After: 30") << none << u"503 Down"_s << u": 30 ("_s;
        QTest::newRow("not said when") << QByteArray("429 Slow") << none << u"429 Slow"_s << u"in a while"_s;
        QTest::newRow("the server's fault") << QByteArray("599 Odd") << none << u"599 Odd"_s << u"its log says more"_s;
        QTest::newRow("without a reason") << QByteArray("404") << none << u"404"_s << u"Check the path"_s;
        QTest::newRow("a check") << QByteArray("101 Switching Protocols") << none << u"101, but a check failed"_s
                                 << u"connect leniently"_s;
        QTest::newRow("unheard of") << QByteArray("499 Gone away") << none << u"499 Gone away"_s
                                    << u"the request is at fault"_s;
    }
    void saysWhatToDo()
    {
        QFETCH(QByteArray, reply);
        QFETCH(QByteArray, header);
        QFETCH(QString, advice);
        ConnectionRecord record;
        record.endKind = EndKind::HandshakeFailed;
        record.requestHead = "GET / HTTP/1.1\r\n" + (header.isEmpty() ? header : header + "\r\n") + "\r\n";
        if (!reply.isEmpty())
            record.responseHead = "HTTP/1.1 " + reply + "\r\n\r\n";
        QTEST(refusalStatus(record), "status");
        const QString said = refusalAdvice(record).join(u'\n');
        QVERIFY2(said.contains(advice), qPrintable(said));
    }

    /// A line of the page is no place for a whole header.
    void longValuesAreCut()
    {
        ConnectionRecord record;
        record.responseHead =
            "HTTP/1.1 301 " + QByteArray(5000, 'r') + "\r\nLocation: /" + QByteArray(5000, 'l') + "\r\n\r\n";
        QVERIFY(refusalStatus(record).size() < 250);
        QVERIFY(refusalAdvice(record).join(u' ').size() < 500);
    }
};

SOCKEYE_TEST(RefusalAdviceTest, QCoreApplication)
#include "tst_refusaladvice.moc"
