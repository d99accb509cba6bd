#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

#include <QRegularExpression>

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

NodeTree xmppTree(const QByteArray &xml)
{
    return treeOf(u"xmpp", {xml, true, Direction::In, u"xmpp"_s});
}

} // namespace

/// XMPP over WebSocket as @xmpp/client speaks it.
class XmppTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectorsSayWhatTheyMean()
    {
        for (const Vector &vector : read(u"xmpp.jsonl"_s)) {
            const NodeTree tree = treeOf(u"xmpp", vector.input);
            QVERIFY2(!tree.error, tree.error ? qPrintable(tree.error->rule) : "");
            const FormatChoice choice = chooseFormat(vector.input);
            QVERIFY(choice.format && choice.format->id() == u"xmpp" && choice.certainty == Certainty::Sure);
            QCOMPARE(tree.rootCount, 1);
            checkElement(tree, 0, vector.meaning[u"element"_s].toObject());
        }
    }

    void summaries()
    {
        QStringList lines;
        for (const Vector &vector : read(u"xmpp.jsonl"_s))
            lines += treeOf(u"xmpp", vector.input).summary;
        lines.replaceInStrings(QRegularExpression(u"#.*"_s), u"#"_s);
        QCOMPARE(lines,
                 (QStringList{u"open romeo -> example.org"_s, u"open example.org"_s, u"stream:features mechanisms"_s,
                              u"auth PLAIN"_s, u"success"_s, u"open romeo -> example.org"_s, u"open example.org"_s,
                              u"stream:features bind"_s, u"iq set bind #"_s, u"iq result bind #"_s,
                              u"presence away \"brb\""_s, u"message chat -> juliet \"hi <3 \"ü\"\""_s,
                              u"iq get ping -> example.org #"_s, u"message chat juliet -> romeo \"Wherefore & why?\""_s,
                              u"iq error service-unavailable example.org #"_s, u"close"_s, u"close"_s}));
    }

    void otherSummaries_data()
    {
        QTest::addColumn<QByteArray>("xml");
        QTest::addColumn<QString>("summary");
        QTest::addColumn<QString>("note");
        QTest::newRow("typing") << QByteArray("<message from='a@b/c' to='d@e'><composing/></message>")
                                << u"message a -> d composing"_s << u"type normal"_s;
        QTest::newRow("in a language") << QByteArray(
                                              "<message type='groupchat'><body xml:lang='en'>hi</body></message>")
                                       << u"message groupchat \"hi\""_s << QString();
        QTest::newRow("refused") << QByteArray("<message type='error' to='a@b'><body>x</body><error type='cancel'>"
                                               "<item-not-found/></error></message>")
                                 << u"message error item-not-found -> a \"x\""_s << QString();
        QTest::newRow("here") << QByteArray("<presence from='a@b/c'/>") << u"presence a"_s << u"is available"_s;
        QTest::newRow("gone") << QByteArray("<presence type='unavailable'/>") << u"presence unavailable"_s << QString();
        QTest::newRow("close") << QByteArray("<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>") << u"close"_s
                               << u"ends the stream"_s;
        QTest::newRow("ack") << QByteArray("<r xmlns='urn:xmpp:sm:3'/>") << u"r"_s << QString();
    }
    void otherSummaries()
    {
        QFETCH(QByteArray, xml);
        QFETCH(QString, summary);
        QFETCH(QString, note);
        const NodeTree tree = xmppTree(xml);
        QVERIFY(!tree.error);
        QCOMPARE(tree.summary, summary);
        QCOMPARE(tree.note(0), note);
    }

    void bytesOfEachValue()
    {
        const QByteArray xml("<message to=\"a@b\" from=\"c@d/e\" id=\"m1\" type=\"chat\" xml:lang=\"en\">"
                             "<subject>s</subject><body>hello</body><thread parent=\"p\">t</thread><x a=\"1\" b=\"2\"/>"
                             "<nick xmlns=\"n\">Nick</nick></message>");
        const NodeTree tree = xmppTree(xml);
        QCOMPARE(rangesOf(tree),
                 (QStringList{u"message 0 185"_s, u"@to 9 8"_s, u"@from 18 12"_s, u"@id 31 7"_s, u"@type 39 11"_s,
                              u"@xml:lang 51 13"_s, u"subject 65 20"_s, u"body 85 18"_s, u"thread 103 29"_s,
                              u"@parent 111 10"_s, u"#text 122 1"_s, u"x 132 16"_s, u"@a 135 5"_s, u"@b 141 5"_s,
                              u"nick 148 27"_s, u"@xmlns 154 9"_s, u"#text 164 4"_s}));
        QCOMPARE(
            rangesOf(xmppTree(
                "<presence from='a@b/c' to='d@e' type='error' id='p1'><show>away</show><priority>5</priority><error "
                "type='cancel' code='503'><text>no</text></error></presence>")),
            (QStringList{u"presence 0 158"_s, u"@from 10 12"_s, u"@to 23 8"_s, u"@type 32 12"_s, u"@id 45 7"_s,
                         u"show 53 17"_s, u"priority 70 22"_s, u"error 92 55"_s, u"@type 99 13"_s, u"@code 113 10"_s,
                         u"text 124 15"_s}));
    }

    void errors()
    {
        const NodeTree mismatch = xmppTree("<iq type='get'><query></iq>");
        QVERIFY(mismatch.error);
        QCOMPARE(mismatch.error->offset, 24);
        const NodeTree entity = xmppTree("<!DOCTYPE a [<!ENTITY b 'c'>]><message><body>&b;</body></message>");
        QVERIFY(entity.error && entity.error->rule.contains(u"declares entities"));
        QCOMPARE(entity.error->offset, 13);
        const NodeTree two = xmppTree("<r xmlns='urn:xmpp:sm:3'/><r xmlns='urn:xmpp:sm:3'/>");
        QVERIFY(two.error);
        QCOMPARE(two.error->offset, 26);
        QVERIFY(xmppTree("hello").error);
    }

    void howSure()
    {
        const auto certainty = [](const QByteArray &bytes, const QString &subprotocol) {
            return formatOf(u"xmpp")->probe({bytes, true, Direction::In, subprotocol});
        };
        QVERIFY(certainty("<r/>", u"xmpp"_s) == Certainty::Sure);
        QVERIFY(certainty({}, u"xmpp"_s) == Certainty::None);
        QVERIFY(certainty("<r xmlns='urn:xmpp:sm:3'/>", {}) == Certainty::Sure);
        QVERIFY(certainty("<message><body>hi</body></message>", {}) == Certainty::None);
        QVERIFY(certainty("<a><b>jabber:client</b></a>", {}) == Certainty::None);
    }

private:
    static void checkElement(const NodeTree &tree, qint32 node, const QJsonObject &meaning)
    {
        QCOMPARE(tree.name(node), meaning[u"name"_s].toString());
        const QJsonArray attributes = meaning[u"attributes"_s].toArray();
        const QJsonArray elements = meaning[u"children"_s].toArray();
        const QString text = meaning[u"text"_s].toString();
        const std::vector<qint32> children = tree.children(node);
        const bool isText = attributes.isEmpty() && elements.isEmpty() && !text.isEmpty();
        QCOMPARE(tree.at(node).isContainer(), !isText);
        if (isText) {
            QCOMPARE(tree.text(node), text);
            return;
        }
        QCOMPARE(qsizetype(children.size()), attributes.size() + elements.size() + (text.isEmpty() ? 0 : 1));
        for (qsizetype i = 0; i < attributes.size(); ++i) {
            QCOMPARE(tree.name(children[size_t(i)]), u'@' + attributes[i].toArray()[0].toString());
            QCOMPARE(tree.text(children[size_t(i)]), attributes[i].toArray()[1].toString());
        }
        if (!text.isEmpty())
            QCOMPARE(tree.text(children.back()), text);
        for (qsizetype i = 0; i < elements.size(); ++i)
            checkElement(tree, children[size_t(attributes.size() + i)], elements[i].toObject());
    }
};

SOCKEYE_TEST(XmppTest, QCoreApplication)
#include "tst_xmpp.moc"
