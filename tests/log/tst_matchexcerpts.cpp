#include "log/MatchExcerpts.h"

#include "OpenedLog.h"
#include "SampleLog.h"
#include "reading/CaptureReader.h"
#include "support/Patience.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {
constexpr qint64 Piece = 64 * 1024;
} // namespace

/// Previews of long texts around what the filter looks for.
class MatchExcerptsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_log = std::make_unique<SampleLog>(); }
    void cleanup() { m_log.reset(); }

    void theMatchIsInTheExcerpt_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("begins");
        QTest::addColumn<QString>("holds");
        const QByteArray before(10'000, 'a');
        const QString cut = u'…' + QString(MatchExcerpts::Before, u'a');
        QTest::newRow("in the middle") << before + "NEEDLE" + before << u"needle"_s << cut + u"NEEDLEaa"_s
                                       << u"NEEDLE"_s;
        QTest::newRow("at the end") << before + "needle" << u"needle"_s << cut + u"needle"_s << u"needle"_s;
        QTest::newRow("just out of the preview")
            << before.left(200) + "needle" << u"needle"_s << cut + u"needle"_s << u"needle"_s;
        QTest::newRow("the first of several")
            << before + "needle-1" + before + "needle-2" << u"needle"_s << cut << u"needle-1"_s;
        QTest::newRow("the first of two words")
            << before + "needle" + before + "other" << u"other OR needle"_s << cut << u"needle"_s;
        QTest::newRow("an expression") << before + "n33dle" + before << u"/n\\d+dle/"_s << cut + u"n33dle"_s
                                       << u"n33dle"_s;
        QTest::newRow("where pieces meet")
            << QByteArray(Piece - 3, 'a') + "needle" + before << u"needle"_s << cut << u"needle"_s;
        QTest::newRow("behind the first piece")
            << QByteArray(3 * Piece, 'a') + "needle" << u"needle"_s << cut << u"needle"_s;
        // 64 bytes before it is the middle of a character.
        QTest::newRow("whole characters")
            << QByteArray("a") + QByteArray("€").repeated(1000) + "needle" << u"needle"_s << u"…€€"_s << u"€needle"_s;
        QTest::newRow("in one line") << before + "\nneedle\n" + before << u"needle"_s << u"…a"_s << u"a needle a"_s;
        // As it stands where nothing is found: the filter has found it by something else, or too far away.
        QTest::newRow("not in it") << before << u"needle OR size>5"_s << u"aaa"_s << u"a…"_s;
        QTest::newRow("too far away") << QByteArray(MatchExcerpts::MaxExamined + 1, 'a') + "needle" << u"needle"_s
                                      << u"aaa"_s << u"a…"_s;
        QTest::newRow("at the beginning") << "needle" + before + "needle-2" << u"needle"_s << u"needleaa"_s << u"a…"_s;
    }

    void theMatchIsInTheExcerpt()
    {
        QFETCH(QByteArray, payload);
        QFETCH(QString, filter);
        QFETCH(QString, begins);
        QFETCH(QString, holds);
        OpenedLog opened(open(payload));
        opened.model.setFilter(query(filter));
        QTRY_COMPARE_WITH_TIMEOUT(opened.model.rowCount(), 1, test::Patience);
        QTRY_VERIFY_WITH_TIMEOUT(preview(opened).contains(holds), test::Patience);
        QVERIFY2(preview(opened).startsWith(begins), qPrintable(preview(opened)));
        QVERIFY2(preview(opened).size() <= 162, qPrintable(preview(opened)));
    }

    /// The window is not kept waiting, and is told.
    void itComesByItself()
    {
        OpenedLog opened(open(QByteArray(10'000, 'a') + "needle"));
        opened.model.setFilter(query(u"needle"_s));
        QTRY_COMPARE_WITH_TIMEOUT(opened.model.rowCount(), 1, test::Patience);
        QTRY_VERIFY_WITH_TIMEOUT(opened.isLoaded(0), test::Patience);
        QSignalSpy changed(&opened.model, &LogModel::dataChanged);
        QVERIFY(preview(opened).startsWith(u"aaa"));
        QVERIFY(changed.wait(test::Patience));
        QVERIFY(preview(opened).contains(u"needle"));
    }

    void anotherFilterHasAnotherExcerpt()
    {
        OpenedLog opened(open("x" + QByteArray(10'000, 'a') + "needle" + QByteArray(10'000, 'b') + "other"));
        opened.model.setFilter(query(u"needle"_s));
        QTRY_COMPARE_WITH_TIMEOUT(opened.model.rowCount(), 1, test::Patience);
        QTRY_VERIFY_WITH_TIMEOUT(preview(opened).contains(u"needle"), test::Patience);
        opened.model.setFilter(query(u"other"_s));
        QTRY_COMPARE_WITH_TIMEOUT(opened.model.rowCount(), 1, test::Patience);
        QTRY_VERIFY_WITH_TIMEOUT(preview(opened).contains(u"other"), test::Patience);
        opened.model.setFilter({});
        QTRY_COMPARE_WITH_TIMEOUT(opened.model.rowCount(), 1, test::Patience);
        QTRY_VERIFY_WITH_TIMEOUT(preview(opened).startsWith(u"xaaa"), test::Patience);
    }

    void whatIsMarkedHasIt()
    {
        OpenedLog opened(open(QByteArray(10'000, 'a') + "needle"));
        opened.model.setFilterMode(FilterMode::Mark);
        opened.model.setFilter(query(u"needle"_s));
        QTRY_COMPARE_WITH_TIMEOUT(opened.model.rowCount(), 1, test::Patience);
        QTRY_VERIFY_WITH_TIMEOUT(preview(opened).contains(u"needle"), test::Patience);
    }

    /// Members of JSON are summed up, and binary messages are no text.
    void jsonAndBytesStayAsTheyAre()
    {
        m_log->add(Direction::In, EntryKind::Text, R"({"a":")" + QByteArray(1000, 'a') + R"(","b":"needle"})");
        m_log->add(Direction::In, EntryKind::Binary, QByteArray(1000, 'a') + "needle");
        m_log->add(Direction::In, EntryKind::Text, QByteArray(1000, 'a') + "needle");
        m_log->writer().flush();
        OpenedLog opened(m_log->path());
        opened.model.setSmartPreview(true);
        opened.model.setFilter(query(u"needle"_s));
        QTRY_COMPARE_WITH_TIMEOUT(opened.model.rowCount(), 3, test::Patience);
        const auto text = [&opened](int row) { return opened.text(row, LogModel::PreviewColumn); };
        QTRY_VERIFY_WITH_TIMEOUT(text(2).contains(u"needle"), test::Patience);
        QVERIFY2(text(0).startsWith(u"a=aaa"), qPrintable(text(0)));
        QVERIFY2(text(1).startsWith(u"61 61 61"), qPrintable(text(1)));
    }

    void manyComeOneLotAfterTheOther()
    {
        for (int i = 0; i < 20; ++i)
            m_log->add(Direction::In, EntryKind::Text,
                       QByteArray(300'000, 'a') + "needle-" + QByteArray::number(i) + '.');
        m_log->writer().flush();
        OpenedLog opened(m_log->path());
        opened.model.setFilter(query(u"needle"_s));
        QTRY_COMPARE_WITH_TIMEOUT(opened.model.rowCount(), 20, test::Patience);
        for (int i = 0; i < 20; ++i)
            QTRY_VERIFY_WITH_TIMEOUT(opened.text(i, LogModel::PreviewColumn).contains(u"needle-%1."_s.arg(i)),
                                     test::Patience);
    }

private:
    [[nodiscard]] QString open(const QByteArray &payload)
    {
        m_log->add(Direction::In, EntryKind::Text, payload);
        m_log->writer().flush();
        return m_log->path();
    }
    [[nodiscard]] static QString preview(const OpenedLog &opened) { return opened.text(0, LogModel::PreviewColumn); }

    std::unique_ptr<SampleLog> m_log;
};

SOCKEYE_TEST(MatchExcerptsTest, QCoreApplication)
#include "tst_matchexcerpts.moc"
