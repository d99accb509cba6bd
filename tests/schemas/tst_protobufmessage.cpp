#include "schemas/Messages.h"
#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

#include <google/protobuf/text_format.h>

using namespace sockeye;
using namespace sockeye::schematest;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

constexpr auto Delimited = ProtobufMessageDecoder::Framing::Delimited;

QByteArray fromHex(const char *hex)
{
    return QByteArray::fromHex(hex);
}

/// What stands below the root.
QString fieldsOf(const NodeTree &tree)
{
    return linesOf(tree).section(u'\n', 1);
}

NodeTree allTree(const char *hex)
{
    return messageTree(u"sockeye.test.All"_s, fromHex(hex));
}

NodeTree olderTree(const char *hex)
{
    return messageTree(u"sockeye.test.Older"_s, fromHex(hex));
}

} // namespace

class ProtobufMessageTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Made by protoc, and read by it, too.
    void protocSaysTheSame_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("text");
        const auto all = [](const char *name, const char *text) {
            QTest::newRow(name) << u"sockeye.test.All"_s << QByteArray(text);
        };
        const auto older = [](const char *name, const char *text) {
            QTest::newRow(name) << u"sockeye.test.Older"_s << QByteArray(text);
        };
        all("empty", "");
        all("int32", "an_int32: 2147483647");
        all("int32, negative", "an_int32: -2147483648");
        all("int64", "an_int64: 9223372036854775807");
        all("int64, negative", "an_int64: -9223372036854775808");
        all("uint32", "a_uint32: 4294967295");
        all("uint64", "a_uint64: 18446744073709551615");
        all("sint32", "a_sint32: -2147483648");
        all("sint64", "a_sint64: -9223372036854775808");
        all("fixed32", "a_fixed32: 4294967295");
        all("fixed64", "a_fixed64: 18446744073709551615");
        all("sfixed32", "a_sfixed32: -1");
        all("sfixed64", "a_sfixed64: -9223372036854775808");
        all("float", "a_float: 0.1");
        all("float, infinite", "a_float: -inf");
        all("double", "a_double: 0.1");
        all("double, -0", "a_double: -0.0");
        all("double, smallest", "a_double: 5e-324");
        all("double, largest", "a_double: 1.7976931348623157e308");
        all("double, no number", "a_double: nan");
        all("bool", "a_bool: true");
        all("string", "a_string: 'caf\\303\\251 \\342\\202\\254 \\n'");
        all("string of JSON", "a_string: '{\"a\":[1,2]}'");
        all("bytes", "some_bytes: '\\000\\001\\377'");
        all("bytes of JSON", "some_bytes: '{\"a\":[1,2]}'");
        all("enum", "state: ACTIVE");
        all("enum, negative", "state: GONE");
        all("enum, unknown", "state: 77");
        all("message", "point { x: 1 y: -2.5 }");
        all("message, empty", "point {}");
        all("optional, zero", "perhaps: 0");
        all("oneof number", "number: 0");
        all("oneof word", "word: ''");
        all("oneof message", "place { y: 1 }");
        all("JSON name", "renamed: 'x'");
        all("packed", "packed: [0, -1, 2147483647]");
        all("unpacked", "unpacked: [0, -1, 2147483647]");
        all("doubles", "doubles: [0, 0.1, inf]");
        all("strings", "words: ['', 'a', 'a']");
        all("messages", "points [{ x: 1 }, {}, { y: 2 }]");
        all("enums", "states: [ACTIVE, GONE, 5, STATE_UNKNOWN]");
        all("bools", "flags: [true, false, true]");
        all("zigzag", "zigzags: [-1, 1, -9223372036854775808]");
        all("fixed", "fixed: [1, 4294967295]");
        all("blobs", "blobs: ['\\000', '', 'abc']");
        all("map", "counts { key: 'a' value: 1 } counts { key: '' value: 0 }");
        all("map of messages", "places { key: -1 value { x: 1 } } places { key: 0 }");
        all("map by bool", "named { key: true value: 'yes' } named { key: false }");
        all("map of enums", "state_by_name { key: 'a' value: GONE } state_by_name { key: 'b' value: 9 }");
        all("map of bytes", "blob_by_number { key: -5 value: '\\001' }");
        all("recursive", "inner { inner { inner { an_int32: 1 } } more { word: 'a' } more { } }");
        all("Any", "any { [type.googleapis.com/sockeye.test.Point] { x: 1 } }");
        all("Any, unknown", "any { type_url: 'type.googleapis.com/no.Such' value: '\\010\\001' }");
        all("Timestamp", "when { seconds: 1700000000 nanos: 5 }");
        all("Duration", "how_long { seconds: -3 nanos: -500000000 }");
        all("FieldMask", "mask { paths: 'a.b' paths: 'c' }");
        all("Struct",
            "structure { fields { key: 'a' value { list_value { values { number_value: 1 } values { null_value: "
            "NULL_VALUE } values { struct_value {} } } } } fields { key: 'b' value { bool_value: true } } }");
        all("wrappers", "wrapped_number { value: -1 } wrapped_text { value: 'x' } wrapped_flag {}");
        all("Value", "value { string_value: 'x' }");
        all("largest number", "far: -1");
        older("required", "id: 1 name: 'a'");
        older("enum of proto2", "id: 1 name: 'a' level: LOW");
        older("group", "id: 1 name: 'a' Extra { note: 'x' Line { number: 1 } Line { number: 2 } Line {} }");
        older("group, empty", "id: 1 name: 'a' Extra {}");
        older("lists of proto2", "id: 1 name: 'a' numbers: [1, 2] packed: [3, 4]");
        older("nested", "id: 1 name: 'a' child { id: 2 name: 'b' child { id: 3 name: 'c' } }");
        older("extensions", "id: 1 name: 'a' [sockeye.test.comment]: 'c' [sockeye.test.marks]: [1, 2]");
    }
    void protocSaysTheSame()
    {
        if (!hasProtoc())
            QSKIP("protoc is not installed");
        QFETCH(QString, type);
        QFETCH(QByteArray, text);
        const auto run = [&](const QString &what, const QByteArray &in) {
            return protoc({what + type, QStringLiteral("-I" SOCKEYE_PROTOS), u"all.proto"_s, u"older.proto"_s}, in);
        };
        const QByteArray bytes = run(u"--encode="_s, text);
        const QByteArray said = run(u"--decode="_s, bytes);
        QCOMPARE(bytes.isEmpty(), text.isEmpty());
        google::protobuf::DynamicMessageFactory factory(&testSchema()->pool());
        const std::unique_ptr<Message> message(factory.GetPrototype(testSchema()->find(type))->New());
        QVERIFY(google::protobuf::TextFormat::ParseFromString(said.toStdString(), message.get()));
        const NodeTree tree = messageTree(type, bytes);
        QVERIFY(!tree.error);
        QCOMPARE(difference(linesOfTree(tree, type), linesOfMessage(*message)), QString());
        QCOMPARE(fault(tree), QString());
        QVERIFY(testSchema()->typesThatFit(bytes).contains(type) || bytes.isEmpty());
    }

    void everythingOfProto3()
    {
        const NodeTree tree =
            allTree("08fbffffffffffffffff01680172077b226b223a317d7a036162638001f9ffffffffffffffff018a010909000000000000"
                    "f83f900100aa0109090000000000000840b2010178f201040102ac02f80107f801088a02016192020909000000000000f0"
                    "3f920209110000000000000040c202050a01611003c202050a01621000ca021608ffffffffffffffffff01120911000000"
                    "0000001040");
        QCOMPARE(linesOf(tree), u"- (sockeye.test.All)\n an_int32=-5\n a_bool=true\n a_string={\"k\":1}\n  -\n   k=1\n"
                                " some_bytes=61 62 63 (\"abc\")\n state=GONE (-7)\n point\n  x=1.5\n perhaps=0\n"
                                " place (oneof choice)\n  x=3\n renamed=x (in JSON \"otherName\")\n packed\n  -=1\n"
                                "  -=2\n  -=300\n unpacked\n  -=7\n  -=8\n words\n  -=a\n points\n  -\n   x=1\n  -\n"
                                "   y=2\n counts\n  a=3\n  b=0\n places\n  -1\n   y=4"_s);
        QCOMPARE(tree.summary, u"All {an_int32=-5 a_bool=true a_string=\"{\"k\":1}\" some_bytes=h'616263' state=GONE "
                               "point={x=1.5} perhaps=0 place={x=3} renamed=…"_s);
        QCOMPARE(rangesOf(tree),
                 (QStringList{
                     u"- 0 152"_s,      u"an_int32 0 11"_s,   u"a_bool 11 2"_s, u"a_string 13 9"_s, u"- 15 7"_s,
                     u"k 20 1"_s,       u"some_bytes 22 5"_s, u"state 27 12"_s, u"point 39 12"_s,   u"x 42 9"_s,
                     u"perhaps 51 3"_s, u"place 54 12"_s,     u"x 57 9"_s,      u"renamed 66 4"_s,  u"packed 70 7"_s,
                     u"- 73 1"_s,       u"- 74 1"_s,          u"- 75 2"_s,      u"unpacked 77 6"_s, u"- 77 3"_s,
                     u"- 80 3"_s,       u"words 83 4"_s,      u"- 83 4"_s,      u"points 87 24"_s,  u"- 87 12"_s,
                     u"x 90 9"_s,       u"- 99 12"_s,         u"y 102 9"_s,     u"counts 111 16"_s, u"a 117 2"_s,
                     u"b 125 2"_s,      u"places 127 25"_s,   u"-1 141 11"_s,   u"y 143 9"_s}));
        // The tag is the name; of an entry its key.
        QCOMPARE(tree.nameBytes(tree.at(1)), fromHex("08"));
        const qint32 entry = tree.nodeAt(0, 118);
        QCOMPARE(tree.name(entry), u"a"_s);
        QCOMPARE(tree.nameBytes(tree.at(entry)), fromHex("0a0161"));
    }

    void wellKnownTypesSayWhatTheyMean()
    {
        const NodeTree tree =
            allTree("e203330a26747970652e676f6f676c65617069732e636f6d2f736f636b6579652e746573742e506f696e74120909000000"
                    "000000f03fea030c0880e2cfaa061080cab5ee01f2031608ffffffffffffffffff011080b6ca91feffffffff01fa03080a"
                    "03612e620a01638204220a0e0a0161120911000000000000f03f0a100a0162120b32090a031a01780a0208008a04020805"
                    "9204009a04020801a204022000f8ffffff0f01");
        QString lines = fieldsOf(tree);
        const QString when = u"2023-11-14T22:13:20.500Z"_s;
        lines.replace(localText(1'700'000'000, 500'000'000), u"LOCAL"_s);
        QCOMPARE(lines,
                 u" any\n  type_url=type.googleapis.com/sockeye.test.Point\n  value (sockeye.test.Point)\n   x=1\n"
                 " when (%1, local LOCAL)\n  seconds=1700000000\n  nanos=500000000\n how_long (-1.500s)\n"
                 "  seconds=-1\n  nanos=-500000000\n mask (a.b,c)\n  paths\n   -=a.b\n   -=c\n"
                 " structure ({a=1 b=[\"x\" null]})\n  fields\n   a\n    number_value=1\n   b\n    list_value "
                 "([\"x\" null])\n     values\n      -\n       string_value=x\n      -\n       "
                 "null_value=NULL_VALUE (0)\n wrapped_number (5)\n  value=5\n wrapped_text (\"\")\n"
                 " wrapped_flag (true)\n  value=true\n value\n  bool_value=false\n far=1"_s.arg(when));
        QCOMPARE(tree.summary,
                 u"All {any=Point {x=1} when=%1 how_long=-1.500s mask=a.b,c structure={a=1 b=[\"x\" null]} "
                 "wrapped_number=5…"_s.arg(when));
    }

    void everythingOfProto2()
    {
        const NodeTree tree =
            olderTree("080112016e1801230a017813080114130802142428012802320203043a050802120163a20602686"
                      "9a80605");
        QCOMPARE(fieldsOf(tree),
                 u" id=1\n name=n\n level=LOW (1)\n extra\n  note=x\n  line\n   -\n    number=1\n   -\n"
                 "    number=2\n numbers\n  -=1\n  -=2\n packed\n  -=3\n  -=4\n child\n  id=2\n  name=c\n"
                 " [sockeye.test.comment]=hi\n [sockeye.test.marks]\n  -=5"_s);
        QCOMPARE(rangesOf(tree).mid(4, 7), (QStringList{u"extra 7 13"_s, u"note 8 3"_s, u"line 11 8"_s, u"- 11 4"_s,
                                                        u"number 12 2"_s, u"- 15 4"_s, u"number 16 2"_s}));
    }

    void oddMessages_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("fields");
        const auto all = [](const char *name, const char *hex, const QString &fields) {
            QTest::newRow(name) << u"sockeye.test.All"_s << QByteArray(hex) << fields;
        };
        const auto older = [](const char *name, const char *hex, const QString &fields) {
            QTest::newRow(name) << u"sockeye.test.Older"_s << QByteArray(hex) << fields;
        };
        all("packed, but not written so", "f00101 f00102", u" packed\n  -=1\n  -=2"_s);
        all("packed, partly", "f2010101 f00102 f201020304", u" packed\n  -=1\n  -=2\n  -=3\n  -=4"_s);
        all("not packed, but written so", "fa01020708", u" unpacked\n  -=7\n  -=8"_s);
        all("packed, empty", "f20100", u" packed"_s);
        all("message as group", "8b01 090000000000000840 8c01", u" point (written as a group)\n  x=3"_s);
        all("list in parts", "f00101 0805 f00102",
            u" packed\n  -=1\n an_int32=5\n packed (goes on from above)\n  -=2"_s);
        all("unknown", "a0060a", u" 100=10 (not in the schema; sint 5)"_s);
        all("unknown message", "a206050801120178",
            u" 100 (not in the schema; or packed 8, 1, 18, 1, 120)\n  1=1 (sint -1, true)\n  2=x"_s);
        all("unknown group", "a3060801a406 0801",
            u" 100 (not in the schema; group)\n  1=1 (sint -1, true)\n an_int32=1"_s);
        all("wrong wire type", "0d01000000",
            u" 1=1 (an_int32 is of type int32 (varint), but this is written as 32 bits; float 1e-45)"_s);
        all("number as text", "7005",
            u" 14=5 (a_string is of type string (length-delimited), but this is written as varint; sint -3)"_s);
        all("message as number", "880105",
            u" 17=5 (point is of type sockeye.test.Point (length-delimited), but this is written as varint; sint -3)"_s);
        all("list as text", "88020a",
            u" 33=10 (words is of type string (length-delimited), but this is written as varint; "
            "sint 5)"_s);
        all("twice", "0801 0802", u" an_int32=1 (does not count: the last one of this name does)\n an_int32=2"_s);
        all("message twice", "8a010909000000000000f03f 8a010911000000000000f03f",
            u" point (goes on in the next one of this name)\n  x=1\n point\n  y=1"_s);
        all("oneof twice", "980101 a2010178",
            u" number=1 (oneof choice, does not count: word comes later)\n word=x (oneof choice)"_s);
        all("oneof three times", "980101 a2010178 980102",
            u" number=1 (oneof choice, does not count: word comes later, does not count: the last one of this name "
            u"does)\n"
            " word=x (oneof choice, does not count: number comes later)\n number=2 (oneof choice)"_s);
        all("enum, unknown", "80012a", u" state=42 (no value of sockeye.test.State)"_s);
        all("int32 of 33 bits", "088580808010",
            u" an_int32=5 (4294967301 is written, of which the lower 32 bits count)"_s);
        all("int32, negative in 32 bits", "08fbffffff0f", u" an_int32=-5"_s);
        all("bool of 5", "6805", u" a_bool=true (written as 5)"_s);
        all("no UTF-8", "7202ff61", u" a_string=ff 61 (a string that is no UTF-8: \"\ufffda\")"_s);
        all("entry: value first", "c202 05 1003 0a0161", u" counts\n  a=3"_s);
        all("entry: no key", "c202 02 1003", u" counts\n  =3"_s);
        all("entry: no value", "c202 03 0a0161", u" counts\n  a=0 (not written: as by default)"_s);
        all("entry: no message", "ca02 02 0805", u" places\n  5 (not written: as by default)"_s);
        all("entry: empty", "c202 00", u" counts\n  =0 (not written: as by default)"_s);
        all("entry: more in it", "c202 07 0a0161 1003 1801",
            u" counts\n  entry\n   key=a\n   value=3\n   3=1 (not in the schema; sint -1, true)"_s);
        all("entry: key twice", "c202 08 0a0161 0a0162 1003",
            u" counts\n  entry\n   key=a (does not count: the last one of this name does)\n   key=b\n   value=3"_s);
        all("Any: value first", "e203 15 1202 0801 0a0f 782f736f636b6579652e4f74686572",
            u" any\n  value=08 01 (sockeye.Other is not in the schema)\n  type_url=x/sockeye.Other"_s);
        all("Any: no type", "e203 04 1202 0801", u" any\n  value=08 01"_s);
        all("Struct, null", "a20400", u" value"_s);
        older("nothing", "", QString());
        older("group as message", "2200",
              u" 4= (extra is of type sockeye.test.Older.Extra (group), but this is written as length-delimited; "
              u"nothing: an "
              "empty text, message or list)"_s);
        older("enum of proto2, unknown", "0801 120161 1805",
              u" id=1\n name=a\n level=5 (no value of sockeye.test.Older.Level)"_s);
        older("number in an extension range", "c00601", u" 104=1 (not in the schema; sint -1, true)"_s);
    }
    void oddMessages()
    {
        QFETCH(QString, type);
        QFETCH(QByteArray, hex);
        QFETCH(QString, fields);
        const NodeTree tree = messageTree(type, QByteArray::fromHex(hex));
        QCOMPARE(fault(tree), QString());
        if (!fields.isEmpty()) {
            QVERIFY(!tree.error);
            QCOMPARE(fieldsOf(tree), fields);
        }
    }

    void whatIsRequiredIsMissed()
    {
        QCOMPARE(linesOf(olderTree("")), u"- (sockeye.test.Older, required, but not there: id, name)"_s);
        QCOMPARE(linesOf(olderTree("08011201613a020802")),
                 u"- (sockeye.test.Older)\n id=1\n name=a\n child (required, but not there: name)\n  id=2"_s);
        QCOMPARE(olderTree("0801").summary, u"Older {id=1}"_s);
    }

    void momentsOutOfBounds()
    {
        const QString nanos = u" when (no moment: beyond the years 1 to 9999, or nanos beyond a second)\n"_s;
        QVERIFY(fieldsOf(allTree("ea030808011080a8d6b907")).startsWith(nanos));
        QVERIFY(fieldsOf(allTree("ea030a08ffffffffffffffff7f")).startsWith(nanos));
        QVERIFY(fieldsOf(allTree("f2030d080110ffffffffffffffffff01")).startsWith(u" how_long (no duration"_s));
    }

    void errors_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<qsizetype>("offset");
        QTest::addColumn<QString>("rule");
        const auto row = [](const char *name, const QString &type, const char *hex, qsizetype offset,
                            const QString &rule) { QTest::newRow(name) << type << QByteArray(hex) << offset << rule; };
        const QString all = u"sockeye.test.All"_s;
        const QString older = u"sockeye.test.Older"_s;
        row("ends in a number", all, "0801 0880", 2, u"The message ends inside of a field."_s);
        row("ends in a text", all, "0801 720561", 2, u"Field 14 (a_string) is longer than what holds it."_s);
        row("ends in a message", all, "8a010909", 0, u"Field 17 (point) is longer than what holds it."_s);
        row("longer than its message", all, "8a0103 090000", 3, u"The message ends inside of a field."_s);
        row("inner text too long", all, "920303 7205 61", 3, u"Field 14 (a_string) is longer than what holds it."_s);
        row("number 0", all, "0001", 0, u"No field: its number is 0."_s);
        row("wire type 7", all, "0801 0f", 2, u"No field: there are no wire types 6 and 7."_s);
        row("varint of 65 bits", all, "08ffffffffffffffffff02", 0,
            u"The number in field 1 (an_int32) is larger than 64 bits."_s);
        row("packed ends in a number", all, "f201020180", 4,
            u"The packed numbers of field 30 (packed) end inside of one."_s);
        row("packed doubles", all, "8202 09 0000000000000000 01", 11,
            u"The packed numbers of field 32 (doubles) end inside of one."_s);
        row("packed varint of 65 bits", all, "f2010affffffffffffffffff02", 3,
            u"The number in field 30 (packed) is larger than 64 bits."_s);
        row("group without an end", older, "23 0a0178", 4, u"The group 4 has no end."_s);
        row("group without a beginning", older, "0801 24", 2, u"The end of the group 4, which has not begun."_s);
        row("message as group, no end", all, "8b01", 2, u"The group 17 has no end."_s);
        row("other end", older, "23 2c", 1, u"The end of the group 5, which has not begun."_s);
        row("unknown group without an end", all, "a306 0801", 4, u"The group 100 has no end."_s);
        row("entry is broken", all, "c202 03 0a0561", 3, u"Field 1 (key) is longer than what holds it."_s);
        row("type is not there", u"no.Such"_s, "0801", 0, u"The schema has no message type no.Such."_s);
    }
    void errors()
    {
        QFETCH(QString, type);
        QFETCH(QByteArray, hex);
        QFETCH(qsizetype, offset);
        QFETCH(QString, rule);
        const QByteArray bytes = QByteArray::fromHex(hex);
        const NodeTree tree = messageTree(type, bytes);
        QVERIFY(tree.error);
        QCOMPARE(tree.error->rule, rule);
        QCOMPARE(tree.error->offset, offset);
        QCOMPARE(fault(tree), QString());
        // The rest is bytes.
        if (offset < bytes.size()) {
            QCOMPARE(tree.name(tree.size() - 1), u"not decoded"_s);
            QCOMPARE(tree.at(tree.size() - 1).value.end(), quint32(bytes.size()));
        }
    }

    void delimited()
    {
        const NodeTree tree = messageTree(u"sockeye.test.Point"_s,
                                          fromHex("0909000000000000f03f00"
                                                  "0911000000000000f03f"),
                                          Delimited);
        QCOMPARE(linesOf(tree), u"-\n -\n  x=1\n -\n -\n  y=1"_s);
        QCOMPARE(rangesOf(tree),
                 (QStringList{u"- 0 21"_s, u"- 0 10"_s, u"x 1 9"_s, u"- 10 1"_s, u"- 11 10"_s, u"y 12 9"_s}));
        QCOMPARE(tree.summary, u"Point {x=1} and 2 more"_s);
        QVERIFY(!tree.error);
        const NodeTree none = messageTree(u"sockeye.test.Point"_s, {}, Delimited);
        QCOMPARE(linesOf(none), u"-"_s);
        QVERIFY(!none.error);
        const NodeTree cut = messageTree(u"sockeye.test.Point"_s, fromHex("00 0909"), Delimited);
        QCOMPARE(cut.error->rule, u"A message of 9 bytes begins here, of which 1 are there."_s);
        QCOMPARE(cut.error->offset, 1);
        const NodeTree length = messageTree(u"sockeye.test.Point"_s, fromHex("0080"), Delimited);
        QCOMPARE(length.error->rule, u"The payload ends inside of a message's length."_s);
        const NodeTree broken = messageTree(u"sockeye.test.Point"_s, fromHex("0209000000"), Delimited);
        QCOMPARE(broken.error->rule, u"The message ends inside of a field."_s);
        QCOMPARE(broken.error->offset, 1);
    }

    void ids()
    {
        const ProtobufMessageDecoder single(testSchema(), u"sockeye.test.Point"_s);
        QCOMPARE(single.id(), u"protobuf:sockeye.test.Point"_s);
        QCOMPARE(single.name(), u"sockeye.test.Point (Protobuf)"_s);
        QCOMPARE(int(single.probe({fromHex("0801"), false, Direction::In, {}})), int(Certainty::None));
        const ProtobufMessageDecoder stream(testSchema(), u"sockeye.test.Point"_s, Delimited);
        QCOMPARE(stream.id(), u"protobuf-delimited:sockeye.test.Point"_s);
        QCOMPARE(stream.name(), u"sockeye.test.Point (Protobuf, delimited)"_s);
        for (const Decoder *one : {static_cast<const Decoder *>(&single), static_cast<const Decoder *>(&stream)})
            QCOMPARE(ProtobufMessageDecoder::ofId(one->id(), testSchema())->id(), one->id());
        for (const QStringView other : {u"protobuf", u"protobuf:", u"json", u""})
            QVERIFY(!ProtobufMessageDecoder::ofId(other, testSchema()));
    }

    void withoutASchemaItSaysSo()
    {
        const ProtobufMessageDecoder decoder(nullptr, u"a.B"_s);
        const auto decoded = decodeMessage({fromHex("0801"), false, Direction::In, {}}, {}, &decoder);
        QCOMPARE(decoded->tree->error->rule, u"The schema has no message type a.B."_s);
    }

    void typesThatFit()
    {
        const auto fit = [](const char *hex) { return testSchema()->typesThatFit(fromHex(hex)); };
        QCOMPARE(fit("09000000000000f03f"), QStringList{u"sockeye.test.Point"_s});
        QCOMPARE(fit("08011201611801").value(0), u"sockeye.test.Older"_s);
        // Its required fields are not there.
        QVERIFY(!fit("0801").contains(u"sockeye.test.Older"_s));
        QVERIFY(fit("0801").contains(u"sockeye.test.All"_s));
        QCOMPARE(fit(""), QStringList());
        QCOMPARE(fit("a0060a"), QStringList());
        QCOMPARE(fit("7201ff"), QStringList());
        QCOMPARE(testSchema()->typesThatFit(fromHex("0801"), 1).size(), 1);
    }
};

SOCKEYE_TEST(ProtobufMessageTest, QCoreApplication)
#include "tst_protobufmessage.moc"
