#include "decode/NodeBuilder.h"

#include "base/Bytes.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

/// Bytes between two questions whether to go on.
constexpr qsizetype QuestionStretch = 64 * 1024;
/// Nodes between two questions.
constexpr int QuestionNodes = 256;
/// Messages in messages: the formats of each level call each other.
constexpr int MaxInnerDepth = 6;
constexpr size_t MaxSources = 64;
/// Characters of a text that stand in a summary.
constexpr qsizetype MaxInnerSummary = 200;

QString beginningOf(const QByteArray &utf8)
{
    // As many bytes as may make up so many characters.
    const QByteArray beginning = utf8.left(MaxInnerSummary * 4);
    const QString text = textFromUtf8(QByteArrayView(beginning).chopped(unfinishedBytes(beginning)));
    return text.size() > MaxInnerSummary ? text.left(MaxInnerSummary) + u'…' : text;
}

/// Without what it holds, but with the memory for that.
NodeTree emptied(NodeTree tree)
{
    NodeTree empty;
    empty.nodes = std::move(tree.nodes);
    empty.nodes.clear();
    empty.sources = std::move(tree.sources);
    empty.sources.clear();
    empty.words = std::move(tree.words);
    // The memory goes with clear(), and with resize() if somebody else has the words.
    if (empty.words.isDetached())
        empty.words.resize(0);
    else
        empty.words.clear();
    return empty;
}

} // namespace

NodeBuilder::NodeBuilder(const QByteArray &payload, GoOn goOn)
    : NodeBuilder(payload, std::move(goOn), Limits())
{
}

NodeBuilder::NodeBuilder(const QByteArray &payload, GoOn goOn, Limits limits, NodeTree former)
    : m_tree(emptied(std::move(former)))
    , m_goOn(std::move(goOn))
    , m_limits(limits)
{
    m_tree.sources.push_back({QString(), payload});
    // JSON has a node for some sixteen bytes. What is not used is not touched, and growing would touch all of many
    // twice.
    constexpr qsizetype Long = 256 * 1024;
    constexpr qsizetype BytesPerNode = 16;
    if (payload.size() > Long)
        m_tree.nodes.reserve(static_cast<size_t>(std::min<qsizetype>(m_limits.nodes, payload.size() / BytesPerNode)));
}

Node::Range NodeBuilder::words(QStringView text)
{
    return text.isEmpty() ? wordBytes({}) : wordBytes(text.toUtf8());
}

Node::Range NodeBuilder::wordBytes(QByteArrayView utf8)
{
    const auto begin = static_cast<quint32>(m_tree.words.size());
    m_tree.words.append(utf8);
    return {begin, static_cast<quint32>(utf8.size())};
}

void NodeBuilder::label(QStringView label)
{
    m_isLabelled = true;
    // What is not kept needs no words.
    m_label = m_tree.isCut ? Node::Range() : words(label);
}

void NodeBuilder::labelUtf8(QByteArrayView text, qsizetype begin, qsizetype end)
{
    m_isLabelled = true;
    m_label = m_tree.isCut ? Node::Range() : wordBytes(text);
    m_name = rangeOf(begin, end);
}

void NodeBuilder::label(QStringView text, qsizetype begin, qsizetype end)
{
    label(text);
    m_name = rangeOf(begin, end);
}

/// The new node's index; None if there is no room for it.
qint32 NodeBuilder::append(Node::Kind kind, qsizetype begin, qsizetype end)
{
    ++m_sinceQuestion;
    Node node;
    node.name = std::exchange(m_name, {});
    node.label = std::exchange(m_label, {});
    node.isLabelled = std::exchange(m_isLabelled, false);
    m_last = Node::None;
    const qint32 index = m_tree.size();
    const bool isHeld = m_open.empty() || m_open.back().node != Node::None;
    if (index >= m_limits.nodes || !isHeld) {
        m_tree.isCut = true;
        return Node::None;
    }
    node.kind = kind;
    node.source = m_source;
    node.value = rangeOf(begin, end);
    node.end = index + 1;
    if (m_open.empty()) {
        node.row = m_tree.rootCount++;
    } else {
        node.parent = m_open.back().node;
        Node &parent = m_tree.nodes[static_cast<size_t>(node.parent)];
        node.row = parent.childCount++;
        node.depth = parent.depth + 1;
    }
    m_tree.nodes.push_back(node);
    m_last = index;
    holds(node.value.end());
    return index;
}

/// What was opened last holds bytes up to here.
void NodeBuilder::holds(quint32 end)
{
    if (m_open.empty()) {
        m_lastEnd = std::max(m_lastEnd, end);
        return;
    }
    Open &holder = m_open.back();
    if (holder.node != Node::None && m_tree.at(holder.node).source == m_source)
        holder.lastEnd = std::max(holder.lastEnd, end);
}

bool NodeBuilder::open(Node::Kind kind, qsizetype begin)
{
    if (depth() >= m_limits.depth) {
        fail(begin, QCoreApplication::translate("sockeye::NodeBuilder", "Values are nested deeper than %1 levels.")
                        .arg(m_limits.depth));
        return false;
    }
    m_open.push_back({append(kind, begin, begin), 0});
    if (Node *node = last())
        node->textPlace = Node::TextPlace::Words;
    return true;
}

bool NodeBuilder::open(QStringView text, Node::Kind kind, qsizetype begin)
{
    label(text);
    return open(kind, begin);
}

void NodeBuilder::close(qsizetype end)
{
    closeAt(static_cast<quint32>(m_base + end));
}

void NodeBuilder::closeAt(quint32 end)
{
    const Open closing = m_open.back();
    m_open.pop_back();
    if (closing.node == Node::None)
        return;
    Node &node = m_tree.nodes[static_cast<size_t>(closing.node)];
    node.value.size = std::max({end, node.value.begin, closing.lastEnd}) - node.value.begin;
    node.end = m_tree.size();
    holds(node.value.end());
}

void NodeBuilder::add(Node::Kind kind, qsizetype begin, qsizetype end, QStringView text, QStringView noteText)
{
    append(kind, begin, end);
    if (Node *node = last()) {
        node->textPlace = Node::TextPlace::Words;
        node->text = words(text);
    }
    note(noteText);
}

void NodeBuilder::addAscii(Node::Kind kind, qsizetype begin, qsizetype end, QByteArrayView text, QStringView noteText)
{
    append(kind, begin, end);
    if (Node *node = last()) {
        node->textPlace = Node::TextPlace::Words;
        node->text = wordBytes(text);
    }
    note(noteText);
}

void NodeBuilder::add(QStringView name, Node::Kind kind, qsizetype begin, qsizetype end, QStringView text,
                      QStringView noteText)
{
    label(name);
    add(kind, begin, end, text, noteText);
}

void NodeBuilder::add(QStringView name, qsizetype begin, qsizetype end, qint64 number, QStringView noteText)
{
    add(name, Node::Kind::Number, begin, end, QString::number(number), noteText);
}

void NodeBuilder::addPlace(Node::Kind kind, qsizetype begin, qsizetype end, qsizetype textBegin, QStringView noteText)
{
    append(kind, begin, end);
    if (Node *node = last()) {
        node->textPlace = Node::TextPlace::Source;
        node->text = rangeOf(textBegin, end);
    }
    note(noteText);
}

void NodeBuilder::addPlace(QStringView name, Node::Kind kind, qsizetype begin, qsizetype end, qsizetype textBegin,
                           QStringView noteText)
{
    label(name);
    addPlace(kind, begin, end, textBegin, noteText);
}

void NodeBuilder::endText(qsizetype end)
{
    if (Node *node = last())
        node->text.size = static_cast<quint32>(m_base + end) - node->text.begin;
}

void NodeBuilder::addJson(Node::Kind kind, qsizetype begin, qsizetype end)
{
    append(kind, begin, end);
}

void NodeBuilder::markJson()
{
    if (Node *node = last())
        node->textPlace = Node::TextPlace::Json;
}

void NodeBuilder::note(QStringView text)
{
    if (Node *node = last(); node && !text.isEmpty())
        node->note = words(text);
}

void NodeBuilder::noteAt(qint32 node, QStringView text)
{
    if (node != Node::None)
        m_tree.nodes[static_cast<size_t>(node)].note = words(text);
}

void NodeBuilder::labelAt(qint32 node, QStringView text)
{
    if (node == Node::None)
        return;
    Node &labelled = m_tree.nodes[static_cast<size_t>(node)];
    labelled.isLabelled = true;
    labelled.label = words(text);
}

QByteArray NodeBuilder::bytesOf(qsizetype begin, qsizetype end) const
{
    return m_tree.sources[m_source].bytes.mid(m_base + begin, end - begin);
}

/// Decodes by content, into what is open; false, with nothing added, if it is no format.
bool NodeBuilder::decodeHere(const QByteArray &bytes, bool isText, QString &summary)
{
    const Inner *once = std::exchange(m_innerOnce, nullptr);
    // A copy: what decodes may set another one meanwhile.
    const Inner decode = once ? *once : m_inner;
    if (!decode || bytes.isEmpty() || m_innerDepth >= MaxInnerDepth)
        return false;
    ++m_innerDepth;
    const bool isDecoded = decode(*this, bytes, isText, summary);
    --m_innerDepth;
    return isDecoded;
}

QString NodeBuilder::addInner(QStringView name, qsizetype begin, qsizetype end, qsizetype textBegin, bool isText)
{
    label(name);
    return addInner(begin, end, textBegin, isText);
}

QString NodeBuilder::addInner(qsizetype begin, qsizetype end, qsizetype textBegin, bool isText)
{
    addPlace(isText ? Node::Kind::String : Node::Kind::Bytes, begin, end, textBegin);
    const QByteArray bytes = bytesOf(textBegin, end);
    const qint32 holder = m_last;
    QString summary;
    if ((m_inner || m_innerOnce) && !bytes.isEmpty() && holder != Node::None && !m_hasFailed) {
        const qsizetype base = std::exchange(m_base, m_base + textBegin);
        const QString outer = std::exchange(m_summary, QString());
        m_open.push_back({holder, 0});
        const size_t depth = m_open.size();
        const bool isDecoded = decodeHere(bytes, isText, summary);
        // An error in there is not one of the message around it.
        if (m_hasFailed && isDecoded) {
            addRest(depth, bytes.size());
            m_hasFailed = false;
        }
        while (m_open.size() >= depth)
            closeAt(m_tree.at(holder).value.end());
        m_base = base;
        m_summary = outer;
        m_last = holder;
        tellGuessHere(summary);
        if (!summary.isEmpty())
            return summary;
    }
    return isText ? beginningOf(bytes) : QString();
}

QString NodeBuilder::addInnerAs(qsizetype begin, qsizetype end, qsizetype textBegin, bool isText, const Inner &decode)
{
    m_innerOnce = &decode;
    const QString summary = addInner(begin, end, textBegin, isText);
    m_innerOnce = nullptr;
    return summary;
}

/// What was decoded within the last node is a guess, which it and the line say.
void NodeBuilder::tellGuessHere(QString &summary)
{
    const QString guess = std::exchange(m_guess, QString());
    if (guess.isEmpty())
        return;
    note(QCoreApplication::translate("sockeye::NodeBuilder", "looks like %1").arg(guess));
    if (!summary.isEmpty())
        summary.prepend(guess + QStringLiteral("? "));
}

/// Says where in the bytes of the decoder at work those of a step are written.
void NodeBuilder::mapSource(size_t source, DigitMap map)
{
    NodeSource &made = m_tree.sources[source];
    // What has no node there cannot be found by one.
    if (made.holder == Node::None || m_tree.at(made.holder).source != m_source)
        return;
    map.move(m_base);
    made.map = std::make_shared<const DigitMap>(std::move(map));
}

std::optional<QString> NodeBuilder::addStep(const QString &name, const QByteArray &bytes, bool isText,
                                            std::optional<DigitMap> map)
{
    const size_t source = m_tree.sources.size();
    QString said;
    const QString outer = std::exchange(m_summary, QString());
    const bool isAdded = addSource(name, bytes, [&](NodeBuilder &builder) {
        if (!decodeHere(bytes, isText, said) && !bytes.isEmpty())
            builder.addPlace(isText ? Node::Kind::String : Node::Kind::Bytes, 0, bytes.size(), 0);
    });
    m_summary = outer;
    if (!isAdded)
        return {};
    if (map)
        mapSource(source, std::move(*map));
    return said.isEmpty() && isText ? beginningOf(bytes) : said;
}

QString NodeBuilder::addInnerSource(const QString &name, const QByteArray &bytes, bool isText)
{
    QString said;
    const bool isHeld = m_open.empty() || m_open.back().node != Node::None;
    if (bytes.isEmpty() || !isHeld || m_hasFailed)
        return said;
    const QString outer = std::exchange(m_summary, QString());
    const size_t sources = m_tree.sources.size();
    bool isDecoded = false;
    const bool isAdded = addSource(name, bytes, [&](NodeBuilder &) { isDecoded = decodeHere(bytes, isText, said); });
    m_summary = outer;
    if (isAdded && !isDecoded)
        m_tree.sources.resize(sources);
    return said;
}

void NodeBuilder::addWithin(qsizetype begin, const std::function<void(NodeBuilder &)> &decode)
{
    const qsizetype base = std::exchange(m_base, m_base + begin);
    decode(*this);
    m_base = base;
}

bool NodeBuilder::addSource(const QString &name, const QByteArray &bytes,
                            const std::function<void(NodeBuilder &)> &decode)
{
    if (m_tree.sources.size() >= MaxSources || m_stepBytes + bytes.size() > m_limits.stepBytes)
        return false;
    m_stepBytes += bytes.size();
    const quint8 source = std::exchange(m_source, static_cast<quint8>(m_tree.sources.size()));
    const qsizetype base = std::exchange(m_base, 0);
    const qsizetype question = std::exchange(m_nextQuestion, 0);
    m_tree.sources.push_back({name, bytes, m_open.empty() ? Node::None : m_open.back().node});
    const size_t depth = m_open.size();
    decode(*this);
    if (m_hasFailed)
        addRest(depth, bytes.size());
    m_hasFailed = false;
    while (m_open.size() > depth)
        closeAt(static_cast<quint32>(bytes.size()));
    m_source = source;
    m_base = base;
    m_nextQuestion = question;
    return true;
}

void NodeBuilder::fail(qsizetype offset, const QString &rule)
{
    if (m_hasFailed)
        return;
    m_hasFailed = true;
    m_error = {m_source, m_base + offset, rule};
    // What a message carries may be broken without harm to the message: that is told where it stands.
    if (!m_tree.error && m_innerDepth == 0)
        m_tree.error = m_error;
}

MessageFacts *NodeBuilder::factsHere()
{
    if (m_innerDepth > m_factsDepth)
        return nullptr;
    if (m_innerDepth < m_factsDepth)
        m_tree.facts = {};
    m_factsDepth = m_innerDepth;
    return &m_tree.facts;
}

void NodeBuilder::setMessage(QByteArrayView kind, QByteArrayView name, QByteArrayView topic)
{
    MessageFacts *facts = factsHere();
    if (!facts || !facts->kind.isEmpty() || !facts->name.isEmpty() || !facts->topic.isEmpty())
        return;
    facts->kind = kind.toByteArray();
    facts->name = name.toByteArray();
    facts->topic = topic.toByteArray();
}

void NodeBuilder::addExchange(MessageFacts::Exchange::Role role, const QByteArray &id, const QByteArray &method)
{
    MessageFacts *facts = factsHere();
    if (facts && facts->exchanges.size() < MessageFacts::MaxExchanges)
        facts->exchanges.push_back({role, id, method});
}

bool NodeBuilder::goOn(qsizetype done)
{
    if (m_isStopped || (done < m_nextQuestion && m_sinceQuestion < QuestionNodes))
        return !m_isStopped;
    m_nextQuestion = done + QuestionStretch;
    m_sinceQuestion = 0;
    m_isStopped = m_goOn && !m_goOn(done);
    return !m_isStopped;
}

/// Closes what was opened within these bytes, and adds what they hold from the error on.
void NodeBuilder::addRest(size_t depth, qsizetype end)
{
    const auto errorAt = static_cast<quint32>(m_error.offset);
    while (m_open.size() > depth)
        closeAt(errorAt);
    m_name = {};
    const quint32 lastEnd = m_open.empty() ? m_lastEnd : m_open.back().lastEnd;
    const qsizetype begin = std::max<qsizetype>(m_error.offset, lastEnd) - m_base;
    addPlace(QCoreApplication::translate("sockeye::NodeBuilder", "not decoded"), Node::Kind::Bytes, begin,
             std::max(begin, end), begin, m_error.rule);
}

NodeTree NodeBuilder::take()
{
    if (m_hasFailed)
        addRest(0, m_tree.sources.front().bytes.size());
    while (!m_open.empty())
        closeAt(static_cast<quint32>(m_tree.sources.front().bytes.size()));
    m_tree.summary = m_summary;
    return std::move(m_tree);
}

} // namespace sockeye
