#include "fields/FieldFinder.h"

#include "decode/NodePath.h"
#include "support/TestProgram.h"
#include "tests/fields/VectorCapture.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

NodeTree json(const QByteArray &text)
{
    return treeOf(u"json", {text, true});
}

/// The texts of what the path finds.
QStringList found(const NodeTree &tree, QStringView path)
{
    Result<FieldPath> parsed = FieldPath::parse(path);
    if (!parsed)
        return {u"error"_s};
    FieldFinder finder(std::move(parsed).value());
    QStringList texts;
    for (const qint32 node : finder.in(tree))
        texts += tree.text(node);
    return texts;
}

} // namespace

class FieldFinderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pathsFromTheBeginning()
    {
        const NodeTree tree = json(R"({"a":{"b":[1,{"c":"x"}],"b c":2},"b":3})");
        QCOMPARE(found(tree, u"$.b"), QStringList{u"3"_s});
        QCOMPARE(found(tree, u"$.a.b[0]"), QStringList{u"1"_s});
        QCOMPARE(found(tree, u"$.a.b[1].c"), QStringList{u"x"_s});
        QCOMPARE(found(tree, u"$.a[\"b c\"]"), QStringList{u"2"_s});
        QCOMPARE(found(tree, u"$.c"), QStringList());
        QCOMPARE(found(tree, u"$").size(), 1);
    }

    void namesAnywhere()
    {
        const NodeTree tree = json(R"({"a":{"id":1},"list":[{"id":2},{"id":3,"deep":{"id":4}}]})");
        QCOMPARE(found(tree, u"id"), (QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s}));
        QCOMPARE(found(tree, u"a.id"), QStringList{u"1"_s});
        QCOMPARE(found(tree, u"deep.id"), QStringList{u"4"_s});
        QCOMPARE(found(tree, u"[1].id"), QStringList{u"3"_s});
        QCOMPARE(found(tree, u"list[*].id"), (QStringList{u"2"_s, u"3"_s}));
        QCOMPARE(found(tree, u"$.*.id"), QStringList{u"1"_s});
        QCOMPARE(found(tree, u"$.*[*].id"), (QStringList{u"2"_s, u"3"_s}));
    }

    void namesWithEscapes()
    {
        const NodeTree tree = json("{\"a\\u0062\":1,\"a\\\"\":2,\"ä\":3,\"*\":4}");
        QCOMPARE(found(tree, u"ab"), QStringList{u"1"_s});
        QCOMPARE(found(tree, u"$[\"a\\\"\"]"), QStringList{u"2"_s});
        QCOMPARE(found(tree, u"ä"), QStringList{u"3"_s});
        QCOMPARE(found(tree, u"$[\"*\"]"), QStringList{u"4"_s});
    }

    void wrongPaths_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *path : {"", "$a", "$.", "a.", "a[", "a[x]", "a[-1]", "a]", "a..b", "$.a[\"b]"})
            QTest::newRow(path) << QString::fromLatin1(path);
    }

    void wrongPaths()
    {
        QFETCH(QString, path);
        const auto parsed = FieldPath::parse(path);
        QVERIFY(!parsed);
        QVERIFY(!parsed.message().isEmpty());
    }

    /// What the window says of a field's place finds the field, in every message of every format.
    void aNodesPathFindsIt()
    {
        qint64 nodes = 0;
        for (const QString &file : files()) {
            for (const Vector &vector : read(file)) {
                const auto message = decodeMessage(vector.input);
                if (!message)
                    continue;
                const NodeTree &tree = *message->tree;
                for (qint32 node = 0; node < std::min(tree.size(), 200); ++node) {
                    const QString path = nodePath(tree, node);
                    auto parsed = FieldPath::parse(path);
                    QVERIFY2(parsed.ok(), qPrintable(file + u' ' + path));
                    FieldFinder finder(std::move(parsed).value());
                    const auto &all = finder.in(tree);
                    QVERIFY2(std::ranges::find(all, node) != all.end(), qPrintable(file + u' ' + path));
                    QCOMPARE(finder.firstIn(tree), all.front());
                    ++nodes;
                }
            }
        }
        QVERIFY(nodes > 1'000);
    }

    void numbers()
    {
        const NodeTree tree = json(R"([1, -2.5e3, "143.86", true, false, null, "x", "", {}, 1e999])");
        const auto at = [&tree](qint32 row) { return numberAt(tree, tree.children(0).at(size_t(row))); };
        QCOMPARE(at(0), 1.0);
        QCOMPARE(at(1), -2500.0);
        QCOMPARE(at(2), 143.86);
        QCOMPARE(at(3), 1.0);
        QCOMPARE(at(4), 0.0);
        for (qint32 row = 5; row < 10; ++row)
            QVERIFY(!at(row));
    }
};

SOCKEYE_TEST(FieldFinderTest, QCoreApplication)

#include "tst_fieldfinder.moc"
