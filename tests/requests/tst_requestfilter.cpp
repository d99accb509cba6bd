#include "requests/RequestDecoding.h"

#include "filter/Filter.h"
#include "formats/FormatSet.h"
#include "requests/RequestIndex.h"
#include "support/TestProgram.h"
#include "tests/requests/SampleTalk.h"

#include <QTemporaryDir>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// What a filter asks about how long answers took.
class RequestFilterTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        samples::SampleTalk talk;
        talk.ask("420[\"price\",1]", 0);
        talk.ask("421[\"price\",2]", 100);
        talk.answer("431[1]", 10'000);
        talk.answer("430[1]", 80'000);
        talk.answer("42[\"tick\"]", 90'000);
        m_path = m_directory.filePath(u"c.sockeye"_s);
        QList<NewEntry> entries = talk.entries();
        NewEntry pong = samples::text("p", 1'700'000'000'000'000'000);
        pong.kind = EntryKind::Pong;
        pong.latency = std::chrono::milliseconds(60);
        entries += pong;
        samples::makeCapture(m_path, entries);
    }

    void coversPongsAndAnswers_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QList<qint64>>("found");
        const auto row = [](const QString &filter, const QList<qint64> &found) {
            QTest::newRow(qPrintable(filter)) << filter << found;
        };
        row(u"latency>50ms"_s, {4, 6});
        row(u"latency<50ms"_s, {3});
        row(u"latency:9ms..70ms"_s, {3, 6});
        row(u"latency>1s"_s, {});
        row(u"NOT latency>50ms"_s, {1, 2, 3, 5});
        row(u"latency>50ms type:text"_s, {4});
        row(u"entry>3 latency>1ms"_s, {4, 6});
        row(u"latency>50ms OR msg:\"emit tick\""_s, {4, 5, 6});
    }
    void coversPongsAndAnswers()
    {
        QFETCH(QString, filter);
        QFETCH(QList<qint64>, found);
        QCOMPARE(matches(withRequests(queryOf(filter), FormatSet::standard())), found);
    }

    void ofNobodyWhoDecodesPongsAlone() { QCOMPARE(matches(queryOf(u"latency>50ms"_s)), QList<qint64>{6}); }

    /// What one has read another one need not read again.
    void sharesWhatWasRead()
    {
        const auto index = std::make_shared<RequestIndex>(FormatSet::standard());
        EntryQuery query = queryOf(u"latency>50ms"_s);
        query.decoding = std::make_shared<RequestDecoding>(index);
        QCOMPARE(matches(query), (QList<qint64>{4, 6}));
        QCOMPARE(index->last(), EntryId(6));
        QCOMPARE(matches(query), (QList<qint64>{4, 6}));
        QCOMPARE(index->report().count, 2);
    }

private:
    static EntryQuery queryOf(const QString &filter)
    {
        const auto parsed = parseFilter(filter);
        if (!std::holds_alternative<EntryQuery>(parsed))
            qFatal("no filter: %s", qPrintable(filter));
        return std::get<EntryQuery>(parsed);
    }

    [[nodiscard]] QList<qint64> matches(const EntryQuery &query) const
    {
        const auto capture = samples::reader(m_path);
        QList<qint64> ids;
        const Result<> done = capture->scanner().match(query, EntryId(1), capture->lastEntry().value(), CancelToken(),
                                                       [&ids](const Matches &found) {
                                                           for (const EntryId id : found.ids)
                                                               ids += id.value();
                                                       });
        if (!done)
            qWarning("%s", qPrintable(done.message()));
        return ids;
    }

    QTemporaryDir m_directory;
    QString m_path;
};

SOCKEYE_TEST(RequestFilterTest, QCoreApplication)
#include "tst_requestfilter.moc"
