#include "schemas/Messages.h"
#include "support/TestProgram.h"

#include <google/protobuf/descriptor.pb.h>

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QThread>

#include <atomic>
#include <memory>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace sockeye;
using namespace sockeye::schematest;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

/// A folder with files in it.
class ProtoFolder final
{
public:
    void write(const QString &name, const QByteArray &text) const
    {
        const QFileInfo info(path(name));
        QVERIFY(QDir().mkpath(info.path()));
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    [[nodiscard]] QString path(const QString &name = {}) const
    {
        return name.isEmpty() ? m_folder.path() : m_folder.filePath(name);
    }

private:
    QTemporaryDir m_folder;
};

const QByteArray Proto3 = "syntax = \"proto3\";\n";

QByteArray messageText(const char *name, const char *fields = "int32 a = 1;")
{
    return Proto3 + "message " + name + " { " + fields + " }\n";
}

/// The problems without the folder that the files are in.
QStringList problemsOf(const ProtobufSchema &schema, const QString &folder)
{
    QStringList problems;
    for (const SchemaProblem &problem : schema.problems())
        problems += problem.toString().remove(folder + u'/');
    return problems;
}

std::shared_ptr<const ProtobufSchema> loaded(const QStringList &paths)
{
    const auto schema = ProtobufSchema::load(paths);
    if (!schema)
        qWarning("%s", qPrintable(schema.message()));
    return schema ? schema.value() : nullptr;
}

NodeTree treeBy(std::shared_ptr<const ProtobufSchema> schema, const QString &type, const char *hex)
{
    const ProtobufMessageDecoder decoder(std::move(schema), type);
    return *decodeMessage({QByteArray::fromHex(hex), false, Direction::In, {}}, {}, &decoder)->tree;
}

} // namespace

class ProtobufSchemaTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFolder()
    {
        const auto schema = testSchema();
        QCOMPARE(schema->messageTypes(),
                 (QStringList{u"sockeye.test.All"_s, u"sockeye.test.Older"_s, u"sockeye.test.Older.Extra"_s,
                              u"sockeye.test.Older.Extra.Line"_s, u"sockeye.test.Point"_s}));
        QCOMPARE(schema->problems().size(), size_t(0));
        QCOMPARE(schema->fileCount(), 2);
        QVERIFY(schema->hasType(u"sockeye.test.All"_s));
        QVERIFY(schema->hasType(u"google.protobuf.Timestamp"_s));
        QVERIFY(!schema->hasType(u"sockeye.test.State"_s));
        QVERIFY(!schema->hasType(u""_s));
    }

    /// Imports count from the folder, from the other one, and from a folder between.
    void imports()
    {
        const ProtoFolder one;
        one.write(u"a/b/order.proto"_s,
                  Proto3 + "import \"a/item.proto\"; import \"shared/money.proto\"; import \"near.proto\";"
                           "message Order { Item item = 1; Money price = 2; Near near = 3; }");
        one.write(u"a/item.proto"_s, messageText("Item"));
        one.write(u"a/b/near.proto"_s, messageText("Near"));
        one.write(u"x/near.proto"_s, messageText("Far"));
        const ProtoFolder two;
        two.write(u"shared/money.proto"_s, messageText("Money"));
        const auto schema = loaded({one.path(), two.path()});
        QVERIFY(schema);
        QCOMPARE(problemsOf(*schema, one.path()), QStringList());
        QCOMPARE(schema->messageTypes(), (QStringList{u"Far"_s, u"Item"_s, u"Money"_s, u"Near"_s, u"Order"_s}));
    }

    void publicImports()
    {
        const ProtoFolder folder;
        folder.write(u"all.proto"_s, Proto3 + "import public \"one.proto\";");
        folder.write(u"one.proto"_s, messageText("One"));
        folder.write(u"use.proto"_s, Proto3 + "import \"all.proto\"; message Use { One one = 1; }");
        const auto schema = loaded({folder.path()});
        QVERIFY(schema);
        QCOMPARE(problemsOf(*schema, folder.path()), QStringList());
        QVERIFY(schema->hasType(u"Use"_s));
    }

    void oneFile()
    {
        const ProtoFolder folder;
        folder.write(u"api/v1/order.proto"_s,
                     Proto3 + "import \"api/v1/item.proto\"; message Order { Item item = 1; }");
        folder.write(u"api/v1/item.proto"_s, messageText("Item"));
        folder.write(u"api/v1/other.proto"_s, messageText("Other"));
        const auto schema = loaded({folder.path(u"api/v1/order.proto"_s)});
        QVERIFY(schema);
        QCOMPARE(problemsOf(*schema, folder.path()), QStringList());
        QCOMPARE(schema->messageTypes(), (QStringList{u"Item"_s, u"Order"_s}));
    }

    void brokenFiles()
    {
        const ProtoFolder folder;
        folder.write(u"good.proto"_s, messageText("Good"));
        folder.write(u"syntax.proto"_s, Proto3 + "message Broken {\n  int32 a = ;\n}\n");
        folder.write(u"type.proto"_s, Proto3 + "message Half {\n  int32 a = 1;\n  Nothing b = 2;\n}\n");
        folder.write(u"twice.proto"_s, Proto3 + "message Twice {\n  int32 a = 1;\n  int32 b = 1;\n}\n");
        folder.write(u"word.proto"_s, "hello world");
        folder.write(u"empty.proto"_s, "");
        folder.write(u"noise.proto"_s, QByteArray(1000, char(0xff)));
        const auto schema = loaded({folder.path()});
        QVERIFY(schema);
        // A type that is not there costs its field, not its message.
        QCOMPARE(schema->messageTypes(), (QStringList{u"Good"_s, u"Half"_s}));
        const QStringList problems = problemsOf(*schema, folder.path());
        QVERIFY(problems.contains(u"syntax.proto:3:13: Expected field number."_s));
        QVERIFY(problems.contains(u"type.proto:4:3: \"Nothing\" is not defined."_s));
        QVERIFY(problems.contains(
            u"twice.proto:4:13: Field number 1 has already been used in \"Twice\" by field \"a\"."_s));
        QVERIFY(problems.filter(u"word.proto:1:1: "_s).size() > 0);
        QVERIFY(problems.filter(u"noise.proto"_s).size() > 0);
        QCOMPARE(problems.filter(u"empty.proto"_s).size(), 0);
        const NodeTree tree = treeBy(schema, u"Half"_s, "080112020801");
        QCOMPARE(linesOf(tree), u"- (Half)\n a=1\n b (its type Nothing is not in the schema; or packed 8, 1)\n"
                                "  1=1 (sint -1, true)"_s);
    }

    void missingImports()
    {
        const ProtoFolder folder;
        folder.write(u"order.proto"_s,
                     Proto3 + "import \"gone/money.proto\";\nmessage Order { int32 id = 1; gone.Money price = 2; }");
        folder.write(u"options.proto"_s,
                     Proto3 + "import \"gogoproto/gogo.proto\";\noption (gogoproto.all) = true;\n"
                              "message Optioned { option (gogoproto.sized) = { a: 1 b { c: 'x' } };\n"
                              "  repeated int32 id = 1 [(gogoproto.nullable) = false, packed = false]; }");
        folder.write(u"uses.proto"_s, Proto3 + "import \"order.proto\"; message Uses { Order order = 1; }");
        const auto schema = loaded({folder.path()});
        QVERIFY(schema);
        // What is needed for options only is not missed.
        QCOMPARE(
            problemsOf(*schema, folder.path()),
            QStringList{u"order.proto:2:1: The import \"gone/money.proto\" is not there; fields of these types are "
                        "shown without their names: gone.Money"_s});
        QCOMPARE(schema->messageTypes(), (QStringList{u"Optioned"_s, u"Order"_s, u"Uses"_s}));
        const NodeTree tree = treeBy(schema, u"Uses"_s, "0a06080112020805");
        QCOMPARE(linesOf(tree),
                 u"- (Uses)\n order\n  id=1\n  price (its type gone.Money is not in the schema; or packed 8, "
                 "5)\n   1=5 (sint -3)"_s);
        QCOMPARE(linesOf(treeBy(schema, u"Optioned"_s, "0801")), u"- (Optioned)\n id\n  -=1"_s);
    }

    void importsOfBrokenFiles()
    {
        const ProtoFolder folder;
        folder.write(u"a.proto"_s, Proto3 + "message A {");
        folder.write(u"b.proto"_s, Proto3 + "import \"a.proto\"; message B { int32 x = 1; A a = 2; }");
        const auto schema = loaded({folder.path()});
        QVERIFY(schema);
        QCOMPARE(schema->messageTypes(), QStringList{u"B"_s});
        const QStringList problems = problemsOf(*schema, folder.path());
        QVERIFY(problems.filter(u"a.proto:"_s).size() >= 1);
        QVERIFY(
            problems.contains(u"b.proto:2:1: The import \"a.proto\" cannot be used; fields of these types are shown "
                              "without their names: A"_s));
    }

    void circles()
    {
        const ProtoFolder folder;
        folder.write(u"a.proto"_s, Proto3 + "import \"b.proto\"; message A { B b = 1; }");
        folder.write(u"b.proto"_s, Proto3 + "import \"c.proto\"; message B { C c = 1; }");
        folder.write(u"c.proto"_s, Proto3 + "import \"a.proto\"; message C { int32 x = 1; A a = 2; }");
        folder.write(u"self.proto"_s, Proto3 + "import \"self.proto\"; message Self { int32 x = 1; }");
        folder.write(u"d.proto"_s, messageText("D"));
        const auto schema = loaded({folder.path()});
        QVERIFY(schema);
        QCOMPARE(schema->messageTypes(), (QStringList{u"A"_s, u"B"_s, u"C"_s, u"D"_s, u"Self"_s}));
        const QStringList problems = problemsOf(*schema, folder.path());
        QVERIFY(problems.contains(
            u"c.proto:2:1: Files import each other in a circle: a.proto → b.proto → c.proto → a.proto"_s));
        QVERIFY(problems.contains(u"self.proto:2:1: Files import each other in a circle: self.proto → self.proto"_s));
    }

    void theSameInTwoFolders()
    {
        const ProtoFolder one;
        one.write(u"common.proto"_s, messageText("Common"));
        one.write(u"money.proto"_s, messageText("Money"));
        one.write(u"one.proto"_s, Proto3 + "import \"common.proto\"; message One { Common common = 1; }");
        const ProtoFolder two;
        // The very same; another one of the same name; the same types elsewhere.
        two.write(u"common.proto"_s, messageText("Common"));
        two.write(u"money.proto"_s, messageText("OtherMoney"));
        two.write(u"vendored/money.proto"_s, messageText("Money", "int32 a = 1; int32 b = 2;"));
        two.write(u"two.proto"_s,
                  Proto3 + "import \"common.proto\"; import \"money.proto\"; import \"vendored/money.proto\";"
                           "message Two { Common common = 1; OtherMoney money = 2; Money vendored = 3; }");
        const auto schema = loaded({one.path(), two.path()});
        QVERIFY(schema);
        QCOMPARE(schema->messageTypes(), (QStringList{u"Common"_s, u"Money"_s, u"One"_s, u"OtherMoney"_s, u"Two"_s}));
        QCOMPARE(
            problemsOf(*schema, two.path()),
            QStringList{u"vendored/money.proto: It defines what %1/money.proto does, which is used in its place."_s.arg(
                one.path())});
    }

    void vendoredWellKnownTypes()
    {
        const ProtoFolder folder;
        folder.write(u"third_party/google/protobuf/timestamp.proto"_s,
                     Proto3 + "package google.protobuf; message Timestamp { int64 seconds = 1; int32 nanos = 2; }");
        folder.write(u"a.proto"_s, Proto3 + "import \"google/protobuf/timestamp.proto\";"
                                            "message A { google.protobuf.Timestamp at = 1; }");
        folder.write(u"b.proto"_s, Proto3 + "import \"third_party/google/protobuf/timestamp.proto\";"
                                            "message B { google.protobuf.Timestamp at = 1; }");
        const auto schema = loaded({folder.path()});
        QVERIFY(schema);
        QCOMPARE(problemsOf(*schema, folder.path()), QStringList());
        QCOMPARE(schema->messageTypes(), (QStringList{u"A"_s, u"B"_s}));
        QVERIFY(treeBy(schema, u"B"_s, "0a0408011000").summary.contains(u"1970-01-01T00:00:01Z"_s));
    }

    void descriptorSets()
    {
        if (!hasProtoc())
            QSKIP("protoc is not installed");
        const QByteArray set = protoc({u"-o/dev/stdout"_s, u"--include_imports"_s, QStringLiteral("-I" SOCKEYE_PROTOS),
                                       u"all.proto"_s, u"older.proto"_s},
                                      {});
        QVERIFY(set.size() > 1000);
        const ProtoFolder folder;
        folder.write(u"set.binpb"_s, set);
        const auto schema = loaded({folder.path(u"set.binpb"_s)});
        QVERIFY(schema);
        QCOMPARE(schema->messageTypes(), testSchema()->messageTypes());
        QCOMPARE(problemsOf(*schema, folder.path()), QStringList());
        // JSON names are all written in a set: only the odd one is told.
        QCOMPARE(linesOf(treeBy(schema, u"sockeye.test.All"_s, "0801b2010178")),
                 u"- (sockeye.test.All)\n an_int32=1\n renamed=x (in JSON \"otherName\")"_s);
        // The same twice is the same.
        QCOMPARE(problemsOf(*loaded({folder.path(u"set.binpb"_s), folder.path(u"set.binpb"_s)}), folder.path()),
                 QStringList());
        // Beside the files that it was made of.
        const auto both = loaded({folder.path(u"set.binpb"_s), QStringLiteral(SOCKEYE_PROTOS)});
        QCOMPARE(both->messageTypes(), testSchema()->messageTypes());

        // Broken off: the files before stay.
        int whole = 0;
        for (qsizetype size = 0; size < set.size(); size += 7) {
            const auto cut = ProtobufSchema::ofDescriptorSet(set.first(size));
            if (cut) {
                ++whole;
                QVERIFY(cut.value()->problems().size() > 0 || cut.value()->messageTypes().size() > 0);
            } else {
                QVERIFY(!cut.message().isEmpty());
            }
        }
        QVERIFY(whole > 0);
        folder.write(u"cut.binpb"_s, set.chopped(5));
        const auto cut = loaded({folder.path(u"cut.binpb"_s)});
        QVERIFY(cut);
        QCOMPARE(cut->messageTypes(), (QStringList{u"sockeye.test.All"_s, u"sockeye.test.Point"_s}));
        QVERIFY(
            problemsOf(*cut, folder.path()).value(0).startsWith(u"cut.binpb: The descriptor set is broken at byte "_s));
    }

    void descriptorSetsWithoutTheirImports()
    {
        if (!hasProtoc())
            QSKIP("protoc is not installed");
        const ProtoFolder folder;
        folder.write(u"a.proto"_s, messageText("A"));
        folder.write(u"b.proto"_s, Proto3 + "import \"a.proto\"; message B { A a = 1; }");
        const ProtoFolder sets;
        sets.write(u"b.pb"_s, protoc({u"-o/dev/stdout"_s, u"-I"_s + folder.path(), u"b.proto"_s}, {}));
        const auto alone = loaded({sets.path(u"b.pb"_s)});
        QVERIFY(alone);
        QCOMPARE(problemsOf(*alone, {}),
                 QStringList{u"b.proto: The import \"a.proto\" is not there; fields of these types "
                             "are shown without their names: A"_s});
        const auto both = loaded({sets.path(u"b.pb"_s), folder.path(u"a.proto"_s)});
        QCOMPARE(problemsOf(*both, {}), QStringList());
        QCOMPARE(linesOf(treeBy(both, u"B"_s, "0a020801")), u"- (B)\n a\n  a=1"_s);
    }

    void whatIsNoSchema()
    {
        const ProtoFolder folder;
        folder.write(u"noise.bin"_s, QByteArray(100, char(0xff)));
        folder.write(u"text.txt"_s, "hello");
        folder.write(u"empty.bin"_s, "");
        for (const char *name : {"noise.bin", "text.txt", "empty.bin"}) {
            const auto schema = ProtobufSchema::load({folder.path(QString::fromLatin1(name))});
            QVERIFY(!schema);
            QVERIFY2(schema.message().contains(u"neither a .proto file nor a descriptor set"_s),
                     qPrintable(schema.message()));
        }
        QCOMPARE(ProtobufSchema::load({folder.path()}).message(), u"There is no message type in there."_s);
        QVERIFY(
            ProtobufSchema::load({folder.path(u"gone"_s)}).message().endsWith(u"There is no such file or folder."_s));
        QVERIFY(!ProtobufSchema::load({}));
        QVERIFY(!ProtobufSchema::ofDescriptorSet("\x0a\x03\x0a\x01"));
    }

    void cancelled()
    {
        const CancelToken token;
        token.cancel();
        QCOMPARE(ProtobufSchema::load({QStringLiteral(SOCKEYE_PROTOS)}, token).message(), u"Cancelled."_s);
    }

    void whatIsNoFile()
    {
#ifdef Q_OS_UNIX
        const ProtoFolder folder;
        folder.write(u"sub/good.proto"_s, messageText("Good"));
        QCOMPARE(::mkfifo(QFile::encodeName(folder.path(u"pipe.proto"_s)).constData(), 0600), 0);
        QVERIFY(QFile::link(u"/dev/zero"_s, folder.path(u"zero.proto"_s)));
        QVERIFY(QFile::link(folder.path(), folder.path(u"sub/loop"_s)));
        QVERIFY(QFile::link(folder.path(u"round.proto"_s), folder.path(u"round.proto"_s)));
        QVERIFY(QFile::link(folder.path(u"sub/good.proto"_s), folder.path(u"again.proto"_s)));
        QVERIFY(QDir().mkpath(folder.path(u"folder.proto"_s)));
        const auto schema = loaded({folder.path()});
        QVERIFY(schema);
        QCOMPARE(schema->messageTypes(), QStringList{u"Good"_s});
        const QStringList problems = problemsOf(*schema, folder.path());
        QVERIFY(problems.contains(u"pipe.proto: It cannot be read: it is a pipe, not a file."_s));
        QVERIFY(problems.contains(u"zero.proto: It cannot be read: it is a device, not a file."_s));
        QVERIFY(problems.filter(u"round.proto"_s).size() == 1);
        QCOMPARE(problems.size(), 3);
        for (const char *name : {"/dev/zero", "/dev/null"})
            QVERIFY(ProtobufSchema::load({QString::fromLatin1(name)}).message().contains(u"it is a device"_s));
#endif
    }

    void deepBrackets()
    {
        const ProtoFolder folder;
        folder.write(u"good.proto"_s,
                     messageText("Good", "string a = 1; // {{{{\n /* {{ */ string b = 2 [default = '{{'];"));
        for (const char *open :
             {"message A{", "option (a) = {", "option (a) = { a <", "message A { oneof a { group B = 1 {"})
            folder.write(QString::number(qHash(QByteArray(open))) + u".proto"_s,
                         Proto3 + QByteArray(open).repeated(100'000));
        folder.write(u"fine.proto"_s, Proto3 + QByteArray("message A{").repeated(30) + QByteArray("}").repeated(30));
        const auto schema = loaded({folder.path()});
        QVERIFY(schema);
        QVERIFY(schema->hasType(u"A.A.A.A.A"_s));
        const QStringList problems = problemsOf(*schema, folder.path());
        QCOMPARE(problems.filter(u"Brackets are nested deeper than 64 levels."_s).size(), 4);
    }

    void editions()
    {
        const ProtoFolder folder;
        folder.write(u"plain.proto"_s, "// New.\nedition = \"2023\";\npackage e;\n"
                                       "option features.repeated_field_encoding = EXPANDED;\n"
                                       "message Plain {\n  reserved a, b;\n  reserved 9;\n"
                                       "  int32 id = 1 [features.field_presence = IMPLICIT];\n"
                                       "  repeated int32 list = 2;\n"
                                       "  Plain inner = 3 [features.message_encoding = DELIMITED];\n}\n");
        folder.write(u"more.proto"_s, "/* New. */ edition = \"2024\";\nimport \"plain.proto\";\n"
                                      "import option \"gone.proto\";\npackage e;\n"
                                      "local enum Closed { option features.enum_type = CLOSED; ONE = 1; }\n"
                                      "export message More { Plain plain = 1; Closed closed = 2 [default = ONE];\n"
                                      "  extensions 100 to max; }\nextend More { string word = 100; }\n");
        folder.write(u"broken.proto"_s, "edition = \"2023\";\nmessage Broken {\n  int32 a = ;\n}\n");
        const auto schema = loaded({folder.path()});
        QVERIFY(schema);
        QCOMPARE(problemsOf(*schema, folder.path()), QStringList{u"broken.proto:3:13: Expected field number."_s});
        QCOMPARE(schema->messageTypes(), (QStringList{u"e.More"_s, u"e.Plain"_s}));
        QCOMPARE(linesOf(treeBy(schema, u"e.More"_s, "0a09 0801 120102 1b 0805 1c 1001 a20601 78")),
                 u"- (e.More)\n plain\n  id=1\n  list\n   -=2\n  inner (written as a group)\n   id=5\n closed=ONE (1)\n"
                 " [e.word]=x"_s);
        google::protobuf::FileDescriptorSet set;
        auto *file = set.add_file();
        file->set_name("e.proto");
        file->set_syntax("editions");
        auto *field = file->add_message_type()->add_field();
        file->mutable_message_type(0)->set_name("E");
        field->set_name("id");
        field->set_number(1);
        field->set_type(google::protobuf::FieldDescriptorProto::TYPE_INT32);
        field->set_label(google::protobuf::FieldDescriptorProto::LABEL_OPTIONAL);
        const auto fromSet = ProtobufSchema::ofDescriptorSet(QByteArray::fromStdString(set.SerializeAsString()));
        QVERIFY(fromSet);
        QCOMPARE(linesOf(treeBy(fromSet.value(), u"E"_s, "0801")), u"- (E)\n id=1"_s);
    }

    void byteOrderMark()
    {
        const ProtoFolder folder;
        folder.write(u"a.proto"_s, "\xef\xbb\xbf" + messageText("A"));
        const auto schema = loaded({folder.path()});
        QVERIFY(schema);
        QCOMPARE(problemsOf(*schema, folder.path()), QStringList());
    }

    void manyFiles()
    {
        const ProtoFolder folder;
        constexpr int Files = 3'000;
        for (int i = 0; i < Files; ++i) {
            const QByteArray number = QByteArray::number(i);
            QByteArray text = Proto3 + "package p" + number + ";\n";
            if (i > 0)
                text += "import \"f" + QByteArray::number(i - 1) + ".proto\";\n";
            text += "message M { int32 a = 1; " +
                    (i > 0 ? "p" + QByteArray::number(i - 1) + ".M m = 2; " : QByteArray()) + "}";
            folder.write(u"f%1.proto"_s.arg(i), text);
        }
        QElapsedTimer timer;
        timer.start();
        const auto schema = loaded({folder.path()});
        QVERIFY(schema);
        QCOMPARE(schema->messageTypes().size(), Files);
        QCOMPARE(problemsOf(*schema, folder.path()), QStringList());
        qInfo("%d files: %lld ms", Files, timer.restart());
        QCOMPARE(schema->typesThatFit(QByteArray::fromHex("080112020801")).size(), 20);
        qInfo("types that fit: %lld ms", timer.elapsed());
    }

    void tooManyFiles()
    {
        const ProtoFolder folder;
        for (int i = 0; i < ProtobufSchema::MaxFiles + 5; ++i) {
            QFile file(folder.path(u"f%1.proto"_s.arg(i, 5, 10, QChar(u'0'))));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(messageText(QByteArray("M" + QByteArray::number(i)).constData()));
        }
        const auto schema = loaded({folder.path()});
        QVERIFY(schema);
        QCOMPARE(schema->fileCount(), ProtobufSchema::MaxFiles);
        QCOMPARE(schema->problems().size(), size_t(1));
        QVERIFY(schema->problems().front().toString().contains(u"f10000.proto: The schema has more than"_s));
    }

    void tooLarge()
    {
        const ProtoFolder folder;
        folder.write(u"a.proto"_s, messageText("A"));
        folder.write(u"b.proto"_s, messageText("B") + QByteArray(ProtobufSchema::MaxBytes, ' '));
        folder.write(u"c.proto"_s, messageText("C"));
        const auto schema = loaded({folder.path()});
        QVERIFY(schema);
        QCOMPARE(schema->messageTypes(), QStringList{u"A"_s});
        QCOMPARE(schema->problems().size(), size_t(1));
        QVERIFY(schema->problems().front().message.contains(u"larger than"_s));
    }

    /// Decoders share a schema, whatever thread they are in.
    void manyThreads()
    {
        std::vector<std::unique_ptr<QThread>> threads;
        std::atomic_int faults = 0;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back(QThread::create([&faults, schema = testSchema()] {
                for (int n = 0; n < 200; ++n) {
                    const NodeTree tree = treeBy(schema, u"sockeye.test.Older"_s, "08011201611801a206026869");
                    if (tree.summary != u"Older {id=1 name=\"a\" level=LOW [sockeye.test.comment]=\"hi\"}")
                        ++faults;
                    if (schema->typesThatFit(QByteArray::fromHex("08011201611801")).isEmpty())
                        ++faults;
                }
            }));
            threads.back()->start();
        }
        for (const auto &thread : threads)
            thread->wait();
        QCOMPARE(faults.load(), 0);
    }

    /// What a person types into a path is no way out of the folder.
    void importsStayWithin()
    {
        const ProtoFolder folder;
        folder.write(u"secret.proto"_s, messageText("Secret"));
        folder.write(u"in/a.proto"_s, Proto3 + "import \"../secret.proto\"; message A { Secret s = 1; }");
        const auto schema = loaded({folder.path(u"in"_s)});
        QVERIFY(schema);
        QCOMPARE(schema->messageTypes(), QStringList{u"A"_s});
        QCOMPARE(schema->problems().size(), size_t(1));
    }

    void problemsAsText()
    {
        QCOMPARE((SchemaProblem{u"a.proto"_s, 3, 5, u"Wrong."_s}.toString()), u"a.proto:3:5: Wrong."_s);
        QCOMPARE((SchemaProblem{u"a.proto"_s, 0, 0, u"Wrong."_s}.toString()), u"a.proto: Wrong."_s);
        QCOMPARE((SchemaProblem{QString(), 0, 0, u"Wrong."_s}.toString()), u"Wrong."_s);
    }
};

SOCKEYE_TEST(ProtobufSchemaTest, QCoreApplication)
#include "tst_protobufschema.moc"
