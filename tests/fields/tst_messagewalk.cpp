#include "fields/MessageWalk.h"

#include "conversation/ConversationChoice.h"
#include "conversation/ConversationReader.h"
#include "support/TestProgram.h"
#include "tests/fields/VectorCapture.h"

#include <QTemporaryDir>

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

class MessageWalkTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_path = m_directory->filePath(u"c.sockeye"_s);
    }

    /// The same as the inspector, which asks for one entry: with what the messages before it decide.
    void saysWhatEachMessageSays_data()
    {
        QTest::addColumn<QString>("file");
        for (const QString &file : files())
            QTest::newRow(qPrintable(file)) << file;
    }

    void saysWhatEachMessageSays()
    {
        QFETCH(QString, file);
        samples::makeCapture(m_path, withNoise(entriesOf(file)));
        const auto capture = samples::reader(m_path);
        MessageWalk walk(*capture, FormatSet::standard());
        qint64 visited = 0;
        VERIFY_RESULT(walk.forEach(EntryId(1), capture->lastEntry().value(), CancelToken(), [&](const auto &message) {
            ++visited;
            const QString alone = linesAlone(*capture, message.id);
            const QString walked = message.tree ? linesOf(*message.tree) : QString();
            if (alone != walked)
                qWarning("entry %lld", message.id.value());
            return alone == walked;
        }));
        QCOMPARE(visited, capture->lastEntry().value().value());
    }

    /// In stretches, by an object that goes on and by one that begins in the middle.
    void goesOnWhereItEnded()
    {
        samples::makeCapture(m_path, withNoise(entriesOf(u"mqtt-split.jsonl"_s)));
        const auto capture = samples::reader(m_path);
        const qint64 count = capture->lastEntry().value().value();
        MessageWalk whole(*capture, FormatSet::standard());
        const QStringList all = summaries(whole, 1, count);
        MessageWalk parted(*capture, FormatSet::standard());
        QStringList parts;
        for (qint64 first = 1; first <= count; first += 7)
            parts += summaries(parted, first, std::min(first + 6, count));
        QCOMPARE(parts, all);
        MessageWalk middle(*capture, FormatSet::standard());
        QCOMPARE(summaries(middle, count / 2, count), all.mid(count / 2 - 1));
    }

    /// A walk over a live capture that began before the connection said what it speaks.
    void learnsWhatAConnectionSpeaks()
    {
        const auto writer = samples::writer(m_path);
        const auto add = [&writer](const QByteArray &hex) {
            NewEntry entry = samples::text(QByteArray::fromHex(hex));
            entry.kind = EntryKind::Binary;
            entry.connection = ConnectionId(1);
            writer->append(std::move(entry));
            writer->flush();
        };
        // A value, then the definition of a record of msgpackr, then one by its number.
        add("91c0");
        const auto capture = samples::reader(m_path);
        MessageWalk walk(*capture, FormatSet::standard());
        QTRY_COMPARE(capture->lastEntry().value(), EntryId(1));
        static_cast<void>(summaries(walk, 1, 1));
        add("d4724092a161a1620102");
        add("400304");
        QTRY_COMPARE(capture->lastEntry().value(), EntryId(3));
        QCOMPARE(summaries(walk, 2, 3).constLast(), u"{a=3 b=4}"_s);
    }

    void stopsWhenTold()
    {
        samples::makeCapture(m_path, 100);
        const auto capture = samples::reader(m_path);
        MessageWalk walk(*capture, FormatSet::standard());
        int visited = 0;
        VERIFY_RESULT(
            walk.forEach(EntryId(1), EntryId(100), CancelToken(), [&](const auto &) { return ++visited < 5; }));
        QCOMPARE(visited, 5);
        CancelToken cancel;
        cancel.cancel();
        VERIFY_RESULT(walk.forEach(EntryId(1), EntryId(100), cancel, [&](const auto &) { return ++visited > 0; }));
        QCOMPARE(visited, 5);
    }

private:
    /// Between them those of another connection.
    static QList<NewEntry> withNoise(const QList<NewEntry> &entries)
    {
        QList<NewEntry> mixed;
        for (const NewEntry &entry : entries) {
            mixed += entry;
            if (mixed.size() % 3 == 0) {
                mixed += samples::text("noise");
                mixed.last().connection = ConnectionId(2);
            }
        }
        return mixed;
    }

    static QString linesAlone(const CaptureReader &capture, EntryId id)
    {
        const Entry entry = capture.entry(id).value();
        const ConversationChoice choice = ConversationChoice::of(capture, entry.connection, *FormatSet::standard());
        DecodeInput input{capture.payload(id).value(), entry.kind == EntryKind::Text, entry.direction,
                          choice.subprotocol};
        if (choice.format) {
            ConversationReader reader(capture, entry.connection, *choice.format, choice.subprotocol);
            input.before = reader.before(id, 1'000'000).value();
        }
        const auto message = decodeMessage(input);
        return message ? linesOf(*message->tree) : QString();
    }

    static QStringList summaries(MessageWalk &walk, qint64 first, qint64 last)
    {
        QStringList said;
        walk.setSummarized(true);
        const auto done = walk.forEach(EntryId(first), EntryId(last), CancelToken(), [&said](const auto &message) {
            said += message.tree ? message.tree->summary : u"-"_s;
            return true;
        });
        if (!done)
            qFatal("%s", qPrintable(done.message()));
        return said;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_path;
};

SOCKEYE_TEST(MessageWalkTest, QCoreApplication)

#include "tst_messagewalk.moc"
