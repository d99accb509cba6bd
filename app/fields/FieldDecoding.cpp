#include "fields/FieldDecoding.h"

#include "base/Bytes.h"
#include "decode/NodeShape.h"
#include "fields/EntryDecoder.h"
#include "fields/FieldFinder.h"
#include "filter/ValueTest.h"
#include "search/DecimalNumber.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

using filter::FieldIs;
using filter::MessageIs;
using filter::ValueTest;

/// What a term asks of a decoded message.
class TermTest
{
public:
    TermTest() = default;
    virtual ~TermTest() = default;
    TermTest(const TermTest &) = delete;
    TermTest &operator=(const TermTest &) = delete;

    [[nodiscard]] virtual bool holds(const EntryDecoder::Decoded &message) = 0;
    /// Of a message that no format fits.
    [[nodiscard]] virtual bool holdsWithoutFormat() const { return false; }
};

/// Of a term that nothing matches: one that no parser makes.
class NothingTest final : public TermTest
{
public:
    bool holds(const EntryDecoder::Decoded &) override { return false; }
};

class FieldTest final : public TermTest
{
public:
    FieldTest(FieldPath path, ValueTest test)
        : m_finder(std::move(path))
        , m_test(std::move(test))
    {
    }

    bool holds(const EntryDecoder::Decoded &message) override
    {
        const NodeTree &tree = *message.tree;
        const std::vector<qint32> &found = m_finder.in(tree);
        return std::ranges::any_of(found, [&](qint32 node) { return holdsAt(tree, node); });
    }

private:
    [[nodiscard]] bool holdsAt(const NodeTree &tree, qint32 index) const
    {
        const Node &node = tree.at(index);
        switch (node.kind) {
        case Node::Kind::Null:
            return false;
        case Node::Kind::Boolean:
            return m_test.holdsForNumber(tree.textBytes(node) == "true" ? "1" : "0");
        case Node::Kind::Number:
            // Some are words: NaN.
            return m_test.wantsText() ? m_test.holdsForText(tree.textBytes(node))
                                      : m_test.holdsForNumber(tree.textBytes(node));
        case Node::Kind::String:
            return holdsForWords(tree, index);
        case Node::Kind::Object:
        case Node::Kind::Array:
            return node.textPlace == Node::TextPlace::Json ? m_test.holdsForText(tree.valueBytes(node))
                                                           : m_test.wantsExistence();
        case Node::Kind::Bytes:
            break;
        }
        return m_test.wantsExistence() || m_test.holdsForText(tree.text(index).toUtf8());
    }

    [[nodiscard]] bool holdsForWords(const NodeTree &tree, qint32 index) const
    {
        const Node &node = tree.at(index);
        QByteArrayView words = tree.textBytes(node);
        QByteArray plain;
        if (node.textPlace == Node::TextPlace::Json) {
            if (words.contains('\\'))
                words = plain = tree.text(index).toUtf8();
            else if (words.size() >= 2)
                words = words.sliced(1).chopped(1);
        }
        // Many peers write numbers as strings.
        if (!m_test.wantsText() && !m_test.wantsExistence() && DecimalNumber::parse(words))
            return m_test.holdsForNumber(words);
        return m_test.holdsForText(words);
    }

    FieldFinder m_finder;
    ValueTest m_test;
};

/// "mqtt", whatever the case; of a chain one of its parts; "none" for messages that no format fits.
class ProtocolTest final : public TermTest
{
public:
    explicit ProtocolTest(const QStringList &any)
        : m_any(any)
    {
    }

    bool holds(const EntryDecoder::Decoded &message) override
    {
        const auto known = m_known.constFind(message.format);
        return known != m_known.constEnd() ? known.value()
                                           : m_known.insert(message.format, isMeant(*message.format)).value();
    }

    [[nodiscard]] bool holdsWithoutFormat() const override { return m_any.contains(u"none"_s, Qt::CaseInsensitive); }

private:
    [[nodiscard]] bool isMeant(const Decoder &format) const
    {
        QStringList names = format.id().split(u'>');
        names += format.id();
        names += format.name();
        return std::ranges::any_of(m_any, [&names](const QString &wanted) {
            return std::ranges::any_of(names, [&wanted](const QString &name) {
                return name.trimmed().compare(wanted, Qt::CaseInsensitive) == 0;
            });
        });
    }

    QStringList m_any;
    QHash<const Decoder *, bool> m_known;
};

/// "PUBLISH", "price", "emit price", "Network.*": the kind of a message or its name, or both; * for any characters, \\*
/// for one of its own.
class KindTest final : public TermTest
{
public:
    explicit KindTest(const QStringList &any)
    {
        for (const QString &wanted : any) {
            m_any.emplace_back(QRegularExpression::anchoredPattern(patternOf(wanted)),
                               QRegularExpression::CaseInsensitiveOption |
                                   QRegularExpression::DotMatchesEverythingOption);
        }
    }

    bool holds(const EntryDecoder::Decoded &message) override
    {
        const MessageFacts &facts = message.tree->facts;
        const std::pair key(facts.kind, facts.name);
        const auto known = m_known.constFind(key);
        if (known != m_known.constEnd())
            return known.value();
        // Names may hold ids, and may be long.
        constexpr qsizetype MaxKnown = 10'000;
        constexpr qsizetype MaxKnownBytes = 200;
        if (facts.kind.size() + facts.name.size() > MaxKnownBytes)
            return isMeant(facts);
        if (m_known.size() >= MaxKnown)
            m_known.clear();
        return m_known.insert(key, isMeant(facts)).value();
    }

private:
    static QString patternOf(QStringView wanted)
    {
        QString pattern;
        for (qsizetype i = 0; i < wanted.size(); ++i) {
            const QChar c = wanted.at(i);
            const bool isEscape =
                c == u'\\' && i + 1 < wanted.size() && (wanted.at(i + 1) == u'*' || wanted.at(i + 1) == u'\\');
            if (c == u'*')
                pattern += u".*";
            else
                pattern += QRegularExpression::escape(QString(isEscape ? wanted.at(++i) : c));
        }
        return pattern;
    }

    [[nodiscard]] bool isMeant(const MessageFacts &facts) const
    {
        const QString kind = textFromUtf8(facts.kind);
        const QString name = textFromUtf8(facts.name);
        return std::ranges::any_of(m_any, [&](const QRegularExpression &wanted) {
            return (!kind.isEmpty() && wanted.match(kind).hasMatch()) ||
                   (!name.isEmpty() && (wanted.match(name).hasMatch() || wanted.match(kind + u' ' + name).hasMatch()));
        });
    }

    std::vector<QRegularExpression> m_any;
    QHash<std::pair<QByteArray, QByteArray>, bool> m_known;
};

class TopicTest final : public TermTest
{
public:
    explicit TopicTest(const QStringList &any)
        : m_any(any)
    {
    }

    bool holds(const EntryDecoder::Decoded &message) override
    {
        const QByteArray &topic = message.tree->facts.topic;
        if (topic.isEmpty())
            return false;
        const QString words = textFromUtf8(topic);
        return std::ranges::any_of(m_any, [&words](const QString &wanted) { return isTopicMatched(wanted, words); });
    }

private:
    QStringList m_any;
};

class ShapeTest final : public TermTest
{
public:
    explicit ShapeTest(const QStringList &any)
    {
        for (const QString &wanted : any) {
            if (const auto id = shapeIdFromText(wanted))
                m_any.append(*id);
        }
    }

    bool holds(const EntryDecoder::Decoded &message) override
    {
        const ShapeIds ids = shapeIds(*message.tree);
        return std::ranges::any_of(m_any, [&ids](quint32 id) { return ids.contains(id); });
    }

private:
    QList<quint32> m_any;
};

std::unique_ptr<TermTest> testOf(const FieldIs &term)
{
    Result<FieldPath> path = FieldPath::parse(term.path);
    Result<ValueTest> test = ValueTest::of(term.sign, term.value);
    if (!path || !test)
        return std::make_unique<NothingTest>();
    return std::make_unique<FieldTest>(std::move(path).value(), std::move(test).value());
}

std::unique_ptr<TermTest> testOf(const MessageIs &term)
{
    switch (term.of) {
    case FilterKey::Proto:
        return std::make_unique<ProtocolTest>(term.any);
    case FilterKey::Msg:
        return std::make_unique<KindTest>(term.any);
    case FilterKey::Topic:
        return std::make_unique<TopicTest>(term.any);
    case FilterKey::Shape:
        return std::make_unique<ShapeTest>(term.any);
    default:
        return std::make_unique<NothingTest>();
    }
}

class FieldTerms final : public filter::MessageTerms
{
public:
    FieldTerms(const CaptureReader &capture, std::shared_ptr<const FormatSet> formats, const QList<filter::Term> &terms)
        : m_decoder(capture, std::move(formats))
    {
        for (const filter::Term &term : terms) {
            if (const auto *field = std::get_if<FieldIs>(&term))
                m_tests.push_back(testOf(*field));
            else if (const auto *message = std::get_if<MessageIs>(&term))
                m_tests.push_back(testOf(*message));
            else
                m_tests.push_back(std::make_unique<NothingTest>());
        }
    }

    bool matches(qsizetype term, const filter::PassedEntry &entry) override
    {
        const EntryDecoder::Decoded &message = m_decoder.decode(entry);
        const auto test = static_cast<size_t>(term);
        if (test >= m_tests.size())
            return false;
        const bool isMessage = entry.kind == EntryKind::Text || entry.kind == EntryKind::Binary;
        return message.tree ? m_tests[test]->holds(message) : isMessage && m_tests[test]->holdsWithoutFormat();
    }

private:
    EntryDecoder m_decoder;
    std::vector<std::unique_ptr<TermTest>> m_tests;
};

} // namespace

FieldDecoding::FieldDecoding(std::shared_ptr<const FormatSet> formats)
    : m_formats(std::move(formats))
{
}

std::unique_ptr<filter::MessageTerms> FieldDecoding::over(const CaptureReader &capture,
                                                          const QList<filter::Term> &terms) const
{
    return std::make_unique<FieldTerms>(capture, m_formats, terms);
}

EntryQuery withFormats(EntryQuery query, const std::shared_ptr<const FormatSet> &formats)
{
    query.decoding = query.usesMessages() ? std::make_shared<FieldDecoding>(formats) : nullptr;
    return query;
}

} // namespace sockeye
