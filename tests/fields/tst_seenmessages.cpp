#include "fields/SeenMessages.h"

#include "formats/FormatSet.h"
#include "support/TestProgram.h"
#include "tests/fields/VectorCapture.h"

#include <QTemporaryDir>

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

class SeenMessagesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesWhatThereIs()
    {
        const QTemporaryDir directory;
        const QString path = directory.filePath(u"c.sockeye"_s);
        QList<NewEntry> entries(3, samples::text(R"({"list":[{"id":1},{"id":2}],"a b":0})"));
        entries += samples::text("no format");
        samples::makeCapture(path, entries);
        const auto capture = samples::reader(path);
        const FilterHints hints = seenMessages(*capture, FormatSet::standard(), CancelToken());
        QCOMPARE(hints.formats, QStringList{u"json"_s});
        QCOMPARE(hints.fields, (QStringList{u"id"_s, u"list"_s, u"$.list"_s, u"$.list[*].id"_s, u"$[\"a b\"]"_s}));
    }

    /// Of a long capture both ends are looked at, and not what is between them.
    void looksAtBothEnds()
    {
        const QTemporaryDir directory;
        const QString path = directory.filePath(u"c.sockeye"_s);
        QList<NewEntry> entries;
        for (int i = 1; i <= 3'000; ++i)
            entries += samples::text("{\"n" + QByteArray::number(i) + "\":1}");
        samples::makeCapture(path, entries);
        const auto capture = samples::reader(path);
        const QStringList fields = seenMessages(*capture, FormatSet::standard(), CancelToken()).fields;
        QVERIFY(fields.contains(u"n1"_s));
        QVERIFY(!fields.contains(u"n1500"_s));
        QVERIFY(fields.size() <= 1'000);
    }

    void saysNothingOfAnEmptyCapture()
    {
        const QTemporaryDir directory;
        const QString path = directory.filePath(u"c.sockeye"_s);
        samples::makeCapture(path, QList<NewEntry>());
        const auto capture = samples::reader(path);
        QCOMPARE(seenMessages(*capture, FormatSet::standard(), CancelToken()), FilterHints());
    }
};

SOCKEYE_TEST(SeenMessagesTest, QCoreApplication)

#include "tst_seenmessages.moc"
