#include "schemas/Messages.h"
#include "support/TestProgram.h"

#include <QRandomGenerator>

#include <cmath>
#include <limits>

using namespace sockeye;
using namespace sockeye::schematest;
using namespace Qt::StringLiterals;

namespace {

constexpr int RandomMessages = 600;
constexpr int NoisePayloads = 10'000;

/// Sets fields of messages at random, by reflection.
class RandomFiller final
{
public:
    explicit RandomFiller(quint32 seed)
        : m_random(seed)
    {
    }

    void fill(Message &message, int depth)
    {
        const Descriptor *type = message.GetDescriptor();
        std::vector<const FieldDescriptor *> fields;
        for (int i = 0; i < type->field_count(); ++i)
            fields.push_back(type->field(i));
        type->file()->pool()->FindAllExtensions(type, &fields);
        for (const FieldDescriptor *field : fields) {
            if (!field->is_required() && m_random.bounded(4) != 0)
                continue;
            if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && depth >= 4)
                continue;
            const int count = field->is_repeated() ? m_random.bounded(1, 5) : 1;
            for (int i = 0; i < count; ++i)
                set(message, field, depth);
        }
    }

private:
    quint64 bits()
    {
        // Small ones, large ones, and the ends of their ranges.
        switch (m_random.bounded(5)) {
        case 0:
            return quint64(m_random.bounded(300));
        case 1:
            return static_cast<quint64>(-qint64(m_random.bounded(300)));
        case 2:
            return quint64(1) << m_random.bounded(64);
        case 3:
            return (quint64(1) << m_random.bounded(64)) - 1;
        default:
            return m_random.generate64();
        }
    }

    double real()
    {
        constexpr std::array odd{0.0, -0.0, 0.1, 1e300, 5e-324, -1.5};
        switch (m_random.bounded(4)) {
        case 0:
            return odd[size_t(m_random.bounded(int(odd.size())))];
        case 1:
            return m_random.bounded(2) == 0 ? std::numeric_limits<double>::infinity()
                                            : -std::numeric_limits<double>::infinity();
        case 2:
            return m_random.bounded(1000) / 8.0;
        default:
            return std::bit_cast<double>(bits());
        }
    }

    std::string text()
    {
        QString text;
        const int size = m_random.bounded(30);
        for (int i = 0; i < size; ++i)
            text += QChar(u"abcXYZ {}\"\\\n\t\u00e9\u20ac\u4e2d0123"[m_random.bounded(20)]);
        return text.toStdString();
    }

    std::string data()
    {
        std::string data;
        const int size = m_random.bounded(7);
        for (int i = 0; i < size; ++i)
            data += char(m_random.bounded(256));
        return data;
    }

    void set(Message &message, const FieldDescriptor *field, int depth)
    {
        const auto *reflection = message.GetReflection();
        const bool adds = field->is_repeated();
        switch (field->cpp_type()) {
#define SOCKEYE_SET(Type, Name, value)                                                                                 \
    case FieldDescriptor::CPPTYPE_##Type:                                                                              \
        adds ? reflection->Add##Name(&message, field, value) : reflection->Set##Name(&message, field, value);          \
        break;
            SOCKEYE_SET(INT32, Int32, static_cast<qint32>(bits()))
            SOCKEYE_SET(INT64, Int64, static_cast<qint64>(bits()))
            SOCKEYE_SET(UINT32, UInt32, static_cast<quint32>(bits()))
            SOCKEYE_SET(UINT64, UInt64, bits())
            SOCKEYE_SET(DOUBLE, Double, real())
            SOCKEYE_SET(FLOAT, Float, static_cast<float>(real()))
            SOCKEYE_SET(BOOL, Bool, m_random.bounded(2) == 0)
            SOCKEYE_SET(ENUM, EnumValue, enumValue(field))
            SOCKEYE_SET(STRING, String, field->type() == FieldDescriptor::TYPE_BYTES ? data() : text())
#undef SOCKEYE_SET
        case FieldDescriptor::CPPTYPE_MESSAGE:
            if (field->message_type()->full_name() == "google.protobuf.Any" && m_random.bounded(3) > 0)
                setAny(adds ? *reflection->AddMessage(&message, field) : *reflection->MutableMessage(&message, field));
            else
                fill(adds ? *reflection->AddMessage(&message, field) : *reflection->MutableMessage(&message, field),
                     depth + 1);
            break;
        }
    }

    int enumValue(const FieldDescriptor *field)
    {
        const auto *type = field->enum_type();
        const bool isOpen = field->file()->syntax() == google::protobuf::FileDescriptor::SYNTAX_PROTO3;
        if (isOpen && m_random.bounded(4) == 0)
            return static_cast<int>(bits());
        return type->value(m_random.bounded(type->value_count()))->number();
    }

    void setAny(Message &any)
    {
        const Descriptor *held = testSchema()->find(u"sockeye.test.Point"_s);
        google::protobuf::DynamicMessageFactory factory;
        const std::unique_ptr<Message> point(factory.GetPrototype(held)->New());
        fill(*point, 4);
        const auto *type = any.GetDescriptor();
        any.GetReflection()->SetString(&any, type->FindFieldByNumber(1), "type.googleapis.com/sockeye.test.Point");
        any.GetReflection()->SetString(&any, type->FindFieldByNumber(2), point->SerializePartialAsString());
    }

    QRandomGenerator m_random;
};

QByteArray randomMessage(const QString &type, quint32 seed, QStringList &lines)
{
    google::protobuf::DynamicMessageFactory factory;
    const std::unique_ptr<Message> message(factory.GetPrototype(testSchema()->find(type))->New());
    RandomFiller(seed).fill(*message, 0);
    const QByteArray bytes = QByteArray::fromStdString(message->SerializePartialAsString());
    lines = linesOfMessage(*message);
    return bytes;
}

} // namespace

/// Messages made at random, and what is none.
class ProtobufRandomTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesAreThoseOfTheLibrary_data()
    {
        QTest::addColumn<QString>("type");
        QTest::newRow("proto3") << u"sockeye.test.All"_s;
        QTest::newRow("proto2") << u"sockeye.test.Older"_s;
        QTest::newRow("struct") << u"google.protobuf.Struct"_s;
    }
    void valuesAreThoseOfTheLibrary()
    {
        QFETCH(QString, type);
        for (quint32 seed = 0; seed < RandomMessages; ++seed) {
            QStringList theirs;
            const QByteArray bytes = randomMessage(type, seed, theirs);
            const NodeTree tree = messageTree(type, bytes);
            QVERIFY(!tree.error);
            QVERIFY2(fault(tree).isEmpty(), qPrintable(fault(tree)));
            const QString differs = difference(linesOfTree(tree, type), theirs);
            QVERIFY2(differs.isEmpty(), qPrintable(u"seed %1\n"_s.arg(seed) + differs));
        }
    }

    /// A value's bytes are a message that says nothing else.
    void aLeafIsAMessageOfItsOwn_data() { valuesAreThoseOfTheLibrary_data(); }
    void aLeafIsAMessageOfItsOwn()
    {
        QFETCH(QString, type);
        int leaves = 0;
        for (quint32 seed = 0; seed < 60; ++seed) {
            QStringList theirs;
            const QByteArray bytes = randomMessage(type, seed, theirs);
            const NodeTree tree = messageTree(type, bytes);
            for (const qint32 child : tree.children(0)) {
                const Node &node = tree.at(child);
                const NodeTree alone = messageTree(type, tree.valueBytes(node).toByteArray());
                if (node.isContainer() && node.childCount == 0)
                    continue;
                QVERIFY(alone.size() >= 2);
                QCOMPARE(alone.name(1), tree.name(child));
                QCOMPARE(alone.text(1), tree.text(child));
                QCOMPARE(alone.at(1).childCount, node.childCount);
                ++leaves;
            }
        }
        QVERIFY(leaves > 10);
    }

    void brokenOffAtEveryByte_data() { valuesAreThoseOfTheLibrary_data(); }
    void brokenOffAtEveryByte()
    {
        QFETCH(QString, type);
        for (quint32 seed = 0; seed < 12; ++seed) {
            QStringList theirs;
            const QByteArray bytes = randomMessage(type, seed, theirs).left(3000);
            for (qsizetype size = 0; size < bytes.size(); ++size) {
                check(type, bytes.first(size));
                if (QTest::currentTestFailed())
                    return;
            }
        }
    }

    void noise_data() { valuesAreThoseOfTheLibrary_data(); }
    void noise()
    {
        QFETCH(QString, type);
        QRandomGenerator random(1);
        for (int n = 0; n < NoisePayloads; ++n) {
            QByteArray bytes(random.bounded(1, 200), Qt::Uninitialized);
            for (char &byte : bytes)
                byte = char(random.bounded(256));
            check(type, bytes);
            if (QTest::currentTestFailed())
                return;
        }
    }

    /// Messages of which a byte is another one: nearly right.
    void nearlyRight_data() { valuesAreThoseOfTheLibrary_data(); }
    void nearlyRight()
    {
        QFETCH(QString, type);
        QRandomGenerator random(2);
        for (quint32 seed = 0; seed < 300; ++seed) {
            QStringList theirs;
            QByteArray bytes = randomMessage(type, seed, theirs);
            for (int n = 0; n < 10 && !bytes.isEmpty(); ++n) {
                bytes[random.bounded(bytes.size())] = char(random.bounded(256));
                check(type, bytes);
                if (QTest::currentTestFailed())
                    return;
            }
        }
    }

    void randomMessagesFitTheirType()
    {
        for (quint32 seed = 0; seed < 100; ++seed) {
            QStringList theirs;
            const QByteArray bytes = randomMessage(u"sockeye.test.All"_s, seed, theirs);
            if (!bytes.isEmpty())
                QVERIFY(testSchema()->typesThatFit(bytes).contains(u"sockeye.test.All"_s));
        }
    }

    void keepsToTheLimits()
    {
        for (quint32 seed = 0; seed < 20; ++seed) {
            QStringList theirs;
            const QByteArray bytes = randomMessage(u"sockeye.test.All"_s, seed, theirs);
            const ProtobufMessageDecoder decoder(testSchema(), u"sockeye.test.All"_s);
            for (const qint32 nodes : {0, 1, 2, 5, 20}) {
                NodeBuilder builder(bytes, {}, {nodes, 3});
                decoder.decode({bytes, false, Direction::In, {}}, builder);
                const NodeTree tree = builder.take();
                QVERIFY(tree.size() <= nodes);
                QVERIFY2(fault(tree).isEmpty(), qPrintable(fault(tree)));
            }
        }
    }

    void stopsWhenTold()
    {
        QStringList theirs;
        const QByteArray bytes = randomMessage(u"sockeye.test.All"_s, 1, theirs);
        const ProtobufMessageDecoder decoder(testSchema(), u"sockeye.test.All"_s);
        NodeBuilder builder(bytes, [](qsizetype) { return false; });
        decoder.decode({bytes, false, Direction::In, {}}, builder);
        QVERIFY(builder.isStopped());
    }

    /// Messages in messages cost no stack.
    void nestsDeeply()
    {
        QByteArray groups;
        for (int i = 0; i < 200'000; ++i)
            groups += char(0x23);
        check(u"sockeye.test.Older"_s, groups);
        QByteArray message;
        for (int i = 0; i < 20'000; ++i) {
            QByteArray length;
            for (auto rest = message.size(); rest > 0 || length.isEmpty(); rest >>= 7)
                length += char((rest & 0x7f) | (rest >> 7 ? 0x80 : 0));
            message = QByteArray("\x92\x03") + length + message;
        }
        check(u"sockeye.test.All"_s, message);
        const NodeTree tree = messageTree(u"sockeye.test.All"_s, message);
        QVERIFY(tree.error->rule.contains(u"nested deeper"_s));
    }

private:
    static void check(const QString &type, const QByteArray &bytes)
    {
        using Framing = ProtobufMessageDecoder::Framing;
        for (const Framing framing : {Framing::Single, Framing::Delimited}) {
            const NodeTree tree = messageTree(type, bytes, framing);
            const QString broken = fault(tree);
            QVERIFY2(broken.isEmpty(), qPrintable(QString::fromLatin1(bytes.toHex().left(400)) + u": "_s + broken));
            if (tree.error) {
                QVERIFY(!tree.error->rule.isEmpty());
                QVERIFY(tree.error->offset <= bytes.size());
            }
        }
        static_cast<void>(testSchema()->typesThatFit(bytes));
    }
};

SOCKEYE_TEST(ProtobufRandomTest, QCoreApplication)
#include "tst_protobufrandom.moc"
