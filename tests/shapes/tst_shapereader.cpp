#include "shapes/ShapeReader.h"

#include "fields/MessageWalk.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/fields/VectorCapture.h"

#include <QSignalSpy>
#include <QTemporaryDir>

#include <map>

using namespace sockeye;
using namespace sockeye::test;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

class ShapeReaderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_path = m_directory->filePath(u"c.sockeye"_s);
    }

    /// What it counts is what a plain loop counts, for real traffic of all kinds.
    void countsEqualACountByHand_data()
    {
        QTest::addColumn<QString>("file");
        for (const QString &file : files())
            QTest::newRow(qPrintable(file)) << file;
    }

    void countsEqualACountByHand()
    {
        QFETCH(QString, file);
        samples::makeCapture(m_path, entriesOf(file));
        const auto capture = samples::reader(m_path);
        const EntryId last = capture->lastEntry().value();
        std::map<std::pair<quint32, int>, qint64> byHand;
        qint64 without = 0;
        MessageWalk walk(*capture, FormatSet::standard());
        VERIFY_RESULT(walk.forEach(EntryId(1), last, CancelToken(), [&](const WalkedMessage &message) {
            if (message.tree)
                ++byHand[{shapeIds(*message.tree).keys, int(message.direction)}];
            else
                ++without;
            return true;
        }));

        ShapeReader reader(m_path, FormatSet::standard());
        reader.advanceTo(last);
        QTRY_VERIFY_WITH_TIMEOUT(!reader.isBehind(), Patience);
        std::map<std::pair<quint32, int>, qint64> counted;
        for (const Shape &shape : reader.counts().shapes) {
            if (shape.what == Shape::What::Decoded)
                counted[{shape.ids.keys, int(shape.direction)}] += shape.sums.count;
            else
                without -= shape.sums.count;
        }
        QCOMPARE(counted, byHand);
        QCOMPARE(without, 0);
    }

    void goesOnAsTheCaptureGrows()
    {
        auto writer = samples::writer(m_path);
        ShapeReader reader(m_path, FormatSet::standard());
        for (int i = 1; i <= 5; ++i) {
            EntryId last;
            for (int n = 0; n < 100; ++n)
                last = writer->append(samples::text(R"({"type":"trade","p":1})"));
            last = writer->append(samples::text(R"({"kind":")" + QByteArray(i, 'x') + R"("})"));
            writer->flush();
            reader.advanceTo(last);
            QTRY_COMPARE_WITH_TIMEOUT(reader.counts().reached, last, Patience);
            QCOMPARE(reader.counts().sums.count, i * 101);
            QCOMPARE(reader.counts().groups, i + 1);
            QCOMPARE(reader.counts().shapes.front().sums.count, i * 100);
        }
    }

    void controlFramesAreNotCounted()
    {
        QList<NewEntry> entries{samples::text("{\"a\":1}"), samples::text("hello"), samples::text("hello")};
        entries[1].kind = EntryKind::Ping;
        entries[2].kind = EntryKind::Event;
        samples::makeCapture(m_path, entries);
        ShapeReader reader(m_path, FormatSet::standard());
        reader.advanceTo(EntryId(3));
        QTRY_COMPARE_WITH_TIMEOUT(reader.counts().reached, EntryId(3), Patience);
        QCOMPARE(reader.counts().sums.count, 1);
    }

    /// Another way to read the messages: all is counted anew.
    void followsTheFormats()
    {
        samples::makeCapture(m_path, {samples::text("{\"p\":1}"), samples::text("{\"q\":1}")});
        ShapeReader reader(m_path, FormatSet::standard());
        reader.advanceTo(EntryId(2));
        QTRY_COMPARE_WITH_TIMEOUT(reader.counts().shapes.size(), size_t(2), Patience);
        DecodeOptions options;
        options.rules = {{DecodeRule::About::Text, Direction::None, {}, u"text-utf8"_s}};
        QSignalSpy restarted(&reader, &ShapeReader::restarted);
        reader.setFormats(FormatSet::make(options));
        QCOMPARE(restarted.size(), 1);
        QVERIFY(reader.counts().shapes.empty());
        QTRY_VERIFY_WITH_TIMEOUT(!reader.isBehind(), Patience);
        QCOMPARE(reader.counts().sums.count, 2);
        for (const Shape &shape : reader.counts().shapes)
            QVERIFY2(shape.formatId != u"json", qPrintable(shape.formatId));
    }

    void stopsAndGoesOn()
    {
        samples::makeCapture(m_path, 20'000);
        ShapeReader reader(m_path, FormatSet::standard());
        reader.advanceTo(EntryId(20'000));
        reader.stop();
        QVERIFY(reader.isStopped());
        QVERIFY(!reader.isBehind());
        reader.goOn();
        QVERIFY(reader.isBehind());
        QTRY_COMPARE_WITH_TIMEOUT(reader.counts().reached, EntryId(20'000), Patience);
        // Nothing twice, nothing left out.
        QCOMPARE(reader.counts().sums.count, 20'000);
    }

    /// Whatever it is in the midst of.
    void restsAndGoesOn()
    {
        samples::makeCapture(m_path, 5'000);
        ShapeReader reader(m_path, FormatSet::standard());
        reader.setResting(true);
        reader.advanceTo(EntryId(5'000));
        QCoreApplication::processEvents();
        QCOMPARE(reader.counts().reached, EntryId());
        for (int i = 0; i < 10; ++i) {
            reader.setResting(false);
            QCoreApplication::processEvents();
            reader.setResting(true);
        }
        reader.setResting(false);
        QTRY_COMPARE_WITH_TIMEOUT(reader.counts().reached, EntryId(5'000), Patience);
        QCOMPARE(reader.counts().sums.count, 5'000);
    }

    void saysWhatCannotBeRead()
    {
        ShapeReader reader(m_path, FormatSet::standard());
        QSignalSpy failed(&reader, &ShapeReader::failed);
        reader.advanceTo(EntryId(3));
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, Patience);
        QVERIFY(failed.first().first().toString().contains(u"c.sockeye"));
        QVERIFY(!reader.isBehind());
    }

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_path;
};

SOCKEYE_TEST(ShapeReaderTest, QCoreApplication)
#include "tst_shapereader.moc"
