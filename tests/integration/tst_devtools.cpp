#include "integration/LiveSession.h"
#include "peers/PeerProcess.h"
#include "support/Patience.h"
#include "support/TestProgram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTemporaryDir>
#include <QtTest>

using namespace sockeye;
using namespace sockeye::test;

namespace {

// A browser's first start takes its time where several programs share a processor.

[[nodiscard]] QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

[[nodiscard]] QByteArray text(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

[[nodiscard]] QJsonObject command(int id, const QString &method, const QJsonObject &parameters = {})
{
    return {{QStringLiteral("id"), id}, {QStringLiteral("method"), method}, {QStringLiteral("params"), parameters}};
}

/// The messages with ids, which are the replies; the others are events.
[[nodiscard]] QList<QJsonObject> replies(const Recorded &recorded)
{
    QList<QJsonObject> found;
    for (const QByteArray &message : recorded.messages(Direction::In)) {
        if (const QJsonObject reply = object(message); reply.contains(u"id"))
            found += reply;
    }
    return found;
}

} // namespace

/// Against Chromium's DevTools endpoint: what browsers' own WebSocket server sends, told apart by the ids of its
/// replies and compared with what the same server says over HTTP.
class DevToolsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void agreesWithTheBrowser_data();
    void agreesWithTheBrowser();
    void seesTheBrowserGo();

private:
    [[nodiscard]] Endpoint endpoint() const;
    [[nodiscard]] QByteArray get(const QString &path) const;
    static void open(LiveSession &live, const Endpoint &endpoint);
    static void send(LiveSession &live, const QJsonObject &command);

    QTemporaryDir m_directory;
    PeerProcess m_browser;
};

void DevToolsTest::initTestCase()
{
    const PeerCommand chromium = chromiumPeer(m_directory.path());
    if (!chromium.isAvailable())
        QSKIP("Chromium is not installed: its DevTools endpoint is not tested (Debian's package chromium)");
    QVERIFY2(m_browser.start(chromium), qPrintable(m_browser.errorText()));
}

Endpoint DevToolsTest::endpoint() const
{
    Endpoint endpoint;
    endpoint.url = m_browser.readyLine().section(u' ', -1);
    return endpoint;
}

QByteArray DevToolsTest::get(const QString &path) const
{
    QNetworkAccessManager http;
    const std::unique_ptr<QNetworkReply> reply(
        http.get(QNetworkRequest(QUrl(m_browser.url(QStringLiteral("http")) + path))));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    return finished.wait(LongPatience) ? reply->readAll() : QByteArray();
}

void DevToolsTest::open(LiveSession &live, const Endpoint &endpoint)
{
    QSignalSpy opened(&live.session(), &Session::opened);
    const Result<> result = live.session().open(endpoint);
    QVERIFY2(result.ok(), qPrintable(result.message()));
    QVERIFY2(!opened.isEmpty() || opened.wait(LongPatience), qPrintable(live.status().endText));
}

void DevToolsTest::send(LiveSession &live, const QJsonObject &command)
{
    const Result<> sent = live.session().send(Outgoing{Opcode::Text, text(command)});
    QVERIFY2(sent.ok(), qPrintable(sent.message()));
}

void DevToolsTest::agreesWithTheBrowser_data()
{
    QTest::addColumn<bool>("deflate");
    QTest::newRow("compressed") << true;
    QTest::newRow("plain") << false;
}

void DevToolsTest::agreesWithTheBrowser()
{
    QFETCH(bool, deflate);
    // Of the endpoint for the one page, which needs no attaching.
    const QJsonArray pages = QJsonDocument::fromJson(get(QStringLiteral("json/list"))).array();
    const auto page = std::find_if(pages.begin(), pages.end(), [](const QJsonValue &candidate) {
        return candidate[u"type"].toString() == u"page";
    });
    QVERIFY(page != pages.end());
    Endpoint target;
    target.url = page->toObject().value(u"webSocketDebuggerUrl").toString();
    target.deflate.offered = deflate;

    const QString fish = QStringLiteral("gr\u00fc\u00df \U0001f41f");
    const QStringList expressions{QStringLiteral("1 + 1 + ''"),          u'"' + fish + u'"',
                                  QStringLiteral("'ab'.repeat(40)"),     QStringLiteral("'ab'.repeat(200)"),
                                  QStringLiteral("'ab'.repeat(100000)"), QStringLiteral("'ab'.repeat(100000)")};
    const QStringList values{QStringLiteral("2"),
                             fish,
                             QStringLiteral("ab").repeated(40),
                             QStringLiteral("ab").repeated(200),
                             QStringLiteral("ab").repeated(100'000),
                             QStringLiteral("ab").repeated(100'000)};
    LiveSession live;
    QSignalSpy closed(&live.session(), &Session::closed);
    open(live, target);
    if (QTest::currentTestFailed())
        return;
    send(live, command(1, QStringLiteral("Browser.getVersion")));
    for (int i = 0; i < expressions.size(); ++i)
        send(live,
             command(2 + i, QStringLiteral("Runtime.evaluate"), {{QStringLiteral("expression"), expressions.at(i)}}));
    QTRY_COMPARE_WITH_TIMEOUT(live.status().messagesIn, 1 + expressions.size(), LongPatience);
    live.session().close();
    QVERIFY(!closed.isEmpty() || closed.wait(LongPatience));

    const Result<Recorded> read = live.finish();
    QVERIFY2(read.ok(), qPrintable(read.message()));
    const Recorded &recorded = read.value();
    QCOMPARE(headerProblem(recorded), QString());
    const QList<QJsonObject> answers = replies(recorded);
    QCOMPARE(answers.size(), 1 + expressions.size());
    const QJsonObject overHttp = object(get(QStringLiteral("json/version")));
    const QJsonObject version = answers.first().value(u"result").toObject();
    QVERIFY(!overHttp.value(u"Browser").toString().isEmpty());
    QVERIFY(version.value(u"product").toString().endsWith(overHttp.value(u"Browser").toString().section(u'/', 1)));
    QCOMPARE(version.value(u"protocolVersion"), overHttp.value(u"Protocol-Version"));
    QCOMPARE(version.value(u"userAgent"), overHttp.value(u"User-Agent"));
    for (int i = 0; i < values.size(); ++i) {
        const QJsonObject &answer = answers.at(1 + i);
        QCOMPARE(answer.value(u"id").toInt(), 2 + i);
        QCOMPARE(answer.value(u"result")[u"result"][u"value"].toString(), values.at(i));
    }
    const bool agreed = !recorded.connections.first().extensions.isEmpty();
    QCOMPARE(agreed, deflate);
    for (const RecordedEntry &entry : recorded.of(EntryKind::Text, Direction::In)) {
        QCOMPARE(entry.frames.size(), 1);
        QVERIFY(entry.findings.isEmpty());
        QCOMPARE(entry.entry.compressed, agreed);
    }
}

void DevToolsTest::seesTheBrowserGo()
{
    LiveSession live;
    QSignalSpy closed(&live.session(), &Session::closed);
    open(live, endpoint());
    if (QTest::currentTestFailed())
        return;
    send(live, command(1, QStringLiteral("Target.getTargets")));
    QTRY_COMPARE_WITH_TIMEOUT(live.status().messagesIn, 1, LongPatience);
    send(live, command(2, QStringLiteral("Browser.close")));
    QVERIFY(!closed.isEmpty() || closed.wait(LongPatience));

    const Result<Recorded> read = live.finish();
    QVERIFY2(read.ok(), qPrintable(read.message()));
    const Recorded &recorded = read.value();
    QCOMPARE(headerProblem(recorded), QString());
    const QList<QJsonObject> answers = replies(recorded);
    QVERIFY(!answers.isEmpty());
    QCOMPARE(answers.first().value(u"id").toInt(), 1);
    QVERIFY(!answers.first().value(u"result")[u"targetInfos"].toArray().isEmpty());
    // It ends TCP without a closing handshake.
    QCOMPARE(recorded.connections.first().endKind, EndKind::Dropped);
    QCOMPARE(recorded.lastEvent(), EventKind::Broken);
}

SOCKEYE_TEST(DevToolsTest, QCoreApplication)
#include "tst_devtools.moc"
