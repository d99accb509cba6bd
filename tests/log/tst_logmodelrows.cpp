#include "log/OpenedLog.h"

#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestLogModelRows final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copiesRowsAsText();
};

void TestLogModelRows::copiesRowsAsText()
{
    SampleLog log;
    log.addMany(500);
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), 500);
    QString copied;
    opened.model.readText({{Row(0), Row(0)}, {Row(300), Row(301)}}, CopyFormat::Rows, this,
                          [&copied](const CopiedRows &rows) { copied = rows.text; });
    QTRY_COMPARE(copied.count(u'\n'), 3);
    const QStringList lines = copied.split(u'\n');
    const QStringList cells = lines.at(1).split(u'\t');
    QCOMPARE(cells.size(), 7);
    QCOMPARE(cells.at(0), u"301"_s);
    QCOMPARE(cells.at(2), u"+1.00 ms"_s);
    QCOMPARE(cells.at(6), u"{\"n\":300}"_s);
}

QTEST_GUILESS_MAIN(TestLogModelRows)
#include "tst_logmodelrows.moc"
