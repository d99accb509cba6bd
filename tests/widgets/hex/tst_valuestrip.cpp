#include "widgets/hex/ValueStrip.h"

#include "support/TestProgram.h"
#include "widgets/hex/ValueModel.h"
#include "widgets/hex/ValueTable.h"
#include "widgets/style/Theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

using namespace sockeye;
using namespace Qt::StringLiterals;

class ValueStripTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    /// Below a view that takes all the room there is, as on the page of bytes.
    void noLineIsCut()
    {
        QWidget page;
        auto *layout = new QVBoxLayout(&page);
        auto *view = new QTextEdit(&page);
        auto *strip = new ValueStrip(&page);
        layout->setContentsMargins({});
        layout->addWidget(view, 1);
        layout->addWidget(strip);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        for (const int width : {320, 460, 700, 1200, 320}) {
            page.resize(width, 500);
            QTRY_COMPARE(strip->height(), strip->heightForWidth(width));
            for (const QLabel *label : strip->findChildren<QLabel *>())
                QVERIFY2(strip->rect().contains(label->geometry()), qPrintable(label->text()));
        }
    }

    void modelKeepsItsRows()
    {
        ValueModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        const int rows = model.rowCount();
        model.setBytes("hello");
        QCOMPARE(model.rowCount(), rows);
        QVERIFY(resets.isEmpty());
        const int row = rowOf(model, u"u16"_s);
        QCOMPARE(model.index(row, ValueModel::LittleColumn).data().toString(), u"25960"_s);
        QCOMPARE(model.index(row, ValueModel::BigColumn).data().toString(), u"26725"_s);
        QCOMPARE(model.index(row, ValueModel::BigColumn).data(Qt::AccessibleTextRole).toString(), u"u16 26725"_s);
        QCOMPARE(model.sizeOf(model.index(row, ValueModel::BigColumn)), 2);
        QCOMPARE(model.sizeOf({}), 0);
        QVERIFY(model.hasOrder(row));
        QVERIFY(!model.hasOrder(rowOf(model, u"varint"_s)));
    }

    void growsIntoATable()
    {
        ValueStrip strip;
        strip.setBytes("hello, world 123");
        strip.resize(strip.sizeHint());
        strip.show();
        auto *table = strip.findChild<ValueTable *>();
        auto *toggle = strip.findChild<QToolButton *>();
        QCOMPARE(toggle->accessibleName(), u"All values"_s);
        QVERIFY(!table->isVisible());
        const int low = strip.heightForWidth(strip.width());
        QSignalSpy changes(&strip, &ValueStrip::showsAllChanged);
        toggle->setFocus();
        QTest::keyClick(toggle, Qt::Key_Space);
        QVERIFY(strip.showsAll());
        QCOMPARE(changes.size(), 1);
        QVERIFY(table->isVisible());
        QVERIFY(!strip.findChild<QLabel *>()->isVisible());
        QVERIFY(strip.heightForWidth(strip.width()) > low);
        QTest::mouseClick(toggle, Qt::LeftButton);
        QVERIFY(!table->isVisible());
        QCOMPARE(strip.heightForWidth(strip.width()), low);
    }

    void aChosenValueTellsItsBytes()
    {
        ValueStrip strip;
        strip.setBytes("hello");
        strip.setShowsAll(true);
        strip.resize(500, strip.heightForWidth(500));
        strip.show();
        QVERIFY(QTest::qWaitForWindowExposed(&strip));
        auto *table = strip.findChild<ValueTable *>();
        QSignalSpy chosen(&strip, &ValueStrip::valueChosen);
        const QModelIndex u32 = table->model()->index(rowOf(*table->model(), u"u32"_s), ValueModel::BigColumn);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(u32).center());
        QCOMPARE(chosen.takeFirst().constFirst().value<qsizetype>(), 4);
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"1751477356"_s);
        QTest::keyClick(table, Qt::Key_Up);
        QTest::keyClick(table, Qt::Key_Up);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(chosen.takeFirst().constFirst().value<qsizetype>(), 3);
        // There are no eight bytes.
        table->setCurrentIndex(u32.siblingAtRow(rowOf(*table->model(), u"u64"_s)));
        QTest::keyClick(table, Qt::Key_Return);
        QVERIFY(chosen.isEmpty());
    }

private:
    static int rowOf(const QAbstractItemModel &model, const QString &name)
    {
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.index(row, ValueModel::NameColumn).data().toString() == name)
                return row;
        }
        return -1;
    }
};

SOCKEYE_TEST(ValueStripTest, QApplication)
#include "tst_valuestrip.moc"
