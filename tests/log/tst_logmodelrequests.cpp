#include "formats/FormatSet.h"
#include "log/OpenedLog.h"
#include "requests/RequestReader.h"
#include "support/Patience.h"
#include "support/SampleCapture.h"
#include "support/TestProgram.h"

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// How long answers took, in the log's column and in its filter.
class LogModelRequestsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_capture = std::make_unique<SampleCapture>();
        const ConnectionId connection = m_capture->addConnection({});
        m_capture->add(connection, EntryKind::Text, "420[\"price\",1]", Direction::Out);
        m_capture->add(connection, EntryKind::Text, "42[\"tick\"]");
        m_capture->add(connection, EntryKind::Text, "430[1]");
        m_capture->writer().flush();
        m_log = std::make_unique<OpenedLog>(m_capture->writer().path());
        m_requests = std::make_unique<RequestReader>(m_capture->writer().path());
        m_log->model.setRequests(m_requests.get());
        QTRY_COMPARE_WITH_TIMEOUT(m_log->model.rowCount(), 3, Patience);
        m_requests->advanceTo(EntryId(3));
    }

    void cleanup()
    {
        m_requests.reset();
        m_log.reset();
        m_capture.reset();
    }

    /// The column is what makes somebody read.
    void standInTheirColumn()
    {
        QVERIFY(!m_requests->isActive());
        const QString took = durationText(Nanoseconds(2));
        QTRY_COMPARE_WITH_TIMEOUT(m_log->text(2, LogModel::LatencyColumn), took, Patience);
        QVERIFY(m_requests->isActive());
        QCOMPARE(m_log->text(0, LogModel::LatencyColumn), QString());
        QCOMPARE(m_log->text(1, LogModel::LatencyColumn), QString());
        QCOMPARE(m_log->data(2, LogModel::LatencyColumn, Qt::AccessibleTextRole).toString(), took);
    }

    void areFiltered()
    {
        m_log->model.setFilter(query(u"latency>1ns"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!m_log->model.isSearching(), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_log->shown(), QList<qint64>{3}, Patience);
    }

    /// Read as something else nothing answers.
    void followTheFormats()
    {
        m_log->model.setFilter(query(u"latency>1ns"_s));
        QTRY_COMPARE_WITH_TIMEOUT(m_log->shown(), QList<qint64>{3}, Patience);
        DecodeOptions options;
        DecodeRule rule;
        rule.format = u"json"_s;
        options.rules.append(rule);
        m_log->model.setFormats(FormatSet::make(options));
        QTRY_COMPARE_WITH_TIMEOUT(m_log->model.rowCount(), 0, Patience);
        m_log->model.setFormats(FormatSet::standard());
        QTRY_COMPARE_WITH_TIMEOUT(m_log->shown(), QList<qint64>{3}, Patience);
    }

private:
    std::unique_ptr<SampleCapture> m_capture;
    std::unique_ptr<OpenedLog> m_log;
    std::unique_ptr<RequestReader> m_requests;
};

SOCKEYE_TEST(LogModelRequestsTest, QCoreApplication)
#include "tst_logmodelrequests.moc"
