#include "fields/FieldDecoding.h"

#include "decode/NodePath.h"
#include "decode/NodeShape.h"
#include "fields/EntryDecoder.h"
#include "fields/FieldFinder.h"
#include "filter/Filter.h"
#include "search/DecimalNumber.h"
#include "support/TestProgram.h"
#include "tests/fields/VectorCapture.h"

#include <QSet>
#include <QTemporaryDir>

#include <vector>

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// Filters that ask what messages say.
class FieldFilterTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_path = m_directory->filePath(u"c.sockeye"_s);
    }

    void termsFindMessages_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("equal");
        const auto row = [](const char *name, const QString &file, const QString &filter, const QString &equal) {
            QTest::newRow(name) << file << filter << equal;
        };
        // Of each the same said in another way.
        row("protocol by name", u"mqtt5.jsonl"_s, u"proto:MQTT"_s, u"proto:mqtt"_s);
        row("all but", u"mqtt5.jsonl"_s, u"-proto:mqtt type:binary"_s, u"type:binary -proto:stomp,mqtt,wamp"_s);
        row("any field", u"jsonrpc.jsonl"_s, u"field:$.method"_s, u"json:$.method"_s);
        row("field with words", u"jsonrpc.jsonl"_s, u"field:$.jsonrpc=\"2.0\""_s, u"json:$.jsonrpc=\"2.0\""_s);
    }

    void termsFindMessages()
    {
        QFETCH(QString, file);
        QFETCH(QString, filter);
        QFETCH(QString, equal);
        samples::makeCapture(m_path, entriesOf(file));
        QCOMPARE(matches(filter), matches(equal));
    }

    void topicsByTheRulesOfMqtt()
    {
        samples::makeCapture(m_path, {mqtt("sensors/7/temp", "{\"t\":21.5}"), mqtt("sensors/7", "{\"t\":3}"),
                                      mqtt("other", "{\"t\":21.5}"), samples::text("{\"topic\":\"sensors/7\"}")});
        QCOMPARE(matches(u"field:topic=\"sensors/7\""_s), (QList<qint64>{2, 4}));
        QCOMPARE(matches(u"proto:mqtt field:topic=\"sensors/7\""_s), QList<qint64>{2});
        // A field inside of what the message carries.
        QCOMPARE(matches(u"field:$.t=21.5"_s), (QList<qint64>{1, 3}));
        QCOMPARE(matches(u"field:t>3"_s), (QList<qint64>{1, 3}));
        QCOMPARE(matches(u"-field:t"_s), QList<qint64>{4});
        QCOMPARE(matches(u"field:t<10 or field:topic~other"_s), (QList<qint64>{2, 3}));
    }

    void numbersAsWordsAreNumbers()
    {
        samples::makeCapture(m_path, {samples::text(R"({"p":"143.86"})"), samples::text(R"({"p":9})"),
                                      samples::text(R"({"p":"n/a"})"), samples::text(R"({"p":null})")});
        QCOMPARE(matches(u"field:p>100"_s), QList<qint64>{1});
        QCOMPARE(matches(u"field:p=143.860"_s), QList<qint64>{1});
        QCOMPARE(matches(u"field:p=\"n/a\""_s), QList<qint64>{3});
        QCOMPARE(matches(u"field:p!=9"_s), (QList<qint64>{1, 3}));
        QCOMPARE(matches(u"field:p"_s), (QList<qint64>{1, 2, 3}));
    }

    void longMessagesAreReadWhole()
    {
        const QByteArray filler(20'000, 'x');
        samples::makeCapture(m_path, {samples::text("{\"filler\":\"" + filler + "\",\"n\":1}"),
                                      samples::text("{\"filler\":\"" + filler + "\",\"n\":2}")});
        QCOMPARE(matches(u"field:n=2"_s), QList<qint64>{2});
    }

    void withoutFormatsNothingIsSaid()
    {
        samples::makeCapture(m_path, {samples::text(R"({"p":1})")});
        const auto capture = samples::reader(m_path);
        QList<qint64> found;
        VERIFY_RESULT(
            capture->scanner().forEach(EntryId(1), EntryId(1), queryOf(u"field:p"_s), [&found](const Entry &entry) {
                found += entry.id.value();
                return true;
            }));
        QVERIFY(found.isEmpty());
    }

    void formatsOfTheUserCount()
    {
        samples::makeCapture(m_path, {samples::text("{\"p\":1}")});
        DecodeOptions options;
        options.rules = {{DecodeRule::About::Text, Direction::None, {}, u"text-utf8"_s}};
        QCOMPARE(matches(u"field:p=1"_s), QList<qint64>{1});
        QCOMPARE(matches(u"field:p=1"_s, FormatSet::make(options)), QList<qint64>());
    }

    void whatNoFormatFitsIsNone()
    {
        NewEntry ping = samples::text("hello");
        ping.kind = EntryKind::Ping;
        samples::makeCapture(m_path, {samples::text("plain words"), samples::text(R"({"p":1})"), ping});
        QCOMPARE(matches(u"proto:none"_s), QList<qint64>{1});
        QCOMPARE(matches(u"proto:none,json"_s), (QList<qint64>{1, 2}));
        QCOMPARE(matches(u"-proto:none"_s), (QList<qint64>{2, 3}));
    }

    void starsInNamesOfMessages()
    {
        samples::makeCapture(m_path, {samples::text(R"({"jsonrpc":"2.0","id":1,"method":"a*b"})"),
                                      samples::text(R"({"jsonrpc":"2.0","id":2,"method":"axxb"})")});
        QCOMPARE(matches(u"msg:a*b"_s), (QList<qint64>{1, 2}));
        QCOMPARE(matches(u"msg:a\\*b"_s), QList<qint64>{1});
        QCOMPARE(matches(u"msg:\"a\\*b\""_s), QList<qint64>{1});
        QCOMPARE(matches(u"msg:request"_s), (QList<qint64>{1, 2}));
    }

    void shapesByTheirId()
    {
        samples::makeCapture(m_path,
                             {samples::text(R"({"a":1})"), samples::text(R"({"a":2})"), samples::text(R"({"b":1})")});
        const auto message = decodeMessage({R"({"a":7})", true});
        QCOMPARE(matches(u"shape:"_s + shapeIdText(shapeIds(*message->tree).keys)), (QList<qint64>{1, 2}));
    }

    void wrongTermsAreTold_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<int>("position");
        QTest::newRow("no name") << u"field:"_s << 6;
        QTest::newRow("no value") << u"field:a="_s << 8;
        QTest::newRow("bad path") << u"field:$x"_s << 7;
        QTest::newRow("no protocol") << u"proto:"_s << 6;
        QTest::newRow("empty in a list") << u"msg:a,,b"_s << 6;
        QTest::newRow("after a mark") << u"topic:\"a\"b"_s << 9;
        QTest::newRow("null") << u"field:a=null"_s << 8;
        QTest::newRow("compared") << u"proto=mqtt"_s << 5;
    }

    void wrongTermsAreTold()
    {
        QFETCH(QString, filter);
        QFETCH(int, position);
        const auto parsed = parseFilter(filter);
        const auto *error = std::get_if<FilterError>(&parsed);
        QVERIFY(error);
        QVERIFY(!error->message.isEmpty());
        QCOMPARE(error->position, position);
    }

    /// What a field filter finds is what a plain loop over the decoded messages finds.
    void sameAsALoopOverDecodedMessages_data()
    {
        QTest::addColumn<QString>("file");
        for (const QString &file : files())
            QTest::newRow(qPrintable(file)) << file;
    }

    void sameAsALoopOverDecodedMessages()
    {
        QFETCH(QString, file);
        const QList<NewEntry> entries = entriesOf(file);
        samples::makeCapture(m_path, entries);
        const auto capture = samples::reader(m_path);
        // Fields that there are, some of each message, and what is asked of each.
        QSet<QString> asked;
        std::vector<std::pair<qint64, NodeTree>> messages;
        forEachMessage(*capture, [&](qint64 id, const NodeTree &tree) {
            messages.emplace_back(id, tree);
            for (qint32 node = 0; node < tree.size() && asked.size() < 30; node += 5) {
                const QString path = nodePath(tree, node);
                const Node &one = tree.at(node);
                if (one.kind == Node::Kind::Number && DecimalNumber::parse(tree.textBytes(one)))
                    asked.insert(path + u'=' + tree.text(node));
                asked.insert(path);
            }
        });
        // Of these the subprotocol tells the format, which no capture of vectors has.
        if (file == u"kubernetes.jsonl")
            QVERIFY(asked.isEmpty());
        else
            QVERIFY(!asked.isEmpty());
        for (const QString &one : std::as_const(asked)) {
            const QString filter = u"field:"_s + one;
            const auto parsed = parseFilter(filter);
            // A value that is more than a number in the language is none of ours.
            if (!std::holds_alternative<EntryQuery>(parsed))
                continue;
            const auto condition = std::get<EntryQuery>(parsed).condition;
            if (condition.type != filter::Condition::Type::Leaf)
                continue;
            const auto term = std::get<filter::FieldIs>(condition.term);
            QList<qint64> loop;
            for (const auto &[id, tree] : messages) {
                if (hasField(tree, term))
                    loop += id;
            }
            QCOMPARE(matches(filter), loop);
        }
    }

    /// What the tree offers for a value finds the message that it stands in.
    void whatATreeOffersFindsItsMessage()
    {
        QStringList offered;
        for (const QString &file : files()) {
            samples::makeCapture(m_path, entriesOf(file));
            const auto capture = samples::reader(m_path);
            QMap<QString, qint64> terms;
            forEachMessage(*capture, [&](qint64 id, const NodeTree &tree) {
                for (qint32 node = int(id % 5); node < tree.size() && terms.size() < 15; node += 7) {
                    if (const QString term = fieldFilter(tree, node); !term.isEmpty())
                        terms.insert(term, id);
                }
            });
            for (auto it = terms.constBegin(); it != terms.constEnd(); ++it)
                QVERIFY2(matches(it.key()).contains(it.value()), qPrintable(file + u' ' + it.key()));
            offered += terms.keys();
            QVERIFY(QFile::remove(m_path));
        }
        QVERIFY(offered.size() > 100);
    }

private:
    static NewEntry mqtt(const QByteArray &topic, const QByteArray &payload)
    {
        const QByteArray body = char(0) + QByteArray(1, char(topic.size())) + topic + payload;
        NewEntry entry = samples::text(QByteArray(1, char(0x30)) + char(body.size()) + body);
        entry.kind = EntryKind::Binary;
        return entry;
    }

    static EntryQuery queryOf(const QString &filter)
    {
        const auto parsed = parseFilter(filter);
        if (const auto *error = std::get_if<FilterError>(&parsed))
            qFatal("%s: %s", qPrintable(filter), qPrintable(error->message));
        return std::get<EntryQuery>(parsed);
    }

    [[nodiscard]] QList<qint64> matches(const QString &filter,
                                        const std::shared_ptr<const FormatSet> &formats = FormatSet::standard()) const
    {
        const auto capture = samples::reader(m_path);
        QList<qint64> found;
        const auto scanned =
            capture->scanner().match(withFormats(queryOf(filter), formats), EntryId(1), capture->lastEntry().value(),
                                     CancelToken(), [&found](const Matches &some) {
                                         for (const EntryId id : some.ids)
                                             found += id.value();
                                     });
        if (!scanned)
            qFatal("%s", qPrintable(scanned.message()));
        return found;
    }

    /// By decodeMessage() alone: these files need no conversation, or say too little for one.
    template<typename Visit>
    static void forEachMessage(const CaptureReader &capture, Visit visit)
    {
        EntryDecoder decoder(capture, FormatSet::standard());
        const auto done =
            capture.scanner().forEach(EntryId(1), capture.lastEntry().value(), {}, [&](const Entry &entry) {
                const auto &decoded =
                    decoder.decode({entry.id, entry.connection, entry.direction, entry.kind, entry.size, entry.head});
                if (decoded.tree)
                    visit(entry.id.value(), *decoded.tree);
                return true;
            });
        if (!done)
            qFatal("%s", qPrintable(done.message()));
    }

    static bool hasField(const NodeTree &tree, const filter::FieldIs &term)
    {
        for (qint32 node = 0; node < tree.size(); ++node) {
            const Node::Kind kind = tree.at(node).kind;
            if (nodePath(tree, node) != term.path || kind == Node::Kind::Null)
                continue;
            if (term.sign == filter::ValueSign::Exists)
                return true;
            const QByteArray wanted = std::get<filter::JsonNumber>(term.value).literal;
            if (kind == Node::Kind::Boolean)
                continue;
            const QString text = tree.text(node);
            const QByteArray written = text.toUtf8();
            const auto value = DecimalNumber::parse(written);
            if ((kind == Node::Kind::Number || kind == Node::Kind::String) && value &&
                *value == *DecimalNumber::parse(wanted))
                return true;
        }
        return false;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_path;
};

SOCKEYE_TEST(FieldFilterTest, QCoreApplication)

#include "tst_fieldfilter.moc"
