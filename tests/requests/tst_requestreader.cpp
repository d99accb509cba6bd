#include "requests/RequestReader.h"

#include "formats/FormatSet.h"
#include "support/TestProgram.h"
#include "tests/requests/SampleTalk.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

NewEntry message(Direction direction, const QByteArray &payload, qint64 atUs)
{
    samples::SampleTalk talk;
    talk.say(direction, payload, atUs);
    return talk.entries().constFirst();
}

} // namespace

class RequestReaderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_path = m_directory->filePath(u"c.sockeye"_s);
    }

    void restsUntilSomebodyLooks()
    {
        makeTalk();
        RequestReader reader(m_path);
        reader.advanceTo(EntryId(2));
        QVERIFY(!reader.isReading());
        reader.setWanted(this, true);
        QVERIFY(reader.isReading());
        QTRY_VERIFY(!reader.isReading());
        QCOMPARE(reader.report().count, 1);
        QCOMPARE(reader.progress(), 1.0);
        QVERIFY(!reader.isLive());
        QCOMPARE(reader.index()->partnerOf(EntryId(2)), EntryId(1));
    }

    void beginsAnewWithOtherFormats()
    {
        makeTalk();
        RequestReader reader(m_path);
        reader.setWanted(this, true);
        reader.advanceTo(EntryId(2));
        QTRY_COMPARE(reader.report().count, 1);
        QSignalSpy another(&reader, &RequestReader::indexChanged);
        DecodeOptions options;
        DecodeRule rule;
        rule.format = u"json"_s;
        options.rules.append(rule);
        reader.setFormats(FormatSet::make(options));
        QCOMPARE(another.size(), 1);
        QCOMPARE(reader.report().count, 0);
        QTRY_COMPARE(reader.known(), EntryId(2));
        QCOMPARE(reader.report().count, 0);
        reader.setFormats(FormatSet::standard());
        QTRY_COMPARE(reader.report().count, 1);
    }

    void canBeStopped()
    {
        makeTalk();
        RequestReader reader(m_path);
        reader.advanceTo(EntryId(2));
        reader.setWanted(this, true);
        reader.cancel();
        QVERIFY(reader.isCancelled());
        QVERIFY(!reader.isReading());
        QCOMPARE(reader.known(), EntryId());
        reader.resume();
        QTRY_COMPARE(reader.report().count, 1);
    }

    /// Without anybody who has read before.
    void findsTheOtherOne()
    {
        makeTalk();
        RequestReader reader(m_path);
        reader.advanceTo(EntryId(2));
        EntryId found(99);
        const auto take = [&found](EntryId partner) { found = partner; };
        reader.findPartner(EntryId(1), this, take);
        QTRY_COMPARE(found, EntryId(2));
        reader.findPartner(EntryId(2), this, take);
        QCOMPARE(found, EntryId(1));
        reader.findPartner(EntryId(7), this, take);
        QTRY_COMPARE(found, EntryId());
        QVERIFY(!reader.isActive());
    }

    /// Whoever wanted to know may go.
    void forgetsWhoIsGone()
    {
        RequestReader reader(m_path);
        auto first = std::make_unique<QObject>();
        reader.setWanted(first.get(), true);
        reader.setWanted(this, true);
        first.reset();
        QVERIFY(reader.isActive());
        reader.setWanted(this, false);
        QVERIFY(!reader.isActive());
    }

    /// As messages come, and when their connection ends.
    void goesOnAsTheCaptureGrows()
    {
        auto writer = samples::writer(m_path);
        samples::WriterSignals signals(*writer);
        RequestReader reader(m_path);
        connect(&signals, &samples::WriterSignals::advanced, &reader, &RequestReader::advanceTo);
        connect(&signals, &samples::WriterSignals::connectionsChanged, &reader, &RequestReader::takeEnds);
        reader.setWanted(this, true);
        ConnectionRecord record = samples::connection(ConnectionId(1));
        record.endKind = EndKind::Live;
        writer->put(record);
        writer->append(message(Direction::Out, "420[\"price\",1]", 0));
        QTRY_COMPARE(reader.report().count, 1);
        QVERIFY(reader.isLive());
        QVERIFY(reader.report().unanswered.front().isWaiting);
        writer->append(message(Direction::In, "430[43]", 250));
        writer->append(message(Direction::Out, "421[\"price\",1]", 300));
        QTRY_COMPARE(reader.report().count, 2);
        QCOMPARE(reader.index()->latencyOf(EntryId(2)), std::optional<Nanoseconds>(250'000));
        QCOMPARE(reader.report().unanswered.size(), size_t(1));
        QVERIFY(reader.report().unanswered.front().isWaiting);
        record.endKind = EndKind::Clean;
        writer->put(record);
        QTRY_VERIFY(!reader.report().unanswered.front().isWaiting);
    }

    void saysWhyItCannotRead()
    {
        RequestReader reader(m_path);
        QSignalSpy failed(&reader, &RequestReader::failed);
        reader.setWanted(this, true);
        reader.advanceTo(EntryId(2));
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(!reader.isReading());
    }

private:
    void makeTalk()
    {
        samples::makeCapture(m_path,
                             {message(Direction::Out, "420[\"price\",1]", 0), message(Direction::In, "430[43]", 250)});
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_path;
};

SOCKEYE_TEST(RequestReaderTest, QCoreApplication)
#include "tst_requestreader.moc"
