#include "support/TestProgram.h"
#include "widgets/requests/RequestListModel.h"
#include "widgets/requests/RequestMethodsModel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSignalSpy>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

RequestMethod method(const QByteArray &name, qint64 count)
{
    RequestMethod one;
    one.name = name;
    one.count = count;
    return one;
}

Request request(qint64 asked, qint64 answered = 0)
{
    Request one;
    one.asked = EntryId(asked);
    one.answered = EntryId(answered);
    one.method = "get";
    one.isWaiting = answered == 0;
    if (answered > 0)
        one.latency = std::chrono::milliseconds(84);
    return one;
}

QStringList cells(const QAbstractItemModel &model, int row)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells += model.index(row, column).data().toString();
    return cells;
}

} // namespace

class RequestModelsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void methodsSayHowTheyFared()
    {
        RequestMethodsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        RequestMethod sum = method("sum", 1'200);
        sum.errors = 3;
        sum.unanswered = 1;
        sum.median = std::chrono::milliseconds(12);
        sum.p95 = std::chrono::milliseconds(84);
        sum.p99 = std::chrono::milliseconds(120);
        sum.max = std::chrono::seconds(2);
        model.setMethods({sum, method("", 1), method(RequestTable::OtherMethods, 2)});
        QCOMPARE(cells(model, 0).mid(2),
                 (QStringList{u"3"_s, u"1"_s, u"12.0 ms"_s, u"84.0 ms"_s, u"120 ms"_s, u"2.00 s"_s}));
        QCOMPARE(cells(model, 1).mid(4), (QStringList{QString(), QString(), QString(), QString()}));
        QVERIFY(!cells(model, 1).first().isEmpty());
        QCOMPARE(model.index(0, RequestMethodsModel::P95Column).data(RequestMethodsModel::SortRole).toLongLong(),
                 84'000'000);
        QVERIFY(model.index(1, RequestMethodsModel::P95Column).data(RequestMethodsModel::SortRole).toLongLong() < 0);
    }

    /// What the user has selected stays while a capture grows.
    void methodsOnlyBecomeMore()
    {
        RequestMethodsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setMethods({method("a", 1)});
        model.setMethods({method("a", 2), method("b", 1)});
        QCOMPARE(reset.size(), 0);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(model.rowCount(), 2);
        model.setMethods({method("b", 1)});
        QCOMPARE(reset.size(), 1);
        QCOMPARE(model.rowCount(), 1);
    }

    void listsSayWhatCameOfARequest()
    {
        RequestListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Request failed = request(3, 9);
        failed.hasFailed = true;
        Request gone = request(5);
        gone.isWaiting = false;
        model.setRequests({failed, request(4, 8), gone, request(6)});
        QCOMPARE(cells(model, 0), (QStringList{u"3"_s, u"get"_s, u"84.0 ms"_s, u"error, entry 9"_s}));
        QCOMPARE(cells(model, 1).last(), u"answer, entry 8"_s);
        QCOMPARE(cells(model, 2).last(), u"no answer"_s);
        QCOMPARE(cells(model, 3), (QStringList{u"6"_s, u"get"_s, QString(), u"waits"_s}));
    }

    /// Those that are listed still stay where they are.
    void listsKeepTheirRows()
    {
        RequestListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setRequests({request(1), request(2), request(3)});
        const QPersistentModelIndex third(model.index(2, 0));
        Request changed = request(3);
        changed.isWaiting = false;
        model.setRequests({request(2), changed, request(7)});
        QCOMPARE(third.row(), 1);
        QCOMPARE(cells(model, 1).last(), u"no answer"_s);
        QCOMPARE(model.rowCount(), 3);
        model.setRequests({request(8), changed});
        QVERIFY(!third.isValid() || model.request(third.row()).asked == EntryId(3));
        QCOMPARE(model.rowCount(), 2);
        model.setRequests({});
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(reset.size(), 0);
    }
};

SOCKEYE_TEST(RequestModelsTest, QApplication)
#include "tst_requestmodels.moc"
