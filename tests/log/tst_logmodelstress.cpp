#include "log/OpenedLog.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestLogModelStress final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filterWhileALiveWriterWrites();
};

void TestLogModelStress::filterWhileALiveWriterWrites()
{
    SampleLog log;
    log.addMany(100);
    OpenedLog opened(log.path());
    connect(&log.writer(), &CaptureWriter::advanced, &opened.model, &LogModel::advanceTo, Qt::QueuedConnection);
    const QStringList filters{u"op:ping"_s, u"dir:out"_s, u""_s, u"size>3"_s, u"\"1\""_s};
    for (int round = 0; round < 50; ++round) {
        log.addMany(100);
        opened.model.setFilter(query(filters.at(round % filters.size())));
        QCoreApplication::processEvents();
    }
    opened.model.setFilter(query(u"op:ping"_s));
    log.addMany(100);
    QTRY_COMPARE(opened.model.lastEntry(), EntryId(5200));
    QTRY_COMPARE(opened.model.rowCount(), 1300);
    const QList<qint64> ids = opened.shown();
    for (qsizetype row = 0; row < ids.size(); ++row)
        QCOMPARE(ids.at(row), row * 4 + 4);
}

QTEST_GUILESS_MAIN(TestLogModelStress)
#include "tst_logmodelstress.moc"
