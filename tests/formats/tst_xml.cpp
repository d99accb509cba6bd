#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

#include <QStringEncoder>

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

NodeTree xmlTree(const QByteArray &xml, bool isText = true)
{
    return treeOf(u"xml", {xml, isText, Direction::In, {}});
}

const QByteArray Note("<?xml version=\"1.0\"?>\n"
                      "<note id=\"7\" a='x &amp; y'>\n"
                      "  <to>Bob</to>\n"
                      "  <cc/>\n"
                      "  <!-- hi -->\n"
                      "  <b lang=\"en\">one<i>two</i> three</b>\n"
                      "  <c>1 &lt; <![CDATA[<2>]]></c>\n"
                      "  <?go there?>\n"
                      "</note>\n");

} // namespace

/// XML: elements, attributes and texts with their bytes, and what is refused.
class XmlTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void elementsAreNodes()
    {
        const NodeTree tree = xmlTree(Note);
        QVERIFY2(!tree.error, tree.error ? qPrintable(tree.error->rule) : "");
        QCOMPARE(linesOf(tree),
                 u"?xml=version 1.0\nnote\n @id=7\n @a=x & y\n to=Bob\n cc\n #comment= hi \n b\n  @lang=en\n"
                 "  #text=one\n  i=two\n  #text= three\n c=1 < <2>\n ?go=there"_s);
        QCOMPARE(tree.summary, u"<note id=\"7\" a=\"x & y\"> · Bob one two three 1 < <2>"_s);
    }

    void bytesOfEachNode()
    {
        QCOMPARE(rangesOf(xmlTree(Note)),
                 (QStringList{u"?xml 0 21"_s, u"note 22 158"_s, u"@id 28 6"_s, u"@a 35 13"_s, u"to 52 12"_s,
                              u"cc 67 5"_s, u"#comment 75 11"_s, u"b 89 36"_s, u"@lang 92 9"_s, u"#text 102 3"_s,
                              u"i 105 10"_s, u"#text 115 6"_s, u"c 128 29"_s, u"?go 160 12"_s}));
        QCOMPARE(rangesOf(xmlTree("<a b=\"1\" c = '2'\n d=\"&#65;\"><!--x--><e>f</e><g h=\"\"/></a>")),
                 (QStringList{u"a 0 57"_s, u"@b 3 5"_s, u"@c 9 7"_s, u"@d 18 9"_s, u"#comment 28 8"_s, u"e 36 8"_s,
                              u"g 44 9"_s, u"@h 47 4"_s}));
    }

    void aTextIsAPlace()
    {
        const NodeTree tree = xmlTree("<a k=\"v\"><b>text</b></a>");
        QVERIFY(tree.at(1).textPlace == Node::TextPlace::Source && tree.at(2).textPlace == Node::TextPlace::Source);
        QCOMPARE(tree.at(1).text, (Node::Range{6, 1}));
        QCOMPARE(tree.at(2).text, (Node::Range{12, 4}));
        QCOMPARE(tree.nameBytes(tree.at(2)), QByteArrayView("b"));
        QCOMPARE(tree.nameBytes(tree.at(1)), QByteArrayView("k"));
    }

    void otherEncodings_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("ranges");
        const QString text = u"<?xml version=\"1.0\"?><a k=\"é\"><b>ü€</b></a>"_s;
        const QStringList wide{u"?xml 2 42"_s, u"a 44 44"_s, u"@k 50 10"_s, u"b 62 18"_s};
        QByteArray little = QStringEncoder(QStringConverter::Utf16LE).encode(text);
        QByteArray big = QStringEncoder(QStringConverter::Utf16BE).encode(text);
        QTest::newRow("UTF-16LE") << QByteArray("\xff\xfe" + little) << wide;
        QTest::newRow("UTF-16BE") << QByteArray("\xfe\xff" + big) << wide;
    }
    void otherEncodings()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QStringList, ranges);
        const NodeTree tree = xmlTree(bytes, false);
        QVERIFY2(!tree.error, tree.error ? qPrintable(tree.error->rule) : "");
        QCOMPARE(linesOf(tree), u"?xml=version 1.0\na\n @k=é\n b=ü€"_s);
        QCOMPARE(rangesOf(tree), ranges);
        QCOMPARE(chooseFormat({bytes, false, Direction::In, {}}).format->id(), u"xml"_s);
    }

    void latin1ByItsDeclaration()
    {
        const QByteArray bytes("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>");
        QCOMPARE(linesOf(xmlTree(bytes, false)), u"?xml=version 1.0 · ISO-8859-1\na\n #text=é"_s);
        // A text message is UTF-8, whatever it says.
        const QByteArray text("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xc3\xa9</a>");
        QCOMPARE(linesOf(xmlTree(text, true)), u"?xml=version 1.0 · ISO-8859-1\na\n #text=é"_s);
    }

    void aDrawingIsText()
    {
        const QByteArray svg("<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://127.0.0.1/svg11.dtd\">"
                             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\"><path d=\"M0 0\"/>&nbsp;</svg>");
        const NodeTree tree = xmlTree(svg);
        QVERIFY(!tree.error);
        QCOMPARE(linesOf(tree), u"!DOCTYPE=svg\nsvg\n @xmlns=http://www.w3.org/2000/svg\n @width=10\n path\n  @d=M0 0\n"
                                " #text=&nbsp;"_s);
        QVERIFY(chooseFormat({svg, true, Direction::In, {}}).certainty == Certainty::Sure);
    }

    void errors_data()
    {
        QTest::addColumn<QByteArray>("xml");
        QTest::addColumn<qsizetype>("offset");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("lines");
        const auto row = [](const char *name, const QByteArray &xml, qsizetype offset, const QString &rule,
                            const QString &lines) { QTest::newRow(name) << xml << offset << rule << lines; };
        row("entities", "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>", 13, u"declares entities"_s,
            u"!DOCTYPE=a"_s);
        row("entity from elsewhere", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", 13,
            u"declares entities"_s, u"!DOCTYPE=a"_s);
        row("parameter entity", "<!DOCTYPE a [<!ENTITY % b \"c\">]><a/>", 13, u"declares entities"_s, u"!DOCTYPE=a"_s);
        row("undeclared entity", "<a><b>x</b>&c;</a>", 11, u"not declared"_s, u"a\n b=x"_s);
        row("mismatch", "<a><b>x</c></a>", 9, u"ends another element"_s, u"a\n b\n  #text=x"_s);
        row("unclosed", "<a><b>x</b>", 11, u"ends before its outermost element"_s, u"a\n b=x"_s);
        row("in a tag", "<a><b>x</b><c d=\"", 11, u"ends in what begins here"_s, u"a\n b=x"_s);
        row("behind the end", "<a/>b", 4, u"behind the outermost element"_s, u"a"_s);
        row("twice", "<a b=\"1\" b=\"2\"/>", 9, u"a second time"_s, QString());
        row("nothing", "", 0, u"no element"_s, QString());
        row("no XML", "<a><3</a>", 4, u"no XML"_s, u"a"_s);
        row("character", "<a>&#0;</a>", 3, u"names no character"_s, u"a"_s);
        row("encoding", "<?xml version='1.0' encoding='nothing'?><a/>", 30, u"is not read"_s, QString());
    }
    void errors()
    {
        QFETCH(QByteArray, xml);
        QFETCH(qsizetype, offset);
        QFETCH(QString, rule);
        QFETCH(QString, lines);
        const NodeTree tree = xmlTree(xml, !xml.contains("nothing"));
        QVERIFY(tree.error);
        QVERIFY2(tree.error->rule.contains(rule), qPrintable(tree.error->rule));
        QCOMPARE(tree.error->offset, offset);
        QVERIFY2(linesOf(tree).startsWith(lines), qPrintable(linesOf(tree)));
    }

    void deepElementsCostNoStack()
    {
        QByteArray deep;
        for (int i = 0; i < 100'000; ++i)
            deep += "<a>";
        const NodeTree tree = xmlTree(deep);
        QVERIFY(tree.error && tree.error->rule.contains(u"nested deeper"));
        QVERIFY(formatOf(u"xml")->probe({deep, true, Direction::In, {}}) == Certainty::Sure);
    }

    void howSure()
    {
        const auto certainty = [](const QByteArray &bytes, bool isText) {
            return formatOf(u"xml")->probe({bytes, isText, Direction::In, {}});
        };
        QVERIFY(certainty("<a/>", true) == Certainty::Sure);
        QVERIFY(certainty("<a/>", false) == Certainty::Likely);
        QVERIFY(certainty(" \n<ab>c</ab>", false) == Certainty::Sure);
        QVERIFY(certainty("<?xml version='1.0'?><a><b></a>", true) == Certainty::Sure);
        QVERIFY(certainty("<stream:stream to='a'>", true) == Certainty::Likely);
        QVERIFY(certainty("<3 you", true) == Certainty::None);
        QVERIFY(certainty("<p>no end", true) == Certainty::None);
        QVERIFY(certainty("<a>1</b>", true) == Certainty::None);
        QVERIFY(certainty("a <b/>", true) == Certainty::None);
        QVERIFY(certainty("<!-- only -->", true) == Certainty::None);
        QVERIFY(certainty({}, true) == Certainty::None);
    }
};

SOCKEYE_TEST(XmlTest, QCoreApplication)
#include "tst_xml.moc"
