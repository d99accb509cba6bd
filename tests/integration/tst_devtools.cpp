#include "integration/LiveSession.h"
#include "integration/Spoken.h"
#include "peers/PeerProcess.h"
#include "shapes/ShapeReader.h"
#include "support/Patience.h"
#include "support/TestProgram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
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

/// A page over HTTP, and what it asks for.
class PageServer final
{
public:
    PageServer()
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            while (QTcpSocket *socket = m_server.nextPendingConnection()) {
                QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket] { answer(*socket); });
                QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
    }

    [[nodiscard]] bool listen() { return m_server.listen(QHostAddress::LocalHost); }
    [[nodiscard]] QString url(const QString &path = {}) const
    {
        return QStringLiteral("http://127.0.0.1:%1/%2").arg(m_server.serverPort()).arg(path);
    }

private:
    static void answer(QTcpSocket &socket)
    {
        if (!socket.peek(MaxHead).contains("\r\n\r\n"))
            return;
        struct File
        {
            QByteArray type;
            QByteArray content;
        };
        static const QHash<QByteArray, File> files{
            {"/",
             {"text/html", "<!doctype html><link rel=stylesheet href=style.css><link rel=icon href=data:,>"
                           "<script src=script.js></script><p>fish"}},
            {"/style.css", {"text/css", "p { color: green }"}},
            {"/script.js", {"text/javascript", "console.log('hello', 42); fetch('values.json').then(r => r.json())"}},
            {"/values.json", {"application/json", "{\"t\":21.5}"}},
        };
        const auto file = files.constFind(socket.readAll().split(' ').value(1));
        const bool isThere = file != files.constEnd();
        const QByteArray content = isThere ? file->content : QByteArray();
        socket.write(
            (isThere ? "HTTP/1.1 200 OK" : "HTTP/1.1 404 Not Found") + QByteArrayLiteral("\r\nContent-Type: ") +
            (isThere ? file->type : QByteArrayLiteral("text/plain")) +
            "\r\nContent-Length: " + QByteArray::number(content.size()) + "\r\nConnection: close\r\n\r\n" + content);
        socket.disconnectFromHost();
    }

    static constexpr qint64 MaxHead = 64 * 1024;

    QTcpServer m_server;
};

/// Whether a message with these bytes in it has been recorded.
[[nodiscard]] bool hasCome(LiveSession &live, const QByteArray &part)
{
    live.writer().flush();
    const Result<Recorded> read = readCapture(live.path());
    if (!read)
        return false;
    const QList<QByteArray> messages = read.value().messages(Direction::In);
    return std::ranges::any_of(messages, [&part](const QByteArray &message) { return message.contains(part); });
}

/// How often each method was called and each event was told.
using MethodCounts = QMap<QString, int>;

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
    void whatAPageCausesIsDecoded();
    void seesTheBrowserGo();

private:
    [[nodiscard]] Endpoint endpoint() const;
    [[nodiscard]] Endpoint pageEndpoint() const;
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

/// Of the one page, which needs no attaching.
Endpoint DevToolsTest::pageEndpoint() const
{
    Endpoint endpoint;
    for (const QJsonValue &candidate : QJsonDocument::fromJson(get(QStringLiteral("json/list"))).array()) {
        if (candidate[u"type"].toString() == u"page")
            endpoint.url = candidate[u"webSocketDebuggerUrl"].toString();
    }
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
    Endpoint target = pageEndpoint();
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

/// A page is loaded, with a script that asks for more: whole traffic of a protocol that has neither a subprotocol nor a
/// mark of its own.
void DevToolsTest::whatAPageCausesIsDecoded()
{
    PageServer site;
    QVERIFY(site.listen());
    LiveSession live;
    QSignalSpy closed(&live.session(), &Session::closed);
    open(live, pageEndpoint());
    if (QTest::currentTestFailed())
        return;
    int id = 0;
    for (const char *domain : {"Network", "Page", "Runtime", "DOM"})
        send(live, command(++id, QLatin1StringView(domain) + QStringLiteral(".enable")));
    send(live, command(++id, QStringLiteral("Page.navigate"), {{QStringLiteral("url"), site.url()}}));
    QTRY_VERIFY_WITH_TIMEOUT(hasCome(live, "\"Page.loadEventFired\""), LongPatience);
    const auto evaluate = [&live](int number, const QString &expression) {
        send(live, command(number, QStringLiteral("Runtime.evaluate"),
                           {{QStringLiteral("expression"), expression}, {QStringLiteral("awaitPromise"), true}}));
    };
    evaluate(6, QStringLiteral("fetch('missing').then(answer => answer.status)"));
    evaluate(7, QStringLiteral("new Promise(() => {})"));
    send(live, command(8, QStringLiteral("Page.nothing")));
    QTRY_VERIFY_WITH_TIMEOUT(hasCome(live, "{\"id\":6,"), LongPatience);
    live.session().close();
    QVERIFY(!closed.isEmpty() || closed.wait(LongPatience));

    const Result<Recorded> read = live.finish();
    QVERIFY2(read.ok(), qPrintable(read.message()));
    QCOMPARE(headerProblem(read.value()), QString());
    const Result<Spoken> decoded = readSpoken(live.path());
    QVERIFY2(decoded.ok(), qPrintable(decoded.message()));
    const Spoken &spoken = decoded.value();
    QCOMPARE(spoken.problem({QStringLiteral("cdp")}), QString());

    MethodCounts counted[2];
    MethodCounts told[2];
    for (const Direction direction : {Direction::Out, Direction::In}) {
        const size_t side = direction == Direction::In ? 1 : 0;
        for (const QByteArray &message : read.value().messages(direction)) {
            if (const QJsonObject json = object(message); json.contains(u"method"))
                ++counted[side][json.value(u"method").toString()];
        }
    }
    for (const SpokenMessage &message : spoken.messages) {
        for (const QString &method : message.at(QStringLiteral("$.method")))
            ++told[message.direction == Direction::In ? 1 : 0][method];
    }
    QCOMPARE(told[0], counted[0]);
    QCOMPARE(told[1], counted[1]);
    QCOMPARE(counted[1].value(QStringLiteral("Page.loadEventFired")), 1);

    const SpokenMessage *navigate = spoken.find(u"Page.navigate");
    QVERIFY(navigate);
    QCOMPARE(navigate->tree.summary, QStringLiteral("Page.navigate {url=%1} · id 5").arg(site.url()));
    QCOMPARE(spoken.find(u"error")->tree.summary, QStringLiteral("error -32601 'Page.nothing' wasn't found · id 8"));
    QCOMPARE(spoken.find(u"Runtime.consoleAPICalled")->at(QStringLiteral("$.params.args[*].value")),
             (QStringList{QStringLiteral("hello"), QStringLiteral("42")}));
    QStringList asked;
    for (const SpokenMessage &message : spoken.messages) {
        if (message.at(QStringLiteral("$.method")).contains(QStringLiteral("Network.requestWillBeSent")))
            asked += message.at(QStringLiteral("$.params.request.url"));
    }
    for (const char *path : {"", "style.css", "script.js", "values.json", "missing"})
        QVERIFY2(asked.contains(site.url(QLatin1StringView(path))), path);

    // The page of shapes counts the same.
    MethodCounts byHand = counted[0];
    for (auto it = counted[1].cbegin(); it != counted[1].cend(); ++it)
        byHand[it.key()] += it.value();
    ShapeReader reader(live.path(), FormatSet::standard());
    reader.advanceTo(read.value().entries.last().entry.id);
    QTRY_VERIFY_WITH_TIMEOUT(!reader.isBehind(), LongPatience);
    MethodCounts shaped;
    for (const Shape &shape : reader.counts().shapes) {
        // "Page.navigate" after what the protocol calls such a message.
        const QString last = shape.kind.section(QRegularExpression(QStringLiteral("[ =]")), -1);
        if (byHand.contains(last))
            shaped[last] += static_cast<int>(shape.sums.count);
    }
    QCOMPARE(shaped, byHand);
    QCOMPARE(reader.counts().sums.count,
             read.value().messages(Direction::In).size() + read.value().messages(Direction::Out).size());
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
