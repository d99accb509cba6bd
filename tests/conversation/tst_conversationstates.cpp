#include "support/TestProgram.h"
#include "tests/conversation/Session.h"
#include "tests/formats/Vectors.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// Whatever earlier messages decided, a message is decoded to a tree that holds together.
class ConversationStatesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyMessageInAnyState()
    {
        QList<Vector> messages;
        for (const QString &file : {u"socketio.jsonl"_s, u"stomp.jsonl"_s, u"records.jsonl"_s, u"mqtt5.jsonl"_s,
                                    u"compressed-chains.jsonl"_s})
            messages += read(file);
        for (const QStringView id : {u"socketio", u"stomp", u"msgpack", u"cbor", u"mqtt", u"zlib-stream"}) {
            const Decoder *format = formatOf(id);
            Conversation conversation;
            for (const Vector &vector : messages) {
                // Broken off, so that all kinds of things are left open.
                for (const qsizetype size : {vector.input.payload.size(), vector.input.payload.size() / 2}) {
                    DecodeInput input = vector.input;
                    input.payload.truncate(size);
                    for (const Decoder *reader : {format, static_cast<const Decoder *>(nullptr)}) {
                        input.before = conversation;
                        const auto decoded = decodeMessage(input, {}, reader);
                        const QString broken = decoded ? fault(*decoded->tree) : QString();
                        QVERIFY2(broken.isEmpty(),
                                 qPrintable(id.toString() + u": "_s + vector.from + u": "_s + broken));
                    }
                    format->follow(input, conversation);
                    for (const Conversation::Side &side : {conversation.in, conversation.out})
                        QVERIFY(side.begun.size() <= Conversation::Side::MaxBegun && side.awaited >= 0);
                }
            }
        }
    }
};

SOCKEYE_TEST(ConversationStatesTest, QCoreApplication)
#include "tst_conversationstates.moc"
