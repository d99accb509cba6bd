#include "wire/ClientBehaviour.h"

#include "support/TestProgram.h"

#include <QFile>
#include <QHash>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace sockeye;

namespace {

/// Those that the sentences name, as they stand in the data and in a sentence.
const QMap<QString, QString> Named{{QStringLiteral("Chromium"), QStringLiteral("Chromium")},
                                   {QStringLiteral("Firefox"), QStringLiteral("Firefox")},
                                   {QStringLiteral("Node 24"), QStringLiteral("Node")},
                                   {QStringLiteral("Bun"), QStringLiteral("Bun")},
                                   {QStringLiteral("Deno"), QStringLiteral("Deno")},
                                   {QStringLiteral("ws"), QStringLiteral("ws")},
                                   {QStringLiteral("gorilla (Go)"), QStringLiteral("gorilla")},
                                   {QStringLiteral("Python websockets"), QStringLiteral("Python websockets")},
                                   {QStringLiteral("QWebSocket"), QStringLiteral("QWebSocket")}};

/// What was seen with one rule: each client's outcomes, over all cases of the rule.
using Seen = QMap<QString, QSet<QString>>;

QMap<QString, Seen> readData()
{
    QMap<QString, Seen> rules;
    QFile file(QStringLiteral(SOCKEYE_CLIENTS_DATA));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    while (!file.atEnd()) {
        const QStringList cells = QString::fromUtf8(file.readLine()).split(u'\t');
        // case, rule, client, version, outcome, words; "cannot": the client does not take part.
        if (cells.size() == 6 && !cells[1].isEmpty() && Named.contains(cells[2]) &&
            cells[4] != QStringLiteral("cannot"))
            rules[cells[1]][Named[cells[2]]] += cells[4];
    }
    return rules;
}

/// What a sentence says of each client it names: "fails", "partly", "hangs", "misreads" or "goes on".
QMap<QString, QString> readSentence(QString sentence)
{
    static const QMap<QString, QString> verbs{
        {QStringLiteral(" fails? here$"), QStringLiteral("fails")},
        {QStringLiteral(" fails? with some forms of it$"), QStringLiteral("partly")},
        {QStringLiteral(" waits? for ever$"), QStringLiteral("hangs")},
        {QStringLiteral(" misreads? messages$"), QStringLiteral("misreads")},
        {QStringLiteral(" go(es)? on$"), QStringLiteral("goes on")}};
    QMap<QString, QString> said;
    sentence.chop(1);
    for (QString clause : sentence.split(QStringLiteral("; "))) {
        for (auto verb = verbs.begin(); verb != verbs.end(); ++verb) {
            const QRegularExpression pattern(verb.key());
            if (!clause.contains(pattern))
                continue;
            clause.remove(pattern);
            for (const QString &name :
                 clause.replace(QStringLiteral(" and "), QStringLiteral(", ")).split(QStringLiteral(", ")))
                said[name] = verb.value();
            break;
        }
    }
    return said;
}

} // namespace

class TestClientBehaviour final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatWasSeen();
    void knowsEveryRule_data();
    void knowsEveryRule();
    void saysNothingOfOthers();
    void readsAsASentence();
};

void TestClientBehaviour::saysWhatWasSeen()
{
    const QMap<QString, Seen> rules = readData();
    QVERIFY(!rules.isEmpty());
    for (auto rule = rules.begin(); rule != rules.end(); ++rule) {
        QMap<QString, QString> expected;
        for (auto client = rule->begin(); client != rule->end(); ++client)
            expected[client.key()] = client->size() > 1 ? QStringLiteral("partly") : *client->begin();
        const QString sentence = clientBehaviour(rule.key());
        QVERIFY2(readSentence(sentence) == expected, qPrintable(rule.key() + QStringLiteral(": ") + sentence));
    }
}

void TestClientBehaviour::knowsEveryRule_data()
{
    QTest::addColumn<QString>("rule");
    for (const char *rule :
         {"subprotocol.none", "subprotocol.not-offered", "upgrade.twice", "upgrade.list", "framing.content-length",
          "framing.transfer-encoding", "extensions.empty", "http.bare-line-feed", "http-version", "interim", "folding",
          "frame.length-form", "frame.masked", "close.code", "close.one-byte", "deflate.final-block", "deflate.empty",
          "accept.repeated", "connection.list", "accept.blanks"})
        QTest::newRow(rule) << QString::fromLatin1(rule);
}

void TestClientBehaviour::knowsEveryRule()
{
    QFETCH(QString, rule);
    QVERIFY(!clientBehaviour(rule).isEmpty());
    QVERIFY2(readData().contains(rule), "nobody tried this");
}

void TestClientBehaviour::saysNothingOfOthers()
{
    QCOMPARE(clientBehaviour(u"frame.reserved-opcode"), QString());
    QCOMPARE(clientBehaviour(u"subprotocol"), QString());
    QCOMPARE(clientBehaviour(QStringView()), QString());
}

void TestClientBehaviour::readsAsASentence()
{
    QCOMPARE(clientBehaviour(u"frame.masked"),
             QStringLiteral("Chromium, Node, Bun, ws, gorilla and Python websockets fail here; Deno misreads messages; "
                            "Firefox and QWebSocket go on."));
}

SOCKEYE_TEST(TestClientBehaviour, NoApplication)
#include "tst_clientbehaviour.moc"
