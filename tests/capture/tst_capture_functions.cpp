#include "capture/Samples.h"
#include "search/BytePattern.h"
#include "search/JsonPath.h"
#include "search/JsonReader.h"
#include "support/TestProgram.h"

#include <QRandomGenerator>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MiB = 1024 * 1024;

QuerySql regex(const QString &pattern, bool foldCase = false)
{
    return {u"matches_regex(id, size, head, ?, ?)"_s, {pattern, foldCase ? 1 : 0}};
}

QuerySql hex(const QString &pattern)
{
    return {u"contains_bytes(id, size, head, ?)"_s, {pattern}};
}

/// A payload of 'a' with bytes at an offset.
QByteArray filled(qsizetype size, qsizetype at, const QByteArray &bytes)
{
    return QByteArray(size, 'a').replace(at, bytes.size(), bytes);
}

QByteArray longJson(qsizetype size)
{
    return R"({"fill":")" + QByteArray(size, 'x') + R"(","n":7})";
}

} // namespace

/// The functions over whole payloads: matches_regex, contains_bytes and json_at.
class CaptureFunctionsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void matchesRegex_data();
    void matchesRegex();
    void findsBytes_data();
    void findsBytes();
    void findsBytesAcrossParts();
    void agreesWithLookingEverywhere();
    void readsJson_data();
    void readsJson();
    void readsJsonAgain();
    void survivesAnyBytes();
    void tellsWhatMakesNoSense_data();
    void tellsWhatMakesNoSense();
    void takesPatternsOfEachRow();

private:
    QTemporaryDir m_directory;
    std::unique_ptr<samples::SqlCapture> m_capture;
};

void CaptureFunctionsTest::initTestCase()
{
    const QString path = m_directory.filePath(u"a.sockeye"_s);
    samples::makeCapture(
        path,
        {
            samples::text("Price 42"),                                                  // 1
            samples::text("price: 421\nsecond line"),                                   // 2
            samples::text("na\xc3\xafve \xc3\x84pfel"),                                 // 3
            samples::text("price 5 \xff"),                                              // 4: no UTF-8
            samples::text("price 5 \xc3"),                                              // 5: cut within a character
            samples::text(QByteArray("\xde\xad\xbe\xef\x00\x01", 6)),                   // 6
            samples::text(filled(2 * MiB, MiB - 2, QByteArray("\xde\x00\xad\x99", 4))), // 7: across two parts
            samples::text(filled(2 * MiB + 5, 2 * MiB, "price")),                       // 8: at the end
            samples::text(filled(17 * MiB, 17 * MiB - 5, "price")),                     // 9: beyond what is examined
            samples::text(filled(17 * MiB, 16 * MiB - 1, "\xc3\xa4")),                  // 10: cut within a character
            samples::text(""),                                                          // 11
            samples::text(longJson(300)),                                               // 12
            samples::text(longJson(3 * MiB)),                                           // 13
            samples::text(longJson(17 * MiB)),                                          // 14
        });
    m_capture = std::make_unique<samples::SqlCapture>(path);
}

void CaptureFunctionsTest::matchesRegex_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("foldCase");
    QTest::addColumn<QList<qint64>>("ids");
    using Ids = QList<qint64>;
    QTest::newRow("digits") << u"price:? \\d+"_s << false << Ids{2};
    QTest::newRow("folded") << u"price:? \\d+"_s << true << Ids{1, 2};
    QTest::newRow("umlaut, folded") << u"äPFEL"_s << true << Ids{3};
    QTest::newRow("a character is one") << u"^na.ve"_s << false << Ids{3};
    QTest::newRow("anchored") << u"second line$"_s << false << Ids{2};
    QTest::newRow("in a long one") << u"aprice$"_s << false << Ids{8};
    QTest::newRow("back reference") << u"(\\w)\\1e"_s << false << Ids{};
    QTest::newRow("back reference, found") << u"(e)c.*l(i)n\\1$"_s << false << Ids{2};
    QTest::newRow("back reference, in place") << u"s(e)cond lin\\1$"_s << false << Ids{2};
    QTest::newRow("empty text") << u"^$"_s << false << Ids{11};
    QTest::newRow("zero bytes") << u"\\x{0}"_s << false << Ids{};
    QTest::newRow("all that is UTF-8") << u""_s << false << Ids{1, 2, 3, 8, 9, 10, 11, 12, 13, 14};
}

void CaptureFunctionsTest::matchesRegex()
{
    QFETCH(QString, pattern);
    QFETCH(bool, foldCase);
    QFETCH(QList<qint64>, ids);
    const auto all = m_capture->ids(regex(pattern, foldCase));
    VERIFY_RESULT(all);
    QCOMPARE(all.value(), ids);
}

void CaptureFunctionsTest::findsBytes_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QList<qint64>>("ids");
    using Ids = QList<qint64>;
    QTest::newRow("bytes") << u"deadbeef"_s << Ids{6};
    QTest::newRow("spaces and capitals") << u" DE aD  be EF"_s << Ids{6};
    QTest::newRow("a byte of any value") << u"de??ad"_s << Ids{7};
    QTest::newRow("a digit of any value") << u"d? ?0 ad 9?"_s << Ids{7};
    QTest::newRow("at both ends") << u"??deadbeef0001"_s << Ids{};
    QTest::newRow("wildcards in front") << u"?? beef 00 ??"_s << Ids{6};
    QTest::newRow("nothing fixed") << u"d? a?"_s << Ids{6};
    QTest::newRow("longer than most") << QString(600, u'?') << Ids{7, 8, 9, 10, 12, 13, 14};
    QTest::newRow("UTF-8") << u"c3af"_s << Ids{3};
}

void CaptureFunctionsTest::findsBytes()
{
    QFETCH(QString, pattern);
    QFETCH(QList<qint64>, ids);
    const auto all = m_capture->ids(hex(pattern));
    VERIFY_RESULT(all);
    QCOMPARE(all.value(), ids);
}

void CaptureFunctionsTest::findsBytesAcrossParts()
{
    const BytePattern pattern = BytePattern::parse(u"61 ?? 63 6? 65").value();
    for (qsizetype cut = 0; cut <= 9; ++cut) {
        for (qsizetype second = cut; second <= 9; ++second) {
            const QByteArray text = "xxabcdexx";
            PartedBytePattern search(pattern);
            bool isFound = search.feed(QByteArrayView(text).first(cut));
            isFound = isFound || search.feed(QByteArrayView(text).sliced(cut, second - cut));
            isFound = isFound || search.feed(QByteArrayView(text).sliced(second));
            QVERIFY(isFound);
        }
    }
}

void CaptureFunctionsTest::agreesWithLookingEverywhere()
{
    QRandomGenerator random(3);
    int count = 0;
    for (int round = 0; round < 3000; ++round) {
        QByteArray text(random.bounded(40), '\0');
        for (char &c : text)
            c = char(random.bounded(3));
        QString pattern;
        for (int i = 1 + random.bounded(5); i > 0; --i) {
            pattern += random.bounded(3) == 0 ? u'?' : u'0';
            pattern += random.bounded(4) == 0 ? QChar(u'?') : QChar(u'0' + random.bounded(3));
        }
        bool expected = false;
        const QString digits = QString::fromLatin1(text.toHex());
        for (qsizetype at = 0; at + pattern.size() <= digits.size() && !expected; at += 2) {
            expected = true;
            for (qsizetype i = 0; i < pattern.size(); ++i)
                expected = expected && (pattern[i] == u'?' || pattern[i] == digits[at + i]);
        }
        QCOMPARE(BytePattern::parse(pattern)->isIn(text), expected);
        count += expected ? 1 : 0;
    }
    QVERIFY(count > 300);
}

namespace {

/// What was read, as SQL would show it.
class Read final : public JsonReader::Target
{
public:
    [[nodiscard]] QByteArray value() const { return m_value; }

    void takeNumber(QByteArrayView literal) override { m_value = "n" + literal.toByteArray(); }
    void takeBool(bool value) override { m_value = value ? "true" : "false"; }
    void takeText(QByteArrayView utf8) override { m_value = "t" + utf8.toByteArray(); }

private:
    QByteArray m_value = "none";
};

QByteArray readJson(JsonReader &reader, const QByteArray &json, const QString &path)
{
    Read read;
    reader.read(json, JsonPath::parse(path).value(), read);
    return read.value();
}

} // namespace

void CaptureFunctionsTest::readsJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("value");
    const QByteArray sample =
        R"( {"data":[{"price":12.5,"n":-3,"s":"a\u00e4\n","t":true,"f":false,"z":null}, [1,[2]]],)"
        R"("big":18446744073709551615,"huge":123456789012345678901234567890,"a b":1,"x.y":2,)"
        R"("\u0061\"":3,"twice":1,"twice":2,"o":{"k":[ 1 ]},"":4,"max":9223372036854775807})";
    const auto row = [&sample](const char *title, const char16_t *path, const char *value) {
        QTest::newRow(title) << sample << QString::fromUtf16(path) << QByteArray(value);
    };
    row("a number", u"$.data[0].price", "n12.5");
    row("an integer", u"$.data[0].n", "n-3");
    row("a text", u"$.data[0].s", "ta\xc3\xa4\n");
    row("true", u"$.data[0].t", "true");
    row("false", u"$.data[0].f", "false");
    row("null", u"$.data[0].z", "none");
    row("nested", u"$.data[1][1][0]", "n2");
    row("past the end", u"$.data[2]", "none");
    row("far past the end", u"$.data[999999999]", "none");
    row("no such member", u"$.nothing", "none");
    row("of a number", u"$.big.x", "none");
    row("an index of an object", u"$[0]", "none");
    row("a member of an array", u"$.data.price", "none");
    row("beyond 63 bits", u"$.big", "n18446744073709551615");
    row("beyond 64 bits", u"$.huge", "n123456789012345678901234567890");
    row("the largest", u"$.max", "n9223372036854775807");
    row("quoted", u"$[\"a b\"]", "n1");
    row("quoted, with a dot", u"$[\"x.y\"]", "n2");
    row("escaped", u"$[\"a\\\"\"]", "n3");
    row("a plain name with a quote", u"$.a\"", "n3");
    row("an empty name", u"$[\"\"]", "n4");
    row("the first of two", u"$.twice", "n1");
    row("an object", u"$.o", "t{\"k\":[ 1 ]}");
    row("an array", u"$.o.k", "t[ 1 ]");
    const auto whole = [](const char *title, const QByteArray &json, const char *value) {
        QTest::newRow(title) << json << u"$"_s << QByteArray(value);
    };
    whole("a whole array", "[1, 2]", "t[1, 2]");
    whole("a whole number", "17", "n17");
    whole("a whole text", "\"x\"", "tx");
    whole("a whole truth", "true", "true");
    whole("a whole null", "null", "none");
    whole("no JSON", "price", "none");
    whole("nothing", "", "none");
    whole("blank", "  ", "none");
    whole("two values", "1 2", "none");
    QTest::newRow("no UTF-8") << QByteArray("{\"a\":1,\"b\":\"\xff\"}") << u"$.a"_s << QByteArray("none");
    QTest::newRow("cut off before") << QByteArray("{\"a\":{\"b\":") << u"$.a.b"_s << QByteArray("none");
    QTest::newRow("cut off in a text") << QByteArray("{\"a\":\"xyz") << u"$.a"_s << QByteArray("none");
    QTest::newRow("a broken escape") << QByteArray("{\"a\":\"\\ud800\"}") << u"$.a"_s << QByteArray("none");
    QTest::newRow("a broken number") << QByteArray("{\"a\":1.}") << u"$.a"_s << QByteArray("none");
    QTest::newRow("a leading zero") << QByteArray("{\"a\":01}") << u"$.a"_s << QByteArray("none");
    QTest::newRow("a large exponent") << QByteArray("[-1.5E+400 ]") << u"$[0]"_s << QByteArray("n-1.5E+400");
    QTest::newRow("very deep") << QByteArray(100'000, '[') << u"$[0][0][0]"_s << QByteArray("none");
    QTest::newRow("a byte order mark") << QByteArray("\xef\xbb\xbf{\"a\":1}") << u"$.a"_s << QByteArray("none");
}

void CaptureFunctionsTest::readsJson()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, path);
    QFETCH(QByteArray, value);
    JsonReader reader;
    QCOMPARE(readJson(reader, json, path), value);
}

/// The same reader reads on after what was no JSON, and over payloads of any length in SQL.
void CaptureFunctionsTest::readsJsonAgain()
{
    JsonReader reader;
    for (int i = 0; i < 100; ++i) {
        QCOMPARE(readJson(reader, "{\"a\":" + QByteArray::number(i) + '}', u"$.a"_s), "n" + QByteArray::number(i));
        QCOMPARE(readJson(reader, QByteArray("{\"a\": {").repeated(i), u"$.b"_s), QByteArray("none"));
    }
    const auto sevens = m_capture->ids({u"json_at(id, size, head, ?) = 7"_s, {u"$.n"_s}});
    VERIFY_RESULT(sevens);
    QCOMPARE(sevens.value(), QList<qint64>({12, 13}));
    const auto texts = m_capture->ids({u"json_at(id, size, head, ?) LIKE 'xxx%'"_s, {u"$.fill"_s}});
    QCOMPARE(texts.value(), QList<qint64>({12, 13}));
    QCOMPARE(m_capture->ids({u"json_at(id, size, head, NULL) IS NULL"_s, {}})->size(), 14);
}

void CaptureFunctionsTest::survivesAnyBytes()
{
    QRandomGenerator random(11);
    const QByteArray alphabet = "{}[]:,\"\\u0123456789eE+-.truefalsn \n\xc3\xa4\xff";
    const QString paths[] = {u"$"_s, u"$.t"_s, u"$[1]"_s, u"$.t[0].u"_s, u"$[0][\"\"]"_s};
    JsonReader reader;
    for (int round = 0; round < 20'000; ++round) {
        QByteArray json(random.bounded(80), '\0');
        for (char &c : json)
            c = alphabet[random.bounded(int(alphabet.size()))];
        if (round % 2 == 0)
            json.prepend(round % 4 == 0 ? "{\"t\":" : "[");
        static_cast<void>(readJson(reader, json, paths[round % 5]));
    }
    QCOMPARE(readJson(reader, "[1]", u"$[0]"_s), QByteArray("n1"));
}

void CaptureFunctionsTest::tellsWhatMakesNoSense_data()
{
    QTest::addColumn<QuerySql>("query");
    QTest::newRow("regex") << regex(u"("_s);
    QTest::newRow("odd digits") << hex(u"abc"_s);
    QTest::newRow("no digit") << hex(u"xy"_s);
    QTest::newRow("no bytes") << hex(u"  "_s);
    for (const char16_t *path : {u"", u"data", u"$.", u"$..a", u"$[", u"$[]", u"$[-1]", u"$[1", u"$[\"a]", u"$[\"a\"",
                                 u"$x", u"$[9999999999]"}) {
        QTest::newRow(qPrintable(u"path "_s + QString::fromUtf16(path)))
            << QuerySql{u"json_at(id, size, head, ?) = 1"_s, {QString::fromUtf16(path)}};
    }
}

void CaptureFunctionsTest::tellsWhatMakesNoSense()
{
    QFETCH(QuerySql, query);
    const auto all = m_capture->ids(query);
    QVERIFY(!all);
    QVERIFY2(all.message().contains(u"cannot be searched for"_s), qPrintable(all.message()));
}

void CaptureFunctionsTest::takesPatternsOfEachRow()
{
    const auto all = m_capture->ids({u"size < 30 AND size > 0 AND contains_bytes(id, size, head, hex(head)) "
                                     "AND json_at(id, size, head, '$.k' || id) IS NULL"_s,
                                     {}});
    VERIFY_RESULT(all);
    QCOMPARE(all.value(), QList<qint64>({1, 2, 3, 4, 5, 6}));
}

SOCKEYE_TEST(CaptureFunctionsTest, QCoreApplication)
#include "tst_capture_functions.moc"
