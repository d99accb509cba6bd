#include "notify/MatchWatch.h"

#include "filter/Filter.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/SampleCapture.h"

#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class MatchWatchTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_capture = std::make_unique<SampleCapture>();
        m_connection = m_capture->addConnection({});
    }

    void cleanup()
    {
        m_watch.reset();
        m_capture.reset();
    }

    void whatComesLaterIsCounted()
    {
        add("tick");
        const EntryId before = add("tock");
        watch(u"tick"_s, before);
        add("tock");
        const EntryId first = add("tick");
        add("tock");
        m_watch->advanceTo(add("tick"));
        QTRY_COMPARE_WITH_TIMEOUT(m_count, 2, Patience);
        QCOMPARE(m_first, (QList<EntryId>{first}));
        QCOMPARE(m_heads, (QList<QByteArray>{"tick"}));
        const EntryId next = add("tick");
        m_watch->advanceTo(next);
        QTRY_COMPARE_WITH_TIMEOUT(m_count, 3, Patience);
        QCOMPARE(m_first, (QList<EntryId>{first, next}));
    }

    // Whatever comes while it searches: nothing is lost and nothing counted twice.
    void aStreamIsCountedExactly()
    {
        watch(u"tick"_s, EntryId(0));
        for (int i = 0; i < 400; ++i) {
            const EntryId last = add(i % 4 == 0 ? "tick" : "tock");
            m_watch->advanceTo(last);
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_count, 100, Patience);
        m_watch->advanceTo(add("tick"));
        QTRY_COMPARE_WITH_TIMEOUT(m_count, 101, Patience);
    }

    void whatIsSkippedIsNotTold()
    {
        watch(u"tick"_s, EntryId(0));
        m_watch->advanceTo(add("tick"));
        // Before the search can have told.
        m_watch->skipTo(add("tick"));
        const EntryId first = add("tick");
        m_watch->advanceTo(first);
        QTRY_COMPARE_WITH_TIMEOUT(m_count, 1, Patience);
        QCOMPARE(m_first, (QList<EntryId>{first}));
    }

    void aFileThatIsNotThereIsToldOnce()
    {
        m_watch = std::make_unique<MatchWatch>(m_capture->file(u"none.sockeye"_s), query(u"tick"_s), EntryId(0));
        QSignalSpy failed(m_watch.get(), &MatchWatch::failed);
        m_watch->advanceTo(EntryId(1));
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, Patience);
        QVERIFY(!failed.constFirst().constFirst().toString().isEmpty());
        m_watch->advanceTo(EntryId(2));
        QCOMPARE(failed.size(), 1);
    }

private:
    [[nodiscard]] static EntryQuery query(const QString &text) { return std::get<EntryQuery>(parseFilter(text)); }

    EntryId add(const QByteArray &text)
    {
        const EntryId id = m_capture->add(m_connection, EntryKind::Text, text);
        m_capture->writer().flush();
        return id;
    }

    void watch(const QString &filter, EntryId after)
    {
        m_count = 0;
        m_first.clear();
        m_heads.clear();
        m_watch = std::make_unique<MatchWatch>(m_capture->writer().path(), query(filter), after);
        connect(m_watch.get(), &MatchWatch::matched, this, [this](qint64 count, const Entry &first) {
            m_count += count;
            m_first += first.id;
            m_heads += first.head;
        });
    }

    std::unique_ptr<SampleCapture> m_capture;
    ConnectionId m_connection;
    std::unique_ptr<MatchWatch> m_watch;
    qint64 m_count = 0;
    QList<EntryId> m_first;
    QList<QByteArray> m_heads;
};

SOCKEYE_TEST(MatchWatchTest, QCoreApplication)
#include "tst_matchwatch.moc"
