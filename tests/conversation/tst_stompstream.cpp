#include "support/TestProgram.h"
#include "tests/conversation/Session.h"
#include "tests/formats/Vectors.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// Frames of STOMP that come in pieces.
class StompStreamTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// What stompjs does with splitLargeFrames, in pieces of any size.
    void piecesAreWholeAgain()
    {
        for (qsizetype size = 1; size < 60; ++size) {
            Session session(u"stomp");
            session.subprotocol = u"v12.stomp"_s;
            // Two frames with line ends between them; the second one has a 0 in its body.
            const QByteArray stream = "SEND\ndestination:/q\n\nhello\0\n\nSEND\r\ncontent-length:3\r\n"
                                      "destination:/r\r\n\r\na\0b\0\n"_ba;
            QStringList said;
            for (qsizetype at = 0; at < stream.size(); at += size)
                said += session.binary(stream.mid(at, size)).split(u"; "_s);
            said.removeIf([](const QString &line) { return line.startsWith(u"part of") || line == u"heart-beat"; });
            QCOMPARE(said.size(), 2);
            QVERIFY2(said.first().startsWith(u"SEND /q · hello"), qPrintable(said.first()));
            QVERIFY2(said.last().startsWith(u"SEND /r"), qPrintable(said.last()));
            QVERIFY(session.conversation.in.begun.isEmpty());
            QCOMPARE(session.conversation.in, Conversation::Side());
            QCOMPARE(session.conversation.out, Conversation::Side());
        }
    }

    void aPartSaysSo()
    {
        Session session(u"stomp");
        QCOMPARE(session.text("SEND\ndestination:/q\ncontent-ty"), u"part of SEND"_s);
        QCOMPARE(session.tree->note(0), u"its beginning: the frame ends in a later message"_s);
        // The other side's frames have nothing to do with it.
        QCOMPARE(session.text("RECEIPT\nreceipt-id:1\n\n\0"_ba, Direction::Out), u"RECEIPT 1"_s);
        QCOMPARE(session.text("pe:text/plain\n\nhel"), u"part of SEND"_s);
        QCOMPARE(session.tree->note(0), u"message 2 of a frame that ends in a later one"_s);
        QCOMPARE(session.text("lo\0\nSEND\n"_ba), u"SEND /q · hello; part of SEND"_s);
        QCOMPARE(session.tree->note(0), u"from 3 messages"_s);
        QCOMPARE(session.tree->sources.size(), 2U);
        QCOMPARE(session.tree->sources.at(1).bytes, "SEND\ndestination:/q\ncontent-type:text/plain\n\nhello\0"_ba);
        QCOMPARE(session.tree->at(0).value, (Node::Range{0, 3}));
        QCOMPARE(session.conversation.in.begun, "SEND\n"_ba);
    }

    void wholeFramesAreAsBefore()
    {
        Session session(u"stomp");
        session.subprotocol = u"v12.stomp"_s;
        for (Vector &vector : read(u"stomp.jsonl"_s)) {
            vector.input.subprotocol = session.subprotocol;
            const QString alone = treeOf(u"stomp", vector.input).summary;
            QCOMPARE(session.say(vector.input), alone);
        }
        QCOMPARE(session.conversation.in, Conversation::Side());
        QCOMPARE(session.conversation.out, Conversation::Side());
    }

    void whatIsNoFrameIsTold()
    {
        Session session(u"stomp");
        session.text("SEND\ncontent-length:1\n\n");
        QCOMPARE(session.text("ab"), u"SEND"_s);
        QVERIFY(session.tree->error);
        QVERIFY(session.conversation.in.begun.isEmpty());
        session.text("SEN");
        QCOMPARE(session.text("T\n"), QString());
        QVERIFY(session.tree->error);
        QCOMPARE(session.text("BEGIN\ntransaction:1\n\n\0"_ba), u"BEGIN 1"_s);
    }

    /// Bytes that never come would take all messages for their own.
    void aWrongLengthSwallowsNothing()
    {
        const QByteArray next = "SEND\ndestination:/next\n\nhi\0"_ba;
        for (const QByteArray &length : {"7"_ba, "300"_ba, "300000"_ba, "268435456"_ba, "268435457"_ba,
                                         "9223372036854775807"_ba, "99999999999999999999"_ba}) {
            for (const int fillers : {0, 3}) {
                Session session(u"stomp");
                session.subprotocol = u"v12.stomp"_s;
                session.text("SEND\ndestination:/q\ncontent-length:" + length + "\n\nhello\0"_ba);
                // What belongs to it, as far as anybody can tell.
                for (int i = 0; i < fillers; ++i)
                    session.text(QByteArray(100'000, 'x'));
                QCOMPARE(session.text(next), u"SEND /next · hi"_s);
                const bool isBelieved = session.tree->error.has_value();
                QCOMPARE(session.conversation.in, Conversation::Side());
                QCOMPARE(session.text(next), u"SEND /next · hi"_s);
                QVERIFY(!session.tree->error);
                if (isBelieved || fillers > 0)
                    continue;
                // What nobody believes is told at once.
                session.text("SEND\ncontent-length:" + length + "\n\nhello\0"_ba);
                QVERIFY(session.tree->error || length.size() > 19);
            }
        }
    }

    /// A body may hold frames, wherever it is cut.
    void framesInABodyStayThere()
    {
        const QByteArray inner = "SEND\ndestination:/inner\n\nhi\0"_ba;
        const QByteArray body = inner + inner + inner;
        const QByteArray frame =
            "SEND\ndestination:/outer\ncontent-length:" + QByteArray::number(body.size()) + "\n\n" + body + '\0';
        for (qsizetype size = 1; size <= frame.size(); ++size) {
            Session session(u"stomp");
            session.subprotocol = u"v12.stomp"_s;
            QString said;
            bool isBroken = false;
            for (qsizetype at = 0; at < frame.size(); at += size) {
                said = session.binary(frame.mid(at, size));
                isBroken = isBroken || session.tree->error;
            }
            QVERIFY2(said.startsWith(u"SEND /outer"), qPrintable(u"%1: %2"_s.arg(size).arg(said)));
            QVERIFY(!isBroken);
            QCOMPARE(session.conversation.in, Conversation::Side());
        }
    }

    void whatIsTooLongIsSkipped()
    {
        for (const QByteArray &length : {""_ba, "content-length:600000\n"_ba}) {
            Session session(u"stomp");
            const QByteArray piece(200'000, 'x');
            session.text("SEND\n" + length + "\n");
            for (int i = 0; i < 2; ++i)
                QCOMPARE(session.text(piece), u"part of SEND"_s);
            QVERIFY(session.conversation.in.begun.isEmpty());
            QVERIFY(session.conversation.in.skipped >= 200'001);
            QCOMPARE(session.text(piece), u"part of a frame"_s);
            QCOMPARE(session.text("\0BEGIN\ntransaction:1\n\n\0"_ba), u"part of a frame; BEGIN 1"_s);
            QCOMPARE(session.conversation.in, Conversation::Side());
        }
    }
};

SOCKEYE_TEST(StompStreamTest, QCoreApplication)
#include "tst_stompstream.moc"
