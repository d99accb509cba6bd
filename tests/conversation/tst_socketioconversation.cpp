#include "support/TestProgram.h"
#include "tests/conversation/Session.h"
#include "tests/formats/Vectors.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// Which event an attachment belongs to, and which one an acknowledgement answers.
class SocketIoConversationTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void realTraffic()
    {
        Session session(u"socketio");
        QStringList said;
        for (const Vector &vector : read(u"socketio.jsonl"_s))
            said += session.say(vector.input);
        const QStringList expected{u"ack 0 of \"hello\" ok"_s, u"emit \"file\" file <attachment 0> · ack 1"_s,
                                   u"attachment 1 of 1 of \"file\" · 3 B"_s, u"ack 1 of \"file\" <attachment 0>"_s,
                                   u"attachment 1 of 1 of \"ack 1 of file\" · 3 B"_s};
        QCOMPARE(said.mid(5, 5), expected);
        QCOMPARE(said.mid(11, 2),
                 QStringList({u"attachment 1 of 2 of \"two\" · 1 B"_s, u"attachment 2 of 2 of \"two\" · 2 B"_s}));
        QVERIFY2(said.at(17).startsWith(u"ack 0 of \"question\" 43"), qPrintable(said.at(17)));
        QVERIFY(session.conversation.in.asked.isEmpty() && session.conversation.out.asked.isEmpty());
        // The vectors end with an announcement.
        QCOMPARE(session.conversation.out.awaited, 1);
    }

    /// Engine.IO 3 puts its type before binary data, too.
    void realTrafficOfTheVersionBefore()
    {
        Session session(u"socketio");
        QStringList said;
        for (const Vector &vector : read(u"socketio2.jsonl"_s)) {
            said += session.say(vector.input);
            if (!vector.input.isText) {
                QCOMPARE(session.tree->at(0).value, (Node::Range{0, quint32(vector.input.payload.size())}));
                QCOMPARE(session.tree->at(0).text,
                         (Node::Range{1, quint32(vector.meaning[u"attachment_bytes"_s].toInt())}));
            }
        }
        QCOMPARE(said.size(), 10);
        QCOMPARE(said.at(3), u"attachment 1 of 1 of \"price\" · 3 B"_s);
        QCOMPARE(said.at(5), u"attachment 1 of 1 of \"up\" · 2 B"_s);
        QCOMPARE(said.at(8), u"ack 5 of \"up\" ok <attachment 0>"_s);
        QCOMPARE(said.at(9), u"attachment 1 of 1 of \"ack 5 of up\" · 2 B"_s);
    }

    /// Numbers, by themselves.
    void packetsWithoutJsonAreKnown()
    {
        Session session(u"socketio");
        QCOMPARE(session.text("2"), u"-"_s);
        QCOMPARE(session.text("0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":1}").left(4),
                 u"open"_s);
        QCOMPARE(session.text("40", Direction::Out), u"connect"_s);
        QCOMPARE(session.text("2"), u"ping"_s);
        QCOMPARE(session.text("3", Direction::Out), u"pong"_s);
        QCOMPARE(session.text("41"), u"disconnect"_s);
        QCOMPARE(session.text("1"), u"close"_s);
        for (const char *other : {"", "7", "4", "42", "22", "405"})
            QCOMPARE(session.text(other), u"-"_s);
    }

    void packetsBetweenDoNotDisturb()
    {
        Session session(u"socketio");
        session.text("452-[\"price\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        // What the other side sends has nothing to do with it.
        QVERIFY(!session.binary("\1\2", Direction::Out).startsWith(u"attachment"));
        QCOMPARE(session.text("42[\"hi\"]", Direction::Out), u"emit \"hi\""_s);
        session.text("2");
        // MessagePack, and what is any of several formats.
        QCOMPARE(session.binary(QByteArray::fromHex("82a161cb400921fb54442d18a16293a3616263a3646566a3676869")),
                 u"attachment 1 of 2 of \"price\" · MessagePack? {a=3.141592653589793 b=[\"abc\" \"def\" \"ghi\"]}"_s);
        QCOMPARE(session.tree->note(0), u"attachment 1 of 2 of \"price\", 1 more to come"_s);
        session.text("3");
        QCOMPARE(session.binary(QByteArray::fromHex("08011202")), u"attachment 2 of 2 of \"price\" · 4 B"_s);
        QCOMPARE(session.tree->note(0), u"attachment 2 of 2 of \"price\", which is complete with it"_s);
        QCOMPARE(session.conversation.in, Conversation::Side());
        QVERIFY(!session.binary(QByteArray::fromHex("08011202")).startsWith(u"attachment"));
    }

    void anAttachmentIsNotGuessed()
    {
        Session session(u"socketio");
        session.text("451-[\"raw\",{\"_placeholder\":true,\"num\":0}]");
        DecodeInput input{QByteArray::fromHex("8fff00"), false, Direction::In, {}, session.conversation};
        const FormatChoice choice = chooseFormat(input);
        QCOMPARE(choice.format->id(), u"socketio"_s);
        QCOMPARE(choice.certainty, Certainty::Sure);
        input.payload.clear();
        QCOMPARE(session.binary({}), u"attachment 1 of 1 of \"raw\" · 0 B"_s);
    }

    void namespacesCountByThemselves()
    {
        Session session(u"socketio");
        session.text("42/a,0[\"one\"]", Direction::Out);
        session.text("420[\"two\"]", Direction::Out);
        session.text("420[\"three\"]");
        QCOMPARE(session.text("43/a,0[]"), u"ack 0 of \"one\" · /a"_s);
        QCOMPARE(session.text("430[1]"), u"ack 0 of \"two\" 1"_s);
        QCOMPARE(session.text("430[2]", Direction::Out), u"ack 0 of \"three\" 2"_s);
        QCOMPARE(session.text("430[2]", Direction::Out), u"ack 0 2"_s);
        QCOMPARE(session.conversation.in, Conversation::Side());
        QCOMPARE(session.conversation.out, Conversation::Side());
    }

    void memoryIsBounded()
    {
        Session session(u"socketio");
        const Decoder *format = sockeye::formatOf(u"socketio");
        for (int i = 0; i < 1'500; ++i) {
            const QByteArray id = QByteArray::number(i);
            format->follow({"42" + id + "[\"e" + id + "\"]", true, Direction::Out}, session.conversation);
        }
        QCOMPARE(session.conversation.out.asked.size(), Conversation::Side::MaxAsked);
        QCOMPARE(session.text("430[1]"), u"ack 0 1"_s);
        QCOMPARE(session.text("431499[1]"), u"ack 1499 of \"e1499\" 1"_s);
        format->follow({"421[\"" + QByteArray(5'000, 'x') + "\"]", true, Direction::Out}, session.conversation);
        QVERIFY(session.conversation.out.asked.constLast().second.size() <= 400);
        format->follow({"4599999999999999999-[\"x\"]", true, Direction::Out}, session.conversation);
        QVERIFY(session.conversation.out.awaited <= 100'000);
    }
};

SOCKEYE_TEST(SocketIoConversationTest, QCoreApplication)
#include "tst_socketioconversation.moc"
