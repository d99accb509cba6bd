#include "connection/CookieStore.h"

#include "endpoint/UrlParser.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class CookieStoreTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesWhereItMay_data();
    void goesWhereItMay();
    void leavesToTheUserWhatTheUserSends();
    void isReplacedAndExpires();
    void sendsNothingThatEndsTheHeader();
    void hasALimit();
};

void CookieStoreTest::goesWhereItMay_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QByteArray>("setCookie");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QByteArray>("field");
    const auto row = [](const char *name, const char16_t *from, const char *setCookie, const char16_t *to,
                        const char *field) {
        QTest::newRow(name) << QString::fromUtf16(from) << QByteArray(setCookie) << QString::fromUtf16(to)
                            << QByteArray(field);
    };
    row("same host", u"ws://127.0.0.1:9001/login", "sid=42; Path=/", u"ws://127.0.0.1:9001/feed", "sid=42");
    row("another port", u"ws://127.0.0.1:9001/login", "sid=42; Path=/", u"ws://127.0.0.1:9002/feed", "sid=42");
    row("another host", u"ws://127.0.0.1/login", "sid=42; Path=/", u"ws://127.0.0.2/feed", "");
    row("another name", u"ws://a.test/login", "sid=42; Path=/", u"ws://b.test/feed", "");
    row("a subdomain", u"ws://a.example.test/", "sid=42; Domain=example.test", u"ws://b.example.test/", "sid=42");
    row("a domain of others", u"ws://a.example.test/", "sid=42; Domain=other.test", u"ws://other.test/", "");
    row("the path's own folder", u"ws://a.test/app/login", "sid=42", u"ws://a.test/app/feed?x=1", "sid=42");
    row("another folder", u"ws://a.test/app/login", "sid=42", u"ws://a.test/feed", "");
    row("secure over wss", u"wss://a.test/", "sid=42; Secure", u"wss://a.test/", "sid=42");
    row("secure over ws", u"wss://a.test/", "sid=42; Secure", u"ws://a.test/", "");
    row("HttpOnly", u"wss://a.test/", "sid=42; HttpOnly; SameSite=Lax", u"wss://a.test/", "sid=42");
    row("a value with equal signs", u"ws://a.test/", "sid=a=b==", u"ws://a.test/", "sid=a=b==");
    row("expired", u"ws://a.test/", "sid=42; Max-Age=0", u"ws://a.test/", "");
    row("no cookie", u"ws://a.test/", "", u"ws://a.test/", "");
    row("a Unix domain socket", u"ws+unix:///tmp/a.sock:/", "sid=42", u"ws+unix:///tmp/a.sock:/", "");
}

void CookieStoreTest::goesWhereItMay()
{
    QFETCH(QString, from);
    QFETCH(QByteArray, setCookie);
    QFETCH(QString, to);
    QFETCH(QByteArray, field);
    CookieStore store;
    store.take(parseUrl(from).value(), {setCookie});
    const CookieStore::Cookies cookies = store.cookiesFor(parseUrl(to).value());
    QCOMPARE(cookies.field, field);
    QCOMPARE(cookies.names, field.isEmpty() ? QStringList() : QStringList{u"sid"_s});
}

void CookieStoreTest::leavesToTheUserWhatTheUserSends()
{
    const WebSocketUrl url = parseUrl(u"ws://a.test/"_s).value();
    CookieStore store;
    store.take(url, {"sid=42", "lb=a"});
    QCOMPARE(store.cookiesFor(url, "theme=dark; sid=7").field, QByteArray("lb=a"));
}

void CookieStoreTest::isReplacedAndExpires()
{
    const WebSocketUrl url = parseUrl(u"ws://a.test/"_s).value();
    CookieStore store;
    store.take(url, {"sid=1"});
    store.take(url, {"sid=2"});
    QCOMPARE(store.cookiesFor(url).field, QByteArray("sid=2"));
    store.take(url, {"sid=; Max-Age=0"});
    QCOMPARE(store.cookiesFor(url).field, QByteArray());
}

void CookieStoreTest::sendsNothingThatEndsTheHeader()
{
    const WebSocketUrl url = parseUrl(u"ws://a.test/"_s).value();
    CookieStore store;
    for (const QByteArray &value :
         {QByteArray("a=b\r\nX-Injected: 1"), QByteArray("a=b\nc=d"), QByteArray("a=b\0c", 5)})
        store.take(url, {value});
    const QByteArray field = store.cookiesFor(url).field;
    QVERIFY2(!field.contains('\n') && !field.contains('\r') && !field.contains('\0'), field.toHex().constData());
}

void CookieStoreTest::hasALimit()
{
    const WebSocketUrl url = parseUrl(u"ws://a.test/"_s).value();
    CookieStore store;
    store.take(url, {"big=" + QByteArray(5'000, 'x'), "odd=\xff"});
    QCOMPARE(store.cookiesFor(url).field, QByteArray());
    for (int i = 0; i < 1'000; ++i)
        store.take(url, {"n" + QByteArray::number(i) + "=1"});
    const QStringList names = store.cookiesFor(url).names;
    QCOMPARE(names.size(), 50);
    QVERIFY(names.contains(u"n999"_s) && !names.contains(u"n0"_s));
}

SOCKEYE_TEST(CookieStoreTest, QCoreApplication)
#include "tst_cookiestore.moc"
