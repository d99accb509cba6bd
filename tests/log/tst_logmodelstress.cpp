#include "log/OpenedLog.h"
#include "reading/Annotations.h"
#include "reading/CaptureReader.h"
#include "reading/CaptureReaders.h"
#include "support/TestProgram.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

#include <array>
#include <functional>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

/// What a test knows of an entry without asking anybody.
struct Known
{
    Direction direction;
    EntryKind kind;
    QByteArray payload;
    bool bookmarked = false;
};

struct NamedFilter
{
    QString text;
    std::function<bool(const Known &)> matches;
};

const QList<NamedFilter> &filters()
{
    static const QList<NamedFilter> list{
        {QString(), [](const Known &) { return true; }},
        {u"op:ping"_s, [](const Known &entry) { return entry.kind == EntryKind::Ping; }},
        {u"dir:out"_s, [](const Known &entry) { return entry.direction == Direction::Out; }},
        {u"size>2"_s, [](const Known &entry) { return entry.payload.size() > 2; }},
        {u"\"1\""_s, [](const Known &entry) { return entry.payload.contains('1'); }},
        {u"has:bookmark"_s, [](const Known &entry) { return entry.bookmarked; }},
        {u"-has:bookmark op:text"_s,
         [](const Known &entry) { return !entry.bookmarked && entry.kind == EntryKind::Text; }},
        {u"nowhere"_s, [](const Known &) { return false; }}};
    return list;
}

} // namespace

/// Everything that can change changes at random while a live writer writes; in the end the model must say what a plain
/// list says.
class TestLogModelStress final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void filterWhileALiveWriterWrites();
    void everythingChangesWhileALiveWriterWrites_data();
    void everythingChangesWhileALiveWriterWrites();
    void repeatsAreHiddenAsInOneGo();
    void repeatsAreKnownToEachReader();

private:
    void write(int count);
    void changeSomething();
    void bookmarkSomething();
    void settle();
    void compare() const;
    [[nodiscard]] bool isNoise(const Known &entry) const;

    QRandomGenerator m_random;
    std::unique_ptr<SampleLog> m_log;
    std::unique_ptr<OpenedLog> m_opened;
    std::unique_ptr<Annotations> m_annotations;
    QList<Known> m_known;
    qsizetype m_filter = 0;
};

void TestLogModelStress::init()
{
    m_known.clear();
    m_filter = 0;
    m_log = std::make_unique<SampleLog>();
    m_opened = std::make_unique<OpenedLog>(m_log->path());
    m_annotations = std::make_unique<Annotations>(
        m_opened->loader, [this](const AnnotationMap &changed) { m_log->writer().annotate(changed); });
    connect(&m_log->writer(), &CaptureWriter::annotated, m_annotations.get(), &Annotations::setWritten,
            Qt::QueuedConnection);
    m_opened->model.setAnnotations(m_annotations.get());
    connect(&m_log->writer(), &CaptureWriter::advanced, &m_opened->model, &LogModel::advanceTo, Qt::QueuedConnection);
}

void TestLogModelStress::cleanup()
{
    m_annotations.reset();
    m_opened.reset();
    m_log.reset();
}

void TestLogModelStress::write(int count)
{
    for (int n = 0; n < count; ++n) {
        Known entry;
        entry.direction = m_random.bounded(3) == 0 ? Direction::Out : Direction::In;
        entry.kind = std::array{EntryKind::Text, EntryKind::Text, EntryKind::Binary, EntryKind::Ping,
                                EntryKind::Pong}[size_t(m_random.bounded(5))];
        entry.payload = QByteArray::number(m_random.bounded(2000));
        m_log->add(entry.direction, entry.kind, entry.payload);
        m_known.append(entry);
    }
}

void TestLogModelStress::bookmarkSomething()
{
    if (m_known.isEmpty())
        return;
    QSet<EntryId> ids;
    for (int n = m_random.bounded(1, 4); n > 0; --n)
        ids.insert(EntryId(m_random.bounded(1, int(m_known.size()) + 1)));
    m_annotations->toggleBookmarks(ids.values());
    for (const EntryId id : std::as_const(ids))
        m_known[id.value() - 1].bookmarked = m_annotations->find(id) && m_annotations->find(id)->bookmarked;
}

void TestLogModelStress::changeSomething()
{
    LogModel &model = m_opened->model;
    switch (m_random.bounded(8)) {
    case 0:
    case 1:
        m_filter = m_random.bounded(filters().size());
        return model.setFilter(query(filters().at(m_filter).text));
    case 2:
        return model.setFilterMode(m_random.bounded(2) == 0 ? LogModel::FilterMode::Hide : LogModel::FilterMode::Mark);
    case 3:
        return model.setQuiet({m_random.bounded(2) == 0, false});
    case 4:
        return bookmarkSomething();
    case 5:
        return model.cancelSearch();
    case 6:
        return model.setDeltaReference(EntryId(m_random.bounded(0, 1000)));
    default:
        // Somebody looks.
        for (int n = 0; n < 20 && model.rowCount() > 0; ++n)
            static_cast<void>(
                m_opened->text(m_random.bounded(model.rowCount()), m_random.bounded(int(LogModel::ColumnCount))));
    }
}

bool TestLogModelStress::isNoise(const Known &entry) const
{
    return m_opened->model.quiet().control && (entry.kind == EntryKind::Ping || entry.kind == EntryKind::Pong);
}

void TestLogModelStress::settle()
{
    LogModel &model = m_opened->model;
    // What was cancelled is searched for after all.
    model.setFilter(model.filter());
    m_log->writer().flush();
    QTRY_COMPARE(model.lastEntry().value(), m_known.size());
    QTRY_VERIFY(m_annotations->isLoaded());
}

void TestLogModelStress::compare() const
{
    const LogModel &model = m_opened->model;
    const bool hides = model.filterMode() == LogModel::FilterMode::Hide;
    QList<qint64> rows;
    QList<qint64> marks;
    for (qsizetype n = 0; n < m_known.size(); ++n) {
        const Known &entry = m_known.at(n);
        const bool matches = filters().at(m_filter).matches(entry);
        if (isNoise(entry))
            continue;
        if (matches || !hides)
            rows.append(n + 1);
        if (matches && !hides && model.isFiltered())
            marks.append(n + 1);
    }
    QTRY_COMPARE(m_opened->shown().size(), rows.size());
    QTRY_COMPARE(m_opened->shown(), rows);
    QTRY_COMPARE(m_opened->marked(), marks);
    QTRY_VERIFY(!model.isSearching());
    QCOMPARE(model.matchCount(), model.isFiltered() ? (hides ? rows : marks).size() : 0);
    if (!model.isFiltered() || !hides)
        QTRY_COMPARE(model.hiddenCount(), m_known.size() - rows.size());
}

void TestLogModelStress::filterWhileALiveWriterWrites()
{
    m_random.seed(11);
    for (int round = 0; round < 50; ++round) {
        write(100);
        m_filter = round % filters().size();
        m_opened->model.setFilter(query(filters().at(m_filter).text));
        QCoreApplication::processEvents();
    }
    m_filter = 1;
    m_opened->model.setFilter(query(filters().at(m_filter).text));
    write(100);
    settle();
    compare();
}

void TestLogModelStress::everythingChangesWhileALiveWriterWrites_data()
{
    QTest::addColumn<quint32>("seed");
    for (const quint32 seed : {1U, 2U, 3U, 4U, 5U, 6U})
        QTest::addRow("seed %u", seed) << seed;
}

void TestLogModelStress::everythingChangesWhileALiveWriterWrites()
{
    QFETCH(quint32, seed);
    m_random.seed(seed);
    for (int round = 0; round < 150; ++round) {
        write(m_random.bounded(40));
        for (int n = m_random.bounded(3); n > 0; --n)
            changeSomething();
        if (m_random.bounded(3) > 0)
            QCoreApplication::processEvents();
        if (round % 50 == 49) {
            settle();
            compare();
        }
    }
}

void TestLogModelStress::repeatsAreHiddenAsInOneGo()
{
    m_random.seed(7);
    m_opened->model.setQuiet({false, true});
    for (int round = 0; round < 60; ++round) {
        write(m_random.bounded(20));
        for (int n = m_random.bounded(5); n > 0; --n) {
            m_log->add(Direction::In, EntryKind::Text, "heartbeat");
            m_known.append({Direction::In, EntryKind::Text, "heartbeat"});
        }
        QCoreApplication::processEvents();
        if (round == 30) {
            m_opened->model.setQuiet({true, true});
            m_opened->model.setQuiet({false, true});
        }
    }
    settle();
    EntryQuery quiet;
    quiet.withoutRepeats = true;
    QList<qint64> wanted;
    qint64 hidden = 0;
    const auto capture = CaptureReader::open(m_log->path());
    QVERIFY(capture.value()->scanner().match(quiet, EntryId(1), EntryId(m_known.size()), CancelToken(),
                                             [&wanted, &hidden](const Matches &some) {
                                                 for (const EntryId id : some.ids)
                                                     wanted.append(id.value());
                                                 hidden += some.hidden;
                                             }));
    QVERIFY(hidden > 10);
    QTRY_COMPARE(m_opened->shown(), wanted);
    QTRY_COMPARE(m_opened->model.hiddenCount(), hidden);
}

/// Which of the capture's readers a search is lent is a matter of who else reads at that moment.
void TestLogModelStress::repeatsAreKnownToEachReader()
{
    m_opened->model.setQuiet({false, true});
    m_log->add(Direction::In, EntryKind::Text, "heartbeat");
    m_log->writer().flush();
    QTRY_COMPARE(m_opened->shown(), QList<qint64>{1});
    QTRY_VERIFY(!m_opened->model.isSearching());
    const auto lent = CaptureReaders::of(m_log->path())->lend();
    QVERIFY(lent.ok());
    m_log->add(Direction::In, EntryKind::Text, "heartbeat");
    m_log->writer().flush();
    QTRY_COMPARE(m_opened->model.hiddenCount(), 1);
    QCOMPARE(m_opened->shown(), QList<qint64>{1});
}

SOCKEYE_TEST(TestLogModelStress, QCoreApplication)
#include "tst_logmodelstress.moc"
