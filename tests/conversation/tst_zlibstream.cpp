#include "support/TestProgram.h"
#include "tests/conversation/Session.h"
#include "tests/formats/Vectors.h"

#include <QRandomGenerator>

#include <zlib.h>

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

/// Packs as a gateway does: one context, a flush behind each message.
class Packer final
{
public:
    Packer() { deflateInit(&m_stream, Z_BEST_COMPRESSION); }
    ~Packer() { deflateEnd(&m_stream); }
    Packer(const Packer &) = delete;
    Packer &operator=(const Packer &) = delete;

    QByteArray pack(const QByteArray &text, int flush = Z_SYNC_FLUSH)
    {
        QByteArray packed(text.size() + 1000, Qt::Uninitialized);
        QByteArray copy = text;
        m_stream.next_in = reinterpret_cast<Bytef *>(copy.data());
        m_stream.avail_in = static_cast<uInt>(copy.size());
        m_stream.next_out = reinterpret_cast<Bytef *>(packed.data());
        m_stream.avail_out = static_cast<uInt>(packed.size());
        ::deflate(&m_stream, flush);
        packed.chop(m_stream.avail_out);
        return packed;
    }

private:
    z_stream m_stream{};
};

QByteArray tickOf(int number)
{
    return R"({"op":0,"t":"MESSAGE_CREATE","s":)" + QByteArray::number(number) + '}';
}

} // namespace

/// One zlib stream over all messages of a direction.
class ZlibStreamTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messagesReferToThoseBefore()
    {
        Packer packer;
        Session session(u"zlib-stream");
        for (int i = 0; i < 50; ++i) {
            const QByteArray packed = packer.pack(tickOf(i));
            QVERIFY(i == 0 || packed.size() < 30);
            const QString said = session.binary(packed);
            QVERIFY2(said.contains(u"\"s\":%1}"_s.arg(i)), qPrintable(said));
            QCOMPARE(session.tree->sources.back().bytes, tickOf(i));
            QVERIFY(!session.tree->error);
        }
        // The other direction is no part of it.
        session.text(R"({"op":1})", Direction::Out);
        QCOMPARE(session.tree->sources.size(), size_t(1));
        QVERIFY(!session.tree->error);
    }

    /// References reach back 32 KiB, over as many messages as that are, and no further.
    void farReferences()
    {
        Packer packer;
        Session session(u"zlib-stream");
        QRandomGenerator random(5);
        QList<QByteArray> texts;
        for (int i = 0; i < 200; ++i) {
            QByteArray text = "[\"";
            for (int j = 0; j < 700; ++j)
                text += char('a' + random.bounded(26));
            texts += i >= 40 && i % 3 == 0 ? texts.at(i - 40) : text + "\"]";
            session.binary(packer.pack(texts.last()));
            QCOMPARE(session.tree->sources.back().bytes, texts.last());
            QVERIFY(session.conversation.in.window.size() <= 32 * 1024);
        }
    }

    void aMessageGoesOnInTheNext()
    {
        Packer packer;
        Session session(u"zlib-stream");
        session.binary(packer.pack(tickOf(0)));
        const QByteArray packed = packer.pack(tickOf(1) + QByteArray(300, ' ') + "[1]");
        session.binary(packed.first(5));
        QVERIFY(linesOf(*session.tree).contains(u"goes on in the next message"));
        session.binary(packed.sliced(5));
        QVERIFY(session.tree->sources.back().bytes.startsWith(tickOf(1)));
        QVERIFY(linesOf(*session.tree).contains(u"with what 1 message(s) before it began") ||
                linesOf(*session.tree).contains(u"with what 1 message before it began"));
        session.binary(packer.pack(tickOf(2)));
        QCOMPARE(session.tree->sources.back().bytes, tickOf(2));
    }

    /// A first message may be a header, or a header and a flush: what it says comes with the next ones.
    void aFirstMessageMaySayNothing()
    {
        const QByteArray flush = QByteArray::fromHex("000000ffff");
        for (const QList<qsizetype> &cuts : {QList<qsizetype>{2}, {2, 3}, {3}, {}}) {
            for (const bool isFlushed : {false, true}) {
                Packer packer;
                QByteArray first = packer.pack(tickOf(0));
                Session session(u"zlib-stream");
                session.conversation.format = "zlib-stream";
                if (isFlushed) {
                    session.binary(first.first(2) + flush);
                    QVERIFY(!session.tree->error);
                    QVERIFY(session.conversation.in.isStream && session.conversation.in.window.isEmpty());
                    first.remove(0, 2);
                    // Flushes between messages say nothing either.
                    session.binary(flush);
                    QVERIFY(!session.tree->error);
                }
                qsizetype begin = 0;
                for (const qsizetype cut : cuts) {
                    session.binary(first.mid(begin, cut - begin));
                    begin = cut;
                }
                session.binary(first.sliced(begin));
                QVERIFY(!session.tree->error);
                QCOMPARE(session.tree->sources.back().bytes, tickOf(0));
                session.binary(packer.pack(tickOf(1)));
                QVERIFY(!session.tree->error);
                QCOMPARE(session.tree->sources.back().bytes, tickOf(1));
            }
        }
    }

    void realTraffic()
    {
        // A message of Node's zlib, flushed: the first one of a stream.
        const DecodeInput first{QByteArray::fromHex("789caa564a2d4bcd2b51b2522ac94cce56d251ca53b232ac05000000ffff"),
                                false,
                                Direction::In,
                                {},
                                Conversation()};
        const FormatChoice choice = chooseFormat(first);
        QCOMPARE(choice.format->id(), u"zlib-stream"_s);
        QCOMPARE(int(choice.certainty), int(Certainty::Sure));
        QVERIFY(decodeMessage(first)->tree->summary.contains(u"tick"));
        // Where nothing is known of a conversation it is a message that is packed by itself.
        QCOMPARE(chooseFormat({first.payload, false, Direction::In, {}}).format->id(), u"zlib"_s);
    }

    void whatIsLostIsTold()
    {
        Packer packer;
        Session session(u"zlib-stream");
        session.binary(packer.pack(tickOf(0)));
        QByteArray broken = packer.pack(tickOf(1));
        broken[0] = char(0xff);
        session.binary(broken);
        QVERIFY(session.tree->error);
        session.binary(packer.pack(tickOf(2)));
        QVERIFY(session.tree->error && session.tree->error->rule.contains(u"earlier ones"));
    }

    void aStreamThatEndsMayBeginAgain()
    {
        Session session(u"zlib-stream");
        Packer first;
        session.binary(first.pack(tickOf(0)));
        session.binary(first.pack(tickOf(1), Z_FINISH) + QByteArray::fromHex("0000ffff"));
        Packer second;
        session.binary(second.pack(tickOf(2)));
        QVERIFY(session.tree->sources.back().bytes == tickOf(2) || session.tree->error);
    }

    void connectionsThatHaveIt()
    {
        Packer packer;
        const QByteArray first = packer.pack(tickOf(0));
        const QByteArray second = packer.pack(tickOf(1));
        const Decoder *stream = formatOf(u"zlib-stream");
        const auto of = [](const QByteArray &one, const QByteArray &other) {
            ConnectionFacts facts;
            facts.first = {{one, false, Direction::In}, {"{}", true, Direction::In}, {other, false, Direction::In}};
            return conversationFormat(facts);
        };
        QCOMPARE(of(first, second), stream);
        // Each packed by itself.
        QVERIFY(of(first, first) != stream);
        QVERIFY(of("noise", second) != stream);
        ConnectionFacts facts;
        facts.url = u"wss://gateway.example/?v=10&encoding=json&compress=zlib-stream"_s;
        QCOMPARE(conversationFormat(facts), stream);
    }

    void anythingIsFollowed()
    {
        QRandomGenerator random(3);
        Packer packer;
        Session session(u"zlib-stream");
        for (int i = 0; i < 3000; ++i) {
            QByteArray bytes =
                random.bounded(3) == 0 ? packer.pack(tickOf(i)) : QByteArray(int(random.bounded(60)), 'x');
            for (char &byte : bytes)
                byte = random.bounded(20) == 0 ? static_cast<char>(random.generate()) : byte;
            session.binary(random.bounded(2) == 0 ? bytes : bytes + QByteArray::fromHex("0000ffff"));
            if (i % 100 == 0)
                session.conversation = {};
        }
    }
};

SOCKEYE_TEST(ZlibStreamTest, QCoreApplication)
#include "tst_zlibstream.moc"
