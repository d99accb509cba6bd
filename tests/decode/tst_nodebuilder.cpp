#include "decode/NodeBuilder.h"

#include "decode/JsonNodes.h"
#include "decode/NodeText.h"
#include "formats/TreeFault.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// Nodes put into their order, whatever a decoder does.
class NodeBuilderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nodesHaveTheirPlaces()
    {
        NodeBuilder builder("\x05hello\x01\x02");
        QVERIFY(builder.open(u"packet", Node::Kind::Object, 0));
        builder.addPlace(u"name", Node::Kind::String, 0, 6, 1, u"a greeting");
        builder.label(u"list", 6, 7);
        QVERIFY(builder.open(Node::Kind::Array, 6));
        builder.add(Node::Kind::Number, 6, 7, u"1");
        builder.add(Node::Kind::Number, 7, 8, u"2");
        builder.close(8);
        builder.close(8);
        builder.setSummary(u"hello"_s);
        const NodeTree tree = builder.take();
        QCOMPARE(fault(tree), QString());
        QCOMPARE(nodesText(tree), u"packet\n  name: hello (a greeting)\n  list\n    0: 1\n    1: 2\n"_s);
        QCOMPARE(tree.summary, u"hello"_s);
        QCOMPARE(tree.nameBytes(tree.at(2)), QByteArrayView("\x01"));
        QCOMPARE(tree.valueBytes(tree.at(1)), QByteArrayView("\x05hello"));
        QCOMPARE(tree.nodeAt(0, 3), 1);
        QCOMPARE(tree.nodeAt(0, 7), 4);
        QCOMPARE(tree.nodeAt(0, 8), Node::None);
        QVERIFY(nodesText(tree, 10).endsWith(u'…'));
    }

    void whatIsOpenIsClosed()
    {
        NodeBuilder builder("abcdef");
        QVERIFY(builder.open(u"a", Node::Kind::Object, 0));
        QVERIFY(builder.open(u"b", Node::Kind::Object, 1));
        builder.add(u"c", 2, 3, 7);
        builder.fail(4, u"No more."_s);
        builder.fail(5, u"Not told."_s);
        const NodeTree tree = builder.take();
        QCOMPARE(fault(tree), QString());
        QVERIFY(tree.error && tree.error->offset == 4 && tree.error->rule == u"No more.");
        const Node &rest = tree.at(tree.size() - 1);
        QCOMPARE(rest.parent, Node::None);
        QCOMPARE(tree.valueBytes(rest), QByteArrayView("ef"));
        QCOMPARE(tree.note(tree.size() - 1), u"No more."_s);
    }

    void beyondTheLimitsNothingIsKept()
    {
        NodeBuilder builder(QByteArray(100, 'x'), {}, {3, 2});
        QVERIFY(builder.open(u"a", Node::Kind::Array, 0));
        QVERIFY(builder.open(u"b", Node::Kind::Array, 1));
        QVERIFY(!builder.open(u"c", Node::Kind::Array, 2));
        QVERIFY(builder.hasFailed());
        builder.add(u"d", 3, 4, 1);
        builder.add(u"e", 4, 5, 1);
        builder.note(u"of nothing");
        const NodeTree tree = builder.take();
        QVERIFY(tree.isCut);
        QCOMPARE(tree.size(), 3);
        QCOMPARE(fault(tree), QString());
    }

    void whatIsNotKeptHasNoWords()
    {
        NodeBuilder builder(QByteArray(1000, 'x'), {}, {10, 5});
        for (qsizetype i = 0; i < 1000; ++i)
            builder.add(u"a label of some length", i, i + 1, i, u"a note");
        QVERIFY(builder.isFull());
        QVERIFY(builder.take().words.size() < 1000);
    }

    /// Nodes are work, however few bytes they come from.
    void asksByNodes()
    {
        int asked = 0;
        NodeBuilder builder("x", [&asked](qsizetype) {
            ++asked;
            return true;
        });
        for (int i = 0; i < 10'000; ++i) {
            builder.add(u"a", 0, 1, i);
            QVERIFY(builder.goOn(0));
        }
        QVERIFY(asked >= 30 && asked < 100);
    }

    void aMessageInAMessage()
    {
        NodeBuilder builder("12{\"a\":1}34");
        builder.setInner([](NodeBuilder &inner, const QByteArray &bytes, bool, QString &summary) {
            summary = u"JSON"_s;
            return addJsonNodes(inner, bytes, 0, bytes.size());
        });
        QVERIFY(builder.open(u"frame", Node::Kind::Object, 0));
        QCOMPARE(builder.addInner(u"body", 0, 9, 2, true), u"JSON"_s);
        builder.add(u"end", 9, 11, 34);
        builder.close(11);
        const NodeTree tree = builder.take();
        QCOMPARE(fault(tree), QString());
        QCOMPARE(nodesText(tree), u"frame\n  body: {\"a\":1}\n    0\n      a: 1\n  end: 34\n"_s);
        QCOMPARE(tree.at(3).value, (Node::Range{7, 1}));
    }

    /// An error in there is not one of the message around it; it is told where it stands.
    void aBrokenMessageInAMessage()
    {
        NodeBuilder builder("12[1,?]34");
        builder.setInner([](NodeBuilder &inner, const QByteArray &bytes, bool, QString &) {
            static_cast<void>(addJsonOrFail(inner, bytes, 0, bytes.size()));
            return true;
        });
        QVERIFY(builder.open(u"frame", Node::Kind::Object, 0));
        builder.addInner(u"body", 2, 7, 2, true);
        QVERIFY(!builder.hasFailed());
        builder.add(u"end", 7, 9, 34);
        builder.close(9);
        const NodeTree tree = builder.take();
        QCOMPARE(fault(tree), QString());
        QVERIFY(!tree.error);
        QVERIFY(nodesText(tree).contains(u"not decoded: 3f 5d (No JSON value"));
        QCOMPARE(tree.text(tree.size() - 1), u"34"_s);
    }

    void whatAStepMadeIsASourceOfItsOwn()
    {
        NodeBuilder builder("packed");
        QVERIFY(builder.open(u"step", Node::Kind::Bytes, 0));
        const bool isAdded = builder.addSource(u"unpacked"_s, "[1]",
                                               [](NodeBuilder &inner) { QVERIFY(addJsonNodes(inner, "[1]", 0, 3)); });
        QVERIFY(isAdded);
        builder.close(6);
        const NodeTree tree = builder.take();
        QCOMPARE(fault(tree), QString());
        QCOMPARE(tree.sources.size(), size_t(2));
        QCOMPARE(tree.at(2).source, quint8(1));
        QCOMPARE(tree.valueBytes(tree.at(2)), QByteArrayView("1"));
        QCOMPARE(tree.nodeAt(1, 1), 2);
        QCOMPARE(tree.nodeAt(0, 1), 0);
    }
};

SOCKEYE_TEST(NodeBuilderTest, QCoreApplication)
#include "tst_nodebuilder.moc"
