#include "widgets/payload/NodeView.h"

#include "decode/JsonNodes.h"
#include "support/TestProgram.h"
#include "widgets/payload/NodeModel.h"
#include "widgets/style/Theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

std::shared_ptr<const NodeTree> treeOf(const QByteArray &payload)
{
    auto tree = jsonNodes(payload);
    if (!tree)
        qFatal("No JSON: %s", payload.constData());
    return std::make_shared<const NodeTree>(std::move(*tree));
}

QString nameAt(const QModelIndex &index)
{
    return index.siblingAtColumn(NodeModel::NameColumn).data().toString();
}

QString valueAt(const QModelIndex &index)
{
    return index.siblingAtColumn(NodeModel::ValueColumn).data().toString();
}

} // namespace

/// JSON as a tree that folds.
class NodeViewTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    /// JSON's own term finds JSON in a text, not in the bytes of another format: there the field is asked for.
    void theFilterIsOfferedThatFindsTheValue()
    {
        const auto offered = [](const NodeTree &tree, qint32 node) {
            NodeView view;
            view.setTree(std::make_shared<const NodeTree>(tree));
            view.setCurrentNode(node);
            QSignalSpy wanted(&view, &NodeView::filterWanted);
            QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
            QCoreApplication::sendEvent(&view, &event);
            trigger(*view.findChild<QMenu *>(), u"&Filter by this"_s);
            return wanted.isEmpty() ? QString() : wanted.constFirst().constFirst().toString();
        };
        QCOMPARE(offered(*treeOf("42[\"price\",{\"p\":1}]"), 3), u"json:$[1].p=1"_s);
        NodeBuilder builder("\x01\x02{\"p\":1}");
        QVERIFY(builder.open(u"payload", Node::Kind::Object, 0));
        QVERIFY(addJsonNodes(builder, "\x01\x02{\"p\":1}", 2, 9));
        builder.close(9);
        const NodeTree tree = builder.take();
        QCOMPARE(tree.text(2), u"1"_s);
        QCOMPARE(offered(tree, 2), u"field:$.p=1"_s);
    }

    /// Until somebody gives them another width.
    void namesGrowWithTheView()
    {
        NodeView view;
        view.setTree(treeOf(R"({"a":1})"));
        view.resize(200, 200);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const int narrow = view.header()->sectionSize(NodeModel::NameColumn);
        view.resize(600, 200);
        QTRY_VERIFY(view.header()->sectionSize(NodeModel::NameColumn) >= 2 * narrow);
        view.header()->resizeSection(NodeModel::NameColumn, 70);
        view.resize(900, 200);
        QTRY_COMPARE(view.width(), 900);
        QCOMPARE(view.header()->sectionSize(NodeModel::NameColumn), 70);
    }

    void theModelShowsWhatIsWritten()
    {
        NodeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        // Else it would fetch in the middle of a fetch of ours.
        tester.setUseFetchMore(false);
        QCOMPARE(model.rowCount(), 0);
        model.setTree(treeOf(R"({"b":18446744073709551617,"a":["x\n",true],"b":{}, "at":1764497553007})"));
        QCOMPARE(model.rowCount(), 1);
        const QModelIndex root = model.index(0, 0);
        QCOMPARE(nameAt(root), u"$"_s);
        QCOMPARE(valueAt(root), u"{4 members}"_s);
        QVERIFY(model.hasChildren(root));
        QCOMPARE(model.rowCount(root), 0);
        model.fetchMore(root);
        QCOMPARE(model.rowCount(root), 4);
        QStringList lines;
        for (int row = 0; row < 4; ++row)
            lines += nameAt(model.index(row, 0, root)) + u'=' + valueAt(model.index(row, 0, root));
        QCOMPARE(lines,
                 (QStringList{u"b=18446744073709551617"_s, u"a=[2 elements]"_s, u"b={}"_s, u"at=1764497553007"_s}));
        const QModelIndex array = model.index(1, 0, root);
        model.fetchMore(array);
        QCOMPARE(nameAt(model.index(1, 0, array)), u"1"_s);
        QCOMPARE(valueAt(model.index(0, 0, array)), u"\"x\\n\""_s);
        QVERIFY(!model.hasChildren(model.index(2, 0, root)));
        QVERIFY(model.index(3, NodeModel::ValueColumn, root).data(NodeModel::NoteRole).toString().contains(u":33.007"));
        QVERIFY(model.index(0, NodeModel::ValueColumn, root).data(NodeModel::NoteRole).toString().isEmpty());
        model.setTree(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void manyElementsComeInLots()
    {
        NodeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        // Else it would fetch in the middle of a fetch of ours.
        tester.setUseFetchMore(false);
        model.setTree(treeOf('[' + QByteArray("0,").repeated(2 * NodeModel::Lot) + "1]"));
        const QModelIndex root = model.index(0, 0);
        for (const int shown : {NodeModel::Lot, 2 * NodeModel::Lot, 2 * NodeModel::Lot + 1}) {
            QVERIFY(model.canFetchMore(root));
            model.fetchMore(root);
            QCOMPARE(model.rowCount(root), shown);
        }
        QVERIFY(!model.canFetchMore(root));
        QCOMPARE(valueAt(model.index(2 * NodeModel::Lot, 0, root)), u"1"_s);
    }

    void valuesFromOutsideAreCut()
    {
        NodeModel model;
        const QByteArray marks = QString(u"a"_s + QString(100, QChar(0x0301))).toUtf8();
        model.setTree(treeOf("[\"" + QByteArray(2000, 'x') + "\",\"" + marks + "\"]"));
        model.fetchMore(model.index(0, 0));
        QCOMPARE(valueAt(model.index(0, 0, model.index(0, 0))).size(), NodeModel::MaxShown + 1);
        QVERIFY(valueAt(model.index(1, 0, model.index(0, 0))).size() < 50);
    }

    void scrollingBringsMore()
    {
        NodeView view;
        view.resize(400, 300);
        view.setTree(treeOf('[' + QByteArray("0,").repeated(2 * NodeModel::Lot) + "1]"));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const QModelIndex root = view.model()->index(0, 0);
        QVERIFY(view.isExpanded(root));
        QCOMPARE(view.model()->rowCount(root), NodeModel::Lot);
        QTest::keyClick(&view, Qt::Key_End);
        QTRY_VERIFY(view.model()->rowCount(root) > NodeModel::Lot);
        QTest::keyClick(&view, Qt::Key_End);
        QTRY_COMPARE(view.model()->rowCount(root), 2 * NodeModel::Lot + 1);
    }

    void valuesAndPathsAreCopied()
    {
        NodeView view;
        view.setTree(treeOf(R"({"a":[1.50,{"b c":"x\ny"}]})"));
        view.show();
        choose(view, {0, 0, 0});
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"1.50"_s);
        choose(view, {0, 0, 1, 0});
        view.copyValue();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"x\ny"_s);
        view.copyPath();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"$.a[1][\"b c\"]"_s);
        choose(view, {0, 0});
        view.copyValue();
        QCOMPARE(QGuiApplication::clipboard()->text(), uR"([1.50,{"b c":"x\ny"}])"_s);
    }

    void theMenuFiltersAndMarks()
    {
        NodeView view;
        view.setTree(treeOf(R"({"a":"x","b":"line\nbreak"})"));
        view.show();
        QSignalSpy filter(&view, &NodeView::filterWanted);
        QSignalSpy mark(&view, &NodeView::markWanted);
        choose(view, {0, 0});
        QMenu *menu = openMenu(view);
        QVERIFY(menu);
        trigger(*menu, u"&Filter by this"_s);
        trigger(*menu, u"&Mark this"_s);
        QCOMPARE(filter, (QList<QVariantList>{{u"json:$.a=\"x\""_s}}));
        QCOMPARE(mark, (QList<QVariantList>{{u"json:$.a=\"x\""_s}}));
        menu->close();
        // No line of the filter can hold this one.
        choose(view, {0, 1});
        menu = openMenu(view);
        for (const QAction *action : menu->actions()) {
            if (action->text() == u"&Filter by this" || action->text() == u"&Mark this")
                QVERIFY(!action->isEnabled());
        }
    }

    void aNumberCanBeDrawn()
    {
        NodeView view;
        view.setTree(treeOf(R"({"a":["x",1.5,"2"],"b":null})"));
        view.show();
        QSignalSpy plot(&view, &NodeView::plotWanted);
        const auto isOffered = [&](const QList<int> &rows) {
            choose(view, rows);
            QMenu *menu = openMenu(view);
            for (QAction *action : menu->actions()) {
                if (action->text() == u"P&lot this" && action->isEnabled())
                    action->trigger();
            }
            menu->close();
            return plot.isEmpty() ? QString() : plot.takeFirst()[0].toString();
        };
        QCOMPARE(isOffered({0, 0}), QString());
        QCOMPARE(isOffered({0, 0, 0}), QString());
        QCOMPARE(isOffered({0, 0, 1}), u"$.a[1]"_s);
        // Text that is written as a number is drawn as one.
        QCOMPARE(isOffered({0, 0, 2}), u"$.a[2]"_s);
        QCOMPARE(isOffered({0, 1}), QString());
    }

    void theMenuMakesColumns()
    {
        NodeView view;
        view.setTree(treeOf(R"({"a":[{"b c":null}]})"));
        view.show();
        QSignalSpy column(&view, &NodeView::columnWanted);
        const auto chooseColumn = [&view](const QList<int> &rows) {
            choose(view, rows);
            QMenu *menu = openMenu(view);
            trigger(*menu, u"Show as &column"_s);
            delete menu;
        };
        chooseColumn({0, 0, 0, 0});
        chooseColumn({0, 0, 0});
        // The whole message is no field of it.
        chooseColumn({0});
        QCOMPARE(column, (QList<QVariantList>{{u"$.a[0][\"b c\"]"_s}, {u"$.a[0]"_s}}));
    }

    /// That would take as long as there is patience.
    void whatIsLargeIsNotUnfoldedInOneGo()
    {
        NodeView view;
        view.setTree(treeOf('[' + QByteArray("[0],").repeated(NodeView::MaxUnfolded) + "[[1]]]"));
        view.show();
        const QModelIndex root = view.model()->index(0, 0);
        choose(view, {0});
        QTest::keyClick(&view, Qt::Key_Asterisk);
        QVERIFY(!view.isExpanded(view.model()->index(0, 0, root)));
        // All levels of what is small, however many.
        constexpr int Deep = 2000;
        view.setTree(treeOf(QByteArray(Deep, '[') + '1' + QByteArray(Deep, ']')));
        choose(view, {0});
        QTest::keyClick(&view, Qt::Key_Asterisk);
        int depth = 0;
        for (QModelIndex index = view.model()->index(0, 0); view.isExpanded(index);
             index = view.model()->index(0, 0, index))
            ++depth;
        QCOMPARE(depth, Deep);
    }

private:
    /// Makes the node at these rows, from the root down, the current one.
    static void choose(NodeView &view, const QList<int> &rows)
    {
        QModelIndex index;
        for (const int row : rows) {
            if (view.model()->canFetchMore(index))
                view.model()->fetchMore(index);
            index = view.model()->index(row, 0, index);
            QVERIFY(index.isValid());
        }
        view.setCurrentIndex(index);
    }

    static QMenu *openMenu(NodeView &view)
    {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, view.mapToGlobal(QPoint()));
        QCoreApplication::sendEvent(view.viewport(), &event);
        const QList<QMenu *> menus = view.findChildren<QMenu *>();
        return menus.isEmpty() ? nullptr : menus.last();
    }

    static void trigger(const QMenu &menu, const QString &text)
    {
        for (QAction *action : menu.actions()) {
            if (action->text() == text)
                action->trigger();
        }
    }
};

SOCKEYE_TEST(NodeViewTest, QApplication)
#include "tst_nodeview.moc"
