#include "log/FieldTexts.h"

#include "decode/JsonNodes.h"
#include "formats/MessageDecoder.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;
using Kind = FieldText::Kind;

/// The fields of a message as cells.
class FieldTextsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTextForEach_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("path");
        QTest::addColumn<FieldText::Kind>("kind");
        QTest::addColumn<QString>("text");
        QTest::newRow("number as written")
            << QByteArray(R"({"a":1.1000e2})") << u"$.a"_s << Kind::Number << u"1.1000e2"_s;
        QTest::newRow("large number") << QByteArray(R"({"a":18446744073709551617})") << u"$.a"_s << Kind::Number
                                      << u"18446744073709551617"_s;
        QTest::newRow("string") << QByteArray("{\"a\":{\"b\":\"x\\ty \\\"z\\\"\"}}") << u"$.a.b"_s << Kind::Words
                                << u"x y \"z\""_s;
        QTest::newRow("number in a string") << QByteArray(R"({"a":"227.40"})") << u"a"_s << Kind::Number << u"227.40"_s;
        QTest::newRow("true is no number") << QByteArray(R"({"a":true})") << u"a"_s << Kind::Words << u"true"_s;
        QTest::newRow("null") << QByteArray(R"({"a":null})") << u"a"_s << Kind::Null << u"null"_s;
        QTest::newRow("none") << QByteArray(R"({"a":1})") << u"$.b"_s << Kind::None << QString();
        QTest::newRow("no path") << QByteArray(R"({"a":1})") << u"$."_s << Kind::None << QString();
        QTest::newRow("the first") << QByteArray(R"({"x":[{"a":1},{"a":2}],"a":3})") << u"a"_s << Kind::Number
                                   << u"1"_s;
        QTest::newRow("element") << QByteArray(R"({"x":[{"a":1},{"a":2}]})") << u"$.x[1].a"_s << Kind::Number << u"2"_s;
        QTest::newRow("object") << QByteArray(R"({"a":{"bid":1.0,"ask":"2","deep":{"er":[1],"no":[]}}})") << u"a"_s
                                << Kind::Words << u"{bid=1.0 ask=2 deep={er=[…] no=[]}}"_s;
        QTest::newRow("array") << QByteArray(R"({"a":[1,"b",[],{}]})") << u"a"_s << Kind::Words << u"[1, b, [], {}]"_s;
        QTest::newRow("empty string") << QByteArray(R"({"a":""})") << u"a"_s << Kind::Words << QString();
    }

    void aTextForEach()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, path);
        QFETCH(FieldText::Kind, kind);
        QFETCH(QString, text);
        const auto tree = jsonNodes(json);
        QVERIFY(tree);
        const QList<FieldText> fields = FieldTexts({u"$"_s, path}).in(*tree);
        QCOMPARE(fields.size(), 2);
        QCOMPARE(fields.at(1).text, text);
        QVERIFY(fields.at(1).kind == kind);
    }

    void longTextsAreCut()
    {
        const QByteArray number(50, '7');
        const QByteArray json = "{\"s\":\"" + QByteArray(1000, 'x') + "\",\"a\":[" + (number + ',').repeated(100) +
                                "1],\"e\":\"" + "a" + QByteArray("\xF0\x9F\x90\x9F").repeated(200) + "\"}";
        const auto tree = jsonNodes(json);
        QVERIFY(tree);
        const QList<FieldText> fields = FieldTexts({u"s"_s, u"$.a"_s, u"e"_s}).in(*tree);
        QCOMPARE(fields.at(0).text, QString(FieldTexts::MaxLength, u'x') + u'…');
        QVERIFY(fields.at(1).text.size() <= FieldTexts::MaxLength + 1 && fields.at(1).text.endsWith(u'…'));
        // Not in the middle of a character.
        QCOMPARE(fields.at(2).text.size(), FieldTexts::MaxLength);
        QVERIFY(fields.at(2).text.at(FieldTexts::MaxLength - 2).isLowSurrogate());
    }

    /// What a decoder names, and JSON in a message of another format.
    void otherFormats()
    {
        const QByteArray packet = QByteArray::fromHex("3010000361") + "/b" + R"({"t":21.50})";
        const auto message = decodeMessage({packet, false, Direction::In, u"mqtt"_s});
        QVERIFY(message);
        const QList<FieldText> fields = FieldTexts({u"topic"_s, u"$.t"_s}).in(*message->tree);
        QCOMPARE(fields.at(0).text, u"a/b"_s);
        QCOMPARE(fields.at(1).text, u"21.50"_s);
        QVERIFY(fields.at(1).kind == Kind::Number);
    }

    void unreadMessages()
    {
        const QList<FieldText> fields = FieldTexts({u"a"_s, u"b"_s}).unread();
        QCOMPARE(fields.size(), 2);
        QVERIFY(fields.at(1).kind == Kind::Unread);
        QVERIFY(FieldTexts({}).unread().isEmpty());
    }
};

SOCKEYE_TEST(FieldTextsTest, QCoreApplication)
#include "tst_fieldtexts.moc"
