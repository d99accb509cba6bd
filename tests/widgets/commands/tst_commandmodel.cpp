#include "widgets/commands/CommandModel.h"

#include "support/TestProgram.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class CommandModelTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingTypedShowsAll()
    {
        CommandModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        model.setCommands(some());
        QCOMPARE(titles(model), (QStringList{u"Open capture"_s, u"Copy"_s, u"ticker"_s, u"Hex"_s, u"Paste"_s}));
        model.setTyped(u"x"_s);
        model.setTyped({});
        QCOMPARE(model.rowCount(), 5);
        model.setCommands({});
        QCOMPARE(model.rowCount(), 0);
    }

    void whatMatchesIsShownTheBestFirst()
    {
        CommandModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setCommands(some());
        model.setTyped(u"c"_s);
        QCOMPARE(titles(model).constFirst(), u"Copy"_s);
        QVERIFY(titles(model).contains(u"ticker"_s));
        model.setTyped(u"cop"_s);
        QCOMPARE(titles(model), QStringList{u"Copy"_s});
        model.setTyped(u"zzz"_s);
        QCOMPARE(model.rowCount(), 0);
    }

    void aPlaceHelpsToFind()
    {
        CommandModel model;
        model.setCommands(some());
        model.setTyped(u"profile"_s);
        QCOMPARE(titles(model), QStringList{u"ticker"_s});
        model.setTyped(u"profile tick"_s);
        QCOMPARE(titles(model), QStringList{u"ticker"_s});
    }

    void whatCannotBeRunStandsLast()
    {
        CommandModel model;
        model.setCommands(some());
        model.setTyped(u"p"_s);
        QCOMPARE(titles(model).constLast(), u"Paste"_s);
        QCOMPARE(model.runnable(), model.rowCount() - 1);
        const QModelIndex last = model.index(model.rowCount() - 1, 0);
        QVERIFY(!last.flags().testFlag(Qt::ItemIsEnabled));
        QVERIFY(model.index(0, 0).flags().testFlag(Qt::ItemIsEnabled));
        QCOMPARE(last.data(Qt::AccessibleTextRole).toString(), u"Paste, Edit, Ctrl+V, not possible now"_s);
    }

    void aRowSaysWhatItIs()
    {
        CommandModel model;
        model.setCommands(some());
        model.setTyped(u"oc"_s);
        const QModelIndex index = model.index(0, 0);
        QCOMPARE(index.data().toString(), u"Open capture"_s);
        QCOMPARE(index.data(CommandModel::PlaceRole).toString(), u"File"_s);
        QCOMPARE(index.data(CommandModel::KeysRole).toString(), u"Ctrl+O"_s);
        QCOMPARE(index.data(CommandModel::PositionsRole).value<QList<qsizetype>>(), (QList<qsizetype>{0, 5}));
        QCOMPARE(index.data(Qt::AccessibleTextRole).toString(), u"Open capture, File, Ctrl+O"_s);
        int ran = 0;
        QList<Command> commands = some();
        commands[0].run = [&ran] { ++ran; };
        model.setCommands(commands);
        model.command(0).run();
        QCOMPARE(ran, 1);
    }

    void wordsFromOutsideAreNoMarkup()
    {
        CommandModel model;
        model.setCommands({{.title = u"<b>x</b>"_s, .place = u"Profile"_s}});
        QCOMPARE(model.index(0, 0).data().toString(), u"<b>x</b>"_s);
        QVERIFY(!model.index(0, 0).data(Qt::ToolTipRole).toString().contains(u"<b>"_s));
    }

private:
    [[nodiscard]] static QList<Command> some()
    {
        return {{.title = u"Open capture"_s, .place = u"File"_s, .keys = u"Ctrl+O"_s},
                {.title = u"Copy"_s, .place = u"Edit"_s, .keys = u"Ctrl+C"_s},
                {.title = u"Paste"_s, .place = u"Edit"_s, .keys = u"Ctrl+V"_s, .canRun = false},
                {.title = u"ticker"_s, .place = u"Profile"_s},
                {.title = u"Hex"_s, .place = u"Inspector"_s}};
    }

    [[nodiscard]] static QStringList titles(const CommandModel &model)
    {
        QStringList titles;
        for (int row = 0; row < model.rowCount(); ++row)
            titles += model.index(row, 0).data().toString();
        return titles;
    }
};

SOCKEYE_TEST(CommandModelTest, QApplication)
#include "tst_commandmodel.moc"
