#pragma once

#include "decode/DigitMap.h"

#include <functional>
#include <limits>
#include <optional>
#include <utility>

namespace sockeye {

/// Asked now and then with the number of bytes that have been read; false ends the reading.
using GoOn = std::function<bool(qsizetype done)>;

/// Puts the nodes of a payload in their order: what a decoder opens holds all that it adds before it closes it. Offsets
/// are those of the bytes that the decoder was given, wherever they stand in the whole payload.
class NodeBuilder final
{
public:
    struct Limits
    {
        /// Nodes beyond are not kept (NodeTree::isCut).
        qint32 nodes = 1'000'000;
        /// Nodes that hold each other.
        qint32 depth = 1'000;
        /// Bytes that all steps together may make.
        qsizetype stepBytes = 64 * 1024 * 1024;
        /// More of them end the reading, as if it had been told to stop.
        bool stopsAtSteps = false;
        /// Whether the line is of use that says what the payload holds: decoders may do without.
        bool wantsSummary = true;
    };
    /// Decodes bytes that a message carries in another format, with a builder whose offsets are theirs; false, with
    /// nothing added, if it is none that is known. `summary` gets what they say in a line.
    using Inner = std::function<bool(NodeBuilder &builder, const QByteArray &bytes, bool isText, QString &summary)>;

    explicit NodeBuilder(const QByteArray &payload, GoOn goOn = {});
    /// `former` gives its memory.
    NodeBuilder(const QByteArray &payload, GoOn goOn, Limits limits, NodeTree former = {});

    // Nodes

    /// Names the next node: an element without.
    void label(QStringView label);
    /// Likewise, and says which bytes are its name.
    void label(QStringView label, qsizetype begin, qsizetype end);
    /// Likewise, of a name that is UTF-8 without faults.
    void labelUtf8(QByteArrayView label, qsizetype begin, qsizetype end);
    /// The next node is a JSON member whose name, with its quotes, stands here.
    void jsonName(qsizetype begin, qsizetype end) { m_name = rangeOf(begin, end); }

    /// Begins a node that holds those which follow. False, and the payload has failed, if that is too deep.
    [[nodiscard]] bool open(Node::Kind kind, qsizetype begin);
    [[nodiscard]] bool open(QStringView label, Node::Kind kind, qsizetype begin);
    /// Ends what was opened last.
    void close(qsizetype end);
    /// How many nodes are open.
    [[nodiscard]] qint32 depth() const { return static_cast<qint32>(m_open.size()); }

    /// A value whose text is `text`.
    void add(Node::Kind kind, qsizetype begin, qsizetype end, QStringView text, QStringView note = {});
    /// Likewise, of an ASCII text.
    void addAscii(Node::Kind kind, qsizetype begin, qsizetype end, QByteArrayView text, QStringView note = {});
    void add(QStringView label, Node::Kind kind, qsizetype begin, qsizetype end, QStringView text,
             QStringView note = {});
    void add(QStringView label, qsizetype begin, qsizetype end, qint64 number, QStringView note = {});
    /// A value whose characters, or bytes, stand in the payload from `textBegin` to `end`.
    void addPlace(Node::Kind kind, qsizetype begin, qsizetype end, qsizetype textBegin, QStringView note = {});
    void addPlace(QStringView label, Node::Kind kind, qsizetype begin, qsizetype end, qsizetype textBegin,
                  QStringView note = {});
    /// The text of what was added last by addPlace() ends here, before the value does.
    void endText(qsizetype end);
    /// A value that is written as JSON.
    void addJson(Node::Kind kind, qsizetype begin, qsizetype end);
    /// What was opened last is written as JSON.
    void markJson();
    /// What the last node that was opened or added means.
    void note(QStringView note);
    /// What was added so far, in its order; what is open has no end yet.
    [[nodiscard]] const NodeTree &tree() const { return m_tree; }
    /// What a node that was added before means, and what its format calls it: an element of a JSON array.
    /// Nothing happens for Node::None.
    void noteAt(qint32 node, QStringView note);
    void labelAt(qint32 node, QStringView label);

    // Chains

    void setInner(Inner inner) { m_inner = std::move(inner); }
    [[nodiscard]] const Inner &inner() const { return m_inner; }
    /// What the message that is handed on next is about, in the words of the protocol that carries it: an MQTT topic, a
    /// STOMP destination. Users say by it which format such messages have.
    void setTopic(const QString &topic) { m_topic = topic; }
    /// For the one who decodes what is handed on: nothing that stands in there has this topic.
    [[nodiscard]] QString takeTopic() { return std::exchange(m_topic, {}); }
    /// A value that may be a message of another format: its bytes from `textBegin` to `end` are decoded if they are one
    /// and become what the node holds. What they say in a line, or themselves if they are text; may be empty.
    QString addInner(QStringView label, qsizetype begin, qsizetype end, qsizetype textBegin, bool isText);
    /// What a step made of the open node's bytes, decoded by its content. What it says in a line, as addInner() does;
    /// none if there are too many sources. The map says where each byte is written, if that is known.
    std::optional<QString> addStep(const QString &name, const QByteArray &bytes, bool isText,
                                   std::optional<DigitMap> map = {});
    /// Likewise, of an element or of what label() named.
    QString addInner(qsizetype begin, qsizetype end, qsizetype textBegin, bool isText);
    /// Likewise, where it is known which format they are: `decode` stands in for setInner()'s for these bytes, not for
    /// what they carry in turn.
    QString addInnerAs(qsizetype begin, qsizetype end, qsizetype textBegin, bool isText, const Inner &decode);
    /// What a step made of the open node's bytes if they are a message of a format that is known, and what that says in
    /// a line; otherwise nothing is added.
    QString addInnerSource(const QString &name, const QByteArray &bytes, bool isText);
    /// `decode` gets a builder whose offsets are those of the bytes from `begin` on: they are in a format that is
    /// known.
    void addWithin(qsizetype begin, const std::function<void(NodeBuilder &)> &decode);
    /// What a step made of the open node's bytes; `decode` gets a builder whose offsets are those of `bytes`. False if
    /// there are too many sources, or too much in them.
    bool addSource(const QString &name, const QByteArray &bytes, const std::function<void(NodeBuilder &)> &decode);

    // The whole

    /// What the payload says in a line.
    void setSummary(const QString &summary) { m_summary = summary; }
    [[nodiscard]] bool wantsSummary() const { return m_limits.wantsSummary; }
    [[nodiscard]] const QString &summary() const { return m_summary; }
    /// What kind of message it is, and what it is about (MessageFacts); of several messages in one the first one says
    /// it. What a message carries says it only if the message itself does not.
    void setMessage(QByteArrayView kind, QByteArrayView name = {}, QByteArrayView topic = {});
    /// What the message has to do with those of the other side. Of several messages in one all are kept.
    void addExchange(MessageFacts::Exchange::Role role, const QByteArray &id, const QByteArray &method = {});
    /// A byte breaks a rule: what stands from there on was not understood. The first one counts. Decoders return then.
    void fail(qsizetype offset, const QString &rule);
    [[nodiscard]] bool hasFailed() const { return m_hasFailed; }
    /// Whether to go on after so many bytes; asks rarely. False once it was told to stop.
    [[nodiscard]] bool goOn(qsizetype done);
    [[nodiscard]] bool isStopped() const { return m_isStopped; }
    [[nodiscard]] qint32 maxDepth() const { return m_limits.depth; }
    /// How many bytes a step may still make.
    [[nodiscard]] qsizetype stepRoom() const { return m_limits.stepBytes - m_stepBytes; }
    /// A step has more to give than there is room for.
    void stepIsCut() { m_isStopped = m_isStopped || m_limits.stopsAtSteps; }
    /// No more nodes are kept: what only adds more of them may end.
    [[nodiscard]] bool isFull() const { return m_tree.isCut; }
    /// The message that is decoded within the open node is a guess of this format, which is told there.
    void tellGuess(const QString &format) { m_guess = format; }
    /// Closes what is open. What a payload that has failed holds from the error on is a node of bytes.
    [[nodiscard]] NodeTree take();

private:
    /// A node whose end has not come; None for one that is not kept.
    struct Open
    {
        qint32 node = Node::None;
        /// Where what it holds ends so far, in its own source.
        quint32 lastEnd = 0;
    };

    bool decodeHere(const QByteArray &bytes, bool isText, QString &summary);
    qint32 append(Node::Kind kind, qsizetype begin, qsizetype end);
    Node *last() { return m_last == Node::None ? nullptr : &m_tree.nodes[static_cast<size_t>(m_last)]; }
    [[nodiscard]] Node::Range words(QStringView text);
    [[nodiscard]] Node::Range wordBytes(QByteArrayView utf8);
    [[nodiscard]] Node::Range rangeOf(qsizetype begin, qsizetype end) const
    {
        return {static_cast<quint32>(m_base + begin), static_cast<quint32>(end - begin)};
    }
    void closeAt(quint32 end);
    void tellGuessHere(QString &summary);
    void holds(quint32 end);
    void addRest(size_t depth, qsizetype end);
    /// Null for a message within one that has said what it is.
    MessageFacts *factsHere();
    void mapSource(size_t source, DigitMap map);
    [[nodiscard]] QByteArray bytesOf(qsizetype begin, qsizetype end) const;

    NodeTree m_tree;
    GoOn m_goOn;
    Limits m_limits;
    Inner m_inner;
    /// Of addInnerAs(), for the bytes that are decoded next.
    const Inner *m_innerOnce = nullptr;
    std::vector<Open> m_open;
    /// Where the bytes of the decoder at work begin in their source.
    qsizetype m_base = 0;
    quint8 m_source = 0;
    int m_innerDepth = 0;
    /// How deep within others the message is that has said what it is.
    int m_factsDepth = std::numeric_limits<int>::max();
    qsizetype m_stepBytes = 0;
    QString m_summary;
    /// Of the node that comes next.
    Node::Range m_name;
    Node::Range m_label;
    bool m_isLabelled = false;
    qint32 m_last = Node::None;
    bool m_hasFailed = false;
    DecodeError m_error;
    /// Where the roots end so far.
    quint32 m_lastEnd = 0;
    bool m_isStopped = false;
    /// Nodes since it was asked whether to go on: they are work, however few bytes they come from.
    int m_sinceQuestion = 0;
    QString m_guess;
    QString m_topic;
    qsizetype m_nextQuestion = 0;
};

} // namespace sockeye
