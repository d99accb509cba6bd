#include "widgets/shapes/ShapesModel.h"

#include "decode/JsonNodes.h"
#include "formats/Formats.h"
#include "shapes/ShapeTable.h"
#include "support/TestProgram.h"
#include "widgets/shapes/ShapesText.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class ShapesModelTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_table = {};
        m_entries = 0;
        m_model = std::make_unique<ShapesModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(),
                                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void rowsSayWhatWasCounted()
    {
        for (int i = 0; i < 3; ++i)
            add(R"({"type":"trade","p":1})");
        add(R"({"bid":1,"ask":2})", Direction::Out);
        show();
        QCOMPARE(m_model->rowCount(), 2);
        QCOMPARE(cells(0), (QStringList{u"type=trade"_s, u"received"_s, u"JSON"_s, u"3"_s, u"75.0 %"_s, u"1.00/s"_s,
                                        u"66 B"_s, u"22 B"_s, timeOf(1), timeOf(3), u"{type, p}"_s}));
        QCOMPARE(cells(1), (QStringList{u"{bid, ask}"_s, u"sent"_s, u"JSON"_s, u"1"_s, u"25.0 %"_s, u"0.33/s"_s,
                                        u"17 B"_s, u"17 B"_s, timeOf(4), timeOf(4), QString()}));
        for (int column = 0; column < ShapesModel::ColumnCount; ++column) {
            QVERIFY(!m_model->headerData(column, Qt::Horizontal).toString().isEmpty());
            QVERIFY(m_model->index(0, column).data(ShapesModel::SortRole).isValid());
        }
    }

    /// Rows stay where they are while more come.
    void growsInPlace()
    {
        add(R"({"type":"trade","p":1})");
        show();
        QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
        const QPersistentModelIndex first = m_model->index(0, 0);
        QCOMPARE(m_model->rowCount(first), 0);
        add(R"({"type":"quote"})");
        add(R"({"type":"trade","p":1,"q":2})");
        show();
        QCOMPARE(m_model->rowCount(), 2);
        QCOMPARE(m_model->rowCount(first), 2);
        QCOMPARE(first.data().toString(), u"type=trade"_s);
        QCOMPARE(m_model->index(0, ShapesModel::CountColumn).data().toString(), u"2"_s);
        QCOMPARE(m_model->index(1, 0, first).data().toString(), u"{type, p, q}"_s);
        QCOMPARE(m_model->index(0, ShapesModel::KeysColumn).data().toString(), u"2 sets of keys"_s);
        add(R"({"type":"trade"})");
        add(R"({"type":"trade"})");
        show();
        QCOMPARE(m_model->rowCount(first), 3);
        QCOMPARE(m_model->index(2, ShapesModel::CountColumn, first).data().toString(), u"2"_s);
        QCOMPARE(resets.size(), 0);
        m_table = {};
        add(R"({"a":1})");
        show();
        QCOMPARE(m_model->rowCount(), 1);
        QVERIFY(!first.isValid());
        m_model->clear();
        QCOMPARE(m_model->rowCount(), 0);
    }

    void filtersFindTheRow()
    {
        add(R"({"type":"trade","p":1})");
        add(R"({"type":"trade"})", Direction::In);
        add({}, Direction::Out);
        show();
        const ShapeIds first = shapeIds(*jsonNodes(R"({"type":"trade","p":1})"));
        const QModelIndex trade = m_model->index(0, 0);
        QCOMPARE(m_model->row(trade).filter(), u"proto:\"json\" shape:%1 dir:in"_s.arg(shapeIdText(first.kind)));
        QCOMPARE(m_model->row(m_model->index(0, 0, trade)).filter(),
                 u"proto:\"json\" shape:%1 dir:in"_s.arg(shapeIdText(first.keys)));
        QCOMPARE(m_model->row(m_model->index(1, 0)).filter(), u"proto:none type:text dir:out"_s);
        QCOMPARE(m_model->index(1, 0).data().toString(), u"Text without a format"_s);
    }

    void newOnesAreMarked()
    {
        add(R"({"type":"trade","p":1})");
        add(R"({"type":"quote"})");
        show();
        QCOMPARE(m_model->newCount(), 0);
        m_model->setNewSince(EntryId(2));
        QCOMPARE(m_model->newCount(), 0);
        add(R"({"type":"trade","p":7})");
        add(R"({"type":"trade","q":7})");
        add(R"({"type":"order"})");
        show();
        QCOMPARE(m_model->newCount(), 2);
        QCOMPARE(m_model->index(0, 0).data().toString(), u"● new keys: type=trade"_s);
        QCOMPARE(m_model->index(1, 0, m_model->index(0, 0)).data().toString(), u"● new: {type, q}"_s);
        QCOMPARE(m_model->index(1, 0).data().toString(), u"type=quote"_s);
        QCOMPARE(m_model->index(2, 0).data().toString(), u"● new: type=order"_s);
        // Not sorted by the mark.
        QCOMPARE(m_model->index(2, 0).data(ShapesModel::SortRole).toString(), u"type=order"_s);
        m_model->setNewSince(std::nullopt);
        QCOMPARE(m_model->index(2, 0).data().toString(), u"type=order"_s);
    }

    /// Whatever peers put into names stays one line of plain words.
    void namesAreHarmless()
    {
        add(R"({"<b>x</b>":1})");
        NodeTree tree = *jsonNodes("{}");
        tree.facts.kind = "a\nb\tc\x1b[1m";
        addTree(tree);
        show();
        QVERIFY(m_model->index(0, 0).data(Qt::ToolTipRole).toString().startsWith(u"<qt>"));
        QCOMPARE(m_model->index(1, 0).data().toString(), u"a b c\\x1b[1m"_s);
    }

    void tablesAreWritten()
    {
        add(R"({"type":"a|b","p":1})");
        show();
        const QModelIndexList rows{m_model->index(0, 0)};
        const QStringList lines = shapesText(*m_model, rows, ShapesTextFormat::TabSeparated).split(u'\n');
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines[0].count(u'\t'), lines[1].count(u'\t'));
        QVERIFY2(
            lines[1].startsWith(u"type=a|b\treceived\tJSON\t1\t100.00\t0.00\t20\t20\t20\t1\t1\t1970-01-01T00:00:01."),
            qPrintable(lines[1]));
        const QStringList table = shapesText(*m_model, rows, ShapesTextFormat::Markdown).split(u'\n');
        QCOMPARE(table.size(), 4);
        QCOMPARE(table[1].count(u'|'), table[0].count(u'|'));
        QVERIFY2(table[2].startsWith(u"| type=a\\|b | received |"), qPrintable(table[2]));
    }

private:
    void add(const QByteArray &json, Direction direction = Direction::In)
    {
        const auto tree = json.isEmpty() ? std::nullopt : jsonNodes(json);
        put(tree ? &*tree : nullptr, json.size(), direction);
    }

    void addTree(const NodeTree &tree) { put(&tree, 10, Direction::In); }

    void put(const NodeTree *tree, qint64 size, Direction direction)
    {
        ++m_entries;
        m_table.add({EntryId(m_entries), secondsIn(m_entries), direction, true, size, tree,
                     tree ? formatOf(u"json") : nullptr});
    }

    static Timestamp secondsIn(qint64 seconds) { return timestampFromNs(seconds * 1'000'000'000); }
    static QString timeOf(qint64 seconds) { return toLocalTimeOfDay(secondsIn(seconds)); }

    void show() { m_model->setCounts({m_table.shapes(), m_table.groupCount(), m_table.sums(), EntryId(m_entries)}); }

    [[nodiscard]] QStringList cells(int row) const
    {
        QStringList cells;
        for (int column = 0; column < ShapesModel::ColumnCount; ++column)
            cells += m_model->index(row, column).data().toString();
        return cells;
    }

    ShapeTable m_table;
    qint64 m_entries = 0;
    std::unique_ptr<ShapesModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

SOCKEYE_TEST(ShapesModelTest, QApplication)
#include "tst_shapesmodel.moc"
