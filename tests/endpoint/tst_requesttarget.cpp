#include "endpoint/RequestTarget.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestRequestTarget final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isNeverEmptyOnTheWire()
    {
        QCOMPARE(RequestTarget::fromTyped({}).bytes(), "/");
        QCOMPARE(RequestTarget::fromTyped("?x").bytes(), "/?x");
        QCOMPARE(RequestTarget::fromTyped("?").bytes(), "/?");
        QCOMPARE(RequestTarget::fromTyped("?x").text(), u"?x"_s);
    }

    void visibleAsciiIsKeptButForAFew()
    {
        QByteArray visible;
        for (char c = 0x21; c < 0x7f; ++c)
            visible += c;
        visible.replace("?", "");
        QByteArray path = '/' + visible;
        for (const char *c : {"\"", "#", "<", ">", "^", "`", "{", "}", "\\"})
            path.replace(c, QByteArray("%") + QByteArray(c).toHex().toUpper());
        QCOMPARE(RequestTarget::fromTyped('/' + visible).bytes(), path);
        QByteArray query = '?' + visible;
        for (const char *c : {"\"", "#", "<", ">"})
            query.replace(c, QByteArray("%") + QByteArray(c).toHex().toUpper());
        QCOMPARE(RequestTarget::fromTyped('?' + visible).bytes(), '/' + query);
    }

    void bytesOfAnyKindAreEncodedOneByOne()
    {
        QByteArray all;
        for (int byte = 0x80; byte <= 0xff; ++byte)
            all += static_cast<char>(byte);
        const QByteArray sent = RequestTarget::fromTyped('/' + all).bytes();
        QCOMPARE(QByteArray::fromPercentEncoding(sent), '/' + all);
        QCOMPARE(sent.count('%'), 128);
    }

    void tellsEachCharacterOnce()
    {
        const QList<EncodedCharacter> expected{{u"é"_s, "%C3%A9"}, {u"{"_s, "%7B"}, {u" "_s, "%20"}};
        QCOMPARE(encodedCharacters(u"/éé{?é {"), expected);
        QVERIFY(encodedCharacters(u"/a%20b?c=%C3%A9").isEmpty());
    }
};

SOCKEYE_TEST(TestRequestTarget, QCoreApplication)
#include "tst_requesttarget.moc"
